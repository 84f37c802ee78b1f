//! `lint-doubled-unit`: two units or powers where one belongs: 12.5亿万元, 3.5%个百分点.

use super::numbers::numbers;
use super::prelude::*;

/// The ends that no number has: each says its power or its unit twice. 万千 and 个个 are none of them (万千瓦, 个个体户).
#[rustfmt::skip]
const DOUBLED: [&str; 24] = [
    "亿万", "万万", "亿亿", "%个百分点", "％个百分点", "‰个百分点", "%百分点", "％百分点", "个百分点%", "个百分点％", "%%",
    "％％", "%％", "％%", "%‰", "‰%", "万元元", "亿元元", "万元万", "亿元亿", "亿元万", "万元亿", "公里公里", "吨吨",
];

/// The words that say per cent before a number; the number then has no sign of its own.
const PERCENT: [&str; 2] = ["百分之", "千分之"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for range in numbers(line) {
        let doubled = line.any(range.end, &DOUBLED).map(|word| range.start..range.end + word.chars().count());
        let signed = matches!(line.get(range.end), Some('%' | '％' | '‰')) && line.follows(range.start, &PERCENT);
        let Some(whole) = doubled.or_else(|| signed.then(|| range.start - 3..range.end + 1)) else { continue };
        let written = shown(line, whole.clone());
        let message = text!("“{written}”写了两个单位", "`{written}` has two units");
        let fault = line.fault(Code::LintDoubledUnit, whole, message);
        out.push(fault.help(text!("留下一个，并核对数值", "keep one of them, and see that the number fits it")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_unit_a_number() {
        assert_told(super::check, "投资12.5亿万元", "12.5亿万");
        assert_told(super::check, "提高3.5%个百分点", "3.5%个百分点");
        assert_told(super::check, "投资380万元元", "380万元元");
        assert_told(super::check, "占百分之3.5%", "百分之3.5%");
        assert_quiet(
            super::check,
            &[
                "投资12.5万亿元",
                "亿万群众",
                "提高3.5个百分点",
                "占3.5%，个别",
                "千千万万",
                "装机50万千瓦",
                "扶持3个个体户",
                "占百分之3.5",
                "总投资3亿元，万元以上支出12笔",
            ],
        );
    }
}
