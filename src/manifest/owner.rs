//! Whose file is to be changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Text;
use crate::manifest::literal::{Located, key, quote};
use crate::source::{FileId, Span};
use crate::text;

/// The file that the user named, among those that it inherits from: what is to be changed is changed there.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// None where nothing is inherited, so that every file is the user's.
    own: Option<Own>,
}

#[derive(Clone, Debug)]
struct Own {
    /// Several where a row comes from parts of a form.
    files: BTreeSet<FileId>,
    name: String,
    /// Whether it is a table with a column a figure.
    is_table: bool,
    /// For each key of a template that it sets: the template's key, and its own.
    set: BTreeMap<Span, Span>,
}

impl Owner {
    /// Of a report that inherits nothing.
    pub fn alone() -> Self {
        Self::default()
    }

    /// Of the report file `file`, called `name`, which sets the figures `set`: keys of templates with its own keys.
    pub fn file(file: FileId, name: &str, set: BTreeMap<Span, Span>) -> Self {
        Owner { own: Some(Own { files: [file].into(), name: name.to_owned(), is_table: false, set }) }
    }

    /// Of a row whose cells stand in `files`, the table called `name`, with the heads of its columns.
    pub fn row(files: BTreeSet<FileId>, name: &str, set: BTreeMap<Span, Span>) -> Self {
        Owner { own: Some(Own { files, name: name.to_owned(), is_table: true, set }) }
    }

    /// Whether what stands at `span` is the user's to change.
    pub fn owns(&self, span: Span) -> bool {
        self.own.as_ref().is_none_or(|own| own.files.contains(&span.file))
    }

    /// Whether the figures come from a table, in which nothing is written but values.
    pub fn is_table(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.is_table)
    }

    /// Where the user wrote the figure with this key; none where a template did.
    pub fn key(&self, key: &Located) -> Option<Span> {
        let Some(own) = &self.own else { return Some(key.whole()) };
        if own.files.contains(&key.whole().file) { Some(key.whole()) } else { own.set.get(&key.whole()).copied() }
    }

    /// What to write where for the figure `address` that a template leaves open; `value` is a line's right side.
    ///
    /// None where nothing is inherited.
    pub fn asks(&self, address: &str, value: &str) -> Option<Text> {
        let own = self.own.as_ref()?;
        let name = &own.name;
        Some(if own.is_table {
            let head = quote(address);
            text!("在 {name} 里加一列，表头写 {head}", "add a column to {name} with the head {head}")
        } else {
            let line = format!("{} = {value}", key(address));
            text!("在 {name} 的 [figures] 下加一行：{line}", "add under [figures] of {name}: {line}")
        })
    }
}
