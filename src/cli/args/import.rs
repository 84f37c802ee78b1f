//! `import`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `import`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Import {
    /// The draft; `-` is standard input.
    pub draft: PathBuf,
    /// The report file; standard output if none is named.
    pub output: Option<PathBuf>,
    pub figures_too: bool,
}

impl Import {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Import {
            draft: m.get_one("draft").cloned().unwrap_or_else(|| PathBuf::from("-")),
            output: m.get_one("output").cloned(),
            figures_too: m.get_flag("figures-too"),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "import",
        w.t(
            "把带 X 的旧稿（.docx、.txt、.md）变成报告文件，每个空一行",
            "turns a draft full of X (.docx, .txt, .md) into a report file, with a line for each hole",
        ),
        "report-gen import 旧稿.docx -o report.toml",
    )
    .arg(
        Arg::new("draft")
            .value_name("DRAFT")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t("旧稿；- 表示从标准输入读", "the draft; - reads standard input")),
    )
    .arg(w.output_file("写到哪个报告文件，默认写到标准输出", "the report file; standard output by default"))
    .arg(
        Arg::new("figures-too").long("figures-too").action(ArgAction::SetTrue).help_heading(w.options()).help(
            w.t("文中已有的数也变成指标，值照填", "numbers that the draft has become figures, with their values"),
        ),
    )
    .arg(w.force())
    .args(w.levels())
}
