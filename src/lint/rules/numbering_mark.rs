//! `lint-numbering-mark`: the mark after the number of a heading or an item (GB/T 9704 7.3.3; GB/T 15834 appendix):
//! 一、（一）1.（1）.

use super::prelude::*;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    draft.lines().for_each(|line| look(line, draft.item_mark, out));
}

fn look(line: &Line<'_>, item_mark: char, out: &mut Diagnostics) {
    if line.place == Place::Title || line.place == Place::Name {
        return;
    }
    if let Some((range, new)) = wrong(line, item_mark) {
        let right = format!("{}{new}", shown(line, 0..range.start));
        let message = text!("序号后的标点不对，应是“{right}”", "the mark after the number; it is `{right}`");
        out.push(line.mend(line.fault(Code::LintNumberingMark, range.clone(), message), range, new));
    }
    if let Some((open, close, word)) = half_brackets(line) {
        let message = text!("序号用了半角的括号", "half-width brackets round the number");
        let fault = line.fault(Code::LintNumberingMark, open..close + 1, message);
        let changes = [(open..open + 1, "（"), (close..close + 1, "）")];
        out.push(line.mend_all(fault, &changes, text!("改为“（{word}）”", "write `（{word}）`")));
    }
}

/// What is to be replaced after the number that leads the line, and by what. `item_mark` is that of 1.
fn wrong(line: &Line<'_>, item_mark: char) -> Option<(Range<usize>, &'static str)> {
    let count =
        |start: usize, test: fn(char) -> bool| line.chars()[start..].iter().take(4).take_while(|&&c| test(c)).count();
    let hanzi = count(0, is_numeral);
    if (1..=3).contains(&hanzi) {
        // `一，` may be text, `一.` may not.
        let dot = matches!(line.get(hanzi), Some('.' | '．')) && line.get(hanzi + 1).is_some_and(is_hanzi);
        return dot.then_some((hanzi..hanzi + 1, "、"));
    }
    let digits = count(0, |c| c.is_ascii_digit());
    if (1..=2).contains(&digits) {
        let mark = line.get(digits)?;
        let next = line.get(digits + 1)?;
        // `1、2月` and `3、4组` are text.
        let follows = (is_hanzi(next) && !is_numeral(next)) || is_opening(next);
        let is_wrong = match mark {
            '、' => follows && !counts_several(line, digits + 1),
            '.' | '．' => mark != item_mark && follows,
            _ => false,
        };
        return is_wrong.then_some((digits..digits + 1, if item_mark == '．' { "．" } else { "." }));
    }
    if matches!(line.get(0), Some('（' | '(')) {
        let inner = count(1, is_numeral).max(count(1, |c| c.is_ascii_digit()));
        let close = 1 + inner;
        let closed = inner > 0 && matches!(line.get(close), Some('）' | ')'));
        let extra = matches!(line.get(close + 1), Some('、' | '.' | '．'));
        // A blank or a hanzi follows what is a number, and not a note.
        let follows = line.get(close + 2).is_some_and(|c| is_hanzi(c) || is_opening(c) || is_blank(c));
        return (closed && extra && follows).then_some((close + 1..close + 2, ""));
    }
    None
}

/// Whether another number comes before the clause's end: `1、乙村5户` names things, it numbers none.
fn counts_several(line: &Line<'_>, start: usize) -> bool {
    line.chars()[start..].iter().take(2).any(char::is_ascii_digit)
}

/// `(1)` or `(一)` at the line's start, with words after it.
fn half_brackets<'l>(line: &'l Line<'_>) -> Option<(usize, usize, &'l str)> {
    if !matches!(line.get(0), Some('(')) {
        return None;
    }
    let close = 1 + line.chars()[1..].iter().take(3).take_while(|&&c| is_numeral(c) || c.is_ascii_digit()).count();
    let is_number = close > 1 && line.get(close) == Some(')');
    let follows = line
        .get(close + 1)
        .is_some_and(|c| is_hanzi(c) && !matches!(c, '班' | '号') || is_opening(c) || matches!(c, '、' | '.' | '．'));
    (is_number && follows).then(|| (0, close, line.written(1..close)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn each_level_has_its_mark() {
        for (wrong, right) in [
            ("一.主要做法", "一、主要做法"),
            ("（一）、抓好排查", "（一）抓好排查"),
            ("1、抓好排查", "1.抓好排查"),
            ("12．抓好排查", "12.抓好排查"),
            ("(1)抓好排查", "（1）抓好排查"),
            ("(一)抓好排查", "（一）抓好排查"),
            ("（1）.抓好排查", "（1）抓好排查"),
        ] {
            assert_eq!(draft_fixed(super::check, wrong), right);
            assert_quiet_draft(super::check, &[right]);
        }
    }

    #[test]
    fn words_that_begin_with_a_number_are_left() {
        assert_quiet_draft(
            super::check,
            &[
                "一、主要做法",
                "1.抓好排查",
                "1、2月份完成",
                "3、4组合并",
                "1.5万元",
                "一是抓好排查",
                "（一）抓好排查",
                "2023、2024年",
                "（1）",
            ],
        );
    }

    #[test]
    fn a_full_width_point_throughout_is_the_office_s_own() {
        assert_quiet_draft(super::check, &["1．抓排查\n2．抓整改"]);
        assert_eq!(draft_fixed(super::check, "1．抓排查\n2.抓整改"), "1.抓排查\n2.抓整改");
        assert_eq!(draft_fixed(super::check, "1．抓排查\n2、抓整改\n3．抓巩固"), "1．抓排查\n2．抓整改\n3．抓巩固");
    }
}
