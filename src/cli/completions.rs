//! `completions` and `man`: what shells and `man` ask for, from the one description of the command line.

use anyhow::Result;
use clap_complete::Shell;
use clap_mangen::Man;
use report_gen::diag::Lang;

use super::args::{Options, command};
use super::exit::ExitStatus;
use super::show;

/// Prints the completions for `shell`.
pub(super) fn completions(shell: Shell, options: &Options) -> Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(options.lang), "report-gen", &mut script);
    show::raw(&script)?;
    Ok(ExitStatus::Clean)
}

/// Prints the page of the program, or of one of its commands.
pub(super) fn man(name: Option<&str>, options: &Options) -> Result<ExitStatus> {
    let mut program = command(options.lang);
    program.build();
    let Some(name) = name else { return page(program) };
    if let Some(found) = program.find_subcommand(name) {
        return page(found.clone());
    }
    show::err(&match options.lang {
        Lang::Zh => format!("没有 {name} 这个命令\n"),
        Lang::En => format!("there is no command `{name}`\n"),
    })?;
    Ok(ExitStatus::Failed)
}

fn page(command: clap::Command) -> Result<ExitStatus> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    show::raw(&page)?;
    Ok(ExitStatus::Clean)
}
