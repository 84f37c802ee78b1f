//! Keys by their path, and rules.

use std::collections::BTreeMap;

use super::tables::{changes, entries, string, tables, words};
use super::{Change, Fate, KeyChange, Subject};
use crate::manifest::inherit::Layers;
use crate::manifest::raw::{Table, Value};
use crate::source::Span;

/// What is compared elsewhere.
const ELSEWHERE: [&str; 3] = ["section", "figures", "rule"];

/// All keys but those of sections, figures and rules.
pub(super) fn keys(old: &Table, new: &Table) -> Vec<Change> {
    let (old, new) = (paths(old), paths(new));
    let fates = new.iter().map(|(path, (value, span))| match old.get(path) {
        Some((was, _)) if was == value => None,
        Some((was, _)) => Some((Fate::Changed, path, Some(was), Some(value), *span)),
        None => Some((Fate::Added, path, None, Some(value), *span)),
    });
    let dropped = old.iter().filter(|(path, _)| !new.contains_key(*path));
    let dropped = dropped.map(|(path, (was, span))| Some((Fate::Dropped, path, Some(was), None, *span)));
    let change = |(fate, path, was, value, span): (Fate, &String, Option<&String>, Option<&String>, Span)| {
        let key = path.rsplit('.').next().unwrap_or(path).to_owned();
        let keys = vec![KeyChange { key, old: was.cloned(), new: value.cloned() }];
        Change { subject: Subject::Key, fate, name: path.clone(), keys, span }
    };
    fates.chain(dropped).flatten().map(change).collect()
}

/// Which version of the program is asked for; the name and version of a template are told besides.
pub(super) fn requires(old: &Layers, new: &Layers) -> Option<Change> {
    let of = |layers: &Layers| Some(layers.template.as_ref()?.requires.as_ref()?.text().trim().to_owned());
    let (was, is) = (of(old), of(new));
    let fate = match (&was, &is) {
        (was, is) if was == is => return None,
        (None, _) => Fate::Added,
        (_, None) => Fate::Dropped,
        (Some(_), Some(_)) => Fate::Changed,
    };
    let span = if is.is_some() { new.template.as_ref()?.span } else { old.template.as_ref()?.span };
    let keys = vec![KeyChange { key: "requires".into(), old: was, new: is }];
    Some(Change { subject: Subject::Key, fate, name: "template.requires".into(), keys, span })
}

/// The values of all tables by the path of their keys.
fn paths(table: &Table) -> BTreeMap<String, (String, Span)> {
    let mut paths = BTreeMap::new();
    for entry in table.entries.iter().filter(|entry| !ELSEWHERE.contains(&entry.key.text())) {
        put(entry.key.text().to_owned(), &entry.value, &mut paths);
    }
    paths
}

/// Tables in tables are no deeper than TOML's reader allows, 80 levels.
fn put(path: String, value: &Value, paths: &mut BTreeMap<String, (String, Span)>) {
    match value.as_table() {
        Some(table) => {
            for entry in &table.entries {
                put(format!("{path}.{}", entry.key.text()), &entry.value, paths);
            }
        }
        None => {
            paths.insert(path, (words(value), value.span));
        }
    }
}

/// The rules.
pub(super) fn rules(old: &Table, new: &Table) -> Vec<Change> {
    let (old, new) = (tables(old, "rule"), tables(new, "rule"));
    let name = |table: &&Table| string(table, "id").or(string(table, "check")).unwrap_or_default().to_owned();
    let mut before: BTreeMap<String, &Table> = old.iter().map(|table| (name(table), *table)).collect();
    let mut found = Vec::new();
    for table in &new {
        let now = entries(table, &[]);
        let called = name(table);
        let was = before.remove(&called).map(|table| entries(table, &[]));
        let keys = changes(&was.clone().unwrap_or_default(), &now);
        let fate = if was.is_some() { Fate::Changed } else { Fate::Added };
        if !keys.is_empty() {
            found.push(Change { subject: Subject::Rule, fate, name: called, keys, span: table.span });
        }
    }
    found.extend(before.into_iter().map(|(called, table)| {
        let keys = changes(&entries(table, &[]), &BTreeMap::new());
        Change { subject: Subject::Rule, fate: Fate::Dropped, name: called, keys, span: table.span }
    }));
    found
}
