//! The texts of a report file.
//!
//! They are taken from the tables as they stand, so that a template, a town's values and a report with a fault
//! elsewhere can all be proofread, each by itself.

use super::draft::{Draft, Medium};
use super::line::Place;
use crate::diag::Diagnostics;
use crate::manifest::raw::{self, Table, Value};
use crate::manifest::{self, Located, Manifest, Words, inherit};
use crate::placeholder::Literals;
use crate::source::{FileId, Sources};
use crate::world::World;

/// A report file, read.
pub(super) struct Report {
    /// The file, and those that it builds on.
    pub(super) sources: Sources,
    pub(super) file: FileId,
    /// Its own tables.
    pub(super) root: Table,
    /// What it is with all that it inherits.
    pub(super) manifest: Option<Manifest>,
    /// What is wrong with the reading.
    pub(super) diags: Diagnostics,
}

impl Report {
    /// Reads the report file `path`, whose text is `text`.
    pub(super) fn read(path: &str, text: impl Into<String>, world: &dyn World) -> Self {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let file = sources.add(path, text);
        let root = raw::read(file, &sources, &mut diags);
        let manifest = if root.get("template").is_none() {
            manifest::read(&root, &mut diags)
        } else {
            let layers = inherit::load(file, world, &mut sources, &mut diags);
            layers.and_then(|layers| layers.into_manifest(&mut diags))
        };
        Report { sources, file, root, manifest, diags }
    }
}

/// The texts of the file with the tables `root`.
pub(super) fn draft<'t>(root: &'t Table, literals: &Literals, words: &'t Words) -> Draft<'t> {
    let report = table(root, "report");
    let mut texts: Vec<(Place, &Located)> = Vec::new();
    let mut add = |table: &'t Table, key: &str, place: Place| {
        texts.extend(string(table, key).map(|text| (place, text)));
    };
    if let Some(report) = report {
        for (key, place) in [
            ("title", Place::Title),
            ("subtitle", Place::Title),
            ("author", Place::Name),
            ("salutation", Place::Name),
            ("signature", Place::Name),
        ] {
            add(report, key, place);
        }
    }
    for section in tables(root, "section") {
        add(section, "heading", Place::Heading);
        add(section, "text", Place::Body);
        for item in tables(section, "table").chain(tables(section, "picture")) {
            add(item, "caption", Place::Name);
        }
    }
    let attachments = report.and_then(|report| report.get("attachments")).and_then(|entry| entry.value.as_array());
    for attachment in attachments.into_iter().flatten().filter_map(Value::as_table) {
        add(attachment, "title", Place::Name);
    }
    let style = table(root, "style");
    let numbering = style.and_then(|style| string(style, "numbering")).map(Located::text);
    Draft {
        block_headings: matches!(numbering, Some("block" | "none")),
        item_mark: style
            .and_then(|style| string(style, "item_mark"))
            .map_or('.', |mark| if mark.text() == "．" { '．' } else { '.' }),
        dated: report.is_some_and(|report| report.get("date").is_some() || report.get("signed_on").is_some()),
        attachments: attachments.map(<[Value]>::len),
        ..Draft::new(Medium::Report, &texts, literals, words)
    }
}

fn table<'t>(parent: &'t Table, key: &str) -> Option<&'t Table> {
    parent.get(key)?.value.as_table()
}

fn tables<'t>(parent: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    let items = parent.get(key).and_then(|entry| entry.value.as_array());
    items.into_iter().flatten().filter_map(Value::as_table)
}

fn string<'t>(parent: &'t Table, key: &str) -> Option<&'t Located> {
    parent.get(key)?.value.as_string()
}
