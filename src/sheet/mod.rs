//! Tables that people keep in spreadsheets: CSV and XLSX, read into cells that know their place.
//!
//! A cell is its text as the spreadsheet shows it, and what that text is: a number with its digits, a day, or words. A
//! file of any size or shape is read in bounded time and memory; what can't be read is told at its line or cell.

mod csv;
mod head;
mod joined;
mod no_value;
mod number_format;
mod square;
mod sums;
#[cfg(test)]
mod tests;
mod total;
mod towns;
mod xlsx;

pub use csv::csv_row;
pub use head::{is_running, plain, without_unit};
pub use no_value::{FORMULA_ERRORS, NoValue};
use square::squared;
pub use sums::has_sum;
pub use total::{Total, is_nothing, total};
pub use towns::TownTable;

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

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

/// The most characters of a cell, which is that of spreadsheet programs.
pub const MAX_CHARACTERS: usize = 32_767;
/// The most text of all cells, in bytes.
pub const MAX_TEXT: usize = 16 * 1024 * 1024;

/// A table: its head and, as wide as the head, its rows. Rows and columns at the ends that are empty are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its file among the sources; of a workbook the one sheet.
    pub file: FileId,
    /// The cells above the head, row by row: its title, and who made it.
    pub preface: Vec<Cell>,
    /// The first row that is not empty and no title.
    pub head: Vec<Cell>,
    /// The rows below it but those that are empty, each with a cell for every cell of the head.
    pub rows: Vec<Vec<Cell>>,
    /// For each row whether the spreadsheet hides it.
    pub hidden_rows: Vec<bool>,
    /// For each column whether the spreadsheet hides it.
    pub hidden_columns: Vec<bool>,
    /// Cells that are one: rows from the head, which is 0, and columns.
    pub merges: Vec<Merge>,
    /// The faults of cells that can't be read.
    pub faults: Vec<CellFault>,
    /// Cells of which words are struck out; those are no part of them.
    pub struck: Vec<Span>,
}

impl Sheet {
    /// The table with these heads and rows, and nothing to tell of.
    pub fn new(file: FileId, head: Vec<Cell>, rows: Vec<Vec<Cell>>) -> Self {
        Sheet {
            file,
            preface: Vec::new(),
            hidden_rows: vec![false; rows.len()],
            hidden_columns: vec![false; head.len()],
            head,
            rows,
            merges: Vec::new(),
            faults: Vec::new(),
            struck: Vec::new(),
        }
    }
}

/// Cells that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Rows, from the head, which is 0.
    pub rows: Range<usize>,
    /// Columns.
    pub columns: Range<usize>,
}

/// The fault of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The fault, at the cell.
    pub fault: Diagnostic,
    /// True if the words that the spreadsheet shows there are known all the same, so that it can be printed.
    pub is_shown: bool,
}

/// The table of a file that is to be read.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// The sheet of a workbook by its name.
    pub sheet: Option<&'w str>,
    /// Says if a head is one of those that are looked for: of several sheets the one with most of them is read.
    pub fits: &'w dyn Fn(&str) -> bool,
    /// Says how to name a sheet, for the help of a message.
    pub naming: fn(&str) -> Text,
    /// True if rows above the head that are a title or say who made the table are passed over.
    pub has_preface: bool,
}

impl Wanted<'_> {
    /// A table without a title, of the sheet that is named.
    pub fn plain(sheet: Option<&str>) -> Wanted<'_> {
        Wanted { sheet, fits: &|_| false, naming: |_| Text::default(), has_preface: false }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What the spreadsheet shows, without the blanks at its ends; a number without its `%` and grouping commas.
    pub text: String,
    /// What that is.
    pub kind: CellKind,
    /// The words that the spreadsheet shows, where they are more than the text: `98.70%`, `12,345`.
    pub shown: Option<Box<str>>,
    /// The unit of its number, by what it shows, by its column or by its table; none where nothing says.
    pub unit: Option<Arc<str>>,
    /// Where it stands.
    pub span: Span,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing.
    #[default]
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
    /// The cell that shows just this text.
    pub fn new(text: String, kind: CellKind, span: Span) -> Self {
        Cell { text, kind, shown: None, unit: None, span }
    }

    /// The cell with nothing in it.
    pub fn empty(span: Span) -> Self {
        Cell::new(String::new(), CellKind::Empty, span)
    }

    /// The words that the spreadsheet shows.
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.text)
    }

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
        Cell::new(text.to_owned(), kind, span)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.kind == CellKind::Empty
    }
}

/// Reads the table in the file `name` with the contents `bytes`, and tells of every cell that can't be read; see [`open`].
pub fn read(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Sheet> {
    let mut sheet = open(name, bytes, &Wanted::plain(sheet), sources, diags)?;
    diags.extend(std::mem::take(&mut sheet.faults).into_iter().map(|cell| cell.fault));
    Some(sheet)
}

/// Reads the table in the file `name` with the contents `bytes`: a workbook where the name ends with `.xlsx`, else CSV.
///
/// Of a workbook with several sheets the one is read that `wanted` names, else the one whose head fits; which one is told
/// (`sheet-chosen`) where another might be meant. Faults are reported, and what could be read of the table is given all
/// the same, but those of a single cell are [`Sheet::faults`]: they matter where the cell is used. `None` where it is no
/// table at all.
///
/// | code | what |
/// |---|---|
/// | `bad-table` | no such file format, no such sheet, a row wider or narrower than the head |
/// | `limit-exceeded` | more than [`MAX_BYTES`], [`MAX_ROWS`], [`MAX_COLUMNS`], [`MAX_CELLS`], [`MAX_CHARACTERS`] or [`MAX_TEXT`] |
pub fn open(
    name: &str,
    bytes: &[u8],
    wanted: &Wanted<'_>,
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
        "xlsx" => xlsx::read(name, bytes, wanted, sources, diags),
        extension if OTHER_FORMATS.contains(&extension) => {
            let whole = Span::new(sources.add(name, ""), 0..0);
            let fault = bad_table(text!("不认识 .{extension} 表格", "`.{extension}` is no format that is read"), whole);
            diags.push(fault.help(save_as()));
            None
        }
        _ => csv::read(name, bytes, sources, diags),
    };
    squared(rows?, wanted.has_preface, diags)
}

/// Formats of spreadsheets that are not read.
pub const OTHER_FORMATS: [&str; 11] =
    ["xls", "et", "ett", "ods", "fods", "xlsm", "xlsb", "xlt", "xltx", "xltm", "numbers"];

/// The help for a table of such a format.
pub fn save_as() -> Text {
    text!("在 WPS 或 Excel 中另存为 .xlsx 或 .csv", "save it in the spreadsheet program as .xlsx or .csv")
}

/// The rows of a file as they were read.
struct Rows {
    file: FileId,
    rows: Vec<Row>,
    /// First and last row and column of cells that are one.
    merges: Vec<(RangeInclusive<u32>, RangeInclusive<u32>)>,
    hidden_columns: Vec<RangeInclusive<u32>>,
    faults: Vec<CellFault>,
    struck: Vec<Span>,
}

/// A row as it was read.
struct Row {
    /// From 0; rows that are empty count.
    number: u32,
    is_hidden: bool,
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

/// A day as spreadsheets and people write it: `2023-11-20`, `2023/11/20`, `2023.11.20`, `2023年11月20日`. A time behind it
/// is no part of it.
fn written_date(text: &str) -> Option<Date> {
    let text = without_time(text);
    let (separators, text) = match text.strip_suffix('日') {
        Some(text) => (['年', '月'], text),
        None if text.contains('/') => (['/', '/'], text),
        None if text.contains('.') => (['.', '.'], text),
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

/// The day before a time of day: `2025-03-06 18:00`, `2025年3月6日18时`, `2025-03-06T18:00:00Z`.
fn without_time(text: &str) -> &str {
    let end = text
        .find('日')
        .map(|at| at + '日'.len_utf8())
        .or_else(|| text.find([' ', 'T', '\u{3000}']))
        .unwrap_or(text.len());
    let (day, time) = text.split_at(end);
    let time = time.trim_start_matches([' ', 'T', '\u{3000}']);
    let time = time.trim_start_matches("上午").trim_start_matches("下午").trim_end_matches('Z');
    let is_time = time.starts_with(|c: char| c.is_ascii_digit())
        && time.contains([':', '：', '时', '点'])
        && time.chars().all(|c| c.is_ascii_digit() || " :：.时点分秒整半".contains(c));
    if is_time { day } else { text }
}

fn bad_table(message: Text, span: Span) -> Diagnostic {
    Diagnostic::new(Code::BadTable, message).at(span)
}

fn limit_exceeded(message: Text, span: Span) -> Diagnostic {
    Diagnostic::new(Code::LimitExceeded, message).at(span)
}

fn long_cell(span: Span) -> Diagnostic {
    limit_exceeded(text!("这一格超过 {MAX_CHARACTERS} 个字", "this cell has over {MAX_CHARACTERS} characters"), span)
}

fn too_much_text(span: Span) -> Diagnostic {
    let limit = MAX_TEXT / (1024 * 1024);
    limit_exceeded(text!("表格的字超过 {limit} MB", "the table has over {limit} MB of text"), span)
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
