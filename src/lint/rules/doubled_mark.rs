//! `lint-doubled-mark`: two marks where one belongs, `。。`, `，。`.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let chars = line.chars();
    let mut i = 0;
    while i < chars.len() {
        let end = i + chars[i..].iter().take_while(|&&c| is_mark(c)).count();
        if end - i >= 2 {
            run(line, i..end, out);
        }
        i = end.max(i + 1);
    }
}

/// Marks of which no two stand together; ？ and ！ may.
fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：')
}

fn run(line: &Line<'_>, range: Range<usize>, out: &mut Diagnostics) {
    let marks = &line.chars()[range.clone()];
    let first = marks[0];
    let same = marks.iter().all(|&c| c == first);
    // Three and more full stops are an ellipsis to another rule.
    if same && first == '。' && marks.len() >= 3 {
        return;
    }
    let words = shown(line, range.clone());
    let message = text!("标点“{words}”重复了", "`{words}` is one mark too many");
    let fault = line.fault(Code::LintDoubledMark, range.clone(), message);
    let last = marks[marks.len() - 1];
    out.push(if same {
        line.mend(fault, range, &first.to_string())
    } else if last == '。' {
        line.mend(fault, range, "。")
    } else {
        fault.help(text!("留下其中一个", "keep one of them"))
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_is_left() {
        assert_fixed(super::check, "抓好落实。。再抓巩固，，再抓提升，。", "抓好落实。再抓巩固，再抓提升。");
        assert_told(super::check, "抓好落实。，再抓巩固", "。，");
    }

    #[test]
    fn marks_that_may_stand_together_are_left() {
        assert_quiet(super::check, &["真的吗？！", "还有。。。", "他说：“好。”", "（见附件）。"]);
    }
}
