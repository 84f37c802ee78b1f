//! The arguments, in both languages: one file a command, with what is read of it.

mod batch;
mod build;
mod bundle;
mod check;
mod collect;
mod completions;
mod explain;
mod figures;
mod fill;
mod fonts;
mod form;
mod import;
mod lint;
mod man;
mod new;
mod rollup;
mod schema;
mod summary;
mod wording;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap};
use clap_complete::Shell;
use report_gen::diag::Lang;
use report_gen::diag::level::Levels;
use report_gen::diag::render::MessageFormat;

pub(super) use self::batch::{Batch, Shard};
pub(super) use self::build::Build;
pub(super) use self::bundle::{Diff, Lock, Pack, Unpack};
pub(super) use self::collect::{Collect, CollectForms};
pub(super) use self::figures::{Figures, ListFormat};
pub(super) use self::fill::Fill;
pub(super) use self::fonts::Fonts;
pub(super) use self::form::Form;
pub(super) use self::import::Import;
pub(super) use self::lint::Lint;
pub(super) use self::new::New;
pub(super) use self::rollup::Rollup;
pub(super) use self::summary::Merge;
use self::wording::Wording;
use super::levels;

/// What holds for every command.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub lang: Lang,
    pub format: MessageFormat,
    /// `--deny`, `--warn`, `--allow`; none for commands that have no such switches.
    pub levels: Levels,
    /// `--font-dir`; none for commands that set nothing.
    pub font_dirs: Vec<PathBuf>,
    /// `--force`; not for commands that write nothing.
    pub force: bool,
    pub quiet: bool,
    pub verbose: bool,
}

/// A command.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Batch(Batch),
    Build(Build),
    Check { files: Vec<PathBuf>, template: bool, against: Option<PathBuf> },
    Collect(Collect),
    Figures(Figures),
    Fill(Fill),
    Lint(Lint),
    Lock(Lock),
    New(New),
    Pack(Pack),
    Unpack(Unpack),
    Diff(Diff),
    Explain { code: Option<String> },
    Fonts(Fonts),
    Form(Form),
    Import(Import),
    CollectForms(CollectForms),
    Rollup(Rollup),
    Schema,
    Summary(Merge),
    Completions { shell: Shell },
    Man { command: Option<String> },
}

/// Reads the arguments.
///
/// # Errors
/// clap's refusal, which is also how it answers `--help` and `--version`.
pub(super) fn parse(args: Vec<OsString>, lang: Lang) -> Result<(Options, Command), clap::Error> {
    let matches = command(lang).try_get_matches_from(args)?;
    let options = Options {
        lang,
        format: format(&matches),
        levels: matches.subcommand().map(|(_, m)| levels::typed(m)).unwrap_or_default(),
        font_dirs: matches.subcommand().map(|(_, m)| font_dirs(m)).unwrap_or_default(),
        force: matches.subcommand().is_some_and(|(_, m)| wording::forced(m)),
        quiet: matches.get_flag("quiet"),
        verbose: matches.get_flag("verbose"),
    };
    let command = match matches.subcommand() {
        Some(("batch", m)) => Command::Batch(Batch::read(m)),
        Some(("build", m)) => Command::Build(Build::read(m)),
        Some(("check", m)) => {
            Command::Check { files: files(m), template: m.get_flag("template"), against: m.get_one("against").cloned() }
        }
        // Forms are read by their template, drafts by their report.
        Some(("collect", m)) if m.contains_id("template") => Command::CollectForms(CollectForms::read(m)),
        Some(("collect", m)) => Command::Collect(Collect::read(m)),
        Some(("figures", m)) => Command::Figures(Figures::read(m)),
        Some(("fill", m)) => Command::Fill(Fill::read(m)),
        Some(("lint", m)) => Command::Lint(Lint::read(m)),
        Some(("new", m)) => Command::New(New::read(m)),
        Some(("pack", m)) => Command::Pack(Pack::read(m)),
        Some(("unpack", m)) => Command::Unpack(Unpack::read(m)),
        Some(("lock", m)) => Command::Lock(Lock::read(m)),
        Some(("diff", m)) => Command::Diff(Diff::read(m)),
        Some(("explain", m)) => Command::Explain { code: m.get_one::<String>("code").cloned() },
        Some(("form", m)) => Command::Form(Form::read(m)),
        Some(("fonts", m)) => Command::Fonts(Fonts::read(m)),
        Some(("import", m)) => Command::Import(Import::read(m)),
        Some(("rollup", m)) => Command::Rollup(Rollup::read(m)),
        Some(("summary", m)) => Command::Summary(Merge::read(m)),
        Some(("schema", _)) => Command::Schema,
        Some(("completions", m)) => Command::Completions { shell: m.get_one("shell").copied().unwrap_or(Shell::Bash) },
        Some(("man", m)) => Command::Man { command: m.get_one("command").cloned() },
        // A command is required, and clap knows no others.
        _ => return Err(command(lang).error(clap::error::ErrorKind::MissingSubcommand, "")),
    };
    Ok((options, command))
}

fn format(matches: &ArgMatches) -> MessageFormat {
    let typed = matches.get_one::<String>("message-format");
    let named = MessageFormat::NAMED.iter().find(|(name, _)| typed.is_some_and(|typed| typed == name));
    named.map_or(MessageFormat::Human, |(_, format)| *format)
}

fn font_dirs(matches: &ArgMatches) -> Vec<PathBuf> {
    // Asking for a switch that the command does not have would panic.
    let typed = matches.try_get_many::<PathBuf>(wording::FONT_DIR);
    typed.ok().flatten().map(|dirs| dirs.cloned().collect()).unwrap_or_default()
}

/// The report file where none is named.
const REPORT: &str = "report.toml";

fn files(matches: &ArgMatches) -> Vec<PathBuf> {
    match matches.get_many::<PathBuf>("file") {
        Some(files) => files.cloned().collect(),
        None => vec![PathBuf::from(REPORT)],
    }
}

/// The one report file that a command takes.
fn file(matches: &ArgMatches) -> PathBuf {
    matches.get_one("file").cloned().unwrap_or_else(|| PathBuf::from(REPORT))
}

/// The whole command line, its help in `lang`.
pub(super) fn command(lang: Lang) -> Clap {
    let w = Wording(lang);
    let global = |arg: Arg| arg.global(true).help_heading(w.t("通用选项", "Options of every command"));
    Clap::new("report-gen")
        .version(env!("CARGO_PKG_VERSION"))
        .about(w.t(
            "把带空的材料填成合格的公文稿：查缺数，出 Word 和 PDF",
            "Fills the holes of office reports, checks the figures, makes Word and PDF",
        ))
        .help_template(w.t(
            "{about}\n\n用法: {usage}\n\n命令:\n{subcommands}\n\n{options}{after-help}",
            "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\n{options}{after-help}",
        ))
        .after_help(w.t("例:\n  report-gen build report.toml", "Example:\n  report-gen build report.toml"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(w.help())
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(w.t("版本号", "the version")),
        )
        .arg(global(
            Arg::new("message-format")
                .long("message-format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(MessageFormat::NAMED.map(|(name, _)| name)))
                .default_value("human")
                .hide_possible_values(true)
                .hide_default_value(true)
                .help(w.t(
                    "问题的输出形式: human、short、json、sarif、github、gitlab 或 junit",
                    "how faults are told: human, short, json, sarif, github, gitlab or junit",
                )),
        ))
        .arg(global(
            Arg::new("lang")
                .long("lang")
                .value_name("LANG")
                .value_parser(PossibleValuesParser::new(["zh", "en"]))
                .hide_possible_values(true)
                .help(w.t("界面语言: zh 或 en，默认随系统", "language: zh or en; the system's by default")),
        ))
        .arg(global(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .action(ArgAction::SetTrue)
                .help(w.t("只报问题，不报结果", "tell faults only")),
        ))
        .arg(global(
            Arg::new("verbose")
                .short('v')
                .long("verbose")
                .action(ArgAction::SetTrue)
                .help(w.t("多报一些过程", "tell more of what is done")),
        ))
        .subcommand(build::command(w))
        .subcommand(check::command(w))
        .subcommand(figures::command(w))
        .subcommand(fill::command(w))
        .subcommand(lint::command(w))
        .subcommand(batch::command(w))
        .subcommand(rollup::command(w))
        .subcommand(summary::command(w))
        .subcommand(form::command(w))
        .subcommand(collect::command(w))
        .subcommand(new::command(w))
        .subcommand(import::command(w))
        .subcommand(bundle::pack(w))
        .subcommand(bundle::unpack(w))
        .subcommand(bundle::lock(w))
        .subcommand(bundle::diff(w))
        .subcommand(explain::command(w))
        .subcommand(fonts::command(w))
        .subcommand(schema::command(w))
        .subcommand(completions::command(w))
        .subcommand(man::command(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed_in_both_languages() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for lang in [Lang::Zh, Lang::En] {
            for sub in command(lang).get_subcommands() {
                let help = sub.clone().render_help().to_string();
                assert!(help.contains(&format!("report-gen {}", sub.get_name())), "{help}");
            }
        }
    }
}
