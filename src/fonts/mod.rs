//! Faces by role, and which of them sets a character.

mod bundled;
pub mod embed;
mod memo;
pub mod subset;
mod twins;

pub use bundled::LICENSES;
pub use memo::Memo;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ttf_parser::GlyphId;

use subset::{Shape, Subset};

/// What a face is for. GB/T 9704 names faces by these roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 仿宋, the text.
    Body,
    /// 黑体, headings of the first level.
    Heading1,
    /// 楷体, headings of the second level, emphasis, author lines.
    Heading2,
    /// 小标宋, the title.
    Title,
    /// 宋体: page numbers, digits and Latin, and what the other faces lack.
    Song,
    /// Rare characters that 宋体 lacks.
    Rare,
}

impl Role {
    /// All roles, in the order in which faces are numbered in the outputs.
    pub const ALL: [Role; 6] = [Role::Body, Role::Heading1, Role::Heading2, Role::Title, Role::Song, Role::Rare];
}

/// One face.
pub struct Face {
    /// What it is for.
    pub role: Role,
    /// Family name (name ID 1), English.
    pub family: &'static str,
    /// Family name, Chinese.
    pub family_zh: &'static str,
    /// The font file.
    pub data: &'static [u8],
    parsed: OnceLock<ttf_parser::Face<'static>>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face").field("role", &self.role).field("family", &self.family).finish_non_exhaustive()
    }
}

impl Face {
    const fn new(role: Role, family: &'static str, family_zh: &'static str, data: &'static [u8]) -> Self {
        Face { role, family, family_zh, data, parsed: OnceLock::new() }
    }

    /// The tables of the file, read when first asked for: a face that a report does not use costs nothing.
    pub fn tables(&self) -> &ttf_parser::Face<'static> {
        #[expect(clippy::expect_used, reason = "the bundled files are checked by a test")]
        self.parsed.get_or_init(|| ttf_parser::Face::parse(self.data, 0).expect("a bundled face is well formed"))
    }

    /// Units of one em.
    pub fn units_per_em(&self) -> u16 {
        self.tables().units_per_em()
    }

    /// The glyph of `c`, if the face has one.
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        let id = self.tables().glyph_index(c)?;
        let advance = self.tables().glyph_hor_advance(id).unwrap_or(0);
        Some(Glyph { face: self.role, id, advance, units_per_em: self.units_per_em() })
    }
}

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

/// The faces of a run, one for each role.
#[derive(Debug)]
pub struct Fonts {
    faces: [Face; 6],
    /// Faces cut down to some characters, as Word files carry them.
    pub(crate) in_word: Memo<(Role, BTreeSet<char>), PackedPart>,
    /// Faces cut down to some shapes, as PDFs carry them.
    pub(crate) in_pdf: Memo<(Role, BTreeSet<Shape>), PackedSubset>,
}

/// A face as a Word file carries it.
#[derive(Debug)]
pub(crate) struct PackedPart {
    /// Key of the obfuscation, a GUID in braces.
    pub(crate) key: String,
    /// A zip file with the one part.
    pub(crate) archive: Vec<u8>,
}

/// A face as a PDF carries it.
#[derive(Debug)]
pub(crate) struct PackedSubset {
    /// The cut-down face.
    pub(crate) subset: Subset,
    /// Its program, deflated; made when first wanted.
    pub(crate) deflated: OnceLock<Vec<u8>>,
}

impl Fonts {
    /// The bundled faces.
    pub fn bundled() -> Self {
        Fonts { faces: bundled::faces(), in_word: Memo::default(), in_pdf: Memo::default() }
    }

    /// The face of `role`.
    pub fn face(&self, role: Role) -> &Face {
        &self.faces[role as usize]
    }

    /// The glyph that sets `c` in text of `role`: of the role's own face, else 宋体, else the rare face.
    ///
    /// 仿宋 and 楷体 set hanzi and Chinese marks only; their digits and Latin are of uneven width, so
    /// those come from 宋体 even where the face has a glyph.
    pub fn glyph(&self, role: Role, c: char) -> Option<Glyph> {
        let own = match role {
            Role::Body | Role::Heading2 => is_chinese(c),
            Role::Heading1 | Role::Title | Role::Song | Role::Rare => true,
        };
        own.then(|| self.face(role).glyph(c))
            .flatten()
            .or_else(|| self.face(Role::Song).glyph(c))
            .or_else(|| self.face(Role::Rare).glyph(c))
    }
}

/// Whether a Chinese text face sets `c` itself: hanzi, CJK marks, full-width forms, and the marks that
/// Chinese shares with Latin.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}' | '\u{31c0}'..='\u{31ef}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_stand_at_the_place_of_their_role() {
        let fonts = Fonts::bundled();
        for role in Role::ALL {
            assert_eq!(fonts.face(role).role, role);
            assert!(fonts.face(role).tables().number_of_glyphs() > 1000);
        }
    }

    #[test]
    fn characters_fall_back_from_role_to_song_to_rare() {
        let fonts = Fonts::bundled();
        let face = |role, c| fonts.glyph(role, c).map(|glyph| glyph.face);
        assert_eq!(face(Role::Body, '镇'), Some(Role::Body));
        assert_eq!(face(Role::Body, '7'), Some(Role::Song));
        assert_eq!(face(Role::Body, '①'), Some(Role::Song));
        assert_eq!(face(Role::Heading1, '7'), Some(Role::Heading1));
        assert_eq!(face(Role::Body, '𠮷'), Some(Role::Rare));
        assert_eq!(face(Role::Body, '\u{e000}'), None);
    }
}
