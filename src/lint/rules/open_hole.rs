//! `lint-open-hole`: a place that nobody has filled in.

use super::numbers::unit_at;
use super::prelude::*;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    // Of the holes of a report file `check` speaks, since figures fill them.
    let marked = draft.medium != Medium::Report;
    for line in draft.lines() {
        let chars = line.chars();
        let mut i = 0;
        while i < chars.len() {
            let end = i + chars[i..].iter().take_while(|&&c| c == chars[i]).count();
            let count = end - i;
            let fault = match chars[i] {
                HOLE if marked => Some((i..end, text!("这里还没有填", "nobody has filled this in"))),
                '_' | '＿' if count >= 3 => Some((i..end, text!("横线上还没有填", "the line is not filled in"))),
                '【' | '（' if closes(line, i) => {
                    Some((i..i + 2, text!("括号里还没有填", "the brackets are not filled in")))
                }
                ' ' if is_gap(line, i, end) => {
                    Some((i..end, text!("这里像是少了一个数", "a number seems to be missing here")))
                }
                _ => None,
            };
            out.extend(fault.map(|(range, message)| line.fault(Code::LintOpenHole, range, message)));
            i = end;
        }
    }
}

/// Whether the bracket at `i` has nothing in it.
fn closes(line: &Line<'_>, i: usize) -> bool {
    matches!(line.get(i + 1), Some('】' | '）'))
}

/// Whether the blanks `start..end` stand where a number belongs: `参合率达 %`, `来访群众 人次`.
fn is_gap(line: &Line<'_>, start: usize, end: usize) -> bool {
    const SURE: [&str; 7] = ["%", "％", "万元", "亿元", "人次", "户次", "平方公里"];
    line.before(start).is_some_and(is_hanzi)
        && unit_at(line, end).is_some_and(|unit| SURE.contains(&unit))
        // `单位： 万元` heads a table.
        && !line.chars()[..start].contains(&'：')
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn holes_lines_brackets_and_gaps_are_told() {
        assert_told_draft(super::check, "完成XX处。", "XX");
        assert_told_draft(super::check, "完成____处。", "____");
        assert_told_draft(super::check, "完成【】处。", "【】");
        assert_told_draft(super::check, "参合率达 %。", " ");
        assert_quiet_draft(
            super::check,
            &["完成12处。", "X光检查、1+X证书", "snake_case", "单位： 万元", "投入 3万元"],
        );
    }
}
