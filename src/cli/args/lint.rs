//! `lint`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::wording::Wording;

/// `lint`.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Lint {
    pub files: Vec<PathBuf>,
    /// Make the sure cures.
    pub fix: bool,
    /// Make them on paper alone, and show the difference.
    pub dry_run: bool,
}

impl Lint {
    pub(super) fn read(m: &ArgMatches) -> Self {
        Lint { files: super::files(m), fix: m.get_flag("fix"), dry_run: m.get_flag("dry-run") }
    }
}

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "lint",
        w.t(
            "校对：标点、数字、日期和用词，按 GB/T 15834、15835、9704",
            "proofreads marks, numbers, dates and words by GB/T 15834, 15835 and 9704",
        ),
        "report-gen lint report.toml 草稿.txt --fix --dry-run",
    )
    .arg(w.file().help(w.t(
        "报告文件、.docx、.md 或纯文本（UTF-8、GBK、UTF-16），默认 ./report.toml",
        "report files, .docx, .md or plain text (UTF-8, GBK, UTF-16); ./report.toml by default",
    )))
    .args(w.levels())
    .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help_heading(w.options()).help(w.t(
        "把有把握的改好，写回原文件（Word 文件除外）",
        "make the sure cures, in the files themselves (not in Word files)",
    )))
    .arg(
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help_heading(w.options())
            .help(w.t("只显示 --fix 会改什么，不写文件", "show what --fix would change, and write nothing")),
    )
}
