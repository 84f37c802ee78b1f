//! The names under which the Word file speaks of the faces.

use crate::fonts::{Fonts, Role};
use crate::manifest::Faces;

/// The family that sets ASCII on a Chinese PC.
const TIMES: &str = "Times New Roman";

/// Which families the document names, and for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Families<'a> {
    fonts: &'a Fonts,
    faces: Faces,
}

impl<'a> Families<'a> {
    pub(super) fn new(fonts: &'a Fonts, faces: Faces) -> Self {
        Families { fonts, faces }
    }

    /// The family of `role`.
    pub(super) fn name(&self, role: Role) -> &'a str {
        let [name, _] = self.fonts.face(role).names_in_word();
        match (self.faces, role) {
            (Faces::Own, _) => name,
            (Faces::Gb2312, Role::Body) => "仿宋_GB2312",
            (Faces::Gb2312, Role::Heading2) => "楷体_GB2312",
            (Faces::Office | Faces::Gb2312, _) => office(role).unwrap_or(name),
        }
    }

    /// Another name of `role`'s family, which a reader takes where it lacks the first: the face that a Chinese PC has
    /// for a bundled one and for 仿宋_GB2312, or the bundled face that stands in for a Chinese PC's.
    pub(super) fn other_name(&self, role: Role) -> &'a str {
        let face = self.fonts.face(role);
        let [name, other] = face.names_in_word();
        match (self.faces, role) {
            (Faces::Own, _) if face.is_own() => other,
            (Faces::Own, _) | (Faces::Gb2312, Role::Body | Role::Heading2) => office(role).unwrap_or(other),
            (Faces::Office | Faces::Gb2312, _) => name,
        }
    }

    /// The role whose face sets ASCII in text of `role`: 宋体 in 仿宋 and 楷体, the other faces set their own.
    pub(super) fn ascii_role(&self, role: Role) -> Role {
        self.fonts.glyph(role, '0').map_or(Role::Song, |glyph| glyph.face)
    }

    /// The family that sets ASCII in text of `role`.
    pub(super) fn ascii(&self, role: Role) -> &'a str {
        self.foreign_ascii().unwrap_or_else(|| self.name(self.ascii_role(role)))
    }

    /// Whether ASCII is set by a family that is not ours and so is not embedded.
    pub(super) fn foreign_ascii(&self) -> Option<&'static str> {
        match self.faces {
            Faces::Own => None,
            Faces::Office | Faces::Gb2312 => (!self.fonts.has(Role::Latin)).then_some(TIMES),
        }
    }
}

/// The family that Chinese PCs have for `role`; none for faces that no Chinese PC has of itself.
fn office(role: Role) -> Option<&'static str> {
    match role {
        Role::Body => Some("仿宋"),
        Role::Heading1 => Some("黑体"),
        Role::Heading2 => Some("楷体"),
        Role::Title => Some("方正小标宋简体"),
        Role::Song => Some("宋体"),
        Role::Rare => Some("SimSun-ExtB"),
        Role::Latin
        | Role::SpareBody
        | Role::SpareHeading1
        | Role::SpareHeading2
        | Role::SpareTitle
        | Role::SpareSong
        | Role::SpareRare => None,
    }
}
