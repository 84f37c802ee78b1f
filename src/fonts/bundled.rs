//! The faces that are linked into the program, by role. Their bytes are in a crate of their own (`fonts/lib.rs`).

use report_gen_fonts as files;

use super::{Face, Role};

/// The bundled faces, in the order of their roles.
pub(super) fn faces() -> [Face; 6] {
    [
        Face::new(Role::Body, "ReportGen FangSong", "报告仿宋", files::FANGSONG),
        Face::new(Role::Heading1, "ReportGen Hei", "报告黑体", files::HEI),
        Face::new(Role::Heading2, "ReportGen Kai", "报告楷体", files::KAI),
        Face::new(Role::Title, "ReportGen Title", "报告标宋", files::TITLE),
        Face::new(Role::Song, "ReportGen Song", "报告宋体", files::SONG),
        Face::new(Role::Rare, "ReportGen Rare", "报告生僻字", files::RARE),
    ]
}

/// The bundled face whose family is called `name`, for `role`.
pub(super) fn named(name: &str, role: Role) -> Option<Face> {
    let is_named = |face: &Face| face.family.eq_ignore_ascii_case(name.trim()) || face.family_zh == name.trim();
    faces().iter().find(|face| is_named(face)).map(|face| face.in_role(role))
}
