//! `lint-half-width-stop`: `.` at the end of a sentence (GB/T 15834 4.1).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let numerals = line.chars().iter().take_while(|&&c| is_numeral(c)).count();
    for (i, &c) in line.chars().iter().enumerate() {
        // `一.抓好` is a number, and `lint-numbering-mark` speaks of it.
        if c != '.' || (i == numerals && i > 0) || !line.before(i).is_some_and(ends_words) {
            continue;
        }
        let ends = line.get(i + 1).is_none_or(|next| is_hanzi(next) || is_closing(next) || is_blank(next));
        if ends {
            let message = text!("句末用了半角的“.”", "a half-width `.` ends the sentence");
            out.push(line.mend(line.fault(Code::LintHalfWidthStop, i..i + 1, message), i..i + 1, "。"));
        }
    }
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
            &["增长3.2个百分点", "见附件.docx", "一.抓好排查", "1.抓好排查", "还有...", "GB/T 9704.1"],
        );
    }
}
