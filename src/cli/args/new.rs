//! `new`.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "new",
        w.t("在文件夹里新建一个报告文件，马上就能生成", "starts a report file in a folder, which builds at once"),
        "report-gen new 工作汇报",
    )
    .arg(
        Arg::new("dir")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.arguments())
            .help(w.t("文件夹，默认当前文件夹", "the folder; this one by default")),
    )
}
