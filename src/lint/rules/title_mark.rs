//! `lint-title-mark`: a stop in the main title; only 《》 “” 、 and the like stand there.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if line.place != Place::Title {
        return;
    }
    for (i, &c) in line.chars().iter().enumerate().filter(|(_, c)| is_stop(**c) && **c != '、') {
        let message = text!("标题里一般不用“{c}”", "titles mostly do without `{c}`");
        let fault = line.fault(Code::LintTitleMark, i..i + 1, message);
        out.push(
            fault.help(text!("删去它；非停顿不可，就转行", "leave it out; where a pause is needed, end the line")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn stops_are_told_and_titles_of_documents_are_left() {
        assert_told(super::check, "#标题# 关于防汛工作的汇报！", "！");
        assert_quiet(super::check, &["#标题# 关于落实《甲办法》“回头看”情况、问题的汇报", "关于防汛工作的汇报！"]);
    }
}
