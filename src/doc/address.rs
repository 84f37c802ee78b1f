//! Addresses of the web that stand in the text: in both outputs they lead there.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Block, BlockKind, Inline};

/// What an address begins with.
const SCHEMES: [&str; 5] = ["https://", "http://", "ftp://", "mailto:", "tel:"];

/// Brackets in which an address may stand alone, and what closes them.
const BRACKETS: [(char, char); 7] =
    [('（', '）'), ('(', ')'), ('<', '>'), ('《', '》'), ('〈', '〉'), ('“', '”'), ('【', '】')];

/// An address in the words of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which characters of the block it is, line ends not counted.
    pub chars: Range<usize>,
    /// The address.
    pub url: String,
}

/// Where addresses stand in `text`, in bytes.
///
/// One that is all that stands in a pair of brackets is whole, hanzi and all, as that of a link is printed. Another ends
/// before a blank, before a mark that is no part of addresses, and before hanzi, unless these are a name of its path; a
/// stop or a bracket at its end is the sentence's.
pub fn in_text(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = text[at..].find(':').map(|colon| at + colon) {
        at = colon + 1;
        let Some((start, scheme)) = scheme(text, colon) else { continue };
        let rest = &text[start..];
        let end = in_brackets(&text[..start], rest, scheme).unwrap_or_else(|| bare(rest, scheme));
        let known = found.last().is_none_or(|last: &Range<usize>| last.end <= start);
        if end > scheme && known && is_whole(&rest[..end], scheme) {
            found.push(start..start + end);
            at = at.max(start + end);
        }
    }
    found
}

/// Where the scheme begins whose colon stands at `colon`, and how long it is.
fn scheme(text: &str, colon: usize) -> Option<(usize, usize)> {
    SCHEMES.iter().find_map(|scheme| {
        let before = scheme.find(':')?;
        let start = colon.checked_sub(before)?;
        let is_it = text.get(start..start + scheme.len())?.eq_ignore_ascii_case(scheme);
        let apart = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        (is_it && apart).then_some((start, scheme.len()))
    })
}

/// Whether a mail's address has its sign, and a telephone's number its digits.
fn is_whole(url: &str, scheme: usize) -> bool {
    let rest = &url[scheme..];
    match &url[..scheme] {
        kind if kind.eq_ignore_ascii_case("mailto:") => rest.find('@').is_some_and(|at| at > 0 && at + 1 < rest.len()),
        kind if kind.eq_ignore_ascii_case("tel:") => rest.starts_with(|c: char| c.is_ascii_digit() || c == '+'),
        _ => true,
    }
}

/// How long the address is that `rest` begins with, if it fills the brackets that `before` opens.
fn in_brackets(before: &str, rest: &str, scheme: usize) -> Option<usize> {
    let open = before.chars().next_back()?;
    let close = BRACKETS.iter().find(|(opening, _)| *opening == open)?.1;
    let mut depth = 0_usize;
    // Hanzi right after the name of a host are the sentence's: `（https://a.cn查看）`.
    let mut has_path = false;
    // No address is longer; without an end each of many would be looked for up to the text's.
    const LONGEST: usize = 2000;
    for (at, c) in rest.char_indices().take(LONGEST) {
        if c == close && depth == 0 {
            return (at > scheme).then_some(at);
        }
        if c.is_whitespace() || "，。；、！？".contains(c) || !has_path && at > scheme && !c.is_ascii() {
            return None;
        }
        has_path |= at > scheme && matches!(c, '/' | '?' | '#');
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
    }
    None
}

/// How long the address is that `rest` begins with, among other words.
fn bare(rest: &str, scheme: usize) -> usize {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^');
    let mut end = 0;
    let mut has_path = false;
    loop {
        let ascii = rest[end..].find(|c| !is_part(c)).unwrap_or(rest.len() - end);
        has_path |= rest[scheme.max(end).min(end + ascii)..end + ascii].contains(['/', '?', '#']);
        end += ascii;
        // A name in the path: a part of the address stands before it and after it, or it is a value of the query.
        let name = rest[end..].find(|c: char| c.is_ascii() || !c.is_alphanumeric()).unwrap_or(rest.len() - end);
        let after = rest[end + name..].chars().next();
        let goes_on = after.is_some_and(|c| matches!(c, '/' | '?' | '&' | '=' | '#' | '-' | '_' | '%'))
            || rest[end + name..]
                .strip_prefix('.')
                .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphanumeric()));
        let is_value = rest[..end].ends_with(['=', '&', '#']);
        if name == 0
            || !has_path
            || !rest[..end].ends_with(['/', '?', '&', '=', '#', '-', '_', '%'])
            || !(goes_on || is_value)
        {
            break;
        }
        end += name;
    }
    trimmed(&rest[..end])
}

/// How long `url` is without the marks at its end that are the sentence's: a bracket that it does not open is one.
fn trimmed(url: &str) -> usize {
    let mut open = [('(', ')'), ('[', ']')].map(|(open, close)| {
        let count = |c| url.matches(c).count();
        (close, count(close).saturating_sub(count(open)))
    });
    let mut end = url.len();
    while let Some(last) = url[..end].chars().next_back() {
        let bracket = open.iter_mut().find(|(close, left)| *close == last && *left > 0);
        if let Some((_, left)) = bracket {
            *left -= 1;
        } else if !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*') {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// Signs that may not stand in an address (RFC 3986, 2).
const NO_SIGNS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'<').add(b'>').add(b'"').add(b'`').add(b'{').add(b'}').add(b'|').add(b'\\').add(b'^');

/// An address as a file's links have it: what is no sign of addresses is percent-encoded (RFC 3987, 3.1).
pub fn uri(url: &str) -> String {
    utf8_percent_encode(url, NO_SIGNS).to_string()
}

impl Block {
    /// The addresses in a paragraph of the text, each within one inline.
    pub fn addresses(&self) -> Vec<Address> {
        if !matches!(self.kind, BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Quote) {
            return Vec::new();
        }
        in_words(&self.content)
    }
}

/// The addresses in words of the text, each within one inline.
pub fn in_words(content: &[Inline]) -> Vec<Address> {
    let count = |text: &str| text.chars().filter(|&c| c != '\n').count();
    let mut addresses = Vec::new();
    let mut before = 0;
    for inline in content {
        for range in in_text(&inline.text) {
            let start = before + count(&inline.text[..range.start]);
            let url = inline.text[range].to_owned();
            addresses.push(Address { chars: start..start + count(&url), url });
        }
        before += count(&inline.text);
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::{in_text, uri};

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        let found = |text: &'static str| in_text(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            found("见https://a.example/b?c=1。另见 http://b.example，"),
            ["https://a.example/b?c=1", "http://b.example"]
        );
        assert_eq!(found("网站（https://a.example/）。"), ["https://a.example/"]);
        assert_eq!(found("see https://a.example/x)."), ["https://a.example/x"]);
        assert_eq!(
            found("甲（https://a.cn/x_(y)）乙（https://a.cn/中文路径?名=值），"),
            ["https://a.cn/x_(y)", "https://a.cn/中文路径?名=值"]
        );
        assert_eq!(found("见https://a.cn/x_(y)，(https://a.cn/b(c))。"), ["https://a.cn/x_(y)", "https://a.cn/b(c)"]);
        assert_eq!(found("登录https://a.cn/查看详情，（https://a.cn查看）"), ["https://a.cn/", "https://a.cn"]);
        assert_eq!(
            found("见https://a.cn/通知公告/2024.html#第一条，https://a.cn/s?名=值。"),
            ["https://a.cn/通知公告/2024.html#第一条", "https://a.cn/s?名=值"]
        );
        assert_eq!(
            found("（mailto:a@b.cn）、tel:12345，mailto:、HTTP://A.cn/b#c"),
            ["mailto:a@b.cn", "tel:12345", "HTTP://A.cn/b#c"]
        );
        assert_eq!(found("http协议、https:// 和 httphttp"), [""; 0]);
    }

    #[test]
    fn links_of_files_have_signs_of_addresses_alone() {
        assert_eq!(uri("https://a.cn/中?b=c d&e=%20#f"), "https://a.cn/%E4%B8%AD?b=c%20d&e=%20#f");
    }
}
