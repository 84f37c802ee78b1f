//! `lint-relative-time`: 日前, 近日 in a text that has a date; the day itself says more.

use super::prelude::*;

const WORDS: [&str; 9] = ["日前", "近日", "昨天", "昨日", "前天", "前不久", "不久前", "上周", "下周"];
/// Other words that hold one of them.
const OTHERS: [&str; 4] = ["目前", "接近日", "将近日", "节日前"];

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    for line in draft.lines().filter(|_| draft.dated) {
        for i in 0..line.len() {
            let Some(word) = line.any(i, &WORDS).filter(|_| line.begins_clause(i)) else { continue };
            let end = i + word.chars().count();
            if i > 0 && OTHERS.iter().any(|other| line.has(i - 1, other)) {
                continue;
            }
            let message = text!("“{word}”过后就说不清是哪天", "nobody will know later which day `{word}` was");
            let fault = line.fault(Code::LintRelativeTime, i..end, message);
            out.push(fault.help(text!("写明日期", "write the date")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn only_a_dated_text_is_told() {
        let dated = "#日期# 日前，召开会议。";
        assert_told_draft(super::check, dated, "日前");
        assert_quiet_draft(super::check, &["日前，召开会议。", "#日期# 目前，三日前，接近日均值。"]);
    }
}
