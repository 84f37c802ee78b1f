//! What stands in the margins: the page number, and the mark of a draft.

use super::NoGlyph;
use super::grid::ASCENT;
use super::pages::{Ink, Line, Part, PlacedGlyph, Run};
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::manifest::{PageNumber, Style};

/// What stands at the head of each page of a draft.
pub(crate) const DRAFT_MARK: &str = "草稿";

/// From the upper edge of the paper to the header: 851 twips, Word's own place for it, or what the margin leaves.
pub(crate) fn header_distance(style: &Style) -> Length {
    let height = style.sizes.page_number.scale(5, 4);
    Length::twips(851).min(style.page.top - height).max(Length::ZERO)
}

/// `— 1 —` in 宋体 under the type area (GB/T 9704 7.5): the upper edge of the dashes seven millimetres under
/// it, odd pages one character in from the right, even pages from the left.
pub(super) fn page_number(number: usize, style: &Style, fonts: &Fonts) -> Result<Option<Line>, NoGlyph> {
    let size = style.sizes.page_number;
    let (glyphs, width) = row_of_song(&format!("— {number} —"), size, fonts)?;
    let dash = fonts.glyph(Role::Song, '—').ok_or(NoGlyph('—'))?;
    let bounds = fonts.face(dash.face).tables().glyph_bounding_box(dash.id);
    let dash_top =
        bounds.map_or(Length::ZERO, |dash_ink| size.scale(i64::from(dash_ink.y_max), i64::from(dash.units_per_em)));
    let page = &style.page;
    let odd = number % 2 == 1;
    let left = match style.page_number {
        PageNumber::None => return Ok(None),
        PageNumber::Center => page.left + (page.measure() - width) / 2,
        PageNumber::Outer if odd => page.width - page.right - size - width,
        PageNumber::Outer => page.left + size,
    };
    let baseline = page.height - page.bottom + Length::mm(7) + dash_top;
    Ok(Some(Line { part: Part::PageNumber, baseline, runs: runs(glyphs, left, size) }))
}

/// 草稿 in 宋体, in the size of the page number, at the right end of the line where Word has its header.
pub(super) fn draft_mark(style: &Style, fonts: &Fonts) -> Result<Line, NoGlyph> {
    let size = style.sizes.page_number;
    let (glyphs, width) = row_of_song(DRAFT_MARK, size, fonts)?;
    let left = style.page.width - style.page.right - width;
    // In a line box of five quarters the em box stands in the middle.
    let baseline = header_distance(style) + size.scale(1, 8) + size.scale(ASCENT, 100);
    Ok(Line { part: Part::DraftMark, baseline, runs: runs(glyphs, left, size) })
}

/// The glyphs of a short text in 宋体, from 0 rightwards, each with its face, and their width.
pub(super) fn row_of_song(
    text: &str,
    size: Length,
    fonts: &Fonts,
) -> Result<(Vec<(Role, PlacedGlyph)>, Length), NoGlyph> {
    let mut glyphs = Vec::new();
    let mut width = Length::ZERO;
    for c in text.chars() {
        let glyph = fonts.glyph(Role::Song, c).ok_or(NoGlyph(c))?;
        let advance = size.scale(i64::from(glyph.advance), i64::from(glyph.units_per_em));
        glyphs.push((glyph.face, PlacedGlyph { c, id: glyph.id.0, x: width, advance }));
        width += advance;
    }
    Ok((glyphs, width))
}

/// Glyphs as runs, moved right by `left`.
pub(super) fn runs(glyphs: impl IntoIterator<Item = (Role, PlacedGlyph)>, left: Length, size: Length) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (face, mut glyph) in glyphs {
        glyph.x += left;
        match runs.last_mut() {
            Some(run) if run.face == face => run.glyphs.push(glyph),
            _ => {
                runs.push(Run { face, size, bold: false, note: None, ink: Ink::Black, width: 100, glyphs: vec![glyph] })
            }
        }
    }
    runs
}
