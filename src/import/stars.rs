//! Stars of a draft: holes, or text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::placeholder::{follows_star, is_blank, is_hanzi};

/// The stars of a text that is no Markdown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StarRuns {
    /// Those in the place of a word or a number.
    pub(super) holes: Vec<Range<usize>>,
    /// Those that are signs of the text: a product, words between stars.
    pub(super) texts: Vec<Range<usize>>,
}

/// Tells the stars of `text` that are holes from those that are text. Those of a list, of a rule and between digits are neither.
pub(super) fn star_runs(text: &str) -> StarRuns {
    let mut out = StarRuns::default();
    let line = text.trim_matches(is_blank);
    if !text.contains(is_star) || line.chars().all(|c| is_star(c) || is_blank(c)) {
        return out;
    }
    // Of each length: the last hole, and a run that may begin an emphasis.
    let mut last_hole: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_star).map(|start| at + start) {
        let len = run(&text[start..], |c| text[start..].starts_with(c));
        at = start + len;
        let (before, after) = (&text[..start], &text[at..]);
        let is_bullet = before.trim_matches(is_blank).is_empty() && after.starts_with(is_blank);
        let is_code = |c: char| c.is_ascii_alphanumeric();
        if is_bullet
            || before.ends_with(|c: char| c.is_ascii_digit())
            || before.ends_with(is_code) && after.starts_with(is_code)
        {
            continue;
        }
        let number = runs.len();
        if let Some(first) = open.remove(&len) {
            runs[first].1 = false;
            runs.push((start..at, false));
        } else if len <= 6 && is_star_hole(before, after) {
            last_hole.insert(len, number);
            runs.push((start..at, true));
        } else {
            open.insert(len, number);
            runs.push((start..at, false));
        }
    }
    let alone = runs.len() == 1;
    for (len, number) in open {
        let after = &text[runs[number].0.end..];
        // `***总书记`: a word was taken out. `**镇党委**带头`: the hole before may be where the emphasis begins.
        if alone && (2..=6).contains(&len) && after.starts_with(is_hanzi) {
            runs[number].1 = true;
        } else if len > 1
            && let Some(&hole) = last_hole.get(&len)
        {
            runs[hole].1 = false;
        }
    }
    for (range, is_hole) in runs {
        if is_hole { out.holes.push(range) } else { out.texts.push(range) }
    }
    out
}

/// True of a star.
pub(super) fn is_star(c: char) -> bool {
    matches!(c, '*' | '＊')
}

/// True if stars between `before` and `after` stand in the place of a word or a number: before a unit or a place, or
/// where a clause or a bracket ends.
fn is_star_hole(before: &str, after: &str) -> bool {
    let next = after.trim_start_matches(is_blank);
    if follows_star(next) {
        return true;
    }
    let behind_word = before.ends_with(is_hanzi);
    let ends = next.chars().next().is_none_or(|c| "）)〕]】》”，。；、：！？,.;:".contains(c));
    ends && (behind_word || before.ends_with(['（', '(', '〔', '[', '【', '《', '“']))
        || behind_word && next.starts_with(['（', '(', '〔', '[', '【'])
}

/// Bytes of the run at the start of `text`.
pub(super) fn run(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}
