//! A Word file as lines, one for each paragraph of its text and its notes, and the gaps in them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::wordfile::{Block, Control, Inline, WordFile};
use crate::write::docx::gaps::BOOKMARK;

/// A Word file's paragraphs as lines of a text, in order; those of tables and text boxes too.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// Where each line stands in the text.
    pub(super) lines: Vec<Line>,
    /// Content controls with words in them, in order.
    pub(super) controls: Vec<Gap<Control>>,
    /// Bookmarks that have the name of one around a gap.
    pub(super) bookmarks: Vec<Gap<String>>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words in the text.
    pub(super) range: Range<usize>,
    /// It is a paragraph of the report itself: it stands in no text box and not in the contents.
    pub(super) own: bool,
}

/// A stretch of a line that may be a gap.
#[derive(Clone, Debug)]
pub(super) struct Gap<T> {
    /// What it is known by.
    pub(super) name: T,
    /// Its words in the text.
    pub(super) range: Range<usize>,
}

/// Reads the lines of a file.
pub(super) fn read(file: &WordFile) -> Lines {
    let mut lines = Lines::default();
    lines.blocks(&file.blocks, true);
    // After the text: the footnotes, whose ids count up.
    let mut notes: Vec<_> = file.notes.iter().collect();
    notes.sort_by_key(|((kind, id), _)| (*kind, id.parse::<i64>().unwrap_or(i64::MAX)));
    for (_, note) in notes {
        lines.blocks(note, true);
    }
    lines
}

impl Lines {
    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A stretch of the text.
    pub(super) fn words(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn blocks(&mut self, blocks: &[Block], own: bool) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.paragraph(&paragraph.content, own && !paragraph.is_of_contents());
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, own);
                    }
                }
                Block::Control(control, blocks) => {
                    let first = self.lines.len();
                    self.blocks(blocks, own);
                    // Around one paragraph it is the gap that is all of it.
                    if let [line] = &self.lines[first..] {
                        self.controls.push(Gap { name: control.clone(), range: line.range.clone() });
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, content: &[Inline], own: bool) {
        let start = self.text.len();
        let mut open = BTreeMap::new();
        let mut boxes = Vec::new();
        self.inlines(content, &mut open, &mut boxes);
        self.lines.push(Line { range: start..self.text.len(), own });
        self.text.push('\n');
        for held in boxes {
            self.blocks(held, false);
        }
    }

    /// `open` are the bookmarks that have begun in the paragraph: their names and where.
    fn inlines<'i>(
        &mut self,
        content: &'i [Inline],
        open: &mut BTreeMap<&'i str, (&'i str, usize)>,
        boxes: &mut Vec<&'i [Block]>,
    ) {
        for inline in content {
            match inline {
                // A line of the text is a paragraph.
                Inline::Run(run) if !run.hidden => {
                    self.text.extend(run.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
                }
                Inline::Tab | Inline::Break(_) => self.text.push(' '),
                Inline::Control(control, held) => {
                    let start = self.text.len();
                    self.inlines(held, open, boxes);
                    self.controls.push(Gap { name: control.clone(), range: start..self.text.len() });
                }
                Inline::BookmarkStart { id, name } => {
                    if name.starts_with(BOOKMARK) {
                        open.insert(id, (name, self.text.len()));
                    }
                }
                Inline::BookmarkEnd { id } => {
                    if let Some((name, start)) = open.remove(id.as_str()) {
                        self.bookmarks.push(Gap { name: name.to_owned(), range: start..self.text.len() });
                    }
                }
                Inline::TextBox(held) => boxes.push(held),
                Inline::Run(_) | Inline::Beside(_) | Inline::Note(..) | Inline::Picture { .. } => {}
            }
        }
    }
}
