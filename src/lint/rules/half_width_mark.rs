//! `lint-half-width-mark`: `,` `;` `:` `?` `!` beside hanzi (GB/T 15834 4).

use super::field_error::left_at;
use super::prelude::*;

const MARKS: [(char, &str); 5] = [(',', "，"), (';', "；"), (':', "："), ('?', "？"), ('!', "！")];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if line.is_reference() {
        return;
    }
    for (i, &c) in line.chars().iter().enumerate() {
        let Some((_, wide)) = MARKS.iter().find(|(mark, _)| *mark == c) else { continue };
        // `![` opens a picture in Markdown; `3:1` and `8:30` have no hanzi beside them.
        let is_picture = c == '!' && line.get(i + 1) == Some('[');
        let beside = line.before(i).is_some_and(is_chinese) || line.get(i + 1).is_some_and(is_chinese);
        // 错误!未找到引用源 is the program's own and goes as a whole.
        let is_left = c == '!' && i.checked_sub(2).is_some_and(|start| left_at(line, start).is_some());
        if beside && !is_picture && !is_left {
            let fault = line.fault(
                Code::LintHalfWidthMark,
                i..i + 1,
                text!("中文里用了半角的“{c}”", "a half-width `{c}` in Chinese text"),
            );
            out.push(line.mend(fault, i..i + 1, wide));
        }
    }
}

fn is_chinese(c: char) -> bool {
    is_hanzi(c) || is_closing(c) || is_opening(c)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn beside_hanzi_it_is_mended() {
        assert_fixed(super::check, "已清理3处,效果好;问题:无", "已清理3处，效果好；问题：无");
        assert_fixed(super::check, "增长5%,好于预期!真的?", "增长5%，好于预期！真的？");
    }

    #[test]
    fn numbers_times_code_and_pictures_are_left() {
        assert_quiet(
            super::check,
            &["比例为3:1", "上午8:30开会", "共1,234人", "见http://a.cn/?b,c", "use Word, then", "见![图](a.png)"],
        );
    }
}
