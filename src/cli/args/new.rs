//! `new`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::wording::Wording;

/// `new`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct New {
    /// The folder of the report, made if it is not there.
    pub dir: PathBuf,
    /// The template or bundle that the report builds on.
    pub from: Option<PathBuf>,
}

impl New {
    pub(super) fn read(m: &ArgMatches) -> Self {
        New { dir: m.get_one("dir").cloned().unwrap_or_else(|| PathBuf::from(".")), from: m.get_one("from").cloned() }
    }
}

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
    .arg(
        Arg::new("from")
            .long("from")
            .value_name("TEMPLATE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(w.options())
            .help(w.t(
                "照这个模板或模板包（.rgt）列出要填的数；模板包会放进文件夹并锁定",
                "list the figures that this template or bundle (.rgt) asks for; a bundle is put into the folder and locked",
            )),
    )
}
