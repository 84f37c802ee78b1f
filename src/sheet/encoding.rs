//! The text of a file that a spreadsheet program or an editor wrote.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of `bytes`: UTF-16 and UTF-8 by their byte order marks, UTF-8 where they are that, else GBK, which is what
/// Chinese Windows calls ANSI and Excel saves CSV in. `Err` has the part that could be read in GBK.
///
/// The byte order mark is not part of it.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (GB18030, bytes),
    };
    debug_assert!([UTF_8, UTF_16LE, UTF_16BE, GB18030].contains(&encoding));
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let end = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(text.len());
            Err(text[..end].to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_windows_writes_is_read() {
        let text = "名称,次数\r\n青石镇,12";
        let utf_16 = |mark: u16, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(mark).chain(text.encode_utf16()).flat_map(order).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            utf_16(0xfeff, u16::to_le_bytes),
            utf_16(0xfeff, u16::to_be_bytes),
            encoding_rs::GBK.encode(text).0.into_owned(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
        assert_eq!(decode(b"a,b\xff\xff\xff"), Err("a,b".into()));
    }
}
