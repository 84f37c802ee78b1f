//! `[[section.table]]`: a table in rows of the file, or in a spreadsheet beside it.

use std::collections::BTreeMap;

use super::Section;
use super::kind::Kind;
use super::literal::Located;
use super::raw::{Reader, Table as Tree, Value, ValueKind, wrong_type};
use super::style::TableLines;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::length::Length;
use crate::sheet::{self, Wanted};
use crate::source::{Sources, Span};
use crate::text;
use crate::world::{PathFault, World, beside, folder};

/// The most cells of a table that is printed: some two hundred pages.
const MAX_CELLS: usize = 20_000;

/// A table of a section.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name: `{{id}}` in the text places it, and figures of its holes begin with it.
    pub id: Option<Located>,
    /// Its caption, printed above it after 表1.
    pub caption: Option<Located>,
    /// The spreadsheet that it is read from.
    pub source: Option<Source>,
    /// Its cells, the head first; as many in each row.
    pub rows: Vec<Vec<Located>>,
    /// The heads of the columns that are printed, in their order; empty where all are.
    pub only: Vec<Located>,
    /// What is said of its columns.
    pub columns: Vec<Column>,
    /// How it is ruled; by default as the style says.
    pub lines: Option<TableLines>,
    /// Whether it stands across the paper, on pages of its own.
    pub landscape: bool,
    /// True if rows and columns that the spreadsheet hides are printed as well.
    pub hidden: bool,
    /// Its head in the file.
    pub span: Span,
}

/// A spreadsheet.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, from the folder of the report.
    pub file: Located,
    /// A sheet of a workbook; by default the one whose heads fit.
    pub sheet: Option<Located>,
}

/// What is said of a column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub key: Located,
    /// Its width.
    pub width: Option<Length>,
    /// What its cells are.
    pub kind: Option<Kind>,
    /// Whether it has a total.
    pub sum: bool,
}

impl Table {
    /// The table in a file, as it is.
    pub(super) fn of_file(file: Located, span: Span) -> Self {
        let source = Some(Source { file, sheet: None });
        let (rows, columns) = (Vec::new(), Vec::new());
        Table {
            id: None,
            caption: None,
            source,
            rows,
            only: Vec::new(),
            columns,
            lines: None,
            landscape: false,
            hidden: false,
            span,
        }
    }
}

/// Reads the tables of a section.
pub(super) fn tables(trees: &[&Tree], diags: &mut Diagnostics) -> Vec<Table> {
    trees.iter().map(|tree| table(tree, diags)).collect()
}

fn table(tree: &Tree, diags: &mut Diagnostics) -> Table {
    let mut reader = Reader::new(tree, "[[section.table]]", diags);
    let id = reader.take_string("id").cloned();
    let caption = reader.take_string("caption").filter(|text| !text.text().trim().is_empty()).cloned();
    let file = reader.take_string("source").cloned();
    let sheet = reader.take_string("sheet").cloned();
    let rows = reader.take_array("rows");
    let only = reader.take_strings("only");
    let columns = reader.take_tables("columns");
    let lines = reader.take_choice("lines", TableLines::CHOICES).map(|lines| lines.value);
    let landscape = reader.take_bool("landscape").is_some_and(|landscape| landscape.value);
    let hidden = reader.take_bool("hidden").is_some_and(|hidden| hidden.value);
    if file.is_none() && rows.is_none() {
        let message = text!("表格没有内容", "the table has no rows");
        reader.diags().push(Diagnostic::new(Code::MissingTable, message).at(tree.span).help(text!(
            "写 source = \"数据.csv\"，或 rows = [[\"村\", \"户数\"], [\"东村\", 120]]",
            "give source = \"data.csv\", or rows = [[\"村\", \"户数\"], [\"东村\", 120]]"
        )));
    }
    if let (Some(file), Some(_)) = (&file, rows) {
        let message = text!("source 和 rows 只能写一个", "a table has source or rows, not both");
        reader.diags().push(Diagnostic::new(Code::BadTable, message).at(file.whole()));
    }
    if let Some([]) = only.as_deref() {
        let message = text!("only 里没有写列名", "`only` names no column");
        reader.diags().push(Diagnostic::new(Code::BadTable, message).at(tree.span).help(text!(
            "写上要印的列：only = [\"村\", \"户数\"]；要印全部就删去 only",
            "name those to print, only = [\"村\", \"户数\"], or delete it to print all"
        )));
    }
    reader.finish();
    let rows = rows.map(|rows| self::rows(rows, diags)).unwrap_or_default();
    let columns = columns.into_iter().filter_map(|tree| column(tree, diags)).collect();
    let source = file.map(|file| Source { file, sheet });
    let only = only.unwrap_or_default().into_iter().cloned().collect();
    let mut table = Table { id, caption, source, rows, only, columns, lines, landscape, hidden, span: tree.span };
    table.choose(diags);
    table
}

fn rows(values: &[Value], diags: &mut Diagnostics) -> Vec<Vec<Located>> {
    let mut rows: Vec<Vec<Located>> = Vec::new();
    let mut cells = 0;
    for value in values {
        let Some(items) = value.as_array() else {
            diags.push(wrong_type("rows", value, &text!("数组的数组 [[…], …]", "arrays in an array [[…], …]")));
            continue;
        };
        cells += items.len();
        if cells > MAX_CELLS {
            diags.push(too_large(value.span));
            break;
        }
        let row: Vec<Located> = items.iter().map(|item| cell(item, diags)).collect();
        let width = rows.first().map_or(row.len(), Vec::len);
        if row.len() != width || row.is_empty() {
            let found = row.len();
            let message =
                text!("这一行有 {found} 格，表头有 {width} 格", "this row has {found} cells, and the head has {width}");
            diags.push(Diagnostic::new(Code::BadTable, message).at(value.span));
            continue;
        }
        rows.push(row);
    }
    rows
}

fn cell(value: &Value, diags: &mut Diagnostics) -> Located {
    match &value.kind {
        ValueKind::String(text) => text.clone(),
        ValueKind::Integer(digits) | ValueKind::Float(digits) => Located::plain(digits.clone(), value.span),
        ValueKind::Date(date) => Located::plain(date.to_string(), value.span),
        ValueKind::Boolean(_) | ValueKind::DateTime(_) | ValueKind::Array(_) | ValueKind::Table(_) => {
            diags.push(wrong_type("rows", value, &text!("文字或数字", "text or a number")));
            Located::plain("", value.span)
        }
    }
}

fn column(tree: &Tree, diags: &mut Diagnostics) -> Option<Column> {
    let mut reader = Reader::new(tree, "columns", diags);
    reader.require("key", "key = \"户数\"");
    let key = reader.take_string("key").cloned();
    let width = reader.take_string("width").cloned();
    let kind = reader.take_choice("kind", &Kind::ALL).map(|kind| kind.value);
    let sum = reader.take_bool("sum").is_some_and(|sum| sum.value);
    reader.finish();
    let width = width.and_then(|width| length(&width, diags));
    Some(Column { key: key?, width, kind, sum })
}

/// A length as it is written, `4cm`; what is none, or as large as no page, is reported (`wrong-type`).
pub(super) fn length(written: &Located, diags: &mut Diagnostics) -> Option<Length> {
    let length = Length::parse(written.text()).filter(|&length| length > Length::ZERO && length <= Length::mm(1000));
    if length.is_none() {
        let message = text!("这里要写长度，如 4cm、35mm、90pt", "expected a length such as 4cm, 35mm or 90pt");
        diags.push(Diagnostic::new(Code::WrongType, message).at(written.whole()));
    }
    length
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LimitExceeded,
        text!("表格超过 {MAX_CELLS} 格，排不下", "the table has over {MAX_CELLS} cells, too many to print"),
    )
    .at(span)
}

impl Table {
    /// Reads the table from its spreadsheet.
    pub(super) fn load(&mut self, world: &dyn World, sources: &mut Sources, diags: &mut Diagnostics) {
        let Some(source) = &self.source else { return };
        let Some((path, bytes)) =
            read_beside(&source.file, sheet::MAX_BYTES, world, sources, [Code::MissingTable, Code::BadTable], diags)
        else {
            return;
        };
        let keys: Vec<String> = self
            .only
            .iter()
            .chain(self.columns.iter().map(|column| &column.key))
            .map(|key| sheet::plain(key.text()))
            .collect();
        let wanted = Wanted {
            sheet: source.sheet.as_ref().map(|sheet| sheet.text()),
            fits: &|head| keys.iter().any(|key| key == head),
            naming: |sheet| text!("写明工作表：sheet = \"{sheet}\"", "name the sheet: sheet = \"{sheet}\""),
            has_preface: false,
        };
        let Some(mut sheet) = sheet::open(&path, &bytes, &wanted, sources, diags) else { return };
        if !self.hidden {
            sheet.drop_hidden(diags);
        }
        if sheet.head.len() * (sheet.rows.len() + 1) > MAX_CELLS {
            diags.push(too_large(source.file.whole()));
            return;
        }
        sheet.tell_struck(diags);
        let merges = std::mem::take(&mut sheet.merges);
        let faults: BTreeMap<Span, Diagnostic> = std::mem::take(&mut sheet.faults)
            .into_iter()
            .filter(|cell| !cell.is_shown)
            .filter_map(|cell| Some((cell.fault.span()?, cell.fault)))
            .collect();
        let plain = |row: Vec<sheet::Cell>| {
            row.into_iter().map(|cell| Located::plain(cell.shown(), cell.span)).collect::<Vec<Located>>()
        };
        self.rows = std::iter::once(sheet.head).chain(sheet.rows).map(plain).collect();
        if !path.to_lowercase().ends_with(".csv") {
            diags.extend(self.rows.iter().flatten().filter_map(merge_sign));
        }
        join(&mut self.rows, &merges);
        self.choose(diags);
        // What can't be read in a column that is not printed is no matter.
        diags.extend(self.rows.iter().flatten().filter_map(|cell| faults.get(&cell.whole()).cloned()));
    }

    /// How many of its first rows are the head: more than one where a cell of the first reaches down by `^`.
    pub fn head_rows(&self) -> usize {
        let width = self.rows.first().map_or(0, Vec::len);
        let is_joined =
            |row: &Vec<Located>, column: usize| row.get(column).is_some_and(|cell| cell.text().trim() == "^");
        let below = |column: usize| self.rows.iter().skip(1).take_while(|row| is_joined(row, column)).count();
        // A head alone is no table.
        (0..width).map(below).max().unwrap_or(0).min(self.rows.len().saturating_sub(2)) + 1
    }

    /// The head of a column: of several rows the lowest.
    pub fn head(&self, column: usize) -> Option<&str> {
        let cells = self.rows.iter().take(self.head_rows()).rev().filter_map(|row| row.get(column));
        cells.map(|cell| cell.text().trim()).find(|text| !matches!(*text, "^" | "<"))
    }

    /// The number of the column whose head is `key`.
    pub fn column(&self, key: &str) -> Option<usize> {
        (0..self.rows.first()?.len()).find(|&column| self.head(column) == Some(key.trim()))
    }

    /// The name of the figure that fills the one hole of a cell: `villages>东村>排查（处）`. None in the head and in a
    /// table without an id.
    pub fn address(&self, row: usize, column: usize) -> Option<String> {
        if row < self.head_rows() {
            return None;
        }
        let names = self.rows.get(..=row)?.iter().rev().filter_map(|row| row.first());
        let name = names.map(|cell| cell.text().trim()).find(|name| *name != "^")?;
        Some(format!("{}>{name}>{}", self.id.as_ref()?.text(), self.head(column)?))
    }

    /// Reports `unknown-column` for what is said of a column that is not there.
    pub(super) fn check_columns(&self, diags: &mut Diagnostics) {
        if self.rows.is_empty() {
            return;
        }
        for column in self.columns.iter().filter(|column| self.column(column.key.text()).is_none()) {
            diags.push(self.unknown_column(&column.key));
        }
    }
}

/// `bad-table`: a cell of a workbook that is `<` or `^`, which join cells where rows are written as text. A workbook has
/// merges of its own.
fn merge_sign(cell: &Located) -> Option<Diagnostic> {
    let sign = cell.text().trim();
    let message =
        text!("这一格只有“{sign}”，会当作和旁边的格合并", "the cell is `{sign}`, which would join it to another");
    matches!(sign, "<" | "^").then(|| {
        Diagnostic::new(Code::BadTable, message).at(cell.whole()).help(text!(
            "要合并就在表格里合并单元格；要印这个符号就多写几个字",
            "merge the cells in the spreadsheet, or write more than the sign to print it"
        ))
    })
}

/// Joins the cells that a spreadsheet merges: `<` to the one at the left, `^` to the one above. A merge that begins in the
/// head and reaches below stays one of the head.
fn join(rows: &mut [Vec<Located>], merges: &[sheet::Merge]) {
    for merge in merges {
        for row in merge.rows.clone() {
            for column in merge.columns.clone() {
                let sign = if column > merge.columns.start { "<" } else { "^" };
                if (row, column) == (merge.rows.start, merge.columns.start) {
                    continue;
                }
                if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *cell = Located::plain(sign, cell.whole());
                }
            }
        }
    }
}

/// The bytes of the file that a report or a template names, and its path; what is wrong with it is reported as the first
/// code where there is none, as the second where it can't be used.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say themselves what they are")]
pub(super) fn read_beside(
    named: &Located,
    limit: u64,
    world: &dyn World,
    sources: &Sources,
    [missing, bad]: [Code; 2],
    diags: &mut Diagnostics,
) -> Option<(String, Vec<u8>)> {
    let name = named.text();
    let by = sources.file(named.whole().file).name();
    let path = match beside(by, name) {
        Ok(path) => path,
        Err(fault) => {
            diags.push(Diagnostic::new(Code::PathEscape, path_fault(name, fault)).at(named.whole()));
            return None;
        }
    };
    match world.read_in(folder(by), &path, limit) {
        Ok(bytes) => Some((path, bytes)),
        Err(error) => {
            let (code, message) = match error.kind() {
                std::io::ErrorKind::NotFound => (missing, text!("没有“{name}”这个文件", "there is no file `{name}`")),
                std::io::ErrorKind::FileTooLarge => {
                    let limit = limit / (1024 * 1024);
                    (bad, text!("“{name}”超过 {limit} MB", "`{name}` is over {limit} MB"))
                }
                std::io::ErrorKind::PermissionDenied => (
                    Code::PathEscape,
                    text!(
                        "“{name}”读不了，或不在报告的文件夹里",
                        "`{name}` cannot be read, or leads out of the report's folder"
                    ),
                ),
                _ => (bad, text!("“{name}”读不了：{error}", "cannot read `{name}`: {error}")),
            };
            diags.push(Diagnostic::new(code, message).at(named.whole()));
            None
        }
    }
}

fn path_fault(name: &str, fault: PathFault) -> Text {
    match fault {
        PathFault::Empty => text!("没有写文件名", "no file is named"),
        PathFault::Absolute => {
            text!("“{name}”要写成相对报告文件夹的路径", "`{name}` must be relative to the report's folder")
        }
        PathFault::Outside => text!("“{name}”不在报告的文件夹里", "`{name}` leads out of the report's folder"),
        PathFault::Backslash => text!("“{name}”里的 \\ 要写成 /", "write `/` for `\\` in `{name}`"),
        PathFault::Device => text!("“{name}”在 Windows 上不能作文件名", "Windows can't have a file `{name}`"),
    }
}

/// Reports ids that two tables or pictures have, or one of them and a section.
pub(super) fn duplicate_ids(sections: &[Section], diags: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Located> =
        sections.iter().filter_map(|section| section.id.as_ref()).map(|id| (id.text(), id)).collect();
    let ids = sections.iter().flat_map(|section| {
        let tables = section.tables.iter().filter_map(|table| table.id.as_ref());
        tables.chain(section.pictures.iter().filter_map(|picture| picture.id.as_ref()))
    });
    for id in ids {
        if let Some(earlier) = seen.insert(id.text(), id) {
            let name = id.text();
            let message = text!("两处都叫“{name}”", "two are called `{name}`");
            diags.push(
                Diagnostic::new(Code::DuplicateKey, message)
                    .at(id.whole())
                    .label(earlier.whole(), text!("前一处", "the other one")),
            );
        }
    }
}
