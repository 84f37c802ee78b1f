//! The towns' values in the expressions of a roll-up.

use std::collections::BTreeSet;

use super::Ledger;
use super::kinds::fault_in_column;
use super::reading::Reading;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::expr::{Entry, Origin, Scope as Whose, Value};
use crate::manifest::Located;
use crate::sheet::{Cell, CellKind};
use crate::text;

impl<'a> Ledger<'a> {
    /// Takes the values that `towns."key"` reads. A town's empty cell is reported, since a sum without it is no sum.
    pub(super) fn gather(&mut self, readings: &[Reading<'a>], diags: &mut Diagnostics) {
        let Some(towns) = &self.manifest.towns else { return };
        self.town_names = towns.names().map(str::to_owned).collect();
        // Two keys may mean one column.
        let mut told = BTreeSet::new();
        let references = readings.iter().flat_map(|reading| reading.references);
        for reference in references.filter(|reference| reference.scope == Whose::Towns) {
            let key = reference.key.as_str();
            let Some(cells) = towns.column(key).filter(|_| !self.towns.contains_key(key)) else { continue };
            let entries: Vec<Option<Entry>> = cells.iter().map(|cell| self.enter(cell)).collect();
            let open = cells.iter().filter(|cell| cell.is_empty() && told.insert(cell.span));
            diags.extend(open.map(|cell| {
                Diagnostic::new(Code::MissingFigure, text!("“{key}”还没有填，不能汇总", "`{key}` has no value yet"))
                    .at(cell.span)
            }));
            let mut is_faulty = false;
            for cell in cells.iter().filter(|cell| matches!(cell.kind, CellKind::Text)) {
                let fault = fault_in_column(key, &Located::plain(cell.text.as_str(), cell.span));
                is_faulty |= fault.as_ref().is_some_and(|fault| fault.code.severity() == Severity::Error);
                diags.extend(fault.filter(|_| told.insert(cell.span)));
            }
            let unread = cells.iter().filter(|cell| cell.kind == CellKind::Faulty && told.insert(cell.span));
            diags.extend(unread.filter_map(|cell| towns.fault(cell).cloned()));
            self.towns.insert(key, entries.into_iter().collect::<Option<Vec<_>>>().filter(|_| !is_faulty));
        }
    }

    fn enter(&mut self, cell: &Cell) -> Option<Entry> {
        let entry = entry(cell, Origin(u32::try_from(self.origins.len()).unwrap_or(u32::MAX)))?;
        self.origins.push(cell.span);
        Some(entry)
    }
}

/// The value of a cell; none where it is empty or can't be read.
pub(super) fn entry(cell: &Cell, origin: Origin) -> Option<Entry> {
    let value = match &cell.kind {
        CellKind::Number(number) => Value::Number(number.clone()),
        CellKind::Date(date) => Value::Date(*date),
        CellKind::Text => Value::Text(cell.text.clone()),
        CellKind::Empty | CellKind::Faulty => return None,
    };
    Some(Entry { value, unit: cell.unit.as_deref().map(str::to_owned), exact: false, origin })
}
