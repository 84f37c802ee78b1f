//! `man`.

use clap::{Arg, Command};

use super::wording::Wording;

pub(super) fn command(w: Wording) -> Command {
    w.sub("man", w.t("打印手册页", "prints the manual page"), "report-gen man > report-gen.1").arg(
        Arg::new("command")
            .value_name("COMMAND")
            .help_heading(w.arguments())
            .help(w.t("哪个命令；不写就是整个程序", "of which command; of the program by default")),
    )
}
