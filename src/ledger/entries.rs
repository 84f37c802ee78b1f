//! Values as expressions see them.

use super::Ledger;
use crate::expr::{Entry, Origin, Value};
use crate::manifest::{Given, Kind, Located, split_names};
use crate::number::Decimal;
use crate::source::{Span, Spanned};

/// The values of a figure; none where it has none. Each gets an origin, and `origins` its place.
pub(super) fn entries(ledger: &Ledger<'_>, figure: usize, origins: &mut Vec<Span>) -> Option<Vec<Entry>> {
    let given = ledger.value(figure);
    let exact = ledger.kind(figure) == Kind::Money;
    let holes = ledger.lines[figure].holes.len();
    let mut entry = |value, hole, span| {
        let origin = Origin(u32::try_from(origins.len()).unwrap_or(u32::MAX));
        origins.push(span);
        Entry { value, unit: ledger.unit_of_hole(figure, hole).map(str::to_owned), exact, origin }
    };
    match &given.value {
        Given::Several(items) => {
            let values: Option<Vec<Value>> = items.iter().map(|item| one(ledger, figure, item)).collect();
            let values = values?.into_iter().zip(items).enumerate();
            Some(values.map(|(hole, (value, item))| entry(value, hole, item.span)).collect())
        }
        // A plain string for a list of holes is cut at each 、 when it is printed.
        Given::Text(names) if holes > 1 => {
            let value = list(&split_names(names), None);
            Some(vec![entry(value, holes - 1, given.span)])
        }
        Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::List(..) | Given::Missing | Given::Faulty => {
            let value = one(ledger, figure, given)?;
            let hole = if matches!(value, Value::List { .. }) { holes.saturating_sub(1) } else { 0 };
            Some(vec![entry(value, hole, given.span)])
        }
    }
}

fn one(ledger: &Ledger<'_>, figure: usize, given: &Spanned<Given>) -> Option<Value> {
    match &given.value {
        Given::Number(number) => Some(Value::Number(printed(ledger, figure, number))),
        Given::Text(text) if brings_unit(ledger, figure, text) => None,
        Given::Text(text) => Some(Value::Text(text.text().trim().to_owned())),
        Given::Date(date) => Some(Value::Date(*date)),
        Given::List(names, count) => Some(list(names, count.as_ref().map(|count| &count.value))),
        Given::Several(_) | Given::Missing | Given::Faulty => None,
    }
}

fn list(names: &[Located], count: Option<&Decimal>) -> Value {
    let count = count.cloned().unwrap_or_else(|| Decimal::from(names.len()));
    Value::List { names: names.iter().map(|name| name.text().trim().to_owned()).collect(), count }
}

/// The number as it is printed. Rounding to tens and more does not count: 12345 is still that where 1.2万 is printed.
fn printed(ledger: &Ledger<'_>, figure: usize, number: &Decimal) -> Decimal {
    let round = ledger.figure(figure).declaration.as_ref().and_then(|declaration| declaration.round);
    match round.filter(|round| round.digits >= 0) {
        Some(round) => number.round(round.digits, round.rounding),
        None => number.clone(),
    }
}

/// Whether a text is a number with its unit, `12次`, which is reported where it is printed (`unit-twice`).
fn brings_unit(ledger: &Ledger<'_>, figure: usize, text: &Located) -> bool {
    let unit = ledger.unit(figure).filter(|unit| !unit.is_empty());
    let number = unit.and_then(|unit| text.text().trim().strip_suffix(unit));
    number.is_some_and(|number| Decimal::parse(number).is_ok())
}
