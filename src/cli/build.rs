//! `build`: checks, then writes every output of every file, or nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::Outcome;
use report_gen::diag::{Code, Diagnostic, Lang, Text};
use report_gen::text;

use super::args::{Build, Options};
use super::check::{name, outcomes};
use super::disk::{self, NotWritten};
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(build: &Build, options: &Options) -> Result<ExitStatus> {
    let mut outcomes = outcomes(&build.files, &build.formats, options)?;
    let targets: Vec<Vec<PathBuf>> = build
        .files
        .iter()
        .zip(&outcomes)
        .map(|(file, outcome)| {
            let dir = build.dir.as_deref().or(file.parent()).unwrap_or(Path::new(""));
            outcome
                .files
                .iter()
                .map(|(format, _)| dir.join(format!("{}.{}", outcome.stem, format.extension())))
                .collect()
        })
        .collect();
    collisions(&targets, &build.files, &mut outcomes);
    let status = show::faults(&outcomes, options, false)?;
    if status != ExitStatus::Clean {
        return Ok(status);
    }
    if let Some(dir) = &build.dir {
        std::fs::create_dir_all(dir).map_err(|error| anyhow!("{}: {error}", dir.display()))?;
    }
    let bytes = outcomes.iter().flat_map(|outcome| &outcome.files).map(|(_, bytes)| bytes.as_slice());
    let files: Vec<_> = targets.iter().flatten().cloned().zip(bytes).collect();
    if let Err(refused) = disk::write(&files) {
        return not_written(&refused, options);
    }
    let mut told = String::new();
    for (outcome, targets) in outcomes.iter().zip(&targets) {
        for (target, (_, bytes)) in targets.iter().zip(&outcome.files) {
            let (target, kb) = (target.display(), bytes.len().div_ceil(1000));
            let _ = match options.lang {
                Lang::Zh => writeln!(told, "已生成 {target}（{kb} kB）"),
                Lang::En => writeln!(told, "wrote {target} ({kb} kB)"),
            };
        }
        if options.verbose {
            let (blocks, figures) = (outcome.blocks, outcome.figures);
            show::err(&match options.lang {
                Lang::Zh => format!("{blocks} 段，{figures} 个数\n"),
                Lang::En => format!("{blocks} paragraphs, {figures} figures\n"),
            })?;
        }
    }
    if !options.quiet {
        show::out(&told)?;
    }
    Ok(ExitStatus::Clean)
}

/// Two reports that would write one file are told before either is written.
fn collisions(targets: &[Vec<PathBuf>], files: &[PathBuf], outcomes: &mut [Outcome]) {
    let mut owners: BTreeMap<(PathBuf, String), usize> = BTreeMap::new();
    for (index, targets) in targets.iter().enumerate() {
        for target in targets {
            let owner = *owners.entry(place(target)).or_insert(index);
            if owner != index {
                let (target, other) = (name(target), name(&files[owner]));
                outcomes[index].diagnostics.push(
                    Diagnostic::new(
                        Code::OutputCollision,
                        text!("会与 {other} 写同一个文件 {target}", "would write {target}, as {other} does"),
                    )
                    .help(text!("在其中一个的 [report] 里改 output", "change output in [report] of one of them")),
                );
            }
        }
    }
}

/// What makes two targets one file: the folder, however it is written, and the name, in which Windows and macOS tell
/// no capitals.
fn place(target: &Path) -> (PathBuf, String) {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that is not there yet is the one of `-o`, which all share.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    (folder, target.file_name().unwrap_or_default().to_string_lossy().to_lowercase())
}

/// Says why nothing was written; the earlier outputs are as they were.
pub(super) fn not_written(refused: &NotWritten, options: &Options) -> Result<ExitStatus> {
    let (code, message, help) = match refused {
        NotWritten::Busy(target, error) => {
            let target = target.display();
            (
                Code::OutputBusy,
                text!("换不了 {target}：{error}", "cannot replace {target}: {error}"),
                text!(
                    "在 Word 或 WPS 里关掉这个文件再试；原来的文件没有动",
                    "close the file in Word or WPS and try again; the old files are untouched"
                ),
            )
        }
        NotWritten::Io(target, error) => {
            let target = target.display();
            (
                Code::Io,
                text!("写不了 {target}：{error}", "cannot write {target}: {error}"),
                text!(
                    "看看磁盘是否已满、文件夹能不能写；原来的文件没有动",
                    "see whether the disk is full or the folder is read-only; the old files are untouched"
                ),
            )
        }
    };
    tell(code, message, help, options)?;
    Ok(ExitStatus::Failed)
}

fn tell(code: Code, message: Text, help: Text, options: &Options) -> Result<()> {
    let diagnostics = vec![Diagnostic::new(code, message).help(help)];
    show::faults(&[Outcome { diagnostics, ..Outcome::default() }], options, false).map(|_| ())
}
