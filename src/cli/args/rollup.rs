//! `rollup`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use report_gen::write::Format;

use super::wording::Wording;

/// `rollup`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Rollup {
    pub report: PathBuf,
    pub values: Vec<PathBuf>,
    /// Where outputs go; beside the report file if none is named.
    pub dir: Option<PathBuf>,
    pub formats: Vec<Format>,
    /// The head of the column that names the town; the first if none is named.
    pub name_column: Option<String>,
    /// The sheet of workbooks; the one whose heads fit if none is named.
    pub sheet: Option<String>,
    /// The last report, or the towns' values of that time.
    pub against: Vec<PathBuf>,
}

impl Rollup {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let all = |name| m.get_many(name).into_iter().flatten().cloned().collect();
        Rollup {
            report: m.get_one("report").cloned().unwrap_or_default(),
            values: all("values"),
            dir: m.get_one("output").cloned(),
            formats: super::build::formats(m),
            name_column: m.get_one("name-column").cloned(),
            sheet: m.get_one("sheet").cloned(),
            against: all("against"),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "rollup",
        w.t(
            "用各镇的数算出县里自己的报告",
            "makes the county's own report, its figures worked out of the towns' values",
        ),
        "report-gen rollup county/summary.toml --values towns.csv -o out",
    )
    .arg(
        Arg::new("report")
            .value_name("FILE")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t(
                "县里的报告文件，式子里写 sum(towns.\"党委会X次\")",
                "the county's report file, whose expressions have sum(towns.\"党委会X次\")",
            )),
    )
    .arg(
        Arg::new("values")
            .long("values")
            .value_name("FILE")
            .required(true)
            .num_args(1..)
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t(
                "各镇的数：.csv 或 .xlsx 一行一镇，.toml 一个文件一镇，或放这些文件的文件夹",
                "the towns' values: .csv or .xlsx with a row a town, .toml files, or folders of them",
            )),
    )
    .args(w.levels())
    .arg(w.font_dirs())
    .arg(w.output_beside_report())
    .arg(w.force())
    .arg(super::build::to(w))
    .arg(super::batch::name_column(w))
    .arg(super::batch::sheet(w))
    .arg(w.against_all(
        "上期：县里上一次的报告（.toml），或上期各镇的数表；式子里 last.\"…\" 用它",
        "last period: the county's last report (.toml), or the towns' tables of that time, which last.\"…\" reads",
    ))
}
