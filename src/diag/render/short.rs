//! One line a diagnostic, for logs and for editors that read them.

use super::super::{Diagnostic, Lang};
use super::on_one_line;
use crate::source::Sources;

/// `report.toml:14:9: error[missing-figure]: …`, a line each; the message alone is in `lang`.
pub fn short(diags: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diags {
        if let Some(span) = diagnostic.span() {
            let file = sources.file(span.file);
            let start = file.position(span.start as usize);
            out.push_str(&format!("{}:{}:{}: ", file.name(), start.line, start.column));
        }
        let message = on_one_line(diagnostic.message.get(lang));
        out.push_str(&format!("{}[{}]: {message}\n", diagnostic.severity.name(), diagnostic.code.name()));
    }
    out
}
