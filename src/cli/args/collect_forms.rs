//! `collect`, of forms.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `collect`, of forms.
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
            forms: m.get_many("form").into_iter().flatten().cloned().collect(),
            output: m.get_one("output").cloned().unwrap_or_default(),
            roster: m.get_one("roster").cloned(),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    let file =
        |name: &'static str, value: &'static str| Arg::new(name).value_name(value).value_parser(value_parser!(PathBuf));
    w.sub(
        "collect",
        w.t(
            "收回填好的填报表，边收边查，合成一张各镇的数表",
            "reads filled forms back, checks them, and makes one table of all towns",
        ),
        "report-gen collect forms/*.xlsx --template county/template.toml -o towns.csv",
    )
    .arg(
        file("form", "FORM").num_args(1..).required(true).help_heading(w.arguments()).help(
            w.t("填好的填报表（.xlsx、.csv），或放它们的文件夹", "filled forms (.xlsx, .csv), or folders of them"),
        ),
    )
    .args(w.levels())
    .arg(
        file("template", "FILE")
            .long("template")
            .required(true)
            .help_heading(w.options())
            .help(w.t("做填报表的模板", "the template that the forms were made of")),
    )
    .arg(
        file("output", "FILE")
            .short('o')
            .long("output")
            .required(true)
            .help_heading(w.options())
            .help(w.t("数表的文件名，.csv", "the table's file, .csv")),
    )
    .arg(
        file("roster", "FILE")
            .long("roster")
            .help_heading(w.options())
            .help(w.t("名单，第一列是所有的镇，报出谁还没有交", "a table of all towns, to tell who is missing")),
    )
}
