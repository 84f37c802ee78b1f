//! Tables: merged cells, totals, and how columns are aligned.

use std::collections::BTreeMap;

use super::build::{Builder, joined, plain_inlines};
use super::markdown::PipeTable;
use super::{BlockKind, Inline};
use crate::diag::{Code, Diagnostic, Text};
use crate::fonts::Role;
use crate::length::Length;
use crate::manifest::{self, Kind, Part, TableLines, is_nothing, is_total};
use crate::number::Decimal;
use crate::source::Span;
use crate::text;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// How many of its first rows are the head, repeated on every page: at least one.
    pub head: usize,
    /// Its rows, each with a place for every column; none where a merged cell covers the place.
    pub rows: Vec<Vec<Option<Cell>>>,
    /// How it is ruled.
    pub lines: TableLines,
    /// Whether it stands across the paper, on pages of its own (横排, GB/T 9704 8).
    pub landscape: bool,
}

impl Table {
    /// How the cell at a place is aligned: the head's, and those that are merged of several columns, in the middle.
    pub fn align(&self, row: usize, column: usize) -> Align {
        let is_wide = self.rows[row][column].as_ref().is_some_and(|cell| cell.columns > 1);
        if row < self.head || is_wide { Align::Centre } else { self.columns[column].align }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its width; by default what its words and the measure ask for.
    pub width: Option<Length>,
    /// How its cells are aligned, those of the head aside, which are centred.
    pub align: Align,
}

/// How the cells of a column are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// Numbers: in the middle of the column, one point under the other.
    Decimal,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub content: Vec<Inline>,
    /// Columns that it takes.
    pub columns: usize,
    /// Rows that it takes.
    pub rows: usize,
    /// Where it was written.
    pub span: Span,
}

/// A cell before its merges are known.
struct Raw {
    content: Vec<Inline>,
    span: Span,
    /// Whether a hole of it is still open.
    open: bool,
}

impl Raw {
    fn text(&self) -> String {
        super::text(&self.content).trim().to_owned()
    }

    fn number(&self) -> Option<Decimal> {
        Decimal::parse(&self.text()).ok()
    }
}

impl Builder<'_, '_> {
    /// Puts the table `table` of the section `section` here.
    pub(super) fn table(&mut self, section: usize, table: usize) {
        let it = &self.manifest.sections[section].tables[table];
        let Some(first) = it.rows.first() else { return };
        let mut rows: Vec<Vec<Raw>> = (0..it.rows.len())
            .map(|row| (0..first.len()).filter_map(|column| self.cell(section, table, row, column)).collect())
            .collect();
        if rows.iter().any(|row| row.len() != first.len()) {
            return;
        }
        let head = it.head_rows();
        self.kinds(it, &rows, head);
        self.totals(it, &mut rows, head);
        if let Some(filled) = self.fields.get(&Part::Caption(section, table)).copied() {
            self.caption(BlockKind::TableCaption, plain_inlines(filled, Role::Heading1), filled.field.text.whole());
        }
        let mut columns = columns(&rows, head);
        for said in &it.columns {
            if let Some(column) = it.column(said.key.text()).and_then(|column| columns.get_mut(column)) {
                column.width = said.width;
                column.align = match said.kind {
                    Some(kind) if kind.is_number() => Align::Decimal,
                    Some(_) => Align::Centre,
                    None => column.align,
                };
            }
        }
        let lines = it.lines.unwrap_or(self.manifest.style.table_lines);
        let rows = self.merged(rows, head);
        self.push_table(Table { columns, head, rows, lines, landscape: it.landscape }, it.span);
    }

    fn cell(&self, section: usize, table: usize, row: usize, column: usize) -> Option<Raw> {
        let filled = self.fields.get(&Part::Cell { section, table, row, column }).copied()?;
        let content = plain_inlines(filled, Role::Body);
        let open = filled.replacements.iter().any(|replacement| replacement.gap.is_some());
        Some(Raw { content, span: filled.field.text.whole(), open })
    }

    /// Puts a table of the text here.
    pub(super) fn pipe_table(&mut self, table: &PipeTable, cells: Vec<Vec<Vec<Inline>>>, span: Span) {
        let raw = |content| Raw { content, span, open: false };
        let rows: Vec<Vec<Raw>> = cells.into_iter().map(|row| row.into_iter().map(raw).collect()).collect();
        if rows.first().is_none_or(Vec::is_empty) {
            return;
        }
        let head = 1 + head_below(&rows);
        let mut columns = columns(&rows, head);
        for (column, align) in columns.iter_mut().zip(&table.aligns) {
            column.align = align.unwrap_or(column.align);
        }
        let rows = self.merged(rows, head);
        self.push_table(Table { columns, head, rows, lines: self.manifest.style.table_lines, landscape: false }, span);
    }

    /// `wrong-kind`: a cell is not what its column holds.
    fn kinds(&mut self, it: &manifest::Table, rows: &[Vec<Raw>], head: usize) {
        for said in &it.columns {
            let (Some(kind), Some(column)) = (said.kind.filter(|kind| kind.is_number()), it.column(said.key.text()))
            else {
                continue;
            };
            for cell in rows.iter().skip(head).map(|row| &row[column]).filter(|cell| !cell.open) {
                let text = cell.text();
                if is_nothing(&text) || is_merge(&text) {
                    continue;
                }
                let number = Decimal::parse(text.trim_end_matches(['%', '％'])).ok();
                if number.is_none_or(|number| kind == Kind::Integer && !number.is_integer()) {
                    let (expected, key) = (kind.describe(), said.key.text());
                    let message = Text {
                        zh: format!("“{key}”这一列要{}，这里是“{text}”", expected.zh),
                        en: format!("the column `{key}` holds {}, and here is `{text}`", expected.en),
                    };
                    self.diags.push(Diagnostic::new(Code::WrongKind, message).at(cell.span));
                }
            }
        }
    }

    /// Adds the row of totals, or holds the one that is there against the sums of its columns.
    fn totals(&mut self, it: &manifest::Table, rows: &mut Vec<Vec<Raw>>, head: usize) {
        let summed: Vec<usize> =
            it.columns.iter().filter(|said| said.sum).filter_map(|said| it.column(said.key.text())).collect();
        if summed.is_empty() || rows.len() <= head {
            return;
        }
        let given = rows.last().is_some_and(|row| is_total(&row[0].text()));
        let body = head..rows.len() - usize::from(given);
        let mut sums: BTreeMap<usize, Option<Decimal>> = BTreeMap::new();
        for &column in &summed {
            let sum = self.sum(&rows[body.clone()], column);
            sums.insert(column, sum);
        }
        if !given {
            let span = it.span;
            let width = rows[0].len();
            rows.push(
                (0..width)
                    .map(|column| {
                        let text = match sums.get(&column) {
                            Some(sum) => sum.as_ref().map(Decimal::to_string).unwrap_or_default(),
                            None if column == 0 => "合计".to_owned(),
                            None => String::new(),
                        };
                        Raw { content: words(text), span, open: false }
                    })
                    .collect(),
            );
            return;
        }
        let Some(total) = rows.last_mut() else { return };
        for (column, sum) in sums {
            let (Some(sum), cell) = (sum, &mut total[column]) else { continue };
            if cell.text().is_empty() {
                cell.content = words(sum.to_string());
            } else if !cell.open && cell.number().as_ref() != Some(&sum) {
                let said = cell.text();
                let message =
                    text!("合计写的是 {said}，各行加起来是 {sum}", "the total says {said}, and the rows come to {sum}");
                self.diags.push(Diagnostic::new(Code::BadTable, message).at(cell.span).help(text!(
                    "改对这个数，或留空由程序算",
                    "mend the number, or leave it empty to have it worked out"
                )));
            }
        }
    }

    /// The sum of a column; none while a hole of it is open or a cell is no number, which is reported.
    fn sum(&mut self, rows: &[Vec<Raw>], column: usize) -> Option<Decimal> {
        let mut sum = Some(Decimal::from(0_usize));
        for cell in rows.iter().map(|row| &row[column]) {
            let text = cell.text();
            if is_nothing(&text) {
                continue;
            }
            if cell.open {
                sum = None;
                continue;
            }
            match cell.number() {
                Some(number) => sum = sum.map(|sum| &sum + &number),
                None => {
                    sum = None;
                    let message = text!("“{text}”不是数，不能合计", "`{text}` is no number and can't be summed");
                    self.diags.push(Diagnostic::new(Code::BadTable, message).at(cell.span));
                }
            }
        }
        sum
    }

    fn push_table(&mut self, table: Table, span: Span) {
        let kind = BlockKind::Table(Box::new(table));
        self.push(kind, Vec::new(), span);
    }

    /// The rows with `<` joined to the cell at the left and `^` to the one above.
    fn merged(&mut self, rows: Vec<Vec<Raw>>, head: usize) -> Vec<Vec<Option<Cell>>> {
        let width = rows[0].len();
        // The owner of each place.
        let mut owners: Vec<Vec<(usize, usize)>> = Vec::with_capacity(rows.len());
        for (r, row) in rows.iter().enumerate() {
            let mut own = Vec::with_capacity(width);
            for (c, cell) in row.iter().enumerate() {
                let owner = match cell.text().as_str() {
                    "<" => c.checked_sub(1).map(|left| own[left]),
                    "^" => r.checked_sub(1).map(|above| owners[above][c]),
                    _ => Some((r, c)),
                };
                if owner.is_none() {
                    let message = text!("这里没有可以合并的格", "there is no cell to join here");
                    self.diags.push(Diagnostic::new(Code::BadTable, message).at(cell.span));
                }
                own.push(owner.unwrap_or((r, c)));
            }
            owners.push(own);
        }
        let mut extents: BTreeMap<(usize, usize), (usize, usize, usize)> = BTreeMap::new();
        for (r, row) in owners.iter().enumerate() {
            for (c, &(r0, c0)) in row.iter().enumerate() {
                let extent = extents.entry((r0, c0)).or_insert((1, 1, 0));
                *extent = (extent.0.max(r + 1 - r0), extent.1.max((c + 1).saturating_sub(c0)), extent.2 + 1);
            }
        }
        let spans: Vec<Vec<Span>> = rows.iter().map(|row| row.iter().map(|cell| cell.span).collect()).collect();
        let mut out: Vec<Vec<Option<Cell>>> = Vec::with_capacity(rows.len());
        for (r, row) in rows.into_iter().enumerate() {
            let mut cells = Vec::with_capacity(width);
            for (c, cell) in row.into_iter().enumerate() {
                let Some(&(rows, columns, places)) = extents.get(&(r, c)).filter(|_| owners[r][c] == (r, c)) else {
                    cells.push(None);
                    continue;
                };
                // Head and body can't be one cell: the head stands on every page.
                if rows * columns != places || (r < head && r + rows > head) {
                    let message = text!("合并的格不是长方形", "the cells that are joined are no rectangle");
                    self.diags.push(Diagnostic::new(Code::BadTable, message).at(spans[r][c]));
                }
                let content = if r < head { in_head(cell.content) } else { cell.content };
                cells.push(Some(Cell { content, columns, rows, span: spans[r][c] }));
            }
            out.push(cells);
        }
        out
    }
}

fn words(text: String) -> Vec<Inline> {
    joined(vec![Inline::new(text, Role::Body)])
}

/// Words of a head: 黑体.
fn in_head(content: Vec<Inline>) -> Vec<Inline> {
    content.into_iter().map(|inline| Inline { role: Role::Heading1, ..inline }).collect()
}

fn is_merge(text: &str) -> bool {
    matches!(text, "<" | "^")
}

/// How many rows under the first belong to the head: those that cells of it reach into.
fn head_below(rows: &[Vec<Raw>]) -> usize {
    let below = |column: usize| rows.iter().skip(1).take_while(|row| row[column].text() == "^").count();
    let deepest = (0..rows[0].len()).filter(|&column| rows.iter().all(|row| column < row.len())).map(below).max();
    // A head alone is no table's all.
    deepest.unwrap_or(0).min(rows.len().saturating_sub(2))
}

/// The columns as their cells tell them: numbers one point under the other, words in the middle.
fn columns(rows: &[Vec<Raw>], head: usize) -> Vec<Column> {
    let width = rows.first().map_or(0, Vec::len);
    let is_number = |column: usize| {
        let texts = rows.iter().skip(head).filter_map(|row| row.get(column)).map(Raw::text);
        let mut texts = texts.filter(|text| !is_nothing(text) && !is_merge(text)).peekable();
        texts.peek().is_some() && texts.all(|text| looks_like_number(&text))
    };
    (0..width)
        .map(|column| Column { width: None, align: if is_number(column) { Align::Decimal } else { Align::Centre } })
        .collect()
}

/// Whether a cell shows a number, grouped or of per cent as may be.
fn looks_like_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '−', '±']).trim_end_matches(['%', '％', '‰']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.matches('.').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::looks_like_number;

    #[test]
    fn numbers_of_cells() {
        for text in ["12", "1,234.50", "-3", "98.7%", "+0.5"] {
            assert!(looks_like_number(text), "{text}");
        }
        for text in ["", "第3", "1.2.3", "3户", "—", "%"] {
            assert!(!looks_like_number(text), "{text}");
        }
    }
}
