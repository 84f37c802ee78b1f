//! A face: one of a font file's, by its names and tables.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use owned_ttf_parser::AsFaceRef;

use super::Role;
use super::cuts::Cuts;
use super::glyphs::Glyphs;
use super::own_face::{Embedding, OwnFace};
use super::shape::Glyph;

/// Longest family name with which Word keeps the Chinese of an embedded face, in UTF-16 units.
const LONGEST_FAMILY: usize = 31;
/// Longest PostScript name that a PDF takes with the letters of a subset before it (ISO 32000-1, annex C).
const LONGEST_NAME: usize = 63;

/// One face.
pub struct Face {
    /// What it is for.
    pub role: Role,
    /// Family name (name ID 1), English where it has one.
    pub family: Cow<'static, str>,
    /// Family name, Chinese where it has one.
    pub family_zh: Cow<'static, str>,
    file: File,
    glyphs: Box<Glyphs>,
}

enum File {
    Bundled { data: &'static [u8], parsed: Box<OnceLock<ttf_parser::Face<'static>>>, cuts: Box<Cuts> },
    Own(Arc<OwnFace>),
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face").field("role", &self.role).field("family", &self.family).finish_non_exhaustive()
    }
}

impl Face {
    pub(super) fn new(role: Role, family: &'static str, family_zh: &'static str, data: &'static [u8]) -> Self {
        let file = File::Bundled { data, parsed: Box::default(), cuts: Box::default() };
        Face { role, family: Cow::Borrowed(family), family_zh: Cow::Borrowed(family_zh), file, glyphs: Box::default() }
    }

    pub(super) fn own(role: Role, family: String, family_zh: String, file: Arc<OwnFace>) -> Self {
        Face { role, family: family.into(), family_zh: family_zh.into(), file: File::Own(file), glyphs: Box::default() }
    }

    /// The same face for another role.
    pub(super) fn in_role(&self, role: Role) -> Face {
        let file = match &self.file {
            File::Bundled { data, .. } => File::Bundled { data, parsed: Box::default(), cuts: Box::default() },
            File::Own(own) => File::Own(Arc::clone(own)),
        };
        let (family, family_zh) = (self.family.clone(), self.family_zh.clone());
        Face { role, family, family_zh, file, glyphs: Box::default() }
    }

    /// The tables of the file, read when first asked for: a bundled face that a report does not use costs nothing.
    pub fn tables(&self) -> &ttf_parser::Face<'_> {
        match &self.file {
            #[expect(clippy::expect_used, reason = "the bundled files are checked by a test")]
            File::Bundled { data, parsed, .. } => {
                parsed.get_or_init(|| ttf_parser::Face::parse(data, 0).expect("a bundled face is well formed"))
            }
            File::Own(own) => own.tables.as_face_ref(),
        }
    }

    /// What it was cut down to before. The reports of a batch share it.
    pub(crate) fn cuts(&self) -> &Cuts {
        match &self.file {
            File::Bundled { cuts, .. } => cuts,
            File::Own(own) => &own.cuts,
        }
    }

    /// The font file.
    pub(super) fn data(&self) -> &[u8] {
        match &self.file {
            File::Bundled { data, .. } => data,
            File::Own(own) => own.tables.as_slice(),
        }
    }

    /// Its number among the faces of the file.
    pub(super) fn index(&self) -> u32 {
        match &self.file {
            File::Bundled { .. } => 0,
            File::Own(own) => own.index,
        }
    }

    /// Whether it is an office's own, of which nothing is known.
    pub fn is_own(&self) -> bool {
        matches!(self.file, File::Own(_))
    }

    /// Whether its outlines are PostScript's (`CFF `), which Word does not take into a file.
    pub fn is_postscript(&self) -> bool {
        match &self.file {
            File::Bundled { .. } => false,
            File::Own(own) => own.is_postscript,
        }
    }

    /// Whether a Word file may carry it; if not, it is named there.
    pub fn fits_word(&self) -> bool {
        match &self.file {
            File::Bundled { .. } => true,
            File::Own(own) => {
                let short = |name: &str| name.encode_utf16().count() <= LONGEST_FAMILY;
                own.embedding == Embedding::Editable
                    && !own.is_postscript
                    && short(&self.family)
                    && short(&self.family_zh)
            }
        }
    }

    /// The family under which a Word file speaks of it, and its other name. A Chinese PC calls an office's own face by
    /// its Chinese name.
    pub fn names_in_word(&self) -> [&str; 2] {
        if self.is_own() { [&self.family_zh, &self.family] } else { [&self.family, &self.family_zh] }
    }

    /// Its PostScript name: of letters, digits and hyphens alone.
    pub(super) fn postscript_name(&self) -> String {
        let name: &str = match &self.file {
            File::Bundled { .. } => &self.family,
            File::Own(own) => &own.postscript_name,
        };
        let kept: String = name
            .chars()
            .filter(|&c| c.is_ascii_alphanumeric() || c == '-')
            .take(LONGEST_NAME - "ABCDEF+".len())
            .collect();
        if kept.is_empty() { "OwnFace".to_string() } else { kept }
    }

    /// Units of one em.
    pub fn units_per_em(&self) -> u16 {
        self.tables().units_per_em()
    }

    /// The glyph of `c`, if the face has one.
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        let (id, advance) = self.glyphs.get(c, || {
            let id = self.tables().glyph_index(c)?;
            Some((id, self.tables().glyph_hor_advance(id).unwrap_or(0)))
        })?;
        Some(Glyph { face: self.role, id, advance, units_per_em: self.units_per_em() })
    }
}
