//! The faces that are linked into the program (`fonts/fonts.toml` tells where they come from).
//!
//! They are not compressed: pages of the program that no report touches are never read.

use super::{Face, Role};

macro_rules! font {
    ($file:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file))
    };
}

macro_rules! license {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/licenses/", $file))
    };
}

pub(super) fn faces() -> [Face; 6] {
    [
        Face::new(Role::Body, "ReportGen FangSong", "报告仿宋", font!("ReportGenFangSong-Regular.ttf")),
        Face::new(Role::Heading1, "ReportGen Hei", "报告黑体", font!("ReportGenHei-Regular.ttf")),
        Face::new(Role::Heading2, "ReportGen Kai", "报告楷体", font!("ReportGenKai-Regular.ttf")),
        Face::new(Role::Title, "ReportGen Title", "报告标宋", font!("ReportGenTitle-Regular.ttf")),
        Face::new(Role::Song, "ReportGen Song", "报告宋体", font!("ReportGenSong-Regular.ttf")),
        Face::new(Role::Rare, "ReportGen Rare", "报告生僻字", font!("ReportGenRare-Regular.ttf")),
    ]
}

/// The licences of the bundled faces.
pub const LICENSES: &[&str] = &[
    license!("ReportGenFangSong-OFL.txt"),
    license!("ReportGenHei-OFL.txt"),
    license!("ReportGenKai-OFL.txt"),
    license!("ReportGenSong-ReportGenTitle-OFL.txt"),
    license!("ReportGenRare-HANAZONO.txt"),
];
