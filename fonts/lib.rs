//! The faces that are linked into `report-gen` (`fonts.toml` tells where they come from), and their licences.
//!
//! They are not compressed: pages of the program that no report touches are never read. Each is a static: as constants,
//! the linker would hold them once for every place that names them.

/// 仿宋, for the text.
pub static FANGSONG: &[u8] = include_bytes!("ReportGenFangSong-Regular.ttf");
/// 黑体, for headings of the first level.
pub static HEI: &[u8] = include_bytes!("ReportGenHei-Regular.ttf");
/// 楷体, for headings of the second level.
pub static KAI: &[u8] = include_bytes!("ReportGenKai-Regular.ttf");
/// 标宋, for titles.
pub static TITLE: &[u8] = include_bytes!("ReportGenTitle-Regular.ttf");
/// 宋体, for digits, Latin letters and page numbers.
pub static SONG: &[u8] = include_bytes!("ReportGenSong-Regular.ttf");
/// Rare hanzi that the others lack.
pub static RARE: &[u8] = include_bytes!("ReportGenRare-Regular.ttf");

/// The licences of the faces, each in full.
pub static LICENSES: &[&str] = &[
    include_str!("licenses/ReportGenFangSong-OFL.txt"),
    include_str!("licenses/ReportGenHei-OFL.txt"),
    include_str!("licenses/ReportGenKai-OFL.txt"),
    include_str!("licenses/ReportGenSong-ReportGenTitle-OFL.txt"),
    include_str!("licenses/ReportGenRare-HANAZONO.txt"),
];
