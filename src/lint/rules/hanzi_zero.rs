//! `lint-hanzi-zero`: the zero of a year in hanzi is 〇, U+3007 (GB/T 15835 5.2.5).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let is_digit = |c: char| is_hanzi_digit(c) || matches!(c, 'O' | 'o' | '0' | '◯');
    for (end, _) in line.chars().iter().enumerate().filter(|(_, c)| **c == '年') {
        let Some(start) = end.checked_sub(4) else { continue };
        let year = &line.chars()[start..end];
        let numerals = year.iter().filter(|&&c| value(c).is_some()).count();
        // One digit more and it is no year: 一千二零二三年.
        let alone = !line.before(start).is_some_and(|c| is_digit(c) || c == '第');
        if !year.iter().all(|&c| is_digit(c)) || numerals < 2 || !alone {
            continue;
        }
        for i in (start..end).filter(|&i| line.get(i).is_some_and(|c| value(c).is_none())) {
            let c = line.get(i).unwrap_or('零');
            let message = text!("年份里的“{c}”应是“〇”", "`{c}` in a year is 〇 (U+3007)");
            out.push(line.mend(line.fault(Code::LintHanziZero, i..i + 1, message), i..i + 1, "〇"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn every_other_zero_is_mended() {
        assert_fixed(super::check, "二零二三年", "二〇二三年");
        assert_fixed(super::check, "二○二三年", "二〇二三年");
        assert_fixed(super::check, "二00九年", "二〇〇九年");
        assert_quiet(super::check, &["二〇二三年", "三千零五十年", "2009年", "零三年", "一百零三年"]);
    }
}
