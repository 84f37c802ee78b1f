//! A stretch of signs between two forced line ends, with everything measured that breaking and justifying
//! lines ask for. Built once, in one pass.

use std::ops::Range;

use super::punct::{Class, Turn, pair_cut, turn};
use super::{NoGlyph, note, word};
use crate::doc::Inline;
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::words::Names;

/// What is the same for every sign of a paragraph.
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
    /// What it is to a line.
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

/// What stands between two signs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// Added to the first sign's width, mostly below zero.
    pub(super) kern: Length,
    /// How much more it may lose.
    pub(super) give: Length,
    /// In which round it loses it.
    pub(super) squeeze: Squeeze,
    /// How it grows.
    pub(super) stretch: Stretch,
    /// How much it grows in its own round.
    pub(super) grow: Length,
    /// Whether a line may turn here.
    pub(super) turn: Turn,
}

/// Signs and the gaps between them; there is one gap fewer than there are signs.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) size: Length,
    pub(super) signs: Vec<Sign>,
    pub(super) gaps: Vec<Gap>,
}

impl Segment {
    /// The segments of a paragraph: its text cut at `\n`.
    pub(super) fn of_paragraph(content: &[Inline], spec: TypeSpec<'_>, fonts: &Fonts) -> Result<Vec<Segment>, NoGlyph> {
        let mut segments = Vec::new();
        let mut signs = Vec::new();
        for inline in content {
            for c in inline.text.chars() {
                if c == '\n' {
                    segments.push(Segment::new(std::mem::take(&mut signs), spec));
                } else {
                    signs.push(sign(inline, c, spec.size, fonts)?);
                }
            }
        }
        if !signs.is_empty() {
            segments.push(Segment::new(signs, spec));
        }
        Ok(segments)
    }

    fn new(mut signs: Vec<Sign>, spec: TypeSpec<'_>) -> Segment {
        // An apostrophe is written with the sign of a closing quotation mark.
        for i in 1..signs.len().saturating_sub(1) {
            if signs[i].c == '’' && signs[i - 1].class == Class::Letter && signs[i + 1].class == Class::Letter {
                signs[i].class = Class::Letter;
            }
        }
        let classes: Vec<Class> = signs.iter().map(|sign| sign.class).collect();
        let mut seen = None;
        let mut gaps: Vec<Gap> = (1..signs.len())
            .map(|next| {
                let at = next - 1;
                if classes[at] != Class::Blank {
                    seen = Some(classes[at]);
                }
                gap(&signs, at, turn(&classes, at, seen), spec)
            })
            .collect();
        word::bind(&signs, &mut gaps);
        if let Some(names) = spec.keep {
            word::keep(&signs, &mut gaps, names);
        }
        Segment { size: spec.size, signs, gaps }
    }

    /// What the sign `at` loses on its left as the first of a line: an opening mark its blank half, so that
    /// the ink begins at the edge, or at the indent.
    pub(super) fn start_cut(&self, at: usize) -> Length {
        if self.signs[at].class == Class::Opener { self.size / 2 } else { Length::ZERO }
    }

    /// What the sign `at` loses on its right as the last of a line (GB/T 15834 5.1.10).
    pub(super) fn end_cut(&self, at: usize) -> Length {
        if self.signs[at].class.right_half_blank() { self.size / 2 } else { Length::ZERO }
    }

    /// `line` without the blanks at its end, which take no room.
    pub(super) fn visible(&self, line: &Range<usize>) -> Range<usize> {
        let blanks = self.signs[line.clone()].iter().rev().take_while(|sign| sign.class == Class::Blank).count();
        line.start..line.end - blanks
    }

    /// The width of `line` before it is justified.
    pub(super) fn natural(&self, line: &Range<usize>) -> Length {
        let line = self.visible(line);
        if line.is_empty() {
            return Length::ZERO;
        }
        let signs: Length = self.signs[line.clone()].iter().map(|sign| sign.width).sum();
        let gaps: Length = self.gaps[line.start..line.end - 1].iter().map(|gap| gap.kern).sum();
        signs + gaps - self.start_cut(line.start) - self.end_cut(line.end - 1)
    }

    /// How much `line` can be squeezed.
    pub(super) fn give(&self, line: &Range<usize>) -> Length {
        let line = self.visible(line);
        if line.is_empty() {
            return Length::ZERO;
        }
        self.gaps[line.start..line.end - 1].iter().map(|gap| gap.give).sum()
    }
}

fn sign(inline: &Inline, c: char, size: Length, fonts: &Fonts) -> Result<Sign, NoGlyph> {
    let glyph = fonts.glyph(inline.role, c).ok_or(NoGlyph(c))?;
    let size = if inline.note.is_some() { note::raised(size) } else { size };
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

fn gap(signs: &[Sign], at: usize, turn: Turn, spec: TypeSpec<'_>) -> Gap {
    let (a, b) = (&signs[at], &signs[at + 1]);
    let em = spec.size;
    let half = em / 2;
    let tracking = if a.width == em { spec.tracking } else { Length::ZERO };
    let cut = pair_cut(a.class, b.class) + bang_cut(signs, at);
    let latin = is_latin_seam(a.class, b.class) && spec.latin_gap > 0;
    let space = if latin { em.scale(spec.latin_gap, 1000) } else { Length::ZERO };
    let (squeeze, give) = match (a.class, b.class) {
        _ if latin => (Squeeze::Latin, space - em / 8),
        (Class::Blank, _) => (Squeeze::Blank, a.width - em / 4),
        // What the pair has left, so that marks that have lost all blanks stand side by side and no closer.
        (_, Class::Opener) if a.class != Class::Opener && cut > 0 => (Squeeze::Bracket, half.min(half + tracking)),
        (_, Class::Opener) if a.class != Class::Opener => (Squeeze::Bracket, half),
        _ if cut > 0 => (Squeeze::Bracket, Length::ZERO),
        (Class::Closer, _) => (Squeeze::Bracket, half),
        (Class::Comma, _) => (Squeeze::Comma, half),
        (Class::Stop, _) => (Squeeze::Stop, half),
        _ => (Squeeze::Bracket, Length::ZERO),
    };
    let stretch = match (a.class, b.class) {
        _ if latin => Stretch::Latin,
        (Class::Blank, _) => Stretch::Blank,
        (_, Class::Blank) => Stretch::Fixed,
        _ if turn == Turn::Word || is_bound(a.class, b.class) => Stretch::Fixed,
        _ => Stretch::Even,
    };
    let grow = match stretch {
        Stretch::Blank => half - a.width,
        Stretch::Latin => em / 3 - space,
        Stretch::Even | Stretch::Fixed => Length::ZERO,
    };
    Gap {
        kern: tracking - half * cut + space,
        give: give.max(Length::ZERO),
        squeeze,
        stretch,
        grow: grow.max(Length::ZERO),
        turn,
    }
}

/// Two of `？！` take one cell together, three two (GB/T 15834 5.1.2): the second of just two loses its blank
/// half as well.
fn bang_cut(signs: &[Sign], at: usize) -> i64 {
    let bang = |i: Option<usize>| i.and_then(|i| signs.get(i)).is_some_and(|sign| matches!(sign.c, '？' | '！'));
    let two = bang(Some(at)) && bang(at.checked_sub(1)) && !bang(at.checked_sub(2)) && !bang(Some(at + 1));
    i64::from(two && pair_cut(signs[at].class, signs[at + 1].class) == 0)
}

fn is_latin_seam(a: Class, b: Class) -> bool {
    (a == Class::Hanzi && b.is_word()) || (a.is_word() && b == Class::Hanzi)
}

/// Whether nothing may open between two signs: within double marks, numbers and words with their signs, and
/// around connectors.
fn is_bound(a: Class, b: Class) -> bool {
    let connects = |class| matches!(class, Class::Connector | Class::Solidus | Class::Interpunct | Class::Hyphen);
    match (a, b) {
        (Class::Dash, Class::Dash) | (Class::Ellipsis, Class::Ellipsis) => true,
        (Class::Head | Class::LatinOpener, _) | (_, Class::Tail | Class::LatinCloser) => true,
        _ => connects(a) || connects(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EM: Length = Length::pt(16);

    fn segment(text: &str, latin_gap: i64) -> Segment {
        let inline = Inline::new(text, Role::Body);
        let spec = TypeSpec { size: EM, tracking: Length::centi_pt(-25), latin_gap, keep: None };
        Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0)
    }

    fn width(text: &str) -> Length {
        let segment = segment(text, 0);
        segment.natural(&(0..segment.signs.len()))
    }

    #[test]
    fn twenty_eight_hanzi_fit_the_measure_and_twenty_nine_do_not() {
        let measure = Length::mm(156);
        assert_eq!(width(&"镇".repeat(28)), Length::centi_pt(27 * 1575 + 1600));
        assert!(width(&"镇".repeat(28)) <= measure);
        assert!(width(&"镇".repeat(29)) > measure);
    }

    #[test]
    fn a_line_ends_and_starts_with_half_a_mark() {
        assert_eq!(width("字，"), Length::centi_pt(1575 + 800));
        assert_eq!(width("“字"), Length::centi_pt(800 - 25 + 1600));
    }

    #[test]
    fn two_bangs_take_one_cell_and_three_take_two() {
        let plain = width("字字");
        let cell = Length::centi_pt(1575);
        // Tracking aside, the marks add one em, or two.
        assert_eq!(width("字？！字") - plain, cell * 2 - EM);
        assert_eq!(width("字！！！字") - plain, cell * 3 - EM);
    }

    #[test]
    fn a_narrow_quote_stands_in_the_middle_of_its_half() {
        let narrow = EM.scale(35, 100);
        let (open_width, open) = room(Class::Opener, narrow, EM);
        let (close_width, close) = room(Class::Closer, narrow, EM);
        assert_eq!((open_width, close_width), (EM, EM));
        assert_eq!(open - EM / 2, close);
        assert_eq!(close + narrow + close, EM / 2);
    }

    #[test]
    fn digits_keep_their_own_advance_and_take_the_gap_that_the_style_asks_for() {
        assert_eq!(width("9"), EM / 2);
        let plain = segment("第9次", 0);
        assert_eq!(plain.gaps[1].kern, Length::ZERO);
        let spaced = segment("第9次", 250);
        assert_eq!(spaced.gaps[1].kern, EM / 4);
        assert_eq!(spaced.gaps[1].give, EM / 8);
    }

    #[test]
    fn an_apostrophe_does_not_split_a_word() {
        let segment = segment("don’t", 0);
        assert!(segment.gaps.iter().all(|gap| gap.turn == Turn::Word));
    }
}
