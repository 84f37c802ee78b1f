//! `check`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "check",
        w.t("只检查，不写文件；check 通过的，build 一定能生成", "checks and writes nothing; what passes, builds"),
        "report-gen check report.toml --deny warnings --message-format json",
    )
    .arg(w.file())
    .args(w.levels())
    .arg(w.font_dirs())
    .arg(
        Arg::new("against")
            .long("against")
            .value_name("LAST")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t(
                "和上一次的报告比：少了的、相差太大的、一点没变的数都提醒",
                "compare with the last report: figures that fell, leapt or stayed the same are told",
            )),
    )
    .arg(Arg::new("template").long("template").action(ArgAction::SetTrue).help_heading(w.options()).help(w.t(
        "当模板检查：没填的数只计数，不算错；写了 [template] 的文件总是这样",
        "check as a template: open figures are counted, and no faults; a file with [template] always is",
    )))
}
