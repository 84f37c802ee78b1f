//! Where lines turn. Only decides; `justify` then spreads what was decided.
//!
//! A paragraph is broken by `first_fit`, a line at a time, as Word does it, so that both outputs turn alike
//! wherever that is good. Where it leaves a line open, with more than [`LOOSE`] in its gaps, or a lone sign at the
//! paragraph's end, `optimum` breaks the paragraph anew and looks at all of it; `widths` measures lines for both.
//! `whole` tells what Word needs so as not to part a name.

mod first_fit;
mod optimum;
mod whole;
mod widths;

use std::ops::{AddAssign, Range};

use super::punct::{Class, Turn};
use super::segment::Segment;
use crate::length::Length;
pub(super) use whole::spread;
use widths::Widths;

/// A gap that shows: more than a quarter of an em put between two signs to fill the line. Of this many in an em.
pub(super) const LOOSE: i64 = 4;

/// How the paragraphs of a report were broken into lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaking {
    /// Paragraphs that were set to fill their lines.
    pub paragraphs: usize,
    /// Paragraphs that were broken anew as a whole.
    pub anew: usize,
    /// Those of them in which a line had gaps of over a quarter of an em that it has no more.
    pub loose: usize,
    /// Those of them that ended in a lone sign and do no more.
    pub lone: usize,
    /// Lines whose gaps stay over a quarter of an em: no turn that the rules allow avoids them.
    pub still_loose: usize,
    /// Lines of the text that stand with the signature on its page, which would else be without a word of the text
    /// (GB/T 9704 7.3.5.5).
    pub with_signature: usize,
    /// Lines that a page got in place of the standard's, for the signature to stay with the text; none where nothing changed.
    pub fitted: Option<u32>,
}

impl AddAssign for Breaking {
    fn add_assign(&mut self, other: Breaking) {
        self.paragraphs += other.paragraphs;
        self.anew += other.anew;
        self.loose += other.loose;
        self.lone += other.lone;
        self.still_loose += other.still_loose;
        self.with_signature += other.with_signature;
        self.fitted = self.fitted.or(other.fitted);
    }
}

/// What is wrong with the lines of a paragraph, the worse first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Flaws {
    /// Lines with gaps that show.
    loose: usize,
    /// Whether it ends in a lone sign.
    lone: bool,
}

/// The lines of `segment` where they are not made to fill their room: `first` is that of the first, `rest` that of
/// the others. Every sign is in one line, in order; blanks at a line's end take no room. Takes time in proportion
/// to the signs.
pub(super) fn lines(segment: &Segment, first: Length, rest: Length) -> Vec<Range<usize>> {
    let mut lines = first_fit::lines(segment, first, rest);
    mend_lone_end(segment, &mut lines, first, rest);
    lines
}

/// The same where all lines but the last fill their room, and how that went. Takes time in proportion to the signs
/// and to those of a line.
pub(super) fn justified(segment: &Segment, first: Length, rest: Length) -> (Vec<Range<usize>>, Breaking) {
    let by_line = first_fit::lines(segment, first, rest);
    let widths = Widths::of(segment);
    let flaws = widths.flaws(&by_line, first, rest);
    let mut breaking = Breaking { paragraphs: 1, still_loose: flaws.loose, ..Breaking::default() };
    if flaws == Flaws::default() {
        return (by_line, breaking);
    }
    let whole = optimum::lines(&widths, &by_line, first, rest).unwrap_or_else(|| {
        let mut lines = by_line.clone();
        mend_lone_end(segment, &mut lines, first, rest);
        lines
    });
    let after = widths.flaws(&whole, first, rest);
    // Lines that are no better are left where Word has them.
    if after >= flaws {
        return (by_line, breaking);
    }
    breaking.anew = 1;
    breaking.loose = usize::from(after.loose < flaws.loose);
    breaking.lone = usize::from(flaws.lone && !after.lone);
    breaking.still_loose = after.loose;
    (whole, breaking)
}

/// Keeps a paragraph from ending in a line of one hanzi (孤字; clreq, “Widow and orphan”): the line above
/// takes it in where it can be squeezed so far, else gives its own last unit down.
fn mend_lone_end(segment: &Segment, lines: &mut Vec<Range<usize>>, first: Length, rest: Length) {
    let [.., above, last] = lines.as_slice() else { return };
    if !is_lone(segment, last) {
        return;
    }
    let (above, last) = (above.clone(), last.clone());
    let measure = if lines.len() == 2 { first } else { rest };
    let joined = above.start..last.end;
    if segment.natural(&joined) - segment.give(&joined) <= measure {
        lines.truncate(lines.len() - 2);
        lines.push(joined);
        return;
    }
    let turn = (above.start + 1..above.end).rev().find(|&at| segment.gaps[at - 1].turn == Turn::Free);
    let Some(turn) = turn else { return };
    // A long word above would leave a line half empty: the lesser evil is the lone sign.
    if segment.natural(&(above.start..turn)) * 4 >= measure * 3 && segment.natural(&(turn..last.end)) <= rest {
        lines.truncate(lines.len() - 2);
        lines.extend([above.start..turn, turn..last.end]);
    }
}

/// Whether a line holds one sign, marks and blanks aside.
fn is_lone(segment: &Segment, line: &Range<usize>) -> bool {
    let counts = |class: Class| class != Class::Blank && !class.no_start() && class != Class::Opener;
    segment.signs[line.clone()].iter().filter(|sign| counts(sign.class)).take(2).count() < 2
}

#[cfg(test)]
mod tests;
