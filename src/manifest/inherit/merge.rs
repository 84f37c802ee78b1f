//! Two files as one: the nearer one's keys over those of its template.

use std::collections::BTreeMap;

use super::figures::{Set, Slot};
use super::sections::{self, Sections};
use crate::diag::Diagnostics;
use crate::manifest::literal::Located;
use crate::manifest::raw::{Entry, Reader, Table, Value, ValueKind};
use crate::placeholder::Literals;
use crate::source::Span;

/// Tables whose arrays a nearer file adds to: what is a word or a literal in a template is one in its reports.
const ADDED: [&str; 2] = ["placeholders", "words"];
/// Arrays of tables that a nearer file adds to.
const APPENDED: [&str; 2] = ["rule", "accept"];

/// A file's tables, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// All but its sections and figures.
    pub(super) rest: Table,
    pub(super) sections: Vec<Table>,
    pub(super) figures: Table,
}

impl Layer {
    /// Takes the tables of a file apart; what is no section or no table of figures is reported.
    pub(super) fn new(mut table: Table, diags: &mut Diagnostics) -> Self {
        let mut reader = Reader::new(&table, "报告文件", diags);
        let sections = reader.take_tables("section").into_iter().cloned().collect();
        let figures = reader.take_table("figures").cloned().unwrap_or_default();
        table.entries.retain(|entry| !matches!(entry.key.text(), "section" | "figures"));
        Layer { rest: table, sections, figures }
    }

    /// The tables as those of one file.
    pub(super) fn into_table(self) -> Table {
        let Layer { mut rest, sections, figures } = self;
        let entry =
            |name: &str, span: Span, kind| Entry { key: Located::plain(name, span), value: Value { kind, span } };
        if let Some(first) = sections.first() {
            let span = first.span;
            let tables = sections.into_iter().map(|table| Value { span: table.span, kind: ValueKind::Table(table) });
            rest.entries.push(entry("section", span, ValueKind::Array(tables.collect())));
        }
        if !figures.entries.is_empty() {
            rest.entries.push(entry("figures", figures.span, ValueKind::Table(figures)));
        }
        rest
    }

    /// The figure of `slot`.
    pub(super) fn entry(&self, slot: Slot) -> Option<&Entry> {
        let figures = match slot.section {
            None => &self.figures,
            Some(section) => self.sections.get(section)?.get("figures")?.value.as_table()?,
        };
        figures.entries.get(slot.entry)
    }

    /// Its figures, to be set.
    pub(super) fn figures(&mut self) -> Set<'_> {
        let literals = literals(&self.rest);
        Set::new(&mut self.figures, &mut self.sections, literals)
    }
}

/// All files as one, the nearest first in `layers`; which of its keys set figures of its template.
pub(super) fn merge(mut layers: Vec<Layer>, diags: &mut Diagnostics) -> Option<(Layer, BTreeMap<Span, Span>)> {
    let mut merged = Layer::default();
    let mut set = BTreeMap::new();
    while let Some(nearer) = layers.pop() {
        (merged, set) = over(merged, nearer, diags)?;
    }
    Some((merged, set))
}

/// `nearer` over `base`.
pub(super) fn over(base: Layer, nearer: Layer, diags: &mut Diagnostics) -> Option<(Layer, BTreeMap<Span, Span>)> {
    let span = nearer.rest.span;
    let mut rest = base.rest;
    for entry in nearer.rest.entries {
        put(&mut rest, entry, false);
    }
    // What is in no table is missed in the nearest file.
    rest.span = span;
    let Sections { tables: sections, figures: own } = sections::over(base.sections, nearer.sections, diags)?;
    let mut merged = Layer { rest, sections, figures: base.figures };
    let mut set = merged.figures();
    let slots = set.slots(Some(span.file));
    for Entry { key, value } in nearer.figures.entries {
        set.give(&slots, &key, None, value, diags);
    }
    for (section, figures) in own {
        for Entry { key, value } in figures.entries {
            set.give(&slots, &key, Some(section), value, diags);
        }
    }
    let set = set.finish();
    Some((merged, set))
}

/// Puts `entry` into `table`, over what is there under its key.
fn put(table: &mut Table, entry: Entry, adds: bool) {
    let name = entry.key.text();
    let adds = adds || ADDED.contains(&name);
    let appends = adds || APPENDED.contains(&name);
    let Some(there) = table.entries.iter_mut().find(|there| there.key.text() == name) else {
        table.entries.push(entry);
        return;
    };
    match (&mut there.value.kind, entry.value.kind) {
        (ValueKind::Table(there), ValueKind::Table(nearer)) => {
            there.span = nearer.span;
            for entry in nearer.entries {
                put(there, entry, adds);
            }
        }
        (ValueKind::Array(there), ValueKind::Array(nearer)) if appends => there.extend(nearer),
        (_, kind) => *there = Entry { key: entry.key, value: Value { kind, span: entry.value.span } },
    }
}

/// `[placeholders] literal`, as far as it can be read.
fn literals(table: &Table) -> Literals {
    let phrases = table.get("placeholders").and_then(|entry| entry.value.as_table()?.get("literal"));
    let phrases = phrases.and_then(|entry| entry.value.as_array()).unwrap_or_default();
    Literals::new(&phrases.iter().filter_map(|phrase| phrase.as_string()).map(Located::text).collect::<Vec<_>>())
}
