//! `lint-short-year`: a year of two digits (GB/T 15835 5.1.4): 23年底.

use super::prelude::*;

/// Words that follow a year, and no length of time.
const AFTER: [&str; 7] = ["底", "初", "末", "上半年", "下半年", "春节", "国庆"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for i in 0..line.len() {
        let digits = line.chars()[i..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let inside = line
            .before(i)
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '—' | '～' | '第' | '/'));
        if digits != 2 || line.get(i + 2) != Some('年') || inside {
            continue;
        }
        let month = line.chars()[i + 3..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let has_month = (1..=2).contains(&month) && line.get(i + 3 + month) == Some('月');
        let word = line.any(i + 3, &AFTER).is_some() && line.any(i + 3, &["初心", "末位"]).is_none();
        // 08年 can be no length of time.
        if !(has_month || word || line.get(i) == Some('0')) {
            continue;
        }
        let written = shown(line, i..i + 3);
        let message = text!("年份要写四位：“{written}”", "a year has four digits: `{written}`");
        let century = if line.get(i).is_some_and(|c| c < '7') { "20" } else { "19" };
        out.push(line.propose(line.fault(Code::LintShortYear, i..i + 3, message), &format!("{century}{written}")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_year_has_four_digits() {
        assert_told(super::check, "23年底完工", "23年");
        assert_told(super::check, "08年以来", "08年");
        assert_told(super::check, "23年5月开工", "23年");
        assert_quiet(super::check, &["工作12年", "第23年底", "2023年底", "近10年来", "50年初心不改", "12年间"]);
    }
}
