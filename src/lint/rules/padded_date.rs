//! `lint-padded-date`: a month or a day with a zero before it (GB/T 9704 7.3.5.4): 05月01日.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, window) in line.chars().windows(4).enumerate() {
        let padded = matches!(window, ['年', '0', d, '月'] | ['月', '0', d, '日'] if d.is_ascii_digit());
        let numbered = line.before(i).is_some_and(|c| c.is_ascii_digit() || c == HOLE);
        if padded && numbered {
            let written = shown(line, i + 1..i + 4);
            let message = text!("日期不补零：“{written}”", "no zero before the number: `{written}`");
            out.push(line.mend(line.fault(Code::LintPaddedDate, i + 1..i + 2, message), i + 1..i + 2, ""));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_zero_goes() {
        assert_fixed(super::check, "2026年05月01日", "2026年5月1日");
        assert_quiet(super::check, &["2026年10月20日", "2026-05-01", "2026年5月1日"]);
    }
}
