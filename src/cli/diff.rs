//! `diff`: what changed between two versions of a template.

use std::path::Path;

use anyhow::Result;
use report_gen::diff::{NotCompared, diff, human, json};

use super::args::{Diff, Options};
use super::disk::Disk;
use super::exit::ExitStatus;
use super::paths::{name, template};
use super::show;
use super::stop::Stop;

pub(super) fn run(args: &Diff, options: &Options) -> Result<ExitStatus> {
    let named = |path| name(&template(path));
    let compared = match diff(&named(&args.old), &named(&args.new), &Disk::new()) {
        Ok(compared) => compared,
        Err(NotCompared::Read(file, error)) => return Err(Stop::unreadable(Path::new(&file))(error).into()),
        Err(NotCompared::Faulty(sources, faults)) => return Err(Stop::told(sources, faults).into()),
    };
    match args.json {
        true => show::raw(json(&compared).as_bytes())?,
        false => show::out(&human(&compared, options.lang))?,
    }
    Ok(ExitStatus::Clean)
}
