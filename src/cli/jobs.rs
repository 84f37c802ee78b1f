//! Jobs of several report files, and the faces that they are set in.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::{Failure, Job, Outcome, run};
use report_gen::fonts::{Fonts, Library};

use super::args::Options;
use super::disk::Disk;
use super::paths::{cannot_read, name, unreadable};

/// Runs a job like `like` for every file. A file that can't be read is the fault `io` of its outcome.
pub(super) fn outcomes(files: &[PathBuf], like: &Job, options: &Options) -> Result<Vec<Outcome>> {
    let disk = Disk::new();
    let fonts = faces(options, &disk)?;
    files
        .iter()
        .map(|file| {
            let job = Job { path: name(file), ..like.clone() };
            run(&job, &disk, &fonts).or_else(|failure| match failure {
                Failure::Read(error) => Ok(unreadable(file, &error)),
                Failure::Write(error) => Err(anyhow!(error)),
            })
        })
        .collect()
}

/// The bundled faces, and those in the folders of `--font-dir`.
pub(super) fn faces(options: &Options, disk: &Disk) -> Result<Fonts> {
    if options.font_dirs.is_empty() {
        return Ok(Fonts::bundled());
    }
    let folders: Vec<String> = options.font_dirs.iter().map(|folder| name(folder)).collect();
    let library = Library::open(&folders, disk);
    let library = library.map_err(|(folder, error)| {
        let why = cannot_read(Path::new(&folder), &error);
        anyhow!("{}", why.get(options.lang))
    })?;
    Ok(Fonts::bundled().with_library(library))
}
