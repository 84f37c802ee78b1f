//! Tables on their way from the report file, a sheet or Markdown to a block.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Builder;
use super::inlines::{joined, plain_inlines};
use crate::diag::{Code, Diagnostic, Text};
use crate::doc::element::PipeTable;
use crate::doc::{Align, BlockKind, Cell, Column, Inline, Table};
use crate::fonts::Role;
use crate::manifest::{self, Kind, Part};
use crate::number::{BadNumber, Decimal, NumberFormat};
use crate::sheet::{self, NoValue, Total, is_nothing, total};
use crate::source::Span;
use crate::text;

/// A cell before its merges are known.
struct Raw {
    content: Vec<Inline>,
    span: Span,
    /// Whether a hole of it is still open.
    open: bool,
}

impl Raw {
    fn text(&self) -> String {
        crate::doc::text(&self.content).trim().to_owned()
    }

    /// Its number, which may be grouped, 12,345, or a percentage.
    fn number(&self) -> Option<Decimal> {
        let text = self.text();
        let digits = text.trim_end_matches(['%', '％']);
        if !digits.contains(',') {
            return Decimal::parse(digits).ok();
        }
        let whole = digits.split('.').next()?.trim_start_matches('-');
        let mut groups = whole.split(',');
        let is_grouped = (1..=3).contains(&groups.next()?.len()) && groups.all(|group| group.len() == 3);
        is_grouped.then(|| Decimal::parse(&digits.replace(',', "")).ok())?
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
        let of_text = it.columns.iter().filter(|said| said.kind == Some(Kind::Text));
        self.no_values(&rows, &of_text.filter_map(|said| it.column(said.key.text())).collect());
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
        self.no_values(&rows, &BTreeSet::new());
        let head = 1 + head_below(&rows);
        let mut columns = columns(&rows, head);
        for (column, align) in columns.iter_mut().zip(&table.aligns) {
            column.align = align.unwrap_or(column.align);
        }
        let rows = self.merged(rows, head);
        self.push_table(Table { columns, head, rows, lines: self.manifest.style.table_lines, landscape: false }, span);
    }

    /// `wrong-kind`: a cell holds what is no value, or a number that its program shortened. The columns
    /// `of_text` are said to hold words, and may hold some of these.
    fn no_values(&mut self, rows: &[Vec<Raw>], of_text: &BTreeSet<usize>) {
        for (column, cell) in rows.iter().flat_map(|row| row.iter().enumerate()).filter(|(_, cell)| !cell.open) {
            let text = cell.text();
            let found = NoValue::of(&text);
            let is_taken = matches!(found, Some(NoValue::Formula | NoValue::Missing)) && of_text.contains(&column);
            if let Some(found) = found.filter(|_| !is_taken) {
                let message = found.message(&text!("这一格", "the cell"), &text);
                self.diags.push(Diagnostic::new(Code::WrongKind, message).at(cell.span).help(found.help()));
            } else if text.contains(['+', '-'])
                && !of_text.contains(&column)
                && let Err(bad @ BadNumber::Exponent(_)) = Decimal::parse(&text)
            {
                self.diags.push(manifest::bad_number(&text, &bad, cell.span));
            }
        }
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
                if cell.number().is_none_or(|number| kind == Kind::Integer && !number.is_integer()) {
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

    /// Adds the row of totals, or holds the one that is there against the sums of its columns; of columns for which no sum is
    /// asked what does not fit is a warning.
    fn totals(&mut self, it: &manifest::Table, rows: &mut Vec<Vec<Raw>>, head: usize) {
        let summed: Vec<usize> =
            it.columns.iter().filter(|said| said.sum).filter_map(|said| it.column(said.key.text())).collect();
        let end = rows.len();
        if end <= head {
            return;
        }
        // Totals stand below the rows, above them, or between them, each group's its own.
        let totals: Vec<usize> = (head..rows.len()).filter(|&row| total_of(&rows[row]).is_some()).collect();
        let mut sums: Vec<(usize, Option<Decimal>)> =
            summed.iter().map(|&column| (column, self.sum(rows, head, &totals, column))).collect();
        if !summed.is_empty() && !totals.iter().any(|&row| total_of(&rows[row]) == Some(Total::Sum)) {
            rows.push(self.total_row(it, rows, head, &sums));
        }
        let others = (0..rows[0].len()).filter(|column| !summed.contains(column) && !totals.is_empty());
        let unasked: BTreeMap<usize, Vec<Decimal>> =
            others.filter_map(|column| Some((column, unasked(it, rows, head, &totals, column)?))).collect();
        let sum = |numbers: &[Decimal]| numbers.iter().fold(Decimal::from(0_usize), |sum, number| &sum + number);
        sums.extend(unasked.iter().map(|(column, numbers)| (*column, Some(sum(numbers)))));
        for (place, &row) in totals.iter().enumerate() {
            let Some(kind) = total_of(&rows[row]).filter(|kind| *kind != Total::Average) else { continue };
            let before = place.checked_sub(1).map_or(head, |before| totals[before] + 1);
            let after = totals.get(place + 1).copied().unwrap_or(end);
            let groups = [before..row, row + 1..after];
            for (column, sum) in &sums {
                let Some(sum) = sum else { continue };
                let of_group = |group: &Range<usize>| self.plain_sum(&rows[group.clone()], *column);
                let of_groups: Vec<Decimal> =
                    groups.iter().filter(|group| !group.is_empty()).filter_map(of_group).collect();
                let said = rows[row][*column].number();
                let fits = |sum: &Decimal| said.as_ref() == Some(sum);
                let is_right = of_groups.iter().any(fits) || kind == Total::Sum && fits(sum);
                let expected = if kind == Total::Sum { sum } else { of_groups.first().unwrap_or(sum) }.clone();
                let written = as_in_column(&expected, rows, head, *column);
                let cell = &mut rows[row][*column];
                let is_asked = summed.contains(column);
                if cell.text().is_empty() && is_asked {
                    cell.content = words(written);
                } else if !is_asked {
                    let is_meant = |said: &Decimal| unasked.get(column).is_some_and(|own| may_be_no_sum(own, said));
                    if let Some(said) = said.filter(|said| !cell.open && !is_right && !is_meant(said)) {
                        let message = text!(
                            "合计写的是 {said}，各行加起来是 {expected}",
                            "the total says {said}, and the rows come to {expected}"
                        );
                        self.diags.push(Diagnostic::new(Code::WrongTotal, message).at(cell.span).help(text!(
                            "看看是合计没有改，还是哪一行的数错了",
                            "see whether the total or one of the rows is wrong"
                        )));
                    }
                } else if !cell.open && !is_right {
                    let said = cell.text();
                    let message = text!(
                        "合计写的是 {said}，各行加起来是 {expected}",
                        "the total says {said}, and the rows come to {expected}"
                    );
                    self.diags.push(Diagnostic::new(Code::BadTable, message).at(cell.span).help(text!(
                        "改对这个数，或留空由程序算",
                        "mend the number, or leave it empty to have it worked out"
                    )));
                }
            }
        }
    }

    /// A row with the sums.
    fn total_row(
        &self,
        it: &manifest::Table,
        rows: &[Vec<Raw>],
        head: usize,
        sums: &[(usize, Option<Decimal>)],
    ) -> Vec<Raw> {
        let cell = |column: usize| {
            let text = match sums.iter().find(|(summed, _)| *summed == column) {
                Some((_, sum)) => sum.as_ref().map(|sum| as_in_column(sum, rows, head, column)).unwrap_or_default(),
                None if column == 0 => "合计".to_owned(),
                None => String::new(),
            };
            Raw { content: words(text), span: it.span, open: false }
        };
        (0..rows[0].len()).map(cell).collect()
    }

    /// The sum of the numbers of a column.
    fn plain_sum(&self, rows: &[Vec<Raw>], column: usize) -> Option<Decimal> {
        let cells =
            rows.iter().map(|row| &row[column]).filter(|cell| !is_nothing(&cell.text()) && !is_merge(&cell.text()));
        cells.map(Raw::number).try_fold(Decimal::from(0_usize), |sum, number| Some(&sum + &number?))
    }

    /// The sum of a column, its totals aside; none while a hole of it is open or a cell is no number, which is reported.
    fn sum(&mut self, rows: &[Vec<Raw>], head: usize, totals: &[usize], column: usize) -> Option<Decimal> {
        let mut sum = Some(Decimal::from(0_usize));
        let body = rows.iter().enumerate().skip(head).filter(|(row, _)| totals.binary_search(row).is_err());
        for cell in body.map(|(_, row)| &row[column]) {
            let text = cell.text();
            // What is joined to another cell counts there.
            if is_nothing(&text) || is_merge(&text) {
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

/// The kind of total that a row has: by its first cell, or by the first that says something where that is joined to another or empty.
fn total_of(row: &[Raw]) -> Option<Total> {
    let mut texts = row.iter().map(Raw::text).filter(|text| !is_nothing(text) && !is_merge(text));
    let first = texts.next()?;
    // 东片 | 小计: the group's name, merged downwards, stands before.
    total(&first).or_else(|| texts.next().and_then(|second| total(&second)).filter(|kind| *kind == Total::Part))
}

/// The numbers of a column for which no sum is asked; none where it can't have one: rates, numbers of rows, words, open
/// holes, or rows that are parts of others (其中, 一、).
fn unasked(
    it: &manifest::Table,
    rows: &[Vec<Raw>],
    head: usize,
    totals: &[usize],
    column: usize,
) -> Option<Vec<Decimal>> {
    if !it.head(column).is_some_and(sheet::has_sum) {
        return None;
    }
    let mut numbers = Vec::new();
    let body = rows.iter().enumerate().skip(head).filter(|(row, _)| totals.binary_search(row).is_err());
    for (_, row) in body {
        let name = row.iter().map(Raw::text).find(|text| !is_nothing(text)).unwrap_or_default();
        if name.starts_with("其中") || is_numbered(&name) {
            return None;
        }
        let cell = &row[column];
        let text = cell.text();
        if is_nothing(&text) || is_merge(&text) {
            continue;
        }
        numbers.push(cell.number().filter(|_| !cell.open && !text.ends_with(['%', '％']))?);
    }
    (numbers.len() > 1).then_some(numbers)
}

/// True of the name of a row that heads others: 一、农业, （一）种植业.
fn is_numbered(name: &str) -> bool {
    let inner = name.trim_start_matches(['（', '(']);
    let rest = inner.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')'])
}

/// True if `said` may be right though it is no sum of `numbers`: an average lies among them, and rows may be the parts of
/// the row before them.
fn may_be_no_sum(numbers: &[Decimal], said: &Decimal) -> bool {
    /// The most rows that are the parts of one.
    const MOST_PARTS: usize = 30;
    let is_among = numbers.iter().any(|number| number <= said) && numbers.iter().any(|number| number > said);
    let mut whole = Decimal::from(0_usize);
    let mut at = 0;
    while let Some(number) = numbers.get(at) {
        whole = &whole + number;
        let mut sum = Decimal::from(0_usize);
        let parts = numbers[at + 1..].iter().take(MOST_PARTS).position(|part| {
            sum = &sum + part;
            sum == *number
        });
        at += 1 + parts.filter(|parts| *parts > 0).map_or(0, |parts| parts + 1);
    }
    is_among || whole == *said
}

/// A sum as the numbers of its column are written: grouped, or in per cent, where one of them is.
fn as_in_column(sum: &Decimal, rows: &[Vec<Raw>], head: usize, column: usize) -> String {
    let numbers = || rows.iter().skip(head).filter_map(|row| row.get(column)).filter(|cell| cell.number().is_some());
    let is_grouped = numbers().any(|cell| cell.text().contains(','));
    let percent = if numbers().any(|cell| cell.text().ends_with('%')) { "%" } else { "" };
    let written = if is_grouped { NumberFormat::Grouped.write(sum) } else { sum.to_string() };
    written + percent
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
