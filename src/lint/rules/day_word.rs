//! `lint-day-word`: 号 for 日 in a date; documents write 日.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, _) in line.chars().iter().enumerate().filter(|(_, c)| **c == '号') {
        let digits = line.chars()[..i].iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
        let day = (1..=2).contains(&digits) || line.before(i) == Some(HOLE);
        let start = i - digits.max(1).min(i);
        // `5月1号台风` and `5月1号文件` number something.
        let numbers = line.any(i + 1, &["台风", "文件", "公告", "楼", "令", "院", "线"]).is_some();
        if day && line.before(start) == Some('月') && !numbers {
            let message = text!("日期里的“号”写成“日”", "a date has 日, and not 号");
            out.push(line.mend(line.fault(Code::LintDayWord, i..i + 1, message), i..i + 1, "日"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_day_is_a_day() {
        assert_fixed(super::check, "5月1号起施行", "5月1日起施行");
        assert_fixed(super::check, "X月X号起施行", "X月X日起施行");
        assert_quiet(super::check, &["3号楼", "印发5月1号文件", "第2号台风", "号召"]);
    }
}
