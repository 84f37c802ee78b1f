//! `lint-wrong-weekday`: a date that had another weekday, and one that no calendar has.

use super::prelude::*;
use crate::number::Date;

const DAYS: [char; 7] = ['日', '一', '二', '三', '四', '五', '六'];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let mut i = 0;
    while i < line.len() {
        let Some((numbers, end)) = date(line, i) else {
            if let Some(end) = impossible_day(line, i) {
                let written = shown(line, i..end);
                let message = text!("日历上没有这一天：“{written}”", "no calendar has `{written}`");
                out.push(line.fault(Code::LintWrongWeekday, i..end, message));
            }
            i += 1;
            continue;
        };
        let [year, month, day] = numbers;
        let range = i..end;
        i = end;
        let written = shown(line, range.clone());
        let found = u16::try_from(year).ok().zip(u8::try_from(month).ok()).zip(u8::try_from(day).ok());
        let Some(date) = found.and_then(|((year, month), day)| Date::new(year, month, day)) else {
            let message = text!("日历上没有这一天：“{written}”", "no calendar has `{written}`");
            out.push(line.fault(Code::LintWrongWeekday, range, message));
            continue;
        };
        let Some((at, said)) = weekday(line, end) else { continue };
        let right = DAYS[weekday_of(date)];
        if said != right {
            let message = text!("{written}是星期{right}", "{written} is a 星期{right}");
            let fault = line.fault(Code::LintWrongWeekday, at..at + 1, message);
            out.push(fault.help(text!("改对星期或日期", "mend the weekday or the date")));
        }
    }
}

/// Year, month and day of the date that begins at `i`, and where it ends.
fn date(line: &Line<'_>, i: usize) -> Option<([u32; 3], usize)> {
    if line.before(i).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut at = i;
    let mut numbers = [0; 3];
    for (number, (word, most)) in numbers.iter_mut().zip([('年', 4), ('月', 2), ('日', 2)]) {
        let len = line.chars()[at..].iter().take(most + 1).take_while(|c| c.is_ascii_digit()).count();
        if len == 0 || len > most || (word == '年' && len != 4) || line.get(at + len) != Some(word) {
            return None;
        }
        *number = line.slice(at..at + len).parse().ok()?;
        at += len + 1;
    }
    Some((numbers, at))
}

/// Where `13月1日` or `2月30日` ends, which no year has, if it begins at `i`.
fn impossible_day(line: &Line<'_>, i: usize) -> Option<usize> {
    let apart = line.before(i).is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '.' | '年' | HOLE));
    let digits = |start: usize| line.chars()[start..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let month = digits(i);
    if !apart || !(1..=2).contains(&month) || line.get(i + month) != Some('月') {
        return None;
    }
    let day = digits(i + month + 1);
    let end = i + month + 1 + day + 1;
    let is_day = (1..=2).contains(&day) && line.get(end - 1) == Some('日');
    let number = |range: Range<usize>| line.slice(range).parse::<u8>().ok();
    let (month, day) = (number(i..i + month)?, number(i + month + 1..end - 1)?);
    // A leap year has every day that any year has.
    (is_day && Date::new(2024, month, day).is_none()).then_some(end)
}

/// The weekday said after a date, and where.
fn weekday(line: &Line<'_>, end: usize) -> Option<(usize, char)> {
    let start = end + usize::from(matches!(line.get(end), Some('（' | '(' | '，')));
    let word = ["星期", "周", "礼拜"].into_iter().find(|word| line.has(start, word))?;
    let at = start + word.chars().count();
    let day = line.get(at).map(|c| if c == '天' { '日' } else { c })?;
    DAYS.contains(&day).then_some((at, day))
}

/// The weekday, from Sunday as 0 (Zeller's rule as Sakamoto writes it).
fn weekday_of(date: Date) -> usize {
    const SHIFT: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = usize::from(date.year) - usize::from(date.month < 3);
    let shift = SHIFT.get(usize::from(date.month) - 1).copied().unwrap_or_default();
    (year + year / 4 - year / 100 + year / 400 + shift + usize::from(date.day)) % 7
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_calendar_knows() {
        assert_told(super::check, "2026年5月1日（星期六）", "六");
        assert_told(super::check, "2026年2月29日开会", "2026年2月29日");
        assert_told(super::check, "2026年13月1日开会", "2026年13月1日");
        assert_told(super::check, "定于13月1日开会", "13月1日");
        assert_told(super::check, "2月30日前", "2月30日");
        assert_quiet(super::check, &["2月29日", "12月31日", "3个月1日", "去年13月"]);
        assert_quiet(
            super::check,
            &["2026年5月1日（星期五）", "2024年2月29日，周四", "2023年1月1日星期天", "2026年5月1日周密部署"],
        );
    }
}
