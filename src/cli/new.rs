//! `new`: a report file to begin with.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::diag::Lang;
use report_gen::manifest::schema;

use super::args::Options;
use super::disk;
use super::exit::ExitStatus;
use super::show;

/// What a new report says; its comments tell a clerk what to change.
const STARTER: &str = include_str!("starter.toml");
/// The schema that its first line names, for editors (taplo and those built on it).
const SCHEMA: &str = "report.schema.json";

pub(super) fn run(dir: &Path, options: &Options) -> Result<ExitStatus> {
    let target = dir.join("report.toml");
    std::fs::create_dir_all(dir).map_err(|error| anyhow!("{}: {error}", dir.display()))?;
    match disk::create(&target, STARTER.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let target = target.display();
            show::err(&match options.lang {
                Lang::Zh => format!("{target} 已经有了，没有改动它\n"),
                Lang::En => format!("{target} is there already and was left as it is\n"),
            })?;
            return Ok(ExitStatus::Failed);
        }
        Err(error) => return Err(anyhow!("{}: {error}", target.display())),
        Ok(()) => {}
    }
    let beside = dir.join(SCHEMA);
    match disk::create(&beside, schema::json().as_bytes()) {
        // That of another report in the folder: it serves both.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(anyhow!("{}: {error}", beside.display())),
        Ok(()) => {}
    }
    if !options.quiet {
        let target = target.display();
        show::out(&match options.lang {
            Lang::Zh => format!("已新建 {target}\n改好后运行：report-gen build {target}\n"),
            Lang::En => format!("made {target}\nthen: report-gen build {target}\n"),
        })?;
    }
    Ok(ExitStatus::Clean)
}
