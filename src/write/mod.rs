//! The outputs: a Word file from the report's paragraphs, a PDF from its pages.

pub mod docx;
pub mod pdf;

use std::fmt;

use crate::doc::Doc;
use crate::fonts::Fonts;
use crate::fonts::SubsetError;
use crate::layout::{self, NoGlyph};

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

impl Format {
    /// All kinds, in the order in which they are made and named.
    pub const ALL: [Format; 2] = [Format::Docx, Format::Pdf];

    /// Those that are made where `--to` names none: a new kind is made where it is asked for.
    pub const USUAL: [Format; 2] = [Format::Docx, Format::Pdf];

    /// What a file of this kind ends in, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }
}

/// Where a file is from that stands where an output is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// This program made it, and it says what it said then.
    Untouched,
    /// This program made it, and someone has edited it since.
    Edited,
    /// It is not from this program.
    Elsewhere,
}

/// Tells an earlier output of the kind `format` from files of others, by what it holds alone.
pub fn made(format: Format, file: &[u8]) -> Made {
    match format {
        Format::Docx => docx::made(file),
        Format::Pdf => pdf::made(file),
    }
}

/// The report as a file of the kind `format`.
///
/// # Errors
/// [`WriteError`], which the checks before writing make impossible but for faults of the program.
pub fn write(doc: &Doc, format: Format, fonts: &Fonts) -> Result<Vec<u8>, WriteError> {
    match format {
        Format::Docx => docx::write(&layout::for_word(doc, fonts)?, fonts),
        Format::Pdf => pdf::write(&layout::layout(doc, fonts)?, doc, fonts),
    }
}

/// Why an output could not be made: the program's own failure, never the author's.
#[derive(Debug)]
pub enum WriteError {
    /// No face has the character; the checks before writing report it with its place.
    NoGlyph(char),
    /// A library refused; what it said.
    Library(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NoGlyph(c) => write!(f, "no face has U+{:04X} {c}", u32::from(*c)),
            WriteError::Library(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<NoGlyph> for WriteError {
    fn from(NoGlyph(c): NoGlyph) -> Self {
        WriteError::NoGlyph(c)
    }
}

impl From<SubsetError> for WriteError {
    fn from(error: SubsetError) -> Self {
        match error {
            SubsetError::NoGlyph(c) => WriteError::NoGlyph(c),
            SubsetError::Refused(why) => WriteError::Library(why),
        }
    }
}
