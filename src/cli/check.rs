//! `check`: tells what is wrong, and writes nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use report_gen::batch::{Failure, Job, Outcome, run as run_job};
use report_gen::diag::Lang;
use report_gen::fonts::Fonts;
use report_gen::write::Format;

use super::args::Options;
use super::disk::Disk;
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(files: &[PathBuf], options: &Options) -> Result<ExitStatus> {
    let outcomes = outcomes(files, &[], options)?;
    show::faults(&outcomes, options, true)
}

/// Runs a job for every file.
pub(super) fn outcomes(files: &[PathBuf], formats: &[Format], options: &Options) -> Result<Vec<Outcome>> {
    let (disk, fonts) = (Disk::new(), Fonts::bundled());
    files
        .iter()
        .map(|file| {
            let job = Job { path: name(file), formats: formats.to_vec(), levels: options.levels.clone() };
            run_job(&job, &disk, &fonts).map_err(|failure| match failure {
                Failure::Read(error) => anyhow!(error).context(cannot_read(file, options.lang)),
                Failure::Write(error) => anyhow!(error),
            })
        })
        .collect()
}

/// How a file is named in diagnostics and to the disk: as it was typed, with `/`, which every system takes.
pub(super) fn name(file: &Path) -> String {
    let name = file.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() }
}

fn cannot_read(file: &Path, lang: Lang) -> String {
    let file = file.display();
    match lang {
        Lang::Zh => format!("读不了 {file}"),
        Lang::En => format!("cannot read {file}"),
    }
}

/// Reads a text file that is no report.
#[expect(clippy::disallowed_methods, reason = "a file named on the command line")]
pub(super) fn read_text(file: &Path, lang: Lang) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| cannot_read(file, lang))
}
