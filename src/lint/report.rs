//! The texts of a report file.
//!
//! They are taken from the tables as they stand, so that a template, a town's values and a report with a fault
//! elsewhere can all be proofread, each by itself.

use super::draft::{Draft, Medium};
use super::line::Place;
use crate::manifest::raw::{Table, Value};
use crate::manifest::{Located, Words};
use crate::placeholder::Literals;

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
    let numbering = table(root, "style").and_then(|style| string(style, "numbering")).map(Located::text);
    Draft {
        block_headings: matches!(numbering, Some("block" | "none")),
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
