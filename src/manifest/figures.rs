//! Reads figures: plain values, and tables of their own.

use super::declared;
use super::figure::Figure;
use super::given::{self, Given};
use super::literal::Located;
use super::raw::{Table, Value};
use crate::diag::Diagnostics;
use crate::placeholder::Scope;
use crate::source::Spanned;

impl Figure {
    /// Gives the figure the value `value`, as its own table would have it after `value =`, or after `list =` where it
    /// takes names; a table is one of `list` and `count`.
    pub(crate) fn give(&mut self, value: &Value, takes_names: bool, diags: &mut Diagnostics) {
        let kind = self.declaration.as_ref().and_then(|declaration| declaration.kind.as_ref()).map(|kind| kind.value);
        self.value = match value.as_table() {
            Some(table) => {
                let bare = Figure { declaration: None, ..self.clone() };
                declared::read(bare, table, diags).value
            }
            None if takes_names => given::list(value, None, diags),
            None => given::given(value, kind, diags),
        };
    }
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
    let plain = |value| Figure { key: key.clone(), phrase, scope, value, id: None, repeat: false, declaration: None };
    match value.as_table() {
        Some(table) => declared::read(plain(Spanned::new(Given::Missing, value.span)), table, diags),
        None => plain(given::given(value, None, diags)),
    }
}
