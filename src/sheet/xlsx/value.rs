//! The words that a cell shows, and their kind.

use super::super::number_format::{self, NumberFormat};
use super::super::{Cell, CellKind, written_date};
use super::book::{Book, Look};
use super::rich::{Rich, Strings, unescaped};
use crate::diag::Text;
use crate::source::Span;
use crate::text;

/// A cell as the spreadsheet shows it, without its place.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) kind: CellKind,
    /// The words that are shown, where they are more than the text: `98.70%`, `12,345`.
    pub(super) shown: Option<Box<str>>,
    /// Why nothing can be made of it, and what to do.
    pub(super) fault: Option<(Text, Text)>,
    /// True if words of it are struck out, which are no part of the text.
    pub(super) is_struck: bool,
}

/// The way in which the value of a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Date,
}

impl Type {
    pub(super) fn named(name: Option<&str>) -> Self {
        match name {
            Some("s") => Type::Shared,
            Some("str" | "inlineStr") => Type::Text,
            Some("b") => Type::Boolean,
            Some("e") => Type::Error,
            Some("d") => Type::Date,
            _ => Type::Number,
        }
    }
}

/// A cell as it stands in the file.
pub(super) struct Raw {
    pub(super) at: (u32, u32),
    pub(super) look: usize,
    pub(super) kind: Type,
    /// Its value, if it has one.
    pub(super) value: Option<Value>,
    pub(super) has_formula: bool,
    /// Words that stand in the cell itself.
    pub(super) words: Rich,
}

/// A value as it is written.
#[derive(Default)]
pub(super) struct Value(Rich);

impl Value {
    pub(super) fn push(&mut self, text: &str) {
        self.0.push(text);
    }
}

impl Raw {
    fn value(&self) -> &str {
        self.value.as_ref().map_or("", |value| value.0.text.as_str())
    }

    /// True if it has more characters than a cell may.
    pub(super) fn is_long(&self, strings: &Strings) -> bool {
        let shared = || self.value().trim().parse().ok().and_then(|number| strings.get(number));
        self.words.is_long
            || self.value.as_ref().is_some_and(|value| value.0.is_long)
            || self.kind == Type::Shared && shared().is_some_and(|shared| shared.is_long)
    }
}

/// A cell as it is shown; none of an empty one.
pub(super) fn show(cell: Raw, book: &Book<'_>) -> Option<Shown> {
    let nothing = Look::default();
    let look = book.looks.get(cell.look).unwrap_or(&nothing);
    let value = cell.value();
    // A formula of words may come to none; one of numbers that has no value was never worked out.
    if cell.has_formula && value.trim().is_empty() && !(cell.kind == Type::Text && cell.value.is_some()) {
        return Some(faulty(String::new(), uncached()));
    }
    let shown = match cell.kind {
        Type::Shared => {
            let shared = value.trim().parse().ok().and_then(|number| book.strings.get(number))?;
            written(&shared.text, shared.is_struck)
        }
        Type::Text if cell.value.is_some() => written(&unescaped(value), false),
        Type::Text => written(&unescaped(&cell.words.text), cell.words.is_struck),
        Type::Boolean => written(if value.trim() == "1" { "TRUE" } else { "FALSE" }, false),
        Type::Error => Some(faulty(
            value.to_owned(),
            (text!("这一格的公式出错：{value}", "the formula of this cell fails: {value}"), other_format()),
        )),
        Type::Date => match written_date(value.trim()) {
            Some(date) => {
                let kind = CellKind::Date(date);
                Some(Shown { text: date.to_string(), kind, ..Shown::default() })
            }
            None => Some(faulty(
                value.to_owned(),
                (text!("这一格的日期读不出来", "the date of this cell can't be read"), other_format()),
            )),
        },
        Type::Number if value.trim().is_empty() => written(&cell.words.text, cell.words.is_struck),
        Type::Number => match value.trim().parse::<f64>() {
            Ok(number) => Some(self::number(number, look, book.from_1904)),
            Err(_) => {
                let told = text!("这一格的数读不出来：{value}", "the number of this cell can't be read: {value}");
                Some(faulty(value.to_owned(), (told, other_format())))
            }
        },
    };
    if look.is_struck {
        // All of it is struck out, a number as well.
        return shown.map(|_| Shown { is_struck: true, ..Shown::default() });
    }
    shown
}

fn written(text: &str, is_struck: bool) -> Option<Shown> {
    let Cell { text, kind, .. } = Cell::written(text, Span::default());
    (kind != CellKind::Empty || is_struck).then_some(Shown { text, kind, is_struck, ..Shown::default() })
}

fn faulty(text: String, fault: (Text, Text)) -> Shown {
    Shown { text, kind: CellKind::Faulty, fault: Some(fault), ..Shown::default() }
}

fn uncached() -> (Text, Text) {
    (
        text!("这一格的公式没有算出来的数", "the formula of this cell has no value"),
        text!("在 WPS 或 Excel 中打开，再保存一次", "open it in the spreadsheet program and save it"),
    )
}

fn other_format() -> Text {
    text!(
        "改成“常规”“数值”“百分比”或“日期”格式，或改成文字",
        "give it the format General, Number, Percentage or Date, or make it text"
    )
}

fn number(value: f64, look: &Look, from_1904: bool) -> Shown {
    let code = look.code.as_str();
    let code = if code.is_empty() { "General" } else { code };
    let shown = number_format::shown(code, value, from_1904).map(String::into_boxed_str);
    if look.is_date {
        let is_day = number_format::shows_day(code);
        return match shown {
            // 2025年3月: the day that is counted is none that anybody wrote.
            Some(shown) if !is_day && value >= 1.0 => {
                Shown { text: shown.into(), kind: CellKind::Text, ..Shown::default() }
            }
            shown => moment(value, shown, from_1904),
        };
    }
    // What stands behind the digits, 12次, is the cell's unit.
    let format = NumberFormat::read(code).or_else(|| NumberFormat::read(without_unit(code)?));
    let format = format.filter(|(_, negatives)| value >= 0.0 || *negatives);
    match format.and_then(|(format, _)| format.show(value)) {
        Some(number) => {
            let text = number.to_string();
            let shown = shown.filter(|shown| **shown != *text);
            Shown { text, kind: CellKind::Number(number), shown, ..Shown::default() }
        }
        None => {
            let told = text!(
                "这一格的数字格式“{code}”不能照样读出来",
                "the number format `{code}` of this cell can't be read as it is shown"
            );
            Shown { shown, ..faulty(value.to_string(), (told, other_format())) }
        }
    }
}

/// A format without the words behind its digits, `0"次"`.
fn without_unit(code: &str) -> Option<&str> {
    let (digits, unit) = code.trim_end_matches(['_', ' ']).strip_suffix('"')?.rsplit_once('"')?;
    (!unit.is_empty() && !digits.contains(['"', '!', '\\', ';']) && !digits.trim_end().ends_with(',')).then_some(digits)
}

/// A day, of whatever time: the time is no part of it.
fn moment(value: f64, shown: Option<Box<str>>, from_1904: bool) -> Shown {
    match number_format::moment(value, from_1904) {
        Some(moment) if value >= 1.0 => {
            let date = moment.date;
            Shown { text: date.to_string(), kind: CellKind::Date(date), shown, ..Shown::default() }
        }
        Some(moment) => {
            let (hour, minute, _) = moment.clock();
            let told = text!("这一格是时刻，不是日期", "this cell is a time, and no day");
            Shown { shown, ..faulty(format!("{hour}:{minute:02}"), (told, other_format())) }
        }
        None => {
            let told = text!("这一格的日期读不出来", "the date of this cell can't be read");
            Shown { shown, ..faulty(value.to_string(), (told, other_format())) }
        }
    }
}
