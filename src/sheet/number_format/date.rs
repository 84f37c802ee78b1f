//! Days and times of day as the formats of spreadsheets show them.

use crate::number::{Date, Moment};

/// Days from 1970 back to the day 0 of the calendar that begins in 1900, and of the one that begins in 1904.
const DAY_ZERO: [i64; 2] = [-25_569, -24_107];
/// The day that the first calendar counts and the world never had: 29 February 1900.
const NO_SUCH_DAY: i64 = 60;
/// Seconds of a day.
const DAY: f64 = 86_400.0;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The days of the week from 1970, which began on a Thursday.
const WEEKDAYS: [(&str, char); 7] = [
    ("Thursday", '四'),
    ("Friday", '五'),
    ("Saturday", '六'),
    ("Sunday", '日'),
    ("Monday", '一'),
    ("Tuesday", '二'),
    ("Wednesday", '三'),
];

/// The day and the second that a workbook counts as `value`; `from_1904` where its calendar begins in that year. None
/// where the calendar has no such day.
pub(in crate::sheet) fn moment(value: f64, from_1904: bool) -> Option<Moment> {
    if !value.is_finite() || !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    // Half a second at most is lost to the digits that a workbook keeps.
    let seconds = (value * DAY).round() as i64;
    let mut day = seconds.div_euclid(DAY as i64);
    let second = seconds.rem_euclid(DAY as i64);
    if !from_1904 {
        match day {
            NO_SUCH_DAY => return None,
            early if early < NO_SUCH_DAY => day += 1,
            _ => {}
        }
    }
    let day = day + DAY_ZERO[usize::from(from_1904)];
    Moment::from_epoch(day * DAY as i64 + second)
}

/// A part of a format that shows something of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DatePart {
    Year(usize),
    Month(usize),
    Day(usize),
    /// 星期三 or 三: `aaaa`, `aaa`.
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// `AM/PM`, `上午/下午`: hours count to twelve.
    Half(bool),
}

/// The part `letter`, written `count` times; none where it is none.
pub(super) fn part(letter: char, count: usize, minutes: bool) -> Option<DatePart> {
    Some(match letter {
        'y' | 'e' => DatePart::Year(if letter == 'e' { 4 } else { count }),
        'm' if minutes => DatePart::Minute(count),
        'm' => DatePart::Month(count),
        'd' => DatePart::Day(count),
        'a' if count >= 3 => DatePart::Weekday(count),
        'h' => DatePart::Hour(count),
        's' => DatePart::Second(count),
        _ => return None,
    })
}

/// Adds what `part` shows of a moment; `half` where hours count to twelve.
pub(super) fn show(part: DatePart, moment: &Moment, half: bool, out: &mut String) {
    let Date { year, month, day } = moment.date;
    let (hour, minute, second) = moment.clock();
    let two = |number: u32, count: usize| if count >= 2 { format!("{number:02}") } else { number.to_string() };
    let weekday = WEEKDAYS[moment.date.midnight().div_euclid(DAY as i64).rem_euclid(7) as usize];
    let short = |name: &str| name.chars().take(3).collect::<String>();
    *out += &match part {
        DatePart::Year(count) if count <= 2 => format!("{:02}", year % 100),
        DatePart::Year(_) => year.to_string(),
        DatePart::Month(count @ 3..) => {
            let name = MONTHS[usize::from(month) - 1];
            match count {
                3 => short(name),
                4 => name.to_owned(),
                _ => name.chars().take(1).collect(),
            }
        }
        DatePart::Month(count) => two(month.into(), count),
        DatePart::Day(3) => short(weekday.0),
        DatePart::Day(4..) => weekday.0.to_owned(),
        DatePart::Day(count) => two(day.into(), count),
        DatePart::Weekday(3) => weekday.1.to_string(),
        DatePart::Weekday(_) => format!("星期{}", weekday.1),
        DatePart::Hour(count) if half => two((hour + 11) % 12 + 1, count),
        DatePart::Hour(count) => two(hour, count),
        DatePart::Minute(count) => two(minute, count),
        DatePart::Second(count) => two(second, count),
        DatePart::Half(chinese) => match (chinese, hour < 12) {
            (true, true) => "上午",
            (true, false) => "下午",
            (false, true) => "AM",
            (false, false) => "PM",
        }
        .to_owned(),
    };
}
