//! Centred lines broken by sense (GB/T 9704 7.3.1: words whole, lines symmetric and of suitable length, in a
//! trapezoid or a diamond).
//!
//! `sense` says what a turn costs at each place of the title, `shape` what it costs to give lines their lengths, and
//! finds the lines for which both together cost least: the fewest, or one more. A title of more than [`MAX_LINES`]
//! lines is broken as text is.

mod sense;
mod shape;

use std::ops::Range;

use super::linebreak;
use super::segment::Segment;
use crate::length::Length;

/// Most lines that are broken by sense.
const MAX_LINES: usize = 8;

/// The lines of a centred segment.
pub(super) fn lines(segment: &Segment, measure: Length) -> Vec<Range<usize>> {
    let plain = linebreak::lines(segment, measure, measure);
    if plain.len() < 2 || plain.len() > MAX_LINES {
        return plain;
    }
    let turns = sense::costs(segment, measure);
    shape::lines(segment, measure, &turns, plain.len()).unwrap_or(plain)
}

#[cfg(test)]
mod tests;
