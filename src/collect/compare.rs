//! Which paragraphs of a draft were edited besides the gaps.

use std::collections::BTreeMap;
use std::ops::Range;

use super::answers::Found;
use super::lines::Lines;
use crate::diag::{Code, Diagnostic, Text};
use crate::doc::{Block, BlockKind, Doc, Gap, Inline, Zone};
use crate::manifest::TypedFault;
use crate::placeholder::HOLE;
use crate::text;

/// How many characters of a paragraph a message shows, and how many of them before the first that differs.
const SHOWN: usize = 24;
const BEFORE: usize = 8;

/// A paragraph of the draft as it was typed.
struct Typed {
    /// Its number in Word, from 1.
    number: usize,
    range: Range<usize>,
    words: String,
    /// Where each character of the words stands in the text.
    places: Vec<Range<usize>>,
}

impl Typed {
    /// The stretch in which the paragraph differs from `old`; all of it where nothing is the same.
    fn change(&self, old: &str) -> Range<usize> {
        let same = old.chars().zip(self.words.chars()).take_while(|(old, new)| old == new).count();
        let most = old.chars().count().min(self.places.len()) - same;
        let end =
            old.chars().rev().zip(self.words.chars().rev()).take(most).take_while(|(old, new)| old == new).count();
        match &self.places[same..self.places.len() - end] {
            [first, .., last] => first.start..last.end,
            [only] => only.clone(),
            // Something is gone: what stood before it stays.
            [] => self.places.get(same.saturating_sub(1)).cloned().unwrap_or(self.range.clone()),
        }
    }
}

/// The paragraphs of `lines` that are not those of `doc`, gaps aside.
///
/// Blanks, the turns of a title and empty paragraphs do not count.
pub(super) fn edited(lines: &Lines, found: &Found, doc: &Doc) -> Vec<TypedFault> {
    let notes = doc.notes.iter().map(|note| built_words(&note.content));
    let built = doc.blocks.iter().flat_map(paragraphs).chain(notes);
    let built: Vec<String> = built.filter(|words| !words.is_empty()).collect();
    let typed: Vec<Typed> = (1..)
        .zip(&lines.lines)
        .filter(|(_, line)| line.own)
        .map(|(number, line)| {
            let (words, places) = typed_words(lines, &line.range, found);
            Typed { number, range: line.range.clone(), words, places }
        })
        .filter(|typed| !typed.words.is_empty())
        .collect();
    let built_words: Vec<&str> = built.iter().map(String::as_str).collect();
    let typed_words: Vec<&str> = typed.iter().map(|typed| typed.words.as_str()).collect();
    let mut faults = Vec::new();
    for (before, after) in differences(&built_words, &typed_words) {
        for n in 0..before.len().max(after.len()) {
            let old = before.clone().nth(n).map(|n| built_words[n]);
            let new = after.clone().nth(n).map(|n| &typed[n]);
            // What was deleted is told of where it stood.
            let Some(near) = new.or_else(|| typed.get(after.end)).or(typed.last()) else { continue };
            let number = near.number;
            let message = match (old, new) {
                (Some(old), Some(new)) => {
                    let (old, new) = shown(old, &new.words);
                    text!(
                        "第 {number} 段在 Word 里改过，再生成就没了：原“{old}”，现“{new}”",
                        "paragraph {number} was edited in Word, and the next build loses that: was `{old}`, is `{new}`"
                    )
                }
                (None, Some(new)) => {
                    let (_, new) = shown("", &new.words);
                    text!(
                        "第 {number} 段是在 Word 里加的，再生成就没了：“{new}”",
                        "paragraph {number} was added in Word, and the next build loses it: `{new}`"
                    )
                }
                (Some(old), None) => {
                    let (old, _) = shown(old, "");
                    text!(
                        "第 {number} 段附近删去了一段，再生成又会有：“{old}”",
                        "a paragraph near {number} was deleted in Word, and the next build brings it back: `{old}`"
                    )
                }
                (None, None) => continue,
            };
            let fault = Diagnostic::new(Code::EditedText, message)
                .help(text!("要保留，就改报告文件里的这一段", "to keep it, change the report file as well"));
            let place = old.zip(new).map_or_else(|| near.range.clone(), |(old, new)| new.change(old));
            faults.push(TypedFault { fault, places: vec![(place, Text::default())] });
        }
    }
    faults
}

/// The words of the paragraphs that a block has in Word: of a table those of its cells.
fn paragraphs(block: &Block) -> Vec<String> {
    if let BlockKind::Table(table) = &block.kind {
        return table.rows.iter().flatten().flatten().map(|cell| built_words(&cell.content)).collect();
    }
    if block.kind.look().zone == Zone::Contents { Vec::new() } else { vec![built_words(&block.content)] }
}

/// The words of a paragraph as it was built, each gap as [`HOLE`]. The numbers of notes are Word's own.
fn built_words(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content.iter().filter(|inline| inline.note.is_none()) {
        match inline.gap {
            Some(Gap::Figure { .. }) => words.push(HOLE),
            Some(Gap::Others) | None => words.extend(inline.text.chars().filter(|c| !c.is_whitespace())),
        }
    }
    words
}

/// The words of a line as it was typed, each gap as [`HOLE`], and where each character stands.
fn typed_words(lines: &Lines, line: &Range<usize>, found: &Found) -> (String, Vec<Range<usize>>) {
    let first = found.gaps.partition_point(|(gap, _)| gap.start < line.start);
    let (mut words, mut places) = (String::new(), Vec::new());
    let mut at = line.start;
    let plain = |range: Range<usize>, words: &mut String, places: &mut Vec<Range<usize>>| {
        for (n, c) in lines.words(&range).char_indices().filter(|(_, c)| !c.is_whitespace()) {
            words.push(c);
            places.push(range.start + n..range.start + n + c.len_utf8());
        }
    };
    for (gap, _) in found.gaps[first..].iter().take_while(|(gap, _)| gap.end <= line.end) {
        if gap.start < at {
            continue;
        }
        plain(at..gap.start, &mut words, &mut places);
        words.push(HOLE);
        places.push(gap.clone());
        at = gap.end;
    }
    plain(at..line.end, &mut words, &mut places);
    (words, places)
}

/// Both from a little before the first character that differs.
fn shown(old: &str, new: &str) -> (String, String) {
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let skipped = same.saturating_sub(BEFORE);
    let clip = |words: &str| {
        let mut rest = words.chars().skip(skipped).map(|c| if c == HOLE { 'X' } else { c });
        let kept: String = rest.by_ref().take(SHOWN).collect();
        let (head, tail) = (if skipped > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
        format!("{head}{kept}{tail}")
    };
    (clip(old), clip(new))
}

/// The stretches in which two lists of paragraphs differ, in order. Paragraphs that each list has once, in the same
/// order, hold them together (patience sorting), so that the time grows with the length and hardly more.
fn differences(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let anchors = anchors(old, new);
    let mut found = Vec::new();
    let mut at = (0, 0);
    for (old_end, new_end) in anchors.into_iter().chain([(old.len(), new.len())]) {
        // Repeated paragraphs are no anchors; those beside one are still the same.
        let (mut from, mut to) = (at, (old_end, new_end));
        while from.0 < to.0 && from.1 < to.1 && old[from.0] == new[from.1] {
            from = (from.0 + 1, from.1 + 1);
        }
        while from.0 < to.0 && from.1 < to.1 && old[to.0 - 1] == new[to.1 - 1] {
            to = (to.0 - 1, to.1 - 1);
        }
        if from.0 < to.0 || from.1 < to.1 {
            found.push((from.0..to.0, from.1..to.1));
        }
        at = (old_end + 1, new_end + 1);
    }
    found
}

/// The longest series of paragraphs, each once in both lists, that stand in the same order.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let in_new = once(new);
    let mut pairs: Vec<(usize, usize)> = once(old)
        .into_iter()
        .filter_map(|(words, place)| Some((place?, in_new.get(words).copied().flatten()?)))
        .collect();
    pairs.sort_unstable();
    // The last pair of the best series of each length, and what stands before each pair in its series.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for n in 0..pairs.len() {
        let length = ends.partition_point(|&end| pairs[end].1 < pairs[n].1);
        before[n] = length.checked_sub(1).map(|last| ends[last]);
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut series = Vec::new();
    let mut at = ends.last().copied();
    while let Some(n) = at {
        series.push(pairs[n]);
        at = before[n];
    }
    series.reverse();
    series
}

/// The place of each paragraph that a list has once.
fn once<'t>(list: &[&'t str]) -> BTreeMap<&'t str, Option<usize>> {
    let mut seen = BTreeMap::new();
    for (n, words) in list.iter().enumerate() {
        seen.entry(*words).and_modify(|place| *place = None).or_insert(Some(n));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
        let split = |text: &'static str| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let (old, new): (&'static str, &'static str) =
            (Box::leak(old.to_owned().into_boxed_str()), Box::leak(new.to_owned().into_boxed_str()));
        differences(&split(old), &split(new))
    }

    #[test]
    fn what_was_changed_added_and_deleted() {
        assert_eq!(differ("a b c", "a b c"), []);
        assert_eq!(differ("a b c", "a x c"), [(1..2, 1..2)]);
        assert_eq!(differ("a b c", "a b x c"), [(2..2, 2..3)]);
        assert_eq!(differ("a b c", "a c"), [(1..2, 1..1)]);
        assert_eq!(differ("a a b", "a b"), [(1..2, 1..1)]);
        assert_eq!(differ("a b c d", "c d a b"), [(0..2, 0..0), (4..4, 2..4)]);
        assert_eq!(differ("", "a"), [(0..0, 0..1)]);
    }

    #[test]
    fn both_are_shown_from_before_the_first_difference() {
        let (old, new) = shown("一二三四五六七八九十甲乙", "一二三四五六七八九十子乙");
        assert_eq!((old.as_str(), new.as_str()), ("…三四五六七八九十甲乙", "…三四五六七八九十子乙"));
        assert_eq!(shown(&format!("走访{HOLE}户"), "").0, "走访X户");
    }
}
