//! XLSX workbooks (ECMA-376).

use super::number_format::NumberFormat;
use super::{
    Cell, CellKind, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, bad_table, limit_exceeded, too_many_cells, too_many_columns,
    too_many_rows, written_date,
};
use crate::diag::{Diagnostic, Diagnostics, Text};
use crate::number::Date;
use crate::source::{FileId, Sources, Span};
use crate::text;
use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, sink};

/// What the parts of a workbook may come to when they are unpacked, in bytes.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most parts of a workbook.
const MAX_PARTS: usize = 2_000;

/// Reads the rows of a sheet.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<(FileId, Vec<Row>)> {
    match cells(bytes, sheet) {
        Ok((sheet, cells, limit)) => Some(rows(name, &sheet, cells, limit, sources, diags)),
        Err(refused) => {
            let whole = Span::new(sources.add(name, ""), 0..0);
            diags.push(refused.diagnostic(whole));
            None
        }
    }
}

/// Why nothing of a workbook can be read.
enum Refused {
    TooLarge,
    Password,
    NotAWorkbook,
    NoSuchSheet { wanted: String, sheets: Vec<String> },
}

impl Refused {
    fn diagnostic(self, whole: Span) -> Diagnostic {
        match self {
            Refused::TooLarge => {
                let limit = MAX_UNPACKED / (1024 * 1024);
                limit_exceeded(text!("表格解开后超过 {limit} MB", "the workbook unpacks to over {limit} MB"), whole)
            }
            Refused::Password => bad_table(text!("表格加了密码", "the workbook has a password"), whole)
                .help(text!("在 WPS 或 Excel 中取消密码再保存", "save it without a password")),
            Refused::NotAWorkbook => bad_table(
                text!("这不是 .xlsx 表格，或者已经损坏", "this is no .xlsx workbook, or a damaged one"),
                whole,
            )
            .help(text!(
                "在 WPS 或 Excel 中打开，另存为 .xlsx",
                "open it in the spreadsheet program and save it as .xlsx"
            )),
            Refused::NoSuchSheet { wanted, sheets } => {
                let sheets = sheets.join(" ");
                bad_table(text!("没有叫“{wanted}”的工作表", "there is no sheet `{wanted}`"), whole)
                    .help(text!("有这些：{sheets}", "it has: {sheets}"))
            }
        }
    }
}

impl From<XlsxError> for Refused {
    fn from(error: XlsxError) -> Self {
        if matches!(error, XlsxError::Password) { Refused::Password } else { Refused::NotAWorkbook }
    }
}

/// What is in the cells that are not empty, by row and column from 0.
type Cells = BTreeMap<(u32, u32), Shown>;

/// A cell as the spreadsheet shows it, without its place.
struct Shown {
    text: String,
    kind: CellKind,
    fault: Option<Text>,
}

/// A limit that ended the reading, and the cell where it did.
type Limit = Option<(fn(Span) -> Diagnostic, (u32, u32))>;

fn cells(bytes: &[u8], wanted: Option<&str>) -> Result<(String, Cells, Limit), Refused> {
    measure(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let sheets: Vec<Sheet> =
        workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let sheet = match wanted {
        Some(wanted) => sheets.iter().find(|sheet| sheet.name == wanted),
        None => sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible).or(sheets.first()),
    };
    let Some(sheet) = sheet else {
        let sheets = sheets.into_iter().map(|sheet| sheet.name).collect();
        return Err(
            wanted.map_or(Refused::NotAWorkbook, |wanted| Refused::NoSuchSheet { wanted: wanted.into(), sheets })
        );
    };
    let mut reader = workbook.worksheet_cells_reader(&sheet.name)?;
    let styles = reader.styles().to_vec();
    let mut cells = Cells::new();
    let mut limit: Limit = None;
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let Some(shown) = show(cell.get_value(), styles.get(style)) else { continue };
        let exceeded: Option<fn(Span) -> Diagnostic> = if row as usize >= MAX_ROWS {
            Some(too_many_rows)
        } else if column as usize >= MAX_COLUMNS {
            Some(too_many_columns)
        } else if cells.len() == MAX_CELLS {
            Some(too_many_cells)
        } else {
            None
        };
        if let Some(exceeded) = exceeded {
            limit = Some((exceeded, (row, column)));
            break;
        }
        cells.insert((row, column), shown);
    }
    Ok((sheet.name.clone(), cells, limit))
}

/// Refuses what unpacks to more than an office's table does, before anything is kept of it.
fn measure(bytes: &[u8]) -> Result<(), Refused> {
    // Workbooks with a password are no packages, but compound files.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refused::Password);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::NotAWorkbook)?;
    if archive.len() > MAX_PARTS {
        return Err(Refused::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refused::NotAWorkbook)?;
        // The size that the package states may be a lie.
        let size = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Refused::NotAWorkbook)?;
        left = left.checked_sub(size).ok_or(Refused::TooLarge)?;
    }
    Ok(())
}

/// What is shown of `value`; none of an empty cell.
fn show(value: &DataRef<'_>, style: Option<&Style>) -> Option<Shown> {
    let code = style.and_then(|style| style.number_format.as_ref()).map_or("General", |format| &format.format_code);
    let faulty = |text: String, fault| Shown { text, kind: CellKind::Faulty, fault: Some(fault) };
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => return written(text),
        DataRef::SharedString(text) => return written(text),
        DataRef::Bool(value) => written(if *value { "TRUE" } else { "FALSE" })?,
        DataRef::Int(value) => number(*value as f64, code),
        DataRef::Float(value) => number(*value, code),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let whole = moment.is_datetime() && (hour, minute, second, milli) == (0, 0, 0, 0);
            match Date::new(year, month, day).filter(|_| whole && moment.as_f64() >= 1.0) {
                Some(date) => Shown { text: date.to_string(), kind: CellKind::Date(date), fault: None },
                None => faulty(
                    format!("{hour}:{minute:02}"),
                    text!("这一格是时刻，不是日期", "this cell is a time, and no day"),
                ),
            }
        }
        DataRef::DateTimeIso(text) => match written_date(text.get(..10).unwrap_or(text)) {
            Some(date) => Shown { text: date.to_string(), kind: CellKind::Date(date), fault: None },
            None => faulty(text.clone(), text!("这一格的日期读不出来", "the date of this cell can't be read")),
        },
        DataRef::DurationIso(text) => {
            faulty(text.clone(), text!("这一格是时长，不是数字", "this cell is a duration, and no number"))
        }
        DataRef::Error(error) => {
            let error = error.to_string();
            let fault = text!("这一格的公式出错：{error}", "the formula of this cell fails: {error}");
            faulty(error, fault)
        }
    })
}

fn written(text: &str) -> Option<Shown> {
    let Cell { text, kind, .. } = Cell::written(text, Span::default());
    (kind != CellKind::Empty).then_some(Shown { text, kind, fault: None })
}

fn number(value: f64, code: &str) -> Shown {
    let format = NumberFormat::read(code).filter(|(_, negatives)| value >= 0.0 || *negatives);
    match format.and_then(|(format, _)| format.show(value)) {
        Some(number) => Shown { text: number.to_string(), kind: CellKind::Number(number), fault: None },
        None => Shown {
            text: value.to_string(),
            kind: CellKind::Faulty,
            fault: Some(text!(
                "这一格的数字格式“{code}”不能照样读出来",
                "the number format `{code}` of this cell can't be read as it is shown"
            )),
        },
    }
}

/// The rows with their places: the sheet as a text, a row a line, and a tab between two cells.
fn rows(
    name: &str,
    sheet: &str,
    cells: Cells,
    mut limit: Limit,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> (FileId, Vec<Row>) {
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
    let mut current = None;
    for (row, range, shown) in page.cells {
        let span = Span::new(file, range);
        if let Some(fault) = shown.fault {
            diags.push(bad_table(fault, span).help(text!(
                "改成“常规”“数值”“百分比”或“日期”格式，或改成文字",
                "give it the format General, Number, Percentage or Date, or make it text"
            )));
        }
        if current != Some(row) {
            current = Some(row);
            rows.push(Row { cells: Vec::new(), end: span, ragged: false });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.push(Cell { text: shown.text, kind: shown.kind, span });
            last.end = Span { start: span.end, ..span };
        }
    }
    (file, rows)
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
            let shown = Shown { text: String::new(), kind: CellKind::Empty, fault: None };
            self.cells.push((row, end..end, shown));
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
