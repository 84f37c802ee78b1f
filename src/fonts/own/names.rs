//! What the faces of a font file are called (OpenType 1.9, `name`), read without the rest of the file.

use std::collections::BTreeSet;

use encoding_rs::GBK;
use ttf_parser::PlatformId;
use ttf_parser::name::{Name, Table};

use crate::diag::Text;
use crate::text;
use crate::world::World;

/// Most faces of a collection that are looked at.
const MOST_FACES: usize = 64;
/// Most tables of a face.
const MOST_TABLES: usize = 256;
/// Longest table of names.
const LONGEST_TABLE: u64 = 1 << 20;
/// Longest name in bytes; longer ones name nothing.
const LONGEST_NAME: usize = 400;

/// Family, full, PostScript and typographic family names.
const FAMILY: u16 = 1;
const FULL: u16 = 4;
const POSTSCRIPT: u16 = 6;
const TYPOGRAPHIC_FAMILY: u16 = 16;

/// A face that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its file.
    pub(super) path: String,
    /// Its number among the faces of the file.
    pub(super) index: u32,
    /// All that it is called, as [`plain`] has it.
    pub(super) names: BTreeSet<String>,
    /// Family name, English where it has one.
    pub(super) family: String,
    /// Family name, Chinese where it has one.
    pub(super) family_zh: String,
    /// PostScript name.
    pub(super) postscript_name: String,
    /// What tells the file from its other versions: the sum of all its bytes, as its head has it.
    pub(super) stamp: u32,
}

/// A name as it is compared: without case and blanks.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The faces of the file `path`.
///
/// # Errors
/// Why it is no font file.
pub(super) fn faces(path: &str, world: &dyn World) -> Result<Vec<Found>, Text> {
    let file = File { path, world };
    let start = file.part(0, 12)?;
    if start.get(..4) != Some(b"ttcf") {
        return Ok(vec![file.face(0, 0)?]);
    }
    let count = number(&start, 8)? as usize;
    if count == 0 || count > MOST_FACES {
        return Err(damaged());
    }
    let offsets = file.part(12, count as u64 * 4)?;
    (0..count).map(|n| file.face(n as u32, u64::from(number(&offsets, n * 4)?))).collect()
}

fn damaged() -> Text {
    text!("不是字体文件，或者坏了", "it is no font file, or damaged")
}

struct File<'w> {
    path: &'w str,
    world: &'w dyn World,
}

impl File<'_> {
    /// `len` bytes from `from`.
    fn part(&self, from: u64, len: u64) -> Result<Vec<u8>, Text> {
        let bytes = self.world.read_part(self.path, from, len);
        let bytes = bytes.map_err(|error| text!("读不了：{error}", "it cannot be read: {error}"))?;
        if bytes.len() as u64 == len { Ok(bytes) } else { Err(damaged()) }
    }

    /// The face `index`, whose tables are listed at `at`.
    fn face(&self, index: u32, at: u64) -> Result<Found, Text> {
        let start = self.part(at, 12)?;
        if !matches!(number(&start, 0)?, 0x0001_0000 | 0x4F54_544F | 0x7472_7565) {
            return Err(damaged());
        }
        let count = number(&start, 4)? as usize >> 16;
        if count == 0 || count > MOST_TABLES {
            return Err(damaged());
        }
        let records = self.part(at + 12, count as u64 * 16)?;
        let table = |tag: &[u8; 4]| {
            let record = records.chunks_exact(16).find(|record| record.starts_with(tag)).ok_or_else(damaged)?;
            Ok::<_, Text>((u64::from(number(record, 8)?), u64::from(number(record, 12)?)))
        };
        let (from, len) = table(b"name")?;
        if len > LONGEST_TABLE {
            return Err(damaged());
        }
        let names = self.part(from, len)?;
        let names = Table::parse(&names).ok_or_else(damaged)?.names;
        let (head, _) = table(b"head")?;
        let stamp = number(&self.part(head, 12)?, 8)?;
        let read: Vec<(u16, bool, String)> = names
            .into_iter()
            .filter(|name| matches!(name.name_id, FAMILY | FULL | POSTSCRIPT | TYPOGRAPHIC_FAMILY))
            .filter_map(|name| Some((name.name_id, !is_ascii(&name), decoded(&name)?)))
            .collect();
        let first = |wanted: u16, chinese: bool| {
            let of_kind = |(id, is_chinese, _): &&(u16, bool, String)| *id == wanted && *is_chinese == chinese;
            read.iter().find(of_kind).map(|(_, _, name)| name.clone())
        };
        let english = first(FAMILY, false).or_else(|| first(TYPOGRAPHIC_FAMILY, false));
        let chinese = first(FAMILY, true).or_else(|| first(TYPOGRAPHIC_FAMILY, true));
        let Some(any) = english.clone().or_else(|| chinese.clone()) else {
            return Err(text!("没有名字", "it has no name"));
        };
        Ok(Found {
            path: self.path.to_string(),
            index,
            names: read.iter().map(|(_, _, name)| plain(name)).collect(),
            family: english.unwrap_or_else(|| any.clone()),
            family_zh: chinese.unwrap_or(any),
            postscript_name: first(POSTSCRIPT, false).unwrap_or_default(),
            stamp,
        })
    }
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Text> {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => Ok(u32::from_be_bytes([a, b, c, d])),
        _ => Err(damaged()),
    }
}

fn is_ascii(name: &Name<'_>) -> bool {
    decoded(name).is_none_or(|name| name.is_ascii())
}

/// The words of a name. Old Chinese faces have theirs in GBK.
fn decoded(name: &Name<'_>) -> Option<String> {
    if name.name.len() > LONGEST_NAME {
        return None;
    }
    let words = match (name.platform_id, name.encoding_id) {
        (PlatformId::Unicode, _) | (PlatformId::Windows, 0 | 1 | 10) => {
            let units: Vec<u16> =
                name.name.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()?
        }
        (PlatformId::Windows, 3) | (PlatformId::Macintosh, 25) => {
            // On Windows each takes two bytes, ASCII with a zero before it.
            let bytes: Vec<u8> = name.name.iter().copied().filter(|&byte| byte != 0).collect();
            let (words, wrong) = GBK.decode_without_bom_handling(&bytes);
            (!wrong).then(|| words.into_owned())?
        }
        (PlatformId::Macintosh, 0) => {
            let words = std::str::from_utf8(name.name).ok()?;
            words.is_ascii().then(|| words.to_string())?
        }
        (PlatformId::Macintosh | PlatformId::Iso | PlatformId::Windows | PlatformId::Custom, _) => return None,
    };
    let words = words.trim().to_string();
    // What is printed in messages and written into XML.
    (!words.is_empty() && !words.chars().any(char::is_control)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_blanks() {
        assert_eq!(plain("FZ XiaoBiaoSong-B05S"), plain("fzxiaobiaosong-b05s"));
        assert_ne!(plain("仿宋_GB2312"), plain("仿宋"));
    }

    #[test]
    fn names_in_gbk_are_read() {
        let name = |platform_id, encoding_id, bytes: &'static [u8]| Name {
            platform_id,
            encoding_id,
            language_id: 0x0804,
            name_id: 1,
            name: bytes,
        };
        // 仿宋A, on Windows with a zero before the A.
        let gbk = b"\xb7\xc2\xcb\xce\0A";
        assert_eq!(decoded(&name(PlatformId::Windows, 3, gbk)).as_deref(), Some("仿宋A"));
        assert_eq!(decoded(&name(PlatformId::Macintosh, 25, b"\xb7\xc2\xcb\xce")).as_deref(), Some("仿宋"));
        assert_eq!(decoded(&name(PlatformId::Windows, 1, b"\x4e\xff\x5b\x8b")).as_deref(), Some("仿宋"));
        assert_eq!(decoded(&name(PlatformId::Windows, 1, b"\xd8\x00")), None, "half a pair");
        assert_eq!(decoded(&name(PlatformId::Windows, 1, b"\0\x07")), None, "a control character");
    }
}
