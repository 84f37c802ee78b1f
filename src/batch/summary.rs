//! What a batch came to, for those who read it in a spreadsheet and for programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Accepted;
use crate::diag::Lang;
use crate::sheet;
use crate::visible;

/// The version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// What became of a town.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its report was written.
    Built,
    /// It was there already, of the same content.
    Unchanged,
    /// Its values have faults, and nothing was written.
    Faults,
    /// The machine or the program failed.
    Failed,
}

impl State {
    /// What it is called.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (State::Built, Lang::Zh) => "已生成",
            (State::Unchanged, Lang::Zh) => "未变",
            (State::Faults, Lang::Zh) => "有错",
            (State::Failed, Lang::Zh) => "失败",
            (State::Built, Lang::En) => "built",
            (State::Unchanged, Lang::En) => "unchanged",
            (State::Faults, Lang::En) => "faults",
            (State::Failed, Lang::En) => "failed",
        }
    }
}

/// An output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A line of a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The town's name.
    pub town: String,
    /// What became of it.
    pub state: State,
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many figures a draft leaves open.
    #[serde(default, skip_serializing_if = "is_none")]
    pub open: usize,
    /// Rules that it breaks and may.
    pub accepted: Vec<Accepted>,
    /// Its outputs.
    pub files: Vec<File>,
    /// SHA-256 of all that its report is made of, the program among it.
    pub input: String,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

/// What a batch came to, a line a town in the order of the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    version: u32,
    /// How many towns there are of each state.
    pub totals: BTreeMap<State, usize>,
    /// The towns.
    pub towns: Vec<Line>,
}

impl Summary {
    /// Of these towns.
    pub fn new(towns: Vec<Line>) -> Self {
        let mut totals = BTreeMap::new();
        for line in &towns {
            *totals.entry(line.state).or_default() += 1;
        }
        Summary { version: VERSION, totals, towns }
    }

    /// Those of shards as one: the towns by turns, which is how shards share them out. Of a town that is in two the
    /// later line holds.
    pub fn merge(summaries: Vec<Summary>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut shards: Vec<_> = summaries.into_iter().map(|summary| summary.towns.into_iter()).collect();
        loop {
            let round: Vec<Line> = shards.iter_mut().filter_map(Iterator::next).collect();
            if round.is_empty() {
                return Summary::new(lines);
            }
            for line in round {
                match places.get(&line.town) {
                    Some(&place) => lines[place] = line,
                    None => {
                        places.insert(line.town.clone(), lines.len());
                        lines.push(line);
                    }
                }
            }
        }
    }

    /// The worst that became of a town; none where there are none.
    pub fn worst(&self) -> Option<State> {
        self.totals.keys().next_back().copied()
    }

    /// Reads `summary.json`; none where it is none of this version.
    pub fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().filter(|summary: &Summary| summary.version == VERSION)
    }

    /// As JSON, with a line's end after it.
    pub fn json(&self) -> String {
        visible::json(self, visible::write_json_lines) + "\n"
    }

    /// As CSV in `lang`, with the byte order mark by which spreadsheets know UTF-8.
    pub fn csv(&self, lang: Lang) -> String {
        let heads = match lang {
            Lang::Zh => ["乡镇", "结果", "错误", "警告", "认可的勾稽关系", "文件", "SHA-256"],
            Lang::En => ["town", "state", "errors", "warnings", "accepted", "files", "SHA-256"],
        };
        // Of drafts alone: how much each town has still to fill in.
        let has_open = self.towns.iter().any(|line| line.open > 0);
        let open = match lang {
            Lang::Zh => "没填",
            Lang::En => "open",
        };
        let mut csv = format!("\u{feff}{}", sheet::csv_row(heads.into_iter().chain(has_open.then_some(open))));
        for line in &self.towns {
            let accepted = line.accepted.iter().map(|accepted| format!("{}：{}", accepted.rule, accepted.reason));
            let accepted = accepted.collect::<Vec<_>>().join("；");
            let files: Vec<&str> = line.files.iter().map(|file| file.name.as_str()).collect();
            // A log shows the summary, too.
            let (town, accepted) = (visible::line(&line.town), visible::line(&accepted));
            let hashes: Vec<&str> = line.files.iter().map(|file| file.sha256.as_str()).collect();
            let open = line.open.to_string();
            let cells = [
                &town,
                line.state.word(lang),
                &line.errors.to_string(),
                &line.warnings.to_string(),
                &accepted,
                &files.join(" "),
                &hashes.join(" "),
            ];
            csv += &sheet::csv_row(cells.into_iter().chain(has_open.then_some(open.as_str())));
        }
        csv
    }
}
