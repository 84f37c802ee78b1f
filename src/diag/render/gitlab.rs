//! GitLab's code quality report: one JSON array a run.

use super::super::{Diagnostic, Lang, Severity};
use super::fingerprint::Fingerprints;
use super::{Checked, bare, with_advice};
use crate::visible::{self, write_json_lines};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

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

/// Writes all faults of a run; `[]` where there are none, so that the server knows that old ones are mended.
///
/// # Errors
/// Those of `out`.
pub fn gitlab(reports: &[Checked<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    write_json_lines(&Issues { reports, lang }, out)?;
    out.write_all(b"\n")
}

/// The issues of a run, each made when it is written.
struct Issues<'a> {
    reports: &'a [Checked<'a>],
    lang: Lang,
}

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fingerprints = Fingerprints::default();
        let faults = self.reports.iter().flat_map(|report| report.diagnostics.iter().map(move |fault| (report, fault)));
        serializer.collect_seq(
            faults.map(|(report, fault)| issue(report, fault, fingerprints.next(fault, report.sources), self.lang)),
        )
    }
}

fn issue<'a>(report: &Checked<'a>, diagnostic: &Diagnostic, fingerprint: String, lang: Lang) -> Issue<'a> {
    // The format asks for a place even of what has none.
    let mut location = Location { path: bare(report.name()), lines: Lines { begin: 1, end: 1 } };
    let mut description = with_advice(diagnostic, lang);
    if let Some(span) = diagnostic.span() {
        let file = report.sources.file(span.file);
        let (start, end) = report.sources.positions(span);
        location = Location { path: bare(file.name()), lines: Lines { begin: start.line, end: end.line } };
        if let Some(cell) = file.cell(span.start as usize) {
            description.insert_str(0, &format!("{}: ", visible::line(&cell)));
        }
    }
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Hint => "info",
    };
    Issue { description, check_name: diagnostic.code.name(), fingerprint, severity, location }
}
