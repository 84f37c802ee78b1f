//! `summary merge`: the summaries of shards as one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::batch::summary::{State, Summary};
use report_gen::diag::Lang;

use super::args::{Merge, Options, Shard};
use super::batch::{summary_names, summary_outputs};
use super::disk;
use super::exit::ExitStatus;
use super::ours::Outputs;
use super::show;
use super::stop::Stop;

pub(super) fn run(merge: &Merge, options: &Options) -> Result<ExitStatus> {
    let mut files: Vec<&Path> = merge.files.iter().map(PathBuf::as_path).collect();
    // A shell sorts 10 before 2.
    files.sort_by_key(|file| shard(file).map(|shard| (shard.of, shard.number)));
    let lost = lost(&files);
    let mut summaries = Vec::new();
    for file in files {
        let bytes = disk::read(file).map_err(Stop::unreadable(file))?;
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
    if let Some(dir) = &merge.dir {
        disk::make_folder(dir).map_err(Stop::from)?;
    }
    let merged = Summary::merge(summaries);
    let [csv, json] = summary_names(None).map(|name| folder.join(name));
    let shown = csv.display().to_string();
    let (csv_text, json_text) = (merged.csv(options.lang), merged.json());
    let files = summary_outputs([&csv, &json], &csv_text, &json_text);
    Outputs::new(options).write(&files).map_err(Stop::from)?;
    if !options.quiet {
        let towns = merged.towns.len();
        show::out(&match options.lang {
            Lang::Zh => format!("共 {towns} 镇，汇总 {shown}\n"),
            Lang::En => format!("{towns} towns, summary {shown}\n"),
        })?;
    }
    if !lost.is_empty() {
        let lost = lost.iter().map(usize::to_string).collect::<Vec<_>>().join("、");
        return Err(anyhow!(match options.lang {
            Lang::Zh => format!("少了第 {lost} 份的汇总，合成的不全"),
            Lang::En => format!("the summaries of these parts are not there: {lost}; the joined one lacks their towns"),
        }));
    }
    Ok(match merged.worst() {
        Some(State::Failed) => ExitStatus::Failed,
        Some(State::Faults) => ExitStatus::Findings,
        Some(State::Built | State::Unchanged) | None => ExitStatus::Clean,
    })
}

/// The part that a file is the summary of, by its name (`summary.3-8.json`).
fn shard(file: &Path) -> Option<Shard> {
    let part = file.file_name()?.to_str()?.strip_prefix("summary.")?.strip_suffix(".json")?;
    part.replace('-', "/").parse().ok()
}

/// The parts whose summaries are missing among `files`, where all are of as many parts.
fn lost(files: &[&Path]) -> Vec<usize> {
    let Some(shards) = files.iter().map(|file| shard(file)).collect::<Option<Vec<Shard>>>() else { return Vec::new() };
    let Some(of) = shards.first().map(|shard| shard.of) else { return Vec::new() };
    if shards.iter().any(|shard| shard.of != of) {
        return Vec::new();
    }
    let there: BTreeSet<usize> = shards.iter().map(|shard| shard.number).collect();
    (1..=of).filter(|number| !there.contains(number)).collect()
}
