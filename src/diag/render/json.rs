//! One JSON object a line, for programs. A diagnostic without a place has no `file` and no lines, one without a sure
//! cure no `fix`.

use super::super::{Diagnostic, Lang};
use crate::source::{Sources, Span};
use crate::visible;
use serde::Serialize;

/// The version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    labels: Vec<Label<'a>>,
    help: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

/// From `line` and `column` up to before `end_line` and `end_column`, in Unicode scalar values from 1; in a workbook
/// these are row and column of `cell`, `Sheet1!C7`, which other files don't have.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    description: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

/// What the last line of a run tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many hints; left out where there are none.
    #[serde(skip_serializing_if = "is_none")]
    pub hints: usize,
    /// How many figures the reports ask for.
    pub figures: usize,
    /// How many of them have a value.
    pub filled: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct SummaryLine {
    version: u32,
    summary: Summary,
}

/// `diags`, one object a line, in `lang`.
pub fn json(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    diags.iter().map(|diagnostic| one(diagnostic, sources, lang)).collect()
}

/// The line of one.
pub(super) fn one(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    to_line(&line(diagnostic, sources, lang))
}

/// The last line of a run.
pub fn summary(summary: Summary) -> String {
    to_line(&SummaryLine { version: VERSION, summary })
}

fn line<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Line<'a> {
    let labels = diagnostic.labels.iter();
    let fix = diagnostic.fix.as_ref().map(|fix| Fix {
        description: fix.description.get(lang),
        edits: fix.edits.iter().map(|edit| Edit { place: place(edit.span, sources), text: &edit.text }).collect(),
    });
    Line {
        version: VERSION,
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: diagnostic.message.get(lang),
        place: diagnostic.span().map(|span| place(span, sources)),
        labels: labels
            .map(|label| Label { place: place(label.span, sources), message: label.message.get(lang) })
            .collect(),
        help: diagnostic.help.iter().map(|help| help.get(lang)).collect(),
        fix,
    }
}

fn place(span: Span, sources: &Sources) -> Place<'_> {
    let (start, end) = sources.positions(span);
    let file = sources.file(span.file);
    Place {
        file: file.name(),
        cell: file.cell(span.start as usize),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

fn to_line(value: &impl Serialize) -> String {
    visible::json(value, visible::write_json) + "\n"
}
