//! Diagnostics as text: for people, for a line of a log, for programs.
//!
//! Lines and columns are counted from 1 here and nowhere else.

mod human;
mod json;
mod line;
mod short;
#[cfg(test)]
mod tests;

pub use human::{Human, human};
pub use json::{Summary, json, summary};
pub use short::short;

use super::{Diagnostic, Lang, Severity};
use crate::source::Sources;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFormat {
    /// As rustc does: the line, underlined, and help.
    Human,
    /// `report.toml:14:9: error[missing-figure]: …`.
    Short,
    /// One JSON object a line.
    Json,
}

/// `diags` in `format`; `human` serves [`MessageFormat::Human`] and tells the language of all three.
pub fn render(format: MessageFormat, diags: &[Diagnostic], sources: &Sources, human: Human) -> String {
    match format {
        MessageFormat::Human => self::human(diags, sources, human),
        MessageFormat::Short => short(diags, sources, human.lang),
        MessageFormat::Json => json(diags, sources, human.lang),
    }
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
}

impl Counts {
    /// Counts `diags`.
    pub fn of(diags: &[Diagnostic]) -> Self {
        let mut counts = Counts::default();
        for diagnostic in diags {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Hint => counts.hints += 1,
            }
        }
        counts
    }
}

/// The word for a severity in human output.
fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Hint, Lang::Zh) => "提示",
        (_, Lang::En) => severity.name(),
    }
}

/// A sentence on one line, for the terminal.
fn on_one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    line::visible(&lines.join(" "))
}
