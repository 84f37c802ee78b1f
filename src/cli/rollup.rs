//! `rollup`: the county's own report.

use std::path::Path;

use anyhow::Result;
use report_gen::batch::{Job, Reading, roll_up};

use super::args::{Options, Rollup};
use super::batch::inputs;
use super::build;
use super::disk::Disk;
use super::exit::ExitStatus;
use super::jobs::faces;
use super::paths::name;
use super::stop::Stop;

pub(super) fn run(args: &Rollup, options: &Options) -> Result<ExitStatus> {
    let values = inputs(&args.values, &[&args.report])?;
    // One file is the county's last report; tables and folders are the towns'.
    let is_report =
        |file: &Path| file.extension().is_some_and(|own| own.eq_ignore_ascii_case("toml")) && !file.is_dir();
    let report = args.against.first().filter(|file| args.against.len() == 1 && is_report(file));
    let last = match report {
        Some(_) => Vec::new(),
        None => inputs(&args.against, &[&args.report])?,
    };
    let job = Job {
        path: name(&args.report),
        against: report.map(|report| name(report)),
        formats: args.formats.clone(),
        levels: options.levels.clone(),
        ..Job::default()
    };
    let disk = Disk::new();
    let reading = Reading { name: args.name_column.as_deref(), sheet: args.sheet.as_deref() };
    let made = roll_up(&job, &values, &last, reading, &disk, &faces(options, &disk)?);
    let outcome = made.map_err(Stop::failed(&args.report))?;
    build::write(std::slice::from_ref(&args.report), vec![outcome], args.dir.as_deref(), options)
}
