//! `summary merge`: the summaries of shards as one.

use std::path::Path;

use anyhow::{Result, anyhow};
use report_gen::batch::summary::{State, Summary};
use report_gen::diag::Lang;

use super::args::{Merge, Options};
use super::batch::summary_names;
use super::check::unreadable;
use super::disk;
use super::exit::ExitStatus;
use super::show::{self, not_written};

pub(super) fn run(merge: &Merge, options: &Options) -> Result<ExitStatus> {
    let mut summaries = Vec::new();
    for file in &merge.files {
        let bytes = match disk::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                return show::fault(unreadable(file, &error), options);
            }
        };
        let name = file.display();
        summaries.push(Summary::read(&bytes).ok_or_else(|| {
            anyhow!(match options.lang {
                Lang::Zh => format!("{name} 不是 batch 写的 summary.json"),
                Lang::En => format!("{name} is no summary.json of `batch`"),
            })
        })?);
    }
    let first = merge.files.first().and_then(|file| file.parent()).unwrap_or(Path::new(""));
    let folder = merge.dir.as_deref().unwrap_or(first);
    let merged = Summary::merge(summaries);
    let [csv, json] = summary_names(None).map(|name| folder.join(name));
    let shown = csv.display().to_string();
    let (csv_text, json_text) = (merged.csv(options.lang), merged.json());
    if let Err(refused) = disk::write(&[(csv, csv_text.as_bytes()), (json, json_text.as_bytes())]) {
        return show::fault(not_written(&refused), options);
    }
    if !options.quiet {
        let towns = merged.towns.len();
        show::out(&match options.lang {
            Lang::Zh => format!("共 {towns} 镇，汇总 {shown}\n"),
            Lang::En => format!("{towns} towns, summary {shown}\n"),
        })?;
    }
    Ok(match merged.worst() {
        Some(State::Failed) => ExitStatus::Failed,
        Some(State::Faults) => ExitStatus::Findings,
        Some(State::Built | State::Unchanged) | None => ExitStatus::Clean,
    })
}
