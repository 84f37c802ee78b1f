//! The author's files: their text, and places in them.

use std::ops::Range;
use std::sync::Arc;

/// Names one file among the [`Sources`] of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of a file, in bytes. Lines and columns are computed from it, never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span { file, start: range.start as u32, end: range.end as u32 }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The empty stretch at this one's start.
    pub fn at_start(self) -> Self {
        Span { end: self.start, ..self }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// A place as people count: from 1, a column for each Unicode scalar value; in a workbook row and column of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1; in a workbook the row.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values (a byte order mark is none); in a workbook 1 is A.
    pub column: usize,
}

/// One file's text; of a workbook one sheet's, a row a line, and a tab between two cells; of a Word file a paragraph a
/// line.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    kind: Kind,
    line_starts: Vec<u32>,
    /// Characters before every [`BLOCK`]th byte, so that a column far into a long line is not counted from its start.
    chars_before: Vec<u32>,
}

/// What the lines of a file's text are.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// Its lines.
    Lines,
    /// Rows of the sheet of this name.
    Sheet(String),
    /// Paragraphs of a Word file.
    Paragraphs,
}

/// Bytes between two entries of [`SourceFile::chars_before`].
const BLOCK: usize = 1024;

impl SourceFile {
    /// The name as the user gave it, with `/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the sheet that this is, of a workbook.
    pub fn sheet(&self) -> Option<&str> {
        match &self.kind {
            Kind::Sheet(sheet) => Some(sheet),
            Kind::Lines | Kind::Paragraphs => None,
        }
    }

    /// Whether its lines are the paragraphs of a Word file.
    pub fn has_paragraphs(&self) -> bool {
        self.kind == Kind::Paragraphs
    }

    /// The place of the byte `offset` as people write it: `report.toml:14:9`, `towns.xlsx:Sheet1!C7`.
    pub fn place(&self, offset: usize) -> String {
        match self.cell(offset) {
            Some(cell) => format!("{}:{cell}", self.name),
            None => {
                let Position { line, column } = self.position(offset);
                format!("{}:{line}:{column}", self.name)
            }
        }
    }

    /// The cell at the byte `offset` as spreadsheets write it, `Sheet1!C7`; none where this is no sheet.
    pub fn cell(&self, offset: usize) -> Option<String> {
        let Position { line, column } = self.position(offset);
        self.sheet().map(|sheet| format!("{sheet}!{}{line}", column_name(column)))
    }

    /// Line and column of the byte `offset`; past the end it is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|&start| start as usize <= offset) - 1;
        let start = self.line_starts[line] as usize;
        if self.sheet().is_some() {
            let tabs = self.text.as_bytes()[start..offset].iter().filter(|&&b| b == b'\t').count();
            return Position { line: line + 1, column: tabs + 1 };
        }
        let mark = usize::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        let column = self.chars_before(offset) - self.chars_before(start) - mark;
        Position { line: line + 1, column: column + 1 }
    }

    /// The bytes of the line (from 1), without its end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.line_starts[line - 1] as usize;
        let end = self.line_starts.get(line).map_or(self.text.len(), |&next| next as usize);
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    fn chars_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.chars_before[block] as usize + chars(&self.text.as_bytes()[block * BLOCK..offset])
    }

    fn floor_char_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// The letters by which spreadsheets name a column, from 1: A to Z, then AA.
fn column_name(mut column: usize) -> String {
    let mut letters = Vec::new();
    while let Some(index) = column.checked_sub(1) {
        letters.push(char::from(b'A' + (index % 26) as u8));
        column = index / 26;
    }
    letters.iter().rev().collect()
}

/// How many characters begin in `bytes` of UTF-8.
fn chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

/// All files of a run.
///
/// A clone costs nothing, however many files there are: it shares them until one is added, and what is added to it is
/// not added to the other.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Arc<Vec<Arc<SourceFile>>>,
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. `name` is what diagnostics show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_file(name.into(), Kind::Lines, text.into())
    }

    /// Adds the sheet `sheet` of the workbook `name`: a row a line, and a tab between two cells.
    pub fn add_sheet(&mut self, name: impl Into<String>, sheet: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_file(name.into(), Kind::Sheet(sheet.into()), text.into())
    }

    /// Adds the text of the Word file `name`, a paragraph a line.
    pub fn add_paragraphs(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_file(name.into(), Kind::Paragraphs, text.into())
    }

    fn add_file(&mut self, name: String, kind: Kind, text: String) -> FileId {
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i as u32 + 1));
        let mut chars_before = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            chars_before.push(chars_before.last().unwrap_or(&0) + chars(block) as u32);
        }
        let name = name.replace('\\', "/");
        Arc::make_mut(&mut self.files).push(Arc::new(SourceFile { name, text, kind, line_starts, chars_before }));
        FileId(self.files.len() as u32 - 1)
    }

    /// The file `id`, which these sources gave out.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The names of all files, in the order they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// All files, in the order they were added; the first is the one that the user named.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().map(Arc::as_ref)
    }

    /// The text of `span`; empty where it is not on character boundaries.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Where `span` starts, and the place after its end; in a workbook that is the next cell.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let file = self.file(span.file);
        let (start, mut end) = (file.position(span.start as usize), file.position(span.end as usize));
        end.column += usize::from(file.sheet().is_some());
        (start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_not_the_byte_order_mark() {
        let mut sources = Sources::new();
        let id = sources.add("a\\b.toml", "\u{feff}标题X\r\n第二行X");
        let file = sources.file(id);
        assert_eq!(file.name(), "a/b.toml");
        assert_eq!(file.position(file.text().find('X').unwrap()), Position { line: 1, column: 3 });
        assert_eq!(file.position(file.text().rfind('X').unwrap()), Position { line: 2, column: 4 });
        assert_eq!(&file.text()[file.line_range(1)], "\u{feff}标题X");
        assert_eq!(file.position(999), Position { line: 2, column: 5 });
    }

    #[test]
    fn places_in_a_workbook_are_cells() {
        let mut sources = Sources::new();
        let id = sources.add_sheet("towns.xlsx", "各镇", "名称\t次数\n\n青石镇\t12");
        let file = sources.file(id);
        let at = file.text().find("12").unwrap();
        assert_eq!(file.place(at), "towns.xlsx:各镇!B3");
        let (start, end) = sources.positions(Span::new(id, at..at + 2));
        assert_eq!((start, end), (Position { line: 3, column: 2 }, Position { line: 3, column: 3 }));
        let names = [1, 26, 27, 52, 53, 702, 703].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn columns_in_long_lines_are_counted_across_blocks() {
        let mut sources = Sources::new();
        let text = format!("\u{feff}a\n{}\n", "汉字x".repeat(1000));
        let id = sources.add("long.toml", text.as_str());
        let file = sources.file(id);
        let start = text.find('汉').unwrap();
        for (column, (at, _)) in text[start..].char_indices().enumerate().take(3000) {
            assert_eq!(file.position(start + at), Position { line: 2, column: column + 1 });
        }
        assert_eq!(file.position(text.len()), Position { line: 3, column: 1 });
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
    }
}
