//! `lint-stray-blank`: a blank between hanzi, or between hanzi and a number or a mark.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if line.place == Place::Title || line.place == Place::Name {
        return;
    }
    // In a sentence alone: a signature, a list of names or a table's row has its blanks on purpose.
    let sentence = line.chars().iter().any(|&c| is_stop(c) && c != '、' && c != '：');
    let row = line.get(0) == Some('|');
    if !sentence || row {
        return;
    }
    for (i, _) in line.chars().iter().enumerate().filter(|(_, c)| matches!(c, ' ' | '\u{a0}')) {
        let (Some(before), Some(after)) = (line.before(i), line.get(i + 1)) else { continue };
        let number = |c: char| c.is_ascii_digit();
        let mark = |c: char| is_stop(c) || is_opening(c) || is_closing(c);
        let word = |c: char| is_hanzi(c) || mark(c);
        // `GB/T 9704 规定`: the number belongs to a code.
        let code = number(before) && code_before(line, i);
        // `第三条 本办法…`, `**…。** 正文`: the blank parts what leads a line from its text.
        let leads = i == article(line) || !line.touches(i);
        let stray = (word(before) && word(after)) || (word(before) && number(after)) || (number(before) && word(after));
        // （ ） is left for an answer.
        let answer = is_opening(before) && is_closing(after);
        if !stray || code || leads || answer {
            continue;
        }
        let message = text!("这里多了一个空格", "a stray blank");
        let fault = line.fault(Code::LintStrayBlank, i..i + 1, message);
        // Between two hanzi it may part names.
        out.push(if is_hanzi(before) && is_hanzi(after) {
            fault.help(text!("删去空格", "leave the blank out"))
        } else {
            line.mend(fault, i..i + 1, "")
        });
    }
}

/// Where the number of an article or a chapter ends that begins the line: 第三条, 第一章.
fn article(line: &Line<'_>) -> usize {
    let numerals = line.chars().iter().skip(1).take_while(|&&c| is_numeral(c) || c.is_ascii_digit()).count();
    let unit = line.get(1 + numerals).is_some_and(|c| "条章节编款".contains(c));
    if line.get(0) == Some('第') && unit { 2 + numerals } else { 0 }
}

/// Whether the number before `i` has Latin letters before it.
fn code_before(line: &Line<'_>, i: usize) -> bool {
    let digits =
        line.chars()[..i].iter().rev().take(20).take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).count();
    let start = i - digits;
    line.chars()[..start].iter().rev().find(|&&c| c != ' ').is_some_and(|&c| is_latin(c))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn it_goes() {
        assert_fixed(super::check, "整治 3 处，效果好。", "整治3处，效果好。");
        assert_fixed(super::check, "效果好， 群众满意。", "效果好，群众满意。");
        assert_told(super::check, "扎实 开展整治，效果好。", " ");
        assert_told(super::check, "第三条第二款 规定，不得外借。", " ");
    }

    #[test]
    fn latin_words_codes_names_and_layout_are_left() {
        assert_quiet(
            super::check,
            &[
                "使用 Word 软件，效果好。",
                "按GB/T 9704 规定执行，很好。",
                "张三 李四 王五",
                "王\u{3000}明，男。",
                "整治  3处，有两个空格。",
                "第十三条 本办法由街道负责解释，自印发之日起施行。",
            ],
        );
    }
}
