//! `lint-mark-in-estimate`: 、 between two numerals that together say “about”: 三、四天 (GB/T 15835 5.2.1).

use super::prelude::*;

/// What is counted so; 年级 and 期 are numbered, and not counted.
const COUNTED: [&str; 10] = ["天", "年", "个", "次", "岁", "里", "倍", "人", "户", "小时"];
const NOT_COUNTED: [&str; 5] = ["年级", "次会议", "人民", "年度", "年期"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, window) in line.chars().windows(3).enumerate() {
        let [first, '、', second] = *window else { continue };
        let next_to = value(first).zip(value(second)).is_some_and(|(a, b)| a > 0 && b == a + 1);
        // `一、二十大` is a heading; 第三、四次 are two; 一、二、三 are three.
        let alone = i > 0 && line.before(i).is_some_and(|c| c != '第' && c != '、' && !is_numeral(c));
        let counted = line.any(i + 3, &COUNTED).is_some() && line.any(i + 3, &NOT_COUNTED).is_none();
        if next_to && alone && counted {
            let message =
                text!("概数中间不用顿号：“{first}、{second}”", "no 、 within an estimate: `{first}、{second}`");
            let fault = line.fault(Code::LintMarkInEstimate, i..i + 3, message);
            out.push(line.propose(fault, &format!("{first}{second}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn an_estimate_has_none() {
        assert_told(super::check, "三天两头、隔三、四天就来", "三、四");
        assert_quiet(
            super::check,
            &["隔三四天", "一、二年级学生", "第三、四次", "一、二、三个村", "一、二个问题", "共三、五天"],
        );
    }
}
