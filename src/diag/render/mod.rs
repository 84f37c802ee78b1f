//! Diagnostics as text: for people, for a line of a log, for programs.
//!
//! Lines and columns are counted from 1 here and nowhere else.

mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod line;
mod sarif;
mod short;
#[cfg(test)]
mod tests;

pub use github::github;
pub use gitlab::gitlab;
pub use human::{Human, human};
pub use json::{Summary, json, summary};
pub use junit::junit;
pub use sarif::sarif;
pub use short::short;

use super::{Diagnostic, Lang, Severity};
use crate::source::{SourceFile, Sources};
use crate::visible;
use std::io::{self, Write};

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFormat {
    /// As rustc does: the line, underlined, and help.
    Human,
    /// `report.toml:14:9: error[missing-figure]: …`.
    Short,
    /// One JSON object a line.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// Commands of GitHub's workflows, which mark the lines of a change.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML, which every CI server shows as tests.
    Junit,
}

impl MessageFormat {
    /// All of them by the words that name them.
    pub const NAMED: [(&str, MessageFormat); 7] = [
        ("human", MessageFormat::Human),
        ("short", MessageFormat::Short),
        ("json", MessageFormat::Json),
        ("sarif", MessageFormat::Sarif),
        ("github", MessageFormat::Github),
        ("gitlab", MessageFormat::Gitlab),
        ("junit", MessageFormat::Junit),
    ];
}

/// The faults of one report, with the files that they stand in.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The faults, sorted; none of a clean report.
    pub diagnostics: &'a [Diagnostic],
    /// Its files, the report file first.
    pub sources: &'a Sources,
}

impl<'a> Checked<'a> {
    /// The name of the report file; empty where the faults are the machine's and in no file.
    fn name(&self) -> &'a str {
        self.sources.files().next().map(SourceFile::name).unwrap_or_default()
    }
}

/// Writes a whole run in `format`; `human` serves [`MessageFormat::Human`] and tells the language of them all, `total`
/// closes [`MessageFormat::Json`].
///
/// SARIF, GitLab's and JUnit's formats are one document a run, so all reports are given at once. Faults are written one by
/// one: a hundred thousand of them take no memory of their own.
///
/// # Errors
/// Those of `out`.
pub fn render(
    format: MessageFormat,
    reports: &[Checked<'_>],
    total: Summary,
    human: Human,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = human.lang;
    let mut each = |render: fn(&Diagnostic, &Sources, Lang) -> String| -> io::Result<()> {
        let mut faults =
            reports.iter().flat_map(|report| report.diagnostics.iter().map(|fault| (fault, report.sources)));
        faults.try_for_each(|(fault, sources)| out.write_all(render(fault, sources, lang).as_bytes()))
    };
    match format {
        MessageFormat::Human => reports
            .iter()
            .try_for_each(|report| out.write_all(self::human(report.diagnostics, report.sources, human).as_bytes())),
        MessageFormat::Short => each(short::one),
        MessageFormat::Json => {
            each(json::one)?;
            out.write_all(summary(total).as_bytes())
        }
        MessageFormat::Sarif => sarif(reports, lang, out),
        MessageFormat::Github => each(github::one),
        MessageFormat::Gitlab => gitlab(reports, lang, out),
        MessageFormat::Junit => junit(reports, lang, out),
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
    visible::line(&lines.join(" ")).into_owned()
}

/// The message, and below it the help and what the fix would do: for formats that have one text a fault.
fn with_advice(diagnostic: &Diagnostic, lang: Lang) -> String {
    let fix = diagnostic.fix.as_ref().map(|fix| &fix.description);
    let advice = diagnostic.help.iter().chain(fix).flat_map(|help| help.get(lang).lines());
    let mut text = on_one_line(diagnostic.message.get(lang));
    for line in advice {
        text.push('\n');
        text.push_str(&visible::line(line));
    }
    text
}

/// A file's name as those who compare it with the names in a repository want it: without `./` at its start.
fn bare(name: &str) -> &str {
    name.trim_start_matches("./")
}
