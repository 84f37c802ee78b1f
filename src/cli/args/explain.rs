//! `explain`.

use clap::{Arg, Command};

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "explain",
        w.t("说明一个问题代码的意思，附错误和正确的写法", "tells what a code means, with a wrong and a right example"),
        "report-gen explain missing-figure",
    )
    .arg(
        Arg::new("code")
            .value_name("CODE")
            .help_heading(w.arguments())
            .help(w.t("代码；不写就列出全部", "the code; without one all are listed")),
    )
}
