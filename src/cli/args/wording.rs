//! What the descriptions of all commands share: their language, headings and common arguments.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use report_gen::diag::Lang;

use crate::cli::levels;

/// The name of `--font-dir`.
pub(super) const FONT_DIR: &str = "font-dir";

/// The name of `--force`.
const FORCE: &str = "force";

/// Whether `--force` was typed, for the command or for the one in it.
pub(super) fn forced(matches: &ArgMatches) -> bool {
    // Asking for a switch that the command does not have would panic.
    let own = matches.try_get_one::<bool>(FORCE).ok().flatten().copied().unwrap_or_default();
    own || matches.subcommand().is_some_and(|(_, inner)| forced(inner))
}

/// The language in which the command line describes itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording(pub(super) Lang);

impl Wording {
    /// The one of two texts that is in the language.
    pub(super) fn t<T>(self, zh: T, en: T) -> T {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Heading of what is named by its place.
    pub(super) fn arguments(self) -> &'static str {
        self.t("参数", "Arguments")
    }

    /// Heading of what is named by a switch.
    pub(super) fn options(self) -> &'static str {
        self.t("选项", "Options")
    }

    /// A command with its help and an example.
    pub(super) fn sub(self, name: &'static str, about: &'static str, example: &str) -> Command {
        Command::new(name)
            .about(about)
            .help_template(self.t(
                "{about}\n\n用法: {usage}\n\n{all-args}{after-help}",
                "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
            ))
            .disable_help_flag(true)
            .arg(self.help().help_heading(self.options()))
            .after_help(self.t(format!("例:\n  {example}"), format!("Example:\n  {example}")))
    }

    /// `FILE…`, the report files.
    pub(super) fn file(self) -> Arg {
        Arg::new("file")
            .value_name("FILE")
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.arguments())
            .help(self.t("报告文件，默认 ./report.toml", "report files; ./report.toml by default"))
    }

    /// `FILE`, one report file.
    pub(super) fn one_file(self) -> Arg {
        Arg::new("file")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.arguments())
            .help(self.t("报告文件，默认 ./report.toml", "the report file; ./report.toml by default"))
    }

    /// `--owner NAME`.
    pub(super) fn owner(self) -> Arg {
        Arg::new("owner")
            .long("owner")
            .value_name("NAME")
            .help_heading(self.options())
            .help(self.t("只要这个人或单位填的（owner）", "only those whose owner this is"))
    }

    /// `TEMPLATE`, the template of several reports.
    pub(super) fn template(self) -> Arg {
        Arg::new("template")
            .value_name("TEMPLATE")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.arguments())
            .help(self.t("模板文件", "the template"))
    }

    /// `-o DIR`, the folder of several outputs.
    pub(super) fn output_dir(self, zh: &'static str, en: &'static str) -> Arg {
        self.output("output-dir", "DIR").help(self.t(zh, en))
    }

    /// `-o DIR`, of what stands beside a report file where it is not said.
    pub(super) fn output_beside_report(self) -> Arg {
        self.output_dir(
            "输出到哪个文件夹，默认与报告文件同在一处",
            "folder of the outputs; beside the report file by default",
        )
    }

    /// `-o FILE`, the one output.
    pub(super) fn output_file(self, zh: &'static str, en: &'static str) -> Arg {
        self.output("output", "FILE").help(self.t(zh, en))
    }

    fn output(self, long: &'static str, value: &'static str) -> Arg {
        Arg::new("output")
            .short('o')
            .long(long)
            .value_name(value)
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.options())
    }

    /// `--against LAST`, the last report.
    pub(super) fn against(self) -> Arg {
        self.last().help(self.t(
            "上期的报告或数（.toml）：式子里 last.\"…\" 用它，少了的、相差太大的、一点没变的数都提醒",
            "the last report or its values (.toml), which last.\"…\" reads; figures that fell, leapt or stayed the same are told",
        ))
    }

    /// `--against LAST…`, where the last values of all towns are.
    pub(super) fn against_all(self, zh: &'static str, en: &'static str) -> Arg {
        self.last().num_args(1..).action(ArgAction::Append).help(self.t(zh, en))
    }

    fn last(self) -> Arg {
        Arg::new("against")
            .long("against")
            .value_name("LAST")
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.options())
    }

    /// `--deny`, `--warn` and `--allow`.
    pub(super) fn levels(self) -> [Arg; 3] {
        levels::args(self.0).map(|arg| arg.help_heading(self.options()))
    }

    /// `--font-dir DIR`, folders of an office's own faces.
    pub(super) fn font_dirs(self) -> Arg {
        Arg::new(FONT_DIR)
            .long(FONT_DIR)
            .value_name("DIR")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help_heading(self.options())
            .help(self.t(
                "自己的字体（TTF、TTC、OTF）所在的文件夹，可以写几次",
                "a folder of one's own faces (TTF, TTC, OTF); may be given several times",
            ))
    }

    /// `--force`, the same in every command that writes.
    pub(super) fn force(self) -> Arg {
        Arg::new(FORCE).long(FORCE).action(ArgAction::SetTrue).help_heading(self.options()).help(self.t(
            "替换别人的文件和改动过的结果，原来的留作 ….改动.…",
            "replace files of others and outputs that were edited; the old ones are kept as ….改动.…",
        ))
    }

    /// `--help`.
    pub(super) fn help(self) -> Arg {
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help(self.t("显示帮助", "print help"))
    }
}
