//! What is said on the terminal: the language, colours, results and faults.

use std::ffi::OsString;
use std::io::{IsTerminal, Write, stderr, stdout};

use anyhow::Result;
use report_gen::batch::Outcome;
use report_gen::diag::render::{Checked, Counts, Human, MessageFormat, Summary, render};
use report_gen::diag::{Code, Lang};

use super::args::Options;
use super::exit::ExitStatus;

/// After so many faults the rest is only counted.
const SHOWN: usize = 50;

/// A variable of the environment, if it is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the environment is read here, once a run")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The language: `--lang`, else `LC_ALL` or `LANG`, else the system's.
pub(super) fn language(args: &[OsString]) -> Lang {
    let mut asked = None;
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--lang") {
            Some("") => asked = args.next(),
            Some(value) => asked = value.strip_prefix('=').or(asked),
            None => {}
        }
    }
    let locale = asked
        .map(str::to_owned)
        .or_else(|| ["LC_ALL", "LANG"].iter().find_map(|name| variable(name)).or_else(sys_locale::get_locale));
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Writes a result to standard output.
///
/// # Errors
/// The output is closed or full.
pub(super) fn out(text: &str) -> Result<()> {
    raw(text.as_bytes())
}

/// Writes a result that need not be text to standard output.
///
/// # Errors
/// The output is closed or full.
pub(super) fn raw(bytes: &[u8]) -> Result<()> {
    let mut out = stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// Writes to standard error.
///
/// # Errors
/// The output is closed or full.
pub(super) fn err(text: &str) -> Result<()> {
    Ok(stderr().lock().write_all(text.as_bytes())?)
}

/// Answers `--help` and `--version`, or says what is wrong with the arguments.
pub(super) fn usage(refused: &clap::Error, lang: Lang) -> Result<ExitStatus> {
    let text = refused.render();
    let colour = |terminal: bool| {
        if terminal && variable("NO_COLOR").is_none() { text.ansi().to_string() } else { text.to_string() }
    };
    if !refused.use_stderr() {
        out(&colour(stdout().is_terminal()))?;
        return Ok(ExitStatus::Clean);
    }
    if lang == Lang::Zh {
        err("命令写得不对，用 report-gen --help 查看用法：\n")?;
    }
    err(&colour(stderr().is_terminal()))?;
    Ok(ExitStatus::Failed)
}

/// Shows the faults of several files. `result` says that the faults are what was asked for: a machine format then
/// goes to standard output.
///
/// # Errors
/// An output is closed or full.
pub(super) fn faults(outcomes: &[Outcome], options: &Options, result: bool) -> Result<ExitStatus> {
    let color = stderr().is_terminal() && variable("NO_COLOR").is_none();
    let human = Human { lang: options.lang, color, limit: SHOWN };
    let mut total = Summary::default();
    for outcome in outcomes {
        let counts = Counts::of(&outcome.diagnostics);
        total.errors += counts.errors;
        total.warnings += counts.warnings;
        total.figures += outcome.figures;
        total.filled += outcome.filled;
    }
    let reports: Vec<Checked<'_>> = outcomes
        .iter()
        .map(|outcome| Checked { diagnostics: &outcome.diagnostics, sources: &outcome.sources })
        .collect();
    let mut text = render(options.format, &reports, total, human);
    if options.format == MessageFormat::Human && total.errors + total.warnings > 0 {
        text += &tally(total, options.lang);
    }
    if result && options.format != MessageFormat::Human {
        out(&text)?;
    } else {
        err(&text)?;
    }
    let refused = |code: Code| matches!(code, Code::Io | Code::OutputBusy);
    Ok(if outcomes.iter().flat_map(|outcome| &outcome.diagnostics).any(|diagnostic| refused(diagnostic.code)) {
        ExitStatus::Failed
    } else if total.errors > 0 {
        ExitStatus::Findings
    } else {
        ExitStatus::Clean
    })
}

/// The last line for people.
fn tally(total: Summary, lang: Lang) -> String {
    let Summary { errors, warnings, figures, filled } = total;
    match lang {
        Lang::Zh => format!("错误 {errors} 处，警告 {warnings} 处；要填的数 {figures} 个，已填 {filled} 个\n"),
        Lang::En => {
            let plural = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
            let (errors, warnings) = (plural(errors, "error"), plural(warnings, "warning"));
            format!("{errors}, {warnings}; {filled} of {figures} figures filled\n")
        }
    }
}
