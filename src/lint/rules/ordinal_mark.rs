//! `lint-ordinal-mark`: 、 after 首先 or 第一 (GB/T 15834, appendix): a comma belongs there.

use super::prelude::*;

const WORDS: [&str; 6] = ["首先", "其次", "再次", "最后", "其一", "其二"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, &c) in line.chars().iter().enumerate() {
        if c != '、' {
            continue;
        }
        let numerals = line.chars()[..i].iter().rev().take(4).take_while(|&&c| is_numeral(c)).count();
        let ordinal = (1..=3).contains(&numerals) && line.before(i - numerals) == Some('第');
        let start = if ordinal {
            i - numerals - 1
        } else if let Some(word) = WORDS.iter().find(|word| line.follows(i, &[word])) {
            i - word.chars().count()
        } else {
            continue;
        };
        // `第一、第二产业` and `首先、其次` list words.
        let lists = line.get(i + 1).is_none_or(|c| c == '第' || is_numeral(c)) || line.any(i + 1, &WORDS).is_some();
        if line.begins_clause(start) && !lists {
            let word = shown(line, start..i);
            let message = text!("“{word}”后面用逗号", "a comma follows `{word}`");
            out.push(line.mend(line.fault(Code::LintOrdinalMark, i..i + 1, message), i..i + 1, "，"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_comma_follows() {
        assert_fixed(super::check, "首先、强化值守。第二、抓好巡查。", "首先，强化值守。第二，抓好巡查。");
        assert_quiet(super::check, &["第一、第二产业", "第一、二季度", "首先、其次、最后", "名列第一、表现突出"]);
    }
}
