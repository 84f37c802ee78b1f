//! What is said on the terminal: the language, colours, results and faults.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdout};

use anyhow::Result;
use report_gen::batch::Outcome;
use report_gen::diag::render::{Checked, Counts, Human, MessageFormat, Summary, render};
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::doc::Missing;
use report_gen::fill::OwnWord;
use report_gen::lint::Tally;
use report_gen::visible;

use super::args::Options;
use super::exit::ExitStatus;
use super::print::{Stream, stream};
pub(super) use super::print::{err, out, raw, styled};
use super::refusal;

/// After so many faults the rest is only counted.
pub(super) const SHOWN: usize = 50;

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
        // What is no language is refused in the system's.
        .filter(|asked| matches!(*asked, "zh" | "en"))
        .map(str::to_owned)
        .or_else(|| ["LC_ALL", "LANG"].iter().find_map(|name| variable(name)).or_else(sys_locale::get_locale));
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Answers `--help` and `--version`, or says what is wrong with the arguments.
pub(super) fn usage(refused: &clap::Error, lang: Lang) -> Result<ExitStatus> {
    let text = refused.render();
    let plain = text.to_string();
    // An argument may bring escapes of its own, which the program's colours would hide among.
    let coloured = |terminal: bool| {
        let wanted = terminal && variable("NO_COLOR").is_none() && visible::lines(&plain) == plain;
        wanted.then(|| text.ansi().to_string())
    };
    if !refused.use_stderr() {
        match coloured(stdout().is_terminal()) {
            Some(text) => raw(text.as_bytes())?,
            None => out(&plain)?,
        }
        return Ok(ExitStatus::Clean);
    }
    if lang == Lang::Zh {
        if let Some(told) = refusal::chinese(refused) {
            err(&format!("{told}用法见 report-gen --help，或某个命令的 --help\n"))?;
            return Ok(ExitStatus::Failed);
        }
        err("命令写得不对，用 report-gen --help 查看用法：\n")?;
    }
    match coloured(stderr().is_terminal()) {
        Some(text) => styled(&text)?,
        None => err(&plain)?,
    }
    Ok(ExitStatus::Failed)
}

/// Shows the faults of several files. `result` says that the faults are what was asked for: a machine format then
/// goes to standard output.
///
/// # Errors
/// An output is full.
pub(super) fn faults(outcomes: &[Outcome], options: &Options, result: bool) -> Result<ExitStatus> {
    tell(outcomes, options, result, tally)
}

/// Whether a fault is one of the machine or of what stands there, so that the program could not do its work.
pub(super) fn is_of_the_disk(fault: &Diagnostic) -> bool {
    matches!(fault.code, Code::Io | Code::OutputBusy | Code::OutputIsInput | Code::EditedOutput | Code::ForeignOutput)
}

/// As [`faults`], for what the proofreader found.
///
/// # Errors
/// An output is full.
pub(super) fn proof(outcomes: &[Outcome], options: &Options, result: bool) -> Result<ExitStatus> {
    tell(outcomes, options, result, tally_of_proof)
}

fn tell(
    outcomes: &[Outcome],
    options: &Options,
    result: bool,
    tally: fn(Summary, Lang) -> String,
) -> Result<ExitStatus> {
    let color = stderr().is_terminal() && variable("NO_COLOR").is_none();
    let human = Human { lang: options.lang, color, limit: SHOWN };
    let mut total = Summary::default();
    for outcome in outcomes {
        let counts = Counts::of(&outcome.diagnostics);
        total.errors += counts.errors;
        total.warnings += counts.warnings;
        total.hints += counts.hints;
        total.figures += outcome.figures;
        total.filled += outcome.filled;
    }
    let reports: Vec<Checked<'_>> = outcomes
        .iter()
        .map(|outcome| Checked { diagnostics: &outcome.diagnostics, sources: &outcome.sources })
        .collect();
    let is_for_programs = options.format != MessageFormat::Human;
    let to = if result && is_for_programs { Stream::Out } else { Stream::Err };
    stream(to, |to| render(options.format, &reports, total, human, to))?;
    let numbers = outcomes.iter().filter_map(|outcome| outcome.numbers).reduce(Tally::and);
    if let Some(numbers) = numbers.filter(|_| !is_for_programs) {
        err(&tally_of_numbers(numbers, options.lang))?;
    }
    let is_template = result && outcomes.iter().any(|outcome| outcome.template);
    if !is_for_programs && (total.errors + total.warnings > 0 || is_template) {
        err(&tally(total, options.lang))?;
    }
    Ok(if outcomes.iter().flat_map(|outcome| &outcome.diagnostics).any(is_of_the_disk) {
        ExitStatus::Failed
    } else if total.errors > 0 {
        ExitStatus::Findings
    } else {
        ExitStatus::Clean
    })
}

/// The names that keep a word of their own where the text has another, a line each.
///
/// # Errors
/// Standard error is closed or full.
pub(super) fn own_words(outcome: &Outcome, lang: Lang) -> Result<()> {
    outcome.own_words.iter().try_for_each(|(key, OwnWord { word, own, places, .. })| {
        err(&match lang {
            Lang::Zh => format!("“{key}”：名称自带“{own}”，{places} 处的“{word}”印作“{own}”\n"),
            Lang::En => {
                format!("`{key}`: its value brings {own}, which takes the place of {word} at {places} places\n")
            }
        })
    })
}

/// The figures that are still open, a line each: where the text asks for it, and its key.
pub(super) fn open(outcome: &Outcome) -> String {
    let line = |missing: &Missing| {
        let file = outcome.sources.file(missing.span.file).name();
        let (start, _) = outcome.sources.positions(missing.span);
        format!("  {file}:{}:{}  {}\n", start.line, start.column, missing.address())
    };
    outcome.missing.iter().map(line).collect()
}

/// The last line for people.
fn tally(total: Summary, lang: Lang) -> String {
    let Summary { errors, warnings, figures, filled, .. } = total;
    let faults = match lang {
        Lang::Zh => format!("错误 {errors} 处，警告 {warnings} 处"),
        Lang::En => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    };
    // Of what can't be read it is not known how many figures it asks for.
    match lang {
        _ if figures == 0 => format!("{faults}\n"),
        Lang::Zh => format!("{faults}；要填的数 {figures} 个，已填 {filled} 个\n"),
        Lang::En => format!("{faults}; {filled} of {figures} figures filled\n"),
    }
}

/// The last line for people who had a text proofread.
fn tally_of_proof(total: Summary, lang: Lang) -> String {
    let Summary { errors, warnings, hints, .. } = total;
    if errors + warnings + hints == 0 {
        return String::new();
    }
    match lang {
        Lang::Zh => format!("错误 {errors} 处，警告 {warnings} 处，提示 {hints} 处\n"),
        Lang::En => {
            let (errors, warnings) = (plural(errors, "error"), plural(warnings, "warning"));
            format!("{errors}, {warnings}, {}\n", plural(hints, "hint"))
        }
    }
}

/// The line that says what stands behind the numbers of the texts.
fn tally_of_numbers(Tally { figures, exempt, bare }: Tally, lang: Lang) -> String {
    let all = figures + exempt + bare;
    match lang {
        Lang::Zh => format!(
            "文中的数 {all} 个：由指标填的 {figures} 个，年份、文号、序数、名称里的 {exempt} 个，没有指标的 {bare} 个\n"
        ),
        Lang::En => format!(
            "{}: {figures} filled by figures, {exempt} of years, document numbers, ordinals and names, {bare} bare\n",
            plural(all, "number")
        ),
    }
}

fn plural(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
