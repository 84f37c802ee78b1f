//! `collect`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `collect`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Collect {
    /// What was filled in, and the report file.
    pub files: Vec<PathBuf>,
    /// Where the values go; to standard output if none is named.
    pub output: Option<PathBuf>,
}

impl Collect {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let files = m.get_many("file").into_iter().flatten().cloned().collect();
        Collect { files, output: m.get_one("output").cloned() }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "collect",
        w.t("把 Word 里填好的草稿收回来，变成可以粘贴的数", "takes the figures out of a draft that was filled in Word"),
        w.t("report-gen collect 工作汇报.草稿.docx report.toml", "report-gen collect report.草稿.docx report.toml"),
    )
    .arg(
        Arg::new("file")
            .value_name("FILE")
            .num_args(1..)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t(
                "填好的草稿（.docx），后面可跟报告文件，默认 ./report.toml",
                "the filled draft (.docx), and the report file; ./report.toml by default",
            )),
    )
    .args(w.levels())
    .arg(
        Arg::new("output")
            .short('o')
            .long("output")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t("写入这个文件，默认印在屏幕上", "write the values to this file; printed by default")),
    )
}
