//! A TOML file as a tree in which every key and value knows its place.
//!
//! [`load`] takes a file's bytes, [`read`] makes the tree of its text, and a [`Reader`] takes what it expects out of a
//! table. All three collect faults and go on; what a slip leaves unclear is read as it was most likely meant, so that
//! it is not reported a second time by those who use the tree.

mod bytes;
mod convert;
mod duplicates;
mod errors;
mod insert;
mod reader;
mod recover;
#[cfg(test)]
mod tests;

pub use bytes::load;
pub use insert::{Change, Pending, Spot, add, pending};
pub use reader::{Reader, wrong_type};

use super::literal::{Located, look_alikes};
use crate::diag::{Diagnostics, Text};
use crate::hanzi::meant;
use crate::number::Date;
use crate::source::{FileId, Sources, Span};
use crate::text;

/// A table, its entries in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The entries; no two have the same key.
    pub entries: Vec<Entry>,
    /// Its head `[report]`, an inline table's braces, or the start of the file.
    pub span: Span,
}

impl Table {
    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.text() == key)
    }

    /// Reports what looks like hanzi and is none in all keys and texts.
    fn look_alikes(&self, diags: &mut Diagnostics) {
        for entry in &self.entries {
            diags.extend(look_alikes(&entry.key));
            entry.value.look_alikes(diags);
        }
    }
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key; of a dotted key the part that names the value.
    pub key: Located,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands: the literal, or from bracket to bracket; for a table with a head, the head.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string.
    String(Located),
    /// A whole number as it is written: sign, `_` and `0x` and all.
    Integer(String),
    /// A decimal, exponential, `inf` or `nan` as it is written.
    Float(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A time, or a day with a time, as it is written.
    DateTime(String),
    /// An array; `[[section]]` makes one of tables.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

impl Value {
    fn look_alikes(&self, diags: &mut Diagnostics) {
        match &self.kind {
            ValueKind::String(text) => diags.extend(look_alikes(text)),
            ValueKind::Array(items) => items.iter().for_each(|item| item.look_alikes(diags)),
            ValueKind::Table(table) => table.look_alikes(diags),
            ValueKind::Integer(_)
            | ValueKind::Float(_)
            | ValueKind::Boolean(_)
            | ValueKind::Date(_)
            | ValueKind::DateTime(_) => {}
        }
    }

    /// The string, if it is one.
    pub fn as_string(&self) -> Option<&Located> {
        if let ValueKind::String(text) = &self.kind { Some(text) } else { None }
    }

    /// The digits, as they are written, if it is a number.
    pub fn as_number(&self) -> Option<&str> {
        if let ValueKind::Integer(digits) | ValueKind::Float(digits) = &self.kind { Some(digits) } else { None }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        if let ValueKind::Array(items) = &self.kind { Some(items) } else { None }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        if let ValueKind::Table(table) = &self.kind { Some(table) } else { None }
    }

    /// The table, if it is one, to be changed.
    pub fn as_table_mut(&mut self) -> Option<&mut Table> {
        if let ValueKind::Table(table) = &mut self.kind { Some(table) } else { None }
    }

    /// Whether it is an array that holds a table, as `[[section]]` makes them.
    pub fn is_tables(&self) -> bool {
        self.as_array().is_some_and(|items| items.iter().any(|item| item.as_table().is_some()))
    }

    /// What it is, for messages: 一段文字, a whole number.
    pub fn describe(&self) -> Text {
        match &self.kind {
            ValueKind::String(_) => text!("文字", "text"),
            ValueKind::Integer(_) => text!("整数", "a whole number"),
            ValueKind::Float(_) => text!("小数", "a decimal"),
            ValueKind::Boolean(_) => text!("true 或 false", "true or false"),
            ValueKind::Date(_) => text!("日期", "a date"),
            ValueKind::DateTime(_) => text!("时刻", "a time"),
            ValueKind::Array(_) if self.is_tables() => text!("若干个表", "several tables"),
            ValueKind::Array(_) => text!("数组", "an array"),
            ValueKind::Table(_) => text!("表", "a table"),
        }
    }
}

/// Reads the file as TOML 1.1, as far as it can be read, and reports every fault of its syntax.
pub fn read(file: FileId, sources: &Sources, diags: &mut Diagnostics) -> Table {
    let text = sources.file(file).text();
    let table = recover::read(file, text, diags);
    // An escape may stand for any character.
    if text.chars().any(|c| c == '\\' || meant(c).is_some()) {
        table.look_alikes(diags);
    }
    table
}

/// `text` as messages name it: the first words of a long one.
fn named(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}
