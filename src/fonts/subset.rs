//! Cuts a face down to the part that a PDF carries.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::guard::guarded;
use super::shape::{Code, Cut, Shape, Subset, SubsetError, advance, units};
use super::twins::{Twin, append};
use super::{Face, cff};

/// `face` cut down to `shapes`. The same face and shapes always give the same subset.
///
/// # Errors
/// [`SubsetError`] where the face lacks a character or is damaged.
pub fn subset(face: &Face, shapes: &BTreeSet<Shape>) -> Result<Subset, SubsetError> {
    let (program, codes) = if face.is_postscript() {
        cff::subset(face, shapes)?
    } else if face.is_own() {
        guarded(|| true_type(face, shapes)).map_err(SubsetError::Refused)??
    } else {
        true_type(face, shapes)?
    };
    let name = format!("{}+{}", tag(&program), face.postscript_name());
    Ok(Subset { program, name, codes })
}

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
