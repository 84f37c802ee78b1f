//! The faces that are linked into the program (`fonts/fonts.toml` tells where they come from).
//!
//! They are not compressed: pages of the program that no report touches are never read.

use super::{Face, Role};

macro_rules! license {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/licenses/", $file))
    };
}

/// One static for each file: as constants, the linker would hold them once for every place that names them.
macro_rules! fonts {
    ($($name:ident $role:ident $family:literal $family_zh:literal $file:literal;)*) => {
        $(static $name: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file));)*

        pub(super) fn faces() -> [Face; 6] {
            [$(Face::new(Role::$role, $family, $family_zh, $name)),*]
        }
    };
}

fonts! {
    FANGSONG Body "ReportGen FangSong" "报告仿宋" "ReportGenFangSong-Regular.ttf";
    HEI Heading1 "ReportGen Hei" "报告黑体" "ReportGenHei-Regular.ttf";
    KAI Heading2 "ReportGen Kai" "报告楷体" "ReportGenKai-Regular.ttf";
    TITLE Title "ReportGen Title" "报告标宋" "ReportGenTitle-Regular.ttf";
    SONG Song "ReportGen Song" "报告宋体" "ReportGenSong-Regular.ttf";
    RARE Rare "ReportGen Rare" "报告生僻字" "ReportGenRare-Regular.ttf";
}

/// The bundled face whose family is called `name`, for `role`.
pub(super) fn named(name: &str, role: Role) -> Option<Face> {
    let is_named = |face: &Face| face.family.eq_ignore_ascii_case(name.trim()) || face.family_zh == name.trim();
    faces().iter().find(|face| is_named(face)).map(|face| face.in_role(role))
}

/// The licences of the bundled faces.
pub const LICENSES: &[&str] = &[
    license!("ReportGenFangSong-OFL.txt"),
    license!("ReportGenHei-OFL.txt"),
    license!("ReportGenKai-OFL.txt"),
    license!("ReportGenSong-ReportGenTitle-OFL.txt"),
    license!("ReportGenRare-HANAZONO.txt"),
];
