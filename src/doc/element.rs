//! A block of a section's text as Markdown has it, before it is a paragraph of the report.

use super::table::Align;

/// A block of a section's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub kind: ElementKind,
    pub content: Vec<Stretch>,
    /// The table, where it is one.
    pub table: Option<PipeTable>,
    /// Where its first line begins, in bytes of the section's text.
    pub start: usize,
    /// Where its first line ends.
    pub end: usize,
}

impl Element {
    /// The words and the file of the picture that it is and nothing else.
    pub(super) fn image(&self) -> Option<(&str, &str)> {
        match self.content.as_slice() {
            [only] if self.kind == ElementKind::Paragraph => {
                let image = crate::manifest::image(&only.text)?;
                Some((&only.text[image.words], &only.text[image.file]))
            }
            _ => None,
        }
    }

    /// The id of the table that is to stand here: `{{id}}` and nothing else.
    pub(super) fn places(&self) -> Option<&str> {
        match self.content.as_slice() {
            [only] if self.kind == ElementKind::Paragraph => {
                let id = only.text.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
                (!id.is_empty() && !id.contains(['{', '}'])).then_some(id)
            }
            _ => None,
        }
    }
}

/// The kind of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// `#` to `######`.
    Heading(u8),
    Paragraph,
    /// An item of a list; depth from 1. Its marker is the first stretch.
    Item(u8),
    Quote,
    Table,
}

/// A pipe table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PipeTable {
    /// The alignment of each column, from the line under the head.
    pub aligns: Vec<Option<Align>>,
    /// Its rows, the head first; the words of each cell.
    pub rows: Vec<Vec<Vec<Stretch>>>,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
}

/// Something that this version sets as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unset {
    pub what: UnsetKind,
    pub start: usize,
    pub end: usize,
}

/// The kind of what is set as plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnsetKind {
    /// A line of a table without the line under its head.
    Table,
    /// A row with more cells than its head.
    WideRow,
    /// A row with fewer.
    NarrowRow,
    Image,
    /// A picture in HTML.
    Html,
    /// The name of a language after the fence of a block of code.
    FenceName,
    /// A block of code without an end.
    OpenFence,
}
