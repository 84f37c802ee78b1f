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
        if let Some(inner) = quoted(chars, i) {
            let words = shown(line, i..inner + 2);
            let message = text!("引号内外都有“。”：“{words}”", "a full stop on both sides of the quote: `{words}`");
            let fault = line.fault(Code::LintDoubledMark, inner + 1..inner + 2, message);
            out.push(line.mend(fault, inner + 1..inner + 2, ""));
        }
        i = end.max(i + 1);
    }
}

/// `。”。`: where the closing quotes end that stand between the full stop at `i` and another.
fn quoted(chars: &[char], i: usize) -> Option<usize> {
    let quotes = chars.get(i + 1..)?.iter().take(3).take_while(|c| matches!(c, '”' | '’')).count();
    let twice = chars.get(i) == Some(&'。') && quotes > 0 && chars.get(i + 1 + quotes) == Some(&'。');
    twice.then_some(i + quotes)
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
    if marks.starts_with(&['。'; 3]) {
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
        assert_fixed(super::check, "他说：“好。”。", "他说：“好。”");
    }

    #[test]
    fn marks_that_may_stand_together_are_left() {
        assert_quiet(super::check, &["真的吗？！", "还有。。。", "还有。。。，", "他说：“好。”", "（见附件）。"]);
    }
}
