//! A character on its way to the page, and the gap between two of them: what breaking and justifying ask of each.

use super::NoGlyph;
use super::punct::{Class, Turn};
use crate::doc::Inline;
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::words::Names;

/// The properties that every sign of a paragraph shares.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypeSpec<'a> {
    /// Size of type: one em.
    pub(super) size: Length,
    /// Added between two signs of which the first fills an em: the cell less the em.
    pub(super) tracking: Length,
    /// Space between a hanzi and a digit or letter, in thousandths of an em.
    pub(super) latin_gap: i64,
    /// Names that are not parted.
    pub(super) keep: Option<&'a Names>,
}

/// One character on its way to the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// The character as typed.
    pub(super) c: char,
    /// Its glyph.
    pub(super) id: u16,
    /// The face of the glyph.
    pub(super) face: Role,
    /// Its class for line breaking.
    pub(super) class: Class,
    /// Stroked.
    pub(super) bold: bool,
    /// Part of an open hole.
    pub(super) hole: bool,
    /// The note whose number it is part of.
    pub(super) note: Option<usize>,
    /// Its own size: that of the paragraph, but for the number of a note.
    pub(super) size: Length,
    /// The glyph's own advance.
    pub(super) advance: Length,
    /// The room that it takes; for a full-width mark, one em.
    pub(super) width: Length,
    /// Where in that room the glyph begins.
    pub(super) inset: Length,
}

/// The order in which gaps give way when a line is squeezed (clreq, “Procedures for reducing”). The mark at
/// the line's end is cut before all of these, always; `·` is half an em wide in the faces and cannot give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Squeeze {
    /// Blanks between words, to a quarter of an em.
    Blank,
    /// The outer side of brackets and quotation marks, to nothing.
    Bracket,
    /// The blank half of `，、；：`.
    Comma,
    /// The space between hanzi and Latin, to an eighth of an em.
    Latin,
    /// The blank half of `。？！`.
    Stop,
}

impl Squeeze {
    pub(super) const ORDER: [Squeeze; 5] =
        [Squeeze::Blank, Squeeze::Bracket, Squeeze::Comma, Squeeze::Latin, Squeeze::Stop];
}

/// The order in which gaps grow when a line is stretched (clreq, “Procedures for expanding”).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// A blank between words: to half an em, then as any other gap.
    Blank,
    /// A space between hanzi and Latin, where the style has one: to a third of an em, then as any other.
    Latin,
    /// Any other gap.
    Even,
    /// Within words, numbers, double marks, and around connectors: never.
    Fixed,
}

/// The space between two signs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// Added to the first sign's width, mostly below zero.
    pub(super) kern: Length,
    /// The most that it may still lose.
    pub(super) give: Length,
    /// In which round it loses it.
    pub(super) squeeze: Squeeze,
    /// The way in which it grows.
    pub(super) stretch: Stretch,
    /// The most that it grows in its own round.
    pub(super) grow: Length,
    /// Says if a line may break here.
    pub(super) turn: Turn,
}

impl Sign {
    /// The character `c` of `inline` in type of `size`.
    ///
    /// # Errors
    /// [`NoGlyph`] if no face has it.
    pub(super) fn new(inline: &Inline, c: char, size: Length, fonts: &Fonts) -> Result<Sign, NoGlyph> {
        let glyph = fonts.glyph(inline.role, c).ok_or(NoGlyph(c))?;
        let size = if inline.note.is_some() { raised(size) } else { size };
        let advance = size.scale(i64::from(glyph.advance), i64::from(glyph.units_per_em));
        // The number of a note belongs to what goes before, and is no part of a number.
        let class = if inline.note.is_some() { Class::Tail } else { Class::of(c) };
        let (width, inset) = room(class, advance, size);
        // A character that the heading faces lack comes from 宋体 in its text weight, too thin among them.
        let thin = matches!(inline.role, Role::Title | Role::Heading1) && glyph.face.is_thin();
        Ok(Sign {
            c,
            id: glyph.id.0,
            face: glyph.face,
            class,
            bold: inline.bold || thin,
            hole: inline.gap.is_some(),
            note: inline.note,
            size,
            advance,
            width,
            inset,
        })
    }
}

/// The size of the sign of a note in type of `size`, which is what Word makes of raised type.
pub(super) fn raised(size: Length) -> Length {
    size.scale(2, 3)
}

/// The room of a sign and where its glyph begins in it. A full-width mark takes one em in any face; where
/// its glyph is narrower (quotation marks of many 楷体), the glyph stands in the middle of the half of the
/// cell that holds the ink, so that every squeeze of the blank half stays right.
fn room(class: Class, advance: Length, em: Length) -> (Length, Length) {
    let half = em / 2;
    if advance >= em {
        (advance, Length::ZERO)
    } else if class == Class::Opener {
        (em, half + (half - advance) / 2)
    } else if class.right_half_blank() {
        (em, (half - advance) / 2)
    } else {
        (advance, Length::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EM: Length = Length::pt(16);

    #[test]
    fn a_narrow_quote_stands_in_the_middle_of_its_half() {
        let narrow = EM.scale(35, 100);
        let (open_width, open) = room(Class::Opener, narrow, EM);
        let (close_width, close) = room(Class::Closer, narrow, EM);
        assert_eq!((open_width, close_width), (EM, EM));
        assert_eq!(open - EM / 2, close);
        assert_eq!(close + narrow + close, EM / 2);
    }
}
