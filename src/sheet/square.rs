//! A head and rows as wide as it, out of the rows of a file.

use std::collections::BTreeSet;

use super::head::is_preface;
use super::{Cell, CellFault, CellKind, Merge, Row, Rows, Sheet, bad_table};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::source::Span;
use crate::text;

/// A head and rows as wide as it. What stands beyond the head is reported, as are rows that end before it; rows above
/// it that are no head are reported where they are not expected.
pub(super) fn squared(read: Rows, has_preface: bool, diags: &mut Diagnostics) -> Option<Sheet> {
    let Rows { file, rows, merges, hidden_columns, faults, struck } = read;
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
    let mut preface = Vec::new();
    if has_preface {
        let above = rows.iter().zip(rows.iter().skip(1)).take_while(|(row, next)| is_preface(&row.cells, &next.cells));
        let above = above.count();
        preface.extend(rows.drain(..above).flat_map(|row| row.cells).filter(|cell| !cell.is_empty()));
    }
    let is_wide = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let is_title = rows.get(1).is_some_and(is_wide);
    let lower = rows.get(1).filter(|_| has_preface).map_or(0, |below| width_of_words(&rows[0], below));
    let Some(head) = rows.first_mut() else {
        diags.push(bad_table(text!("表格是空的", "the table is empty"), Span::new(file, 0..0)));
        return None;
    };
    while head.cells.last().is_some_and(Cell::is_empty) {
        head.cells.pop();
    }
    // The last group of a head of two rows reaches further than its words.
    if lower > head.cells.len() {
        let end = head.end;
        head.cells.resize_with(lower, || Cell::empty(end));
    }
    let width = head.cells.len();
    if let ([title], true) = (head.cells.as_slice(), is_title) {
        let fault =
            bad_table(text!("第一行是大标题，不是表头", "the first row is a title, and not the head"), title.span);
        diags.push(fault.help(text!("删去这一行，表头放在第一行", "delete it: the head is the first row")));
        return None;
    }
    // Columns before the first that has anything are no part of the table.
    let first_filled = |row: &Row| row.cells.iter().take(width).position(|cell| !cell.is_empty());
    let from = rows.iter().filter_map(first_filled).min().unwrap_or(0);
    let (mut squared, mut numbers, mut hidden_rows) = (Vec::new(), Vec::new(), Vec::new());
    for (index, mut row) in rows.into_iter().enumerate() {
        if index > 0 {
            fit(&mut row, width, has_preface, diags);
        }
        row.cells.drain(..from);
        numbers.push(row.number);
        hidden_rows.push(row.is_hidden);
        squared.push(row.cells);
    }
    let columns = from..width;
    let is_hidden = |column: usize| hidden_columns.iter().any(|hidden| hidden.contains(&(column as u32)));
    let hidden_columns = columns.clone().map(is_hidden).collect();
    let merges = merges.into_iter().filter_map(|(rows, across)| {
        let place = |number: u32| numbers.partition_point(|own| *own < number);
        let rows = place(*rows.start())..place(rows.end().checked_add(1)?);
        let across = (*across.start() as usize).max(from)..(*across.end() as usize + 1).min(width);
        let is_one = rows.is_empty() || across.is_empty() || rows.len() * across.len() == 1;
        (!is_one).then(|| Merge { rows, columns: across.start - from..across.end - from })
    });
    let merges = apart(merges.collect(), numbers.len() * columns.len());
    // A cell that is no part of the table has no fault of it.
    let in_table: BTreeSet<Span> = squared.iter().flatten().map(|cell| cell.span).collect();
    let of_table = |span: Option<Span>| span.is_some_and(|span| in_table.contains(&span));
    let faults = faults.into_iter().filter(|cell: &CellFault| of_table(cell.fault.span())).collect();
    let struck = struck.into_iter().filter(|span| of_table(Some(*span))).collect();
    let mut rows = squared.into_iter();
    let head = rows.next()?;
    hidden_rows.remove(0);
    let rows = rows.collect();
    let mut sheet = Sheet { file, preface, head, rows, hidden_rows, hidden_columns, merges, faults, struck };
    if has_preface {
        sheet.join_head();
    }
    Some(sheet)
}

/// The width of the row `below` a head, if it is words that go on under the head's last cell and begin after its first.
fn width_of_words(head: &Row, below: &Row) -> usize {
    let filled = |row: &Row| row.cells.iter().position(|cell| !cell.is_empty());
    let is_of_words = below.cells.iter().all(|cell| matches!(cell.kind, CellKind::Empty | CellKind::Text));
    let is_lower = filled(below) > filled(head) && filled(head).is_some();
    let width = below.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    if is_of_words && is_lower { width } else { 0 }
}

impl Sheet {
    /// Leaves out the rows and columns that the spreadsheet hides, and tells of them (`hidden-cells`).
    pub fn drop_hidden(&mut self, diags: &mut Diagnostics) {
        let keep_rows: Vec<bool> = std::iter::once(true).chain(self.hidden_rows.iter().map(|hidden| !hidden)).collect();
        let keep_columns: Vec<bool> = self.hidden_columns.iter().map(|hidden| !hidden).collect();
        let hidden_row = self.rows.iter().zip(&self.hidden_rows).find(|(_, hidden)| **hidden);
        let hidden_head = self.head.iter().zip(&self.hidden_columns).find(|(_, hidden)| **hidden).map(|(head, _)| head);
        let first = hidden_row.and_then(|(row, _)| row.iter().find(|cell| !cell.is_empty()).or(row.first()));
        let Some(at) = first.or(hidden_head) else { return };
        let (rows, columns) =
            (keep_rows.iter().filter(|keep| !**keep).count(), keep_columns.iter().filter(|keep| !**keep).count());
        let message = text!(
            "隐藏的 {rows} 行、{columns} 列没有印",
            "{rows} hidden rows and {columns} hidden columns are not printed"
        );
        diags.push(Diagnostic::new(Code::HiddenCells, message).at(at.span).help(text!(
            "要印就写 hidden = true；不要的就在表格里删去",
            "write hidden = true to print them, or delete them in the spreadsheet"
        )));
        let kept = |cells: Vec<Cell>| {
            cells.into_iter().zip(&keep_columns).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect()
        };
        self.head = kept(std::mem::take(&mut self.head));
        let rows = std::mem::take(&mut self.rows).into_iter().zip(&keep_rows[1..]).filter(|(_, keep)| **keep);
        self.rows = rows.map(|(row, _)| kept(row)).collect();
        // The words of a merge stand in its first cell, which may be a hidden one.
        let before = |keep: &[bool]| -> Vec<usize> {
            std::iter::once(0)
                .chain(keep.iter().scan(0, |count, keep| {
                    *count += usize::from(*keep);
                    Some(*count)
                }))
                .collect()
        };
        let (rows, columns) = (before(&keep_rows), before(&keep_columns));
        for merge in &mut self.merges {
            merge.rows = rows[merge.rows.start]..rows[merge.rows.end];
            merge.columns = columns[merge.columns.start]..columns[merge.columns.end];
        }
        self.merges.retain(|merge| merge.rows.len() * merge.columns.len() > 1);
        self.hidden_rows = vec![false; self.rows.len()];
        self.hidden_columns = vec![false; self.head.len()];
    }
}

/// Makes a row as wide as the head. What stands beside the table in a workbook of values is a column without a head,
/// which nothing uses.
fn fit(row: &mut Row, width: usize, is_of_values: bool, diags: &mut Diagnostics) {
    if let Some(beyond) = row.cells.iter().skip(width).find(|cell| !cell.is_empty()) {
        let message = text!("表头只有 {width} 列，这一格多出来", "this cell is beyond the {width} columns of the head");
        let fault = match is_of_values && !row.ragged {
            true => Diagnostic::new(Code::UnknownHead, message).at(beyond.span),
            false => bad_table(message, beyond.span),
        };
        diags.push(fault.help(beyond_help(row.ragged)));
    }
    let cells = row.cells.len();
    if row.ragged && cells < width {
        let message =
            text!("这一行只有 {cells} 格，表头有 {width} 列", "this row has {cells} cells, the head {width} columns");
        diags.push(
            bad_table(message, row.end).help(text!("没有数的格也要留逗号", "a cell without a value keeps its comma")),
        );
    }
    let end = row.end;
    row.cells.resize_with(width, || Cell::empty(end));
}

/// The merges that share no cell with one before, of `cells` cells at most in all.
fn apart(merges: Vec<Merge>, cells: usize) -> Vec<Merge> {
    let mut left = cells;
    let mut taken = BTreeSet::new();
    let mut kept = Vec::new();
    for merge in merges {
        let area = merge.rows.len() * merge.columns.len();
        if area > left {
            break;
        }
        left -= area;
        let places = || merge.rows.clone().flat_map(|row| merge.columns.clone().map(move |column| (row, column)));
        if places().all(|place| !taken.contains(&place)) {
            taken.extend(places());
            kept.push(merge);
        }
    }
    kept
}

fn beyond_help(ragged: bool) -> Text {
    if ragged {
        text!("格里有逗号时，整格用双引号括起来", "a cell with a comma in it is put in double quotes")
    } else {
        text!("给这一列加上表头，或把这一格清空", "give the column a head, or empty the cell")
    }
}
