//! A report on pages: [`layout`] takes the paragraphs and gives every glyph its place.
//!
//! `punct` is the table of marks; a `sign` is a character with its glyph, and `word` knows which belong together;
//! `segment` measures them and the gaps between them; `linebreak` decides where lines turn, `title` does so by sense for
//! centred lines; `justify` fills the measure, and a `line` is what is set; `paragraph` sets a block, from the left edge
//! that `indent` gives it; `issued` sets what an issued document has besides; `table` sets a table in rows; `contents` finds the pages of the contents, `links` the
//! addresses on them; `marginal` sets what stands in the margins, `note` what stands at a page's foot; `paginate` puts
//! lines on the `grid` of pages; `pages` is what comes out; `kept` tells what a signature took along, `first_page` whether the
//! first page of a document shows text, and `settled` finds the pitch that keeps a signature with the text. All lengths are
//! whole EMU.

mod contents;
mod first_page;
mod grid;
mod indent;
mod issued;
mod justify;
mod kept;
mod line;
mod linebreak;
mod links;
mod marginal;
mod note;
mod pages;
mod paginate;
mod paragraph;
mod punct;
mod segment;
mod settled;
mod sign;
mod table;
mod title;
mod word;

use std::collections::BTreeMap;
use std::fmt;

pub use first_page::check as check_first_page;
pub use indent::indents;
pub use issued::{
    ColophonMeasure, ColophonPage, Head, HeadPlace, MarkMeasure, RedRule, RuleKind, centres, head, measure_colophon,
};
pub use linebreak::Breaking;
pub use pages::{
    Area, Bookmark, Destination, Ink, Item, Line, Link, Page, Pages, Part, PlacedGlyph, PlacedPicture, Run,
};
pub use paragraph::Indent;
pub use settled::settle;

pub(crate) use issued::{COLOPHON_THICK, COLOPHON_THIN};
pub(crate) use marginal::{DRAFT_MARK, header_distance};
pub(crate) use note::{GAP as NOTE_GAP, PITCH as NOTE_PITCH, SIZE as NOTE_SIZE};
pub(crate) use table::{MIDDLE, PAD_X, PAD_Y, THICK, THIN, pitch as table_pitch};
pub use table::{SmallTable, TableMeasure, check as check_tables, measure as measure_table, small as small_tables};

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

/// How the paragraphs of `doc` are broken into lines, how many first fit could not set well, and what the signature took
/// along.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn breaking(doc: &Doc, fonts: &Fonts) -> Result<Breaking, NoGlyph> {
    let mut breaking = Breaking::default();
    let indents = indents(doc, fonts)?;
    for (index, block) in doc.blocks.iter().enumerate() {
        breaking += paragraph::breaking(block, indents.get(&index), &doc.style, fonts)?;
    }
    breaking.with_signature = kept::taken_along(doc, &layout(doc, fonts)?);
    Ok(breaking)
}

/// The number of the page, from 1, on which each line of the outline stands, by its id: what the contents of an output
/// say that does not take [`Pages`].
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn page_numbers(doc: &Doc, fonts: &Fonts) -> Result<BTreeMap<String, usize>, NoGlyph> {
    paginate::page_numbers(doc, fonts)
}

/// The page on which 版记 stands; `None` for a report without one.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn colophon_page(doc: &Doc, fonts: &Fonts) -> Result<Option<ColophonPage>, NoGlyph> {
    paginate::colophon_page(doc, fonts)
}

/// `doc` as Word is to have it, which sets its own lines: with the turns of its centred lines written into them, so that
/// those of a title are the same as in the PDF, and with room given to, or taken from, the characters of a line that
/// would else end within a name.
///
/// # Errors
/// [`NoGlyph`] for the first character of these lines that no face has.
pub fn for_word(doc: &Doc, fonts: &Fonts) -> Result<Doc, NoGlyph> {
    let mut doc = doc.clone();
    for block in &mut doc.blocks {
        if block.kind.is_title() {
            block.content = paragraph::with_turns(block, &doc.style, fonts)?;
        } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Quote)
            && let Some(content) = paragraph::with_whole_names(block, &doc.style, fonts)?
        {
            block.content = content;
        }
    }
    Ok(doc)
}
