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

/// `collect --template`: of forms.
#[derive(Clone, Debug)]
pub(in crate::cli) struct CollectForms {
    pub template: PathBuf,
    /// Filled forms, and folders of them.
    pub forms: Vec<PathBuf>,
    /// Where the table of all towns goes.
    pub output: PathBuf,
    /// A table whose first column names all towns.
    pub roster: Option<PathBuf>,
}

impl CollectForms {
    pub(super) fn read(m: &ArgMatches) -> Self {
        CollectForms {
            template: m.get_one("template").cloned().unwrap_or_default(),
            forms: m.get_many("file").into_iter().flatten().cloned().collect(),
            output: m.get_one("output").cloned().unwrap_or_else(|| PathBuf::from("towns.csv")),
            roster: m.get_one("roster").cloned(),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "collect",
        w.t(
            "把 Word 里填好的草稿收回来，变成可以粘贴的数；或把填好的填报表合成数表",
            "takes the figures out of a draft that was filled in Word, or of filled forms",
        ),
        w.t(
            "report-gen collect 工作汇报.草稿.docx report.toml\n  report-gen collect 填报表/*.xlsx --template county/template.toml -o towns.csv",
            "report-gen collect report.草稿.docx report.toml\n  report-gen collect forms/*.xlsx --template county/template.toml -o towns.csv",
        ),
    )
    .arg(
        Arg::new("file")
            .value_name("FILE")
            .num_args(1..)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t(
                "填好的草稿（.docx），后面可跟报告文件，默认 ./report.toml；或填好的填报表（.xlsx、.csv）和放它们的文件夹",
                "the filled draft (.docx), and the report file; ./report.toml by default. Or filled forms (.xlsx, .csv) and folders of them",
            )),
    )
    .args(w.levels())
    .arg(
        w.output_file(
                "写入这个文件；草稿的数默认印在屏幕上，填报表的默认写入 towns.csv，写 .toml 是一个镇的数，写文件夹（以 / 结尾）是一镇一个 .toml",
                "write to this file; by default a draft's values are printed, those of forms go to towns.csv; .toml has one town's values, a folder/ a .toml a town",
            ),
    )
    .arg(w.force())
    .arg(
        Arg::new("template")
            .long("template")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t("做填报表的模板；收填报表要写", "the template that the forms were made of; needed for forms")),
    )
    .arg(
        Arg::new("roster")
            .long("roster")
            .value_name("FILE")
            .requires("template")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t("名单，第一列是所有的镇，报出谁还没有交", "a table of all towns, to tell who is missing")),
    )
}
