//! One line a diagnostic, for logs and for editors that read them.

use super::super::{Diagnostic, Lang};
use super::on_one_line;
use crate::source::Sources;

/// `report.toml:14:9: error[missing-figure]: …`, a line each; the message alone is in `lang`.
pub fn short(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diags {
        let (severity, code) = (diagnostic.severity.name(), diagnostic.code.name());
        let message = on_one_line(diagnostic.message.get(lang));
        out.push_str(&format!("{}{severity}[{code}]: {message}\n", place(diagnostic, sources)));
    }
    out
}

/// `report.toml:14:9: ` or `towns.xlsx:Sheet1!C7: `; empty where the fault has no place.
pub(super) fn place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let Some(span) = diagnostic.span() else { return String::new() };
    format!("{}: ", sources.file(span.file).place(span.start as usize))
}
