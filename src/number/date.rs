//! A day of the calendar.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && has_day(Some(year), month.into(), Some(day.into()));
        exists.then_some(Date { year, month, day })
    }
}

/// Whether some year, or this one, has the month, and the month the day.
fn has_day(year: Option<u16>, month: u16, day: Option<u16>) -> bool {
    let leap =
        year.is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    day.is_none_or(|day| (1..=days).contains(&day))
}

/// A day or a month as somebody wrote it, perhaps without its year; the calendar need not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDay {
    /// Its year, four digits, if that was written.
    pub year: Option<u16>,
    /// Its month.
    pub month: u16,
    /// Its day, unless a month was meant.
    pub day: Option<u16>,
}

impl WrittenDay {
    /// Reads `2026-06-12`, `2026年6月12日`, `2026/6/12`, `2026.6.12`, `6月12日`, `6.12`, `6/12`, `2026年6月`; none where the
    /// words are no day in any reading.
    pub fn read(words: &str) -> Option<Self> {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
        let bare = words.strip_suffix(['日', '号', '月']).unwrap_or(&words);
        let parts: Option<Vec<u16>> = bare
            .split(['年', '月', '-', '/', '.'])
            .map(|part| Some(part).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok())
            .collect();
        let is_year = |part: u16| part >= 1000;
        match *parts?.as_slice() {
            [year, month, day] if is_year(year) => Some(WrittenDay { year: Some(year), month, day: Some(day) }),
            [year, month] if is_year(year) && !words.ends_with(['日', '号']) => {
                Some(WrittenDay { year: Some(year), month, day: None })
            }
            [month, day] if !is_year(month) && !words.ends_with('月') => {
                Some(WrittenDay { year: None, month, day: Some(day) })
            }
            _ => None,
        }
    }

    /// Whether the calendar has it; without a year, whether that of some year has.
    pub fn exists(self) -> bool {
        has_day(self.year, self.month, self.day)
    }

    /// The day, if it is a whole one that the calendar has.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, u8::try_from(self.month).ok()?, u8::try_from(self.day?).ok()?)
    }
}

/// Full-width digits and marks as half-width ones.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '／' | '－' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Display for Date {
    /// As GB/T 9704 7.3.5.4 writes it: `2026年1月5日`, arabic digits, the whole year, no leading zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, WrittenDay};

    #[test]
    fn only_days_of_the_calendar() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2000, 2, 29).is_some());
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2023, 4, 31), (2023, 13, 1), (2023, 1, 0), (0, 1, 1)]
        {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn days_as_people_write_them() {
        let read = |words| WrittenDay::read(words).map(|day| (day.year, day.month, day.day, day.exists()));
        for words in
            ["2026-06-12", "2026年6月12日", "2026/6/12", "2026.6.12", " 2026 年 6 月 12 日", "２０２６．６．１２"]
        {
            assert_eq!(read(words), Some((Some(2026), 6, Some(12), true)), "{words}");
        }
        for words in ["6月12日", "6.12", "6/12", "6-12", "06-12", "6月12号", "6月12"] {
            assert_eq!(read(words), Some((None, 6, Some(12), true)), "{words}");
        }
        for words in ["2026年6月", "2026-06", "2026.6"] {
            assert_eq!(read(words), Some((Some(2026), 6, None, true)), "{words}");
        }
        for words in ["2月30日", "13月45日", "2025-02-29", "2026年13月", "0.5", "4/31"] {
            assert_eq!(read(words).map(|(.., exists)| exists), Some(false), "{words}");
        }
        assert_eq!(read("2月29日").map(|(.., exists)| exists), Some(true));
        for words in ["", "12", "本月底", "6月", "6月至7月", "1.2.3", "6月12日上午", "-6.12", "6月中旬"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
