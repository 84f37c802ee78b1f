//! A moment of a day, UTC, for the properties of files.

use super::Date;

/// A moment, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Second of the day, from 0.
    pub second: u32,
}

/// Days from 1 March of the year 0 to 1970.
const EPOCH: i64 = 719_468;
/// Days of 400 years.
const ERA: i64 = 146_097;

impl Moment {
    /// From seconds since 1970; `None` outside the years 1 to 9999.
    pub fn from_epoch(seconds: i64) -> Option<Moment> {
        // Years that begin in March, so that the leap day is the last of its year.
        let days = seconds.div_euclid(86_400).checked_add(EPOCH)?;
        let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let march_month = (5 * day + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year + era.checked_mul(400)? + i64::from(month <= 2);
        let day = day - (153 * march_month + 2) / 5 + 1;
        let date = Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        Some(Moment { date, second: seconds.rem_euclid(86_400) as u32 })
    }

    /// Hour, minute and second.
    pub fn clock(&self) -> (u32, u32, u32) {
        (self.second / 3_600, self.second / 60 % 60, self.second % 60)
    }

    /// As ISO 8601: `2023-11-20T08:00:00Z`.
    pub fn iso(&self) -> String {
        let Date { year, month, day } = self.date;
        let (hour, minute, second) = self.clock();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl Date {
    /// Seconds from 1970 to the day's beginning, UTC.
    pub fn midnight(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let march_month = (month + 9) % 12;
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day = (153 * march_month + 2) / 5 + i64::from(self.day) - 1;
        (era * ERA + year * 365 + year / 4 - year / 100 + day - EPOCH) * 86_400
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_of_the_calendar() {
        let iso = |seconds| Moment::from_epoch(seconds).map(|moment| moment.iso());
        assert_eq!(iso(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(iso(-1).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(iso(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(iso(1_700_467_199).as_deref(), Some("2023-11-20T07:59:59Z"));
        for outside in [i64::MAX, i64::MIN, 253_402_300_800] {
            assert_eq!(iso(outside), None);
        }
    }

    #[test]
    fn days_and_seconds_are_each_others_way_back() {
        for seconds in (-719_162..2_932_896).step_by(97).map(|day| day * 86_400) {
            assert_eq!(Moment::from_epoch(seconds).unwrap().date.midnight(), seconds);
        }
    }
}
