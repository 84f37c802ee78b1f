//! Drafts in the encodings that Chinese PCs write: UTF-8, GBK ("ANSI"), UTF-16.

use encoding_rs::{Encoding as Table, GB18030, GBK};

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// With or without a byte order mark, which is then part of the text.
    Utf8,
    /// UTF-16, little end first, with a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, with a byte order mark.
    Utf16Be,
    /// GB 18030, of which GBK and GB 2312 are parts.
    Gb18030,
    /// GBK, where GB 18030 would write a character otherwise (the euro sign as one byte).
    Gbk,
}

/// The text of `bytes`, and how they write it; `None` where it is no text in any of the encodings.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    if let [0xff, 0xfe, rest @ ..] = bytes {
        return Some((utf16(rest, u16::from_le_bytes)?, Encoding::Utf16Le));
    }
    if let [0xfe, 0xff, rest @ ..] = bytes {
        return Some((utf16(rest, u16::from_be_bytes)?, Encoding::Utf16Be));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), Encoding::Utf8));
    }
    [Encoding::Gb18030, Encoding::Gbk].into_iter().find_map(|encoding| {
        let (text, faulty) = table(encoding).decode_without_bom_handling(bytes);
        (!faulty && encode(&text, encoding).as_deref() == Some(bytes)).then(|| (text.into_owned(), encoding))
    })
}

/// The bytes that write `text`; `None` where the encoding lacks a character of it.
pub(super) fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf16Le => Some(marked(text, u16::to_le_bytes)),
        Encoding::Utf16Be => Some(marked(text, u16::to_be_bytes)),
        Encoding::Gb18030 | Encoding::Gbk => {
            let (bytes, _, lacking) = table(encoding).encode(text);
            (!lacking).then(|| bytes.into_owned())
        }
    }
}

fn table(encoding: Encoding) -> &'static Table {
    if encoding == Encoding::Gbk { GBK } else { GB18030 }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, []) = bytes.as_chunks::<2>() else { return None };
    char::decode_utf16(units.iter().map(|&bytes| unit(bytes))).collect::<Result<String, _>>().ok()
}

fn marked(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_back_to_the_byte() {
        let text = "清理3处，效果好。𠮷\r\n";
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
            let bytes = encode(text, encoding).unwrap();
            assert_eq!(decode(&bytes), Some((text.to_owned(), encoding)));
        }
        assert_eq!(decode(b"\xb1\xbe\xd5\xf2\x80"), Some(("本镇€".into(), Encoding::Gbk)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [b"\xff\xfe\x41".as_slice(), b"\xff\xfe\x00\xd8", b"\x81", b"\xff"] {
            assert_eq!(decode(bytes), None, "{bytes:x?}");
        }
    }
}
