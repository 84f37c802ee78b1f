//! `lint-half-width-bracket`: `(` and `)` round hanzi (GB/T 15834 4.9).

use super::pairs::pairs;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    if line.is_reference() {
        return;
    }
    let pairs = pairs(line).round;
    // How many characters of each kind stand before each place: a pair may hold any number of others.
    let hanzi = counts(line, is_hanzi);
    let others = counts(line, |c| !c.is_ascii_digit());
    for (open, close) in pairs {
        let half = |i: usize| line.get(i).is_some_and(|c| c.is_ascii());
        // `（1)` is as wrong as `(一)`.
        let mixed = half(open) != half(close);
        let has_hanzi = hanzi[open] < hanzi[close];
        // A number that leads the line, `(一)`, is the business of `lint-numbering-mark`.
        let is_number = open == 0 && line.chars()[1..close].iter().all(|&c| is_numeral(c));
        // `府发(2026)3号` takes other brackets.
        let is_year = others[open + 1] == others[close];
        if !(has_hanzi || mixed && !is_year) || !(half(open) || half(close)) || is_number {
            continue;
        }
        let mut changes = Vec::new();
        if half(open) {
            changes.push((open..open + 1, "（"));
        }
        if half(close) {
            changes.push((close..close + 1, "）"));
        }
        let at = if half(open) { open } else { close };
        let message = text!("中文里用了半角的括号", "half-width brackets round Chinese text");
        let fault = line.fault(Code::LintHalfWidthBracket, at..at + 1, message);
        let words = shown(line, open + 1..close);
        out.push(line.mend_all(fault, &changes, text!("改为“（{words}）”", "write `（{words}）`")));
    }
}

/// How many characters for which `test` holds stand before each character of the line.
fn counts(line: &Line<'_>, test: impl Fn(char) -> bool) -> Vec<usize> {
    let mut count = 0;
    let before = |&c: &char| {
        let before = count;
        count += usize::from(test(c));
        before
    };
    line.chars().iter().map(before).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn round_hanzi_they_are_mended() {
        assert_fixed(super::check, "各级河长(兼)已到岗", "各级河长（兼）已到岗");
        assert_fixed(super::check, "设点位（含流动点)3个", "设点位（含流动点）3个");
    }

    #[test]
    fn brackets_may_be_nested_deep() {
        let deep = format!("{}甲{}", "（1".repeat(50_000), "）".repeat(50_000));
        assert_quiet(super::check, &[&deep]);
    }

    #[test]
    fn code_and_numbers_are_left() {
        assert_quiet(
            super::check,
            &["函数f(x)的值", "(1)抓好排查", "(一)抓好排查", "按(GB/T 9704)执行", "只有一个(的"],
        );
    }
}
