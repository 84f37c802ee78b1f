//! `figures`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::wording::Wording;

/// `figures`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Figures {
    pub file: PathBuf,
    pub missing: bool,
    pub owner: Option<String>,
    pub evidence: bool,
    /// Rules to paste instead of the list.
    pub suggest: bool,
    pub format: ListFormat,
    /// The file to write; standard output if none is named.
    pub output: Option<PathBuf>,
}

/// How the list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum ListFormat {
    Table,
    Json,
    Csv,
    Xlsx,
}

impl ListFormat {
    const NAMED: [(&str, ListFormat); 4] = [
        ("table", ListFormat::Table),
        ("json", ListFormat::Json),
        ("csv", ListFormat::Csv),
        ("xlsx", ListFormat::Xlsx),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

impl Figures {
    pub(super) fn read(m: &ArgMatches) -> Self {
        let output: Option<PathBuf> = m.get_one("output").cloned();
        let extension = output.as_ref().and_then(|file| file.extension()?.to_str());
        let format = m.get_one::<String>("format").map(String::as_str).or(extension).and_then(ListFormat::from_name);
        Figures {
            file: super::file(m),
            missing: m.get_flag("missing"),
            owner: m.get_one("owner").cloned(),
            evidence: m.get_flag("evidence"),
            suggest: m.get_flag("suggest-rules"),
            format: format.unwrap_or(ListFormat::Table),
            output,
        }
    }
}

pub(super) fn command(w: Wording) -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help_heading(w.options()).help(help)
    };
    w.sub(
        "figures",
        w.t(
            "列出全部指标：填在哪里、是多少、谁来填；报告有错也列，状态码仍为 0，读不成报告时为 1",
            "lists every figure: where, how much, whose; exit status 0 also where the report has faults, 1 where it is no report",
        ),
        "report-gen figures report.toml --missing --owner 环卫办 -o 待填.xlsx",
    )
    .arg(w.one_file())
    .arg(flag("missing", w.t("只要还没有填的", "only those without a value")))
    .arg(w.owner())
    .arg(flag("evidence", w.t("列出句子、来源和截至日期，供核对", "with sentence, source and date, for whoever asks")))
    .arg(
        flag(
            "suggest-rules",
            w.t(
                "不列指标，读正文提出勾稽规则（合计、其中、占比、完成率、同比），是可以粘贴的 TOML，要自己看过再用",
                "no list, but rules that the text asks for (sums, parts, shares, rates, growth), as TOML to look at and paste",
            ),
        )
        .conflicts_with_all(["missing", "owner", "evidence", "format"]),
    )
    .arg(
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(ListFormat::NAMED.map(|(name, _)| name)))
            .hide_possible_values(true)
            .help_heading(w.options())
            .help(w.t(
                "table、json（一行一个）、csv 或 xlsx；默认看 -o 的扩展名，否则 table",
                "table, json (one a line), csv or xlsx; by the name of -o, else table",
            )),
    )
    .arg(w.output_file("写到这个文件，默认显示出来", "the file to write; standard output by default"))
    .arg(w.force())
}
