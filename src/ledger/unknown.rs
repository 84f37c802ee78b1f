//! Keys of expressions that no figure has.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::index::{Found, Sought};
use super::reading::Reading;
use super::{Draft, Ledger};
use crate::diag::near;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::{Reference, Scope as Whose};
use crate::manifest::TownValues;
use crate::placeholder::{HOLE, Kind, Occurrence, Scope};
use crate::text;

/// So many unknown keys are compared with the figures for a did-you-mean.
const MOST_COMPARED: usize = 20;
/// How alike (0 to 1, Damerau-Levenshtein) a key must be to be offered.
const ALIKE: f64 = 0.6;

/// What the keys that no figure has mean by the texts: the figure that fills the holes of the phrase under a key of its
/// own, or holes for which no figure stands yet.
pub(super) fn in_texts<'a>(
    sought: BTreeMap<(Scope, &'a str), Sought>,
    draft: &Draft<'_, '_>,
) -> Vec<((Scope, &'a str), Found)> {
    if sought.is_empty() {
        return Vec::new();
    }
    let phrases: Vec<&str> = sought.values().map(|sought| sought.phrase.as_str()).collect();
    let mut places: Vec<BTreeSet<Place>> = vec![BTreeSet::new(); phrases.len()];
    let owners: BTreeMap<(usize, usize), &Occurrence> = draft
        .claims
        .filled
        .iter()
        .flat_map(|place| place.holes.clone().map(move |hole| ((place.passage, hole), place)))
        .collect();
    // Too many keys for an automaton would be gigabytes of them; then none is found.
    // The other kind, which few keys would get by default, takes time in the square of a key's length to build.
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&phrases).ok();
    for (passage, text) in draft.texts.iter().enumerate() {
        let scope = text.field.scope();
        let holes: Vec<(usize, usize)> =
            (0..text.scan.holes.len()).filter_map(|hole| Some((text.phrase.hole(hole)?, hole))).collect();
        for found in automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text.phrase.text())) {
            let first = holes.partition_point(|&(at, _)| at < found.start());
            let end = holes.partition_point(|&(at, _)| at < found.end());
            let (Some(&(_, start)), Some(&(_, last))) = (holes.get(first), holes[..end].last()) else { continue };
            let filled = match owners.get(&(passage, start)) {
                None if (start..=last).all(|hole| !owners.contains_key(&(passage, hole))) => Filled::Open,
                Some(place) if place.holes == (start..last + 1) => Filled::By(place.key),
                Some(_) | None => Filled::Partly,
            };
            places[found.pattern().as_usize()].insert((scope, filled));
        }
    }
    let mut names: BTreeMap<&str, BTreeSet<Place>> = BTreeMap::new();
    for text in draft.texts {
        for hole in &text.scan.holes {
            if let Kind::Named(name) = &hole.kind {
                names.entry(name).or_default().insert((text.field.scope(), Filled::Open));
            }
        }
    }
    let found = sought.into_iter().zip(places).map(|((key, sought), places)| {
        let places =
            if sought.is_name { names.get(sought.phrase.as_str()).cloned().unwrap_or_default() } else { places };
        (key, meant(&places, key.0, sought.section))
    });
    found.collect()
}

/// A place where a phrase stands.
type Place = (Scope, Filled);

/// What fills the holes of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Filled {
    /// No figure yet.
    Open,
    /// This figure fills these holes and no other.
    By(usize),
    /// Figures with more holes, or with some of these.
    Partly,
}

/// What a phrase that stands at `places` means in an expression of `scope`: of several places those of its own section.
fn meant(places: &BTreeSet<Place>, scope: Scope, section: Option<usize>) -> Found {
    let own = section.map_or(scope, Scope::Section);
    let near: Vec<Place> = places.iter().copied().filter(|(scope, _)| *scope == own).collect();
    let places = if near.is_empty() && section.is_none() { places.iter().copied().collect() } else { near };
    let figures: BTreeSet<usize> = places
        .iter()
        .filter_map(|(_, filled)| if let Filled::By(figure) = filled { Some(*figure) } else { None })
        .collect();
    let open: Vec<Scope> =
        places.iter().filter(|(_, filled)| *filled == Filled::Open).map(|(scope, _)| *scope).collect();
    match (figures.into_iter().collect::<Vec<_>>().as_slice(), open) {
        ([], open) if open.is_empty() => Found::Unknown,
        ([figure], open) if open.is_empty() => Found::Figure(*figure),
        (figures, open) if open.is_empty() => Found::Several(figures.to_vec()),
        (_, open) => Found::Open(open),
    }
}

impl<'a> Ledger<'a> {
    /// Reports every key that means nothing, or several figures (`rule-undefined`).
    pub(super) fn report_unknown(&self, readings: &[Reading<'a>], diags: &mut Diagnostics) {
        let mut compared = 0;
        for reading in readings {
            for reference in reading.references {
                let fault = || {
                    let span = reading.text.span(reference.range.clone());
                    Diagnostic::new(Code::RuleUndefined, reference.unknown()).at(span)
                };
                if let (Whose::Towns, Some(towns)) = (reference.scope, &self.manifest.towns) {
                    if towns.column(&reference.key).is_none() {
                        diags.push(no_column(fault(), &reference.key, towns));
                    }
                    continue;
                }
                match reference.scope {
                    Whose::Own => {}
                    // What is missing of last time has been told.
                    Whose::Last => continue,
                    Whose::Towns => {
                        diags.push(fault().help(text!(
                            "这一份报告里没有各镇的数，去掉 towns.；汇总各镇用 report-gen rollup",
                            "a report has no towns: leave out towns., or roll up with `report-gen rollup`"
                        )));
                        continue;
                    }
                }
                match self.meaning(reading.scope, &reference.key) {
                    Some(Found::Several(figures)) => diags.push(self.several(reading, reference, figures)),
                    Some(Found::Unknown) => {
                        compared += 1;
                        let near = (compared <= MOST_COMPARED).then(|| self.nearest(&reference.key)).flatten();
                        diags.push(suggest(fault(), reading, reference, near));
                    }
                    Some(Found::Figure(_) | Found::Open(_)) | None => {}
                }
            }
        }
    }

    fn several(&self, reading: &Reading<'_>, reference: &Reference, figures: &[usize]) -> Diagnostic {
        let key = &reference.key;
        let message = text!("好几节都有“{key}”，分不清是哪一个", "several sections have `{key}`; which one is meant?");
        let fault = Diagnostic::new(Code::RuleUndefined, message).at(reading.text.span(reference.range.clone()));
        let fault = figures
            .iter()
            .fold(fault, |fault, &figure| fault.label(self.figure(figure).key.whole(), text!("其一", "one")));
        let ids = figures.iter().filter_map(|&figure| match self.figure(figure).scope {
            Scope::Section(section) => self.manifest.sections[section].id.as_ref(),
            Scope::Report => None,
        });
        let addresses: Vec<String> = ids.map(|id| format!("\"{}>{key}\"", id.text())).collect();
        let (zh, en) = (addresses.join(" 或 "), addresses.join(" or "));
        fault.help(if addresses.is_empty() {
            text!(
                "给那一节写上 id = \"…\"，这里写成 \"id>{key}\"",
                "give the section an id = \"…\", and write \"id>{key}\" here"
            )
        } else {
            text!("写明是哪一节的：{zh}", "name the section: {en}")
        })
    }

    /// The figure's key that is most like `key`.
    fn nearest(&self, key: &str) -> Option<&'a str> {
        let alike = |other: &'a str| (near::likeness(key, other), other);
        let figures = self.manifest.figures.iter();
        let names = figures.flat_map(|figure| [Some(figure.key.text()), figure.id.as_ref().map(|id| id.text())]);
        names
            .flatten()
            .map(alike)
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .map(|(_, other)| other)
    }
}

/// A key of the towns that no column of their tables has.
fn no_column(fault: Diagnostic, key: &str, towns: &TownValues) -> Diagnostic {
    let heads = towns.heads().map(|head| head.replace(HOLE, "X"));
    let alike = heads.map(|head| (near::likeness(key, &head), head));
    let near = alike.filter(|(likeness, _)| *likeness >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, head)) => {
            fault.help(text!("各镇的数里有“{head}”，是不是它？", "the towns' values have `{head}`; is it that?"))
        }
        None => fault.help(text!("各镇的数里没有这一列", "the towns' values have no such column")),
    }
}

fn suggest(fault: Diagnostic, reading: &Reading<'_>, reference: &Reference, near: Option<&str>) -> Diagnostic {
    let Some(near) = near else {
        return fault.help(text!(
            "照抄 [figures] 里的指标名，连同 X",
            "copy the figure's key as it stands under [figures], with its X"
        ));
    };
    let help = text!("是不是“{near}”？", "did you mean `{near}`?");
    let quoted = format!("\"{}\"", near.replace('"', "\"\""));
    match reading.text.edit(reference.range.clone(), &quoted) {
        Some(edit) => fault.fix(help, vec![edit]),
        None => fault.help(help),
    }
}
