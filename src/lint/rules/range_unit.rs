//! `lint-range-unit`: 万 or 亿 of both ends of a range (GB/T 15835 5.1.3): 3万元～5万元.

use super::numbers::spans;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for span in spans(line) {
        let power = line.get(span.second.end).filter(|c| matches!(c, '万' | '亿'));
        let Some(power) = power.filter(|_| span.unit.is_empty()) else { continue };
        let (first, second) = (shown(line, span.first.clone()), shown(line, span.second.clone()));
        let unit = line.get(span.second.end + 1).filter(|c| matches!(c, '元' | '亩' | '人' | '吨' | '户'));
        let unit: String = [power].into_iter().chain(unit).collect();
        let message = text!("“{first}”后面少了“{power}”", "`{first}` lacks its `{power}`");
        let fault = line.fault(Code::LintRangeUnit, span.first.start..span.second.end + 1, message);
        out.push(line.propose(fault, &format!("{first}{unit}～{second}{unit}")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn both_ends_have_it() {
        assert_told(super::check, "每户补助3～5万元", "3～5万");
        assert_quiet(super::check, &["每户补助3万元～5万元", "每户补助3万～5万元", "每户3～5元"]);
    }
}
