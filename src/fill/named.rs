//! Holes that name their figure: `X{town}`.

use std::collections::BTreeSet;

use super::{Filled, Read, Replacement, Work, name, offer::Open, value};
use crate::diag::Diagnostics;
use crate::ledger::Index;
use crate::manifest::Given;
use crate::placeholder::Kind;

/// Which figure each named hole takes.
pub(super) struct Named {
    /// (text, hole, figure); the figure is none where none has the name.
    places: Vec<(usize, usize, Option<usize>)>,
    used: BTreeSet<usize>,
}

/// Finds the figures of all named holes: a key without a hole is a name, and so is an `id`. The section's own
/// figure comes before the report's.
pub(super) fn places(texts: &[Read<'_>], figures: &Index<'_>) -> Named {
    let mut places = Vec::new();
    let mut used = BTreeSet::new();
    for (index, text) in texts.iter().enumerate() {
        for (hole, placeholder) in text.scan.holes.iter().enumerate() {
            if let Kind::Named(name) = &placeholder.kind {
                let figure = figures.named(name, text.field.scope());
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

    /// The figures that named holes take, with the text and the hole.
    pub(super) fn figures(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        self.places.iter().filter_map(|&(text, hole, figure)| Some((text, hole, figure?)))
    }

    /// Fills them: the value as it is, but for a word of a place or an office that it brings and the text has.
    pub(super) fn fill(
        &self,
        work: &Work<'_, '_>,
        fields: &mut [Filled<'_>],
        open: &mut Open,
        diags: &mut Diagnostics,
    ) {
        for &(text, hole, figure) in &self.places {
            let Some(index) = figure else { continue };
            if work.ledger.value(index).value == Given::Missing {
                open.pending(text, hole..hole + 1, index);
                continue;
            }
            open.wait(text, hole..hole + 1);
            if value::none_picked(work, text, index, diags) {
                continue;
            }
            if let Some(printed) = value::whole(work, index, diags) {
                open.fill(text, hole..hole + 1);
                let range = &work.texts[text].scan.holes[hole].range;
                let printed = if let Given::Text(written) = &work.ledger.value(index).value {
                    let joined = name::join(work.texts[text].field.text.text(), range, &printed, "", written, diags);
                    joined.map(|joined| name::replacements(range, joined, index)).unwrap_or_default()
                } else {
                    vec![Replacement { range: range.clone(), text: printed, gap: None, figure: Some(index) }]
                };
                fields[text].replacements.extend(printed);
            }
        }
    }
}
