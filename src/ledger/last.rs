//! The values of last time in expressions, and this report's values for the next one.

use std::collections::BTreeSet;

use super::Ledger;
use super::index::{Found, Index};
use super::reading::Reading;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::expr::{Entry, Origin, Reference, Scope as Whose};
use crate::manifest::{Last, LastValues};
use crate::placeholder::{Phrase, scan};
use crate::source::Span;
use crate::text;

/// At most so many other places that want values of last time are shown.
const SHOWN: usize = 4;

impl<'a> Ledger<'a> {
    /// Takes the values that `last."key"` reads. Where there are none that is the fault `missing-last`, unless the figure
    /// that wants them has a default for it.
    pub(super) fn recall(&mut self, readings: &[Reading<'a>], index: &Index<'_>, diags: &mut Diagnostics) {
        let mut unready: Vec<Span> = Vec::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for reading in readings {
            for reference in reading.references.iter().filter(|reference| reference.scope == Whose::Last) {
                let span = reading.text.span(reference.range.clone());
                let key = reference.key.as_str();
                let Last::Known(values) = &self.manifest.last else {
                    self.last.entry(reading.scope).or_default().insert(key, None);
                    if !reading.has_default && !matches!(self.manifest.last, Last::Unreadable) {
                        unready.push(span);
                    }
                    continue;
                };
                let found = self.find_last(values, reading, reference, index);
                if !reading.has_default && found.as_ref().is_none_or(Vec::is_empty) && told.insert(key) {
                    diags.push(no_value(&reference.key, span, found.is_some()));
                }
                let entries = found.filter(|found| !found.is_empty()).map(|found| self.entered(found));
                self.last.entry(reading.scope).or_default().insert(key, entries);
            }
        }
        diags.extend(self.not_given(&unready));
    }

    /// What `reference` means: the figure of last time that is called as the one here is, else the one of that key.
    fn find_last(
        &self,
        values: &'a LastValues,
        reading: &Reading<'a>,
        reference: &Reference,
        index: &Index<'_>,
    ) -> Option<Vec<(Entry, Span)>> {
        let sought = index.read(&reference.key);
        let own = match index.find(&sought, reading.scope) {
            Some(Found::Figure(figure)) => Some(self.address(figure)),
            Some(Found::Several(_) | Found::Open(_) | Found::Unknown) | None => None,
        };
        let by_own = || own.and_then(|(section, phrase)| values.find(section, &phrase));
        let section = sought.section.and_then(|section| self.manifest.sections[section].id.as_ref());
        let by_key = || values.find(section.map(|id| id.text()), &sought.phrase);
        if let Some(found) = by_own().or_else(by_key) {
            return Some(found.to_vec());
        }
        let cells = values.towns()?.column(&reference.key)?.iter();
        let entries = cells.map(|cell| Some((super::towns::entry(cell, Origin::default())?, cell.span)));
        // A column with an empty cell has no sum.
        Some(entries.collect::<Option<_>>().unwrap_or_default())
    }

    /// The `id` of the section of a figure, if it has one, and the figure's phrase with its holes as signs, or its name.
    pub fn address(&self, figure: usize) -> (Option<&'a str>, String) {
        let figure = self.figure(figure);
        let phrase = figure.phrase();
        let scan = scan(phrase, &self.manifest.literals);
        let phrase =
            if scan.holes.is_empty() { phrase.to_owned() } else { Phrase::new(phrase, &scan).text().to_owned() };
        (self.manifest.section_id(figure.scope), phrase)
    }

    /// The entries with places of their own.
    fn entered(&mut self, found: Vec<(Entry, Span)>) -> Vec<Entry> {
        let mut enter = |(entry, span)| {
            let origin = Origin(u32::try_from(self.origins.len()).unwrap_or(u32::MAX));
            self.origins.push(span);
            Entry { origin, ..entry }
        };
        found.into_iter().map(&mut enter).collect()
    }

    /// `missing-last` where no last report is known: once, however many figures want it.
    fn not_given(&self, unready: &[Span]) -> Option<Diagnostic> {
        let (first, others) = unready.split_first()?;
        let (message, help) = match self.manifest.last {
            Last::NotGiven => (
                text!(
                    "要用上期的数，却没有说上期的数在哪里",
                    "last period's values are wanted, and nobody said where they are"
                ),
                text!("加上 --against 和上期的文件", "add --against and the file of the last period"),
            ),
            Last::Absent | Last::Unreadable | Last::Known(_) => (
                text!("上期的数里没有这一份", "last period's values have nothing of this report"),
                text!(
                    "补上上期的数；确实没有上期的，请给这个数写 optional = true 和 default",
                    "add them; where there was no last period, give the figure optional = true and a default"
                ),
            ),
        };
        let fault = Diagnostic::new(Code::MissingLast, message).at(*first).help(help);
        let others = others.iter().take(SHOWN);
        Some(others.fold(fault, |fault, span| fault.label(*span, text!("这里也要用", "wanted here, too"))))
    }

    /// What every figure comes to, for the next report to look back at.
    pub fn for_next(&self) -> LastValues {
        let mut values = LastValues::default();
        for (number, figure) in self.manifest.figures.iter().enumerate() {
            let (section, phrase) = self.address(number);
            let id = figure.id.as_ref().map(|id| id.text());
            let names: Vec<&str> = std::iter::once(phrase.as_str()).chain(id).collect();
            let entries = self.lines[number].entries.iter().flatten();
            values.add(section, &names, entries.map(|entry| (entry.clone(), self.place(entry.origin))).collect());
        }
        values
    }
}

/// `missing-last` of a key.
fn no_value(key: &str, span: Span, is_open: bool) -> Diagnostic {
    let message: Text = if is_open {
        text!("上期的“{key}”没有填", "`{key}` had no value last time")
    } else {
        text!("上期没有“{key}”这个数", "there was no `{key}` last time")
    };
    Diagnostic::new(Code::MissingLast, message).at(span).help(text!(
        "补上上期的数；确实没有上期的，请给这个数写 optional = true 和 default",
        "add it to last period's file; where there was none, give the figure optional = true and a default"
    ))
}
