//! The list for programs: one JSON object a line, and a last one that counts.

use serde::Serialize;

use super::{Row, Sentence, day, tally};
use crate::source::Sources;
use crate::visible;

/// The version of the form; it grows when a field changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    key: &'a str,
    address: &'a str,
    id: Option<&'a str>,
    label: Option<&'a str>,
    value: Option<&'a str>,
    kind: &'static str,
    unit: Option<&'a str>,
    owner: Option<&'a str>,
    state: &'static str,
    source: Option<&'a str>,
    as_of: Option<String>,
    sentence: Option<String>,
    places: Vec<Place<'a>>,
    /// Left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_words: Vec<Own<'a>>,
}

/// A word of the text that is printed as one of the value's own.
#[derive(Serialize)]
struct Own<'a> {
    word: &'a str,
    own: &'a str,
    places: usize,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Last {
    version: u32,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    figures: usize,
    filled: usize,
}

/// The list, in the order of `rows`; lines and columns from 1. What a figure does not have is `null`.
pub fn json(rows: &[Row], sources: &Sources) -> String {
    let mut out = String::new();
    for row in rows {
        let places = row.places.iter().map(|&span| {
            let (start, _) = sources.positions(span);
            Place { file: sources.file(span.file).name(), line: start.line, column: start.column }
        });
        let line = Line {
            version: VERSION,
            key: &row.key,
            address: &row.address,
            id: row.id.as_deref(),
            label: row.label.as_deref(),
            value: row.value.as_deref(),
            kind: row.kind.name(),
            unit: row.unit.as_deref(),
            owner: row.owner.as_deref(),
            state: row.state.name(),
            source: row.source.as_deref(),
            as_of: row.as_of.map(day),
            sentence: row.sentence.as_ref().map(Sentence::text),
            places: places.collect(),
            own_words: row.own_words.iter().map(|it| Own { word: &it.word, own: &it.own, places: it.places }).collect(),
        };
        out += &visible::json(&line, visible::write_json);
        out.push('\n');
    }
    let (filled, figures) = tally(rows);
    out += &visible::json(&Last { version: VERSION, summary: Summary { figures, filled } }, visible::write_json);
    out.push('\n');
    out
}
