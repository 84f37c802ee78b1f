//! The lines of a draft that is a Word file, and a text in which they have places.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::{CELL, Line, Look, Place, Row};
use super::lines::{Cleaner, moved};
use super::mapped::Mapped;
use super::notes::{is_sign, sign, written};
use super::{Note, Notes};
use crate::diag::{Code, Text};
use crate::placeholder::is_blank;
use crate::text;
use crate::wordfile::{self, Beside, Block, Inline, NoteKind, Paragraph, Table, WordFile, push_text};

/// A Word file as text: a paragraph with words a line, as the places of messages count them.
pub(super) struct WordText<'p> {
    pub(super) text: String,
    lines: Vec<Raw>,
    pictures: &'p BTreeMap<String, String>,
    /// It has a table of contents, which is no part of the lines.
    pub(super) has_contents: bool,
    /// What Word has that a report file has not, and where.
    told: Vec<(Code, Text, usize)>,
    /// The notes that have their place: each has one, whatever points to it, and none is inside itself.
    noted: BTreeSet<(NoteKind, String)>,
    /// How many of them are notes of the report file.
    signs: usize,
}

/// A line before it is cleaned.
struct Raw {
    start: usize,
    end: usize,
    level: Option<u8>,
    title: bool,
    item: Option<u8>,
    row: Option<Row>,
    picture: Option<String>,
    look: Look,
    /// Where signs of notes stand in the text, each with its number.
    signs: Vec<(Range<usize>, usize)>,
}

/// The text of a Word file; its pictures become the files `pictures`, by their parts.
pub(super) fn text<'p>(file: &WordFile, pictures: &'p BTreeMap<String, String>) -> WordText<'p> {
    let mut out = WordText {
        text: String::new(),
        lines: Vec::new(),
        pictures,
        has_contents: false,
        told: Vec::new(),
        noted: BTreeSet::new(),
        signs: 0,
    };
    if file.has_deletions {
        let message = text!(
            "修订按接受处理：删去的字没有导入",
            "tracked changes were taken as accepted: deleted words were not imported"
        );
        out.told.push((Code::NotImported, message, 0));
    }
    if file.has_hidden {
        let message = text!("隐藏的字没有导入", "hidden words were not imported");
        out.told.push((Code::NotImported, message, 0));
    }
    for words in &file.margins {
        let message = text!("页眉页脚里的“{words}”没有导入", "“{words}” of a header or footer was not imported");
        out.told.push((Code::NotImported, message, 0));
    }
    out.blocks(file, &file.blocks);
    out
}

impl WordText<'_> {
    pub(super) fn paragraphs(&self, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Vec<Line> {
        for (code, message, at) in &self.told {
            notes.push(Note::new(*code, message.clone(), *at..*at));
        }
        let line = |raw: &Raw, text: Mapped| Line {
            text,
            level: raw.level,
            title: raw.title,
            item: raw.item,
            look: raw.look.clone(),
            markdown: false,
            row: raw.row,
            picture: raw.picture.clone(),
        };
        let lines = self.lines.iter().map(|raw| line(raw, self.words(raw, cleaner, notes)));
        captioned(lines.filter(|line| line.picture.is_some() || !line.text.text().is_empty()).collect())
    }

    /// The words of a line, cleaned; of a row cell by cell.
    fn words(&self, raw: &Raw, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Mapped {
        let words = &self.text[raw.start..raw.end];
        if raw.row.is_none() {
            let cleaned = cleaner.clean(words, raw.start, notes);
            let ends: BTreeMap<usize, &(Range<usize>, usize)> = raw.signs.iter().map(|it| (it.0.start, it)).collect();
            let sign = |(at, _)| {
                let (range, number) = ends.get(&cleaned.source(at..at + 1).start)?;
                Some((at..at + range.len(), sign(*number)))
            };
            let edits: Vec<_> = cleaned.text().match_indices("[^").filter_map(sign).collect();
            return if edits.is_empty() { cleaned } else { cleaned.edited(&edits) };
        }
        let mut cells = Mapped::default();
        let mut at = raw.start;
        for (index, cell) in words.split(BETWEEN).enumerate() {
            if index > 0 {
                cells.push_replaced(&CELL.to_string(), at..at + BETWEEN.len_utf8());
                at += BETWEEN.len_utf8();
            }
            cells.append(&cleaner.clean(cell, at, notes));
            at += cell.len();
        }
        cells
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
        if style.starts_with("toc ") {
            return self.contents();
        }
        let mut words =
            number.filter(|_| !is_bullet).map(|number| number.text.replace(is_sign, "")).unwrap_or_default();
        let mut own = Vec::new();
        self.push_words(file, &paragraph.content, &mut words, &mut own);
        for line in words.split('\n') {
            self.line(line, paragraph.outline.filter(|_| !title), title, item, look(paragraph, line));
        }
        for (number, note) in own {
            let line = format!("{}{}{note}", sign(number), super::notes::COLON);
            self.line(&line, None, false, None, Look::default());
        }
        self.beside(file, &paragraph.content);
    }

    /// A line of the contents, which the program makes itself.
    fn contents(&mut self) {
        if !std::mem::replace(&mut self.has_contents, true) {
            self.told.push((
                Code::NotImported,
                text!(
                    "目录没有照抄，写成了 toc = true，由程序编排",
                    "the contents are not copied: with toc = true the program makes them"
                ),
                self.text.len(),
            ));
        }
    }

    /// A picture: a line of its own, without words until [`captioned`] finds them.
    fn picture(&mut self, file: String) {
        let at = self.text.len();
        let raw = Raw {
            start: at,
            end: at,
            level: None,
            title: false,
            item: None,
            row: None,
            picture: Some(file),
            look: Look::default(),
            signs: Vec::new(),
        };
        self.lines.push(raw);
    }

    /// Adds the words of a paragraph with the signs of its notes, whose own words go to `notes`.
    fn push_words(
        &mut self,
        file: &WordFile,
        content: &[Inline],
        words: &mut String,
        notes: &mut Vec<(usize, String)>,
    ) {
        for inline in content {
            match inline {
                Inline::Note(kind, id) => {
                    let note = (*kind, id.clone());
                    let text = file.notes.get(&note).map(|blocks| self::words(blocks)).unwrap_or_default();
                    let text = text.trim().replace(is_sign, "");
                    if !text.is_empty() && self.noted.insert(note) {
                        if *kind == NoteKind::End {
                            let at = self.text.len();
                            self.told.push((Code::Guessed, text!("尾注成了脚注", "an endnote became a footnote"), at));
                        }
                        self.signs += 1;
                        words.push_str(&sign(self.signs));
                        notes.push((self.signs, text));
                    }
                }
                // A prompt, and nothing that was typed: in brackets it is a hole.
                Inline::Control(control, content) if control.placeholder && is_prompt(content) => {
                    let mut prompt = String::new();
                    push_text(content, &mut prompt);
                    words.push_str(&format!("[{}]", prompt.trim_end_matches('。')));
                }
                Inline::Control(_, content) => self.push_words(file, content, words, notes),
                Inline::Run(_)
                | Inline::Tab
                | Inline::Break(_)
                | Inline::BookmarkStart { .. }
                | Inline::BookmarkEnd { .. }
                | Inline::Beside(_)
                | Inline::Picture { .. }
                | Inline::TextBox(_) => {
                    let mut own = String::new();
                    push_text(std::slice::from_ref(inline), &mut own);
                    words.push_str(&own.replace(is_sign, ""));
                }
            }
        }
    }

    /// A line, in which signs of notes are written as the report file has them.
    fn line(&mut self, words: &str, level: Option<u8>, title: bool, item: Option<u8>, look: Look) {
        // Empty ones are not counted, since no reader does.
        if words.trim().is_empty() {
            return;
        }
        let start = self.text.len();
        let mut signs = Vec::new();
        let mut at = 0;
        for range in super::notes::signs(words) {
            self.text += &words[at..range.start];
            let from = self.text.len();
            let number: String =
                words[range.clone()].chars().filter_map(written).filter(char::is_ascii_digit).collect();
            self.text += &format!("[^{number}]");
            signs.push((from..self.text.len(), number.parse().unwrap_or_default()));
            at = range.end;
        }
        self.text += &words[at..];
        let end = self.text.len();
        self.text.push('\n');
        self.lines.push(Raw { start, end, level, title, item, row: None, picture: None, look, signs });
    }

    /// What stands in a paragraph and is no part of its line.
    fn beside(&mut self, file: &WordFile, content: &[Inline]) {
        for inline in content {
            let at = self.lines.last().map_or(0, |line| line.start);
            match inline {
                Inline::Picture { part, .. } => match part.as_ref().and_then(|part| self.pictures.get(part)).cloned() {
                    Some(file) => self.picture(file),
                    None => self.told.push((
                        Code::NotImported,
                        text!(
                            "图片没有导入：不在文件里，或者不是 PNG、JPEG",
                            "a picture was not imported: it is not in the file, or neither PNG nor JPEG"
                        ),
                        at,
                    )),
                },
                Inline::TextBox(blocks) => {
                    self.told.push((
                        Code::Guessed,
                        text!("文本框里的文字放在了这一段后面", "the words of a text box stand after this paragraph"),
                        at,
                    ));
                    self.blocks(file, blocks);
                }
                // In a cell; a paragraph's own has its place.
                Inline::Note(kind, id) => {
                    let note = (*kind, id.clone());
                    if let Some(blocks) = file.notes.get(&note).filter(|_| self.noted.insert(note.clone())) {
                        self.told.push((
                            Code::NotImported,
                            text!("脚注成了这一段后面的一段", "a note became a paragraph after this one"),
                            at,
                        ));
                        self.blocks(file, blocks);
                    }
                }
                Inline::Beside(beside) => {
                    if let Some((code, message)) = told(beside, file) {
                        self.told.push((code, message, at));
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

    /// A row a line; a cell of several paragraphs has them one after the other, and one that is joined to others stands
    /// in the first of their places.
    fn table(&mut self, file: &WordFile, table: &Table) {
        let width = |row: &wordfile::Row| row.cells.iter().map(|cell| cell.span as usize).sum::<usize>();
        let columns = table.rows.iter().map(width).max().unwrap_or(0);
        // One column is a frame round paragraphs.
        let is_table = (2..=WIDEST).contains(&columns);
        let joined = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.span > 1 || cell.continues);
        if joined {
            let at = self.text.len();
            self.told.push((
                Code::NotImported,
                text!("表里合并的格子拆开了", "cells of a table that were joined stand apart"),
                at,
            ));
        }
        if columns == 1 {
            return table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.blocks(file, &cell.blocks));
        }
        let mut row = Some(Row::Head);
        for it in &table.rows {
            let mut cells = Vec::new();
            for cell in &it.cells {
                // A row of the report file is one line.
                cells.push(words(&cell.blocks).replace([BETWEEN, '\r'], " "));
                cells.extend((1..cell.span).filter(|_| is_table).map(|_| String::new()));
            }
            if is_table {
                cells.resize(columns, String::new());
            }
            let start = self.text.len();
            self.text += &cells.join(&BETWEEN.to_string());
            let end = self.text.len();
            // A row without a word is there for looks.
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                self.text.truncate(start);
            } else {
                self.text.push('\n');
                self.lines.push(Raw {
                    start,
                    end,
                    level: None,
                    title: false,
                    item: None,
                    row: row.filter(|_| is_table),
                    picture: None,
                    look: Look::default(),
                    signs: Vec::new(),
                });
                row = Some(Row::Body);
            }
        }
        for block in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks) {
            if let Block::Paragraph(paragraph) = block {
                self.beside(file, &paragraph.content);
            }
        }
    }
}

/// True if `content` is a prompt of Word: 单击或点击此处输入文字。
fn is_prompt(content: &[Inline]) -> bool {
    let mut prompt = String::new();
    push_text(content, &mut prompt);
    prompt.contains("此处输入") && !prompt.contains(['[', ']', '\n'])
}

/// The message on that which the words of a Word file have besides.
fn told(beside: &Beside, file: &WordFile) -> Option<(Code, Text)> {
    Some(match beside {
        Beside::Link { words, address } => (
            Code::NotImported,
            text!(
                "“{words}”的链接没有导入，要保留就写成 [{words}](<{address}>)",
                "the link of “{words}” was not imported; to keep it, write [{words}](<{address}>)"
            ),
        ),
        Beside::Raised(words) => (
            Code::NotImported,
            text!(
                "“{words}”末尾原是上标或下标，现在平排",
                "the end of “{words}” was raised or lowered, and stands on the line now"
            ),
        ),
        Beside::Formula(words) => {
            (Code::Guessed, text!("公式写成了一行“{words}”", "a formula was written in one line: “{words}”"))
        }
        Beside::Struck(words) => (
            Code::NotImported,
            text!("划去的“{words}”没有导入", "the words “{words}”, which are struck out, were not imported"),
        ),
        Beside::Chunk => (
            Code::NotImported,
            text!(
                "这里嵌着另一份文档，没有导入；在 Word 里另存一次再导入",
                "a document that is embedded here was not imported; save the file in Word once and import it again"
            ),
        ),
        Beside::Comment(id) => {
            let words = file.comments.get(id)?;
            (Code::NotImported, text!("批注“{words}”没有导入", "the comment “{words}” was not imported"))
        }
    })
}

/// The look of the line `words` of a paragraph.
fn look(paragraph: &Paragraph, words: &str) -> Look {
    let place = match paragraph.align {
        wordfile::Align::Centre => Place::Centre,
        wordfile::Align::End => Place::Right,
        wordfile::Align::Start => moved(words),
    };
    Look { place, size: paragraph.size, face: paragraph.face.clone() }
}

/// `lines`, with the captions under pictures taken off the text, where they are numbered as the program numbers them.
fn captioned(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut captions = 0;
    for line in lines {
        match out.last_mut() {
            Some(above)
                if above.picture.is_some()
                    && above.text.text().is_empty()
                    && let Some(words) = caption(&line, captions + 1) =>
            {
                captions += 1;
                above.text = line.text.slice(words..line.text.text().len()).trimmed();
            }
            Some(_) | None => out.push(line),
        }
    }
    out
}

/// Where the words of a line begin that is the caption of the picture number `number`, `图1　村头`. Signs of Markdown
/// would be no words between the brackets of a picture.
fn caption(line: &Line, number: usize) -> Option<usize> {
    let text = line.text.text();
    let rest = text.strip_prefix(&format!("图{number}")).filter(|_| line.is_plain())?;
    let words = rest.trim_start_matches(is_blank);
    let is_apart = words.len() < rest.len() && !words.is_empty();
    let is_bare = !words.contains(['[', ']', '\\', '*', '_', '`', '<', '&', '!', '~']);
    (is_apart && is_bare).then_some(text.len() - words.len())
}

/// The most columns of a table: Word makes no more. Rows of one that has more are paragraphs.
const WIDEST: usize = 63;

/// Stands between two cells of a row in the text that messages quote.
const BETWEEN: char = '\t';

/// The words of a cell on one line.
fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let words = paragraph.text().replace('\n', " ");
                // Paragraphs of a cell stay apart.
                if !out.is_empty() && !words.trim().is_empty() {
                    out.push('　');
                }
                out += &words;
            }
            Block::Control(_, blocks) => out += &words(blocks),
            Block::Table(table) => {
                let rows = table.rows.iter().flat_map(|row| &row.cells);
                out += &rows.map(|cell| words(&cell.blocks)).collect::<Vec<_>>().join("　");
            }
        }
    }
    out
}
