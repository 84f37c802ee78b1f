//! `diff`: what changed between two versions of a template.

use std::path::Path;

use anyhow::Result;
use report_gen::batch::Outcome;
use report_gen::diff::{NotCompared, diff, human, json};

use super::args::{Diff, Options};
use super::check::{name, unreadable};
use super::disk::Disk;
use super::exit::ExitStatus;
use super::show;

pub(super) fn run(args: &Diff, options: &Options) -> Result<ExitStatus> {
    let compared = match diff(&template(&args.old), &template(&args.new), &Disk::new()) {
        Ok(compared) => compared,
        Err(NotCompared::Read(file, error)) => return show::fault(unreadable(Path::new(&file), &error), options),
        Err(NotCompared::Faulty(sources, diagnostics)) => {
            return show::faults(&[Outcome { sources, diagnostics, ..Outcome::default() }], options, false);
        }
    };
    show::out(&if args.json { json(&compared)? } else { human(&compared, options.lang) })?;
    Ok(ExitStatus::Clean)
}

/// The template of a folder, else the file itself.
fn template(path: &Path) -> String {
    if path.is_dir() { name(&path.join(report_gen::bundle::TEMPLATE)) } else { name(path) }
}
