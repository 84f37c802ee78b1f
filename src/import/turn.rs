//! Holes of a draft that are written otherwise than with X, made X.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::forms::{Turned, turned};
use super::texts::{Way, Wish, Words, scanned};
use super::{Note, Notes};
use crate::diag::Code;
use crate::placeholder::{FaultKind, Literals, is_hanzi, right_word};
use crate::text;

/// Makes X of holes that are written otherwise.
pub(super) fn turn(words: &mut Words, own: &[String], wish: &Wish, notes: &mut Notes) {
    let text = words.text.text();
    let mut edits = turned(text, own, words.way == Way::Markdown);
    if edits.is_empty() {
        return;
    }
    // No key of its own would fill it, but a person sees a hole there.
    for (range, _) in edits.iter().filter(|(range, _)| wish.refused.contains(&words.text.source(range.clone()).start)) {
        let around: String =
            left_of(text, range.start) + text[range.start..].get(..range.len() + 3).unwrap_or_default();
        let message = text!(
            "“{around}”像是空，照原样留着；是空就改成 X",
            "`{around}` may be a hole and stays as it is; where it is one, write X"
        );
        notes.push(Note::in_part(Code::Guessed, message, words.text.source(range.clone()), words.part));
    }
    keep_sure(words, wish, &mut edits);
    let of_one_day = |a: &Turned, b: &Turned| matches!(&text[a.0.end..b.0.start], "年" | "月");
    for group in edits.chunk_by(of_one_day) {
        let (Some((first, x)), Some((last, _))) = (group.first(), group.last()) else { continue };
        let range = first.start..last.end;
        if group.len() > 1 {
            let end = range.end + if text[range.end..].starts_with(['日', '月']) { '日'.len_utf8() } else { 0 };
            let hole = text[range.start..end].trim();
            let part = |range: &Range<usize>| text[range.end..].chars().next().unwrap_or_default();
            let day: String = group.iter().map(|(range, x)| format!("{x}{}", part(range))).collect();
            let message = text!("“{hole}”当作空，写成了“{day}”", "`{hole}` was taken for a hole; it is `{day}` now");
            notes.push(Note::in_part(Code::Guessed, message, words.text.source(range), words.part));
            continue;
        }
        let left = left_of(text, range.start);
        let right = right_word(text[range.end..].trim_start()).unwrap_or_default();
        let hole = text[range.clone()].trim();
        let message = match hole {
            "" => text!(
                "“{left} {right}”中间空着，写成了“{left}{x}{right}”",
                "`{left} {right}` had a blank for a number; it is `{left}{x}{right}` now"
            ),
            hole => text!(
                "“{hole}”当作空，写成了“{left}{x}{right}”",
                "`{hole}` was taken for a hole; it is `{left}{x}{right}` now"
            ),
        };
        notes.push(Note::in_part(Code::Guessed, message, words.text.source(range), words.part));
    }
    words.text = words.text.edited(&edits);
}

/// The hanzi before `at`, six at most.
fn left_of(text: &str, at: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take(6).take_while(|&c| is_hanzi(c)).collect();
    before.into_iter().rev().collect()
}

/// Drops the edits whose X would be no hole of its own: beside a Latin letter it is a letter.
fn keep_sure(words: &Words, wish: &Wish, edits: &mut Vec<Turned>) {
    edits.retain(|(range, _)| !wish.refused.contains(&words.text.source(range.clone()).start));
    let turned =
        Words { text: words.text.edited(edits), values: BTreeMap::new(), kept: Vec::new(), picture: None, ..*words };
    let scan = scanned(&turned, &Literals::default());
    let ends: BTreeMap<usize, usize> = scan.holes.iter().map(|hole| (hole.range.start, hole.range.end)).collect();
    let last: BTreeSet<usize> = ends.values().copied().collect();
    let mut longer = 0_isize;
    edits.retain(|(range, x)| {
        let start = range.start.saturating_add_signed(longer);
        let end = start + x.len();
        longer += x.len() as isize - range.len() as isize;
        let apart = !last.contains(&start) && !ends.contains_key(&end);
        ends.get(&start) == Some(&end) && apart
    });
}

/// Makes X of stars that are holes in a heading where others are none: there is no backslash to tell them apart.
pub(super) fn stars(words: &mut Words, wish: &Wish, notes: &mut Notes) {
    let text = words.text.text();
    let scan = scanned(words, &Literals::default());
    if words.way != Way::Plain || scan.faults.iter().all(|fault| fault.kind != FaultKind::Ambiguous) {
        return;
    }
    let is_star = |c: char| matches!(c, '*' | '＊');
    let holes = scan.holes.iter().map(|hole| &hole.range).filter(|range| text[(*range).clone()].starts_with(is_star));
    let mut edits: Vec<Turned> =
        holes.map(|range| (range.clone(), "X".repeat(text[range.clone()].chars().count()))).collect();
    keep_sure(words, wish, &mut edits);
    for (range, x) in &edits {
        let stars = &text[range.clone()];
        let message = text!("“{stars}”当作空，写成了“{x}”", "`{stars}` was taken for a hole; it is `{x}` now");
        notes.push(Note::in_part(Code::Guessed, message, words.text.source(range.clone()), words.part));
    }
    words.text = words.text.edited(&edits);
}
