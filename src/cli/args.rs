//! The arguments, in both languages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};
use clap_complete::Shell;
use report_gen::diag::Lang;
use report_gen::diag::level::Levels;
use report_gen::diag::render::MessageFormat;
use report_gen::write::Format;

use super::levels;

/// What holds for every command.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub lang: Lang,
    pub format: MessageFormat,
    /// `--deny`, `--warn`, `--allow`; none for commands that have no such switches.
    pub levels: Levels,
    pub quiet: bool,
    pub verbose: bool,
}

/// A command.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Build(Build),
    Check { files: Vec<PathBuf> },
    New { dir: PathBuf },
    Explain { code: Option<String> },
    Fonts(Fonts),
    Schema,
    Completions { shell: Shell },
    Man { command: Option<String> },
}

/// `build`.
#[derive(Clone, Debug)]
pub(super) struct Build {
    pub files: Vec<PathBuf>,
    /// Where outputs go; beside their file if none is named.
    pub dir: Option<PathBuf>,
    pub formats: Vec<Format>,
}

/// `fonts`.
#[derive(Clone, Debug)]
pub(super) struct Fonts {
    pub check: Option<PathBuf>,
    pub licenses: bool,
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
        quiet: matches.get_flag("quiet"),
        verbose: matches.get_flag("verbose"),
    };
    let command = match matches.subcommand() {
        Some(("build", m)) => {
            Command::Build(Build { files: files(m), dir: m.get_one("output").cloned(), formats: formats(m) })
        }
        Some(("check", m)) => Command::Check { files: files(m) },
        Some(("new", m)) => Command::New { dir: m.get_one("dir").cloned().unwrap_or_else(|| PathBuf::from(".")) },
        Some(("explain", m)) => Command::Explain { code: m.get_one::<String>("code").cloned() },
        Some(("fonts", m)) => {
            Command::Fonts(Fonts { check: m.get_one("check").cloned(), licenses: m.get_flag("licenses") })
        }
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

fn files(matches: &ArgMatches) -> Vec<PathBuf> {
    match matches.get_many::<PathBuf>("file") {
        Some(files) => files.cloned().collect(),
        None => vec![PathBuf::from("report.toml")],
    }
}

fn formats(matches: &ArgMatches) -> Vec<Format> {
    let Some(wanted) = matches.get_many::<String>("to") else { return Format::ALL.to_vec() };
    let wanted: Vec<&String> = wanted.collect();
    Format::ALL.into_iter().filter(|format| wanted.iter().any(|name| *name == format.extension())).collect()
}

/// The whole command line, its help in `lang`.
pub(super) fn command(lang: Lang) -> Clap {
    let t = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let arguments = t("参数", "Arguments");
    let options = t("选项", "Options");
    let file = || {
        Arg::new("file")
            .value_name("FILE")
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .help_heading(arguments)
            .help(t("报告文件，默认 ./report.toml", "report files; ./report.toml by default"))
    };
    let levels = || levels::args(lang).map(|arg| arg.help_heading(options));
    let template = match lang {
        Lang::Zh => "{about}\n\n用法: {usage}\n\n{all-args}{after-help}",
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
    };
    let sub = |name: &'static str, about: &'static str, example: &str| {
        Clap::new(name)
            .about(about)
            .help_template(template)
            .disable_help_flag(true)
            .arg(help(lang).help_heading(options))
            .after_help(match lang {
                Lang::Zh => format!("例:\n  {example}"),
                Lang::En => format!("Example:\n  {example}"),
            })
    };
    let global = |arg: Arg| arg.global(true).help_heading(t("通用选项", "Options of every command"));
    Clap::new("report-gen")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "把带空的材料填成合格的公文稿：查缺数，出 Word 和 PDF",
            "Fills the holes of office reports, checks the figures, makes Word and PDF",
        ))
        .help_template(match lang {
            Lang::Zh => "{about}\n\n用法: {usage}\n\n命令:\n{subcommands}\n\n{options}{after-help}",
            Lang::En => "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\n{options}{after-help}",
        })
        .after_help(t("例:\n  report-gen build report.toml", "Example:\n  report-gen build report.toml"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help(lang))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t("版本号", "the version")))
        .arg(global(
            Arg::new("message-format")
                .long("message-format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(MessageFormat::NAMED.map(|(name, _)| name)))
                .default_value("human")
                .hide_possible_values(true)
                .hide_default_value(true)
                .help(t(
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
                .help(t("界面语言: zh 或 en，默认随系统", "language: zh or en; the system's by default")),
        ))
        .arg(global(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .action(ArgAction::SetTrue)
                .help(t("只报问题，不报结果", "tell faults only")),
        ))
        .arg(global(
            Arg::new("verbose")
                .short('v')
                .long("verbose")
                .action(ArgAction::SetTrue)
                .help(t("多报一些过程", "tell more of what is done")),
        ))
        .subcommand(
            sub(
                "build",
                t(
                    "检查并生成 Word 和 PDF，有错就什么都不写",
                    "checks, then writes Word and PDF; nothing if anything is wrong",
                ),
                "report-gen build report.toml -o out --to pdf",
            )
            .arg(file())
            .args(levels())
            .arg(
                Arg::new("output")
                    .short('o')
                    .long("output-dir")
                    .value_name("DIR")
                    .value_parser(value_parser!(PathBuf))
                    .help_heading(options)
                    .help(t(
                        "输出到哪个文件夹，默认与报告文件同在一处",
                        "folder of the outputs; beside the report file by default",
                    )),
            )
            .arg(
                Arg::new("to")
                    .long("to")
                    .value_name("FORMATS")
                    .value_delimiter(',')
                    .value_parser(PossibleValuesParser::new(Format::ALL.map(Format::extension)))
                    .hide_possible_values(true)
                    .help_heading(options)
                    .help(t("只要其中几种: docx,pdf", "only some of the formats: docx,pdf")),
            ),
        )
        .subcommand(
            sub(
                "check",
                t("只检查，不写文件；check 通过的，build 一定能生成", "checks and writes nothing; what passes, builds"),
                "report-gen check report.toml --deny warnings --message-format json",
            )
            .arg(file())
            .args(levels()),
        )
        .subcommand(
            sub(
                "new",
                t("在文件夹里新建一个报告文件，马上就能生成", "starts a report file in a folder, which builds at once"),
                "report-gen new 工作汇报",
            )
            .arg(
                Arg::new("dir")
                    .value_name("DIR")
                    .value_parser(value_parser!(PathBuf))
                    .help_heading(arguments)
                    .help(t("文件夹，默认当前文件夹", "the folder; this one by default")),
            ),
        )
        .subcommand(
            sub(
                "explain",
                t(
                    "说明一个问题代码的意思，附错误和正确的写法",
                    "tells what a code means, with a wrong and a right example",
                ),
                "report-gen explain missing-figure",
            )
            .arg(
                Arg::new("code")
                    .value_name("CODE")
                    .help_heading(arguments)
                    .help(t("代码；不写就列出全部", "the code; without one all are listed")),
            ),
        )
        .subcommand(
            sub(
                "fonts",
                t(
                    "列出各处用的字体，或查一个文件的字是否都有",
                    "lists the faces by role, or checks the characters of a file",
                ),
                "report-gen fonts --check report.toml",
            )
            .arg(
                Arg::new("check")
                    .long("check")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help_heading(options)
                    .help(t(
                        "查这个文本文件里的字由哪些字体来排",
                        "tell which faces set the characters of this text file",
                    )),
            )
            .arg(
                Arg::new("licenses")
                    .long("licenses")
                    .action(ArgAction::SetTrue)
                    .help_heading(options)
                    .help(t("打印字体的许可证", "print the licences of the faces")),
            ),
        )
        .subcommand(sub(
            "schema",
            t(
                "打印报告文件的 JSON Schema，编辑器据此提示和检查",
                "prints the JSON Schema of the report file, by which editors help and check",
            ),
            "report-gen schema > report.schema.json",
        ))
        .subcommand(
            sub(
                "completions",
                t("打印命令行补全脚本", "prints the completions for a shell"),
                "report-gen completions bash > ~/.local/share/bash-completion/completions/report-gen",
            )
            .arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(Shell))
                    .hide_possible_values(true)
                    .help_heading(arguments)
                    .help(t(
                        "哪一种: bash、zsh、fish、powershell 或 elvish",
                        "which one: bash, zsh, fish, powershell or elvish",
                    )),
            ),
        )
        .subcommand(
            sub("man", t("打印手册页", "prints the manual page"), "report-gen man > report-gen.1").arg(
                Arg::new("command")
                    .value_name("COMMAND")
                    .help_heading(arguments)
                    .help(t("哪个命令；不写就是整个程序", "of which command; of the program by default")),
            ),
        )
}

fn help(lang: Lang) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(match lang {
        Lang::Zh => "显示帮助",
        Lang::En => "print help",
    })
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
