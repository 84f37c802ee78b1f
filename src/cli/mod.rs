//! The command line: the only part that knows arguments, the disk, the terminal and the environment.

mod args;
mod batch;
mod build;
mod bundle;
mod check;
mod collect;
mod collect_forms;
mod completions;
mod diff;
mod disk;
mod exit;
mod explain;
mod figures;
mod fill;
mod fonts;
mod form;
mod import;
mod jobs;
mod known;
mod levels;
mod lint;
mod lock;
mod new;
mod ours;
mod paths;
mod print;
mod refusal;
mod replace;
mod rollup;
mod schema;
mod seen;
mod show;
mod stop;
mod summary;
mod temporary;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use self::args::Command;
pub(crate) use self::exit::ExitStatus;
use self::stop::Stop;

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
    disk::check_environment(lang)?;
    let done = match command {
        Command::Batch(batch) => batch::run(&batch, &options),
        Command::Build(build) => build::run(&build, &options),
        Command::Check { files, template, against } => check::run(&files, template, against.as_deref(), &options),
        Command::Collect(collect) => collect::run(&collect, &options),
        Command::Figures(figures) => figures::run(&figures, &options),
        Command::Fill(args) => fill::run(&args, &options),
        Command::Form(form) => form::run(&form, &options),
        Command::CollectForms(collect) => collect_forms::run(&collect, &options),
        Command::Lint(lint) => lint::run(&lint, &options),
        Command::Lock(args) => lock::run(&args, &options),
        Command::New(new) => new::run(&new, &options),
        Command::Pack(pack) => bundle::pack(&pack, &options),
        Command::Unpack(unpack) => bundle::unpack(&unpack, &options),
        Command::Diff(args) => diff::run(&args, &options),
        Command::Explain { code } => explain::run(code.as_deref(), &options),
        Command::Fonts(fonts) => fonts::run(&fonts, &options),
        Command::Import(import) => import::run(&import, &options),
        Command::Rollup(args) => rollup::run(&args, &options),
        Command::Summary(merge) => summary::run(&merge, &options),
        Command::Schema => schema::run(),
        Command::Completions { shell } => completions::completions(shell, &options),
        Command::Man { command } => completions::man(command.as_deref(), &options),
    };
    done.or_else(|error| show::faults(&error.downcast::<Stop>()?.0, &options, false))
}

/// Says what the machine refused.
pub(crate) fn fatal(error: &anyhow::Error) -> ExitCode {
    // Nothing is left to do where even this can't be said.
    let _ = show::err(&format!("report-gen: {error:#}\n"));
    ExitStatus::Failed.into()
}
