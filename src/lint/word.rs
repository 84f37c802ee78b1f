//! The text of a Word file: a paragraph a line, counted as a reader counts them.

use crate::wordfile::{self, Block, Inline, Refused, WordFile, push_text};

/// The text of the Word file `bytes`: the paragraphs that have words, with the numbers that Word prints before them, those
/// of tables among them; then the text boxes, then the notes. A forced end of a line is one of a paragraph.
///
/// # Errors
/// It is no Word file, or a damaged one.
pub(super) fn text(bytes: &[u8]) -> Result<String, Refused> {
    let WordFile { blocks, notes, .. } = wordfile::read(bytes)?;
    let mut out = Text::default();
    out.blocks(&blocks);
    notes.values().for_each(|blocks| out.blocks(blocks));
    // What stands in a box may have boxes of its own.
    while !out.boxes.is_empty() {
        let boxes = std::mem::take(&mut out.boxes);
        boxes.into_iter().for_each(|blocks| out.blocks(blocks));
    }
    Ok(out.text)
}

#[derive(Default)]
struct Text<'w> {
    text: String,
    boxes: Vec<&'w [Block]>,
}

impl<'w> Text<'w> {
    fn blocks(&mut self, blocks: &'w [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let mut words = paragraph.number.as_ref().map(|number| number.text.clone()).unwrap_or_default();
                    push_text(&paragraph.content, &mut words);
                    for line in words.split('\n').filter(|line| !line.trim().is_empty()) {
                        self.text.push_str(line);
                        self.text.push('\n');
                    }
                    self.find_boxes(&paragraph.content);
                }
                Block::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.blocks(&cell.blocks));
                }
                Block::Control(_, blocks) => self.blocks(blocks),
            }
        }
    }

    fn find_boxes(&mut self, content: &'w [Inline]) {
        for inline in content {
            match inline {
                Inline::TextBox(blocks) => self.boxes.push(blocks),
                Inline::Control(_, content) => self.find_boxes(content),
                Inline::Run(_)
                | Inline::Tab
                | Inline::Break(_)
                | Inline::BookmarkStart { .. }
                | Inline::BookmarkEnd { .. }
                | Inline::Beside(_)
                | Inline::Note(..)
                | Inline::Picture { .. } => {}
            }
        }
    }
}
