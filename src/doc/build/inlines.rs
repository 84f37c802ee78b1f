//! Texts as inlines: what is set in one look stands together.

use std::ops::Range;

use crate::doc::Inline;
use crate::fill::{Filled, Gap};
use crate::fonts::Role;

/// The inlines of a text that is no Markdown, its holes filled.
pub(super) fn plain_inlines(filled: &Filled<'_>, role: Role) -> Vec<Inline> {
    let text = filled.field.text.text();
    let mut out = Vec::new();
    let mut push = |text: &str, gap: Option<Gap>| out.push(Inline { gap, ..Inline::new(text, role) });
    let mut at = 0;
    let mut escapes = filled.escapes.iter().copied().peekable();
    let mut plain = |range: Range<usize>, push: &mut dyn FnMut(&str, Option<Gap>)| {
        let mut at = range.start;
        while let Some(escape) = escapes.next_if(|&escape| escape < range.end) {
            push(&text[at..escape.max(at)], None);
            at = escape + 1;
        }
        push(&text[at..range.end], None);
    };
    for replacement in &filled.replacements {
        plain(at..replacement.range.start, &mut push);
        push(&replacement.text, replacement.gap);
        at = replacement.range.end;
    }
    plain(at..text.len(), &mut push);
    // The line breaks at a text's ends are TOML's, not the author's.
    if let Some(first) = out.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = out.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    joined(out)
}

/// A text as it is set: line ends are `\n`, and a blank that no face has (a tab, a blank of another width) is a plain
/// one.
pub(super) fn printable(text: &str) -> String {
    let plain = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\u{a0}' | '\u{3000}');
    text.replace("\r\n", "\n").replace('\r', "\n").replace(plain, " ")
}

/// Neighbours of one look as one inline, in what can be set; no empty ones.
pub(super) fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for mut inline in inlines {
        inline.text = printable(&inline.text);
        match out.last_mut() {
            _ if inline.text.is_empty() => {}
            // Each open hole stays by itself: it is filled by itself.
            Some(last)
                if (last.role, last.bold) == (inline.role, inline.bold)
                    && [last, &inline].iter().all(|it| it.gap.is_none() && it.note.is_none()) =>
            {
                last.text += &inline.text
            }
            _ => out.push(inline),
        }
    }
    out
}
