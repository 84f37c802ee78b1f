//! Whose a file is: an earlier output is known for the program's own by what it holds, wherever it was copied to.
//!
//! A Word file is known by the note in it, a PDF by its identity, a bundle, a lock and a summary by being what the
//! program makes of them again, a file of values by its last line. A list, a table or a form has no room for that: a
//! hidden file beside it, `.NAME.sha256`, has its SHA-256.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use report_gen::batch::Lock;
use report_gen::batch::summary::Summary;
use report_gen::bundle::{Bundle, sha256};
use report_gen::diag::Lang;
use report_gen::write::{Format, Made, made};

use super::disk;
use super::replace::Place;

/// What the last line of a file of values begins with.
const MARK: &str = "# report-gen sha256:";
/// What a line of a journal begins with.
const JOURNAL: &[u8] = b"{\"town\":";

/// What an output is, by which an earlier one is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A report.
    Report(Format),
    /// A bundle.
    Bundle,
    /// `report.lock`.
    Lock,
    /// `summary.json`.
    Summary,
    /// `summary.csv`, which says what `summary.json` beside it says.
    SummaryTable,
    /// What a batch that was stopped has done.
    Journal,
    /// Values as TOML.
    Values,
    /// A list, a table or a form.
    List,
    /// A report file, or a picture of it: the author's own from the first minute.
    Authored,
}

/// Where a file of the kind `kind` is from that stands at `path`.
pub(super) fn from(earlier: &[u8], path: &Path, kind: Kind) -> Made {
    let again = |is_own: bool, is_same: bool| match (is_own, is_same) {
        (true, true) => Made::Untouched,
        (true, false) => Made::Edited,
        (false, _) => Made::Elsewhere,
    };
    match kind {
        Kind::Report(format) => made(format, earlier),
        Kind::Bundle => {
            let bundle = Bundle::read(earlier).ok();
            again(bundle.is_some(), bundle.and_then(|bundle| bundle.pack().ok()).is_some_and(|own| own == earlier))
        }
        Kind::Lock => {
            let lock = Lock::read(earlier).filter(|lock| !lock.templates.is_empty());
            again(lock.is_some(), lock.is_some_and(|lock| is_same(lock.write().as_bytes(), earlier)))
        }
        Kind::Summary => {
            let summary = Summary::read(earlier);
            again(summary.is_some(), summary.is_some_and(|summary| is_same(summary.json().as_bytes(), earlier)))
        }
        Kind::SummaryTable => {
            let twin = disk::look(&path.with_extension("json")).ok();
            let summary = twin.and_then(|json| Summary::read(&json)).unwrap_or_else(|| Summary::new(Vec::new()));
            let tables = [Lang::Zh, Lang::En].map(|lang| summary.csv(lang));
            let head = |table: &[u8]| table.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
            let is_own = tables.iter().any(|table| head(table.as_bytes()) == head(earlier));
            again(is_own, tables.iter().any(|table| is_same(table.as_bytes(), earlier)))
        }
        Kind::Journal => {
            // A line may be cut off, or be empty.
            let is_line = |line: &[u8]| line.starts_with(JOURNAL) || JOURNAL.starts_with(line);
            let is_own = earlier.split(|byte| *byte == b'\n').all(is_line);
            again(is_own, is_own)
        }
        Kind::Values => values(earlier),
        Kind::List => {
            let recorded = disk::look(&beside(path)).ok();
            let recorded = recorded.map(|record| String::from_utf8_lossy(&record).into_owned());
            let hash = sha256(earlier);
            again(recorded.is_some(), recorded.is_some_and(|record| record.lines().any(|line| line.starts_with(&hash))))
        }
        Kind::Authored => Made::Elsewhere,
    }
}

/// Whether two texts are the same but for line ends, which version control changes.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let without = |text: &[u8]| text.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
    without(one) == without(other)
}

/// Where a file of values is from, by its last line.
fn values(earlier: &[u8]) -> Made {
    let text: String = String::from_utf8_lossy(earlier).chars().filter(|c| *c != '\r').collect();
    let Some(at) = text.rfind(MARK) else { return Made::Elsewhere };
    let (above, line) = text.split_at(at);
    let is_last = line.trim_end().lines().count() == 1;
    match is_last && line[MARK.len()..].trim_end() == sha256(above.as_bytes()) {
        true => Made::Untouched,
        false => Made::Edited,
    }
}

/// The output with the mark by which its kind is known.
pub(super) fn marked(bytes: &[u8], kind: Kind) -> Cow<'_, [u8]> {
    match kind {
        Kind::Values => {
            let mark = format!("{MARK}{}\n", sha256(bytes));
            Cow::Owned([bytes, mark.as_bytes()].concat())
        }
        Kind::Report(_)
        | Kind::Bundle
        | Kind::Lock
        | Kind::Summary
        | Kind::SummaryTable
        | Kind::Journal
        | Kind::List
        | Kind::Authored => Cow::Borrowed(bytes),
    }
}

/// The file that says which contents of the list `path` are the program's own.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(format!(".{}.sha256", path.file_name().unwrap_or_default().to_string_lossy()))
}

/// The record of a list, as `sha256sum` writes it. Of the file that is there it has the hash as well, so that a kill
/// between the two renames leaves a file that is known.
pub(super) fn record(kind: Kind, place: &Place, bytes: &[u8]) -> Option<(PathBuf, String)> {
    if kind != Kind::List {
        return None;
    }
    let name = place.path.file_name()?.to_string_lossy().into_owned();
    let line = |bytes: &[u8]| format!("{}  {name}\n", sha256(bytes));
    let mut lines = line(bytes);
    if let Ok(earlier) = disk::look(&place.path)
        && earlier != bytes
        && from(&earlier, &place.path, kind) == Made::Untouched
    {
        lines += &line(&earlier);
    }
    Some((beside(&place.path), lines))
}
