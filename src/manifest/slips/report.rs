//! Slips as diagnostics.

use super::{Kind, Slip};
use crate::diag::{Code, Diagnostic, Edit, Text};
use crate::manifest::patched::Patched;
use crate::placeholder::{Literals, scan};
use crate::source::{FileId, Span};
use crate::text;

/// A mended line longer than this (in characters) is described, not shown.
const LONGEST_SHOWN: usize = 120;
/// So many slips of a line are underlined; the fix has them all.
const MOST_LABELS: usize = 8;

/// The diagnostic of `slips`, which stand on one line of `source` and are not none.
pub(in crate::manifest) fn diagnostic(file: FileId, source: &str, slips: &[Slip]) -> Option<Diagnostic> {
    let first = slips.first()?;
    let mut diagnostic = Diagnostic::new(Code::TomlSyntax, first.kind.message());
    // Each kind is named once, and the first by the message already.
    let mut named = vec![first.kind];
    for slip in slips.iter().take(MOST_LABELS) {
        let new = !named.contains(&slip.kind);
        named.push(slip.kind);
        let message = if new { slip.kind.message() } else { Text::default() };
        diagnostic = diagnostic.label(Span::new(file, slip.place.clone()), message);
    }
    if let Some(place) = end_of_unclosed(first) {
        let message = text!("应在此之前结束", "it should end before this");
        diagnostic = diagnostic.label(Span::new(file, place..place), message);
    }
    if slips.iter().any(|slip| slip.kind == Kind::NoSuchDay) {
        // Which day was meant nobody but the author knows.
        return Some(diagnostic.help(text!("核对年、月、日", "check year, month and day")));
    }
    if let Some(slip) = slips.iter().find(|slip| slip.kind == Kind::LeadingZero)
        && !is_of_a_number(source, slip.place.start)
    {
        let code = &source[slip.place.clone()];
        diagnostic = diagnostic.help(text!(
            "是编号、电话的，加引号：\"{code}\"",
            "a code or a telephone number stands in quotes: \"{code}\""
        ));
    }
    let edits = slips.iter().flat_map(|slip| &slip.patches);
    let edits = edits.map(|patch| Edit { span: Span::new(file, patch.range.clone()), text: patch.text.clone() });
    Some(diagnostic.fix(description(source, slips), edits.collect()))
}

/// True if the key of the line on which `at` stands has a hole that takes a number, so that no code belongs there: 会议X次.
fn is_of_a_number(source: &str, at: usize) -> bool {
    let start = source[..at].rfind('\n').map_or(0, |at| at + 1);
    let key = source[start..at].split('=').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    scan(key, &Literals::default()).holes.iter().any(|hole| {
        let (left, right) = (&key[..hole.range.start], &key[hole.range.end..]);
        let kind = crate::manifest::Kind::of_hole(&hole.kind, &key[hole.range.clone()], left, right);
        kind.is_some_and(crate::manifest::Kind::is_number)
    })
}

/// Where something unclosed should have been closed, if that is not on the line where it opens.
fn end_of_unclosed(slip: &Slip) -> Option<usize> {
    let patch = slip.patches.first()?;
    matches!(slip.kind, Kind::UnclosedText | Kind::UnclosedBracket).then_some(patch.range.start)
}

/// What to write: the whole line as it should be, ready to paste, unless it is long or not one line.
fn description(source: &str, slips: &[Slip]) -> Text {
    let patches: Vec<_> = slips.iter().flat_map(|slip| slip.patches.iter().cloned()).collect();
    let start = slips.iter().map(|slip| slip.place.start).min().unwrap_or(0);
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let in_line = patches.iter().all(|patch| line_start <= patch.range.start && patch.range.end <= line_end);
    if in_line {
        let mended = Patched::of(source, line_start..line_end, patches);
        let mended = mended.text().trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        if mended.chars().count() <= LONGEST_SHOWN && !mended.contains('\n') {
            return text!("写成：\n{mended}", "write:\n{mended}");
        }
    }
    match slips.first().map(|slip| slip.kind) {
        Some(Kind::UnclosedText) => {
            text!("在这段文字之后另起一行，写 \"\"\"", "write \"\"\" on a line of its own after the text")
        }
        Some(Kind::OneLineQuotes | Kind::WideTextQuotes) => {
            text!("首尾的引号各写三个：\"\"\"", "write three quotes at its beginning and its end: \"\"\"")
        }
        _ => {
            let insert: Vec<&str> = slips.iter().flat_map(|s| &s.patches).map(|patch| patch.text.trim()).collect();
            let insert = insert.join(" ");
            text!("补上 {insert}", "add {insert}")
        }
    }
}
