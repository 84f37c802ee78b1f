//! `lint-span-mark`: the sign between the ends of a span of time (GB/T 15834 4.13.3.2): one em dash, —.

use super::numbers::{is_time, spans};
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for span in spans(line) {
        let sign = &line.chars()[span.sign.clone()];
        let wrong = !matches!(sign, ['—']);
        let time = is_time(line, span.second.end) && (span.unit.is_empty() || is_time(line, span.unit.start));
        // `3-5号楼` is a row of houses.
        let house = line.get(span.second.end) == Some('号');
        let length = |range: &Range<usize>| range.len();
        let year = line.get(span.second.end) == Some('年');
        // Two numbers of four digits are years; `3～5年` is a length of time.
        let is_year =
            !year || (length(&span.first) == 4 && length(&span.second) == 4) || line.chars()[span.first.start] == HOLE;
        if wrong && time && !house && is_year {
            let written = shown(line, span.first.start..span.second.end + 1);
            let message =
                text!("时间的起止用“—”：“{written}”", "the ends of a span of time are joined by —: `{written}`");
            let fault = line.fault(Code::LintSpanMark, span.sign.clone(), message);
            let (first, second) =
                (shown(line, span.first.start..span.unit.end), shown(line, span.second.start..span.second.end + 1));
            out.push(line.propose(fault, &format!("{first}—{second}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_dash_joins_times() {
        assert_told(super::check, "2021～2025年规划", "～");
        assert_told(super::check, "2021-2025年规划", "-");
        assert_told(super::check, "1-6月，完成投资3亿元", "-");
        assert_told(super::check, "2021年～2025年", "～");
    }

    #[test]
    fn lengths_of_time_and_what_is_right_are_left() {
        assert_quiet(super::check, &["2021—2025年", "1—6月", "用3～5年时间", "3-5号楼", "3～5个月", "2023-05-06"]);
    }
}
