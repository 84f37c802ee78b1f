//! `lint-mark-before-etc`: 、 before 等 (GB/T 15834, appendix).

use super::prelude::*;

/// Words that begin with 等 and close no list.
const WORDS: [&str; 10] = ["等级", "等次", "等待", "等额", "等同", "等候", "等式", "等于", "等差", "等效"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, pair) in line.chars().windows(2).enumerate() {
        if pair == ['、', '等'] && line.any(i + 1, &WORDS).is_none() {
            let message = text!("“等”前面不用顿号", "no 、 before 等");
            out.push(line.mend(line.fault(Code::LintMarkBeforeEtc, i..i + 1, message), i..i + 1, ""));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn it_goes_unless_the_word_is_another() {
        assert_fixed(super::check, "完善水、电、路、等设施", "完善水、电、路等设施");
        assert_quiet(super::check, &["核定类别、等级和期限", "水、电、路等设施"]);
    }
}
