//! The last period: where its values come from.

use super::layers;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fill::fill;
use crate::manifest::inherit::Layers;
use crate::manifest::{self, Last, LastValues};
use crate::source::{Sources, Span};
use crate::text;
use crate::world::World;

/// What the figures of the report file `path` came to, or of one that has values alone. What is wrong with it was told in
/// its time; if it can't be read at all that is told.
pub(super) fn of_report(path: &str, world: &dyn World, sources: &mut Sources, diags: &mut Diagnostics) -> Last {
    if [".csv", ".xlsx"].iter().any(|table| path.to_ascii_lowercase().ends_with(table)) {
        let at = Span::new(sources.add(path, ""), 0..0);
        let message = text!(
            "一份报告要和上期的一份报告比，不能和数表比",
            "a report is compared with one report, not with a table"
        );
        let help = text!("各镇的数表用在 batch 和 rollup 里", "tables of the towns are for `batch` and `rollup`");
        diags.push(Diagnostic::new(Code::BadTable, message).at(at).help(help));
        return Last::Unreadable;
    }
    let mut old = Diagnostics::new();
    let layers = match layers(path, world, sources, &mut old) {
        Ok(layers) => layers,
        Err(error) => {
            let message = text!("读不了上次的报告 {path}：{error}", "cannot read the last report {path}: {error}");
            diags.push(Diagnostic::new(Code::Io, message));
            return Last::Unreadable;
        }
    };
    let mut told = old.into_sorted();
    if layers.is_some() {
        told.retain(|fault| fault.code == Code::TomlSyntax);
    }
    // What stands behind a slip is not known to be missing.
    let is_broken = !told.is_empty();
    diags.extend(told);
    match layers.filter(|_| !is_broken) {
        Some(layers) => Last::Known(values(layers)),
        None => Last::Unreadable,
    }
}

/// What the figures of a report come to, whatever is wrong with it.
pub(super) fn values(layers: Layers) -> LastValues {
    let mut manifest = manifest::read_figures(&layers.table);
    manifest.towns = layers.towns;
    fill(&manifest, &mut Diagnostics::new()).ledger.for_next()
}
