//! Sections of a file over those of its template.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::literal::Located;
use crate::manifest::raw::{Entry, Reader, Table};
use crate::text;

/// The most sections of a report.
pub const MAX_SECTIONS: usize = 5_000;
/// How alike (0 to 1, Damerau-Levenshtein) an id must be to be offered.
const ALIKE: f64 = 0.5;

/// The sections of two files as one.
pub(super) struct Sections {
    pub(super) tables: Vec<Table>,
    /// What the nearer file gives in sections of its template, by their number.
    pub(super) figures: Vec<(usize, Table)>,
}

/// A section, and after which one it was put.
struct Placed {
    table: Table,
    id: Option<String>,
    after: Option<String>,
}

/// The sections of the nearer file over those of its template.
///
/// A section with an inherited `id` changes the keys that it has; `drop` takes it away. Others are added, after the
/// section that `after` names, else at the end. `None` where there are too many, which is reported.
pub(super) fn over(base: Vec<Table>, nearer: Vec<Table>, diags: &mut Diagnostics) -> Option<Sections> {
    let inherited: BTreeSet<String> = base.iter().filter_map(id).map(|id| id.text().to_owned()).collect();
    let mut placed: Vec<Placed> = base.into_iter().map(|table| Placed::new(table, None)).collect();
    let mut own_figures: BTreeMap<String, Table> = BTreeMap::new();
    let mut changed = BTreeSet::new();
    for mut table in nearer {
        let mut reader = Reader::new(&table, "[[section]]", diags);
        let after = reader.take_string("after").cloned();
        let drop = reader.take_bool("drop").filter(|drop| drop.value);
        table.entries.retain(|entry| !matches!(entry.key.text(), "after" | "drop"));
        let id = id(&table).cloned();
        // A second section of the file with the same id stays, to be told.
        let is_inherited =
            id.as_ref().is_some_and(|id| inherited.contains(id.text()) && changed.insert(id.text().to_owned()));
        if let Some(drop) = drop {
            match &id {
                Some(id) if is_inherited => placed.retain(|placed| placed.id.as_deref() != Some(id.text())),
                Some(id) => diags.push(unknown(id, &inherited)),
                None => diags.push(
                    Diagnostic::new(
                        Code::UnknownSection,
                        text!("drop 要写明是哪一节", "`drop` needs the section's id"),
                    )
                    .at(drop.span)
                    .help(text!("加上一行：id = \"…\"", "add the line: id = \"…\"")),
                ),
            }
            continue;
        }
        let mut section = Placed::new(table, after.as_ref());
        let there = placed.iter().position(|placed| is_inherited && placed.id == section.id);
        if let (Some(there), Some(id)) = (there, &section.id) {
            if let Some(figures) = section.table.get("figures").and_then(|figures| figures.value.as_table()) {
                own_figures.insert(id.clone(), figures.clone());
                section.table.entries.retain(|entry| entry.key.text() != "figures");
            }
            change(&mut placed[there].table, section.table);
            if after.is_none() {
                continue;
            }
            section = Placed { table: placed.remove(there).table, ..section };
        }
        let at = match &after {
            None => placed.len(),
            Some(after) => place_after(&placed, after).unwrap_or_else(|| {
                let ids = placed.iter().filter_map(|placed| placed.id.clone()).collect();
                diags.push(unknown(after, &ids));
                placed.len()
            }),
        };
        if placed.len() == MAX_SECTIONS {
            let message = text!("报告超过 {MAX_SECTIONS} 节", "the report has over {MAX_SECTIONS} sections");
            diags.push(Diagnostic::new(Code::LimitExceeded, message).at(section.table.span));
            return None;
        }
        placed.insert(at, section);
    }
    let numbers = placed.iter().enumerate().filter_map(|(number, placed)| Some((number, placed.id.as_deref()?)));
    let figures = numbers.filter_map(|(number, id)| Some((number, own_figures.remove(id)?))).collect();
    Some(Sections { tables: placed.into_iter().map(|placed| placed.table).collect(), figures })
}

impl Placed {
    fn new(table: Table, after: Option<&Located>) -> Self {
        let id = id(&table).map(|id| id.text().to_owned());
        Placed { table, id, after: after.map(|after| after.text().to_owned()) }
    }
}

fn id(table: &Table) -> Option<&Located> {
    table.get("id")?.value.as_string()
}

/// Behind the section `after` and those that were put there before.
fn place_after(placed: &[Placed], after: &Located) -> Option<usize> {
    let named = placed.iter().position(|placed| placed.id.as_deref() == Some(after.text()))?;
    let followers = placed[named + 1..].iter().take_while(|placed| placed.after.as_deref() == Some(after.text()));
    Some(named + 1 + followers.count())
}

/// Puts the keys of `nearer` over those of `section`.
fn change(section: &mut Table, nearer: Table) {
    section.span = nearer.span;
    for entry in nearer.entries {
        match section.entries.iter_mut().find(|there: &&mut Entry| there.key.text() == entry.key.text()) {
            Some(there) => *there = entry,
            None => section.entries.push(entry),
        }
    }
}

fn unknown(id: &Located, ids: &BTreeSet<String>) -> Diagnostic {
    let name = id.text();
    let fault = Diagnostic::new(
        Code::UnknownSection,
        text!("没有 id 是“{name}”的一节", "there is no section with the id `{name}`"),
    )
    .at(id.whole());
    let alike = |other: &String| (strsim::normalized_damerau_levenshtein(name, other), other.clone());
    let near = ids.iter().map(alike).filter(|(likeness, _)| *likeness >= ALIKE);
    if let Some((_, near)) = near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        let help = text!("是不是“{near}”？", "did you mean `{near}`?");
        return match id.edit(0..name.len(), &near) {
            Some(edit) => fault.fix(help, vec![edit]),
            None => fault.help(help),
        };
    }
    const SHOWN: usize = 12;
    let known = ids.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(" ");
    if known.is_empty() {
        fault.help(text!(
            "after 和 drop 指的是模板里写了 id 的节",
            "`after` and `drop` name sections of the template that have an id"
        ))
    } else {
        fault.help(text!("有这些：{known}", "there are: {known}"))
    }
}
