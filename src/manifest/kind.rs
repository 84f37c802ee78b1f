//! What a figure is, and how it is printed.

use super::literal::Located;
use crate::number::{DateFormat, NumberFormat, Rounding};
use crate::placeholder::{Kind as Hole, Measure, measure};

/// What a figure is (`kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number without decimals.
    Integer,
    /// Any number.
    Number,
    /// A number of per cent; the sign is not part of it.
    Percent,
    /// An amount, exact to its last digit and beyond: rules grant it no rounding.
    Money,
    /// Words. A number in quotes stays as it is written.
    Text,
    /// A day.
    Date,
    /// Names joined by 、.
    List,
}

impl Kind {
    /// Every one, with its word in a report file, in the order of the format's description.
    pub const ALL: [(&str, Kind); 7] = [
        ("integer", Kind::Integer),
        ("number", Kind::Number),
        ("percent", Kind::Percent),
        ("money", Kind::Money),
        ("text", Kind::Text),
        ("date", Kind::Date),
        ("list", Kind::List),
    ];

    /// Its word in a report file.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| *name)
    }

    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        match self {
            Kind::Integer | Kind::Number | Kind::Percent | Kind::Money => true,
            Kind::Text | Kind::Date | Kind::List => false,
        }
    }

    /// What it is called in messages.
    pub fn describe(self) -> crate::diag::Text {
        match self {
            Kind::Integer => crate::text!("整数", "a whole number"),
            Kind::Number => crate::text!("数字", "a number"),
            Kind::Percent => crate::text!("百分数", "a percentage"),
            Kind::Money => crate::text!("金额", "an amount of money"),
            Kind::Text => crate::text!("文字", "text"),
            Kind::Date => crate::text!("日期", "a date"),
            Kind::List => crate::text!("并列的名称", "a list of names"),
        }
    }

    /// What a hole takes by its shape and the words beside it, if that is a number; `left` and `right` go up to it, and
    /// `marker` is what it is written with. Where this is none, anything may fill it.
    ///
    /// 元 alone is exact; 万元 and 亿元 are rounded by habit, so that they are plain numbers unless declared.
    pub fn of_hole(shape: &Hole, marker: &str, left: &str, right: &str) -> Option<Self> {
        let single = marker.chars().nth(1).is_none();
        let of_unit = measure(left, right, single).map(|measure| match measure {
            Measure::Count => Kind::Integer,
            Measure::Amount => Kind::Number,
            Measure::Money => Kind::Money,
            Measure::Percent => Kind::Percent,
        });
        match shape {
            Hole::Decimal(_) => Some(of_unit.filter(|kind| *kind != Kind::Integer).unwrap_or(Kind::Number)),
            Hole::Year => Some(Kind::Integer),
            Hole::Run | Hole::Named(_) => of_unit,
        }
    }
}

/// How a number or a date is printed (`format`); `chinese` is a word for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The way of a number, if it is one of those.
    pub number: Option<NumberFormat>,
    /// The way of a date, if it is one of those.
    pub date: Option<DateFormat>,
}

impl Format {
    /// The format that a report file calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        let format = Format { number: NumberFormat::from_name(name), date: DateFormat::from_name(name) };
        (format.number.is_some() || format.date.is_some()).then_some(format)
    }

    /// Every name, each once.
    pub fn names() -> Vec<&'static str> {
        let numbers = NumberFormat::ALL.iter().map(|format| format.name());
        let dates = DateFormat::ALL.iter().map(|format| format.name());
        numbers.chain(dates.filter(|name| NumberFormat::from_name(name).is_none())).collect()
    }
}

/// To how many digits a number is rounded (`round`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Digits after the point; -4 rounds to ten thousands.
    pub digits: i32,
    /// What becomes of a half: 四舍五入 unless `half = "even"` (GB/T 8170) is asked for.
    pub rounding: Rounding,
}

/// What a text value must look like (`pattern`): the whole of it, not a part.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it is written.
    pub text: Located,
    pub(super) regex: regex_lite::Regex,
}

impl Pattern {
    /// The longest value, in bytes, that is compared with a pattern; a longer one does not match.
    pub const MAX_VALUE: usize = 4096;

    /// Whether all of `value` looks like it.
    pub fn matches(&self, value: &str) -> bool {
        value.len() <= Self::MAX_VALUE && self.regex.is_match(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_tell_kinds() {
        for (shape, right, kind) in [
            (Hole::Run, "次", Some(Kind::Integer)),
            (Hole::Run, "%", Some(Kind::Percent)),
            (Hole::Run, "元", Some(Kind::Money)),
            (Hole::Run, "万元", Some(Kind::Number)),
            (Hole::Run, "公里", Some(Kind::Number)),
            (Hole::Run, "", None),
            (Hole::Run, "镇", None),
            (Hole::Decimal(1), "", Some(Kind::Number)),
            (Hole::Decimal(1), "次", Some(Kind::Number)),
            (Hole::Decimal(2), "%", Some(Kind::Percent)),
            (Hole::Year, "年", Some(Kind::Integer)),
            (Hole::Named("会议".into()), "次", Some(Kind::Integer)),
        ] {
            assert_eq!(Kind::of_hole(&shape, "XX", "会议", right), kind, "{shape:?} {right}");
        }
    }

    #[test]
    fn chinese_is_for_numbers_and_dates() {
        let chinese = Format::from_name("chinese").unwrap();
        assert!(chinese.number.is_some() && chinese.date.is_some());
        assert!(Format::from_name("month").unwrap().number.is_none());
        assert_eq!(Format::from_name("roman"), None);
        assert_eq!(Format::names().iter().filter(|name| **name == "chinese").count(), 1);
    }
}
