//! Text files in the encodings that Chinese PCs write: UTF-8, GBK ("ANSI", in which Excel saves CSV), UTF-16.

use encoding_rs::{GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8Marked,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, little end first, after a byte order mark.
    Utf16LeMarked,
    /// UTF-16, big end first.
    Utf16Be,
    /// UTF-16, big end first, after a byte order mark.
    Utf16BeMarked,
    /// GB 18030, of which GBK and GB 2312 are parts.
    Gb18030,
    /// GBK, where GB 18030 would write a character otherwise (the euro sign as one byte).
    Gbk,
}

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without the byte order mark.
    pub text: String,
    /// How it is written.
    pub encoding: Encoding,
    /// Where in the text the first stretch stands that is none of the encoding's; U+FFFD stands for each.
    pub damaged: Option<usize>,
}

/// The text of `bytes`: by their byte order mark; UTF-8 where they are that, but for a few that were cut or changed; UTF-16
/// where every other byte is often zero, as in its digits and line ends; else GBK.
pub fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, mark) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8Marked, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16LeMarked, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16BeMarked, 2),
        _ => (unmarked(bytes), 0),
    };
    let (text, faulty) = table(encoding).decode_without_bom_handling(&bytes[mark..]);
    let damaged = faulty.then(|| text.find(char::REPLACEMENT_CHARACTER).unwrap_or(text.len()));
    let in_gbk = encoding == Encoding::Gb18030 && *GB18030.encode(&text).0 != *bytes;
    Decoded { encoding: if in_gbk { Encoding::Gbk } else { encoding }, text: text.into_owned(), damaged }
}

/// The bytes that write `text`; `None` where the encoding lacks a character of it.
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    const MARK: char = '\u{feff}';
    let utf16 = |mark: Option<char>, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.chars())
            .flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
            .flat_map(bytes)
            .collect()
    };
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf8Marked => Some(format!("{MARK}{text}").into_bytes()),
        Encoding::Utf16Le => Some(utf16(None, u16::to_le_bytes)),
        Encoding::Utf16LeMarked => Some(utf16(Some(MARK), u16::to_le_bytes)),
        Encoding::Utf16Be => Some(utf16(None, u16::to_be_bytes)),
        Encoding::Utf16BeMarked => Some(utf16(Some(MARK), u16::to_be_bytes)),
        Encoding::Gb18030 | Encoding::Gbk => {
            let (bytes, _, lacking) = table(encoding).encode(text);
            (!lacking).then(|| bytes.into_owned())
        }
    }
}

/// How `bytes` without a mark are written.
fn unmarked(bytes: &[u8]) -> Encoding {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    match (zeros(0), zeros(1)) {
        (even, odd) if is_utf8(bytes) && (even + odd) * 8 <= bytes.len() => Encoding::Utf8,
        (0, 0) => Encoding::Gb18030,
        (even, odd) if even > odd => Encoding::Utf16Be,
        _ => Encoding::Utf16Le,
    }
}

/// True of UTF-8 in which few bytes are none: a file that was cut, or a line from elsewhere. Of GBK the most are none.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut long, mut damaged) = (0_usize, 0);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged == 0 || long > damaged * 4
}

fn table(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Marked => UTF_8,
        Encoding::Utf16Le | Encoding::Utf16LeMarked => UTF_16LE,
        Encoding::Utf16Be | Encoding::Utf16BeMarked => UTF_16BE,
        Encoding::Gb18030 => GB18030,
        Encoding::Gbk => GBK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_back_to_the_byte() {
        let text = "名称,清理3处，效果好。𠮷\r\n";
        for encoding in [
            Encoding::Utf8,
            Encoding::Utf8Marked,
            Encoding::Utf16Le,
            Encoding::Utf16LeMarked,
            Encoding::Utf16Be,
            Encoding::Utf16BeMarked,
            Encoding::Gb18030,
        ] {
            let bytes = encode(text, encoding).unwrap();
            assert_eq!(decode(&bytes), Decoded { text: text.into(), encoding, damaged: None });
        }
        let cut = "青石镇工作总结\n\n今年工作很好。".as_bytes();
        let cut = decode(&cut[..cut.len() - 2]);
        assert_eq!((cut.encoding, cut.damaged), (Encoding::Utf8, Some(41)));
        assert!(cut.text.starts_with("青石镇工作总结\n\n今年工作很好"));
        let nul = decode("会\0议次数多".as_bytes());
        assert_eq!((nul.encoding, nul.text.as_str()), (Encoding::Utf8, "会\0议次数多"));
        let euro = b"\xb1\xbe\xd5\xf2\x80";
        assert_eq!(decode(euro), Decoded { text: "本镇€".into(), encoding: Encoding::Gbk, damaged: None });
        assert_eq!(encode("本镇€", Encoding::Gbk).as_deref(), Some(euro.as_slice()));
        assert_eq!(encode("𠮷", Encoding::Gbk), None);
    }

    #[test]
    fn damage_has_its_place() {
        for (bytes, text, at) in [
            (b"a,b\xff\xff\xff".as_slice(), "a,b", 3),
            (b"\xff\xfe\x41", "", 0),
            (b"\xff\xfe\x41\x00\x00\xd8", "A", 1),
            (b"\xef\xbb\xbfa\xff", "a", 1),
            (b"\x81", "", 0),
        ] {
            let decoded = decode(bytes);
            assert_eq!((&decoded.text[..at], decoded.damaged), (text, Some(at)), "{bytes:x?}");
        }
    }
}
