//! The files that a template names: pictures, and the tables that it prints.

use std::collections::BTreeMap;

use super::{Change, Fate, KeyChange, Subject};
use crate::bundle::sha256;
use crate::diag::Diagnostics;
use crate::manifest::Images;
use crate::manifest::inherit::Layers;
use crate::source::{Sources, Span};
use crate::world::{World, folder};

/// The files of a version, by their paths from its template's folder: the hash of each.
pub(super) struct Files {
    hashes: BTreeMap<String, String>,
    span: Span,
}

impl Files {
    /// Reads the files that `layers` names. What can't be read is told where it is checked.
    pub(super) fn read(layers: &Layers, world: &dyn World, sources: &mut Sources) -> Self {
        let span = layers.table.span;
        let home = folder(sources.file(span.file).name()).to_owned();
        let own = |path: &str| path.strip_prefix(&home).map_or(path, |path| path.trim_start_matches('/')).to_owned();
        let mut hashes = BTreeMap::new();
        let mut diags = Diagnostics::new();
        if let Some(mut manifest) = layers.clone().into_manifest(&mut diags) {
            let (mut pictures, known) = (Images::default(), sources.ids().count());
            manifest.load(&mut pictures, world, sources, &mut diags);
            hashes.extend(pictures.iter().map(|(path, picture)| (own(path), sha256(&picture.bytes))));
            let tables = sources.ids().skip(known).map(|id| sources.file(id));
            hashes.extend(tables.map(|table| (own(table.name()), sha256(table.text().as_bytes()))));
        }
        Files { hashes, span }
    }
}

/// Compares the files of two versions.
pub(super) fn compare(old: &Files, new: &Files) -> Vec<Change> {
    let changes = super::tables::changes(&old.hashes, &new.hashes);
    let change = |KeyChange { key: name, old: was, new: is }: KeyChange| {
        let (fate, span) = match (&was, &is) {
            (None, _) => (Fate::Added, new.span),
            (_, None) => (Fate::Dropped, old.span),
            (Some(_), Some(_)) => (Fate::Changed, new.span),
        };
        let keys = vec![KeyChange { key: "sha256".into(), old: was, new: is }];
        Change { subject: Subject::File, fate, name, keys, span }
    };
    changes.into_iter().map(change).collect()
}
