//! Figures: what an author gives for the holes of the text.

use super::declared::{self, Declaration};
use super::given::{self, Given};
use super::literal::Located;
use super::raw::{Table, Value};
use crate::diag::Diagnostics;
use crate::placeholder::Scope;
use crate::source::{Span, Spanned};

/// A figure of the report file: a phrase or a name, and what fills it.
#[derive(Clone, Debug)]
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
    /// What its own table says, `{ value = …, min = … }`; none where a plain value stands.
    pub declaration: Option<Box<Declaration>>,
}

impl Figure {
    /// The phrase, without the section of an address.
    pub fn phrase(&self) -> &str {
        &self.key.text()[self.phrase..]
    }

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

    /// Where the phrase stands.
    pub fn phrase_span(&self) -> Span {
        self.key.span(self.phrase..self.key.text().len())
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
