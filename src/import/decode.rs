//! From the bytes of a plain draft to its text.

use crate::diag::Text;
use crate::encoding;
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

/// The text of `bytes`, and where the first of them stands that is none of its encoding.
///
/// # Errors
/// Why they are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<usize>), Text> {
    if let Some((_, zh, en)) = SIGNATURES.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Err(text!(
            "这是{zh}，不是文字；在 Word 或 WPS 里另存为 .docx 再导入",
            "this is {en} and no text; save it as .docx in Word or WPS first"
        ));
    }
    let decoded = encoding::decode(bytes);
    let chars = decoded.text.chars().count();
    let strange = decoded.text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER || is_binary(c)).count();
    // A damaged letter or two is a text that a mail program cut; one in fifty is a picture or a program.
    if strange > 4 && strange * 50 > chars + 50 {
        return Err(text!("文件里大半不是文字，读不出来", "most of the file is no text in any encoding"));
    }
    Ok((decoded.text, decoded.damaged))
}

fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [b"%PDF-1.7 ...".as_slice(), b"PK\x03\x04abc", &[0xd0, 0xcf, 0x11, 0xe0, 0], b"{\\rtf1"] {
            assert!(decode(bytes).is_err());
        }
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise).is_err());
        let (text, damaged) = decode(b"\xb9\xa4\xd7\xf7\xff").unwrap();
        assert!(damaged == Some(6) && text.starts_with("工作"));
    }
}
