//! Tables: how wide their columns are, and their rows with what stands in them.
//!
//! `words` measures what stands in the cells, which parts where `joints` lets it; `share` gives each column its part of
//! the room, `measure` chooses the size of type; `fit` tells what does not fit; `rules` draws the lines.

mod fit;
mod joints;
mod measure;
mod rules;
mod share;
mod words;

pub use fit::{SmallTable, check, small};
pub use measure::{TableMeasure, measure};
pub(crate) use rules::{MIDDLE, THICK, THIN};

use super::NoGlyph;
use super::grid::ASCENT;
use super::line::{self, SetLine};
use super::pages::{Area, Item, Line, Part};
use super::segment::Segment;
use super::{justify, linebreak, word};
use crate::doc::{Align, Cell, Table};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// Between a cell's edge and its words, left and right: 108 twips, as Word has it.
pub(crate) const PAD_X: Length = Length::twips(108);
/// Between a cell's edge and its words, over and under them.
pub(crate) const PAD_Y: Length = Length::twips(60);

/// A row, or as much of one as stands on a page. Its items are measured from the left edge of the paper and its own
/// top.
#[derive(Clone, Debug, Default)]
pub(super) struct TableRow {
    pub(super) height: Length,
    pub(super) items: Vec<Item>,
    /// What is added where the table ends, or leaves the page, with this row.
    pub(super) closing: Vec<Item>,
    /// Whether a page may not end after it.
    pub(super) keep: bool,
}

/// A table in rows.
#[derive(Clone, Debug)]
pub(super) struct TableRows {
    /// Repeated on every page.
    pub(super) head: Vec<TableRow>,
    pub(super) body: Vec<TableRow>,
}

/// A cell in lines.
struct SetCell {
    row: usize,
    column: usize,
    rows: usize,
    /// `x` from the left edge of the paper.
    lines: Vec<SetLine>,
}

/// Distance between the baselines of a cell, for type of `size`.
pub(crate) fn pitch(size: Length) -> Length {
    // Whole twips, which Word counts in.
    Length::twips(size.scale(4, 3).to_twips())
}

/// The rows of `table`, the block of number `block`. `room` is the height of a page.
pub(super) fn rows(
    table: &Table,
    block: usize,
    style: &Style,
    fonts: &Fonts,
    room: Length,
) -> Result<TableRows, NoGlyph> {
    let measure = measure(table, style, fonts)?;
    let pitch = pitch(measure.size);
    let mut cells = Vec::new();
    for (row, places) in table.rows.iter().enumerate() {
        for (column, cell) in places.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?))) {
            let lines = set(cell, (row, column), table, &measure, style, fonts)?;
            cells.push(SetCell { row, column, rows: cell.rows, lines });
        }
    }
    let heights = heights(&cells, table.rows.len(), pitch);
    let head_height: Length = heights[..table.head].iter().copied().sum();
    let ends = group_ends(&cells, table.rows.len());
    let ruler = rules::Ruler::new(table, &measure, style);
    let mut by_row: Vec<Vec<SetCell>> = std::iter::repeat_with(Vec::new).take(table.rows.len()).collect();
    for cell in cells {
        by_row[cell.row].push(cell);
    }
    let mut all: Vec<TableRow> = Vec::new();
    let mut group = 0;
    let room = (room - head_height).max(pitch + PAD_Y * 2);
    for (row, cells) in by_row.into_iter().enumerate() {
        if row >= ends[group] {
            group = row;
        }
        let end = ends[group];
        let fits = heights[group..end].iter().copied().sum::<Length>() <= room;
        let keep = row < table.head || (fits && row + 1 < end);
        if row >= table.head && heights[row] > room && end == row + 1 {
            all.extend(split(cells, block, room, pitch, row, &ruler));
            continue;
        }
        let mut items = ruler.rules(row, heights[row], true);
        for cell in cells {
            let height: Length = heights[row..row + cell.rows].iter().copied().sum();
            let top = (height - pitch * cell.lines.len() as i64) / 2;
            let part = Part::Cell { block, row, column: cell.column };
            place(&mut items, cell.lines, part, top, pitch);
        }
        all.push(TableRow { height: heights[row], items, closing: ruler.closing(heights[row]), keep });
    }
    let body = all.split_off(table.head.min(all.len()));
    Ok(TableRows { head: all, body })
}

/// A row that is taller than a page, in as many pieces as it takes; the lines of every cell go on in the next.
fn split(
    cells: Vec<SetCell>,
    block: usize,
    room: Length,
    pitch: Length,
    row: usize,
    ruler: &rules::Ruler<'_>,
) -> Vec<TableRow> {
    let most = ((room - PAD_Y * 2).to_emu() / pitch.to_emu().max(1)).max(1) as usize;
    let longest = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let mut pieces = Vec::new();
    let mut cells: Vec<(Part, std::vec::IntoIter<SetLine>)> = cells
        .into_iter()
        .map(|cell| (Part::Cell { block, row: cell.row, column: cell.column }, cell.lines.into_iter()))
        .collect();
    for from in (0..longest).step_by(most) {
        let height = pitch * most.min(longest - from) as i64 + PAD_Y * 2;
        let mut items = ruler.rules(row, height, from == 0);
        for (part, lines) in &mut cells {
            place(&mut items, lines.take(most).collect(), *part, PAD_Y, pitch);
        }
        pieces.push(TableRow { height, items, closing: ruler.closing(height), keep: false });
    }
    pieces
}

/// Places the lines of a cell from `top` downwards.
fn place(items: &mut Vec<Item>, lines: Vec<SetLine>, part: Part, top: Length, pitch: Length) {
    for (n, line) in (0..).zip(lines) {
        let em_top = top + pitch * n + (pitch - line.size) / 2;
        let tint = |&(from, to): &(Length, Length)| {
            Item::Tint(Area { x: from, y: em_top, width: to - from, height: line.size })
        };
        items.extend(line.holes.iter().map(tint));
        if !line.runs.is_empty() {
            let baseline = em_top + line.size.scale(ASCENT, 100);
            items.push(Item::Line(Line { part, baseline, runs: line.runs }));
        }
    }
}

/// The lines of a cell, with `x` from the left edge of the paper.
fn set(
    cell: &Cell,
    (row, column): (usize, usize),
    table: &Table,
    measure: &TableMeasure,
    style: &Style,
    fonts: &Fonts,
) -> Result<Vec<SetLine>, NoGlyph> {
    let left = style.page.left + measure.left + measure.widths[..column].iter().copied().sum() + PAD_X;
    let width: Length = measure.widths[column..column + cell.columns].iter().copied().sum();
    let inner = width - PAD_X * 2;
    let align = table.align(row, column);
    let mut lines = Vec::new();
    for segment in words::segments(&cell.content, measure.size, style, fonts)? {
        if segment.signs.is_empty() {
            lines.push(SetLine { size: measure.size, ..SetLine::default() });
            continue;
        }
        for line in lines_of(&segment, inner) {
            let slack = (inner - justified(&segment, &line, inner)).max(Length::ZERO);
            let shift = match (align, measure.from_right[row][column]) {
                (Align::Decimal, Some(right)) => slack - right,
                (Align::Left, _) => Length::ZERO,
                (Align::Right, _) => slack,
                (Align::Centre | Align::Decimal, _) => slack / 2,
            };
            lines.push(line::place(&segment, &line, left + shift, inner, true));
        }
    }
    Ok(lines)
}

/// The lines of a cell: between words where that takes no more lines than between any hanzi, so that rows are as high in
/// Word, which knows no words.
fn lines_of(segment: &Segment, room: Length) -> Vec<std::ops::Range<usize>> {
    let plain = linebreak::lines(segment, room, room);
    if plain.len() < 2 {
        return plain;
    }
    let mut words = segment.clone();
    word::avoid_torn(&words.signs, &mut words.gaps);
    let whole = linebreak::lines(&words, room, room);
    if whole.len() == plain.len() { whole } else { plain }
}

/// The width of a line that may be squeezed into `room` and is not stretched.
fn justified(segment: &Segment, line: &std::ops::Range<usize>, room: Length) -> Length {
    segment.natural(line) + justify::justify(segment, line, room, true).into_iter().sum()
}

/// Heights of rows: as tall as the tallest cell of one row; a cell of several adds what it lacks to its last.
fn heights(cells: &[SetCell], rows: usize, pitch: Length) -> Vec<Length> {
    let of = |cell: &SetCell| pitch * cell.lines.len().max(1) as i64 + PAD_Y * 2;
    let mut heights = vec![pitch + PAD_Y * 2; rows];
    for cell in cells.iter().filter(|cell| cell.rows == 1) {
        heights[cell.row] = heights[cell.row].max(of(cell));
    }
    for cell in cells.iter().filter(|cell| cell.rows > 1) {
        let rows = cell.row..cell.row + cell.rows;
        let lacks = of(cell) - heights[rows.clone()].iter().copied().sum();
        heights[rows.end - 1] += lacks.max(Length::ZERO);
    }
    heights
}

/// For each row, where the rows end that cells of several rows tie to it and to those below.
fn group_ends(cells: &[SetCell], rows: usize) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=rows).collect();
    for cell in cells {
        ends[cell.row] = ends[cell.row].max(cell.row + cell.rows);
    }
    // A group reaches as far as the farthest of the rows in it.
    for row in (0..rows).rev() {
        let mut end = ends[row];
        let mut at = row + 1;
        while at < end {
            end = end.max(ends[at]);
            at = ends[at].max(at + 1);
        }
        ends[row] = end;
    }
    ends
}
