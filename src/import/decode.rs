//! From the bytes of a plain draft to its text.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::Text;
use crate::text;

/// What a draft is that is no text, by how its file begins.
const SIGNATURES: [(&[u8], &str, &str); 6] = [
    (b"%PDF-", "PDF", "a PDF"),
    (b"PK\x03\x04", "压缩文件", "a zip file"),
    (&[0xd0, 0xcf, 0x11, 0xe0], "旧的 .doc 或 .wps 文件", "an old .doc or .wps file"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (&[0x89, b'P', b'N', b'G'], "图片", "a picture"),
    (&[0xff, 0xd8, 0xff], "图片", "a picture"),
];

/// The text of `bytes`, and whether some of them were none of its encoding: UTF-8, UTF-16 or GB 18030 (GBK).
///
/// # Errors
/// Why they are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, bool), Text> {
    if let Some((_, zh, en)) = SIGNATURES.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Err(text!(
            "这是{zh}，不是文字；在 Word 或 WPS 里另存为 .docx 再导入",
            "this is {en} and no text; save it as .docx in Word or WPS first"
        ));
    }
    let encoding = encoding(bytes);
    let (decoded, _, damaged) = encoding.decode(bytes);
    let chars = decoded.chars().count();
    let strange = decoded.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER || is_binary(c)).count();
    // A damaged letter or two is a text that a mail program cut; one in fifty is a picture or a program.
    if strange * 50 > chars + 50 {
        return Err(text!("文件里大半不是文字，读不出来", "most of the file is no text in any encoding"));
    }
    Ok((decoded.into_owned(), damaged))
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    // Only UTF-16 has zero bytes: the upper halves of its line ends, digits and Latin letters.
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => GB18030,
        (even, odd) if even > odd => UTF_16BE,
        _ => UTF_16LE,
    }
}

fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_an_office_is_read() {
        let text = "青石镇工作汇报\r\n召开会议X次，参会40人。\r\n";
        let utf16 = |big: bool| -> Vec<u8> {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect()
        };
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with(&[0xef, 0xbb, 0xbf], text.as_bytes()),
            GB18030.encode(text).0.into_owned(),
            utf16(false),
            utf16(true),
            with(&[0xff, 0xfe], &utf16(false)),
            with(&[0xfe, 0xff], &utf16(true)),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), false)));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [b"%PDF-1.7 ...".as_slice(), b"PK\x03\x04abc", &[0xd0, 0xcf, 0x11, 0xe0, 0], b"{\\rtf1"] {
            assert!(decode(bytes).is_err());
        }
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise).is_err());
        let (text, damaged) = decode(&[GB18030.encode("工作汇报").0.as_ref(), &[0xff]].concat()).unwrap();
        assert!(damaged && text.starts_with("工作汇报"));
    }
}
