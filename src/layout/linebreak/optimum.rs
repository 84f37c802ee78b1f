//! Optimum fit: of all ways to break a paragraph the one with the fewest open lines, then without a lone sign at
//! its end, then with the least sum of demerits (Knuth and Plass, “Breaking paragraphs into lines”, 1981).
//!
//! The best way to each turn is kept, and those turns alone are looked at from which a line can still reach; so the
//! time is that of the signs times the turns of one line.

use std::ops::Range;

use super::is_lone;
use super::widths::{Fill, Widths};
use crate::layout::punct::{Class, Turn};
use crate::length::Length;

/// What is added to a line's badness for where it turns. A line whose gaps are just not loose has a badness of 100.
mod penalty {
    /// In a range or between an address's parts.
    pub(super) const SOFT: i64 = 60;
    /// Within a word or number that is longer than a line.
    pub(super) const WORD: i64 = 300;
    /// Between a number and the hanzi of its unit.
    pub(super) const UNIT: i64 = 15;
    /// Where Word's line does not turn: lines that are good stay the same in both outputs.
    pub(super) const ELSEWHERE: i64 = 20;
}

/// Of a line that nothing is wrong with: many lines cost more than few.
const LINE: i64 = 10;
/// Most badness of a line.
const WORST: i64 = 100_000;

/// What a way costs, the worse first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    loose: u32,
    lone: bool,
    demerits: i64,
}

/// The best way to a turn.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: Cost,
    /// Where its last line starts.
    from: usize,
}

/// The best lines; `by_line` are those of first fit. `None` where a chain of signs that may not be parted is longer
/// than a line.
pub(super) fn lines(
    widths: &Widths<'_>,
    by_line: &[Range<usize>],
    first: Length,
    rest: Length,
) -> Option<Vec<Range<usize>>> {
    let turns = turns(widths, first, rest)?;
    let segment = widths.segment;
    let end = segment.signs.len();
    let mut words_ends = by_line.iter().map(|line| line.end).peekable();
    let mut ways: Vec<Option<Way>> = vec![None; end + 1];
    ways[0] = Some(Way { cost: Cost::default(), from: 0 });
    // Starts from which a line may still reach, in order.
    let mut active = vec![0];
    for to in turns.into_iter().chain([end]) {
        while words_ends.next_if(|&word| word < to).is_some() {}
        let extra = if to == end { 0 } else { turn_penalty(widths, to, words_ends.peek() == Some(&to)) };
        let measure = |start| if start == 0 { first } else { rest };
        active.retain(|&start| !widths.is_past(&(start..to), measure(start)));
        let mut best: Option<Way> = None;
        for &start in &active {
            let Some(before) = ways[start] else { continue };
            let line = start..to;
            let fill = widths.fill(&line, measure(start));
            if fill == Fill::Over {
                continue;
            }
            let mut cost = before.cost;
            if to == end {
                cost.lone = start > 0 && is_lone(segment, &line);
                cost.demerits += LINE * LINE;
            } else {
                cost.loose += u32::from(fill.is_loose(segment.size));
                cost.demerits += (LINE + badness(fill, segment.size) + extra).pow(2);
            }
            if best.is_none_or(|best| cost < best.cost) {
                best = Some(Way { cost, from: start });
            }
        }
        ways[to] = best;
        if best.is_some() {
            active.push(to);
        }
    }
    let mut lines = Vec::new();
    let mut to = end;
    while to > 0 {
        let way = ways[to]?;
        lines.push(way.from..to);
        to = way.from;
    }
    lines.reverse();
    Some(lines)
}

/// Where lines may turn, in order: the numbers of the signs after the turns. A word is split where it is longer than
/// a line, which is `first` long if it is the paragraph's first word; `None` where something else is.
fn turns(widths: &Widths<'_>, first: Length, rest: Length) -> Option<Vec<usize>> {
    let segment = widths.segment;
    let mut turns = Vec::new();
    // Turns within words since the last other turn.
    let mut in_words = Vec::new();
    let mut start = 0;
    for at in 1..=segment.signs.len() {
        let turn = segment.gaps.get(at - 1).map_or(Turn::Free, |gap| gap.turn);
        match turn {
            Turn::Never => {}
            Turn::Joint | Turn::Word => in_words.push(at),
            Turn::Free | Turn::Soft => {
                let room = if start == 0 { first } else { rest };
                if widths.fill(&(start..at), room) == Fill::Over {
                    let ends = in_words.iter().copied().chain([at]);
                    let mut from = start;
                    for end in ends {
                        if widths.fill(&(from..end), first.min(rest)) == Fill::Over {
                            return None;
                        }
                        from = end;
                    }
                    turns.append(&mut in_words);
                }
                in_words.clear();
                if at < segment.signs.len() {
                    turns.push(at);
                }
                start = at;
            }
        }
    }
    Some(turns)
}

fn turn_penalty(widths: &Widths<'_>, to: usize, as_word: bool) -> i64 {
    let segment = widths.segment;
    let classes = (segment.signs[to - 1].class, segment.signs[to].class);
    let kind = match segment.gaps[to - 1].turn {
        Turn::Soft => penalty::SOFT,
        Turn::Joint | Turn::Word | Turn::Never => penalty::WORD,
        Turn::Free if classes == (Class::Digit, Class::Hanzi) => penalty::UNIT,
        Turn::Free => 0,
    };
    kind + if as_word { 0 } else { penalty::ELSEWHERE }
}

/// How bad a line looks: 100 where its gaps are just not loose; squeezing is felt from half of what there is.
fn badness(fill: Fill, em: Length) -> i64 {
    let cubed = |thousandths: i64| (thousandths.min(10_000).pow(3) / 10_000_000).min(WORST);
    match fill {
        Fill::Over => WORST,
        Fill::Squeezed(share) => cubed(share * 2),
        Fill::Stretched(None) => WORST,
        Fill::Stretched(Some(gap)) => cubed(gap.scale(1000 * super::LOOSE, em.to_emu().max(1)).to_emu()),
    }
}
