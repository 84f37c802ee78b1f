//! Figures that are tables of their own: what a template declares and a town fills.

use std::ops::RangeInclusive;

use super::expression;
use super::figure::{Declaration, Figure};
use super::given::{self, Given};
use super::kind::{Format, Kind, Pattern, Round};
use super::literal::{Located, quote};
use super::raw::{Reader, Table, Value, ValueKind, wrong_type};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::number::Rounding;
use crate::source::{Span, Spanned};
use crate::text;

/// Digits that `round` takes, as the function `round` of expressions does.
const ROUND: RangeInclusive<i64> = -12..=20;
/// The longest `pattern`, in bytes.
const MAX_PATTERN: usize = 1024;
/// What a pattern may take once it is read, in bytes; beyond, a short one (`a{1000}{1000}`) asks for too much.
const MAX_PATTERN_SIZE: usize = 64 * 1024;

/// Reads the table of `figure`, which has its key so far.
pub(super) fn read(mut figure: Figure, table: &Table, diags: &mut Diagnostics) -> Figure {
    let mut reader = Reader::new(table, "指标", diags);
    let kind = reader.take_choice("kind", &Kind::ALL);
    let mut take = |key| reader.take(key).map(|entry| &entry.value);
    let (value, list, count) = (take("value"), take("list"), take("count"));
    let (min, max, default, round) = (take("min"), take("max"), take("default"), take("round"));
    let (choices, pattern) = (reader.take_array("choices"), reader.take_string("pattern"));
    let (compute, format) = (reader.take_string("compute"), reader.take_string("format"));
    figure.id = reader.take_string("id").cloned();
    figure.repeat = reader.take_bool("repeat").is_some_and(|repeat| repeat.value);
    let optional = reader.take_bool("optional").is_some_and(|optional| optional.value);
    let mut words = |key| reader.take_string(key).filter(|text| !text.text().trim().is_empty()).cloned();
    let (unit, label, hint) = (words("unit"), words("label"), words("hint"));
    let (owner, source) = (words("owner"), words("source"));
    let as_of = reader.take_date("as_of");
    reader.finish();

    let asked = kind.as_ref().map(|kind| kind.value);
    let mut bound = |value: Option<&Value>| value.map(|value| given::given(value, asked, diags)).filter(is_value);
    let (min, max, default) = (bound(min), bound(max), bound(default));
    let choices = choices.unwrap_or_default().iter().filter_map(|choice| bound(Some(choice))).collect();
    if let Some(list) = list {
        figure.value = given::list(list, count, diags);
    } else if let Some(value) = value {
        figure.value = given::given(value, asked, diags);
    }
    let compute = compute.and_then(|text| match list.or(value) {
        Some(value) => {
            diags.push(computed_twice(text.whole(), value.span));
            None
        }
        None => {
            let formula = expression::formula(text, diags);
            // A fault of its own leaves nothing to ask for.
            figure.value = Spanned::new(if formula.is_some() { Given::Missing } else { Given::Faulty }, text.whole());
            formula
        }
    });
    figure.declaration = Some(Box::new(Declaration {
        kind,
        min,
        max,
        choices,
        pattern: pattern.and_then(|text| self::pattern(text, diags)),
        optional,
        default,
        unit,
        label,
        hint,
        owner,
        source,
        as_of,
        format: format.and_then(|text| self::format(text, diags)),
        compute,
        round: round.and_then(|value| self::round(value, diags)),
    }));
    figure
}

/// Whether a bound or a default is one; `""` and `"X"` are none.
fn is_value(given: &Spanned<Given>) -> bool {
    !matches!(given.value, Given::Missing | Given::Faulty)
}

fn computed_twice(compute: Span, value: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateFigure,
        text!("value 和 compute 只能写一个", "a figure has a value or a compute, not both"),
    )
    .at(compute)
    .label(value, text!("这里已经给了值", "the value stands here"))
    .help(text!("要计算就删去值，要填数就删去 compute", "delete one of them"))
}

fn pattern(text: &Located, diags: &mut Diagnostics) -> Option<Pattern> {
    let whole = format!("^(?:{})$", text.text());
    let regex = regex_lite::RegexBuilder::new(&whole).size_limit(MAX_PATTERN_SIZE).build();
    match regex.ok().filter(|_| text.text().len() <= MAX_PATTERN) {
        Some(regex) => Some(Pattern { text: text.clone(), regex }),
        None => {
            let message = text!("pattern 写得不对，读不懂", "the pattern cannot be read");
            diags.push(Diagnostic::new(Code::BadPattern, message).at(text.whole()).help(text!(
                "写正则表达式，例如 \"[0-9]{{11}}\" 是 11 位数字；太长的也不收",
                "write a regular expression: \"[0-9]{{11}}\" is eleven digits; none too long"
            )));
            None
        }
    }
}

fn format(text: &Located, diags: &mut Diagnostics) -> Option<Spanned<Format>> {
    if let Some(format) = Format::from_name(text.text()) {
        return Some(Spanned::new(format, text.whole()));
    }
    let names: Vec<String> = Format::names().into_iter().map(quote).collect();
    let names = names.join(" ");
    let written = text.text();
    let message = text!("没有“{written}”这种格式", "there is no format `{written}`");
    diags.push(
        Diagnostic::new(Code::WrongType, message).at(text.whole()).help(text!("可以写：{names}", "one of: {names}")),
    );
    None
}

/// `round = 1`, or `round = { digits = 1, half = "even" }`.
fn round(value: &Value, diags: &mut Diagnostics) -> Option<Round> {
    let (digits, rounding) = match &value.kind {
        ValueKind::Table(table) => {
            let mut reader = Reader::new(table, "round", diags);
            let digits = reader.take_integer("digits");
            let half = reader.take_choice("half", &[("up", Rounding::HalfUp), ("even", Rounding::HalfEven)]);
            reader.require("digits", "digits = 1");
            reader.finish();
            (digits?.value, half.map_or(Rounding::HalfUp, |half| half.value))
        }
        ValueKind::Integer(digits) => (digits.parse().unwrap_or(i64::MAX), Rounding::HalfUp),
        ValueKind::String(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::DateTime(_)
        | ValueKind::Array(_) => {
            diags.push(wrong_type("round", value, &text!("整数，如 round = 1", "a whole number, such as round = 1")));
            return None;
        }
    };
    if !ROUND.contains(&digits) {
        let (least, most) = (ROUND.start(), ROUND.end());
        let expected = text!(" {least} 到 {most} 的整数", "a whole number from {least} to {most}");
        diags.push(wrong_type("round", value, &expected));
        return None;
    }
    Some(Round { digits: digits as i32, rounding })
}
