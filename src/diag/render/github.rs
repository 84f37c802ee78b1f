//! Commands of GitHub's workflows, each of which marks a line of the change.

use super::super::{Diagnostic, Lang, Severity};
use super::{bare, with_advice};
use crate::source::Sources;

/// `::error file=report.toml,line=14,endLine=14,col=9,endColumn=10,title=missing-figure::…`, a line each.
///
/// Hints are notices. GitHub shows the first ten of a step beside the change and all of them in the log.
pub fn github(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diags {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        out.push_str(&format!("::{command} "));
        if let Some(span) = diagnostic.span() {
            let name = property(bare(sources.file(span.file).name()));
            let (start, end) = sources.positions(span);
            out.push_str(&format!("file={name},line={},endLine={},", start.line, end.line));
            // GitHub takes columns of a single line alone.
            if start.line == end.line {
                out.push_str(&format!("col={},endColumn={},", start.column, end.column));
            }
        }
        let text = data(&with_advice(diagnostic, lang));
        out.push_str(&format!("title={}::{text}\n", property(diagnostic.code.name())));
    }
    out
}

/// `text` as a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
