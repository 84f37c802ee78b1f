//! `lint-field-error`: what an office program writes where a reference is lost, a sum fails or a prompt was not filled in.

use super::prelude::*;
use crate::sheet::FORMULA_ERRORS;

/// Errors of Word's fields begin so, in either width of the mark.
const ERROR: [&str; 4] = ["错误!", "错误！", "Error! ", "Error!"];
/// Their ends; 错误！未找到的要补 is no such error.
#[rustfmt::skip]
const REASONS: [&str; 16] = [
    "未找到引用源", "未定义书签", "未指定书签", "书签未定义", "文档中没有指定样式的文字", "链接无效", "超级链接引用无效",
    "超链接引用无效", "使用“开始”选项卡", "不能识别的开关参数", "未找到目录项", "Reference source not found",
    "Bookmark not defined", "No text of specified style", "Not a valid link", "Hyperlink reference not valid",
];
/// Prompts of Word's content controls.
#[rustfmt::skip]
const PROMPTS: [&str; 9] = [
    "单击或点击此处输入文字", "单击或点击此处输入日期", "单击此处输入文字", "单击此处输入日期", "单击此处键入文字",
    "点击此处输入文字", "点击此处输入日期", "Click or tap here to enter text", "Click here to enter text",
];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let mut i = 0;
    while i < line.len() {
        let Some(end) = left_at(line, i) else {
            i += 1;
            continue;
        };
        let written = shown(line, i..end);
        let message = text!("“{written}”是软件留下的话", "`{written}` was left by a program");
        let fault = line.fault(Code::LintFieldError, i..end, message);
        out.push(fault.help(text!("在原稿里改好引用或填上内容", "mend the reference, or write what belongs there")));
        i = end;
    }
}

/// Where the words end that a program left at `i`.
pub(super) fn left_at(line: &Line<'_>, i: usize) -> Option<usize> {
    let behind = |at: usize, words: &[&str]| line.any(at, words).map(|word| at + word.chars().count());
    match line.get(i)? {
        '错' | 'E' => {
            let start = behind(i, &ERROR)?;
            behind(start + usize::from(line.get(start).is_some_and(is_blank)), &REASONS)
        }
        '单' | '点' | 'C' => behind(i, &PROMPTS),
        '#' => behind(i, &FORMULA_ERRORS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn what_a_program_left_is_told() {
        assert_told(super::check, "详见表错误!未找到引用源。", "错误!未找到引用源");
        assert_told(super::check, "详见错误！ 未定义书签。", "错误！ 未定义书签");
        assert_told(super::check, "召开单击或点击此处输入文字。次", "单击或点击此处输入文字");
        assert_told(super::check, "完成#DIV/0!处", "#DIV/0!");
        assert_quiet(super::check, &["改正错误！未找到的要补", "见#3楼", "E类", "点击此处进入系统", "单击鼠标"]);
    }
}
