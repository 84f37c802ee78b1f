//! Tables that people keep in spreadsheets: CSV and XLSX, read into cells that know their place.
//!
//! A cell is its text as the spreadsheet shows it, and what that text is: a number with its digits, a day, or words. A
//! file of any size or shape is read in bounded time and memory; what can't be read is told at its line or cell.

mod csv;
mod number_format;
#[cfg(test)]
mod tests;
mod xlsx;

pub use csv::csv_row;

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::number::{Date, Decimal};
use crate::source::{FileId, Sources, Span};
use crate::text;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The most rows, the head among them.
pub const MAX_ROWS: usize = 20_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 1_000;
/// The most cells, empty ones among them.
pub const MAX_CELLS: usize = 500_000;

/// A table: its head and, as wide as the head, its rows. Rows and columns at the end that are empty are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its file among the sources; of a workbook the one sheet.
    pub file: FileId,
    /// The first row that is not empty.
    pub head: Vec<Cell>,
    /// The rows below it but those that are empty, each with a cell for every cell of the head.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What the spreadsheet shows, without the blanks at its ends; a number without its `%` and grouping commas.
    pub text: String,
    /// What that is.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing.
    Empty,
    /// A number with the digits that are shown; digits in a text cell are one too, but not those of a code or telephone
    /// number (0123).
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Anything else.
    Text,
    /// Something that can't be read, which has been reported.
    Faulty,
}

impl Cell {
    /// The cell with this text, which may be a number or a day by the way it is written.
    pub fn written(text: &str, span: Span) -> Self {
        let text = text.trim_matches(is_blank);
        let kind = if text.is_empty() {
            CellKind::Empty
        } else if let Ok(number) = Decimal::parse(text) {
            CellKind::Number(number)
        } else if let Some(date) = written_date(text) {
            CellKind::Date(date)
        } else {
            CellKind::Text
        };
        Cell { text: text.to_owned(), kind, span }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.kind == CellKind::Empty
    }
}

/// Reads the table in the file `name` with the contents `bytes`: a workbook where the name ends with `.xlsx`, else CSV.
///
/// `sheet` names a sheet of the workbook; without it the first is read. Faults are reported, and what could be read of
/// the table is given all the same; `None` where it is no table at all.
///
/// | code | what |
/// |---|---|
/// | `bad-table` | no such file format, no such sheet, a row wider or narrower than the head, a cell that can't be read |
/// | `limit-exceeded` | more than [`MAX_BYTES`], [`MAX_ROWS`], [`MAX_COLUMNS`] or [`MAX_CELLS`] |
pub fn read(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Sheet> {
    if bytes.len() as u64 > MAX_BYTES {
        let whole = Span::new(sources.add(name, ""), 0..0);
        let limit = MAX_BYTES / (1024 * 1024);
        diags.push(limit_exceeded(text!("表格文件超过 {limit} MB", "the table is over {limit} MB"), whole));
        return None;
    }
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let rows = match extension.as_str() {
        "xlsx" => xlsx::read(name, bytes, sheet, sources, diags),
        "xls" | "et" | "ods" | "xlsm" | "xlsb" | "numbers" => {
            let whole = Span::new(sources.add(name, ""), 0..0);
            let fault = bad_table(text!("不认识 .{extension} 表格", "`.{extension}` is no format that is read"), whole);
            diags.push(fault.help(text!(
                "在 WPS 或 Excel 中另存为 .xlsx 或 .csv",
                "save it in the spreadsheet program as .xlsx or .csv"
            )));
            None
        }
        _ => csv::read(name, bytes, sources, diags),
    };
    let (file, rows) = rows?;
    squared(file, rows, diags)
}

/// A head and rows as wide as it. What stands beyond the head is reported, as are rows that end before it.
fn squared(file: FileId, rows: Vec<Row>, diags: &mut Diagnostics) -> Option<Sheet> {
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).peekable();
    let Some(head) = rows.next() else {
        diags.push(bad_table(text!("表格是空的", "the table is empty"), Span::new(file, 0..0)));
        return None;
    };
    let mut head = head.cells;
    while head.last().is_some_and(Cell::is_empty) {
        head.pop();
    }
    let width = head.len();
    let is_wide = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
    if let ([title], true) = (head.as_slice(), rows.peek().is_some_and(is_wide)) {
        let fault =
            bad_table(text!("第一行是大标题，不是表头", "the first row is a title, and not the head"), title.span);
        diags.push(fault.help(text!("删去这一行，表头放在第一行", "delete it: the head is the first row")));
        return None;
    }
    let mut squared = Vec::new();
    for mut row in rows {
        if let Some(beyond) = row.cells.iter().skip(width).find(|cell| !cell.is_empty()) {
            let message =
                text!("表头只有 {width} 列，这一格多出来", "this cell is beyond the {width} columns of the head");
            diags.push(bad_table(message, beyond.span).help(beyond_help(row.ragged)));
        }
        let cells = row.cells.len();
        if row.ragged && cells < width {
            let message = text!(
                "这一行只有 {cells} 格，表头有 {width} 列",
                "this row has {cells} cells, the head {width} columns"
            );
            diags.push(
                bad_table(message, row.end)
                    .help(text!("没有数的格也要留逗号", "a cell without a value keeps its comma")),
            );
        }
        let end = row.end;
        row.cells.resize_with(width, || Cell { text: String::new(), kind: CellKind::Empty, span: end });
        squared.push(row.cells);
    }
    Some(Sheet { file, head, rows: squared })
}

fn beyond_help(ragged: bool) -> Text {
    if ragged {
        text!("格里有逗号时，整格用双引号括起来", "a cell with a comma in it is put in double quotes")
    } else {
        text!("给这一列加上表头，或把这一格清空", "give the column a head, or empty the cell")
    }
}

/// A row as it was read.
struct Row {
    cells: Vec<Cell>,
    /// Where a cell after the last would stand.
    end: Span,
    /// Whether every row must be written as wide as the head; a workbook doesn't write empty cells.
    ragged: bool,
}

/// What counts as nothing at the ends of a cell.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\t' | '\r' | '\n')
}

/// A day as spreadsheets and people write it: `2023-11-20`, `2023/11/20`, `2023年11月20日`.
fn written_date(text: &str) -> Option<Date> {
    let (separators, text) = match text.strip_suffix('日') {
        Some(text) => (['年', '月'], text),
        None if text.contains('/') => (['/', '/'], text),
        None => (['-', '-'], text),
    };
    let (year, rest) = text.split_once(separators[0])?;
    let (month, day) = rest.split_once(separators[1])?;
    let digits = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4..=4) || !digits(month, 1..=2) || !digits(day, 1..=2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn bad_table(message: Text, span: Span) -> Diagnostic {
    Diagnostic::new(Code::BadTable, message).at(span)
}

fn limit_exceeded(message: Text, span: Span) -> Diagnostic {
    Diagnostic::new(Code::LimitExceeded, message).at(span)
}

fn too_many_rows(span: Span) -> Diagnostic {
    limit_exceeded(text!("表格超过 {MAX_ROWS} 行", "the table has over {MAX_ROWS} rows"), span)
}

fn too_many_columns(span: Span) -> Diagnostic {
    limit_exceeded(text!("表格超过 {MAX_COLUMNS} 列", "the table has over {MAX_COLUMNS} columns"), span)
}

fn too_many_cells(span: Span) -> Diagnostic {
    limit_exceeded(text!("表格超过 {MAX_CELLS} 格", "the table has over {MAX_CELLS} cells"), span)
}
