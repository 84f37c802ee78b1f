//! Numbers of a line, and the ranges that two of them make.

use super::prelude::*;

/// The numbers of `line`: digits with their decimals and thousands; a hole is one as well.
pub(super) fn numbers(line: &Line<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match number(line, i) {
            Some(end) => {
                found.push(i..end);
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

/// Where the number that begins at `i` ends.
pub(super) fn number(line: &Line<'_>, i: usize) -> Option<usize> {
    let chars = line.chars();
    if *chars.get(i)? == HOLE {
        return Some(i + 1);
    }
    let digits = |start: usize| chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
    // Looked at first: within a long number each digit would count all that follow it.
    if line.before(i).is_some_and(|c| c.is_ascii_digit() || c == '.' || is_latin(c)) {
        return None;
    }
    let mut end = i + digits(i);
    if end == i {
        return None;
    }
    while chars.get(end) == Some(&',') && digits(end + 1) == 3 {
        end += 4;
    }
    if chars.get(end) == Some(&'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    Some(end)
}

/// Whether the number at `i` is part of a code: `GB/T 9704`, `GX-2`.
pub(super) fn is_code(line: &Line<'_>, i: usize) -> bool {
    let Some(before) = line.before(i) else { return false };
    is_latin(before) || (matches!(before, ' ' | '-' | '/' | '.' | '_') && line.before(i - 1).is_some_and(is_latin))
}

/// Two numbers with a sign between them.
pub(super) struct Span2 {
    /// The first number.
    pub(super) first: Range<usize>,
    /// What stands between it and the sign: its own unit, such as 年 or 万元; often nothing.
    pub(super) unit: Range<usize>,
    /// The sign, one or two characters.
    pub(super) sign: Range<usize>,
    /// The second number.
    pub(super) second: Range<usize>,
}

/// Signs that are used between the ends of a range, right or wrong.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '-' | '－' | '–' | '—' | '─' | '~' | '～' | '〜' | '∼')
}

/// The pairs of numbers that a sign joins; telephone numbers, codes and sums of three are none.
pub(super) fn spans(line: &Line<'_>) -> Vec<Span2> {
    let numbers = numbers(line);
    let mut found = Vec::new();
    for (index, pair) in numbers.windows(2).enumerate() {
        let (first, second) = (&pair[0], &pair[1]);
        let between = &line.chars()[first.end..second.start];
        let signs = between.iter().rev().take(2).take_while(|&&c| is_sign(c)).count();
        let sign = second.start - signs..second.start;
        let unit = first.end..sign.start;
        let is_unit = unit.len() <= 4
            && line.chars()[unit.clone()].iter().all(|&c| is_hanzi(c) || matches!(c, '%' | '％' | '‰' | '℃'));
        let same = |i: usize| line.get(i).is_some_and(|c| is_sign(c) || c == '/');
        let chained = first.start.checked_sub(1).is_some_and(same)
            || (same(second.end) && numbers.get(index + 2).is_some_and(|third| third.start == second.end + 1));
        if signs > 0 && is_unit && !chained && !is_code(line, first.start) {
            found.push(Span2 { first: first.clone(), unit, sign, second: second.clone() });
        }
    }
    found
}

/// The unit that follows the character `i`.
pub(super) fn unit_at<'t>(line: &Line<'t>, i: usize) -> Option<&'t str> {
    if i < line.len() { unit(line.rest(i)) } else { None }
}

/// Whether a time's unit stands at `i`: years, months, days.
pub(super) fn is_time(line: &Line<'_>, i: usize) -> bool {
    line.get(i).is_some_and(|c| matches!(c, '年' | '月' | '日' | '号')) && !line.has(i, "月度")
}
