//! `completions`.

use clap::{Arg, Command, value_parser};
use clap_complete::Shell;

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub(
        "completions",
        w.t("打印命令行补全脚本", "prints the completions for a shell"),
        "report-gen completions bash > ~/.local/share/bash-completion/completions/report-gen",
    )
    .arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .hide_possible_values(true)
            .help_heading(w.arguments())
            .help(w.t(
                "哪一种: bash、zsh、fish、powershell 或 elvish",
                "which one: bash, zsh, fish, powershell or elvish",
            )),
    )
}
