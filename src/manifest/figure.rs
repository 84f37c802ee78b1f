//! Figures: what an author gives for the holes of the text.

use super::literal::Located;
use super::raw::{Reader, Table, Value, ValueKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Text};
use crate::number::Date;
use crate::placeholder::{Literals, Scope, scan};
use crate::source::{Span, Spanned};
use crate::text;

/// A figure of the report file: a phrase or a name, and what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The key as written.
    pub key: Located,
    /// Where the phrase begins in the key: after `section-id>` in an address.
    pub phrase: usize,
    /// Where it may fill holes.
    pub scope: Scope,
    /// What fills them.
    pub value: Spanned<Given>,
    /// A name under which `X{id}` repeats it.
    pub id: Option<Located>,
    /// Whether it may fill several places unasked.
    pub repeat: bool,
    /// Whether the value stands in a table of its own, `{ value = … }`.
    pub declared: bool,
}

impl Figure {
    /// The phrase, without the section of an address.
    pub fn phrase(&self) -> &str {
        &self.key.text()[self.phrase..]
    }

    /// Where the phrase stands.
    pub fn phrase_span(&self) -> Span {
        self.key.span(self.phrase..self.key.text().len())
    }
}

/// What an author gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing yet: `""`, `"X"`, `"待定"`, a table without a value.
    Missing,
    /// Something that is no value; it has been reported.
    Faulty,
    /// A number with the digits that were written.
    Number(String),
    /// A word or several.
    Text(Located),
    /// A day.
    Date(Date),
    /// One for each hole of the key, in order.
    Several(Vec<Spanned<Given>>),
    /// Names for a list of any length, and how many are counted, if more than are named.
    List(Vec<Located>, Option<Spanned<String>>),
}

/// Reads the figures of a table whose keys belong to `scope`.
///
/// `section` tells which section an address names.
pub(super) fn figures(
    table: &Table,
    scope: Scope,
    section: &dyn Fn(&str) -> Option<usize>,
    diags: &mut Diagnostics,
) -> Vec<Figure> {
    table.entries.iter().map(|entry| figure(&entry.key, &entry.value, scope, section, diags)).collect()
}

fn figure(
    key: &Located,
    value: &Value,
    scope: Scope,
    section: &dyn Fn(&str) -> Option<usize>,
    diags: &mut Diagnostics,
) -> Figure {
    let address = key.text().split_once('>').and_then(|(id, _)| Some((id.len() + 1, section(id)?)));
    let (phrase, scope) = match address {
        Some((phrase, index)) if scope == Scope::Report => (phrase, Scope::Section(index)),
        _ => (0, scope),
    };
    let plain = |given| Figure {
        key: key.clone(),
        phrase,
        scope,
        value: settled(given, value.span),
        id: None,
        repeat: false,
        declared: value.as_table().is_some(),
    };
    match value.as_table() {
        Some(table) => declared(plain(Given::Missing), table, diags),
        None => plain(given(value, diags)),
    }
}

/// A figure that is a table of its own: `{ value = …, repeat = true }`, `{ list = […], count = 5 }`.
fn declared(mut figure: Figure, table: &Table, diags: &mut Diagnostics) -> Figure {
    let mut reader = Reader::new(table, "指标", diags);
    let mut take = |key| reader.take(key).map(|entry| &entry.value);
    let (value, list, count) = (take("value"), take("list"), take("count"));
    figure.id = reader.take_string("id").cloned();
    figure.repeat = reader.take_bool("repeat").is_some_and(|repeat| repeat.value);
    for key in LATER {
        reader.not_yet(key);
    }
    reader.finish();
    if let Some(list) = list {
        let names = if let Some(items) = list.as_array() {
            items.iter().filter_map(|item| name(item, diags)).collect()
        } else if let Some(names) = list.as_string() {
            split_names(names)
        } else {
            diags.push(wrong_kind(list, &text!("名称的数组", "an array of names")));
            figure.value = Spanned::new(Given::Faulty, list.span);
            return figure;
        };
        let count = count.and_then(|count| {
            if let ValueKind::Integer(digits) = &count.kind {
                return number(digits, count.span, diags).map(|n| Spanned::new(n, count.span));
            }
            diags.push(wrong_kind(count, &text!("整数", "a whole number")));
            None
        });
        figure.value = match names.iter().find(|name| is_pending(name)) {
            Some(pending) => Spanned::new(Given::Missing, pending.whole()),
            None if names.is_empty() => Spanned::new(Given::Missing, list.span),
            None => Spanned::new(Given::List(names, count), list.span),
        };
    } else if let Some(value) = value {
        figure.value = settled(given(value, diags), value.span);
    }
    figure
}

/// What was given at `span`; where one of several is still to come, all wait for it, and it is what to fill in.
fn settled(given: Given, span: Span) -> Spanned<Given> {
    let pending = match &given {
        Given::Several(items) => items.iter().find(|item| item.value == Given::Missing).map(|item| item.span),
        Given::Missing | Given::Faulty | Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::List(..) => None,
    };
    pending.map_or(Spanned::new(given, span), |pending| Spanned::new(Given::Missing, pending))
}

/// Keys of a figure's table that this version does not read yet.
const LATER: &[&str] = &[
    "kind", "min", "max", "choices", "pattern", "optional", "default", "unit", "label", "hint", "owner", "source",
    "as_of", "format", "compute", "round",
];

/// What a value that is no table gives.
fn given(value: &Value, diags: &mut Diagnostics) -> Given {
    match &value.kind {
        ValueKind::String(text) => text_given(text),
        ValueKind::Integer(digits) | ValueKind::Float(digits) => {
            number(digits, value.span, diags).map_or(Given::Faulty, Given::Number)
        }
        ValueKind::Date(date) => Given::Date(*date),
        ValueKind::Array(items) => Given::Several(
            items
                .iter()
                .map(|item| {
                    let one = item.as_array().is_none() && item.as_table().is_none();
                    if !one {
                        diags.push(wrong_kind(item, &text!("数字或文字", "a number or text")));
                    }
                    Spanned::new(if one { given(item, diags) } else { Given::Faulty }, item.span)
                })
                .collect(),
        ),
        ValueKind::Boolean(_) | ValueKind::DateTime(_) | ValueKind::Table(_) => {
            diags.push(wrong_kind(value, &text!("数字、文字或日期", "a number, text or a date")));
            Given::Faulty
        }
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

fn text_given(text: &Located) -> Given {
    let trimmed = text.text().trim();
    if is_pending(text) {
        Given::Missing
    } else if is_decimal(trimmed) {
        Given::Number(trimmed.to_owned())
    } else {
        Given::Text(text.clone())
    }
}

/// Digits with at most one point, and perhaps a minus before them.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The digits of a number as offices write it; TOML's other ways are reported (`bad-number`).
fn number(written: &str, span: Span, diags: &mut Diagnostics) -> Option<String> {
    let plain = written.trim_start_matches('+');
    if is_decimal(plain) {
        return Some(plain.to_owned());
    }
    let fault = Diagnostic::new(
        Code::BadNumber,
        text!("“{written}”不是报告里的数字写法", "`{written}` is no number of a report"),
    );
    let without = plain.replace('_', "");
    let fault = if is_decimal(&without) {
        let help = text!("去掉下划线：{without}", "leave out the underscores: {without}");
        fault.at(span).fix(help, vec![Edit { span, text: without }])
    } else {
        fault.at(span).help(text!(
            "只用数字和小数点，不用十六进制、科学计数法、nan、inf",
            "use digits and a decimal point; no hexadecimal, no exponent, no nan or inf"
        ))
    };
    diags.push(fault);
    None
}

fn wrong_kind(value: &Value, expected: &Text) -> Diagnostic {
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
    (!name.text().trim().is_empty()).then(|| name.clone())
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
