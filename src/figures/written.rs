//! Values as TOML writes them, from the words that somebody typed.

use crate::diag::Diagnostic;
use crate::doc::Shape;
use crate::ledger::no_such_day;
use crate::manifest::{Given, Kind, given_of, quote};
use crate::number::{Date, Decimal, WrittenDay};
use crate::source::Span;

/// What a value is to be, and where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What fills the figure's holes.
    pub shape: Shape,
    /// Whether its holes are parts of a day.
    pub is_date: bool,
    /// What the figure's own table says that it is.
    pub kind: Option<Kind>,
    /// Names stand alone, in an array, or in a figure's table.
    pub names: Names,
}

/// How names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// `{ list = ["甲", "乙"] }`
    Table,
    /// `["甲", "乙"]`, after `list =`.
    Array,
    /// `"甲、乙"`, after `value =`.
    Text,
}

/// `words` as the right side of a line.
///
/// # Errors
/// The fault of a day that the calendar does not have, without a place. What else is wrong the report itself tells.
pub fn value(words: &str, wanted: Wanted) -> Result<String, Box<Diagnostic>> {
    let words = words.trim();
    match wanted.shape {
        Shape::One => Ok(scalar(words, wanted.kind)),
        Shape::Several(holes) if wanted.is_date => match day(words, holes)? {
            Some(day) => Ok(day),
            None => Ok(array(words, wanted.kind)),
        },
        Shape::Several(_) => Ok(array(words, wanted.kind)),
        Shape::List { .. } => {
            let (names, count) = counted(words);
            let names: Vec<&str> = names.split('、').collect();
            Ok(match wanted.names {
                Names::Table => list(&names, count),
                Names::Array => format!("[{}]", quoted(&names)),
                Names::Text => quote(words),
            })
        }
    }
}

/// A number as it was typed, a day of a figure that is a date, else a string.
pub fn scalar(words: &str, kind: Option<Kind>) -> String {
    if kind == Some(Kind::Date)
        && let Given::Date(Date { year, month, day }) = given_of(words, kind)
    {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    match Decimal::parse(words) {
        Ok(number) if kind != Some(Kind::Text) => number.to_string(),
        Ok(_) | Err(_) => quote(words),
    }
}

/// Names as `{ list = … }`, with their `count` where that is another than they are.
pub fn list(names: &[&str], count: Option<&str>) -> String {
    let named = names.iter().filter(|name| !name.trim().is_empty()).count();
    let listed = quoted(names);
    match count.filter(|count| *count != named.to_string()) {
        Some(count) => format!("{{ list = [{listed}], count = {count} }}"),
        None => format!("{{ list = [{listed}] }}"),
    }
}

fn quoted(names: &[&str]) -> String {
    let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    names.map(quote).collect::<Vec<_>>().join(", ")
}

/// One value for each hole: between 、, else between commas or blanks.
fn array(words: &str, kind: Option<Kind>) -> String {
    let is_gap = |c: char| matches!(c, ',' | '，' | ';' | '；') || c.is_whitespace();
    let items: Vec<&str> =
        if words.contains('、') { words.split('、').collect() } else { words.split(is_gap).collect() };
    let items = items.into_iter().map(str::trim).filter(|item| !item.is_empty());
    let items: Vec<String> = items.map(|item| scalar(item, kind)).collect();
    format!("[{}]", items.join(", "))
}

/// A day for `holes` parts of one: `2023-11-20` as a date, `11月20日` as `[11, 20]`.
///
/// # Errors
/// Where the calendar has no such day.
fn day(words: &str, holes: usize) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(day) = WrittenDay::read(words) else { return Ok(None) };
    if !day.exists() {
        let mut fault = no_such_day(words, Span::default());
        fault.labels.clear();
        return Err(Box::new(fault));
    }
    let (year, month) = (day.year, day.month);
    Ok(match (day.date(), day.day, year) {
        (Some(Date { year, month, day }), ..) => Some(format!("{year:04}-{month:02}-{day:02}")),
        (None, Some(day), None) if holes == 2 => Some(format!("[{month}, {day}]")),
        (None, None, Some(year)) if holes == 2 => Some(format!("[{year}, {month}]")),
        _ => None,
    })
}

/// Names, and how many are counted where `等5个` says so at their end.
fn counted(words: &str) -> (&str, Option<&str>) {
    let count = words.rsplit_once('等').and_then(|(names, count)| {
        let digits = count.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_count =
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && Decimal::parse(digits).is_ok();
        is_count.then_some((names, Some(digits)))
    });
    count.unwrap_or((words, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str, shape: Shape, is_date: bool) -> String {
        match value(words, Wanted { shape, is_date, kind: None, names: Names::Table }) {
            Ok(value) => value,
            Err(fault) => format!("{}: {}", fault.code.name(), fault.message.en),
        }
    }

    #[test]
    fn one_value_keeps_its_digits_and_words_are_quoted() {
        for (words, expected) in [
            (" 12 ", "12"),
            ("12.50", "12.50"),
            ("－3", "-3"),
            ("+3", "3"),
            ("0123", "\"0123\""),
            ("青石\"镇\\", "\"青石\\\"镇\\\\\""),
            ("1,240", "\"1,240\""),
        ] {
            assert_eq!(written(words, Shape::One, false), expected);
        }
    }

    #[test]
    fn several_values_are_an_array_and_a_day_is_a_date() {
        let two = Shape::Several(2);
        for words in ["3、5", "3 5", "3，5", "3, 5"] {
            assert_eq!(written(words, two, false), "[3, 5]", "{words}");
        }
        assert_eq!(written("甲 村、乙", two, false), "[\"甲 村\", \"乙\"]");
        assert_eq!(written("11月20日", two, true), "[11, 20]");
        assert_eq!(written("2023-11-20", two, true), "2023-11-20");
        assert_eq!(written("2023年11月20日", Shape::Several(3), true), "2023-11-20");
        assert_eq!(
            written("2023-2-30", Shape::Several(3), true),
            "out-of-range: the calendar has no such day: 2023-2-30"
        );
        for words in ["6月12日", "6.12", "6/12", "6-12"] {
            assert_eq!(written(words, two, true), "[6, 12]", "{words}");
        }
        assert_eq!(written("2026年6月", two, true), "[2026, 6]");
        assert_eq!(written("本月底", two, true), "[\"本月底\"]");
    }

    #[test]
    fn names_are_a_list_with_their_count() {
        let names = Shape::List { names: 2, counted: true };
        assert_eq!(written("甲村、乙村", names, false), "{ list = [\"甲村\", \"乙村\"] }");
        assert_eq!(written("甲村、乙村等5个", names, false), "{ list = [\"甲村\", \"乙村\"], count = 5 }");
        assert_eq!(written("平等、自由", names, false), "{ list = [\"平等\", \"自由\"] }");
    }
}
