//! What was typed, as TOML.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::batch::Outcome;
use crate::doc::Missing;
use crate::manifest::{Answer, AnswerValue, Kind, key_literal, quote};
use crate::number::Decimal;
use crate::placeholder::Scope;
use crate::source::Sources;

/// The values of `answers`, typed in `text`: a `[figures]` table to paste, or for a values file.
///
/// What no address names (a figure of a section without an id, a hole that has first to be given a name) is written as
/// comments that say where it goes.
pub(super) fn toml(answers: &[Answer], text: &str, draft: &Outcome) -> String {
    let mut figures = String::from("[figures]\n");
    let mut elsewhere: BTreeMap<Option<usize>, String> = BTreeMap::new();
    let asked: BTreeMap<(&str, Scope), &Missing> =
        draft.missing.iter().map(|missing| ((missing.key.as_str(), missing.scope), missing)).collect();
    for answer in answers {
        let Some(missing) = asked.get(&(answer.key.as_str(), answer.scope)) else { continue };
        let line = format!("{} = {}", key_literal(&missing.address()), value(&answer.value, text, missing));
        let place = place(missing, &draft.sources);
        // Writing to a string cannot fail.
        let _ = match answer.scope {
            _ if missing.unnamed => {
                let table = elsewhere.entry(None).or_default();
                writeln!(table, "# X{{{}}} {place}\n# {line}", missing.key)
            }
            Scope::Section(section) if missing.is_unaddressed() => {
                writeln!(elsewhere.entry(Some(section)).or_default(), "# {line}")
            }
            // The report file has its line: the value belongs into that one.
            Scope::Section(_) | Scope::Report if missing.figure.is_some() => writeln!(figures, "{line} # {place}"),
            Scope::Section(_) | Scope::Report => writeln!(figures, "{line}"),
        };
    }
    for (section, lines) in elsewhere {
        let _ = match section {
            Some(section) => write!(figures, "\n# [[section]] {}: [section.figures]\n{lines}", section + 1),
            None => write!(figures, "\n{lines}"),
        };
    }
    figures
}

fn place(missing: &Missing, sources: &Sources) -> String {
    let (start, _) = sources.positions(missing.value_span);
    format!("{}:{}", sources.file(missing.value_span.file).name(), start.line)
}

fn value(value: &AnswerValue, text: &str, missing: &Missing) -> String {
    let words = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().trim();
    let one = |range: &Range<usize>| scalar(words(range), missing.kind);
    match value {
        AnswerValue::One(range) => one(range),
        AnswerValue::Several(ranges) => format!("[{}]", ranges.iter().map(one).collect::<Vec<_>>().join(", ")),
        AnswerValue::List(ranges, count) => {
            let names: Vec<&str> =
                ranges.iter().flat_map(|range| words(range).split('、')).filter(|name| !name.is_empty()).collect();
            let listed = names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ");
            match count.as_ref().map(words).filter(|count| *count != names.len().to_string()) {
                Some(count) => format!("{{ list = [{listed}], count = {count} }}"),
                None => format!("{{ list = [{listed}] }}"),
            }
        }
    }
}

/// A number as it was typed, else a string.
fn scalar(words: &str, kind: Option<Kind>) -> String {
    match Decimal::parse(words) {
        Ok(_) if kind != Some(Kind::Text) && !words.starts_with('+') => words.to_owned(),
        Ok(_) | Err(_) => quote(words),
    }
}
