//! The texts of a report file, and the words of a draft on their way to them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Row;
use super::mapped::Mapped;
use crate::manifest::Part;
use crate::number::Date;

/// The texts of a report file.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    /// Title, subtitle, author, salutation, headings and texts.
    pub(super) parts: BTreeMap<Part, String>,
    /// The holes of each, in order.
    pub(super) holes: BTreeMap<Part, Vec<Origin>>,
    /// The holes of words that stand twice in the draft and once in the report file.
    pub(super) copies: Vec<Origin>,
    /// The level of each section's heading.
    pub(super) levels: Vec<u8>,
    /// The attachment that each section is part of.
    pub(super) attached: Vec<Option<usize>>,
    pub(super) date: Option<Date>,
    pub(super) signed_on: Option<Date>,
    pub(super) numbering: Option<&'static str>,
    /// `[style] toc`.
    pub(super) has_contents: bool,
    pub(super) literals: Vec<String>,
    /// The part whose last line was a row or a picture.
    pub(super) apart: Option<Part>,
}

/// Where a hole comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// In bytes of the draft.
    pub(super) source: Range<usize>,
    /// Something else than X stood there.
    pub(super) turned: bool,
    /// The number that stood there, where it was made a figure.
    pub(super) value: Option<String>,
}

/// The way in which a stretch of words is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// No Markdown is read there: a title, a heading.
    Plain,
    /// Markdown of the draft.
    Markdown,
    /// Words that must print as they are.
    Escaped,
}

/// Words of the draft with where they belong.
pub(super) struct Words {
    pub(super) part: Part,
    pub(super) way: Way,
    pub(super) text: Mapped,
    pub(super) item: Option<u8>,
    pub(super) row: Option<Row>,
    /// The file of the picture whose caption they are.
    pub(super) picture: Option<String>,
    /// Numbers that became X, by their place in `text`.
    pub(super) values: BTreeMap<usize, String>,
    /// Stretches of `text` that look like holes and are none, in order.
    pub(super) kept: Vec<Range<usize>>,
    /// The same words once more, which the program prints by itself.
    pub(super) is_copy: bool,
}
