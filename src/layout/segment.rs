//! A stretch of signs between two forced line ends, with everything measured that breaking and justifying
//! lines ask for. Built once, in one pass.

use std::ops::Range;

use super::punct::{Class, Turn, pair_cut, turn};
use super::sign::{Gap, Sign, Squeeze, Stretch, TypeSpec};
use super::{NoGlyph, word};
use crate::doc::Inline;
use crate::fonts::Fonts;
use crate::length::Length;

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
                    signs.push(Sign::new(inline, c, spec.size, fonts)?);
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
    use crate::fonts::Role;

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
