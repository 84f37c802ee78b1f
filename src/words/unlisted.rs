//! Names that no list has: of places (青石镇, 大坝子村), which end in a hanzi that tells their kind.

use super::offices::PLACES;

/// Words that stand close behind the name of a place.
const CLOSE: &[&str] =
    &["县委", "市委", "省委", "区委", "州委", "旗委", "镇委", "乡委", "县政府", "市政府", "镇政府", "乡政府"];

/// Single hanzi that are words of their own, and no part of a name.
const ALONE: &[char] = &[
    '的', '和', '与', '及', '暨', '在', '对', '向', '为', '以', '将', '于', '从', '到', '把', '等', '并', '是', '有',
    '由', '就', '按', '经', '被', '给', '让', '使', '因', '或', '至', '自', '且', '但', '而', '则', '之', '其', '了',
    '着', '过', '地', '得', '中', '后', '前', '内', '外',
];

/// The most hanzi of a place's name before its kind.
const LONGEST: usize = 4;
/// The most hanzi of one that is told by its place alone.
const SHORT: usize = 3;

/// Joins the kind of a place to the name before it, and the hanzi of the name where it was taken apart.
pub(super) fn join(run: &[char], ends: &mut Vec<usize>) {
    let mut joined: Vec<usize> = Vec::with_capacity(ends.len());
    let mut start = 0;
    for &end in ends.iter() {
        let word = &run[start..end];
        if matches!(word, [kind] if PLACES.contains(kind)) {
            join_name(run, &mut joined, start);
        } else if is_close(word) && follows_place(run, &joined) {
            joined.pop();
        }
        joined.push(end);
        start = end;
    }
    *ends = joined;
}

/// Takes from `joined` the ends of the words that make a name before the kind at `start`: a word of several hanzi, or
/// single hanzi that are no words.
fn join_name(run: &[char], joined: &mut Vec<usize>, start: usize) {
    while let Some(&last) = joined.last() {
        let first = joined.iter().rev().nth(1).copied().unwrap_or_default();
        let is_single = last - first == 1;
        let is_word = is_single && ALONE.contains(&run[first]);
        if is_word || start - first > LONGEST || (!is_single && last < start) {
            return;
        }
        joined.pop();
    }
}

fn is_close(word: &[char]) -> bool {
    CLOSE.iter().any(|close| close.chars().eq(word.iter().copied()))
}

/// Whether the last word of `joined` can be the name of a place: it begins the text, or stands behind 中共 or another
/// place.
fn follows_place(run: &[char], joined: &[usize]) -> bool {
    match joined {
        [] => false,
        [only] => *only <= SHORT,
        [.., before, last] => {
            let place = run[before - 1];
            last - before <= SHORT && (PLACES.contains(&place) || run[..*before].ends_with(&['中', '共']))
        }
    }
}
