//! Holes that name their figure: `X{town}`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Filled, Replacement, Work, offer::Open, reaches, value};
use crate::diag::Diagnostics;
use crate::manifest::Given;
use crate::placeholder::{Kind, Scope};

/// Which figure each named hole takes.
pub(super) struct Named {
    /// (text, hole, figure); the figure is none where none has the name.
    places: Vec<(usize, usize, Option<usize>)>,
    used: BTreeSet<usize>,
}

/// Finds the figures of all named holes: a key without a hole is a name, and so is an `id`. The section's own
/// figure comes before the report's.
pub(super) fn places(work: &Work<'_, '_>) -> Named {
    let mut by_name: BTreeMap<(&str, Scope), usize> = BTreeMap::new();
    for (index, (figure, key)) in work.figures.iter().zip(work.keys).enumerate() {
        let key_name = key.scan.holes.is_empty().then(|| figure.phrase());
        for name in key_name.into_iter().chain(figure.id.as_ref().map(|id| id.text())) {
            by_name.entry((name, figure.scope)).or_insert(index);
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
