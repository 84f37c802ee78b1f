//! Holes that name their figure: `X{town}`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Filled, Replacement, Work, offer::Open, reaches, value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::{Figure, Given};
use crate::placeholder::{Kind, Scope};
use crate::text;

/// Which figure each named hole takes.
pub(super) struct Named {
    /// (text, hole, figure); the figure is none where none has the name.
    places: Vec<(usize, usize, Option<usize>)>,
    used: BTreeSet<usize>,
}

/// Finds the figures of all named holes: a key without a hole is a name, and so is an `id`. The section's own
/// figure comes before the report's.
pub(super) fn places(work: &Work<'_, '_>, diags: &mut Diagnostics) -> Named {
    let mut by_name: BTreeMap<(&str, Scope), usize> = BTreeMap::new();
    for (index, (figure, key)) in work.figures.iter().zip(work.keys).enumerate() {
        let key_name = key.scan.holes.is_empty().then(|| figure.phrase());
        for name in key_name.into_iter().chain(figure.id.as_ref().map(|id| id.text())) {
            let first = *by_name.entry((name, figure.scope)).or_insert(index);
            if first != index && figure.id.is_some() {
                diags.push(same_name(name, figure, &work.figures[first]));
            }
        }
    }
    let mut places = Vec::new();
    let mut used = BTreeSet::new();
    for (index, text) in work.texts.iter().enumerate() {
        let scope = text.field.scope();
        for (hole, placeholder) in text.scan.holes.iter().enumerate() {
            if let Kind::Named(name) = &placeholder.kind {
                let figure =
                    [scope, Scope::Report].iter().find_map(|&scope| by_name.get(&(name.as_str(), scope)).copied());
                debug_assert!(figure.is_none_or(|figure| reaches(work.figures[figure].scope, scope)));
                used.extend(figure);
                places.push((index, hole, figure));
            }
        }
    }
    Named { places, used }
}

/// Two figures of one name, of which `X{name}` could take only the first.
fn same_name(name: &str, figure: &Figure, first: &Figure) -> Diagnostic {
    let place = |figure: &Figure| figure.id.as_ref().unwrap_or(&figure.key).whole();
    Diagnostic::new(Code::DuplicateFigure, text!("“{name}”这个名字用了两次", "the name `{name}` is used twice"))
        .at(place(figure))
        .label(place(first), text!("第一次在这里", "first used here"))
}

impl Named {
    /// Whether a named hole takes the figure.
    pub(super) fn uses(&self, figure: usize) -> bool {
        self.used.contains(&figure)
    }

    /// Fills them: the value as it is, since no word beside the hole belongs to it.
    pub(super) fn fill(
        &self,
        work: &Work<'_, '_>,
        fields: &mut [Filled<'_>],
        open: &mut Open,
        diags: &mut Diagnostics,
    ) {
        for &(text, hole, figure) in &self.places {
            let Some(index) = figure else { continue };
            let figure = &work.figures[index];
            if figure.value.value == Given::Missing {
                open.pending(text, hole..hole + 1, index);
                continue;
            }
            open.fill(text, hole..hole + 1);
            if let Some(printed) = value::whole(figure, diags) {
                let range = work.texts[text].scan.holes[hole].range.clone();
                fields[text].replacements.push(Replacement { range, text: printed, gap: false, figure: Some(index) });
            }
        }
    }
}
