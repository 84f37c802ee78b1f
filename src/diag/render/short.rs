//! One line a diagnostic, for logs and for editors that read them.

use super::super::{Diagnostic, Lang};
use super::on_one_line;
use crate::source::Sources;
use crate::visible;

/// `report.toml:14:9: error[missing-figure]: …`, a line each; the message alone is in `lang`.
pub fn short(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    diags.iter().map(|diagnostic| one(diagnostic, sources, lang)).collect()
}

/// The line of one.
pub(super) fn one(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let (severity, code) = (diagnostic.severity.name(), diagnostic.code.name());
    let message = on_one_line(diagnostic.message.get(lang));
    format!("{}{severity}[{code}]: {message}\n", place(diagnostic, sources))
}

/// `report.toml:14:9: ` or `towns.xlsx:Sheet1!C7: `; empty where the fault has no place.
pub(super) fn place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let Some(span) = diagnostic.span() else { return String::new() };
    format!("{}: ", visible::line(&sources.file(span.file).place(span.start as usize)))
}
