//! What a batch has done so far, for the next one where it is stopped in the middle.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use report_gen::batch::summary::Line;

use crate::cli::disk::{self, Appended};

/// A file beside the summary with a line of JSON for each town that is done. It is gone when the summary is written.
pub(super) struct Journal {
    path: PathBuf,
    /// Opened with the first line.
    file: Mutex<Option<Appended>>,
}

impl Journal {
    /// That of the batch with the summary `json`.
    pub(super) fn beside(json: &Path) -> Self {
        Journal { path: json.with_extension("jsonl"), file: Mutex::new(None) }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The towns that were done when the last batch was stopped; the later line of a town holds.
    pub(super) fn read(&self) -> Vec<Line> {
        let text = disk::look(&self.path).unwrap_or_default();
        // A line that was cut off by the stop is none.
        let lines = text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let by_town: BTreeMap<String, Line> = lines.map(|line| (line.town.clone(), line)).collect();
        by_town.into_values().collect()
    }

    /// Notes a town. What can't be noted is only made again.
    pub(super) fn add(&self, line: &Line) {
        let Ok(mut text) = serde_json::to_string(line) else { return };
        text.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = Appended::open(&self.path).ok();
            // The last line may have been cut off.
            text.insert(0, '\n');
        }
        if let Some(file) = file.as_mut() {
            file.add(&text);
        }
    }

    /// The summary has it all.
    pub(super) fn close(&self) {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).take();
        disk::remove(&self.path);
    }
}
