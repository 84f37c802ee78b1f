//! The contents: dots and page numbers after their lines, once it is known where everything stands.

use super::NoGlyph;
use super::pages::{Area, Item, Line, Link, Page, Pages, Part, PlacedGlyph, Run};
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::manifest::Style;

/// Characters by which each level is further in.
pub(super) const INDENT: i64 = 2;
/// Characters at the right edge that page numbers have to themselves.
const NUMBER: i64 = 3;
/// The character of the dots.
const DOT: char = '.';

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

/// Puts dots and a number after the line `open`, which means `target`, and makes the line a link. Of one page the last
/// line comes first, so that items keep their numbers.
pub(super) fn close(
    pages: &mut Pages,
    open: &Open,
    target: Target,
    style: &Style,
    fonts: &Fonts,
) -> Result<(), NoGlyph> {
    let Some(page) = pages.pages.get_mut(open.page) else { return Ok(()) };
    let Some(Item::Line(words)) = page.items.get(open.item) else { return Ok(()) };
    let size = style.sizes.body;
    let right = style.page.left + style.page.measure();
    let number = row(&(target.page + 1).to_string(), size, fonts)?;
    let width = |glyphs: &[(Role, PlacedGlyph)]| glyphs.iter().map(|(_, glyph)| glyph.advance).sum::<Length>();
    let (_, end) = words.extent().unwrap_or((style.page.left, style.page.left));
    let (from, to) = (end + size / 2, right - width(&number) - size / 4);
    let dot = row(&DOT.to_string(), size, fonts)?;
    let step = (width(&dot)).max(Length::emu(1));
    let dots = ((to - from).to_emu() / step.to_emu()).max(0);
    let mut runs = Vec::new();
    // The dots of all lines stand one under the other, so they are counted from the right.
    for n in (1..=dots).rev() {
        push(&mut runs, &dot, to - step * n, size);
    }
    push(&mut runs, &number, right - width(&number), size);
    let left = words.extent().map_or(style.page.left, |(left, _)| left);
    let line = Line { part: Part::PageOf(open.block), baseline: words.baseline, runs };
    let area = Area { x: left, y: open.top, width: right - left, height: style.line_pitch };
    add(page, open.item, line, Link { area, page: target.page, y: target.y });
    Ok(())
}

fn add(page: &mut Page, item: usize, line: Line, link: Link) {
    page.items.insert(item + 1, Item::Line(line));
    page.links.insert(0, link);
}

/// The glyphs of a short text in 宋体, each after the other from 0.
fn row(text: &str, size: Length, fonts: &Fonts) -> Result<Vec<(Role, PlacedGlyph)>, NoGlyph> {
    let mut x = Length::ZERO;
    let mut glyphs = Vec::new();
    for c in text.chars() {
        let glyph = fonts.glyph(Role::Song, c).ok_or(NoGlyph(c))?;
        let advance = size.scale(i64::from(glyph.advance), i64::from(glyph.units_per_em));
        glyphs.push((glyph.face, PlacedGlyph { c, id: glyph.id.0, x, advance }));
        x += advance;
    }
    Ok(glyphs)
}

fn push(runs: &mut Vec<Run>, glyphs: &[(Role, PlacedGlyph)], x: Length, size: Length) {
    for &(face, glyph) in glyphs {
        let glyph = PlacedGlyph { x: glyph.x + x, ..glyph };
        match runs.last_mut() {
            Some(run) if run.face == face => run.glyphs.push(glyph),
            _ => runs.push(Run { face, size, bold: false, glyphs: vec![glyph] }),
        }
    }
}
