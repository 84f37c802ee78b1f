//! A report with every hole filled and every number written: what both writers set.

pub mod address;
mod build;
mod element;
mod escape;
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

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 标题: title face, centred, broken by sense (GB/T 9704 7.3.1). `\n` is a line end that the author chose.
    Title,
    /// 副标题: 楷体, centred, led by ——.
    Subtitle,
    /// Author line under the title: 楷体, centred.
    Byline,
    /// Date line under the title: 楷体, centred.
    Dateline,
    /// 称谓 or 主送机关: flush left (7.3.2).
    Salutation,
    /// A heading on a line of its own; levels 1 to 4 are 黑, 楷, 仿宋, 仿宋 (7.3.3). Indented by two characters.
    Heading(u8),
    /// 正文: indented by two characters, turned lines flush left (7.3.3).
    Paragraph,
    /// An item of a list; depth from 1. Set as a paragraph, one more character in for each depth over 1.
    ListItem(u8),
    /// A quotation: 楷体, otherwise a paragraph.
    Quote,
    /// A line of 附件说明 (7.3.4): in by so many characters; turned lines align with the character after the first
    /// `lead` ones, which are 附件： and the number.
    AttachmentNote {
        /// Characters that it is indented by.
        indent: u8,
        /// Characters before the name.
        lead: usize,
    },
    /// 署名 (7.3.5.2): two characters in from the right edge.
    Signature,
    /// 成文日期 (7.3.5.2): begins two characters right of the signature's first character.
    SignedOn,
    /// 附件1 on the first line of an attachment: 黑体, flush left (7.3.7).
    AttachmentMark,
    /// Title of an attachment, as the report's own (7.3.7).
    AttachmentTitle,
    /// Caption of the table that follows: 黑体, centred.
    TableCaption,
    /// A table. The block has no text of its own.
    Table(Box<Table>),
    /// A picture, in the middle. The block has no text of its own.
    Picture(Box<Placed>),
    /// Caption of the picture before it: 黑体, centred.
    PictureCaption,
    /// 目录: 黑体, centred.
    ContentsHead,
    /// A line of the contents. The number of the page, after dots, is each output's own to find.
    ContentsEntry {
        /// Depth in the outline, from 1.
        level: u8,
        /// The id of the outline's line that it means.
        target: String,
    },
    /// What follows begins a page. Has no text.
    PageBreak,
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

impl BlockKind {
    /// Whether it is of the running text or closes it, as against titles and headings.
    pub fn is_text(&self) -> bool {
        match self {
            BlockKind::Paragraph
            | BlockKind::ListItem(_)
            | BlockKind::Quote
            | BlockKind::AttachmentNote { .. }
            | BlockKind::Signature
            | BlockKind::SignedOn => true,
            BlockKind::Title
            | BlockKind::Subtitle
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Salutation
            | BlockKind::Heading(_)
            | BlockKind::AttachmentMark
            | BlockKind::AttachmentTitle
            | BlockKind::TableCaption
            | BlockKind::Table(_)
            | BlockKind::Picture(_)
            | BlockKind::PictureCaption
            | BlockKind::ContentsHead
            | BlockKind::ContentsEntry { .. }
            | BlockKind::PageBreak => false,
        }
    }
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
                    | BlockKind::PictureCaption
                    | BlockKind::ContentsEntry { .. }
                    | BlockKind::PageBreak
            );
            let captioned = || self.blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::PictureCaption);
            return if is_picture { captioned() } else { !ends };
        }
        // 7.3.5.5: a signature and its date stand on a page with words of the text.
        self.blocks.get(index + 1).is_some_and(|next| {
            matches!(next.kind, BlockKind::AttachmentNote { .. } | BlockKind::Signature | BlockKind::SignedOn)
        })
    }
}

impl Block {
    /// Whether it is set as a paragraph of words; a table or picture is not, nor the end of a page.
    pub fn has_paragraph(&self) -> bool {
        !matches!(self.kind, BlockKind::Table(_) | BlockKind::Picture(_) | BlockKind::PageBreak)
    }

    /// All its words, those of a table's cells too.
    fn inlines(&self) -> Box<dyn Iterator<Item = &Inline> + '_> {
        if let BlockKind::Table(table) = &self.kind {
            return Box::new(table.rows.iter().flatten().flatten().flat_map(|cell| &cell.content));
        }
        Box::new(self.content.iter())
    }

    /// Whether it is a title, which turns by sense and whose turns are the same in every output.
    pub fn is_title(&self) -> bool {
        matches!(self.kind, BlockKind::Title | BlockKind::AttachmentTitle)
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
