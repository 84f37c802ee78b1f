//! `check`: tells what is wrong, and writes nothing.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::{Failure, Job, Outcome, run as run_job};
use report_gen::bundle::TEMPLATE;
use report_gen::diag::{Code, Diagnostic, Lang, Text};
use report_gen::fonts::{Fonts, Library};

use super::args::Options;
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(files: &[PathBuf], template: bool, against: Option<&Path>, options: &Options) -> Result<ExitStatus> {
    let job = Job { template, against: against.map(name), levels: options.levels.clone(), ..Job::default() };
    let outcomes = outcomes(files, &job, options)?;
    if options.verbose {
        outcomes.iter().try_for_each(|outcome| show::own_words(outcome, options.lang))?;
    }
    show::faults(&outcomes, options, true)
}

/// Runs a job like `like` for every file. A file that can't be read is the fault `io` of its outcome.
pub(super) fn outcomes(files: &[PathBuf], like: &Job, options: &Options) -> Result<Vec<Outcome>> {
    let disk = Disk::new();
    let fonts = faces(options, &disk)?;
    files
        .iter()
        .map(|file| {
            let job = Job { path: name(file), ..like.clone() };
            run_job(&job, &disk, &fonts).or_else(|failure| match failure {
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

/// How a file is named in diagnostics and to the disk: as it was typed, with `/`, which every system takes.
pub(super) fn name(file: &Path) -> String {
    let name = file.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() }
}

/// The template that stands in the folder `path`, else the file itself.
pub(super) fn template(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(TEMPLATE) } else { path.to_owned() }
}

/// What comes of a file that can't be read.
pub(super) fn unreadable(file: &Path, error: &io::Error) -> Outcome {
    Outcome::of(&name(file), Diagnostic::new(Code::Io, cannot_read(file, error)))
}

/// Why `file` can't be read, in the author's words where it is one of the usual reasons.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say themselves what they are")]
pub(super) fn cannot_read(file: &Path, error: &io::Error) -> Text {
    let file = name(file);
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
        _ => error.to_string(),
    };
    Text { zh: format!("读不了 {file}：{reason}"), en: format!("cannot read {file}: {error}") }
}

/// Reads a text file that is no report.
pub(super) fn read_text(file: &Path, lang: Lang) -> Result<String> {
    let read =
        disk::read(file).and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into()));
    read.map_err(|error| anyhow!("{}", cannot_read(file, &error).get(lang)))
}
