//! What has an X or a star and is no hole: it stays as it is, and is told once.

use std::ops::Range;

use crate::placeholder::{Scan, is_hanzi, is_marker, plain_marker};

/// What makes a term of X (the fixed terms of the report format).
const TERMS: [&str; 5] = ["光", "射线", "线片", "染色体", "轴"];

/// Signs that a hole could be made of, and that stand in words as well.
fn is_sign(c: char) -> bool {
    is_marker(c) && !matches!(c, '○' | '〇' | '◯' | '●' | '■' | '□')
}

/// The stretches of `text` that look like a hole and are none: X光, XXL, 1+X, 138****1234. Plain Latin words are none
/// of them, nor products (5×3).
pub(super) fn kept(text: &str, scan: &Scan) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut taken = scan.holes.iter().map(|hole| &hole.range).chain(scan.faults.iter().map(|fault| &fault.range));
    let mut taken: Vec<&Range<usize>> = taken.by_ref().collect();
    taken.sort_by_key(|range| range.start);
    let mut taken = taken.into_iter().peekable();
    for (at, c) in text.char_indices().filter(|&(_, c)| is_sign(c)) {
        while taken.next_if(|range| range.end <= at).is_some() {}
        let free = taken.peek().is_none_or(|range| range.start > at) && found.last().is_none_or(|last| last.end <= at);
        if free && let Some(range) = phrase(text, at, c) {
            found.push(range);
        }
    }
    found
}

/// The word around the sign `c` at `at`, where it is worth telling.
fn phrase(text: &str, at: usize, c: char) -> Option<Range<usize>> {
    let joins = |c: char| c.is_ascii_alphanumeric() || is_sign(c) || matches!(c, '+' | '＋' | '-' | '/' | '.');
    // No word is long, and a long run of signs is looked at once for each of them.
    let start = text[..at].char_indices().rev().take(24).take_while(|&(_, c)| joins(c)).last().map_or(at, |(i, _)| i);
    let len: usize = text[at..].chars().take(24).take_while(|&c| joins(c)).map(char::len_utf8).sum();
    let word = &text[start..at + len];
    let digits = |c: char| c.is_ascii_digit();
    if matches!(c, '*' | '＊') {
        // Stars between digits hide a number; others are a mark of the text.
        return (word.starts_with(digits) && word.ends_with(digits)).then_some(start..at + len);
    }
    let is_latin = word.contains(|c: char| c.is_ascii_lowercase() && c != 'x')
        || word.chars().filter(|c| c.is_ascii_alphabetic() && !matches!(c, 'x' | 'X')).count() > 1;
    let is_product =
        word.contains(|c| plain_marker(c) == '×') || word.chars().all(|c| digits(c) || matches!(c, 'x' | '.'));
    if is_latin || is_product {
        return None;
    }
    let after = &text[at + len..];
    let right = TERMS.iter().find(|term| after.starts_with(**term)).map_or(0, |term| term.len());
    // 党建+X, iPhone X
    let before = &text[..start];
    let left: usize = match word.starts_with(['+', '＋']) {
        true => before.chars().rev().take(4).take_while(|&c| is_hanzi(c)).map(char::len_utf8).sum(),
        false => before.strip_suffix(' ').map_or(0, |before| {
            let latin = before.bytes().rev().take(12).take_while(u8::is_ascii_alphanumeric).count();
            if latin > 0 { latin + 1 } else { 0 }
        }),
    };
    Some(start - left..at + len + right)
}

#[cfg(test)]
mod tests {
    use crate::placeholder::{Literals, scan};

    fn kept(text: &str) -> Vec<&str> {
        super::kept(text, &scan(text, &Literals::default())).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn look_alikes_are_told_and_words_are_not() {
        assert_eq!(kept("做X光检查，领取XXL号工装，推行“1+X”模式"), ["X光", "XXL", "1+X"]);
        assert_eq!(kept("“党建+X”和iPhone X"), ["党建+X", "iPhone X"]);
        assert_eq!(kept("拨打138****1234，尺寸5×3米，打开Excel和XML，共X户"), ["138****1234"]);
        assert_eq!(kept("**重点**工作"), [""; 0]);
    }
}
