//! Which faces of Windows, WPS and Founder do for which role, the best first (GB/T 9704 names 仿宋, 黑体, 楷体 and
//! 小标宋; offices have them under these names).

use crate::fonts::Role;

const BODY: &[&str] = &[
    "仿宋_GB2312",
    "FangSong_GB2312",
    "方正仿宋_GB2312",
    "仿宋",
    "FangSong",
    "方正仿宋_GBK",
    "方正仿宋简体",
    "华文仿宋",
    "STFangsong",
];
const HEADING1: &[&str] = &["黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "FZHei-B01S", "华文黑体", "STHeiti"];
const HEADING2: &[&str] = &[
    "楷体_GB2312",
    "KaiTi_GB2312",
    "方正楷体_GB2312",
    "楷体",
    "KaiTi",
    "方正楷体_GBK",
    "方正楷体简体",
    "FZKai-Z03S",
    "华文楷体",
    "STKaiti",
];
const TITLE: &[&str] = &[
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "FZXBSJW--GB1-0",
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05",
    "华文中宋",
    "STZhongsong",
];
const SONG: &[&str] =
    &["宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体", "FZShuSong-Z01S", "华文宋体", "STSong"];
const RARE: &[&str] = &["SimSun-ExtB", "SimSun-ExtG", "宋体-方正超大字符集"];

/// The names of `role`'s faces; none where nothing but an author's word gives it one.
pub(super) fn of(role: Role) -> &'static [&'static str] {
    match role {
        Role::Body => BODY,
        Role::Heading1 => HEADING1,
        Role::Heading2 => HEADING2,
        Role::Title => TITLE,
        Role::Song => SONG,
        Role::Rare => RARE,
        Role::Latin
        | Role::SpareBody
        | Role::SpareHeading1
        | Role::SpareHeading2
        | Role::SpareTitle
        | Role::SpareSong
        | Role::SpareRare => &[],
    }
}
