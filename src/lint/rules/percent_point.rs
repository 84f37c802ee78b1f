//! `lint-percent-point`: the change of a rate in % where percentage points are meant: 由80%提高到85%，提高5%.

use super::numbers::numbers;
use super::prelude::*;
use crate::number::Decimal;

const CHANGES: [&str; 8] = ["提高", "提升", "上升", "增长", "下降", "降低", "回落", "增加"];
/// So far apart the numbers may stand, in characters.
const REACH: usize = 14;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let percents: Vec<Range<usize>> = numbers(line)
        .into_iter()
        .filter(|range| matches!(line.get(range.end), Some('%' | '％')) && line.get(range.start) != Some(HOLE))
        .collect();
    for window in percents.windows(3) {
        let [from, to, by] = window else { continue };
        let near = to.start - from.end <= REACH && by.start - to.end <= REACH;
        let arrives = line.follows(to.start, &["到", "至", "到了", "为"]);
        let word = if line.before(by.start) == Some('了') { by.start - 1 } else { by.start };
        let changes = line.follows(word, &CHANGES);
        if near && arrives && changes && is_difference(line, [from, to, by]) {
            let points = shown(line, by.clone());
            let message = text!("率的差是百分点：“{points}%”", "the difference of two rates is in points: `{points}%`");
            let fault = line.fault(Code::LintPercentPoint, by.start..by.end + 1, message);
            out.push(line.propose(fault, &format!("{points}个百分点")));
        }
    }
}

/// Whether the third number is the difference of the first two.
fn is_difference(line: &Line<'_>, numbers: [&Range<usize>; 3]) -> bool {
    let mut read = numbers.iter().map(|range| Decimal::parse(&line.slice((*range).clone())).ok());
    let (Some(Some(from)), Some(Some(to)), Some(Some(by))) = (read.next(), read.next(), read.next()) else {
        return false;
    };
    let (from, to, by) = (from.to_fraction(), to.to_fraction(), by.to_fraction());
    &from + &by == to || &to + &by == from
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_difference_is_in_points() {
        assert_told(super::check, "合格率由80%提高到85%，提高5%", "5%");
        assert_told(super::check, "合格率由85.5%降至80%，同比下降了5.5%", "5.5%");
        assert_quiet(
            super::check,
            &["合格率由80%提高到85%，提高5个百分点", "由80%提高到85%，提高6.25%", "甲占80%，乙到85%，丙提高3%"],
        );
    }
}
