//! What no rule looks into: holes, code, addresses of the web, phrases that the author keeps as they are.

use std::ops::Range;

use super::letters::{HOLE, KEPT};
use super::line::Markup;
use crate::placeholder::{Literals, code_spans, scan};

/// The longest place of a link (`](…)`) that is looked for, in bytes.
const LONGEST_LINK: usize = 2000;

/// The stretches of `text` that are one sign each to a rule, in order and apart: [`HOLE`] or [`KEPT`].
pub(super) fn signs(text: &str, literals: &Literals, markup: Markup) -> Vec<(Range<usize>, char)> {
    let scan = scan(text, literals);
    let mut signs: Vec<(Range<usize>, char)> = scan.holes.into_iter().map(|hole| (hole.range, HOLE)).collect();
    let mut keep = |range: Range<usize>| signs.push((range, KEPT));
    scan.faults.into_iter().for_each(|fault| keep(fault.range));
    scan.escapes.into_iter().for_each(|at| keep(at..at + 1));
    literals.find(text).into_iter().for_each(&mut keep);
    addresses(text, &mut keep);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for span in code_spans(line) {
            keep(start + span.start..start + span.end);
        }
        start += line.len();
    }
    between(text, "{{", "}}", &mut keep);
    if markup == Markup::Markdown {
        between(text, "](", ")", &mut keep);
        between(text, "<!--", "-->", &mut keep);
    }
    // Of two that overlap the one that begins first stays; the other has no more to hide than it has.
    signs.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    signs.retain(|(range, _)| {
        let apart = range.start >= end && !range.is_empty();
        if apart {
            end = range.end;
        }
        apart
    });
    signs
}

/// Everything from `open` to `close` on one line.
fn between(text: &str, open: &str, close: &str, keep: &mut impl FnMut(Range<usize>)) {
    let mut done = 0;
    for (at, _) in text.match_indices(open).filter(|(at, _)| !text[..*at].ends_with('\\')) {
        if at < done {
            continue;
        }
        let inner = at + open.len();
        let mut limit = text.len().min(inner + LONGEST_LINK);
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let within = text[inner..limit].split('\n').next().unwrap_or_default();
        if let Some(found) = within.find(close) {
            done = inner + found + close.len();
            keep(at..done);
        }
    }
}

/// Addresses of the web and of mail.
fn addresses(text: &str, keep: &mut impl FnMut(Range<usize>)) {
    let of_address = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'`');
    let bytes = text.as_bytes();
    let forward = |at: usize, test: &dyn Fn(u8) -> bool| {
        let len = bytes[at..].iter().take_while(|&&b| test(b)).count();
        at + text[at..at + len].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']).len()
    };
    let backward =
        |at: usize, test: &dyn Fn(u8) -> bool| at - bytes[..at].iter().rev().take(64).take_while(|&&b| test(b)).count();
    let mut done = 0;
    let mut starts: Vec<usize> = text.match_indices("://").map(|(at, _)| at).collect();
    starts.extend(text.match_indices("www.").map(|(at, _)| at));
    starts.sort_unstable();
    for at in starts {
        if at >= done {
            let start = backward(at, &|b| b.is_ascii_alphanumeric());
            done = forward(at, &of_address).max(at + 3);
            keep(start..done);
        }
    }
    let of_mail = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
    for (at, _) in text.match_indices('@') {
        let (start, end) = (backward(at, &of_mail), forward(at + 1, &of_mail));
        if start < at && end > at + 1 {
            keep(start..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<&str> {
        signs(text, &Literals::new(&["1+X"]), Markup::Markdown).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn holes_code_addresses_and_phrases_are_signs() {
        assert_eq!(
            kept("见https://a.cn/b?c=d,e。`a,b`和a.b@c.cn,共X户"),
            ["https://a.cn/b?c=d,e", "`a,b`", "a.b@c.cn", "X",]
        );
        assert_eq!(kept("1+X证书 [名称](路径/a,b.md) {{villages}}"), ["1+X", "](路径/a,b.md)", "{{villages}}"]);
        assert_eq!(kept("甲://"), ["://"]);
        assert_eq!(kept("没有什么（a@）"), [""; 0]);
    }
}
