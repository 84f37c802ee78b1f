//! Where a reader that judges by room alone would find other text than was typed, and so is told it.
//!
//! Programs that extract text take glyphs that overlap for two lines and a gap between two glyphs for a blank.
//! A squeezed mark overlaps its neighbour's blank half, and a line stretched far has gaps; there the drawing
//! says in so many words what it shows (`ActualText`; ISO 32000-1, 14.9.4).

use std::ops::Range;

use crate::layout::{Line, Part, PlacedGlyph};

/// The least overlap or gap that is explained, in thousandths of an em; poppler's own limits are 100.
const TELLING: i64 = 80;

/// The stretches of `line`, as ranges over its glyphs in order, that need their text told. They do not touch.
pub(super) fn told(line: &Line) -> Vec<Range<usize>> {
    let count = line.runs.iter().map(|run| run.glyphs.len()).sum();
    if line.part == Part::PageNumber {
        // So evenly spaced that poppler takes its blanks for letter-spacing.
        return std::iter::once(0..count).collect();
    }
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut before: Option<&PlacedGlyph> = None;
    let glyphs = line.runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| (run.size, glyph)));
    for (n, (size, glyph)) in glyphs.enumerate() {
        if let Some(before) = before.replace(glyph) {
            let room = glyph.x - before.x - before.advance;
            let limit = size.scale(TELLING, 1000);
            let blank = before.c.is_whitespace() || glyph.c.is_whitespace();
            if room < -limit || (room > limit && !blank) {
                match spans.last_mut() {
                    Some(span) if span.end == n => span.end = n + 1,
                    _ => spans.push(n - 1..n + 1),
                }
            }
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Role;
    use crate::layout::Run;
    use crate::length::Length;

    fn line(text: &str, xs: &[i64]) -> Line {
        let glyph = |(c, &x)| PlacedGlyph { c, id: 1, x: Length::pt(x), advance: Length::pt(16) };
        let glyphs = text.chars().zip(xs).map(glyph).collect();
        let run = Run { face: Role::Body, size: Length::pt(16), bold: false, glyphs };
        Line { part: Part::Block(0), baseline: Length::ZERO, runs: vec![run] }
    }

    #[test]
    fn overlaps_and_gaps_are_told_and_plain_text_is_not() {
        assert_eq!(told(&line("一二三", &[0, 16, 32])), []);
        assert_eq!(told(&line("三）》，全（年", &[0, 16, 24, 32, 48, 56, 72])), [1..4, 4..6]);
        assert_eq!(told(&line("一二三四五", &[0, 18, 34, 50, 68])), [0..2, 3..5]);
        assert_eq!(told(&line("一 三", &[0, 18, 36])), [], "a typed blank is a blank");
    }
}
