//! A line that is set: its glyphs in their places, before it is known where on a page it stands.

use std::ops::Range;

use super::justify;
use super::pages::{Ink, PlacedGlyph, Run};
use super::segment::Segment;
use super::sign::Sign;
use crate::length::Length;

/// A line of a block, with `x` from the left edge of the type area.
#[derive(Clone, Debug, Default)]
pub(super) struct SetLine {
    pub(super) size: Length,
    pub(super) runs: Vec<Run>,
    /// Left and right edges of open holes.
    pub(super) holes: Vec<(Length, Length)>,
    /// The notes whose signs are in it.
    pub(super) notes: Vec<usize>,
}

/// Sets `line` of `segment` from `left` on, in the width `room`; a ragged line is not stretched.
pub(super) fn place(segment: &Segment, line: &Range<usize>, left: Length, room: Length, ragged: bool) -> SetLine {
    let gains = justify::justify(segment, line, room, ragged);
    let visible = segment.visible(line);
    let mut set = SetLine { size: segment.size, ..SetLine::default() };
    let mut x = left - segment.start_cut(line.start);
    for (k, at) in line.clone().enumerate() {
        let sign = &segment.signs[at];
        push_glyph(&mut set.runs, sign, x + sign.inset);
        set.notes.extend(sign.note.filter(|note| set.notes.last() != Some(note)));
        if sign.hole && at < visible.end {
            // The tint covers ink and not the blank half of a mark at either end of the line, nor blanks there.
            let left = if at == line.start { x + segment.start_cut(at) } else { x };
            let right = x + sign.width - if at + 1 == visible.end { segment.end_cut(at) } else { Length::ZERO };
            match set.holes.last_mut() {
                Some(hole) if at > line.start && segment.signs[at - 1].hole => hole.1 = right,
                _ => set.holes.push((left, right)),
            }
        }
        x += sign.width;
        if at + 1 < line.end {
            x += segment.gaps[at].kern + gains.get(k).copied().unwrap_or_default();
        }
    }
    set
}

fn push_glyph(runs: &mut Vec<Run>, sign: &Sign, x: Length) {
    let glyph = PlacedGlyph { c: sign.c, id: sign.id, x, advance: sign.advance };
    match runs.last_mut() {
        Some(run) if (run.face, run.bold, run.note) == (sign.face, sign.bold, sign.note) => run.glyphs.push(glyph),
        _ => runs.push(Run {
            face: sign.face,
            size: sign.size,
            bold: sign.bold,
            note: sign.note,
            ink: Ink::Black,
            width: 100,
            glyphs: vec![glyph],
        }),
    }
}
