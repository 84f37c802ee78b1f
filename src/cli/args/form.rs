//! `form`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::wording::Wording;

/// `form`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Form {
    pub template: PathBuf,
    /// Where the form goes: `.xlsx` or `.csv`.
    pub output: PathBuf,
    /// Whose figures alone it asks for; all if none is named.
    pub owner: Option<String>,
    /// A row a town instead of a row a figure.
    pub table: bool,
}

impl Form {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Form {
            template: m.get_one("template").cloned().unwrap_or_default(),
            output: m.get_one("output").cloned().unwrap_or_default(),
            owner: m.get_one("owner").cloned(),
            table: m.get_flag("table"),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "form",
        w.t(
            "照模板做空白填报表：一个数一行，只能填该填的格",
            "makes the blank form of a template: a figure a row, and only the cells to fill in are open",
        ),
        "report-gen form county/template.toml -o form.xlsx",
    )
    .arg(w.template())
    .args(w.levels())
    .arg(w.output_file("填报表的文件名，.xlsx 或 .csv", "the form's file, .xlsx or .csv").required(true))
    .arg(w.force())
    .arg(
        Arg::new("owner")
            .long("owner")
            .value_name("NAME")
            .help_heading(w.options())
            .help(w.t("只要由这个部门填的数", "the figures of this owner alone")),
    )
    .arg(
        Arg::new("table")
            .long("table")
            .action(ArgAction::SetTrue)
            .help_heading(w.options())
            .help(w.t("一个镇一行的表，填好后直接交给 batch", "a row a town, which `batch` takes as it is")),
    )
}
