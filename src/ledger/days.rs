//! Days that were given in words for holes that are parts of one: 6月12日 for X月X日.

use std::borrow::Cow;

use super::Ledger;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::{Given, Kind};
use crate::number::{Decimal, WrittenDay};
use crate::placeholder::DatePart;
use crate::source::{Span, Spanned};
use crate::text;

impl Ledger<'_> {
    /// Takes a text that is a day for one, where the figure's holes are parts of a day.
    pub(super) fn read_day(&mut self, number: usize, diags: &mut Diagnostics) {
        let line = &self.lines[number];
        let (Some(parts), Given::Text(text)) = (&line.day, &line.value.value) else { return };
        let Some(day) = WrittenDay::read(text.text()).filter(|_| self.kind_of_hole(number, 0) != Some(Kind::Text))
        else {
            return;
        };
        let span = line.value.span;
        let given = if !day.exists() {
            diags.push(no_such_day(text.text().trim(), span));
            Some(Given::Faulty)
        } else if let Some(date) = day.date() {
            Some(Given::Date(date))
        } else {
            let part = |part: &DatePart| match part {
                DatePart::Year => day.year,
                DatePart::Month => Some(day.month),
                DatePart::Day => day.day,
            };
            let items: Option<Vec<_>> = parts
                .iter()
                .map(|which| Some(Spanned::new(Given::Number(Decimal::from(part(which)?)), span)))
                .collect();
            items.map(Given::Several)
        };
        if let Some(given) = given {
            self.lines[number].value = Cow::Owned(Spanned::new(given, span));
        }
    }
}

/// A day that the calendar does not have (`out-of-range`).
pub(crate) fn no_such_day(shown: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::OutOfRange, text!("日历上没有“{shown}”这一天", "the calendar has no such day: {shown}"))
        .at(span)
        .help(text!("核对年、月、日", "check year, month and day"))
}
