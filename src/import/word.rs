//! The lines of a draft that is a Word file, and a text in which they have places.

use std::collections::BTreeSet;

use super::lines::{Cleaner, Line};
use super::mapped::Mapped;
use super::{Note, Notes};
use crate::diag::Code;
use crate::text;
use crate::wordfile::{Block, Inline, NoteKind, Paragraph, Table, WordFile, push_text};

/// A Word file as text: a paragraph a line, as the places of messages count them.
pub(super) struct WordText {
    pub(super) text: String,
    lines: Vec<Raw>,
    /// What Word has that a report file has not, and where.
    told: Vec<(Code, &'static str, &'static str, usize)>,
    /// The notes that have their place: each has one, whatever points to it, and none is inside itself.
    noted: BTreeSet<(NoteKind, String)>,
}

/// A line before it is cleaned.
struct Raw {
    start: usize,
    end: usize,
    level: Option<u8>,
    title: bool,
    item: Option<u8>,
}

/// The text of a Word file.
pub(super) fn text(file: &WordFile) -> WordText {
    let mut out = WordText { text: String::new(), lines: Vec::new(), told: Vec::new(), noted: BTreeSet::new() };
    out.blocks(file, &file.blocks);
    out
}

impl WordText {
    pub(super) fn paragraphs(&self, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Vec<Line> {
        for &(code, zh, en, at) in &self.told {
            notes.push(Note::new(code, text!("{zh}", "{en}"), at..at));
        }
        let line = |raw: &Raw, text: Mapped| Line {
            text,
            level: raw.level,
            title: raw.title,
            item: raw.item,
            markdown: false,
        };
        let lines =
            self.lines.iter().map(|raw| line(raw, cleaner.clean(&self.text[raw.start..raw.end], raw.start, notes)));
        lines.filter(|line| !line.text.text().is_empty()).collect()
    }

    fn blocks(&mut self, file: &WordFile, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(file, paragraph),
                Block::Table(table) => self.table(file, table),
                Block::Control(_, blocks) => self.blocks(file, blocks),
            }
        }
    }

    fn paragraph(&mut self, file: &WordFile, paragraph: &Paragraph) {
        let style = paragraph.style_name.as_deref().or(paragraph.style.as_deref()).unwrap_or_default().to_lowercase();
        let title = matches!(style.as_str(), "title" | "标题");
        let number = paragraph.number.as_ref().filter(|number| !number.text.is_empty());
        let is_bullet = number.is_some_and(|number| !number.text.chars().any(char::is_alphanumeric));
        let item = number.filter(|_| is_bullet).map(|number| (number.level + 1).min(4));
        let mut words = number.filter(|_| !is_bullet).map(|number| number.text.clone()).unwrap_or_default();
        push_text(&paragraph.content, &mut words);
        for line in words.split('\n') {
            self.line(line, paragraph.outline.filter(|_| !title), title, item);
        }
        self.beside(file, &paragraph.content);
    }

    fn line(&mut self, words: &str, level: Option<u8>, title: bool, item: Option<u8>) {
        let start = self.text.len();
        self.text += words;
        let end = self.text.len();
        self.text.push('\n');
        self.lines.push(Raw { start, end, level, title, item });
    }

    /// What stands in a paragraph and is no part of its line.
    fn beside(&mut self, file: &WordFile, content: &[Inline]) {
        for inline in content {
            let at = self.lines.last().map_or(0, |line| line.start);
            match inline {
                Inline::Picture { .. } => {
                    self.told.push((Code::NotImported, "图片没有导入", "a picture was not imported", at));
                }
                Inline::TextBox(blocks) => {
                    self.told.push((
                        Code::Guessed,
                        "文本框里的文字放在了这一段后面",
                        "the words of a text box stand after this paragraph",
                        at,
                    ));
                    self.blocks(file, blocks);
                }
                Inline::Note(kind, id) => {
                    self.told.push((
                        Code::NotImported,
                        "脚注成了这一段后面的一段",
                        "a note became a paragraph after this one",
                        at,
                    ));
                    let note = (*kind, id.clone());
                    if let Some(blocks) = file.notes.get(&note).filter(|_| self.noted.insert(note.clone())) {
                        self.blocks(file, blocks);
                    }
                }
                Inline::Control(_, content) => self.beside(file, content),
                Inline::Run(_)
                | Inline::Tab
                | Inline::Break(_)
                | Inline::BookmarkStart { .. }
                | Inline::BookmarkEnd { .. } => {}
            }
        }
    }

    /// A row a line; a cell of several paragraphs has them one after the other.
    fn table(&mut self, file: &WordFile, table: &Table) {
        let at = self.text.len();
        self.told.push((Code::NotImported, "表格成了文字，一行一段", "a table became text, a row a paragraph", at));
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| words(&cell.blocks)).collect();
            self.line(cells.join("　").trim_end(), None, false, None);
            for cell in &row.cells {
                for block in &cell.blocks {
                    if let Block::Paragraph(paragraph) = block {
                        self.beside(file, &paragraph.content);
                    }
                }
            }
        }
    }
}

/// The words of a cell on one line.
fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => out += &paragraph.text().replace('\n', " "),
            Block::Control(_, blocks) => out += &words(blocks),
            Block::Table(table) => {
                let rows = table.rows.iter().flat_map(|row| &row.cells);
                out += &rows.map(|cell| words(&cell.blocks)).collect::<Vec<_>>().join("　");
            }
        }
    }
    out
}
