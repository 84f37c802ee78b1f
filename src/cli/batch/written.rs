//! What was written, and of what: so that what would be the same is not made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use report_gen::batch::Towns;
use report_gen::batch::summary::{File, Line, State, Summary};
use report_gen::diag::level::Levels;
use report_gen::world::World;
use sha2::{Digest, Sha256};

use super::journal::Journal;
use crate::cli::args::Batch;
use crate::cli::disk;

/// An output as the summary names it.
pub(super) fn file(target: &Path, bytes: &[u8]) -> File {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    File { name, sha256: hex(&Sha256::digest(bytes)) }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of what a report is made of.
pub(super) struct Hashes {
    /// What all towns share.
    common: Sha256,
}

impl Hashes {
    /// The program, its switches and the template are in all of them.
    pub(super) fn new(towns: &Towns, batch: &Batch, levels: &Levels, epoch: Option<String>) -> Self {
        let mut common = Sha256::new();
        add(&mut common, env!("CARGO_PKG_VERSION").as_bytes());
        // Of one version there may be several builds.
        let mut program = Sha256::new();
        let read = disk::program(|piece| program.update(piece));
        add(&mut common, &read.map(|()| program.finalize().to_vec()).unwrap_or_default());
        let (formats, draft) = (&batch.formats, batch.draft);
        add(&mut common, format!("{formats:?} {draft} {levels:?} {epoch:?}").as_bytes());
        for text in towns.template() {
            add(&mut common, text.as_bytes());
        }
        for picture in towns.pictures() {
            add(&mut common, picture);
        }
        Hashes { common }
    }

    /// The same with what else the reports are made of.
    pub(super) fn with(mut self, part: &str) -> Self {
        add(&mut self.common, part.as_bytes());
        self
    }

    /// Of the report of a town.
    pub(super) fn of(&self, towns: &Towns, town: usize, world: &dyn World) -> String {
        let mut hash = self.common.clone();
        for text in towns.content(town) {
            add(&mut hash, text.as_bytes());
        }
        for file in towns.named(town, world) {
            add(&mut hash, &file);
        }
        hex(&hash.finalize())
    }
}

/// Adds a part, and where it ends.
fn add(hash: &mut Sha256, part: &[u8]) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// The summary of an earlier batch in the same folder.
pub(super) struct Earlier {
    towns: Vec<Line>,
    /// Numbers in `towns` of those that were written, by what they were made of.
    made: BTreeMap<String, usize>,
}

impl Earlier {
    /// Reads it, and the journal of one that was stopped since; none where there is neither.
    pub(super) fn read(path: &Path, journal: &Journal) -> Option<Self> {
        let summary = disk::look(path).ok().and_then(|json| Summary::read(&json));
        let mut towns = summary.map(|summary| summary.towns).unwrap_or_default();
        let since = journal.read();
        let stopped: BTreeSet<&str> = since.iter().map(|line| line.town.as_str()).collect();
        towns.retain(|line| !stopped.contains(line.town.as_str()));
        towns.extend(since);
        let made = towns.iter().enumerate();
        let made = made.filter(|(_, line)| matches!(line.state, State::Built | State::Unchanged));
        let made = made.map(|(number, line)| (line.input.clone(), number)).collect();
        Some(Earlier { towns, made }).filter(|earlier| !earlier.towns.is_empty())
    }

    /// The line of a town.
    pub(super) fn of(&self, town: &str) -> Option<&Line> {
        self.towns.iter().find(|line| line.town == town)
    }

    /// The line of the town that was made of `input`, if its outputs are in `folder` as they were written.
    pub(super) fn line(&self, input: &str, folder: &Path) -> Option<Line> {
        let line = &self.towns[*self.made.get(input)?];
        // A name in the summary leads nowhere but into the folder.
        let is_there = |file: &File| {
            !file.name.contains(['/', '\\'])
                && disk::look(&folder.join(&file.name)).is_ok_and(|bytes| hex(&Sha256::digest(&bytes)) == file.sha256)
        };
        (!line.files.is_empty() && line.files.iter().all(is_there)).then(|| line.clone())
    }
}
