//! The command line: the only part that knows arguments, the disk, the terminal and the environment.

mod args;
mod batch;
mod build;
mod check;
mod collect;
mod collect_forms;
mod completions;
mod disk;
mod exit;
mod explain;
mod figures;
mod fonts;
mod form;
mod import;
mod levels;
mod lint;
mod new;
mod rollup;
mod schema;
mod show;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use self::args::Command;
pub(crate) use self::exit::ExitStatus;

/// Does what the arguments say.
///
/// # Errors
/// What the machine refused; exit status 2.
pub(crate) fn run(mut args: Vec<OsString>) -> Result<ExitStatus> {
    let lang = show::language(&args);
    if args.len() < 2 {
        args.push("--help".into());
    }
    let (options, command) = match args::parse(args, lang) {
        Ok(parsed) => parsed,
        Err(refused) => return show::usage(&refused, lang),
    };
    match command {
        Command::Batch(batch) => batch::run(&batch, &options),
        Command::Build(build) => build::run(&build, &options),
        Command::Check { files, template, against } => check::run(&files, template, against.as_deref(), &options),
        Command::Collect(collect) => collect::run(&collect, &options),
        Command::Figures(figures) => figures::run(&figures, &options),
        Command::Form(form) => form::run(&form, &options),
        Command::CollectForms(collect) => collect_forms::run(&collect, &options),
        Command::Lint(lint) => lint::run(&lint, &options),
        Command::New { dir } => new::run(&dir, &options),
        Command::Explain { code } => explain::run(code.as_deref(), &options),
        Command::Fonts(fonts) => fonts::run(&fonts, &options),
        Command::Import(import) => import::run(&import, &options),
        Command::Rollup(args) => rollup::run(&args, &options),
        Command::Summary(merge) => summary::run(&merge, &options),
        Command::Schema => schema::run(),
        Command::Completions { shell } => completions::completions(shell, &options),
        Command::Man { command } => completions::man(command.as_deref(), &options),
    }
}

/// Says what the machine refused. A reader that closed its pipe has what it wanted.
pub(crate) fn fatal(error: &anyhow::Error) -> ExitCode {
    let closed = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe);
    if closed {
        return ExitStatus::Clean.into();
    }
    // Nothing is left to do where even this can't be said.
    let _ = show::err(&format!("report-gen: {error:#}\n"));
    ExitStatus::Failed.into()
}
