//! `lint`: proofreads, and with `--fix` mends what is sure.

use std::path::{Path, PathBuf};

use anyhow::Result;
use report_gen::batch::Outcome;
use report_gen::diag::Lang;
use report_gen::lint::{self, Job, Mended};
use similar::TextDiff;

use super::args::{Lint, Options};
use super::disk::Disk;
use super::exit::ExitStatus;
use super::ours::Outputs;
use super::paths::{name, unreadable};
use super::show;
use super::stop::Stop;

/// Lines of the file round each change of a `--dry-run`.
const CONTEXT: usize = 1;

pub(super) fn run(lint: &Lint, options: &Options) -> Result<ExitStatus> {
    let disk = Disk::new();
    let mends = lint.fix || lint.dry_run;
    if let Some(file) = lint.files.iter().find(|file| mends && !lint::can_mend(&name(file))) {
        let file = file.display();
        show::err(&match options.lang {
            Lang::Zh => format!(
                "不改 Word 文件 {file}：去掉 --fix 只校对，照提示在 Word 里改；或先 report-gen import 成报告文件再改\n"
            ),
            Lang::En => format!(
                "{file} is a Word file and is not mended: leave --fix out and mend it in Word, or import it first\n"
            ),
        })?;
        return Ok(ExitStatus::Failed);
    }
    let mut outcomes = Vec::new();
    let mut mended: Vec<(&Path, Mended)> = Vec::new();
    for file in &lint.files {
        let job = Job { path: name(file), levels: options.levels.clone() };
        let found = if mends {
            lint::mend(&job, &disk).map(|mut found| {
                let outcome = std::mem::take(&mut found.outcome);
                mended.push((file, found));
                outcome
            })
        } else {
            lint::run(&job, &disk)
        };
        outcomes.push(match found {
            Ok(lint::Outcome { sources, diagnostics, numbers }) => {
                Outcome { sources, diagnostics, numbers, ..Outcome::default() }
            }
            Err(error) => unreadable(file, &error),
        });
    }
    if lint.dry_run {
        for (file, mended) in &mended {
            show::out(&difference(file, mended))?;
        }
    } else {
        let files: Vec<(PathBuf, &[u8])> =
            mended.iter().filter_map(|(file, mended)| Some(((*file).to_owned(), mended.bytes.as_deref()?))).collect();
        Outputs::new(options).rewrite(&files).map_err(Stop::from)?;
        if !options.quiet {
            mended.iter().try_for_each(|(file, mended)| show::err(&told(file, mended.count, options.lang)))?;
        }
    }
    show::proof(&outcomes, options, !lint.dry_run)
}

/// What was mended in a file.
fn told(file: &Path, count: usize, lang: Lang) -> String {
    let file = file.display();
    match (count, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("已改 {file}：{count} 处\n"),
        (_, Lang::En) => format!("mended {file}: {count} {}\n", if count == 1 { "place" } else { "places" }),
    }
}

/// The unified difference that mending a file makes.
fn difference(file: &Path, mended: &Mended) -> String {
    let (before, after) = &mended.text;
    if before == after {
        return String::new();
    }
    let name = name(file);
    TextDiff::from_lines(before, after).unified_diff().context_radius(CONTEXT).header(&name, &name).to_string()
}
