//! Values without quotes that are no TOML: what their author meant.

use super::Kind;
use crate::manifest::literal::quote;
use crate::number::{BadNumber, Decimal};
use toml::de::DeValue;

/// One way to read a value: `None` where it is nothing of the kind.
type Reading = fn(&str) -> Option<String>;

/// The ways, in the order in which they are tried.
const READINGS: [(Kind, Reading); 9] = [
    (Kind::LeadingZero, without_zeros),
    (Kind::BarePoint, with_zero),
    (Kind::Thousands, without_separators),
    (Kind::Percent, without_percent),
    (Kind::DateShape, as_date),
    (Kind::NoSuchDay, nearest_day),
    (Kind::Boolean, as_boolean),
    (Kind::Unit, without_unit),
    (Kind::TrailingMark, without_mark),
];

/// What `token` should have been, and which slip it is; `None` if it is right as it is.
pub(super) fn read(token: &str) -> Option<(Kind, String)> {
    if is_value(token) {
        return None;
    }
    let narrow: String = token.chars().map(narrowed).collect();
    if is_value(&narrow) {
        return Some((Kind::WideDigits, narrow));
    }
    let read = READINGS.into_iter().find_map(|(kind, reading)| Some((kind, reading(&narrow)?)));
    Some(read.unwrap_or_else(|| (Kind::UnquotedText, quote(token))))
}

/// Marks that stand after a value by mistake.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, ',' | '，' | ';' | '；' | '、' | '。' | '.')
}

/// Whether `token` reads as a number, a date or the like, or would but for a slip.
pub(super) fn is_value_like(token: &str) -> bool {
    read(token).is_none_or(|(kind, _)| kind != Kind::UnquotedText)
}

fn is_value(token: &str) -> bool {
    DeValue::parse(token).is_ok()
}

/// The ASCII twin of a full-width digit or mark that stands in numbers.
fn narrowed(c: char) -> char {
    match c {
        '０'..='９' | '，' | '．' | '％' | '－' | '＋' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// `1,200` and `1,200.5`.
fn without_separators(token: &str) -> Option<String> {
    let (whole, decimals) = token.split_once('.').unwrap_or((token, "0"));
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|first| all_digits(first) && first.len() <= 3 && *first != "0")?;
    let mut rest = groups.peekable();
    rest.peek()?;
    let grouped = rest.all(|group| all_digits(group) && group.len() == 3) && all_digits(decimals);
    Some(token.replace(',', "")).filter(|number| grouped && !first.starts_with('0') && is_value(number))
}

/// `012`. More digits are a telephone number or a code, which is text.
fn without_zeros(token: &str) -> Option<String> {
    const LONGEST: usize = 5;
    match Decimal::parse(token) {
        Err(BadNumber::LeadingZero(number)) if token.len() <= LONGEST => Some(number),
        Ok(_) | Err(_) => None,
    }
}

/// `.5` and `5.`
fn with_zero(token: &str) -> Option<String> {
    match Decimal::parse(token) {
        Err(BadNumber::BarePoint(number)) => Some(number),
        Ok(_) | Err(_) => None,
    }
}

/// `98.7%`.
fn without_percent(token: &str) -> Option<String> {
    number(token.strip_suffix('%')?.trim_end())
}

/// `9人`; but `5G` is text.
fn without_unit(token: &str) -> Option<String> {
    let end = token.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-' | ' ')))?;
    let unit = &token[end..];
    let is_unit = unit.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii())
        && unit.chars().count() <= 6
        && !unit.chars().any(|c| c.is_ascii_digit() || c.is_whitespace());
    number(token[..end].trim_end()).filter(|_| is_unit)
}

/// `12，` and `12。`.
fn without_mark(token: &str) -> Option<String> {
    let value = token.trim_end_matches(is_mark).trim_end();
    Some(value.to_string()).filter(|value| value.len() < token.len() && is_value(value))
}

/// `True` and `FALSE`.
fn as_boolean(token: &str) -> Option<String> {
    let lower = token.to_ascii_lowercase();
    matches!(lower.as_str(), "true" | "false").then_some(lower)
}

/// `2023年11月20日`, `2023.11.20`, `2023/11/20` and `2023-1-5`.
fn as_date(token: &str) -> Option<String> {
    let (year, month, day) = parts_of_day(token)?;
    Some(format!("{year:04}-{month:02}-{day:02}")).filter(|date| is_value(date))
}

/// `2023-02-30`: the day before it that the calendar has, so that the file can be read on.
fn nearest_day(token: &str) -> Option<String> {
    let (year, month, day) = parts_of_day(token)?;
    let month = month.clamp(1, 12);
    (1..=day.clamp(1, 31)).rev().map(|day| format!("{year:04}-{month:02}-{day:02}")).find(|date| is_value(date))
}

/// Year, month and day, whether or not the calendar has it.
fn parts_of_day(token: &str) -> Option<(u16, u16, u16)> {
    let token = token.trim_end_matches(['日', '号']);
    let mut parts = token.split(['年', '月', '.', '/', '-']).map(|part| part.trim().parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some((year, month, day))
        .filter(|_| parts.next().is_none() && (1000..=9999).contains(&year) && month < 100 && day < 100)
}

/// `token` as a number, with or without thousands separators.
fn number(token: &str) -> Option<String> {
    let digits = token.trim_start_matches(['+', '-']);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit()) && is_value(token);
    if plain { Some(token.to_string()) } else { without_separators(token) }
}
