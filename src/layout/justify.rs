//! How a line that was decided fills its measure: squeezed or stretched, in the order of clreq.

use std::ops::Range;

use super::segment::Segment;

use super::sign::{Gap, Squeeze, Stretch};
use crate::length::Length;

/// What each gap of `line` (without the blanks at its end) gains so that the line is `measure` wide. Where
/// `ragged`, the line is squeezed if it must be and never stretched.
pub(super) fn justify(segment: &Segment, line: &Range<usize>, measure: Length, ragged: bool) -> Vec<Length> {
    let visible = segment.visible(line);
    let gaps = segment.gaps.get(visible.start..visible.end.saturating_sub(1)).unwrap_or_default();
    let mut gains = vec![Length::ZERO; gaps.len()];
    let slack = measure - segment.natural(line);
    if slack < Length::ZERO {
        squeeze(gaps, &mut gains, -slack);
    } else if !ragged {
        stretch(gaps, &mut gains, slack);
    }
    gains
}

fn squeeze(gaps: &[Gap], gains: &mut [Length], mut excess: Length) {
    for round in Squeeze::ORDER {
        let shares = gaps.iter().map(|gap| if gap.squeeze == round { gap.give } else { Length::ZERO });
        excess -= share_out(shares, excess, |i, part| gains[i] -= part);
    }
}

fn stretch(gaps: &[Gap], gains: &mut [Length], mut slack: Length) {
    for round in [Stretch::Blank, Stretch::Latin] {
        let shares = gaps.iter().map(|gap| if gap.stretch == round { gap.grow } else { Length::ZERO });
        slack -= share_out(shares, slack, |i, part| gains[i] += part);
    }
    let open = |gap: &Gap| gap.stretch != Stretch::Fixed;
    let count = gaps.iter().filter(|gap| open(gap)).count() as i64;
    // The n-th of the open gaps takes what is due up to it less what was given, so nothing is lost to rounding.
    let due = |n: i64| slack.scale(n, count);
    for (n, (_, gain)) in (0..).zip(gaps.iter().zip(gains).filter(|(gap, _)| open(gap))) {
        *gain += due(n + 1) - due(n);
    }
}

/// Gives out `wanted`, or all there is if that is less, in proportion to `shares`; returns what was given.
fn share_out(
    shares: impl Iterator<Item = Length> + Clone,
    wanted: Length,
    mut give: impl FnMut(usize, Length),
) -> Length {
    let total: Length = shares.clone().sum();
    if total <= Length::ZERO || wanted <= Length::ZERO {
        return Length::ZERO;
    }
    let given = wanted.min(total);
    let due = |so_far: Length| given.scale(so_far.to_emu(), total.to_emu());
    let mut so_far = Length::ZERO;
    for (i, share) in shares.enumerate() {
        let before = due(so_far);
        so_far += share;
        give(i, due(so_far) - before);
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Inline;
    use crate::fonts::{Fonts, Role};
    use crate::layout::sign::TypeSpec;

    const EM: Length = Length::pt(16);

    fn gains(text: &str, by: Length) -> Vec<Length> {
        let inline = Inline::new(text, Role::Body);
        let spec = TypeSpec { size: EM, tracking: Length::ZERO, latin_gap: 0, keep: None };
        let segment = Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0);
        let line = 0..segment.signs.len();
        justify(&segment, &line, segment.natural(&line) + by, false)
    }

    #[test]
    fn brackets_give_before_commas_and_commas_before_stops() {
        let pt = Length::pt;
        let zero = Length::ZERO;
        assert_eq!(gains("甲“乙，丙。丁", pt(-4)), [pt(-4), zero, zero, zero, zero, zero]);
        assert_eq!(gains("甲“乙，丙。丁", pt(-10)), [pt(-8), zero, zero, pt(-2), zero, zero]);
        assert_eq!(gains("甲“乙，丙。丁", pt(-20)), [pt(-8), zero, zero, pt(-8), zero, pt(-4)]);
    }

    #[test]
    fn gaps_of_one_round_give_alike() {
        let gains = gains("甲，乙，丙", Length::pt(-6));
        assert_eq!(gains[1], Length::pt(-3));
        assert_eq!(gains[3], Length::pt(-3));
    }

    #[test]
    fn stretching_spares_numbers_words_and_double_marks() {
        // 至|1 and %|— and —|W share what there is.
        let wide = gains("至12.5%——Wi", Length::pt(4));
        let open: Vec<usize> = (0..wide.len()).filter(|&i| wide[i] > Length::ZERO).collect();
        assert_eq!(open, [0, 5, 7]);
    }

    #[test]
    fn nothing_is_lost_to_rounding() {
        let by = Length::emu(1_000_003);
        assert_eq!(gains(&"镇".repeat(20), by).into_iter().sum::<Length>(), by);
    }
}
