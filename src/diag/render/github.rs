//! Commands of GitHub's workflows, each of which marks a line of the change.

use super::super::{Diagnostic, Lang, Severity};
use super::{bare, with_advice};
use crate::source::Sources;
use crate::visible;

/// `::error file=report.toml,line=14,endLine=14,col=9,endColumn=10,title=missing-figure::…`, a line each.
///
/// In a workbook the line is the row, and the message begins with the cell. Hints are notices. GitHub shows the first ten
/// of a step beside the change and all of them in the log.
pub fn github(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    diags.iter().map(|diagnostic| one(diagnostic, sources, lang)).collect()
}

/// The line of one.
pub(super) fn one(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let mut out = format!("::{command} ");
    let mut text = with_advice(diagnostic, lang);
    if let Some(span) = diagnostic.span() {
        let file = sources.file(span.file);
        let name = property(&visible::line(bare(file.name())));
        let (start, end) = sources.positions(span);
        out.push_str(&format!("file={name},line={},endLine={},", start.line, end.line));
        // GitHub takes columns of a single line alone, and a workbook's columns are none of a line.
        if start.line == end.line && file.sheet().is_none() {
            out.push_str(&format!("col={},endColumn={},", start.column, end.column));
        }
        if let Some(cell) = file.cell(span.start as usize) {
            text.insert_str(0, &format!("{}: ", visible::line(&cell)));
        }
    }
    out.push_str(&format!("title={}::{}\n", property(diagnostic.code.name()), data(&text)));
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
