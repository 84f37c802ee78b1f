//! From the `toml` crate's tree to ours.

use super::{Entry, Table, Value, ValueKind};
use crate::manifest::literal::Located;
use crate::manifest::patched::Patched;
use crate::number::Date;
use crate::source::{FileId, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Where a tree was read: its file, and the copy of the text that the tree speaks of.
#[derive(Clone, Copy)]
pub(super) struct Origin<'t> {
    pub(super) file: FileId,
    pub(super) mended: &'t Patched,
}

impl Origin<'_> {
    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, self.mended.original(range))
    }

    fn source(self, range: Range<usize>) -> String {
        self.mended.text().get(range).unwrap_or_default().to_string()
    }

    fn located(self, range: Range<usize>) -> Located {
        let raw = self.mended.text().get(range.clone()).unwrap_or_default();
        Located::read(self.file, range.start, raw).in_original(self.mended)
    }

    /// The whole document. Nesting is as deep as the parser allows, 80 levels at most.
    pub(super) fn document(self, table: &DeTable<'_>) -> Table {
        self.table(table, 0..0)
    }

    fn table(self, table: &DeTable<'_>, range: Range<usize>) -> Table {
        let entries = table.iter().map(|(key, value)| self.entry(key, value)).collect();
        Table { entries, span: self.span(range) }
    }

    fn entry(self, key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Entry {
        Entry { key: self.located(key.span()), value: self.value(value) }
    }

    fn value(self, value: &Spanned<DeValue<'_>>) -> Value {
        let range = value.span();
        let kind = match value.get_ref() {
            DeValue::String(_) => ValueKind::String(self.located(range.clone())),
            DeValue::Integer(_) => ValueKind::Integer(self.source(range.clone())),
            DeValue::Float(_) => ValueKind::Float(self.source(range.clone())),
            DeValue::Boolean(value) => ValueKind::Boolean(*value),
            DeValue::Datetime(value) => match (value.date, value.time) {
                (Some(date), None) => ValueKind::Date(Date { year: date.year, month: date.month, day: date.day }),
                _ => ValueKind::DateTime(self.source(range.clone())),
            },
            DeValue::Array(items) => ValueKind::Array(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => ValueKind::Table(self.table(table, range.clone())),
        };
        Value { kind, span: self.span(range) }
    }
}
