//! The part of a face that a PDF carries.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::Face;

/// A face cut down to some characters, with the codes by which a PDF's text names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    /// The font file, without a character map: a PDF names glyphs by code.
    pub program: Vec<u8>,
    /// PostScript name, led by six letters that tell this subset from others (ISO 32000-1, 9.6.4).
    pub name: String,
    /// The code of each character. No two characters have one code, even where the face draws them with
    /// one glyph: a reader finds in the text what was typed.
    pub codes: BTreeMap<char, Code>,
    /// The glyph of every code from 0, where the two differ.
    pub cid_to_gid: Option<Vec<u16>>,
}

/// How a PDF's text names a character of a subset.
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

/// `face` cut down to `chars`. The same face and characters always give the same subset.
///
/// # Errors
/// [`SubsetError`] where the face lacks a character or is damaged.
pub fn subset(face: &Face, chars: &BTreeSet<char>) -> Result<Subset, SubsetError> {
    let mut remapper = GlyphRemapper::new();
    let mut first_of_glyph = BTreeMap::new();
    let mut seconds = Vec::new();
    let mut codes = BTreeMap::new();
    for &c in chars {
        let glyph = face.glyph(c).ok_or(SubsetError::NoGlyph(c))?;
        let gid = remapper.remap(glyph.id.0);
        if first_of_glyph.insert(gid, c).is_none() {
            codes.insert(c, Code { cid: gid, advance: glyph.advance });
        } else {
            seconds.push((c, gid, glyph.advance));
        }
    }
    let program = subsetter::subset(face.data, 0, &remapper).map_err(|e| SubsetError::Refused(e.to_string()))?;
    let cid_to_gid = add_second_codes(&mut codes, &seconds, &program)?;
    let name = format!("{}+{}", tag(&program), face.family.replace(' ', ""));
    Ok(Subset { program, name, codes, cid_to_gid })
}

/// Codes past the last glyph for characters whose glyph another character has the code of.
fn add_second_codes(
    codes: &mut BTreeMap<char, Code>,
    seconds: &[(char, u16, u16)],
    program: &[u8],
) -> Result<Option<Vec<u16>>, SubsetError> {
    if seconds.is_empty() {
        return Ok(None);
    }
    // Parts of composite glyphs are glyphs, too: the file has more than were asked for.
    let tables = ttf_parser::RawFace::parse(program, 0).map_err(|e| SubsetError::Refused(e.to_string()))?;
    let maxp = tables.table(ttf_parser::Tag::from_bytes(b"maxp")).and_then(ttf_parser::maxp::Table::parse);
    let glyphs = maxp.ok_or_else(|| SubsetError::Refused("a subset without maxp".to_string()))?.number_of_glyphs;
    let mut gids: Vec<u16> = (0..glyphs.get()).collect();
    for &(c, gid, advance) in seconds {
        let cid = u16::try_from(gids.len()).map_err(|_| SubsetError::Refused("more than 65536 codes".to_string()))?;
        gids.push(gid);
        codes.insert(c, Code { cid, advance });
    }
    Ok(Some(gids))
}

fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Fonts, Role};

    #[test]
    fn characters_of_one_glyph_have_codes_of_their_own() {
        let fonts = Fonts::bundled();
        let face = fonts.face(Role::Song);
        let (a, b) = (' ', '\u{a0}');
        assert_eq!(face.glyph(a).unwrap().id, face.glyph(b).unwrap().id);
        let subset = subset(face, &BTreeSet::from([a, b, '镇'])).unwrap();
        let gids = subset.cid_to_gid.unwrap();
        let (first, second) = (subset.codes[&a].cid, subset.codes[&b].cid);
        assert_ne!(first, second);
        assert_eq!(gids[usize::from(first)], gids[usize::from(second)]);
        assert_eq!(gids.len(), 4, "the space, the hanzi, .notdef, and the second code");
    }

    #[test]
    fn a_subset_is_small_and_always_the_same() {
        let fonts = Fonts::bundled();
        let chars: BTreeSet<char> = "镇党委召开会议".chars().collect();
        let first = subset(fonts.face(Role::Body), &chars).unwrap();
        assert!(first.program.len() < 10_000, "{}", first.program.len());
        assert!(first.cid_to_gid.is_none());
        assert_eq!(first, subset(fonts.face(Role::Body), &chars).unwrap());
        assert!(first.name.ends_with("+ReportGenFangSong"), "{}", first.name);
    }

    #[test]
    fn a_character_that_the_face_lacks_is_an_error() {
        let fonts = Fonts::bundled();
        let lacking = subset(fonts.face(Role::Body), &BTreeSet::from(['𠮷']));
        assert_eq!(lacking, Err(SubsetError::NoGlyph('𠮷')));
    }
}
