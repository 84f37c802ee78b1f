//! The contents: dots and page numbers after their lines, once it is known where everything stands.

use super::NoGlyph;
use super::marginal::{row_of_song, runs};
use super::pages::{Area, Destination, Item, Line, Link, Pages, Part, PlacedGlyph};
use crate::doc::Block;
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::manifest::Style;

/// Characters at the right edge that page numbers have to themselves.
const NUMBER: i64 = 3;
/// One of the dots.
const DOT: &str = ".";

/// The room for the words of the contents.
pub(super) fn room(style: &Style) -> Length {
    style.page.measure() - style.cell * NUMBER
}

/// The end of a line of the contents that waits for its number.
pub(super) struct Open {
    /// The page that it stands on, from 0.
    pub(super) page: usize,
    /// The number of the item that is its last line of words.
    pub(super) item: usize,
    /// Its block.
    pub(super) block: usize,
    /// The top of its line of the grid.
    pub(super) top: Length,
}

/// Where a line of the outline stands.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// Its page, from 0.
    pub(super) page: usize,
    /// Its top.
    pub(super) y: Length,
}

/// Puts dots and a number after the line `open` of `block`, which means `target`, and makes the line a link. Of one page the last
/// line comes first, so that items keep their numbers.
pub(super) fn close(
    pages: &mut Pages,
    open: &Open,
    block: &Block,
    target: Target,
    style: &Style,
    fonts: &Fonts,
) -> Result<(), NoGlyph> {
    let Some(page) = pages.pages.get_mut(open.page) else { return Ok(()) };
    let Some(Item::Line(words)) = page.items.get(open.item) else { return Ok(()) };
    let size = style.sizes.body;
    let right = style.page.left + style.page.measure();
    let (number, width) = row_of_song(&(target.page + 1).to_string(), size, fonts)?;
    let (_, end) = words.extent().unwrap_or((style.page.left, style.page.left));
    let (from, to) = (end + size / 2, right - width - size / 4);
    let (dot, step) = row_of_song(DOT, size, fonts)?;
    let count = ((to - from).to_emu() / step.to_emu().max(1)).max(0);
    // The dots of all lines stand one under the other, so they are counted from the right.
    let dots = (1..=count).rev().flat_map(|n| moved(&dot, to - step * n));
    let runs = runs(dots.chain(moved(&number, right - width)), Length::ZERO, size);
    let left = words.extent().map_or(style.page.left, |(left, _)| left);
    let line = Line { part: Part::PageOf(open.block), baseline: words.baseline, runs };
    let area = Area { x: left, y: open.top, width: right - left, height: style.line_pitch };
    page.items.insert(open.item + 1, Item::Line(line));
    let words = block.text();
    let to = Destination::Place { page: target.page, y: target.y };
    page.links.insert(0, Link { block: open.block, words, area, target: to });
    Ok(())
}

fn moved(glyphs: &[(Role, PlacedGlyph)], by: Length) -> impl Iterator<Item = (Role, PlacedGlyph)> {
    glyphs.iter().map(move |&(face, glyph)| (face, PlacedGlyph { x: glyph.x + by, ..glyph }))
}
