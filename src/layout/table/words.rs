//! The words of a table's cells, measured, and how wide they ask their columns to be.

use super::super::punct::{Class, Turn};
use super::super::segment::Segment;
use super::super::sign::TypeSpec;
use super::super::{NoGlyph, linebreak};
use super::{PAD_X, joints};
use crate::doc::{Align, Inline, Table};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// A cell of no more ems is not broken before a smaller size is tried: a name of three or four hanzi.
const FEW: i64 = 4;
/// The same for one with a number in it, 1,234.5万元 or 2024年11月12日, in halves of an em.
const FEW_WITH_NUMBER: i64 = 15;

/// What stands one character a line is hard to read; two will do.
const PAIR: i64 = 2;
/// What a column has to spare, since other programs round advances in their own way.
pub(super) const SPARE: Length = Length::twips(4);

/// The words of a cell.
pub(super) struct Words {
    pub(super) row: usize,
    pub(super) column: usize,
    /// Columns that the cell takes.
    pub(super) columns: usize,
    /// Rows that it takes.
    pub(super) rows: usize,
    pub(super) segments: Vec<Segment>,
    /// Widths of the segments on one line.
    pub(super) natural: Vec<Length>,
}

/// What the words of a column ask for, from rule to rule, in whole twips.
#[derive(Clone, Copy, Default)]
pub(super) struct Want {
    /// For all on one line.
    pub(super) most: Length,
    /// For short cells on one line, and the rest as [`Want::parts`].
    pub(super) whole: Length,
    /// For two hanzi on a line, and short cells with a number in them on one; the rest as [`Want::parts`].
    pub(super) numbers: Length,
    /// For two hanzi on a line, and the rest as [`Want::parts`].
    pub(super) pairs: Length,
    /// For every number, date, telephone number and word on one line; addresses at their joints.
    pub(super) parts: Length,
    /// For these at their joints.
    pub(super) joints: Length,
}

/// The segments of a cell, on their own advances and not on the grid of the text, with the joints of what stands in it.
pub(super) fn segments(
    content: &[Inline],
    size: Length,
    style: &Style,
    fonts: &Fonts,
) -> Result<Vec<Segment>, NoGlyph> {
    let spec = TypeSpec { size, tracking: Length::ZERO, latin_gap: style.latin_gap, keep: Some(&style.keep) };
    let mut segments = Segment::of_paragraph(content, spec, fonts)?;
    segments.iter_mut().for_each(joints::part);
    Ok(segments)
}

/// The words of all cells of `table` in type of `size`.
pub(super) fn words(table: &Table, size: Length, style: &Style, fonts: &Fonts) -> Result<Vec<Words>, NoGlyph> {
    let mut all = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?))) {
            let segments = segments(&cell.content, size, style, fonts)?;
            let natural = segments.iter().map(|segment| segment.natural(&(0..segment.signs.len()))).collect();
            all.push(Words { row, column, columns: cell.columns, rows: cell.rows, segments, natural });
        }
    }
    Ok(all)
}

impl Words {
    /// The width of the longest of its segments.
    pub(super) fn longest(&self) -> Length {
        self.natural.iter().copied().max().unwrap_or_default()
    }

    /// How many lines it takes where there is `inner` for a line.
    pub(super) fn lines(&self, inner: Length) -> usize {
        let lines = self.segments.iter().zip(&self.natural).map(|(segment, &natural)| {
            if natural <= inner { 1 } else { linebreak::lines(segment, inner, inner).len() }
        });
        lines.sum()
    }

    /// What it asks its columns for, without the room at their edges; what is wider than `room` is longer than any
    /// line, and asks for none.
    fn want(&self, size: Length, room: Length) -> Want {
        let mut want = Want::default();
        for (segment, &natural) in self.segments.iter().zip(&self.natural) {
            let [parts, joints] = [[Turn::Free, Turn::Soft].as_slice(), &[Turn::Free, Turn::Soft, Turn::Joint]]
                .map(|turns| longest_part(segment, turns, room));
            let has_number = segment.signs.iter().any(|sign| sign.class == Class::Digit);
            let is_short = has_number && natural <= size * FEW_WITH_NUMBER / 2;
            let at_least = |ems| if is_short { natural } else { parts.max(natural.min(size * ems)) };
            let (whole, numbers) = (at_least(FEW), at_least(PAIR));
            let pairs = parts.max(natural.min(size * PAIR));
            want = want.max(Want { most: natural, whole, numbers, pairs, parts, joints });
        }
        want
    }
}

impl Want {
    fn max(self, other: Want) -> Want {
        self.with(other, Length::max)
    }

    /// The two, put together width by width.
    fn with(self, other: Want, join: impl Fn(Length, Length) -> Length) -> Want {
        Want {
            most: join(self.most, other.most),
            whole: join(self.whole, other.whole),
            numbers: join(self.numbers, other.numbers),
            pairs: join(self.pairs, other.pairs),
            parts: join(self.parts, other.parts),
            joints: join(self.joints, other.joints),
        }
    }

    /// The same wherever it is asked.
    fn of(width: Length) -> Want {
        Want { most: width, whole: width, numbers: width, pairs: width, parts: width, joints: width }
    }
}

/// The width of the longest part without a turn of `turns` in it, of those no wider than `room`.
fn longest_part(segment: &Segment, turns: &[Turn], room: Length) -> Length {
    let mut longest = Length::ZERO;
    let mut start = 0;
    for end in 1..=segment.signs.len() {
        if segment.gaps.get(end - 1).is_none_or(|gap| turns.contains(&gap.turn)) {
            let width = segment.natural(&(start..end));
            longest = longest.max(if width <= room { width } else { Length::ZERO });
            start = end;
        }
    }
    longest
}

/// The widths of a number before and from its point.
pub(super) fn around_point(words: &Words) -> Option<(Length, Length)> {
    let ([segment], [natural]) = (words.segments.as_slice(), words.natural.as_slice()) else { return None };
    let number = |class: Class| matches!(class, Class::Digit | Class::Hyphen | Class::Letter);
    if !segment.signs.first().is_some_and(|sign| number(sign.class)) {
        return None;
    }
    let point = segment.signs.iter().position(|sign| matches!(sign.c, '.' | '%' | '％' | '‰'));
    let before = point.map_or(*natural, |point| segment.natural(&(0..point)));
    Some((before, *natural - before))
}

/// What the columns of `table` ask for. A merged cell takes what its columns have, and more of all alike where one of
/// its parts needs it.
pub(super) fn wants(table: &Table, words: &[Words], size: Length, room: Length) -> Vec<Want> {
    let mut wants = vec![Want::default(); table.columns.len()];
    let mut points = vec![(Length::ZERO, Length::ZERO); table.columns.len()];
    let most = room - PAD_X * 2;
    for words in words.iter().filter(|words| words.columns == 1) {
        let want = &mut wants[words.column];
        *want = want.max(words.want(size, most));
        if table.align(words.row, words.column) == Align::Decimal {
            let (before, after) = around_point(words).unwrap_or_default();
            let point = &mut points[words.column];
            *point = (point.0.max(before), point.1.max(after));
        }
    }
    for (want, (before, after)) in wants.iter_mut().zip(points) {
        // Room for the points of all to stand one under the other.
        let aligned = before + after;
        *want = want.max(Want { most: aligned, whole: aligned, ..*want });
        *want = want.max(Want::of(size)).with(Want::of(PAD_X * 2 + SPARE), |width, more| up(width + more));
    }
    for words in words.iter().filter(|words| words.columns > 1) {
        spread(&mut wants[words.column..words.column + words.columns], words.want(size, most));
    }
    wants
}

/// Gives the columns under a merged cell what they lack for its parts.
fn spread(wants: &mut [Want], asked: Want) {
    let count = wants.len() as i64;
    let asked = Want { joints: asked.joints, ..Want::of(asked.parts) };
    let has = wants.iter().fold(Want::default(), |sum, want| sum.with(*want, |a, b| a + b));
    let lacks = asked.with(has, |asked, has| (asked + PAD_X * 2 + SPARE - has).max(Length::ZERO));
    for want in wants {
        *want = want.with(lacks, |has, lacks| up(has + lacks / count));
    }
}

/// `length` in whole twips, which Word counts in, rounded up.
pub(super) fn up(length: Length) -> Length {
    let twip = Length::twips(1).to_emu();
    Length::twips((length.to_emu() + twip - 1).div_euclid(twip))
}

/// `length` in whole twips, rounded down.
pub(super) fn down(length: Length) -> Length {
    Length::twips(length.to_emu().div_euclid(Length::twips(1).to_emu()))
}
