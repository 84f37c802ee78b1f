//! Addresses of the web that stand in the text: in both outputs they lead there.

use std::ops::Range;

use super::{Block, BlockKind, Inline};

/// What an address begins with.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// An address in the words of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which characters of the block it is, line ends not counted.
    pub chars: Range<usize>,
    /// The address.
    pub url: String,
}

/// Where addresses stand in `text`, in bytes. One ends before a blank, a hanzi or a mark that is no part of addresses;
/// a stop or a bracket at its end is the sentence's.
pub fn in_text(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("http").map(|start| at + start) {
        let rest = &text[start..];
        let is_part =
            |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^');
        let url = rest.find(|c| !is_part(c)).map_or(rest, |end| &rest[..end]);
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']);
        let scheme = SCHEMES.iter().find(|scheme| url.starts_with(**scheme)).map_or(0, |scheme| scheme.len());
        if scheme > 0 && url.len() > scheme {
            found.push(start..start + url.len());
        }
        at = start + url.len().max("http".len());
    }
    found
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
    use super::in_text;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        let found = |text: &'static str| in_text(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            found("见https://a.example/b?c=1。另见 http://b.example，"),
            ["https://a.example/b?c=1", "http://b.example"]
        );
        assert_eq!(found("网站（https://a.example/）。"), ["https://a.example/"]);
        assert_eq!(found("see https://a.example/x)."), ["https://a.example/x"]);
        assert_eq!(found("http协议、https:// 和 httphttp"), [""; 0]);
    }
}
