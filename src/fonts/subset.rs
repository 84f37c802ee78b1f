//! The part of a face that a PDF carries.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::twins::{Twin, append};
use super::{Face, Glyph, cff};

/// A character as a PDF sets it: its glyph, with room added or taken on either side.
///
/// Programs that read a PDF judge by the boxes of glyphs, not by their ink: boxes that overlap are two lines
/// to them, and a gap between boxes is a blank. So a mark that was squeezed brings a box of its own, and what
/// is read is what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// The character.
    pub c: char,
    /// Room on the left in thousandths of an em; below zero it is taken away.
    pub left: i16,
    /// Room on the right in thousandths of an em; below zero it is taken away.
    pub right: i16,
}

impl Shape {
    /// The character in the room that the face gives it.
    pub fn plain(c: char) -> Self {
        Shape { c, left: 0, right: 0 }
    }
}

/// A face cut down to some characters, with the codes by which a PDF's text names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    /// The font file, without a character map: a PDF names glyphs by number.
    pub program: Vec<u8>,
    /// PostScript name, led by six letters that tell this subset from others (ISO 32000-1, 9.6.4).
    pub name: String,
    /// The code of each shape, which is its glyph's number in `program`. No two characters have one code,
    /// even where the face draws them alike: a reader finds in the text what was typed.
    pub codes: BTreeMap<Shape, Code>,
}

/// How a PDF's text names a shape of a subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub cid: u16,
    /// Advance width in units of the face.
    pub advance: u16,
}

/// Why a face could not be cut down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubsetError {
    /// The face lacks the character.
    NoGlyph(char),
    /// The face, or what was asked of it, is more than the format holds.
    Refused(String),
}

impl fmt::Display for SubsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SubsetError::NoGlyph(c) => write!(f, "the face has no U+{:04X} {c}", u32::from(*c)),
            SubsetError::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SubsetError {}

/// `face` cut down to `shapes`. The same face and shapes always give the same subset.
///
/// # Errors
/// [`SubsetError`] where the face lacks a character or is damaged.
pub fn subset(face: &Face, shapes: &BTreeSet<Shape>) -> Result<Subset, SubsetError> {
    let (program, codes) = if face.is_postscript() {
        cff::subset(face, shapes)?
    } else if face.is_own() {
        super::own::guarded(|| true_type(face, shapes)).map_err(SubsetError::Refused)??
    } else {
        true_type(face, shapes)?
    };
    let name = format!("{}+{}", tag(&program), face.postscript_name());
    Ok(Subset { program, name, codes })
}

/// The font file, and the code of each shape.
pub(super) type Cut = (Vec<u8>, BTreeMap<Shape, Code>);

fn true_type(face: &Face, shapes: &BTreeSet<Shape>) -> Result<Cut, SubsetError> {
    let mut remapper = GlyphRemapper::new();
    let mut taken = BTreeSet::new();
    let mut codes = BTreeMap::new();
    let mut twins = Vec::new();
    for &shape in shapes {
        let glyph = face.glyph(shape.c).ok_or(SubsetError::NoGlyph(shape.c))?;
        let gid = remapper.remap(glyph.id.0);
        if shape == Shape::plain(shape.c) && taken.insert(gid) {
            codes.insert(shape, Code { cid: gid, advance: glyph.advance });
        } else {
            let shift = units(shape.left, &glyph);
            twins.push((shape, Twin { of: gid, shift, advance: advance(shape, &glyph)? }));
        }
    }
    let refused = |e: subsetter::Error| SubsetError::Refused(e.to_string());
    let mut program = subsetter::subset(face.data(), face.index(), &remapper).map_err(refused)?;
    if !twins.is_empty() {
        let wanted: Vec<Twin> = twins.iter().map(|&(_, twin)| twin).collect();
        let (with_twins, first) = append(&program, &wanted).map_err(SubsetError::Refused)?;
        program = with_twins;
        codes.extend((first..).zip(&twins).map(|(cid, &(shape, twin))| (shape, Code { cid, advance: twin.advance })));
    }
    Ok((program, codes))
}

/// Thousandths of an em in units of the face.
pub(super) fn units(thousandths: i16, glyph: &Glyph) -> i16 {
    let units = i32::from(thousandths) * i32::from(glyph.units_per_em) / 1000;
    i16::try_from(units).unwrap_or(if units < 0 { i16::MIN } else { i16::MAX })
}

/// The advance of `shape`, whose character has `glyph`, in units of the face.
pub(super) fn advance(shape: Shape, glyph: &Glyph) -> Result<u16, SubsetError> {
    let room = i32::from(units(shape.left, glyph)) + i32::from(units(shape.right, glyph));
    u16::try_from((i32::from(glyph.advance) + room).max(0)).map_err(|e| SubsetError::Refused(e.to_string()))
}

fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Fonts, Role};

    fn plain(chars: &str) -> BTreeSet<Shape> {
        chars.chars().map(Shape::plain).collect()
    }

    #[test]
    fn characters_of_one_glyph_have_codes_of_their_own() {
        let fonts = Fonts::bundled();
        let face = fonts.face(Role::Song);
        let (a, b) = (' ', '\u{a0}');
        assert_eq!(face.glyph(a).unwrap().id, face.glyph(b).unwrap().id);
        let subset = subset(face, &plain(" \u{a0}镇")).unwrap();
        let (first, second) = (subset.codes[&Shape::plain(a)], subset.codes[&Shape::plain(b)]);
        assert_ne!(first.cid, second.cid);
        assert_eq!(first.advance, second.advance);
    }

    #[test]
    fn a_shape_draws_its_character_in_the_room_that_it_asks_for() {
        let fonts = Fonts::bundled();
        let face = fonts.face(Role::Body);
        let (open, close) = (Shape { c: '“', left: -500, right: 0 }, Shape { c: '，', left: 0, right: -250 });
        let mut shapes = plain("镇“，");
        shapes.extend([open, close]);
        let subset = subset(face, &shapes).unwrap();
        let tables = ttf_parser::Face::parse(&subset.program, 0).unwrap();
        let bounds = |shape: Shape| tables.glyph_bounding_box(ttf_parser::GlyphId(subset.codes[&shape].cid)).unwrap();
        let advance = |shape: Shape| tables.glyph_hor_advance(ttf_parser::GlyphId(subset.codes[&shape].cid)).unwrap();
        assert_eq!(advance(Shape::plain('“')), 1000);
        assert_eq!((advance(open), subset.codes[&open].advance), (500, 500));
        assert_eq!(bounds(open).x_min, bounds(Shape::plain('“')).x_min - 500);
        assert_eq!((advance(close), bounds(close)), (750, bounds(Shape::plain('，'))));
    }

    #[test]
    fn a_subset_is_small_and_always_the_same() {
        let fonts = Fonts::bundled();
        let shapes = plain("镇党委召开会议");
        let first = subset(fonts.face(Role::Body), &shapes).unwrap();
        assert!(first.program.len() < 10_000, "{}", first.program.len());
        assert_eq!(first, subset(fonts.face(Role::Body), &shapes).unwrap());
        assert!(first.name.ends_with("+ReportGenFangSong"), "{}", first.name);
    }

    #[test]
    fn a_character_that_the_face_lacks_is_an_error() {
        let fonts = Fonts::bundled();
        assert_eq!(subset(fonts.face(Role::Body), &plain("𠮷")), Err(SubsetError::NoGlyph('𠮷')));
    }
}
