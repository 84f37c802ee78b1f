//! `check`.

use clap::Command;

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "check",
        w.t("只检查，不写文件；check 通过的，build 一定能生成", "checks and writes nothing; what passes, builds"),
        "report-gen check report.toml --deny warnings --message-format json",
    )
    .arg(w.file())
    .args(w.levels())
}
