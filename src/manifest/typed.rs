//! Values that were typed outside of the report file: into a draft in Word, into a form.

use std::ops::Range;

use super::figure::Figure;
use super::given::{self, Given};
use super::literal::Located;
use super::{Kind, Manifest};
use crate::diag::{Diagnostic, Diagnostics, Text};
use crate::number::Decimal;
use crate::placeholder::Scope;
use crate::source::{FileId, Sources, Span, Spanned};

/// A file in which values were typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Its name, as the user named it.
    pub name: String,
    /// Its text, as the places of faults are to be shown: a line for each paragraph.
    pub text: String,
    /// The values.
    pub answers: Vec<Answer>,
    /// What is wrong with it besides.
    pub faults: Vec<TypedFault>,
}

/// A fault of a file in which values were typed.
#[derive(Clone, Debug)]
pub struct TypedFault {
    /// The fault, without a place.
    pub fault: Diagnostic,
    /// Its places, in bytes of [`Typed::text`], and what is to be seen there.
    pub places: Vec<(Range<usize>, Text)>,
}

/// What was typed for a figure. Ranges are bytes of [`Typed::text`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The figure's key, without its section.
    pub key: String,
    /// Where it may fill holes.
    pub scope: Scope,
    /// Its number in the report file; none where the file has no such figure yet.
    pub figure: Option<usize>,
    /// What was typed.
    pub value: AnswerValue,
}

/// What was typed, and where.
#[derive(Clone, Debug)]
pub enum AnswerValue {
    /// One value.
    One(Range<usize>),
    /// One for each hole.
    Several(Vec<Range<usize>>),
    /// Names, and their number where it was typed too.
    List(Vec<Range<usize>>, Option<Range<usize>>),
}

impl Manifest {
    /// Puts the answers of `typed` in the place of values, as if the report file had them. Its faults, and what is no
    /// value, are reported at their places. Returns which of `sources` it became.
    pub fn answer(&mut self, typed: &Typed, sources: &mut Sources, diags: &mut Diagnostics) -> FileId {
        let file = sources.add(typed.name.as_str(), typed.text.as_str());
        let located = |range: &Range<usize>| {
            let text = typed.text.get(range.clone()).unwrap_or_default();
            Located::plain(text, Span::new(file, range.clone()))
        };
        for answer in &typed.answers {
            let known = answer.figure.and_then(|figure| self.figures.get_mut(figure));
            let kind = known.as_ref().and_then(|figure| figure.declaration.as_ref()?.kind.as_ref());
            let value = given(&answer.value, kind.map(|kind| kind.value), &located, diags);
            match known {
                Some(figure) => figure.value = value,
                None => self.figures.push(Figure {
                    key: Located::plain(answer.key.as_str(), value.span),
                    phrase: 0,
                    scope: answer.scope,
                    value,
                    id: None,
                    repeat: false,
                    declaration: None,
                }),
            }
        }
        for TypedFault { fault, places } in &typed.faults {
            let place = |fault: Diagnostic, (range, seen): &(Range<usize>, Text)| {
                fault.label(Span::new(file, range.clone()), seen.clone())
            };
            diags.push(places.iter().fold(fault.clone(), place));
        }
        file
    }
}

fn given(
    value: &AnswerValue,
    kind: Option<Kind>,
    located: &dyn Fn(&Range<usize>) -> Located,
    diags: &mut Diagnostics,
) -> Spanned<Given> {
    let one = |range: &Range<usize>| {
        let text = located(range);
        Spanned::new(given::text_given(&text, kind), text.whole())
    };
    match value {
        AnswerValue::One(range) => one(range),
        AnswerValue::Several(ranges) => {
            let span = ranges.first().map(|range| located(range).whole()).unwrap_or_default();
            given::settled(Given::Several(ranges.iter().map(one).collect()), span)
        }
        AnswerValue::List(ranges, count) => {
            let names: Vec<Located> = ranges.iter().flat_map(|range| given::split_names(&located(range))).collect();
            let span = names.first().map(Located::whole).unwrap_or_default();
            let count = count.as_ref().map(located).map(|count| match Decimal::parse(count.text().trim()) {
                Ok(number) => Some(Spanned::new(number, count.whole())),
                Err(bad) => {
                    diags.push(given::bad_number(count.text().trim(), &bad, count.whole()));
                    None
                }
            });
            match count {
                Some(None) => Spanned::new(Given::Faulty, span),
                count => Spanned::new(Given::List(names, count.flatten()), span),
            }
        }
    }
}
