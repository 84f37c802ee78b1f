//! Tables as pairs of a key and its value in words.

use std::collections::BTreeMap;

use super::KeyChange;
use crate::manifest::raw::{Entry, Table, Value, ValueKind};

/// A value in words: names joined by 、, tables by their keys.
pub(super) fn words(value: &Value) -> String {
    match &value.kind {
        ValueKind::String(text) => text.text().to_owned(),
        ValueKind::Integer(digits) | ValueKind::Float(digits) | ValueKind::DateTime(digits) => digits.clone(),
        ValueKind::Boolean(value) => value.to_string(),
        ValueKind::Date(date) => date.to_string(),
        ValueKind::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("、"),
        ValueKind::Table(table) => {
            let entry = |Entry { key, value }: &Entry| format!("{} = {}", key.text(), words(value));
            table.entries.iter().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The entries of a table but those called `but`, in words.
pub(super) fn entries(table: &Table, but: &[&str]) -> BTreeMap<String, String> {
    let own = table.entries.iter().filter(|entry| !but.contains(&entry.key.text()));
    own.map(|Entry { key, value }| (key.text().to_owned(), words(value))).collect()
}

/// The keys whose values are not the same, in the order of their names.
pub(super) fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<KeyChange> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let changed = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    changed
        .map(|name| KeyChange { key: name.clone(), old: old.get(name).cloned(), new: new.get(name).cloned() })
        .collect()
}

/// The tables of the array `name`.
pub(super) fn tables<'t>(table: &'t Table, name: &str) -> Vec<&'t Table> {
    let items = table.get(name).and_then(|entry| entry.value.as_array());
    items.into_iter().flatten().filter_map(Value::as_table).collect()
}

/// The string `name`.
pub(super) fn string<'t>(table: &'t Table, name: &str) -> Option<&'t str> {
    Some(table.get(name)?.value.as_string()?.text().trim()).filter(|text| !text.is_empty())
}
