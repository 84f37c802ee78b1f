//! The page number.

use super::NoGlyph;
use super::pages::{Line, Part, PlacedGlyph, Run};
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::manifest::{PageNumber, Style};

/// `— 1 —` in 宋体 under the type area (GB/T 9704 7.5): the upper edge of the dashes seven millimetres under
/// it, odd pages one character in from the right, even pages from the left.
pub(super) fn page_number(number: usize, style: &Style, fonts: &Fonts) -> Result<Option<Line>, NoGlyph> {
    let size = style.sizes.page_number;
    let mut glyphs = Vec::new();
    let mut width = Length::ZERO;
    let mut dash_top = 0;
    for c in format!("— {number} —").chars() {
        let glyph = fonts.glyph(Role::Song, c).ok_or(NoGlyph(c))?;
        let scale = |units: i64| size.scale(units, i64::from(glyph.units_per_em));
        if c == '—' {
            let bounds = fonts.face(glyph.face).tables().glyph_bounding_box(glyph.id);
            dash_top = bounds.map_or(0, |bounds| scale(i64::from(bounds.y_max)).to_emu());
        }
        let advance = scale(i64::from(glyph.advance));
        glyphs.push((glyph.face, PlacedGlyph { c, id: glyph.id.0, x: width, advance }));
        width += advance;
    }
    let page = &style.page;
    let odd = number % 2 == 1;
    let left = match style.page_number {
        PageNumber::None => return Ok(None),
        PageNumber::Center => page.left + (page.measure() - width) / 2,
        PageNumber::Outer if odd => page.width - page.right - size - width,
        PageNumber::Outer => page.left + size,
    };
    let mut runs: Vec<Run> = Vec::new();
    for (face, mut glyph) in glyphs {
        glyph.x += left;
        match runs.last_mut() {
            Some(run) if run.face == face => run.glyphs.push(glyph),
            _ => runs.push(Run { face, size, bold: false, glyphs: vec![glyph] }),
        }
    }
    let baseline = page.height - page.bottom + Length::mm(7) + Length::emu(dash_top);
    Ok(Some(Line { part: Part::PageNumber, baseline, runs }))
}
