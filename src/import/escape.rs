//! Words as Markdown that prints them as they are.

use std::ops::Range;

use super::notes;
use crate::placeholder::{is_blank, is_marker};

/// `text` with a backslash before each sign that Markdown would take for its own; what stands in `holes` stays as it
/// is, and what could be one in `kept` is kept from being one. Where the holes are then, too.
pub(super) fn escape(text: &str, holes: &[Range<usize>], kept: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len() + 8);
    let mut moved = Vec::with_capacity(holes.len());
    let mut next = holes.iter().peekable();
    let first = starting_sign(text);
    let mut markers = markers(text, kept).into_iter().peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if markers.next_if_eq(&at).is_some() {
            out.push('\\');
        }
        if let Some(hole) = next.next_if(|hole| hole.start == at) {
            moved.push(out.len()..out.len() + hole.len());
            out += &text[hole.clone()];
            at = hole.end;
            continue;
        }
        let rest = &text[at + c.len_utf8()..];
        if let Some(sign) = notes::written(c) {
            out += if sign == '^' { "[" } else { "" };
            out.push(sign);
            at += c.len_utf8();
            continue;
        }
        match c {
            // `\[^` would still be looked at as a footnote's sign.
            '[' if rest.starts_with('^') => {
                out += "[\\^";
                at += 2;
                continue;
            }
            '\\' | '*' | '_' | '`' | '[' => out.push('\\'),
            // The picture of a web page would be told again.
            '<' if rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("img ")) => out.push('\\'),
            _ if first == Some(at) => out.push('\\'),
            _ => {}
        }
        out.push(c);
        at += c.len_utf8();
    }
    (out, moved)
}

/// `text`, which is no Markdown, with a backslash before what could be a hole in `kept` and is none.
pub(super) fn keep(text: &str, kept: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + kept.len());
    let mut at = 0;
    for marker in markers(text, kept) {
        out += &text[at..marker];
        out.push('\\');
        at = marker;
    }
    out + &text[at..]
}

/// Where the runs of one sign begin in `kept` that a hole could be made of. Stars are Markdown's to escape.
fn markers(text: &str, kept: &[Range<usize>]) -> Vec<usize> {
    let runs = |range: &Range<usize>| {
        let mut last = None;
        let begins = move |&(_, c): &(usize, char)| {
            let begins = is_marker(c) && !matches!(c, '*' | '＊') && last != Some(c);
            last = Some(c);
            begins
        };
        let start = range.start;
        text[range.clone()].char_indices().filter(begins).map(move |(at, _)| start + at).collect::<Vec<_>>()
    };
    kept.iter().flat_map(runs).collect()
}

/// Where the sign stands that makes something else than a paragraph of a line.
fn starting_sign(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = |at: usize| line[at..].chars().next();
    match line.chars().next()? {
        '#' | '>' | '~' => Some(0),
        '|' if line.ends_with('|') => Some(0),
        sign @ ('-' | '+') => after(1).is_none_or(|c| is_blank(c) || c == sign).then_some(0),
        _ if (1..=9).contains(&digits) => {
            let marked = matches!(after(digits), Some('.' | ')'));
            (marked && after(digits + 1).is_none_or(is_blank)).then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_are_escaped_and_holes_are_not() {
        let escape = |text: &str| super::escape(text, &[], &[]).0;
        for (text, expected) in [
            ("# 标题", "\\# 标题"),
            ("> 引用", "\\> 引用"),
            ("- 一项", "\\- 一项"),
            ("-5度", "-5度"),
            ("---", "\\---"),
            ("1. 一项", "1\\. 一项"),
            ("1.一项", "1.一项"),
            ("12) 一项", "12\\) 一项"),
            ("2023. 是", "2023\\. 是"),
            ("**重点**", "\\*\\*重点\\*\\*"),
            ("a_b_c", "a\\_b\\_c"),
            ("`X`", "\\`X\\`"),
            ("[1](x)", "\\[1](x)"),
            ("注[^1]", "注[\\^1]"),
            ("|甲|乙|", "\\|甲|乙|"),
            ("甲|乙", "甲|乙"),
            ("C:\\X", "C:\\\\X"),
            ("~~~", "\\~~~"),
        ] {
            assert_eq!(escape(text), expected);
        }
        let (hole, moved) = (4..6, 5..7);
        assert_eq!(super::escape("*到**镇", std::slice::from_ref(&hole), &[]).1, std::slice::from_ref(&moved));
    }

    #[test]
    fn what_is_kept_is_no_hole_at_its_place() {
        let kept = 0..5;
        assert_eq!(super::keep("1XX32元，1XX32元", std::slice::from_ref(&kept)), "1\\XX32元，1XX32元");
        let kept = 3..7;
        assert_eq!(super::escape("李Xx×人_", &[], std::slice::from_ref(&kept)).0, "李\\X\\x\\×人\\_");
    }
}
