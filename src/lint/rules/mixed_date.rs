//! `lint-mixed-date`: hanzi and arabic digits in one date (GB/T 15835 5.1.4; GB/T 9704 7.3.5.4).

use super::prelude::*;

/// A part of a date: its number, and how it is written.
struct Part {
    range: Range<usize>,
    hanzi: bool,
}

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let mut i = 0;
    while i < line.len() {
        let Some((parts, end)) = date(line, i) else {
            i += 1;
            continue;
        };
        let mixed = parts.iter().any(|part| part.hanzi) && parts.iter().any(|part| !part.hanzi);
        if mixed {
            let written = shown(line, i..end);
            let message =
                text!("一个日期里混用了两种数字：“{written}”", "two kinds of digits in one date: `{written}`");
            let fault = line.fault(Code::LintMixedDate, i..end, message);
            let mut right = String::new();
            for part in &parts {
                right += &arabic(line, part);
                right.extend(line.get(part.range.end));
            }
            out.push(line.propose(fault, &right));
        }
        i = end;
    }
}

/// The date that begins at `i`, of two parts or three, and where it ends.
fn date(line: &Line<'_>, i: usize) -> Option<(Vec<Part>, usize)> {
    if line.before(i).is_some_and(|c| c.is_ascii_digit() || is_numeral(c)) {
        return None;
    }
    let mut parts = Vec::new();
    let mut at = i;
    for word in ['年', '月', '日'] {
        let rest = &line.chars()[at..];
        let digits = rest.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        let hanzi = rest.iter().take(5).take_while(|&&c| is_numeral(c)).count();
        let len = digits.max(hanzi);
        let fits = if word == '年' { len == 4 } else { (1..=3).contains(&len) };
        if !fits || rest.get(len) != Some(&word) {
            // A date may begin with its month, and end with it.
            if word == '年' {
                continue;
            }
            break;
        }
        parts.push(Part { range: at..at + len, hanzi: hanzi > 0 });
        at += len + 1;
    }
    // 三月三 is a feast, and no day of a date.
    let feast = line.get(at).is_some_and(|c| is_numeral(c) || c.is_ascii_digit());
    (parts.len() >= 2 && !feast).then_some((parts, at))
}

fn arabic(line: &Line<'_>, part: &Part) -> String {
    let written = &line.chars()[part.range.clone()];
    if !part.hanzi {
        return written.iter().collect();
    }
    if written.len() == 4 {
        return written.iter().map(|&c| value(c).map_or('0', |digit| char::from(b'0' + digit as u8))).collect();
    }
    let tens = written.iter().position(|&c| c == '十');
    let digit = |c: Option<&char>| c.and_then(|&c| value(c));
    let number = match tens {
        Some(at) => {
            10 * at.checked_sub(1).map_or(1, |at| digit(written.get(at)).unwrap_or(1))
                + digit(written.get(at + 1)).unwrap_or(0)
        }
        None => digit(written.first()).unwrap_or(0),
    };
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_kind_a_date() {
        assert_told(super::check, "二〇二六年5月", "二〇二六年5月");
        assert_told(super::check, "2026年五月十六日", "2026年五月十六日");
        assert_eq!(help(super::check, "2026年五月二十六日"), "改为“2026年5月26日”");
        assert_quiet(
            super::check,
            &["2026年5月1日", "二〇二六年五月一日", "2026年三月三歌圩", "十五年5次", "第三年5月"],
        );
    }
}
