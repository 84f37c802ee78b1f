//! Lines that Word would end within a name, and what each of their characters is to take more so that it does not.

use std::ops::Range;

use super::first_fit::next_end;
use crate::layout::segment::Segment;
use crate::length::Length;

/// A line whose characters take more room, or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Spread {
    /// Its signs.
    pub(in crate::layout) line: Range<usize>,
    /// What each of them takes more, in whole twips.
    pub(in crate::layout) by: Length,
}

/// The lines of a paragraph in which that is so. `plain` is the paragraph as Word has it, `named` the same with its
/// names whole; `names` are the names, in order. Word breaks as first fit does, a line at a time, and goes on from where
/// the line then ends. A line that would open by more than a quarter of an em is left.
pub(in crate::layout) fn spread(
    plain: &Segment,
    named: &Segment,
    names: &[Range<usize>],
    first: Length,
    rest: Length,
) -> Vec<Spread> {
    let mut spreads = Vec::new();
    let mut start = 0;
    while start < plain.signs.len() {
        let measure = if start == 0 { first } else { rest };
        let end = next_end(plain, start, measure);
        let next_name = names.partition_point(|name| name.end <= end);
        let is_parted = names.get(next_name).is_some_and(|name| name.start < end);
        let whole = if is_parted { next_end(named, start, measure) } else { end };
        let line = start..whole;
        let room = measure - named.natural(&line);
        let by = Length::twips(room.to_twips().div_euclid(named.visible(&line).len().max(1) as i64));
        let shows = by * super::LOOSE > plain.size || by * super::LOOSE < -plain.size;
        if whole == end || shows {
            start = end;
            continue;
        }
        start = whole;
        spreads.push(Spread { line, by });
    }
    spreads
}
