//! `fonts`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `fonts`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Fonts {
    /// The report whose faces are told.
    pub file: Option<PathBuf>,
    pub check: Option<PathBuf>,
    pub licenses: bool,
}

impl Fonts {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Fonts { file: m.get_one("file").cloned(), check: m.get_one("check").cloned(), licenses: m.get_flag("licenses") }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "fonts",
        w.t(
            "列出各处用的字体和原因，或查一个文件的字是否都有",
            "lists the faces by role and why, or checks the characters of a file",
        ),
        "report-gen fonts report.toml --font-dir fonts",
    )
    .arg(
        Arg::new("file")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t("报告文件：看它的 [style] fonts", "a report file, for its [style] fonts")),
    )
    .arg(w.font_dirs())
    .arg(
        Arg::new("check")
            .long("check")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t("查这个文本文件里的字由哪些字体来排", "tell which faces set the characters of this text file")),
    )
    .arg(
        Arg::new("licenses")
            .long("licenses")
            .action(ArgAction::SetTrue)
            .help_heading(w.options())
            .help(w.t("打印字体和词表的许可证", "print the licences of the faces and of the list of words")),
    )
}
