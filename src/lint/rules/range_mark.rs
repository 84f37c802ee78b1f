//! `lint-range-mark`: the sign between the ends of a range of numbers (GB/T 15834 4.13.3.3; GB/T 15835 5.1.3): ～; a
//! dash of one em is allowed as well.

use super::numbers::{is_time, spans, unit_at};
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for span in spans(line) {
        let sign = &line.chars()[span.sign.clone()];
        let time = is_time(line, span.second.end) || is_time(line, span.unit.start);
        // 第3—5条, 3－5号楼: names of things in a row, and no quantity.
        let named = line.get(span.second.end).is_some_and(|c| "号楼层级组班栋幢届期章节条款页排列线路版名".contains(c));
        let ordinal = line.before(span.first.start) == Some('第') || named;
        let counted = unit_at(line, span.second.end).is_some() || !span.unit.is_empty();
        // 9-11时 is a span of time.
        let hours = line.any(span.second.end, &["时", "点"]).is_some() && !line.has(span.second.end, "时间");
        if time || ordinal || hours {
            continue;
        }
        let written = shown(line, span.first.start..span.second.end);
        let message = text!("数值的起止用“～”：“{written}”", "the ends of a range are joined by ～: `{written}`");
        match sign {
            ['~' | '〜' | '∼'] => {
                let fault = line.fault(Code::LintRangeMark, span.sign.clone(), message);
                out.push(line.mend(fault, span.sign, "～"));
            }
            ['-' | '－' | '–' | '─'] if counted => {
                let fault = line.fault(Code::LintRangeMark, span.sign.clone(), message);
                let (first, second) = (shown(line, span.first.start..span.unit.end), shown(line, span.second));
                out.push(line.propose(fault, &format!("{first}～{second}")));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_wave_joins_the_ends() {
        assert_fixed(super::check, "用时3~5天", "用时3～5天");
        assert_told(super::check, "用时3-5天", "-");
        assert_told(super::check, "增长3%－5%", "－");
    }

    #[test]
    fn codes_telephones_dates_and_what_is_allowed_are_left() {
        assert_quiet(
            super::check,
            &[
                "用时3～5天",
                "用时3—5天",
                "电话0551-62345678",
                "2023-05-06",
                "见第3-5条",
                "5-10月",
                "型号GX-2",
                "按GB/T 9704-2012执行",
                "比分3-2",
                "9-11时",
                "住3-5号楼",
                "1-2层商铺，3-4年级，1-3名",
            ],
        );
    }
}
