//! `lint-half-width-stop`: `.` at the end of a sentence (GB/T 15834 4.1).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if line.is_reference() {
        return;
    }
    let numerals = line.chars().iter().take_while(|&&c| is_numeral(c)).count();
    for (i, &c) in line.chars().iter().enumerate() {
        // `一.抓好` is a number, and `lint-numbering-mark` speaks of it.
        if c != '.' || (i == numerals && i > 0) || !line.before(i).is_some_and(ends_words) {
            continue;
        }
        // 乔治.布什, （一）.抓学习, 其一.: a name or a number is shorter than a sentence.
        let words =
            line.chars()[..i].iter().rev().take(SENTENCE).take_while(|&&c| is_hanzi(c) || is_closing(c)).count();
        let ends = match line.get(i + 1) {
            Some(next) if is_hanzi(next) => words >= SENTENCE,
            next => next.is_none_or(|next| is_closing(next) || is_blank(next)) && !is_number(line, i),
        };
        if ends {
            let message = text!("句末用了半角的“.”", "a half-width `.` ends the sentence");
            out.push(line.mend(line.fault(Code::LintHalfWidthStop, i..i + 1, message), i..i + 1, "。"));
        }
    }
}

/// Hanzi that a sentence has before a point at least, where other words follow it.
const SENTENCE: usize = 6;

/// True if the number of an item ends before `i`: `（一）`, `其一`, `第三`.
fn is_number(line: &Line<'_>, i: usize) -> bool {
    let chars = &line.chars()[..i];
    let closed = usize::from(matches!(chars.last(), Some('）')));
    let numerals = chars.iter().rev().skip(closed).take(4).take_while(|&&c| is_numeral(c)).count();
    let start = i - closed - numerals;
    numerals > 0 && line.before(start).is_none_or(|c| matches!(c, '（' | '其' | '第'))
}

fn ends_words(c: char) -> bool {
    is_hanzi(c) || matches!(c, '”' | '）' | '》')
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn after_hanzi_it_is_mended() {
        assert_fixed(super::check, "任务全部完成.下一步抓巩固.", "任务全部完成。下一步抓巩固。");
        assert_fixed(super::check, "称为“一村一档”.", "称为“一村一档”。");
    }

    #[test]
    fn numbers_names_of_files_and_ellipses_are_left() {
        assert_quiet(
            super::check,
            &[
                "增长3.2个百分点",
                "见附件.docx",
                "一.抓好排查",
                "1.抓好排查",
                "还有...",
                "GB/T 9704.1",
                "（一）.抓学习",
                "乔治.布什",
                "其一.抓学习",
                "李四.县域经济发展问题研究[J].农业经济,2020.",
            ],
        );
    }
}
