//! First fit: each line takes what fits, and one unit more (a hanzi with its marks, a word, a number) where
//! squeezing its marks to take it in is better than stretching the line without it: see [`takes_in`]. The choice
//! looks at one line, as Word's does.

use std::ops::Range;

use crate::layout::punct::{Class, Turn};
use crate::layout::segment::Segment;
use crate::layout::sign::Squeeze;
use crate::length::Length;

/// The lines of `segment`: `first` is the room of the first, `rest` that of the others.
pub(super) fn lines(segment: &Segment, first: Length, rest: Length) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < segment.signs.len() {
        let measure = if lines.is_empty() { first } else { rest };
        let end = next_end(segment, start, measure);
        lines.push(start..end);
        start = end;
    }
    lines
}

/// The end of the line that starts with the sign `start`.
pub(super) fn next_end(segment: &Segment, start: usize, measure: Length) -> usize {
    let mut width = -segment.start_cut(start);
    let mut give = Give::default();
    // Of the line as far as its last sign that is no blank.
    let (mut ended, mut ended_give) = (Length::ZERO, give);
    let mut fitting: Option<(usize, Length)> = None;
    let (mut soft, mut joint, mut in_word, mut anywhere) = (None, None, None, None);
    for (i, sign) in segment.signs.iter().enumerate().skip(start) {
        width += sign.width;
        if sign.class != Class::Blank {
            ended = width - segment.end_cut(i);
            ended_give = give;
        }
        let gap = segment.gaps.get(i);
        let turn = gap.map_or(Turn::Free, |gap| gap.turn);
        if ended <= measure {
            match turn {
                Turn::Free => fitting = Some((i + 1, measure - ended)),
                Turn::Soft => soft = Some(i + 1),
                Turn::Joint => joint = Some(i + 1),
                Turn::Word => in_word = Some(i + 1),
                Turn::Never => anywhere = Some(i + 1),
            }
        } else if turn == Turn::Free {
            if takes_in(ended - measure, ended_give, fitting.map(|(_, slack)| slack), segment.size) {
                return i + 1;
            }
            break;
        } else if ended - ended_give.all > measure + segment.size {
            break;
        }
        let Some(gap) = gap else { break };
        width += gap.kern;
        give.all += gap.give;
        if gap.squeeze != Squeeze::Stop {
            give.easy += gap.give;
        }
    }
    fitting.map(|(end, _)| end).or(soft).or(joint).or(in_word).or(anywhere).unwrap_or(start + 1)
}

/// How much a line can be squeezed.
#[derive(Clone, Copy, Default)]
struct Give {
    /// By everything that gives.
    all: Length,
    /// Without the blank halves of `。？！`, which some styles never cut.
    easy: Length,
}

/// Whether a line is to take in a unit that makes it too long by `excess`, rather than be stretched by
/// `slack` without it (`None`: nothing fits without it).
///
/// Never if that moves the type more than stretching would. Where the slack is that of a unit that may not be
/// split, a cell or more, squeezing goes as far as it can, as Word does to keep a mark off a line's start;
/// where it is but a part of a cell, which spread over the line nobody sees, marks keep half their blanks.
fn takes_in(excess: Length, give: Give, slack: Option<Length>, em: Length) -> bool {
    let Some(slack) = slack else { return excess <= give.all };
    excess <= slack && if slack >= em { excess <= give.all } else { excess * 2 <= give.easy }
}
