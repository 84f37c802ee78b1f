//! A face as the Word file carries it: cut down to some characters, and obfuscated.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use sha2::{Digest, Sha256};
use skera::{Plan, SubsetFlags, subset_font};

use super::Face;
use super::guard::guarded;

/// Part of a face, obfuscated as ECMA-376 part 4, 2.8.1 asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedFace {
    /// The key of the obfuscation, a GUID in braces. Its letters are upper-case: LibreOffice reads no others.
    pub key: String,
    /// The obfuscated font file.
    pub data: Vec<u8>,
}

/// The part of `face` that sets `chars`, obfuscated. The same face and characters give the same bytes.
///
/// Characters that the face lacks are passed over.
///
/// # Errors
///
/// What the subsetter said, for a face that it cannot read.
pub fn embed(face: &Face, chars: &BTreeSet<char>) -> Result<EmbeddedFace, String> {
    let mut data = if face.is_own() { guarded(|| subset(face, chars))?? } else { subset(face, chars)? };
    let guid = guid(&data);
    // The first 32 bytes, twice over the key from its end: enough that no system installs the file by chance.
    for (byte, key) in data.iter_mut().take(32).zip(guid.iter().rev().cycle()) {
        *byte ^= key;
    }
    Ok(EmbeddedFace { key: braced(&guid), data })
}

/// The font file of `face` with the glyphs of `chars` alone; its character map and names are kept, since
/// Word looks a face up by name and sets whatever is typed later through the map.
fn subset(face: &Face, chars: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let whole = |chars: &BTreeSet<char>| part(face.data(), face.index(), chars);
    // Of an office's own face nothing says that a part of a part is that of the whole.
    let stem = if face.is_own() {
        None
    } else {
        face.cuts().stem.of(chars, |chars| {
            let held = common_chars() | chars;
            let file = whole(&held).ok()?;
            Some((held, file))
        })
    };
    stem.map_or_else(|| whole(chars), |stem| part(stem, 0, chars)).map_err(|error| format!("{}: {error}", face.family))
}

/// The font file of the face number `index` of `file` with the glyphs of `chars` alone.
fn part(file: &[u8], index: u32, chars: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let font = FontRef::from_index(file, index).map_err(|error| error.to_string())?;
    let unicodes: IntSet<u32> = chars.iter().map(|&c| u32::from(c)).collect();
    // The family in both languages, the style, the version and, as the licences ask, the notices.
    let names: IntSet<NameId> = (0..=6).chain([13, 14]).map(NameId::new).collect();
    let languages: IntSet<u16> = [0x0409, 0x0804].into_iter().collect();
    // Without features and vertical setting, these say nothing; hints go by the flag.
    let drop: IntSet<Tag> =
        [b"GSUB", b"GPOS", b"GDEF", b"BASE", b"STAT", b"vhea", b"vmtx", b"VORG", b"DSIG", b"kern", b"gasp"]
            .map(Tag::new)
            .into_iter()
            .collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &drop,
        &IntSet::empty(),
        &IntSet::empty(),
        &names,
        &languages,
    );
    subset_font(&font, &plan).map_err(|error| error.to_string())
}

fn guid(data: &[u8]) -> [u8; 16] {
    let mut guid = [0; 16];
    guid.iter_mut().zip(Sha256::digest(data)).for_each(|(to, from)| *to = from);
    guid
}

fn braced(guid: &[u8; 16]) -> String {
    let hex: String = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// What is likely to be typed into a Chinese text later: ASCII, the marks of GB 2312 (row 1), its full-width
/// forms (row 3) and its 3,755 hanzi of level 1 (rows 16 to 55).
pub fn common_chars() -> &'static BTreeSet<char> {
    static COMMON: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
        // The second byte of the last row ends with the level.
        let hanzi = (0xb0..=0xd7).map(|row| (row, if row == 0xd7 { 0xf9 } else { 0xfe }));
        let rows = [(0xa1, 0xfe), (0xa3, 0xfe)].into_iter().chain(hanzi);
        let bytes: Vec<u8> = rows.flat_map(|(row, last)| (0xa1..=last).flat_map(move |cell| [row, cell])).collect();
        let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
        text.chars().chain(' '..='~').collect()
    });
    &COMMON
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Fonts, Role};

    #[test]
    fn an_embedded_face_is_a_small_font_with_its_characters_and_names() {
        let fonts = Fonts::bundled();
        let chars: BTreeSet<char> = "青石镇，“一”".chars().collect();
        for role in Role::ALL {
            let embedded = embed(fonts.face(role), &chars).unwrap();
            assert_eq!(embedded, embed(fonts.face(role), &chars).unwrap());
            let key: Vec<u8> = embedded.key.bytes().filter(u8::is_ascii_hexdigit).collect();
            let key: Vec<u8> = key
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .rev()
                .collect();
            let mut data = embedded.data.clone();
            data.iter_mut().take(32).zip(key.iter().cycle()).for_each(|(byte, key)| *byte ^= key);
            let parsed = ttf_parser::Face::parse(&data, 0).unwrap();
            for &c in &chars {
                assert_eq!(parsed.glyph_index(c).is_some(), fonts.face(role).glyph(c).is_some(), "{role:?} {c}");
            }
            assert!(parsed.glyph_index('县').is_none());
            assert!(data.len() < 20_000, "{role:?}: {}", data.len());
            let families: Vec<String> =
                parsed.names().into_iter().filter(|n| n.name_id == 1).filter_map(|n| n.to_string()).collect();
            assert_eq!(families, [fonts.face(role).family.as_ref(), fonts.face(role).family_zh.as_ref()]);
        }
    }

    #[test]
    fn a_part_of_a_part_is_the_part_of_the_whole() {
        let fonts = Fonts::bundled();
        let some = |text: &str| text.chars().collect::<BTreeSet<char>>();
        for role in Role::ALL {
            let face = fonts.face(role);
            let whole = |chars: &BTreeSet<char>| part(face.data(), face.index(), chars).unwrap();
            // 堰 and 塱 are beyond level 1, ⅛ is in some faces alone.
            let held = common_chars() | &some("堰塱⅛𠮷");
            let stem = whole(&held);
            for text in ["青石镇，“一”２3a（）—…·", "3", "镇", "堰塱⅛𠮷 ", "abcXYZ%～", ""] {
                let chars = some(text);
                assert!(part(&stem, 0, &chars).unwrap() == whole(&chars), "{role:?} {text}");
            }
            let half: BTreeSet<char> = held.iter().copied().step_by(2).collect();
            assert!(part(&stem, 0, &half).unwrap() == whole(&half), "{role:?}");
        }
    }

    #[test]
    fn gb2312_level_1_has_3755_hanzi() {
        let chars = common_chars();
        assert_eq!(chars.iter().filter(|&&c| ('\u{4e00}'..='\u{9fff}').contains(&c)).count(), 3755);
        assert!(['啊', '座', '，', '7', '“'].iter().all(|c| chars.contains(c)));
        assert!(!chars.contains(&'亍'), "the first of level 2");
        assert!(!chars.contains(&'\u{fffd}'));
    }
}
