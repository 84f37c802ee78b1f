//! Placeholders as opaque signs: a number written in noncharacters, which no text may hold and no Markdown reads.

/// The noncharacters U+FDD0 to U+FDDF are the hexadecimal digits of a sign.
const DIGITS: u32 = 0xfdd0;
/// The end of a sign.
pub(super) const END: char = '\u{fde0}';

/// Whether `c` is part of a sign.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fde0}')
}

/// Writes the sign of the number `index`.
pub(super) fn push(out: &mut String, index: usize) {
    out.extend(format!("{index:x}").chars().filter_map(|c| char::from_u32(DIGITS + c.to_digit(16)?)));
    out.push(END);
}

/// A stretch of text, or the number of a sign.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Sign(usize),
}

/// Text and signs of `text` in turn.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_sign) {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let digits = &rest[start..];
        let end = digits.find(|c| !is_sign(c) || c == END).unwrap_or(digits.len());
        let index = digits[..end].chars().fold(0, |n, c| n * 16 + (u32::from(c) - DIGITS) as usize);
        pieces.push(Piece::Sign(index));
        rest = digits[end..].strip_prefix(END).unwrap_or(&digits[end..]);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_read_back() {
        let mut text = "召开".to_owned();
        for index in [0, 17, 200_000] {
            push(&mut text, index);
        }
        text += "次";
        let expected = [Piece::Text("召开"), Piece::Sign(0), Piece::Sign(17), Piece::Sign(200_000), Piece::Text("次")];
        assert_eq!(pieces(&text), expected);
    }
}
