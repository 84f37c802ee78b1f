//! `lint-wrong-time`: a time of day that no clock has, and a full-width colon in one (GB/T 15835 5.1.3, GB/T 7408).

use super::numbers::is_sign;
use super::prelude::*;

/// Words that only a time of day stands behind. A ratio and a score have none of them.
#[rustfmt::skip]
const BEFORE: [&str; 22] = [
    "上午", "下午", "早上", "晚上", "中午", "凌晨", "清晨", "傍晚", "夜间", "夜里", "当晚", "今晚", "昨晚", "当日", "当天",
    "时间：", "时间:", "每天", "每日", "今天",
    "早", "晚",
];
/// Words that stand behind a time of day alone.
#[rustfmt::skip]
const AFTER: [&str; 18] = [
    "召开", "开会", "开始", "举行", "集合", "出发", "报到", "结束", "前到", "准时", "发车", "许，", "左右，", "在镇", "在县",
    "在会", "在三楼", "在二楼",
];

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    // Where the last time ended: the other end of 8：30—11：00 is one as well.
    let mut last = None;
    for i in 0..line.len() {
        let Some(Time { range, hour, minute, colon }) = time(line, i, last) else { continue };
        last = Some(range.end);
        let written = shown(line, range.clone());
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            let message = text!("没有这个时刻：“{written}”", "no clock has `{written}`");
            out.push(line.fault(Code::LintWrongTime, range, message));
        } else if colon == '：' {
            let message = text!("时刻里的冒号用半角：“{written}”", "the colon of a time is half-width: `{written}`");
            out.push(line.mend(line.fault(Code::LintWrongTime, i..i + 1, message), i..i + 1, ":"));
        }
    }
}

/// A time of day.
struct Time {
    range: Range<usize>,
    hour: u32,
    minute: u32,
    /// The mark between the hour and the minutes: a colon, or 时 or 点.
    colon: char,
}

/// The time whose hour ends at `i`; `last` is where the one before it ended.
fn time(line: &Line<'_>, i: usize, last: Option<usize>) -> Option<Time> {
    let colon = line.get(i).filter(|c| matches!(c, ':' | '：' | '时' | '点'))?;
    let spoken = matches!(colon, '时' | '点');
    let chars = line.chars();
    let hour = chars[..i].iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
    let minute = chars[i + 1..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let (start, end) = (i - hour, i + 1 + minute);
    let minutes = minute == 2 || (spoken && minute <= 2);
    if !(1..=2).contains(&hour) || !minutes || (spoken && minute > 0 && line.get(end) != Some('分')) {
        return None;
    }
    // `3.25点`, `1：25：30`: a decimal, and a sum of three.
    let apart = |c: Option<char>| c.is_none_or(|c| !matches!(c, ':' | '：' | '.') && !c.is_ascii_digit());
    let led = line.follows(start, &BEFORE) || day_before(line, start);
    let chained = last.is_some_and(|last| last < start && joins(&chars[last..start]));
    let known = led || (!spoken && (chained || line.any(end, &AFTER).is_some()));
    if !known || !apart(line.before(start)) || (!spoken && !apart(line.get(end))) {
        return None;
    }
    let number = |range: Range<usize>| if range.is_empty() { Some(0) } else { line.slice(range).parse().ok() };
    Some(Time { range: start..end, hour: number(start..i)?, minute: number(i + 1..end)?, colon })
}

/// True if a day ends right before `start`: 6月6日, 6月6日（星期五）.
fn day_before(line: &Line<'_>, start: usize) -> bool {
    let bracket = line.chars()[..start].iter().rev().take(5).position(|&c| c == '（');
    let end = bracket.filter(|_| line.before(start) == Some('）')).map_or(start, |back| start - back - 1);
    let day = |c: char| matches!(c, '日' | '号');
    let digit = |at: usize| line.before(at).is_some_and(|c| c.is_ascii_digit());
    line.before(end).is_some_and(day) && end > 1 && digit(end - 1)
}

/// True if `between` joins two times: a sign, 至 or 到.
fn joins(between: &[char]) -> bool {
    let rest = between.strip_prefix(&['分']).unwrap_or(between);
    (1..=2).contains(&rest.len()) && rest.iter().all(|&c| is_sign(c) || matches!(c, '至' | '到'))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_clock_knows() {
        assert_told(super::check, "上午25:00开会", "25:00");
        assert_told(super::check, "会议定于25:00召开", "25:00");
        assert_told(super::check, "下午3:75开会", "3:75");
        assert_told(super::check, "上午8时75分开会", "8时75");
        assert_fixed(super::check, "5月6日8：30开会，每天14：30—17：00值班", "5月6日8:30开会，每天14:30—17:00值班");
        assert_fixed(super::check, "6月6日（星期六）8：30报到", "6月6日（星期六）8:30报到");
        assert_fixed(super::check, "于8：30召开", "于8:30召开");
    }

    #[test]
    fn ratios_scores_and_right_times_are_left() {
        assert_quiet(
            super::check,
            &[
                "上午8:30开会",
                "比例为35：65",
                "比分40:25",
                "晚上24:00",
                "按1：10配置",
                "师生比由1：25提高到1：18",
                "上午8时开会",
                "下午3点75户报名",
                "增长3.25点",
                "收支比40：60",
                "配比1：25：30",
            ],
        );
    }
}
