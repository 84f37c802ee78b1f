//! A report with every hole filled and every number written: what both writers set.

pub mod address;
mod build;
mod element;
mod escape;
mod issued;
mod kind;
pub(crate) mod lines;
mod markdown;
mod marks;
mod note;
mod numbering;
mod picture;
mod signs;
mod table;
mod wrapped;

pub use address::Address;
pub use build::build;
pub use issued::{COLOPHON_SIZE, ColophonLine, Ends, HeadItem, HeadLine, Mark};
pub use kind::{BlockKind, Look, Size, Zone};
pub use note::Note;
pub use picture::Placed;
pub use table::{Align, Cell, Column, Table};

pub use crate::fill::{Gap, Missing, Shape};
use crate::fonts::{Role, Used};
use crate::length::Length;
use crate::manifest::Style;
use crate::number::Date;
use crate::source::Span;

/// A whole report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// What is said of the report and not in it.
    pub meta: Meta,
    /// How it looks.
    pub style: Style,
    /// Its paragraphs and tables in order.
    pub blocks: Vec<Block>,
    /// Its footnotes (脚注) in the order of their signs: the first has the number 1.
    pub notes: Vec<Note>,
    /// What is still open, if this is a draft (草稿).
    pub draft: Option<Draft>,
}

/// What a draft leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The figures without a value, in the order of the text.
    pub missing: Vec<Missing>,
}

/// What is said of a report in a file's properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title on one line.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// BCP 47 language, `zh-CN` by default.
    pub lang: String,
    /// The report's own date.
    pub date: Option<Date>,
    /// Creation time for file metadata, seconds since 1970, UTC; left out where nothing gives one.
    pub created: Option<i64>,
}

/// A paragraph, or what stands between paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; numbers and list markers are part of it.
    pub content: Vec<Inline>,
    /// Its line in the outline, if it is or leads a section.
    pub outline: Option<Outline>,
    /// Empty grid lines after it (空一行).
    pub space_after: u32,
    /// Where it was written.
    pub span: Span,
}

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The text. `\n` is a forced line end; there are no other control characters.
    pub text: String,
    /// Its face.
    pub role: Role,
    /// Bold: stroked in the PDF, `w:b` in Word.
    pub bold: bool,
    /// What a hole that a draft leaves open waits for; it is shown in yellow.
    pub gap: Option<Gap>,
    /// The number of the note that it refers to, from 1; the text is then that number, and stands raised and small.
    pub note: Option<usize>,
    /// What each character takes more in Word, so that a line turns where it should; [`crate::layout::for_word`] gives it.
    pub spread: Length,
}

impl Inline {
    /// Words in the face of `role`, not bold, and no gap or sign of a note.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Inline { text: text.into(), role, bold: false, gap: None, note: None, spread: Length::ZERO }
    }
}

/// A line of the outline (PDF bookmarks, Word's navigation pane).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Depth from 1.
    pub level: u8,
    /// Its words, numbers included.
    pub title: String,
    /// A name unique in the report, ASCII letters, digits and `_`, beginning with a letter.
    pub id: String,
}

impl Doc {
    /// The characters of the report, by the role of the text that they stand in; those of cells and notes too.
    pub fn chars(&self) -> Used {
        let mut used = Used::new();
        let notes: Vec<Inline> =
            (1..).zip(&self.notes).flat_map(|(number, note): (usize, _)| note.printed(number)).collect();
        for inline in self.blocks.iter().flat_map(Block::inlines).chain(&notes) {
            used.entry(inline.role).or_default().extend(inline.text.chars().filter(|&c| c != '\n'));
        }
        used
    }

    /// Whether the block stands across the paper: a wide table, and its caption.
    pub fn is_turned(&self, index: usize) -> bool {
        let table = |index: usize| match self.blocks.get(index).map(|block| &block.kind) {
            Some(BlockKind::Table(table)) => table.landscape,
            Some(_) | None => false,
        };
        let is_caption = self.blocks.get(index).is_some_and(|block| block.kind == BlockKind::TableCaption);
        table(index) || is_caption && table(index + 1)
    }

    /// Whether a page may not end between the block and the next: no more of it than what goes before its last two
    /// lines may stay behind.
    pub fn stays_with_next(&self, index: usize) -> bool {
        let Some(block) = self.blocks.get(index) else { return false };
        if !block.kind.is_text() {
            let is_picture = matches!(block.kind, BlockKind::Picture(_));
            let ends = matches!(
                block.kind,
                BlockKind::Table(_)
                    | BlockKind::Colophon(_)
                    | BlockKind::PictureCaption
                    | BlockKind::ContentsEntry { .. }
                    | BlockKind::PageBreak
            );
            let captioned = || self.blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::PictureCaption);
            return if is_picture { captioned() } else { !ends };
        }
        // 7.3.5.5: a signature and its date stand on a page with words of the text, be they the names of attachments.
        let is_kept = |next: &Block| next.kind.is_closing() && !matches!(next.kind, BlockKind::AttachmentNote { .. });
        self.blocks.get(index + 1).is_some_and(is_kept)
    }
}

impl Block {
    /// All its words, those of a table's cells too.
    fn inlines(&self) -> Box<dyn Iterator<Item = &Inline> + '_> {
        if let BlockKind::Table(table) = &self.kind {
            return Box::new(table.rows.iter().flatten().flatten().flat_map(|cell| &cell.content));
        }
        Box::new(self.content.iter())
    }

    /// Its own words; those of a table are in its cells.
    pub fn text(&self) -> String {
        text(&self.content)
    }
}

/// The words of `content`.
pub(crate) fn text(content: &[Inline]) -> String {
    content.iter().map(|inline| inline.text.as_str()).collect()
}
