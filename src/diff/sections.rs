//! The sections, with their words.

use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};

use super::tables::{changes, entries, string, tables};
use super::{Change, Fate, KeyChange, Subject};
use crate::manifest::raw::Table;

/// Keys of a section that are compared elsewhere.
const ELSEWHERE: [&str; 1] = ["figures"];
/// How many sections on are looked at for one without a name.
const REACH: usize = 8;
/// How alike the texts of two sections are that are one: the part of their clauses that they share.
const ALIKE: f64 = 0.4;
/// Pairs of clauses over so many are not compared one by one.
const MOST: usize = 4_000_000;

/// Compares the sections of two versions.
pub(super) fn compare(old: &Table, new: &Table) -> Vec<Change> {
    let (old, new) = (tables(old, "section"), tables(new, "section"));
    let partner = pair(&old, &new);
    let mut found = Vec::new();
    for (number, table) in new.iter().enumerate() {
        let now = entries(table, &ELSEWHERE);
        let (fate, was) = match partner[number] {
            None => (Fate::Added, BTreeMap::new()),
            Some(before) => {
                let (was, is) = (name(&old, before), name(&new, number));
                let is_named = string(old[before], "heading").is_some() || string(table, "heading").is_some();
                let fate = if was == is || !is_named { Fate::Changed } else { Fate::Renamed(was) };
                (fate, entries(old[before], &ELSEWHERE))
            }
        };
        let keys = changes(&was, &now);
        if !keys.is_empty() || partner[number].is_none() {
            found.push(Change { subject: Subject::Section, fate, name: name(&new, number), keys, span: table.span });
        }
    }
    for (number, table) in old.iter().enumerate().filter(|(number, _)| !partner.contains(&Some(*number))) {
        let keys = changes(&entries(table, &ELSEWHERE), &BTreeMap::new());
        let (name, span) = (name(&old, number), table.span);
        found.push(Change { subject: Subject::Section, fate: Fate::Dropped, name, keys, span });
    }
    found.extend(moved(&old, &new, &partner));
    found
}

/// What people call a section.
fn name(sections: &[&Table], number: usize) -> String {
    let table = sections[number];
    let named = string(table, "heading").or(string(table, "id")).map(str::to_owned);
    named.unwrap_or_else(|| format!("第 {} 节", number + 1))
}

/// Which old section each new one is: by id, by heading, else by its text among those that are left, in their order.
fn pair(old: &[&Table], new: &[&Table]) -> Vec<Option<usize>> {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    for key in ["id", "heading"] {
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, table) in old.iter().enumerate().rev().filter(|(number, _)| !is_taken[*number]) {
            string(table, key).into_iter().for_each(|name| by_key.entry(name).or_default().push(number));
        }
        for (number, table) in
            new.iter().enumerate().filter(|(number, _)| partner[*number].is_none()).collect::<Vec<_>>()
        {
            let found = string(table, key).and_then(|name| by_key.get_mut(name)?.pop());
            partner[number] = found;
            found.into_iter().for_each(|found| is_taken[found] = true);
        }
    }
    let before_sets: Vec<BTreeSet<&str>> = old.iter().map(clause_set).collect();
    let mut left: Vec<usize> = (0..old.len()).filter(|number| !is_taken[*number]).collect();
    for (number, table) in new.iter().enumerate() {
        if partner[number].is_none() {
            let set = clause_set(table);
            let near = left.iter().take(REACH).position(|&before| are_alike(&before_sets[before], &set));
            partner[number] = near.map(|near| left.remove(near));
        }
    }
    partner
}

/// The clauses of a section, in whatever order.
fn clause_set<'t>(table: &&'t Table) -> BTreeSet<&'t str> {
    clauses(string(table, "text").unwrap_or_default()).into_iter().collect()
}

/// Whether two texts share enough of their clauses.
fn are_alike(old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> bool {
    // The smaller one is looked through, since the other may be met again and again.
    let (few, many) = if old.len() < new.len() { (old, new) } else { (new, old) };
    let shared = few.iter().filter(|clause| many.contains(*clause)).count();
    old == new || shared as f64 * 2.0 >= ALIKE * (old.len() + new.len()) as f64
}

/// Whether sections changed their order, those that both versions have.
fn moved(old: &[&Table], new: &[&Table], partner: &[Option<usize>]) -> Option<Change> {
    let stayed: Vec<(usize, usize)> =
        partner.iter().enumerate().filter_map(|(number, before)| Some((number, (*before)?))).collect();
    if stayed.is_sorted_by_key(|(_, before)| *before) {
        return None;
    }
    let after: Vec<String> = stayed.iter().map(|(number, _)| name(new, *number)).collect();
    let mut sorted = stayed.clone();
    sorted.sort_by_key(|(_, before)| *before);
    let before: Vec<String> = sorted.iter().map(|(_, before)| name(old, *before)).collect();
    let keys = vec![KeyChange { key: "order".into(), old: Some(before.join("、")), new: Some(after.join("、")) }];
    let span = new[stayed[0].0].span;
    Some(Change { subject: Subject::Section, fate: Fate::Changed, name: "[[section]]".into(), keys, span })
}

/// A text cut behind each mark and line end.
fn clauses(text: &str) -> Vec<&str> {
    text.split_inclusive(['，', '。', '；', '：', '！', '？', '、', '\n']).collect()
}

/// What changed between two texts, clause by clause: words that went, and words that came.
pub(super) fn words_changed(old: &str, new: &str) -> Vec<(String, String)> {
    let (old, new) = (clauses(old), clauses(new));
    if old.len().saturating_mul(new.len()) > MOST {
        return vec![(one_line(&old.concat()), one_line(&new.concat()))];
    }
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let tag = change.tag();
        if tag == ChangeTag::Equal {
            is_open = false;
            continue;
        }
        if !is_open {
            found.push(Default::default());
            is_open = true;
        }
        if let Some((went, came)) = found.last_mut() {
            let side = if tag == ChangeTag::Delete { went } else { came };
            side.push_str(change.value());
        }
    }
    found.into_iter().map(|(went, came)| (one_line(&went), one_line(&came))).collect()
}

fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}
