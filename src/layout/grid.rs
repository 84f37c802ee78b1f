//! The grid of lines, and a line's place on it.
//!
//! A line's em box stands in the middle of its line box, which is what the margins of GB/T 33476.2 (34.58 and
//! 32.58 mm, half the leading less) presuppose; the baseline is 0.88 em under the top of the em box. With
//! `exact` spacing LibreOffice puts the baseline at four fifths of the line box, 2.6 pt lower; the distance
//! between lines is the same.

use super::line::SetLine;
use super::pages::{Area, Item, Line, Page, Part};
use crate::length::Length;
use crate::manifest::Style;

/// Height of the em box over the baseline, in hundredths of an em.
pub(super) const ASCENT: i64 = 88;

/// The height of a page's text.
pub(super) fn room(style: &Style) -> Length {
    style.line_pitch * i64::from(style.lines.max(1))
}

/// Places a line of `part` whose box has this top and height, from the edge `left` on.
pub(super) fn place_line(page: &mut Page, line: SetLine, part: Part, (top, height): (Length, Length), left: Length) {
    let baseline = top + (height - line.size) / 2 + line.size.scale(ASCENT, 100);
    page.items.extend(items(line, part, baseline, left));
}

/// A line of `part` on its baseline, from the edge `left` on, after what lies behind its open holes.
pub(super) fn items(line: SetLine, part: Part, baseline: Length, left: Length) -> Vec<Item> {
    let y = baseline - line.size.scale(ASCENT, 100);
    let tint =
        |(from, to): (Length, Length)| Item::Tint(Area { x: left + from, y, width: to - from, height: line.size });
    let mut items: Vec<Item> = line.holes.into_iter().map(tint).collect();
    let mut runs = line.runs;
    for glyph in runs.iter_mut().flat_map(|run| &mut run.glyphs) {
        glyph.x += left;
    }
    if !runs.is_empty() {
        items.push(Item::Line(Line { part, baseline, runs }));
    }
    items
}
