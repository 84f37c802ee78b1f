//! `check`: tells what is wrong, and writes nothing.

use std::path::{Path, PathBuf};

use anyhow::Result;
use report_gen::batch::Job;

use super::args::Options;
use super::exit::ExitStatus;
use super::jobs::outcomes;
use super::paths::name;
use super::show;

pub(super) fn run(files: &[PathBuf], template: bool, against: Option<&Path>, options: &Options) -> Result<ExitStatus> {
    let job = Job { template, against: against.map(name), levels: options.levels.clone(), ..Job::default() };
    let outcomes = outcomes(files, &job, options)?;
    if options.verbose {
        outcomes.iter().try_for_each(|outcome| show::own_words(outcome, options.lang))?;
    }
    show::faults(&outcomes, options, true)
}
