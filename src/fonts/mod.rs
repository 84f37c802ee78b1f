//! Faces by role, and which of them sets a character.
//!
//! `bundled` has those that are linked into the program, `own` those that an office brings. `subset` and `cff` cut faces
//! down to `shape`s for the PDF, `embed` does for Word.

mod bundled;
mod cff;
pub mod embed;
mod cuts;
mod face;
mod glyphs;
mod guard;
mod memo;
mod own;
mod own_face;
mod role;
mod shape;
pub mod subset;
mod twins;

pub(crate) use cuts::{Cuts, PackedPart, PackedSubset};
pub use face::Face;
pub(crate) use memo::Memo;
pub use own::{Asked, Choice, Chosen, Library, Used, Why};
pub use own_face::Embedding;
/// The licences of the bundled faces, each in full.
pub use report_gen_fonts::LICENSES;
pub use role::Role;
pub use shape::{Code, Glyph, Shape, Subset, SubsetError};

use std::sync::Arc;

/// The faces of a run, one for each role.
#[derive(Clone, Debug)]
pub struct Fonts {
    /// The faces in the order of [`Role::ALL`]. Where a role has none, another stands in its place.
    faces: [Arc<Face>; Role::ALL.len()],
    /// Which of them are there.
    present: [bool; Role::ALL.len()],
    /// Where an office's own faces are.
    library: Option<Arc<Library>>,
}

impl Fonts {
    /// The bundled faces.
    pub fn bundled() -> Self {
        let bundled = bundled::faces().map(Arc::new);
        let faces = Role::ALL.map(|role| Arc::clone(&bundled[role.bundled() as usize]));
        Fonts { faces, present: Role::ALL.map(|role| role == role.bundled()), library: None }
    }

    /// The face of `role`; where it has none of its own, the one that sets its characters.
    pub fn face(&self, role: Role) -> &Face {
        &self.faces[role as usize]
    }

    /// Whether `role` has a face of its own.
    pub fn has(&self, role: Role) -> bool {
        self.present[role as usize]
    }

    /// The glyph that sets `c` in text of `role`: of the role's own face, else 宋体, else the rare face, else whatever
    /// face has it. Where an office's own face lacks it, the bundled face of its role comes next.
    ///
    /// 仿宋 and 楷体 set hanzi and Chinese marks only; their digits and Latin are of uneven width, so
    /// those come from 宋体 even where the face has a glyph.
    pub fn glyph(&self, role: Role, c: char) -> Option<Glyph> {
        let own = match role {
            Role::Body | Role::Heading2 | Role::SpareBody | Role::SpareHeading2 => is_chinese(c),
            Role::Heading1
            | Role::Title
            | Role::Song
            | Role::Rare
            | Role::Latin
            | Role::SpareHeading1
            | Role::SpareTitle
            | Role::SpareSong
            | Role::SpareRare => true,
        };
        let latin = self.has(Role::Latin) && role.is_text() && is_latin(c);
        let first = latin.then_some(Role::Latin).into_iter();
        let first = first.chain(own.then_some(role)).chain(own.then(|| role.spare()).flatten());
        first
            .chain([Role::Song, Role::SpareSong, Role::Rare, Role::SpareRare])
            .find_map(|face| self.glyph_of(face, c))
            .or_else(|| {
                self.library.as_ref().and_then(|_| Role::ALL.into_iter().find_map(|face| self.glyph_of(face, c)))
            })
    }

    /// The glyph of `c` in the face of `role`, where it has one of its own.
    fn glyph_of(&self, role: Role, c: char) -> Option<Glyph> {
        if self.has(role) { self.face(role).glyph(c) } else { None }
    }

    /// Puts `face` in the place of its role; the bundled one stays for what it lacks.
    fn set(&mut self, face: Face) {
        let role = face.role;
        if let Some(spare) = role.spare() {
            self.faces[spare as usize] = Arc::new(self.face(role).in_role(spare));
            self.present[spare as usize] = true;
        }
        self.faces[role as usize] = Arc::new(face);
        self.present[role as usize] = true;
    }
}

/// Whether `c` is set by the face for Latin, where there is one: digits, letters and their signs.
fn is_latin(c: char) -> bool {
    matches!(c, ' '..='\u{24f}') && !is_chinese(c)
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
            assert_eq!(fonts.face(role).role, role.bundled());
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
