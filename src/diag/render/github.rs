//! Commands of GitHub's workflows, each of which marks a line of the change.

use super::super::{Diagnostic, Lang, Severity};
use super::{bare, with_advice};
use crate::source::Sources;

/// `::error file=report.toml,line=14,endLine=14,col=9,endColumn=10,title=missing-figure::…`, a line each.
///
/// In a workbook the line is the row, and the message begins with the cell. Hints are notices. GitHub shows the first ten of a step beside the change and all of them in the log.
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
            // GitHub takes columns of a single line alone, and a workbook's columns are none of a line.
            if start.line == end.line && sources.file(span.file).sheet().is_none() {
                out.push_str(&format!("col={},endColumn={},", start.column, end.column));
            }
        }
        let mut text = with_advice(diagnostic, lang);
        if let Some(cell) = diagnostic.span().and_then(|span| sources.file(span.file).cell(span.start as usize)) {
            text.insert_str(0, &format!("{cell}: "));
        }
        let text = data(&text);
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
