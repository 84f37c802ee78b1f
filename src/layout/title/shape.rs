//! The lengths of centred lines: of all ways to break a title into a number of lines, or one more, the one that costs
//! least. The best way to each line is kept, so that the time is that of the pairs of turns a line apart.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::layout::punct::Class;
use crate::layout::segment::Segment;
use crate::length::Length;

/// What it costs to give lines a shape. Weighed against the costs of turns on invented titles, of which the tests keep
/// a table.
mod cost {
    /// One line more than need be.
    pub(super) const EXTRA_LINE: i64 = 24;
    /// Lines alike (长方形).
    pub(super) const RECTANGLE: i64 = 4;
    /// A line longer than the one before it, after one that was shorter (沙漏形): for each character, up to the whole;
    /// of three lines. Of more it is seen less.
    pub(super) const HOURGLASS_STEP: i64 = 25;
    pub(super) const HOURGLASS: i64 = 90;
    /// A line of fewer than four characters.
    pub(super) const SHORT: i64 = 40;
    /// A line of one character.
    pub(super) const LONE: i64 = 500;
    /// For each character that a line is longer or shorter than the middle, after the first.
    pub(super) const UNEVEN: i64 = 1;
    /// More for each after so many.
    pub(super) const FAR: i64 = 4;
    pub(super) const FAR_OFF: i64 = 2;
}

/// How the lines went so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// As long as each other.
    Alike,
    /// Each longer than the one before.
    Growing,
    /// Shorter than the one before, the last at least.
    Shrinking,
}

/// The best way to a line.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: i64,
    /// The start of the line before, and how the lines went up to it.
    before: (usize, Phase),
}

/// The best ways to lines, by their start, their end and how the lines went.
type Ways = BTreeMap<(usize, usize, Phase), Way>;

/// The best lines of `segment` on lines of `measure`: `fewest` or one more. `turns` says what a turn after each sign but
/// the last costs, if it is allowed. `None` where there is no way.
pub(super) fn lines(
    segment: &Segment,
    measure: Length,
    turns: &[Option<i64>],
    fewest: usize,
) -> Option<Vec<Range<usize>>> {
    let of = |count| Search { segment, measure, turns, count }.best();
    let few = of(fewest);
    let more = of(fewest + 1).map(|(cost, lines)| (cost + cost::EXTRA_LINE, lines));
    let best = few.into_iter().chain(more).min_by_key(|(cost, _)| *cost);
    best.map(|(_, lines)| lines)
}

struct Search<'a> {
    segment: &'a Segment,
    measure: Length,
    turns: &'a [Option<i64>],
    count: usize,
}

impl Search<'_> {
    /// The best way to break into so many lines, with its cost.
    fn best(&self) -> Option<(i64, Vec<Range<usize>>)> {
        let count = self.count;
        let signs = self.segment.signs.len();
        let middle = self.segment.natural(&(0..signs)) / i64::try_from(count).unwrap_or(1);
        let mut levels: Vec<Ways> = Vec::with_capacity(count);
        let mut first = Ways::new();
        for (end, width) in self.ends(0) {
            let cost = self.line(&(0..end), width, middle);
            first.insert((0, end, Phase::Alike), Way { cost, before: (0, Phase::Alike) });
        }
        levels.push(first);
        for _ in 1..count {
            let mut next = Ways::new();
            for (&(start, end, phase), way) in &levels[levels.len() - 1] {
                let width = self.segment.natural(&(start..end));
                for (to, own) in self.ends(end) {
                    let (after, step) = self.step(phase, width, own);
                    let cost = way.cost + step + self.line(&(end..to), own, middle);
                    let key = (end, to, after);
                    if next.get(&key).is_none_or(|known| cost < known.cost) {
                        next.insert(key, Way { cost, before: (start, phase) });
                    }
                }
            }
            levels.push(next);
        }
        let last = levels.last()?.iter().filter(|((_, end, _), _)| *end == signs);
        let costs = last.map(|(&key, way)| (way.cost + rectangle(key.2), key));
        let (cost, mut key) = costs.min()?;
        let mut lines = Vec::with_capacity(count);
        for ways in levels.iter().rev() {
            let (start, end, _) = key;
            lines.push(start..end);
            let (before, phase) = ways.get(&key)?.before;
            key = (before, start, phase);
        }
        lines.reverse();
        Some((cost, lines))
    }

    /// Where a line that starts at `start` may end, and how wide it is then.
    fn ends(&self, start: usize) -> impl Iterator<Item = (usize, Length)> {
        let signs = self.segment.signs.len();
        let ends = (start + 1..=signs).map(move |end| (end, self.segment.natural(&(start..end))));
        // A mark at a line's end is half as wide as one within, so that the next may fit again.
        ends.take_while(|(_, width)| *width <= self.measure + self.segment.size)
            .filter(move |(end, width)| *width <= self.measure && (*end == signs || self.turns[end - 1].is_some()))
    }

    /// What a line of such a width costs, with the turn at its end.
    fn line(&self, line: &Range<usize>, width: Length, middle: Length) -> i64 {
        let em = self.segment.size;
        let turn = self.turns.get(line.end - 1).copied().flatten().unwrap_or_default();
        let signs = self.segment.signs[line.clone()].iter().filter(|sign| sign.class != Class::Blank).take(2).count();
        let short = match signs {
            0 | 1 => cost::LONE,
            _ if width < em * 4 => cost::SHORT,
            _ => 0,
        };
        let off = if width > middle { width - middle } else { middle - width };
        let beyond = |free: i64, each: i64| (off - em * free).to_emu().max(0) * each / em.to_emu().max(1);
        let uneven = beyond(1, cost::UNEVEN) + beyond(cost::FAR, cost::FAR_OFF);
        turn + short + uneven
    }

    /// How lines go after one of `width` and one of `own`, and what that costs. Half a character is no difference.
    fn step(&self, phase: Phase, width: Length, own: Length) -> (Phase, i64) {
        let em = self.segment.size;
        let change = own - width;
        if change < -em / 2 {
            (Phase::Shrinking, 0)
        } else if change <= em / 2 {
            (phase, 0)
        } else if phase == Phase::Shrinking {
            let step = change.to_emu() * cost::HOURGLASS_STEP / em.to_emu().max(1);
            let lines = i64::try_from(self.count).unwrap_or(3).max(3);
            (Phase::Shrinking, step.min(cost::HOURGLASS) * 2 / (lines - 1))
        } else {
            (Phase::Growing, 0)
        }
    }
}

fn rectangle(phase: Phase) -> i64 {
    if phase == Phase::Alike { cost::RECTANGLE } else { 0 }
}
