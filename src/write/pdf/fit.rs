//! Which shape each glyph of a line takes, so that the glyphs' boxes neither overlap nor stand apart.
//!
//! A squeezed mark lies over the blank half of its neighbour, and a line stretched far has gaps. poppler reads
//! the one as two lines and the other as a blank; so do Chrome and others, at limits of their own.

use crate::fonts::Fonts;
use crate::fonts::Shape;
use crate::layout::{Line, Page, PlacedGlyph, Run};
use crate::length::Length;

/// The least overlap or gap that a shape makes good, in thousandths of an em; poppler's own limits are 100.
const NOTED: i64 = 80;

/// Shapes differ in steps of so many thousandths of an em, so that a face needs few of them.
const STEP: i64 = 50;

/// The least side of a mark that counts as its blank half, in thousandths of an em.
const BLANK_HALF: i64 = 400;

/// A line with the shapes of its glyphs in order.
pub(super) struct FittedLine<'a> {
    /// The line.
    pub(super) line: &'a Line,
    /// As many shapes as it has glyphs.
    pub(super) shapes: Vec<Shape>,
}

/// The lines of `page`.
pub(super) fn fit<'a>(page: &'a Page, fonts: &Fonts) -> Vec<FittedLine<'a>> {
    page.lines().map(|line| FittedLine { line, shapes: shapes(line, fonts) }).collect()
}

fn shapes(line: &Line, fonts: &Fonts) -> Vec<Shape> {
    let glyphs: Vec<(&Run, &PlacedGlyph)> =
        line.runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph))).collect();
    let mut shapes: Vec<Shape> = glyphs.iter().map(|(_, glyph)| Shape::plain(glyph.c)).collect();
    for (n, pair) in glyphs.windows(2).enumerate() {
        let [(run, a), (next_run, b)] = pair else { continue };
        let room = thousandths(b.x - a.x - a.advance, run.size);
        if room < -NOTED {
            let cut = steps(-room);
            let of_a = if blanks(run, a, fonts).1 >= BLANK_HALF { cut.min(500) } else { 0 };
            let of_b = if blanks(next_run, b, fonts).0 >= BLANK_HALF { (cut - of_a).min(500) } else { 0 };
            shapes[n].right -= of_a as i16;
            shapes[n + 1].left -= of_b as i16;
        } else if room > NOTED && !a.c.is_whitespace() && !b.c.is_whitespace() {
            // Of digits and letters there are few, so that they are the ones to come in several shapes.
            let add = steps(room).min(i64::from(i16::MAX) / 2) as i16;
            if b.advance * 4 < run.size * 3 {
                shapes[n + 1].left += add;
            } else {
                shapes[n].right += add;
            }
        }
    }
    shapes
}

fn thousandths(length: Length, em: Length) -> i64 {
    length.scale(1000, em.to_emu().max(1)).to_emu()
}

fn steps(thousandths: i64) -> i64 {
    (thousandths + STEP / 2) / STEP * STEP
}

/// What is blank left and right of a glyph's ink, in thousandths of an em.
fn blanks(run: &Run, glyph: &PlacedGlyph, fonts: &Fonts) -> (i64, i64) {
    let face = fonts.face(run.face);
    let Some(ink) = face.tables().glyph_bounding_box(ttf_parser::GlyphId(glyph.id)) else { return (0, 0) };
    let em = i64::from(face.units_per_em().max(1));
    let right = thousandths(glyph.advance, run.size) - i64::from(ink.x_max) * 1000 / em;
    (i64::from(ink.x_min) * 1000 / em, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Role;
    use crate::layout::{Ink, Part};

    fn rooms(text: &str, xs: &[i64]) -> Vec<(i16, i16)> {
        let fonts = Fonts::bundled();
        let em = Length::pt(20);
        let glyphs = text.chars().zip(xs).map(|(c, &x)| {
            let glyph = fonts.face(Role::Song).glyph(c).unwrap();
            let advance = em.scale(i64::from(glyph.advance), 1000);
            PlacedGlyph { c, id: glyph.id.0, x: Length::pt(x), advance }
        });
        let run = Run {
            face: Role::Song,
            size: em,
            bold: false,
            note: None,
            ink: Ink::Black,
            width: 100,
            glyphs: glyphs.collect(),
        };
        let line = Line { part: Part::Block(0), baseline: Length::ZERO, runs: vec![run] };
        shapes(&line, &fonts).into_iter().map(|shape| (shape.left, shape.right)).collect()
    }

    #[test]
    fn text_at_its_own_advances_keeps_its_shapes() {
        assert_eq!(rooms("一，二", &[0, 20, 40]), [(0, 0); 3]);
        assert_eq!(rooms("一，二", &[0, 21, 41]), [(0, 0); 3], "a twentieth of an em is no gap");
    }

    #[test]
    fn a_squeezed_mark_loses_its_blank_half() {
        assert_eq!(rooms("三）》，全", &[0, 20, 30, 40, 55]), [(0, 0), (0, -500), (0, -500), (0, -250), (0, 0)]);
        assert_eq!(rooms("说“一", &[0, 10, 30]), [(0, 0), (-500, 0), (0, 0)]);
        assert_eq!(rooms("”“", &[0, 1]), [(0, -500), (-450, 0)]);
    }

    #[test]
    fn a_gap_goes_to_the_narrow_sign_beside_it() {
        assert_eq!(rooms("第9次", &[0, 25, 40]), [(0, 0), (250, 250), (0, 0)]);
        assert_eq!(rooms("一二", &[0, 23]), [(0, 150), (0, 0)]);
        assert_eq!(rooms("a b", &[0, 20, 40]), [(0, 0); 3], "a typed blank is a blank");
    }
}
