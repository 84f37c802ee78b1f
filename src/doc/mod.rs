//! A report with every hole filled and every number written: what both writers set.

mod build;
pub mod fill;
pub mod ledger;
mod markdown;
mod numbering;
mod signs;

pub use build::build;
pub use fill::{Gap, Missing, Shape};

use crate::fonts::{Role, Used};
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
    /// Its paragraphs in order.
    pub blocks: Vec<Block>,
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

/// One paragraph.
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

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The characters of the report, by the role of the text that they stand in.
    pub fn chars(&self) -> Used {
        let mut used = Used::new();
        for inline in self.blocks.iter().flat_map(|block| &block.content) {
            used.entry(inline.role).or_default().extend(inline.text.chars().filter(|&c| c != '\n'));
        }
        used
    }
}

impl Block {
    /// The paragraph's words.
    pub fn text(&self) -> String {
        self.content.iter().map(|inline| inline.text.as_str()).collect()
    }
}
