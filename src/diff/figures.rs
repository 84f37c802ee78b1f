//! The figures: those that a template declares, and the holes for which it declares none.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{changes, entries, tables, words};
use super::{Change, Fate, KeyChange, Subject};
use crate::diag::Diagnostics;
use crate::fill::fill;
use crate::manifest::Manifest;
use crate::manifest::inherit::Layers;
use crate::manifest::raw::Table;
use crate::placeholder::{Literals, Phrase, scan};
use crate::source::Span;

/// How alike two keys are of which one may be the other's new name.
const ALIKE: f64 = 0.6;
/// Keys over so many are not looked through for new names.
const MOST: usize = 400;

/// A figure of one version.
struct Own {
    /// Its section, if it belongs to one that has an `id`.
    section: Option<String>,
    key: String,
    /// The key with each run of X as one.
    phrase: String,
    id: Option<String>,
    /// Whether the template has a line for it; else it is a hole, and its key as short as one is offered.
    is_declared: bool,
    /// What is said of it.
    said: BTreeMap<String, String>,
    span: Span,
}

impl Own {
    fn address(&self) -> String {
        self.section.as_ref().map_or_else(|| self.key.clone(), |section| format!("{section}>{}", self.key))
    }
}

/// Compares the figures of two versions.
pub(super) fn compare(old: &Layers, new: &Layers) -> Vec<Change> {
    let (old, new) = (all(old), all(new));
    let partner = pair(&old, &new);
    let mut found = Vec::new();
    let change =
        |fate, own: &Own, keys| Change { subject: Subject::Figure, fate, name: own.address(), keys, span: own.span };
    for (own, before) in new.iter().zip(&partner) {
        let Some(before) = before.map(|before| &old[before]) else {
            found.push(change(Fate::Added, own, changes(&BTreeMap::new(), &own.said)));
            continue;
        };
        let keys = changes(&before.said, &own.said);
        let is_same = before.section == own.section && before.phrase == own.phrase;
        if is_hole_of(before, own) || is_hole_of(own, before) {
            let named = if own.is_declared { own } else { before };
            let keys = if keys.is_empty() { vec![declared_or_not(own)] } else { keys };
            found.push(Change { name: named.address(), ..change(Fate::Changed, own, keys) });
        } else if !is_same {
            found.push(change(Fate::Renamed(before.address()), own, keys));
        } else if !keys.is_empty() {
            found.push(change(Fate::Changed, own, keys));
        }
    }
    let kept: BTreeSet<usize> = partner.into_iter().flatten().collect();
    let dropped = old.iter().enumerate().filter(|(number, _)| !kept.contains(number));
    found.extend(dropped.map(|(_, own)| change(Fate::Dropped, own, changes(&own.said, &BTreeMap::new()))));
    found
}

/// Whether `hole` is where the figure `own` of the other version stands, which has a line for it.
fn is_hole_of(hole: &Own, own: &Own) -> bool {
    !hole.is_declared && own.is_declared && own.phrase.contains(hole.phrase.as_str())
}

/// That there is a line for a figure now, or no longer.
fn declared_or_not(own: &Own) -> KeyChange {
    let line = Some(own.key.clone());
    let (old, new) = if own.is_declared { (None, line) } else { (line, None) };
    KeyChange { key: "[figures]".into(), old, new }
}

/// The figures of a version, as they are asked for.
fn all(layers: &Layers) -> Vec<Own> {
    let read = layers.clone().into_manifest(&mut Diagnostics::new());
    let nothing = Literals::default();
    let literals = read.as_ref().map_or(&nothing, |manifest| &manifest.literals);
    let mut found = Vec::new();
    let figures = |table: &Table| table.get("figures").and_then(|entry| entry.value.as_table()).cloned();
    found.extend(figures(&layers.table).iter().flat_map(|table| declared(table, None, literals)));
    for section in tables(&layers.table, "section") {
        let id = section.get("id").and_then(|id| id.value.as_string()).map(|id| id.text());
        found.extend(figures(section).iter().flat_map(|table| declared(table, id, literals)));
    }
    found.extend(read.iter().flat_map(|manifest| holes(manifest, literals)));
    found
}

fn declared(table: &Table, section: Option<&str>, literals: &Literals) -> Vec<Own> {
    let own = table.entries.iter().map(|entry| {
        let said = match entry.value.as_table() {
            Some(declaration) => entries(declaration, &[]),
            None => [("value".to_owned(), words(&entry.value))].into(),
        };
        let key = entry.key.text().to_owned();
        let phrase = Phrase::new(&key, &scan(&key, literals)).text().to_owned();
        let (section, id) = (section.map(str::to_owned), said.get("id").cloned());
        Own { section, phrase, key, id, is_declared: true, said, span: entry.key.whole() }
    });
    own.collect()
}

/// The holes without a figure, by the keys that are offered for them.
fn holes(manifest: &Manifest, literals: &Literals) -> Vec<Own> {
    let filled = fill(manifest, &mut Diagnostics::new());
    let open = filled.missing.iter().filter(|missing| missing.figure.is_none());
    open.map(|missing| Own {
        section: missing.section.clone(),
        key: missing.key.clone(),
        phrase: Phrase::new(&missing.key, &scan(&missing.key, literals)).text().to_owned(),
        id: None,
        is_declared: false,
        said: BTreeMap::new(),
        span: missing.span,
    })
    .collect()
}

/// Which old figure each new one is: by section and key, by `id`, by key alone, else by the likest key that is left.
fn pair(old: &[Own], new: &[Own]) -> Vec<Option<usize>> {
    type Name<'a> = (Option<&'a str>, &'a str);
    let ways: [fn(&Own) -> Option<Name<'_>>; 3] = [
        |own| Some((Some(own.section.as_deref().unwrap_or_default()), &own.phrase)),
        |own| Some((None, own.id.as_deref()?)),
        |own| Some((None, &own.phrase)),
    ];
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut left: BTreeSet<usize> = (0..old.len()).collect();
    for way in ways {
        let mut by_name: BTreeMap<Name<'_>, usize> = BTreeMap::new();
        for &number in left.iter().rev() {
            by_name.extend(way(&old[number]).map(|name| (name, number)));
        }
        for (own, partner) in new.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
            *partner = way(own).and_then(|name| by_name.remove(&name));
            if let Some(number) = partner {
                left.remove(number);
            }
        }
    }
    let open: Vec<usize> = (0..new.len()).filter(|&number| partner[number].is_none()).collect();
    if open.len() > MOST || left.len() > MOST {
        return partner;
    }
    let likeness = |a: &Own, b: &Own| strsim::normalized_damerau_levenshtein(&a.phrase, &b.phrase);
    let mut likest: Vec<(f64, usize, usize)> = open
        .iter()
        .flat_map(|&number| left.iter().map(move |&before| (number, before)))
        .map(|(number, before)| (likeness(&old[before], &new[number]), number, before))
        .filter(|(likeness, ..)| *likeness >= ALIKE)
        .collect();
    likest.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, number, before) in likest {
        if partner[number].is_none() && left.remove(&before) {
            partner[number] = Some(before);
        }
    }
    partner
}
