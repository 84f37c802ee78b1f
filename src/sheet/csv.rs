//! CSV: cells between commas, semicolons or tabs.

use super::{
    Cell, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Row, Rows, bad_table, long_cell, too_many_cells,
    too_many_columns, too_many_rows,
};
use crate::diag::Diagnostics;
use crate::encoding::decode;
use crate::number::Decimal;
use crate::source::{FileId, Sources, Span};
use crate::text;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// Reads the rows of the file.
pub(super) fn read(name: &str, bytes: &[u8], sources: &mut Sources, diags: &mut Diagnostics) -> Option<Rows> {
    let decoded = decode(bytes);
    if let Some(at) = decoded.damaged {
        let file = sources.add(name, &decoded.text[..at]);
        let unknown = text!("文件的编码认不出来", "the file's encoding is not known");
        diags.push(bad_table(unknown, Span::new(file, at..at)).help(text!(
            "在 WPS 或 Excel 中另存为“CSV UTF-8”或 .xlsx",
            "save it in the spreadsheet program as “CSV UTF-8” or as .xlsx"
        )));
        return None;
    }
    let file = sources.add(name, decoded.text.as_str());
    let rows = rows(file, &decoded.text, diags);
    Some(Rows { file, rows, merges: Vec::new(), hidden_columns: Vec::new(), faults: Vec::new(), struck: Vec::new() })
}

fn rows(file: FileId, text: &str, diags: &mut Diagnostics) -> Vec<Row> {
    let reader = ReaderBuilder::new().delimiter(delimiter(text)).build();
    let mut fields = Fields { reader, text, at: 0, begins_row: true, buffer: vec![0; text.len().min(1024)] };
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    let mut count = 0;
    while let Some(field) = fields.next() {
        let span = Span::new(file, field.start..field.end);
        if field.is_open {
            diags.push(
                bad_table(text!("这一格的双引号没有配对", "the double quote of this cell is not closed"), span)
                    .help(text!("格里本来就有的双引号写两个：\"\"", "a double quote in a cell is written twice: \"\"")),
            );
        }
        let cell = Cell::written(unarmed(&field.text), span);
        count += 1;
        let limit = if rows.len() == MAX_ROWS {
            Some(too_many_rows(span))
        } else if cells.len() == MAX_COLUMNS {
            Some(too_many_columns(span))
        } else if count > MAX_CELLS {
            Some(too_many_cells(span))
        } else if field.text.len() > MAX_CHARACTERS && field.text.chars().count() > MAX_CHARACTERS {
            Some(long_cell(span.at_start()))
        } else {
            None
        };
        if let Some(limit) = limit {
            diags.push(limit);
            return rows;
        }
        cells.push(cell);
        if field.ends_row {
            rows.push(Row {
                number: rows.len() as u32,
                is_hidden: false,
                cells: std::mem::take(&mut cells),
                end: Span { start: span.end, ..span },
                ragged: true,
            });
        }
    }
    rows
}

/// What stands between the cells of the head: a comma unless it has more tabs or semicolons.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in text.bytes().skip_while(|byte| matches!(byte, b'\r' | b'\n')) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    // The first of those that are most.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

/// Signs by which a spreadsheet takes a cell for a formula.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would take a cell for a formula; a negative number is none.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(FORMULA) && Decimal::parse(cell).is_err()
}

/// The text of a cell that [`csv_row`] wrote.
fn unarmed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// A row of CSV with its line's end, as spreadsheets write it: what holds a comma, a quote or a line's end is quoted.
///
/// A cell that a spreadsheet would take for a formula begins with `'`, which is read back as no part of it.
pub fn csv_row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| {
        let armed = is_formula(cell).then(|| format!("'{cell}"));
        let cell = armed.as_deref().unwrap_or(cell);
        // At the head of a line `::` would be a command to a CI server.
        if cell.contains([',', '"', '\r', '\n']) || cell.trim() != cell || cell.starts_with("::") {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let cells: Vec<String> = cells.into_iter().map(quoted).collect();
    cells.join(",") + "\r\n"
}

/// The cells of a text with their places.
struct Fields<'t> {
    reader: Reader,
    text: &'t str,
    at: usize,
    /// Whether the next cell is the first of its row.
    begins_row: bool,
    buffer: Vec<u8>,
}

struct Field {
    text: String,
    /// The bytes that it takes, its quotes among them.
    start: usize,
    end: usize,
    ends_row: bool,
    /// Whether its quotes are not closed, or not doubled.
    is_open: bool,
}

impl Fields<'_> {
    fn next(&mut self) -> Option<Field> {
        let start = self.at;
        let mut written = 0;
        loop {
            let input = &self.text.as_bytes()[self.at..];
            let (result, read, wrote) = self.reader.read_field(input, &mut self.buffer[written..]);
            self.at += read;
            written += wrote;
            let ends_row = match result {
                ReadFieldResult::InputEmpty => continue,
                ReadFieldResult::OutputFull => {
                    self.buffer.resize(self.buffer.len() * 2 + 16, 0);
                    continue;
                }
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => return None,
            };
            let field = self.field(start, written, ends_row);
            self.begins_row = ends_row;
            return Some(field);
        }
    }

    fn field(&self, start: usize, written: usize, ends_row: bool) -> Field {
        let bytes = self.text.as_bytes();
        // Line breaks before the first cell of a row belong to the row before; those after an empty last cell are its end.
        let breaks = bytes[start..self.at].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = if self.begins_row { start + breaks } else { start };
        let mut end = self.at.max(start);
        let closes = |byte: u8| if ends_row { matches!(byte, b'\r' | b'\n') } else { true };
        while end > start && closes(bytes[end - 1]) {
            end -= 1;
            if !ends_row {
                break;
            }
        }
        let raw = &self.text[start..end];
        let text = String::from_utf8_lossy(&self.buffer[..written]).into_owned();
        let quotes = raw.bytes().filter(|&byte| byte == b'"').count();
        let is_open = raw.starts_with('"') && (quotes % 2 == 1 || !raw.ends_with('"'));
        Field { text, start, end, ends_row, is_open }
    }
}
