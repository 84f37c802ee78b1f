//! Sections that `when` leaves out, and the figures that expressions want and no text asks for.

use std::collections::BTreeSet;

use super::Work;
use super::missing::{Missing, Shape};
use super::named::Named;
use super::pending;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::{Options, Scope as Whose, Verdict};
use crate::ledger::{Found, Ledger, unit_mix};
use crate::manifest::{Given, Manifest, key_literal};
use crate::placeholder::Scope;
use crate::text;

/// Which sections are left out. One whose condition could not be judged stays.
pub(super) fn sections(manifest: &Manifest, ledger: &Ledger<'_>, diags: &mut Diagnostics) -> Vec<bool> {
    let mut left_out = Vec::with_capacity(manifest.sections.len());
    for (number, section) in manifest.sections.iter().enumerate() {
        let Some(when) = &section.when else {
            left_out.push(false);
            continue;
        };
        let outcome = when.parsed.judge(&ledger.env(Scope::Section(number)), &Options::default());
        diags.extend(outcome.mixes.iter().map(|mix| unit_mix(&when.text, mix)));
        left_out.push(outcome.result.truth() == Some(false));
        if let Verdict::Undefined(fault) = outcome.result {
            let diagnostic = Diagnostic::new(Code::RuleUndefined, fault.message).at(when.text.span(fault.range));
            diags.push(fault.help.into_iter().fold(diagnostic, Diagnostic::help));
        }
    }
    left_out
}

impl Work<'_, '_> {
    /// Whether a text belongs to a section that is left out.
    pub(super) fn is_left_out(&self, text: usize) -> bool {
        self.texts[text].field.part.section().is_some_and(|section| self.left_out[section])
    }
}

/// Reports figures without a value that only expressions want (`missing-figure`), and returns them.
pub(super) fn unasked(work: &Work<'_, '_>, named: &Named, diags: &mut Diagnostics) -> Vec<Missing> {
    let places = || {
        let placed = work.claims.filled.iter().map(|place| (place.passage, place.key));
        placed.chain(named.figures().map(|(text, _, figure)| (text, figure)))
    };
    let asked: BTreeSet<usize> = places().map(|(_, figure)| figure).collect();
    let seen: BTreeSet<usize> =
        places().filter(|&(text, _)| !work.is_left_out(text)).map(|(_, figure)| figure).collect();
    let mut missing: BTreeSet<usize> = work.ledger.unasked(&asked).into_iter().collect();
    let mut found = Vec::new();
    // What a condition reads must have a value, though the text that asks for it be left out.
    let manifest = work.manifest;
    for (number, when) in manifest.sections.iter().enumerate().filter_map(|(n, s)| Some((n, s.when.as_ref()?))) {
        let scope = Scope::Section(number);
        for reference in when.parsed.references().iter().filter(|reference| reference.scope == Whose::Own) {
            match work.ledger.meaning(scope, &reference.key) {
                Some(&Found::Figure(figure)) => {
                    if work.ledger.value(figure).value == Given::Missing && !seen.contains(&figure) {
                        missing.insert(figure);
                    }
                }
                Some(Found::Open(scopes)) => {
                    let gone = |scope: &Scope| matches!(scope, Scope::Section(section) if work.left_out[*section]);
                    if scopes.iter().all(gone) {
                        let key = &reference.key;
                        let line = format!("{} = \"\"", key_literal(key));
                        let span = when.text.span(reference.range.clone());
                        found.push(Missing {
                            key: key.clone(),
                            scope: Scope::Report,
                            section: None,
                            figure: None,
                            shape: Shape::One,
                            unnamed: false,
                            kind: None,
                            span,
                            value_span: span,
                            places: Vec::new(),
                        });
                        diags.push(
                            Diagnostic::new(Code::MissingFigure, text!("“{key}”没有填数", "no figure for `{key}`"))
                                .at(span)
                                .help(manifest.owner.asks(key, "\"\"").unwrap_or_else(|| {
                                    text!("在 [figures] 下加一行：{line}", "add under [figures]: {line}")
                                })),
                        );
                    }
                }
                Some(Found::Several(_) | Found::Unknown) | None => {}
            }
        }
    }
    for &index in &missing {
        let figure = &work.manifest.figures[index];
        let span = work.ledger.reader(index).map_or(figure.value.span, |reader| reader.span);
        let holes = work.keys[index].phrase.hole_count();
        let shape = if holes > 1 { Shape::Several(holes) } else { Shape::One };
        found.push(work.missing(index, shape, span));
        diags.push(pending::fault(manifest, figure, &work.keys[index], span));
    }
    found
}

/// Whether a figure is worked out from the values of last time.
fn reads_last(manifest: &Manifest, figure: usize) -> bool {
    let declaration = manifest.figures[figure].declaration.as_ref();
    let formula = declaration.and_then(|declaration| declaration.compute.as_ref());
    formula.is_some_and(|formula| formula.parsed.references().iter().any(|reference| reference.scope == Whose::Last))
}

/// Warns of each default that stands in the report (`default-used`).
pub(super) fn defaults(work: &Work<'_, '_>, named: &Named, diags: &mut Diagnostics) {
    let placed = work.claims.filled.iter().map(|place| (place.passage, place.holes.start, place.key));
    let mut told = BTreeSet::new();
    for (text, hole, figure) in placed.chain(named.figures()) {
        if !work.ledger.is_default(figure) || work.is_left_out(text) || !told.insert(figure) {
            continue;
        }
        let read = &work.texts[text];
        let key = &work.manifest.figures[figure].key;
        let name = key.text();
        let given = work.manifest.figures[figure].value.span;
        let inherited = !work.manifest.owner.owns(key.whole()) && work.manifest.owner.owns(given);
        let is_computed =
            work.manifest.figures[figure].declaration.as_ref().is_some_and(|declared| declared.compute.is_some());
        let picks_towns = work.manifest.towns.is_some();
        let (message, help) = if is_computed && picks_towns && !reads_last(work.manifest, figure) {
            (
                text!(
                    "没有一个镇符合“{name}”的条件，用了默认值",
                    "no town meets the condition of `{name}`; its default is used"
                ),
                text!("确认这句话读得通", "make sure that the sentence reads well with it"),
            )
        } else if is_computed {
            (
                text!(
                    "“{name}”没有上期的数可比，用了默认值",
                    "`{name}` has nothing of last time to compare with; its default is used"
                ),
                text!("上期有这个数，就补到上期的文件里", "if there is such a figure, add it to last period's file"),
            )
        } else {
            (
                text!("“{name}”没有填，用了默认值", "`{name}` is not filled in; its default is used"),
                text!("确认这个数；认可就写成 value", "confirm it; where it is right, write it as value"),
            )
        };
        diags.push(
            Diagnostic::new(Code::DefaultUsed, message)
                .at(if inherited { given } else { key.whole() })
                .label(work.ledger.value(figure).span, text!("默认值", "the default"))
                .label(read.field.text.span(read.scan.holes[hole].range.clone()), text!("填在这里", "filled here"))
                .help(help),
        );
    }
}
