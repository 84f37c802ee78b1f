//! The cells of a sheet, one after the other, with what is merged and hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::{
    MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, long_cell, too_many_cells, too_many_columns, too_many_rows,
    too_much_text,
};
use super::book::Book;
use super::refused::Refused;
use super::rich::{Rich, attribute, is_on};
use super::value::{Raw, Shown, Type, show};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::wordfile::xml::characters;

/// Rows and columns of the largest sheet of a spreadsheet program.
const MOST: (u32, u32) = (1_048_576, 16_384);
/// The most merges of a sheet.
const MAX_MERGES: usize = 20_000;

/// What is in the cells that are not empty, by row and column from 0.
pub(super) type Cells = BTreeMap<(u32, u32), Shown>;

/// A limit that ended the reading, and the cell where it did.
pub(super) type Limit = Option<(fn(Span) -> Diagnostic, (u32, u32))>;

/// The content of a sheet.
#[derive(Default)]
pub(super) struct Content {
    pub(super) cells: Cells,
    /// First and last row, first and last column.
    pub(super) merges: Vec<(RangeInclusive<u32>, RangeInclusive<u32>)>,
    pub(super) hidden_rows: BTreeSet<u32>,
    pub(super) hidden_columns: Vec<RangeInclusive<u32>>,
    pub(super) limit: Limit,
}

impl Content {
    /// Reads a sheet's XML, of `rows` rows at most if it is only looked at.
    pub(super) fn read(xml: &str, book: &Book<'_>, rows: Option<u32>) -> Result<Self, Refused> {
        let mut reader = Reader::from_str(xml);
        let mut scan =
            Scan { book, content: Content::default(), row: 0, column: 0, text: 0, cell: None, of: Of::Nothing };
        loop {
            let event = reader.read_event().map_err(|_| Refused::NotAWorkbook)?;
            match &event {
                Event::Start(element) => scan.start(element)?,
                Event::Empty(element) => {
                    scan.start(element)?;
                    scan.end(element.local_name().as_ref());
                }
                Event::End(element) => scan.end(element.local_name().as_ref()),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    if scan.cell.is_some() {
                        scan.add(&characters(&event).map_err(|_| Refused::NotAWorkbook)?);
                    }
                }
                Event::DocType(_) => return Err(Refused::NotAWorkbook),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
            if scan.content.limit.is_some() || rows.is_some_and(|rows| scan.row > rows) {
                break;
            }
        }
        Ok(scan.content)
    }
}

/// The element whose text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Nothing,
    Value,
    Words,
}

/// A sheet on its way.
struct Scan<'b> {
    book: &'b Book<'b>,
    content: Content,
    /// The row that is read and the column that comes next, from 1 and from 0.
    row: u32,
    column: u32,
    /// Bytes of all cells.
    text: usize,
    cell: Option<Raw>,
    of: Of,
}

impl Scan<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Refused> {
        match (element.local_name().as_ref(), &mut self.cell) {
            (b"v", Some(cell)) => {
                cell.value.get_or_insert_default();
                self.of = Of::Value;
            }
            (b"f", Some(cell)) => cell.has_formula = true,
            (b"is", Some(_)) => self.of = Of::Words,
            (_, Some(cell)) if self.of == Of::Words => cell.words.start(element),
            (b"row", None) => self.start_row(element)?,
            (b"c", None) => self.start_cell(element)?,
            (b"col", None) if attribute(element, b"hidden").is_some_and(|hidden| is_on(Some(&hidden))) => {
                let number = |name: &[u8]| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
                if let (Some(first), Some(last)) = (number(b"min"), number(b"max"))
                    && self.content.hidden_columns.len() < MAX_COLUMNS
                {
                    self.content.hidden_columns.push(first..=last);
                }
            }
            (b"mergeCell", None) => {
                let area = attribute(element, b"ref").and_then(|area| {
                    let (first, last) = area.split_once(':')?;
                    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
                    Some((top..=bottom, left..=right))
                });
                if self.content.merges.len() < MAX_MERGES {
                    self.content.merges.extend(area);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), Refused> {
        self.column = 0;
        self.row = match attribute(element, b"r") {
            None => self.row + 1,
            Some(written) => match written.parse::<u32>() {
                Ok(row @ 1..=1_048_576) => row,
                _ => return Err(Refused::NoSuchPlace(shortened(&written))),
            },
        };
        let hidden = attribute(element, b"hidden").is_some_and(|hidden| is_on(Some(&hidden)));
        if hidden && self.row as usize <= MAX_ROWS {
            self.content.hidden_rows.insert(self.row - 1);
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), Refused> {
        let at = match attribute(element, b"r") {
            None => (self.row.saturating_sub(1), self.column),
            Some(written) => place(&written).ok_or_else(|| Refused::NoSuchPlace(shortened(&written)))?,
        };
        if at.0 >= MOST.0 || at.1 >= MOST.1 {
            return Err(Refused::NoSuchPlace(format!("{}:{}", at.0 + 1, at.1 + 1)));
        }
        self.column = at.1 + 1;
        let look = attribute(element, b"s").and_then(|look| look.parse().ok()).unwrap_or(0);
        let kind = Type::named(attribute(element, b"t").as_deref());
        self.cell = Some(Raw { at, look, kind, value: None, has_formula: false, words: Rich::default() });
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"v" => self.of = Of::Nothing,
            b"is" => self.of = Of::Nothing,
            b"c" => self.end_cell(),
            name => {
                if let (Of::Words, Some(cell)) = (self.of, &mut self.cell) {
                    cell.words.end(name);
                }
            }
        }
    }

    fn add(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        match self.of {
            Of::Nothing => {}
            Of::Value => cell.value.get_or_insert_default().push(text),
            Of::Words => cell.words.add(text),
        }
    }

    fn end_cell(&mut self) {
        self.of = Of::Nothing;
        let Some(cell) = self.cell.take() else { return };
        let (row, column) = cell.at;
        let is_long = cell.is_long(&self.book.strings);
        // Nothing is kept of a cell that is too long.
        let Some(shown) = show(cell, self.book).or_else(|| is_long.then(Shown::default)) else { return };
        self.text += shown.text.len();
        let exceeded: Option<fn(Span) -> Diagnostic> = if row as usize >= MAX_ROWS {
            Some(too_many_rows)
        } else if column as usize >= MAX_COLUMNS {
            Some(too_many_columns)
        } else if self.content.cells.len() == MAX_CELLS {
            Some(too_many_cells)
        } else if is_long {
            Some(long_cell)
        } else if self.text > MAX_TEXT {
            Some(too_much_text)
        } else {
            None
        };
        match exceeded {
            Some(exceeded) => self.content.limit = Some((exceeded, (row, column))),
            None => {
                self.content.cells.insert((row, column), shown);
            }
        }
    }
}

/// Row and column, from 0, of a place such as `B12`; none of what no spreadsheet has.
fn place(written: &str) -> Option<(u32, u32)> {
    let written = written.trim_start_matches('$');
    let letters = written.find(|c: char| !c.is_ascii_alphabetic()).filter(|letters| (1..=3).contains(letters))?;
    let (letters, digits) = written.split_at(letters);
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = digits.trim_start_matches('$').parse().ok()?;
    ((1..=MOST.0).contains(&row) && column <= MOST.1).then(|| (row - 1, column - 1))
}

/// As much of an attribute as a message shows.
fn shortened(written: &str) -> String {
    written.chars().filter(|c| !c.is_control()).take(24).collect()
}
