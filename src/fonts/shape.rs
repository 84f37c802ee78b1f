//! Glyphs of a face, and the part of it that a PDF carries: the shapes that are asked for, and their codes.

use std::collections::BTreeMap;
use std::fmt;

use ttf_parser::GlyphId;

use super::Role;

/// A glyph of a face, with its advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The face that has it.
    pub face: Role,
    /// Its number in the face.
    pub id: GlyphId,
    /// Advance width in units of the face.
    pub advance: u16,
    /// Units of one em of the face.
    pub units_per_em: u16,
}

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

/// The code by which a PDF's text names a shape of a subset.
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

/// The font file, and the code of each shape.
pub(super) type Cut = (Vec<u8>, BTreeMap<Shape, Code>);

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
