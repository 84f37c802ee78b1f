//! `lint-ellipsis-form`: an ellipsis of other dots than six in the middle of the line (GB/T 15834 4.11).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let chars = line.chars();
    let mut i = 0;
    while i < chars.len() {
        let dot = chars[i];
        let end = i + chars[i..].iter().take_while(|&&c| c == dot).count();
        let count = end - i;
        let chinese = line.before(i).is_some_and(|c| is_hanzi(c) || is_wide_mark(c));
        let wrong = match dot {
            // Dots that lead to a page number, and longer ones, are no ellipsis.
            '.' => (3..=12).contains(&count) && chinese && !chars.get(end).is_some_and(char::is_ascii_digit),
            '。' => (3..=12).contains(&count),
            '·' | '⋯' => (2..=12).contains(&count) && chinese,
            // A paragraph left out is twelve dots.
            '…' => count != 2 && count != 4 && count <= 12,
            _ => false,
        };
        if wrong {
            let message = text!("省略号应是六个点“……”", "an ellipsis has six dots, ……");
            out.push(line.mend(line.fault(Code::LintEllipsisForm, i..end, message), i..end, "……"));
        }
        i = end;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn other_dots_become_six() {
        for text in ["还有...", "还有。。。", "还有…", "还有......", "还有………"] {
            assert_fixed(super::check, text, "还有……");
        }
    }

    #[test]
    fn the_right_form_and_leaders_are_left() {
        assert_quiet(super::check, &["还有……", "…………", "一、概况........3", "wait...", "阿布·力提甫"]);
    }
}
