//! `fill`.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use super::wording::Wording;

/// `fill`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Fill {
    pub file: PathBuf,
    /// Whose figures alone are asked for; all if none is named.
    pub owner: Option<String>,
}

impl Fill {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Fill { file: super::file(m), owner: m.get_one("owner").cloned() }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "fill",
        w.t(
            "逐个问还没有填的数，当场检查，写进报告文件，注释和次序不动；回车跳过，b 退回上一个，u 撤销上次填的，q 停下，下次接着填",
            "asks for the missing figures one by one, checks each, and writes it into the file, whose comments and order stay; an empty line skips, b goes back, u takes the last answer back, q stops, and the next run goes on from there",
        ),
        "report-gen fill report.toml --owner 环卫办",
    )
    .arg(w.one_file())
    .arg(w.owner())
}
