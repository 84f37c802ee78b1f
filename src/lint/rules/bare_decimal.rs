//! `lint-bare-decimal`: a decimal without the zero before its point (GB/T 15835 5.1.2).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, pair) in line.chars().windows(2).enumerate() {
        let starts = line.before(i).is_none_or(|c| is_hanzi(c) || is_wide_mark(c));
        if pair[0] == '.' && pair[1].is_ascii_digit() && starts {
            let message = text!("小数点前少了“0”", "the zero before the point is missing");
            out.push(line.mend(line.fault(Code::LintBareDecimal, i..i + 2, message), i..i + 1, "0."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_zero_is_added() {
        assert_fixed(super::check, "修路.5公里", "修路0.5公里");
        assert_quiet(super::check, &["修路0.5公里", "v1.2.3", "第3.5节", "还有...5处"]);
    }
}
