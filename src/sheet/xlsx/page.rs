//! The rows of a sheet with their places: the sheet as a text, a row a line, and a tab between two cells.

use super::super::{Cell, CellFault, MAX_CELLS, Row, Rows, bad_table, too_many_cells};
use super::cells::Content;
use super::value::Shown;
use crate::diag::Diagnostics;
use crate::source::{Sources, Span};

/// The rows of a sheet, which becomes one of the sources.
pub(super) fn rows(name: &str, sheet: &str, content: Content, sources: &mut Sources, diags: &mut Diagnostics) -> Rows {
    let Content { cells, merges, hidden_rows, hidden_columns, mut limit } = content;
    let first = cells.keys().next().map_or(0, |(row, _)| *row);
    let width = cells.range((first, 0)..=(first, u32::MAX)).next_back().map_or(0, |((_, column), _)| *column + 1);
    let mut page = Page { width, ..Page::default() };
    for ((row, column), shown) in cells {
        if page.cells.len() >= MAX_CELLS {
            limit = Some((too_many_cells, (row, column)));
            break;
        }
        page.put(row, column, shown);
    }
    page.end_row();
    if let Some((_, (row, column))) = limit {
        page.go(row, column);
    }
    let end = page.text.len();
    let file = sources.add_sheet(name, sheet, page.text);
    if let Some((limit, _)) = limit {
        diags.push(limit(Span::new(file, end..end)));
    }
    let mut rows: Vec<Row> = Vec::new();
    let (mut faults, mut struck) = (Vec::new(), Vec::new());
    for (number, range, shown) in page.cells {
        let span = Span::new(file, range);
        if let Some((fault, help)) = shown.fault {
            let is_shown = shown.shown.is_some();
            faults.push(CellFault { fault: bad_table(fault, span).help(help), is_shown });
        }
        if shown.is_struck {
            struck.push(span);
        }
        if rows.last().is_none_or(|row| row.number != number) {
            let is_hidden = hidden_rows.contains(&number);
            rows.push(Row { cells: Vec::new(), end: span, ragged: false, number, is_hidden });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.push(Cell { shown: shown.shown, ..Cell::new(shown.text, shown.kind, span) });
            last.end = Span { start: span.end, ..span };
        }
    }
    Rows { file, rows, merges, hidden_columns, faults, struck }
}

/// The text of a sheet as it grows.
#[derive(Default)]
struct Page {
    text: String,
    /// Row and column of what comes next.
    at: (u32, u32),
    /// The columns of the head; each row has at least as many.
    width: u32,
    /// All cells of the rows that are not empty, with their row and place.
    cells: Vec<(u32, std::ops::Range<usize>, Shown)>,
}

impl Page {
    /// Adds a cell, and the empty ones before it in its row.
    fn put(&mut self, row: u32, column: u32, shown: Shown) {
        if self.at.0 < row {
            self.end_row();
            self.go(row, 0);
        }
        self.fill(column);
        let start = self.text.len();
        self.text.extend(shown.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.cells.push((row, start..self.text.len(), shown));
        self.go(row, column);
    }

    /// Adds empty cells up to the end of the head.
    fn end_row(&mut self) {
        let begun = self.cells.last().is_some_and(|(row, ..)| *row == self.at.0);
        if begun {
            self.fill(self.width);
        }
    }

    /// Adds empty cells before `column`.
    fn fill(&mut self, column: u32) {
        let row = self.at.0;
        let begun = self.cells.last().is_some_and(|(last, ..)| *last == row);
        let first = if begun { self.at.1 + 1 } else { 0 };
        for empty in first..column {
            self.go(row, empty);
            let end = self.text.len();
            self.cells.push((row, end..end, Shown::default()));
        }
        self.go(row, column);
    }

    /// Goes on to the beginning of a cell.
    fn go(&mut self, row: u32, column: u32) {
        while self.at.0 < row {
            self.text.push('\n');
            self.at = (self.at.0 + 1, 0);
        }
        while self.at.1 < column {
            self.text.push('\t');
            self.at.1 += 1;
        }
    }
}
