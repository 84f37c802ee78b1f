//! Reads Word files (.docx) that others wrote: Word, WPS, LibreOffice.
//!
//! `package` opens the zip file and finds its parts; `xml` makes a small tree of a part; `styles` and `numbering` know
//! what paragraphs take from them; `body` makes paragraphs, tables and notes, with `field` for what fields show and
//! `formula` for formulas in one line; `margin` reads comments, headers and footers; `content` is the text by which two
//! files are compared. What comes out holds every visible word in the order of the text, tracked changes taken as
//! accepted, fields as the result that they show; what else the words have is [`Beside`] them.
//!
//! A file is untrusted: sizes, counts and nesting are limited, there is no DOCTYPE, and whatever is wrong is a
//! [`Refused`], never a panic. The time is proportional to the size.

mod body;
mod content;
mod field;
mod formula;
mod margin;
mod numbering;
pub(crate) mod package;
mod styles;
#[cfg(test)]
mod tests;
pub(crate) mod xml;

use std::collections::BTreeMap;
use std::fmt;

pub use content::{checksums, content, property};

use crate::diag::Text;
use crate::text;

/// A Word file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordFile {
    /// The text in order; headers and footers are no part of it.
    pub blocks: Vec<Block>,
    /// The notes, by their kind and the id that [`Inline::Note`] names.
    pub notes: BTreeMap<(NoteKind, String), Vec<Block>>,
    /// The words of the comments, by the id that [`Beside::Comment`] names.
    pub comments: BTreeMap<String, String>,
    /// The words of headers and footers, each once, without numbers of pages.
    pub margins: Vec<String>,
    /// True if words were left out that a tracked change deletes or moves away.
    pub has_deletions: bool,
    /// True if words were left out that Word hides.
    pub has_hidden: bool,
}

/// What stands below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A content control around whole paragraphs or tables.
    Control(Control, Vec<Block>),
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Id of its style, if it names one.
    pub style: Option<String>,
    /// Name of that style, as Word keeps it: `heading 1`, `Normal Indent`.
    pub style_name: Option<String>,
    /// Its level in the outline, 1 to 9, of its own or by its style.
    pub outline: Option<u8>,
    /// Its number, of its own or by its style.
    pub number: Option<Number>,
    /// Where its lines stand.
    pub align: Align,
    /// The size of its first words, in half-points, if the file says it.
    pub size: Option<u16>,
    /// The face of its first words for hanzi, if the file says it.
    pub face: Option<String>,
    /// What stands in it.
    pub content: Vec<Inline>,
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left margin, or between both.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the right margin.
    End,
}

/// The number that Word puts before a paragraph, which is no part of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `numId`: paragraphs with the same are one list.
    pub list: String,
    /// `ilvl`: depth, from 0.
    pub level: u8,
    /// What is printed: `一、`, `（二）`, `1.`; a bullet's sign; empty where the list is not described.
    pub text: String,
}

/// What stands beside the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words in one look.
    Run(Run),
    /// A tab.
    Tab,
    /// A forced end of a line, a column or a page.
    Break(Break),
    /// A content control around words.
    Control(Control, Vec<Inline>),
    /// A bookmark begins.
    BookmarkStart {
        /// What its end names.
        id: String,
        /// Its name.
        name: String,
    },
    /// A bookmark ends.
    BookmarkEnd {
        /// What its beginning named.
        id: String,
    },
    /// Something that goes with the words before it, or stands in the place of words.
    Beside(Beside),
    /// The sign of a note.
    Note(NoteKind, String),
    /// A picture.
    Picture {
        /// Name of its part in the package; none where it lies elsewhere or is not there.
        part: Option<String>,
        /// What it shows, in words.
        alt: Option<String>,
    },
    /// A text box.
    TextBox(Vec<Block>),
}

/// Something that the words of a file have besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The words before it are a link.
    Link {
        /// Those words.
        words: String,
        /// The address that they lead to.
        address: String,
    },
    /// The words before it, which are these, stand above or below the line.
    Raised(String),
    /// The words before it, which are these, are a formula that was written in one line.
    Formula(String),
    /// These words stood here and are struck out.
    Struck(String),
    /// A document of another kind that is embedded here.
    Chunk,
    /// A comment with this id.
    Comment(String),
}

/// Words in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Bold, of its own or by a style.
    pub bold: bool,
    /// Word hides them.
    pub hidden: bool,
}

/// What a forced break ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// The line.
    Line,
    /// The column.
    Column,
    /// The page.
    Page,
}

/// A content control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// Its title.
    pub alias: Option<String>,
    /// Its tag.
    pub tag: Option<String>,
    /// What it holds is a prompt, and nothing that was typed.
    pub placeholder: bool,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// It is repeated at the head of each page.
    pub head: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many columns of the grid it takes.
    pub span: u32,
    /// It continues the cell above it.
    pub continues: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// At the foot of its page.
    Foot,
    /// At the end.
    End,
}

impl Paragraph {
    /// The paragraph's words: a tab is `\t`, a forced line end `\n`. Its number, notes, pictures and text boxes are no
    /// part of them, nor is hidden text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        push_text(&self.content, &mut text);
        text
    }

    /// Whether it is an entry of the contents, whose page numbers change with every page that is turned.
    pub fn is_of_contents(&self) -> bool {
        let style = self.style_name.as_deref().unwrap_or_default();
        style.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("toc "))
    }
}

/// Adds the words of `content` to `text`.
pub fn push_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Run(run) if !run.hidden => text.push_str(&run.text),
            Inline::Tab => text.push('\t'),
            Inline::Break(_) => text.push('\n'),
            Inline::Control(_, content) => push_text(content, text),
            Inline::Run(_)
            | Inline::BookmarkStart { .. }
            | Inline::BookmarkEnd { .. }
            | Inline::Beside(_)
            | Inline::Note(..)
            | Inline::Picture { .. }
            | Inline::TextBox(_) => {}
        }
    }
}

/// Reads a Word file.
///
/// # Errors
/// [`Refused`]: it is none, is damaged, or is beyond a limit.
pub fn read(bytes: &[u8]) -> Result<WordFile, Refused> {
    body::read(package::Package::open(bytes)?)
}

/// The bytes of the parts `names` of a Word file, as [`Inline::Picture`] names them; of those that can be read, by the
/// same limits as the text: 32 MiB a part and 64 MiB in all.
///
/// # Errors
/// [`Refused`] where it is no package.
pub fn parts<'n>(bytes: &[u8], names: impl Iterator<Item = &'n str>) -> Result<BTreeMap<&'n str, Vec<u8>>, Refused> {
    let mut package = package::Package::open(bytes)?;
    let mut parts = BTreeMap::new();
    for name in names {
        if !parts.contains_key(name)
            && let Ok(Some(bytes)) = package.bytes(name)
        {
            parts.insert(name, bytes);
        }
    }
    Ok(parts)
}

/// Why a file can't be read as a Word file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A file of the old kind (.doc), or one that a password locks.
    OldOrLocked,
    /// No zip file, or a damaged one; what the library said.
    Zip(String),
    /// A zip file without a text for Word.
    NoText,
    /// A part is no well-formed XML.
    Part {
        /// Its name.
        part: String,
        /// What is wrong.
        why: String,
    },
    /// Beyond a limit; which one.
    Limit(&'static str),
}

impl Refused {
    /// Why, for whoever brought the file.
    pub fn text(&self) -> Text {
        match self {
            Refused::OldOrLocked => text!(
                "这是旧的 .doc 格式，或者加了密码；在 Word 里另存为不加密的 .docx",
                "an old .doc file or one with a password; save it as .docx without one"
            ),
            Refused::Zip(why) => text!("不是 Word 文件（.docx），或者已损坏：{why}", "no Word file, or damaged: {why}"),
            Refused::NoText => text!("这个文件里没有 Word 正文", "there is no Word text in the file"),
            Refused::Part { part, why } => text!("Word 文件已损坏（{part}）：{why}", "{part} is damaged: {why}"),
            Refused::Limit(limit) => {
                text!("文件太大或太深，不像材料：{limit}", "beyond a limit of this program: {limit}")
            }
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for Refused {}
