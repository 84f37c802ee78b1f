//! GitLab's code quality report: one JSON array a run.

use super::super::{Lang, Severity};
use super::fingerprint::fingerprints;
use super::{Checked, bare, with_advice};
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// All faults of a run; `[]` where there are none, so that the server knows that old ones are mended.
pub fn gitlab(reports: &[Checked<'_>], lang: Lang) -> String {
    let mut issues = Vec::new();
    for (report, fingerprints) in reports.iter().zip(fingerprints(reports)) {
        for (diagnostic, fingerprint) in report.diagnostics.iter().zip(fingerprints) {
            // The format asks for a place even of what has none.
            let mut location = Location { path: bare(report.name()), lines: Lines { begin: 1, end: 1 } };
            if let Some(span) = diagnostic.span() {
                let (start, end) = report.sources.positions(span);
                location.path = bare(report.sources.file(span.file).name());
                location.lines = Lines { begin: start.line, end: end.line };
            }
            let severity = match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Hint => "info",
            };
            let (check_name, mut description) = (diagnostic.code.name(), with_advice(diagnostic, lang));
            if let Some(cell) =
                diagnostic.span().and_then(|span| report.sources.file(span.file).cell(span.start as usize))
            {
                description.insert_str(0, &format!("{cell}: "));
            }
            issues.push(Issue { description, check_name, fingerprint, severity, location });
        }
    }
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&issues).unwrap_or_default() + "\n"
}
