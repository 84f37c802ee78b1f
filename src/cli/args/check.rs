//! `check`.

use clap::{Arg, ArgAction, Command};

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
    .arg(w.against())
    .arg(Arg::new("template").long("template").action(ArgAction::SetTrue).help_heading(w.options()).help(w.t(
        "当模板检查：没填的数只计数，不算错；写了 [template] 的文件总是这样",
        "check as a template: open figures are counted, and no faults; a file with [template] always is",
    )))
}
