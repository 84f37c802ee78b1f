//! `lint-multiple-down`: something that goes down by a multiple: 下降2倍.

use super::numbers::number;
use super::prelude::*;

const DOWN: [&str; 7] = ["下降", "减少", "降低", "缩短", "缩小", "缩减", "减小"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for i in 0..line.len() {
        let end = number(line, i).or_else(|| {
            let count = line.chars()[i..].iter().take(3).take_while(|&&c| is_numeral(c) || c == '两').count();
            (count > 0).then_some(i + count)
        });
        let Some(end) = end.filter(|&end| line.get(end) == Some('倍')) else { continue };
        let word = if line.before(i) == Some('了') { i - 1 } else { i };
        if line.follows(word, &DOWN) {
            let message = text!("减少不能用“倍”", "nothing goes down by a multiple");
            let fault = line.fault(Code::LintMultipleDown, word - 2..end + 1, message);
            out.push(fault.help(text!("写成百分之几，如“下降50%”", "say the percentage, such as 下降50%")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn down_goes_by_parts() {
        assert_told(super::check, "办理时间缩短了2倍", "缩短了2倍");
        assert_told(super::check, "投诉量下降两倍", "下降两倍");
        assert_quiet(super::check, &["增长2倍", "下降50%", "减少到原来的一半"]);
    }
}
