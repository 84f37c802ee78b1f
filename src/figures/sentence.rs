//! The sentence that a figure stands in.

use std::ops::Range;

use crate::fill::{Fill, Filled, Place};

/// At most so many characters are shown on each side of a hole.
const REACH: usize = 60;
/// At most so many characters of another hole's value are shown.
const LONGEST: usize = 40;

/// A sentence of the text with its values, cut where a hole stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What is before the hole; an … at its start where the sentence is long.
    pub before: String,
    /// What fills the hole, else its marker.
    pub hole: String,
    /// What is after it.
    pub after: String,
}

impl Sentence {
    /// The whole of it.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.hole, self.after)
    }

    /// The sentence of a place.
    pub(super) fn around(fill: &Fill<'_>, place: &Place) -> Self {
        let filled = &fill.fields[place.field];
        let text = filled.field.text.text();
        let Range { start, end } = place.range;
        let mut from = start;
        let mut clipped = false;
        for (n, (at, c)) in text[..start].char_indices().rev().enumerate() {
            clipped = n == REACH;
            if clipped || matches!(c, '。' | '！' | '？' | '；' | '\n') {
                break;
            }
            from = at;
        }
        let (before, _) = with_values(filled, from..start);
        let (hole, stop) = with_values(filled, start..end);
        let mut to = stop;
        let mut cut = false;
        for (n, (at, c)) in text[stop..].char_indices().enumerate() {
            cut = n == REACH;
            if cut || c == '\n' {
                break;
            }
            to = stop + at + c.len_utf8();
            if matches!(c, '。' | '！' | '？' | '；') {
                break;
            }
        }
        let (after, _) = with_values(filled, stop..to);
        let before = before.trim_start();
        Sentence {
            before: if clipped { format!("…{before}") } else { before.to_owned() },
            hole,
            after: if cut { format!("{after}…") } else { after.trim_end().to_owned() },
        }
    }
}

/// The stretch `range` of a text with values in its holes, and where the last of them ends: names of a list bring the
/// words after them along.
fn with_values(filled: &Filled<'_>, range: Range<usize>) -> (String, usize) {
    let text = filled.field.text.text();
    let mut out = String::new();
    let mut at = range.start;
    let plain = |range: Range<usize>, out: &mut String| {
        let first = filled.escapes.partition_point(|&escape| escape < range.start);
        let mut at = range.start;
        for &escape in filled.escapes[first..].iter().take_while(|&&escape| escape < range.end) {
            *out += &text[at..escape];
            at = escape + 1;
        }
        *out += &text[at..range.end];
    };
    let first = filled.replacements.partition_point(|replacement| replacement.range.start < range.start);
    for replacement in filled.replacements[first..].iter().take_while(|next| next.range.start < range.end) {
        plain(at..replacement.range.start, &mut out);
        match replacement.text.char_indices().nth(LONGEST) {
            Some((end, _)) => {
                out += &replacement.text[..end];
                out.push('…');
            }
            None => out += &replacement.text,
        }
        at = replacement.range.end;
    }
    if at < range.end {
        plain(at..range.end, &mut out);
    }
    (out, at.max(range.end))
}
