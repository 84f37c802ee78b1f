//! `lint-until-word`: 截止 before a date, where 截至 is meant.

use super::prelude::*;

const DATES: [&str; 10] = ["目前", "今年", "去年", "本月", "上月", "年底", "月底", "日前", "现在", "昨日"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, pair) in line.chars().windows(2).enumerate() {
        if pair != ['截', '止'] || !line.begins_clause(i) {
            continue;
        }
        let mut end = i + 2;
        if matches!(line.get(end), Some('到' | '至')) {
            end += 1;
        }
        let dated = line.get(end).is_some_and(|c| c.is_ascii_digit() || c == HOLE) || line.any(end, &DATES).is_some();
        if dated {
            let message = text!("说到某一时间为止，用“截至”", "up to a date is 截至");
            out.push(line.mend(line.fault(Code::LintUntilWord, i..i + 2, message), i..end, "截至"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn up_to_a_date() {
        assert_fixed(super::check, "截止6月底，完成3处", "截至6月底，完成3处");
        assert_fixed(super::check, "工作顺利，截止到目前已完成", "工作顺利，截至目前已完成");
        assert_quiet(super::check, &["截至6月底", "报名于6月底截止", "截止时间为6月底", "报名截止6月30日"]);
    }
}
