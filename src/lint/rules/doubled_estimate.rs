//! `lint-doubled-estimate`: two words that both say “about”: 约300人左右, 近50余户.

use super::numbers::{number, unit_at};
use super::prelude::*;

/// Words before a number that say that it is about so much, and what each says.
const BEFORE: [&str; 9] = ["大约", "将近", "接近", "超过", "约", "近", "逾", "超", "达到近"];
/// Words after its unit that say the same.
const AFTER: [&str; 3] = ["左右", "上下", "以上"];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for i in 0..line.len() {
        let Some(end) = number(line, i) else { continue };
        let Some(word) = BEFORE.iter().copied().find(|word| line.follows(i, &[word])) else { continue };
        let start = i - word.chars().count();
        let unit = unit_at(line, end).unwrap_or_default();
        let powers = line.chars()[end..].iter().take(2).take_while(|c| matches!(c, '百' | '千' | '万' | '亿')).count();
        let more = end + powers;
        // 近3年多来 speaks of years past.
        let years = unit.starts_with(['年', '月', '日', '天', '周']);
        let more = line.get(more).filter(|c| matches!(c, '余' | '多')).map(|_| more..more + 1);
        let after = end + unit.chars().count();
        let after = AFTER
            .into_iter()
            .filter(|word| *word != "以上" || matches!(word, &"约"))
            .find_map(|word| line.has(after, word).then(|| after..after + word.chars().count()));
        let Some(second) = more.filter(|_| !years).or(after) else { continue };
        let message = text!("概数词重复：“{}”", "about is said twice: `{}`", shown(line, start..second.end));
        let fault = line.fault(Code::LintDoubledEstimate, start..second.end, message);
        let second = shown(line, second);
        out.push(fault.help(text!("删去“{word}”或“{second}”", "leave `{word}` or `{second}` out")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn once_is_enough() {
        assert_told(super::check, "参加活动约300人左右", "约300人左右");
        assert_told(super::check, "走访近50余户", "近50余");
        assert_told(super::check, "排查超过20多次", "超过20多");
        assert_told(super::check, "投入近3万余元", "近3万余");
        assert_quiet(super::check, &["约300人", "300人左右", "近3年多来", "走访50余户", "最近50户", "约X户"]);
    }
}
