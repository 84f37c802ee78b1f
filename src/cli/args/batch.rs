//! `batch`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use report_gen::diag::Lang;
use report_gen::write::Format;

use super::wording::Wording;

/// `batch`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Batch {
    pub template: PathBuf,
    /// Tables, files of towns, and folders of both.
    pub values: Vec<PathBuf>,
    /// Where all outputs and the summary go; beside the values if none is named.
    pub dir: Option<PathBuf>,
    pub formats: Vec<Format>,
    /// The head of the column that names the town; the first if none is named.
    pub name_column: Option<String>,
    /// The sheet of workbooks; the one whose heads fit if none is named.
    pub sheet: Option<String>,
    /// How many reports are made at once; as many as there are cores if none is said.
    pub jobs: Option<usize>,
    /// Towns that alone are made; all if none is named.
    pub only: Vec<String>,
    pub shard: Option<Shard>,
    pub skip_unchanged: bool,
    pub fail_fast: bool,
    /// Whether gaps are left open.
    pub draft: bool,
    /// The towns' values of last time.
    pub against: Vec<PathBuf>,
}

/// The part of the towns that one machine of several makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Shard {
    /// From 1.
    pub number: usize,
    pub of: usize,
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let parsed = typed.split_once('/').and_then(|(number, of)| {
            let shard = Shard { number: number.parse().ok()?, of: of.parse().ok()? };
            (1..=shard.of).contains(&shard.number).then_some(shard)
        });
        parsed.ok_or("1/4, 2/4, 3/4, 4/4")
    }
}

impl Shard {
    /// Whether the town with this number, from 0, is of this part.
    pub(in crate::cli) fn has(self, town: usize) -> bool {
        town % self.of == self.number - 1
    }
}

impl Batch {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let all = |name| m.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect();
        Batch {
            template: m.get_one("template").cloned().unwrap_or_default(),
            values: all("values"),
            dir: m.get_one("output").cloned(),
            formats: super::build::formats(m),
            name_column: m.get_one("name-column").cloned(),
            sheet: m.get_one("sheet").cloned(),
            jobs: m.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs)),
            only: m.get_many::<String>("only").into_iter().flatten().cloned().collect(),
            shard: m.get_one("shard").copied(),
            skip_unchanged: m.get_flag("skip-unchanged"),
            fail_fast: m.get_flag("fail-fast"),
            draft: m.get_flag("draft"),
            against: all("against"),
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    let option = |name: &'static str, value: &'static str, zh: &'static str, en: &'static str| {
        Arg::new(name).long(name).value_name(value).help_heading(w.options()).help(w.t(zh, en))
    };
    let switch = |name: &'static str, zh: &'static str, en: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help_heading(w.options()).help(w.t(zh, en))
    };
    w.sub(
        "batch",
        w.t(
            "用一个模板和各镇的数，一次生成各镇的报告；哪一镇有错，不碍别的镇",
            "makes a report for each town from one template; a town with faults does not stop the others",
        ),
        "report-gen batch county/template.toml --values towns.csv -o out",
    )
    .arg(w.template())
    .arg(
        option(
            "values",
            "FILE",
            "各镇的数：.csv 或 .xlsx 一行一镇，.toml 一个文件一镇，或放这些文件的文件夹",
            "the towns' values: .csv or .xlsx with a row a town, .toml files, or folders of them",
        )
        .required(true)
        .num_args(1..)
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf)),
    )
    .args(w.levels())
    .arg(w.font_dirs())
    .arg(w.output_dir(
        "报告和汇总表放在哪个文件夹，默认与各镇的数同在一处",
        "folder of the reports and the summary; beside the values by default",
    ))
    .arg(w.force())
    .arg(super::build::to(w))
    .arg(name_column(w))
    .arg(sheet(w))
    .arg(
        option("jobs", "N", "同时做几份，默认有几个核做几份", "reports made at once; as many as there are cores")
            .short('j')
            .value_parser(value_parser!(u16).range(1..)),
    )
    .arg(
        option("only", "NAME", "只做这一镇，可以写几次", "this town alone; may be given several times")
            .action(ArgAction::Append),
    )
    .arg(
        option("shard", "I/N", "分成 N 份，只做第 I 份，如 1/4", "of N parts the I-th alone, such as 1/4")
            .value_parser(move |typed: &str| {
                typed.parse::<Shard>().map_err(|examples| match w.0 {
                    Lang::Zh => format!("写成 {examples} 这样"),
                    Lang::En => format!("write it as {examples}"),
                })
            }),
    )
    .arg(switch(
        "skip-unchanged",
        "模板、数和程序都没有变的镇不再做",
        "skip towns whose template, values and program are the same as last time",
    ))
    .arg(switch("fail-fast", "有一镇出错就停", "stop at the first town with a fault"))
    .arg(switch(
        "draft",
        "出草稿：没填的空标黄留着，文件名带“草稿”",
        "drafts: gaps stay, in yellow, and the files' names say 草稿",
    ))
    .arg(w.against_all(
        "上期各镇的数：数表、.toml 或文件夹；式子里 last.\"…\" 用它，少了的、相差太大的、一点没变的数都提醒",
        "the towns' values of last time: tables, .toml files or folders, which last.\"…\" reads; figures that fell, leapt or stayed the same are told",
    ))
}

/// `--name-column`.
pub(super) fn name_column(w: Wording) -> Arg {
    Arg::new("name-column").long("name-column").value_name("HEAD").help_heading(w.options()).help(w.t(
        "哪一列是镇名，写表头，默认第一列（序号不算）",
        "head of the column that names the town; by default the first that does not count the rows",
    ))
}

/// `--sheet`.
pub(super) fn sheet(w: Wording) -> Arg {
    Arg::new("sheet").long("sheet").value_name("NAME").help_heading(w.options()).help(w.t(
        "用 .xlsx 里的哪一张工作表，默认用表头对得上的那一张",
        "which sheet of workbooks is read; by default the one whose heads fit",
    ))
}
