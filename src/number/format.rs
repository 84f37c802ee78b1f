//! The ways of printing a number or a date that a figure's `format` chooses from.

use super::chinese::spelled;
use super::{Date, Decimal, Numerals, numeral};

/// How a number is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// `plain`: the digits as written.
    #[default]
    Plain,
    /// `grouped`: 12,345.
    Grouped,
    /// `wan`: 1.2万, exactly and without closing zeros; `round = -3` first gives one digit after the point.
    Wan,
    /// `chinese`: 十二.
    Chinese,
    /// `financial`: 壹拾贰; see [`super::money`] for whole amounts.
    Financial,
    /// `percent`: 98.7%. The value is in per cent already.
    Percent,
    /// `growth`: 增长3.2%, 下降3.2% or 持平. The value is in per cent already.
    Growth,
}

impl NumberFormat {
    /// Every one, in the order of the format's description.
    pub const ALL: [NumberFormat; 7] = [
        NumberFormat::Plain,
        NumberFormat::Grouped,
        NumberFormat::Wan,
        NumberFormat::Chinese,
        NumberFormat::Financial,
        NumberFormat::Percent,
        NumberFormat::Growth,
    ];

    /// The word in a report file.
    pub fn name(self) -> &'static str {
        match self {
            NumberFormat::Plain => "plain",
            NumberFormat::Grouped => "grouped",
            NumberFormat::Wan => "wan",
            NumberFormat::Chinese => "chinese",
            NumberFormat::Financial => "financial",
            NumberFormat::Percent => "percent",
            NumberFormat::Growth => "growth",
        }
    }

    /// The format that a report file calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// `number` as it is printed.
    pub fn write(self, number: &Decimal) -> String {
        match self {
            NumberFormat::Plain => number.to_string(),
            NumberFormat::Grouped => grouped(number),
            NumberFormat::Wan => format!("{}万", number.shift(-4).shortest()),
            NumberFormat::Chinese => Numerals::Plain.write(number),
            NumberFormat::Financial => Numerals::Financial.write(number),
            NumberFormat::Percent => format!("{number}%"),
            NumberFormat::Growth if number.is_zero() => "持平".to_owned(),
            NumberFormat::Growth if number.is_negative() => format!("下降{}%", number.abs()),
            NumberFormat::Growth => format!("增长{number}%"),
        }
    }
}

/// A comma before every third digit from the point.
fn grouped(number: &Decimal) -> String {
    let written = number.abs().to_string();
    let whole = written.find('.').unwrap_or(written.len());
    let mut out = if number.is_negative() { "-".to_owned() } else { String::new() };
    for (i, c) in written.char_indices() {
        if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// How a date is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateFormat {
    /// `long`: 2023年11月20日.
    #[default]
    Long,
    /// `month`: 2023年11月.
    Month,
    /// `chinese`: 二〇二三年十一月二十日.
    Chinese,
}

impl DateFormat {
    /// Every one, in the order of the format's description.
    pub const ALL: [DateFormat; 3] = [DateFormat::Long, DateFormat::Month, DateFormat::Chinese];

    /// The word in a report file.
    pub fn name(self) -> &'static str {
        match self {
            DateFormat::Long => "long",
            DateFormat::Month => "month",
            DateFormat::Chinese => "chinese",
        }
    }

    /// The format that a report file calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// `date` as it is printed.
    pub fn write(self, date: Date) -> String {
        let Date { year, month, day } = date;
        match self {
            DateFormat::Long => date.to_string(),
            DateFormat::Month => format!("{year}年{month}月"),
            DateFormat::Chinese => {
                format!("{}年{}月{}日", spelled(year), numeral(month.into()), numeral(day.into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (format, number, expected) in [
            ("plain", "12.50", "12.50"),
            ("grouped", "12345", "12,345"),
            ("grouped", "123", "123"),
            ("grouped", "-123456.7891", "-123,456.7891"),
            ("grouped", "1234567890123456789012345678901", "1,234,567,890,123,456,789,012,345,678,901"),
            ("wan", "12000", "1.2万"),
            ("wan", "12500.00", "1.25万"),
            ("wan", "5000", "0.5万"),
            ("wan", "100000000", "10000万"),
            ("chinese", "12", "十二"),
            ("financial", "12", "壹拾贰"),
            ("percent", "98.70", "98.70%"),
            ("growth", "3.2", "增长3.2%"),
            ("growth", "-3.20", "下降3.20%"),
            ("growth", "0.0", "持平"),
            ("growth", "-0.0", "持平"),
        ] {
            let format = NumberFormat::from_name(format).unwrap();
            assert_eq!(format.write(&Decimal::parse(number).unwrap()), expected);
        }
        assert_eq!(NumberFormat::from_name("Plain"), None);
    }

    #[test]
    fn dates() {
        let date = Date::new(2023, 11, 20).unwrap();
        for (format, expected) in
            [("long", "2023年11月20日"), ("month", "2023年11月"), ("chinese", "二〇二三年十一月二十日")]
        {
            assert_eq!(DateFormat::from_name(format).unwrap().write(date), expected);
        }
        assert_eq!(DateFormat::Chinese.write(Date::new(2010, 10, 1).unwrap()), "二〇一〇年十月一日");
    }
}
