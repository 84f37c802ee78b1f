//! 发文机关标志: how large its type is, how narrow, and where its lines end (GB/T 9704 7.2.4).
//!
//! The standard gives no size; 初号 is the largest that offices take. A mark that is wider than the type area is squeezed, as
//! offices do, then set smaller, then broken. Of several issuers each has a line of the same width, with 文件 at their right.

use crate::doc::{Block, Mark};
use crate::fonts::Fonts;
use crate::layout::NoGlyph;
use crate::layout::line::{SetLine, place};
use crate::layout::pages::{Ink, Run};
use crate::layout::segment::Segment;
use crate::layout::sign::TypeSpec;
use crate::layout::title;
use crate::length::Length;

/// 初号.
const LARGEST: Length = Length::pt(42);
/// The smallest size of one line; a longer mark is broken.
const SMALLEST: Length = Length::pt(26);
/// The smallest size where several issue.
const SMALLEST_OF_SEVERAL: Length = Length::pt(16);
/// The narrowest type, in hundredths of its own width.
const NARROWEST: i64 = 70;
/// The height that the names of several issuers take at most.
const TALLEST: Length = Length::mm(80);

/// The type of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkMeasure {
    /// Size of type.
    pub size: Length,
    /// Width of its characters, in hundredths of their own.
    pub width: u16,
    /// From one baseline to the next.
    pub pitch: Length,
    /// Number of its lines.
    pub lines: usize,
    /// Of several issuers: the width of their names. `None` for one.
    pub names: Option<Length>,
    /// Of several issuers: from the names to 文件.
    pub gap: Length,
}

/// A mark that is set: each line with its baseline below the first one's, from the left edge of the room.
pub(super) struct SetMark {
    pub(super) measure: MarkMeasure,
    pub(super) lines: Vec<(SetLine, Length)>,
    /// From the first baseline up to the upper edge of the ink.
    pub(super) rise: Length,
    /// From the first baseline to the lower edge of the last line's characters.
    pub(super) fall: Length,
    /// From the first baseline to the lower edge of the last line's ink.
    pub(super) foot: Length,
}

/// Sets the mark `block` in the middle of `room`.
pub(super) fn set(block: &Block, mark: Mark, room: Length, fonts: &Fonts) -> Result<SetMark, NoGlyph> {
    let names = block.content.len() - mark.aside.min(block.content.len());
    let spec = |size| TypeSpec { size, tracking: Length::ZERO, latin_gap: 0, keep: None };
    let segments = |content, size| Segment::of_paragraph(content, spec(size), fonts);
    let natural = |segment: &Segment| segment.natural(&(0..segment.signs.len()));
    let large = segments(&block.content[..names], LARGEST)?;
    let aside = segments(&block.content[names..], LARGEST)?;
    let widest = large.iter().map(natural).max().unwrap_or_default();
    let beside = aside.iter().map(natural).max().unwrap_or_default();
    let (size, width) = if mark.aside == 0 {
        one_line(widest, room)
    } else {
        let total = widest + LARGEST / 2 + beside;
        let (size, width) = fitted(total, room, SMALLEST_OF_SEVERAL);
        let tallest = (TALLEST / (large.len().max(1) as i64)).scale(10, 13);
        (half_points(size.min(tallest)).max(SMALLEST_OF_SEVERAL), width)
    };
    let pitch = size.scale(if mark.aside == 0 { 5 } else { 6 }, if mark.aside == 0 { 4 } else { 5 });
    let narrow = |length: Length| length.scale(i64::from(width), 100);
    let mut lines = Vec::new();
    let mut names_width = None;
    let gap = size / 2;
    if mark.aside == 0 {
        for segment in segments(&block.content, size)? {
            // A line of narrow type holds more than one of its own width.
            for range in title::lines(&segment, room.scale(100, i64::from(width))) {
                let wide = segment.natural(&range);
                let line = place(&segment, &range, Length::ZERO, wide, true);
                lines.push((red(line, (room - narrow(wide)) / 2, width, Length::ZERO), pitch * lines.len() as i64));
            }
        }
    } else {
        let own = segments(&block.content[..names], size)?;
        let widest = narrow(own.iter().map(natural).max().unwrap_or_default());
        let besides = segments(&block.content[names..], size)?;
        let beside = narrow(besides.iter().map(natural).max().unwrap_or_default());
        let left = (room - widest - gap - beside) / 2;
        for segment in &own {
            let range = 0..segment.signs.len();
            let wide = narrow(segment.natural(&range));
            let spaces = segment.signs.len().saturating_sub(1) as i64;
            let spread = if spaces > 0 { (widest - wide) / spaces } else { Length::ZERO };
            let at = if spaces > 0 { left } else { left + (widest - wide) / 2 };
            let line = place(segment, &range, Length::ZERO, segment.natural(&range), true);
            lines.push((red(line, at, width, spread), pitch * lines.len() as i64));
        }
        let middle = pitch * (lines.len() as i64 - 1) / 2;
        for segment in &besides {
            let range = 0..segment.signs.len();
            let line = place(segment, &range, Length::ZERO, segment.natural(&range), true);
            lines.push((red(line, left + widest + gap, width, Length::ZERO), middle));
        }
        names_width = Some(widest);
    }
    let count = lines.len() - usize::from(mark.aside > 0 && !aside.is_empty());
    let rise = lines.first().map(|(line, _)| ink(&line.runs, fonts).0).unwrap_or_default();
    let foot = lines.iter().map(|(line, down)| *down + ink(&line.runs, fonts).1).max().unwrap_or_default();
    let fall = pitch * (count as i64 - 1).max(0) + size.scale(12, 100);
    let measure = MarkMeasure { size, width, pitch, lines: count.max(1), names: names_width, gap };
    Ok(SetMark { measure, lines, rise, fall, foot })
}

/// Size and width of a mark on lines of its own, whose widest is `widest` wide at the largest size.
fn one_line(widest: Length, room: Length) -> (Length, u16) {
    let (size, width) = fitted(widest, room, SMALLEST);
    if widest.scale(size.to_emu(), LARGEST.to_emu()).scale(i64::from(width), 100) <= room {
        return (size, width);
    }
    // It is broken into lines: 小初 is what fits two of them over the text.
    (Length::pt(36), NARROWEST as u16)
}

/// The size, not under `smallest`, and the width at which what is `wide` at the largest size fits into `room`.
fn fitted(wide: Length, room: Length, smallest: Length) -> (Length, u16) {
    if wide <= room {
        return (LARGEST, 100);
    }
    let width = room.to_emu() * 100 / wide.to_emu().max(1);
    if width >= NARROWEST {
        return (LARGEST, width as u16);
    }
    let size = LARGEST.scale(room.to_emu() * 100, wide.to_emu() * NARROWEST);
    (half_points(size).max(smallest), NARROWEST as u16)
}

/// `size` in whole half points, which are Word's unit of it, not larger.
fn half_points(size: Length) -> Length {
    let half = Length::centi_pt(50).to_emu();
    Length::emu(size.to_emu() / half * half)
}

/// `line` in red, narrowed to `width` hundredths, from `left` on, with `spread` more after each character.
fn red(mut line: SetLine, left: Length, width: u16, spread: Length) -> SetLine {
    let narrow = |length: Length| length.scale(i64::from(width), 100);
    let mut count = 0;
    for run in &mut line.runs {
        (run.ink, run.width) = (Ink::Red, width);
        for glyph in &mut run.glyphs {
            glyph.x = left + narrow(glyph.x) + spread * count;
            glyph.advance = narrow(glyph.advance);
            count += 1;
        }
    }
    for (from, to) in &mut line.holes {
        (*from, *to) = (left + narrow(*from), left + narrow(*to));
    }
    line
}

/// The height of the ink of `runs` over the baseline, and its depth under it.
pub(super) fn ink(runs: &[Run], fonts: &Fonts) -> (Length, Length) {
    let mut edges = (Length::ZERO, Length::ZERO);
    for run in runs {
        let face = fonts.face(run.face);
        let upem = i64::from(face.units_per_em().max(1));
        for glyph in &run.glyphs {
            let Some(bounds) = face.tables().glyph_bounding_box(ttf_parser::GlyphId(glyph.id)) else { continue };
            edges.0 = edges.0.max(run.size.scale(i64::from(bounds.y_max), upem));
            edges.1 = edges.1.max(run.size.scale(-i64::from(bounds.y_min), upem));
        }
    }
    edges
}
