//! What an author gives for a hole, as it stands in the file.

use super::kind::Kind;
use super::literal::Located;
use super::raw::{Value, ValueKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Text};
use crate::number::{BadNumber, Date, Decimal, WrittenDay};
use crate::placeholder::{Literals, scan};
use crate::source::{Span, Spanned};
use crate::text;

/// What an author gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing yet: `""`, `"X"`, `"待定"`, a table without a value.
    Missing,
    /// Something that is no value; it has been reported.
    Faulty,
    /// A number with the digits that were written.
    Number(Decimal),
    /// A word or several.
    Text(Located),
    /// A day.
    Date(Date),
    /// One for each hole of the key, in order.
    Several(Vec<Spanned<Given>>),
    /// Names for a list of any length, and how many are counted, if more than are named.
    List(Vec<Located>, Option<Spanned<Decimal>>),
}

impl Given {
    /// The same as if it had been given at `span`.
    pub(crate) fn moved(&self, span: Span) -> Spanned<Given> {
        let text = |text: &Located| Located::plain(text.text(), span);
        let moved = match self {
            Given::Text(words) => Given::Text(text(words)),
            Given::Several(items) => Given::Several(items.iter().map(|item| item.value.moved(span)).collect()),
            Given::List(names, count) => Given::List(
                names.iter().map(text).collect(),
                count.as_ref().map(|count| Spanned::new(count.value.clone(), span)),
            ),
            Given::Missing | Given::Faulty | Given::Number(_) | Given::Date(_) => self.clone(),
        };
        Spanned::new(moved, span)
    }
}

/// What `value` gives, read as `kind` asks; one of several that is still to come makes all wait.
pub(super) fn given(value: &Value, kind: Option<Kind>, diags: &mut Diagnostics) -> Spanned<Given> {
    settled(read(value, kind, diags), value.span)
}

/// What was given at `span`; where one of several is still to come, all wait for it, and it is what to fill in.
pub(super) fn settled(given: Given, span: Span) -> Spanned<Given> {
    let pending = match &given {
        Given::Several(items) => items.iter().find(|item| item.value == Given::Missing).map(|item| item.span),
        Given::Missing | Given::Faulty | Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::List(..) => None,
    };
    pending.map_or(Spanned::new(given, span), |pending| Spanned::new(Given::Missing, pending))
}

fn read(value: &Value, kind: Option<Kind>, diags: &mut Diagnostics) -> Given {
    match &value.kind {
        ValueKind::String(text) => text_given(text, kind),
        ValueKind::Integer(digits) | ValueKind::Float(digits) => {
            number(digits, value.span, diags).map_or(Given::Faulty, Given::Number)
        }
        ValueKind::Date(date) => Given::Date(*date),
        ValueKind::Array(items) => {
            let several = |item: &Value, diags: &mut Diagnostics| {
                let one = item.as_array().is_none() && item.as_table().is_none();
                if !one {
                    diags.push(wrong_kind(item, &text!("数字或文字", "a number or text")));
                }
                Spanned::new(if one { read(item, kind, diags) } else { Given::Faulty }, item.span)
            };
            Given::Several(items.iter().map(|item| several(item, diags)).collect())
        }
        ValueKind::Boolean(_) | ValueKind::DateTime(_) | ValueKind::Table(_) => {
            diags.push(wrong_kind(value, &text!("数字、文字或日期", "a number, text or a date")));
            Given::Faulty
        }
    }
}

/// Names for a list: an array, or a string that is cut at each 、.
pub(super) fn list(value: &Value, count: Option<&Value>, diags: &mut Diagnostics) -> Spanned<Given> {
    let names: Vec<Located> = if let Some(items) = value.as_array() {
        items.iter().filter_map(|item| name(item, diags)).collect()
    } else if let Some(names) = value.as_string() {
        split_names(names)
    } else {
        diags.push(wrong_kind(value, &text!("名称的数组", "an array of names")));
        return Spanned::new(Given::Faulty, value.span);
    };
    let count = count.and_then(|count| {
        if let ValueKind::Integer(digits) = &count.kind {
            return number(digits, count.span, diags).map(|n| Spanned::new(n, count.span));
        }
        diags.push(wrong_kind(count, &text!("整数", "a whole number")));
        None
    });
    match names.iter().find(|name| is_pending(name)) {
        Some(pending) => Spanned::new(Given::Missing, pending.whole()),
        None if names.is_empty() => Spanned::new(Given::Missing, value.span),
        None => Spanned::new(Given::List(names, count), value.span),
    }
}

/// Words that say that a value is still to come.
const PENDING: &[&str] = &["待定", "待填", "待补", "TBD", "tbd", "N/A"];

/// Whether a text says that its value is still to come: nothing, a placeholder alone, 待定.
pub(crate) fn is_pending(text: &Located) -> bool {
    let trimmed = text.text().trim();
    let only_placeholder = || {
        let scan = scan(trimmed, &Literals::default());
        matches!(scan.holes.as_slice(), [hole] if hole.range == (0..trimmed.len()))
            || (!trimmed.is_empty() && trimmed.chars().all(|c| matches!(c, '*' | '＊' | '_' | '?' | '？' | '…')))
    };
    trimmed.is_empty() || PENDING.contains(&trimmed) || only_placeholder()
}

/// What a text in quotes gives. A quoted number is a number, but what begins with a needless 0 is a code or a telephone
/// number, and what `kind` calls text is never a number.
pub(super) fn text_given(text: &Located, kind: Option<Kind>) -> Given {
    if is_pending(text) {
        return Given::Missing;
    }
    match kind {
        Some(Kind::Text) => return Given::Text(text.clone()),
        Some(Kind::Date) => {
            if let Some(date) = WrittenDay::read(text.text()).and_then(WrittenDay::date) {
                return Given::Date(date);
            }
        }
        Some(Kind::List) => return Given::List(split_names(text), None),
        Some(Kind::Integer | Kind::Number | Kind::Percent | Kind::Money) | None => {}
    }
    match Decimal::parse(text.text()) {
        Ok(number) => Given::Number(number),
        Err(_) => Given::Text(text.clone()),
    }
}

/// What `words` give that stand in no file.
pub(crate) fn given_of(words: &str, kind: Option<Kind>) -> Given {
    text_given(&Located::plain(words, Span::default()), kind)
}

/// The digits of a number as offices write it; TOML's other ways are reported (`bad-number`).
fn number(written: &str, span: Span, diags: &mut Diagnostics) -> Option<Decimal> {
    Decimal::parse(written).map_err(|bad| diags.push(bad_number(written, &bad, span))).ok()
}

/// The fault of a number that is not written as reports write it, with what was meant.
pub(crate) fn bad_number(written: &str, bad: &BadNumber, span: Span) -> Diagnostic {
    let Text { zh, en } = bad.message();
    let shown: String = written.chars().take(40).collect();
    let fault =
        Diagnostic::new(Code::BadNumber, text!("“{shown}”不能用：{zh}", "`{shown}` cannot be used: {en}")).at(span);
    match (bad.suggestion(), bad.help()) {
        (Some(meant), Some(help)) => fault.fix(help, vec![Edit { span, text: meant.to_owned() }]),
        (None, Some(help)) => fault.help(help),
        (_, None) => fault,
    }
}

pub(super) fn wrong_kind(value: &Value, expected: &Text) -> Diagnostic {
    let found = value.describe();
    let message = Text {
        zh: format!("这里要{}，写的是{}", expected.zh, found.zh),
        en: format!("expected {}, found {}", expected.en, found.en),
    };
    Diagnostic::new(Code::WrongKind, message).at(value.span)
}

fn name(item: &Value, diags: &mut Diagnostics) -> Option<Located> {
    let Some(name) = item.as_string() else {
        diags.push(wrong_kind(item, &text!("加引号的名称", "a name in quotes")));
        return None;
    };
    Some(name.clone())
}

/// The names of a plain string: 产业发展、人居环境.
pub(crate) fn split_names(names: &Located) -> Vec<Located> {
    let mut at = 0;
    names
        .text()
        .split('、')
        .map(|name| {
            let range = at..at + name.len();
            at = range.end + '、'.len_utf8();
            Located::plain(name, names.span(range))
        })
        .filter(|name| !name.text().is_empty())
        .collect()
}
