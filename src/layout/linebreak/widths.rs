//! The widths of any line of a segment, each told at once from sums over the signs before it.

use std::ops::Range;

use super::{Flaws, LOOSE, is_lone};
use crate::layout::punct::Class;
use crate::layout::segment::Segment;
use crate::layout::sign::Stretch;
use crate::length::Length;

/// Sums over the signs before one, and over the gaps after them.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    width: Length,
    give: Length,
    /// What gaps grow in a round of their own.
    grow: Length,
    /// Gaps that may open.
    open: i64,
}

/// A segment that can be measured anywhere.
pub(super) struct Widths<'a> {
    pub(super) segment: &'a Segment,
    sums: Vec<Sums>,
    /// For each end, that of what is visible before it.
    visible: Vec<usize>,
}

/// How a line fills its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// It does not, even squeezed.
    Over,
    /// Squeezed by so many thousandths of what it gives.
    Squeezed(i64),
    /// Stretched, with so much in each gap beyond what blanks and seams take first; `None`: no gap opens.
    Stretched(Option<Length>),
}

impl Fill {
    /// Whether its gaps show in type of the size `em`.
    pub(super) fn is_loose(self, em: Length) -> bool {
        match self {
            Fill::Over | Fill::Squeezed(_) => false,
            Fill::Stretched(gap) => gap.is_none_or(|gap| gap * LOOSE > em),
        }
    }
}

impl<'a> Widths<'a> {
    pub(super) fn of(segment: &'a Segment) -> Self {
        let mut sums = Vec::with_capacity(segment.signs.len());
        let mut visible = Vec::with_capacity(segment.signs.len() + 1);
        visible.push(0);
        let mut so_far = Sums::default();
        for (i, sign) in segment.signs.iter().enumerate() {
            sums.push(so_far);
            let before = visible.last().copied().unwrap_or_default();
            visible.push(if sign.class == Class::Blank { before } else { i + 1 });
            so_far.width += sign.width;
            if let Some(gap) = segment.gaps.get(i) {
                so_far.width += gap.kern;
                so_far.give += gap.give;
                so_far.grow += gap.grow;
                so_far.open += i64::from(gap.stretch != Stretch::Fixed);
            }
        }
        Widths { segment, sums, visible }
    }

    /// How `line` fills `measure`.
    pub(super) fn fill(&self, line: &Range<usize>, measure: Length) -> Fill {
        let end = self.visible[line.end];
        if end <= line.start {
            return Fill::Stretched(None);
        }
        let (from, to) = (self.sums[line.start], self.sums[end - 1]);
        let natural = to.width - from.width + self.segment.signs[end - 1].width
            - self.segment.start_cut(line.start)
            - self.segment.end_cut(end - 1);
        let slack = measure - natural;
        let give = to.give - from.give;
        if slack < Length::ZERO {
            return if -slack <= give {
                Fill::Squeezed((-slack).scale(1000, give.to_emu().max(1)).to_emu())
            } else {
                Fill::Over
            };
        }
        let even = slack - (to.grow - from.grow);
        let open = to.open - from.open;
        match open {
            _ if even <= Length::ZERO => Fill::Stretched(Some(Length::ZERO)),
            0 => Fill::Stretched(None),
            _ => Fill::Stretched(Some(even.scale(1, open))),
        }
    }

    /// Whether even squeezed `line` is longer than `measure` by so much that no longer line fits either.
    pub(super) fn is_past(&self, line: &Range<usize>, measure: Length) -> bool {
        let end = self.visible[line.end];
        if end <= line.start {
            return false;
        }
        let (from, to) = (self.sums[line.start], self.sums[end - 1]);
        // A mark at the end may be half as wide as one within.
        to.width - from.width - (to.give - from.give) > measure + self.segment.size
    }

    /// What is wrong with `lines`.
    pub(super) fn flaws(&self, lines: &[Range<usize>], first: Length, rest: Length) -> Flaws {
        let Some((last, filled)) = lines.split_last() else { return Flaws::default() };
        let measure = |n: usize| if n == 0 { first } else { rest };
        let is_loose = |(n, line): &(usize, &Range<usize>)| self.fill(line, measure(*n)).is_loose(self.segment.size);
        Flaws {
            loose: filled.iter().enumerate().filter(is_loose).count(),
            lone: !filled.is_empty() && is_lone(self.segment, last),
        }
    }
}
