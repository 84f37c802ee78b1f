//! A report on pages: [`layout`] takes the paragraphs and gives every glyph its place.
//!
//! `punct` is the table of marks; `segment` measures signs and the gaps between them; `linebreak` decides
//! where lines turn, `title` does so by sense for centred lines; `justify` fills the measure; `paragraph` sets
//! a block; `paginate` puts lines on the grid of pages; `pages` is what comes out. All lengths are whole EMU.

mod justify;
mod linebreak;
mod pages;
mod paginate;
mod paragraph;
mod punct;
mod segment;
mod title;

use std::fmt;

pub use pages::{Area, Bookmark, Item, Line, Page, Pages, Part, PlacedGlyph, Run};

pub(crate) use paginate::{DRAFT_MARK, header_distance};

use crate::doc::{BlockKind, Doc};
use crate::fonts::Fonts;

/// No face has a glyph for the character. Checks report it with its place before layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoGlyph(
    /// The character.
    pub char,
);

impl fmt::Display for NoGlyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no face has U+{:04X} {}", u32::from(self.0), self.0)
    }
}

impl std::error::Error for NoGlyph {}

/// Sets `doc` on pages, in time proportional to its length.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn layout(doc: &Doc, fonts: &Fonts) -> Result<Pages, NoGlyph> {
    paginate::pages(doc, fonts)
}

/// `doc` with the turns of its centred lines written into them, for outputs that do not take [`Pages`]: the
/// lines of a title are the same in Word as in the PDF.
///
/// # Errors
/// [`NoGlyph`] for the first character of these lines that no face has.
pub fn with_title_turns(doc: &Doc, fonts: &Fonts) -> Result<Doc, NoGlyph> {
    let mut doc = doc.clone();
    for block in doc.blocks.iter_mut().filter(|block| block.kind == BlockKind::Title) {
        block.content = paragraph::with_turns(block, &doc.style, fonts)?;
    }
    Ok(doc)
}
