//! `batch`: a report for each town.

mod journal;
mod progress;
mod told;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use anyhow::Result;
use report_gen::batch::summary::{Line, State, Summary};
use report_gen::batch::{Failure, Gathered, Input, Outcome, Pool, Reading, Towns};
use report_gen::diag::render::{Counts, MessageFormat};
use report_gen::diag::{Code, Diagnostic};
use report_gen::fonts::{Fonts, Library};
use report_gen::sheet::{MAX_BYTES, OTHER_FORMATS, plain};
use report_gen::text;
use report_gen::world::is_kept;

use self::journal::Journal;
use self::progress::Progress;
use self::told::Told;
use self::written::{Earlier, Hashes};
use super::args::{Batch, Options, Shard};
use super::disk::{self, Disk};
use super::exit::ExitStatus;
use super::jobs::faces;
use super::known::Kind;
use super::ours::{Output, Outputs};
use super::paths::name;
use super::show;
use super::stop::Stop;

/// How many reports are written to the disk at once.
const WRITERS: usize = 4;

/// Names of the summary's files: of all towns, or of the part that a shard makes.
pub(super) fn summary_names(shard: Option<Shard>) -> [String; 2] {
    let part = shard.map(|shard| format!(".{}-{}", shard.number, shard.of)).unwrap_or_default();
    ["csv", "json"].map(|extension| format!("summary{part}.{extension}"))
}

/// A summary as its two files.
pub(super) fn summary_outputs<'s>([csv, json]: [&Path; 2], table: &'s str, text: &'s str) -> [Output<'s>; 2] {
    [(csv, table, Kind::SummaryTable), (json, text, Kind::Summary)].map(|(target, text, kind)| Output {
        target: target.to_owned(),
        bytes: text.as_bytes(),
        kind,
    })
}

/// Whether a file of a folder is a summary.
fn is_summary(name: &str) -> bool {
    name.starts_with("summary.")
}

pub(super) fn run(batch: &Batch, options: &Options) -> Result<ExitStatus> {
    let disk = Disk::new();
    let fonts = faces(options, &disk)?;
    let inputs = inputs(&batch.values, &[&batch.template])?;
    let last = (!batch.against.is_empty()).then(|| self::inputs(&batch.against, &[&batch.template])).transpose()?;
    let out = batch.dir.as_deref().map(name);
    let reading = Reading { name: batch.name_column.as_deref(), sheet: batch.sheet.as_deref() };
    let gathered =
        Towns::gather(&name(&batch.template), inputs, reading, out.as_deref(), &options.levels, &disk, &fonts);
    let Gathered { towns, mut outcome } = gathered.map_err(Stop::failed(&batch.template))?;
    let Some(mut towns) = towns else { return show::faults(&[outcome], options, false) };
    if let Some(last) = last {
        outcome.diagnostics.extend(towns.recall(last, reading));
        outcome.sources = towns.sources().clone();
        if Counts::of(&outcome.diagnostics).errors > 0 {
            return show::faults(&[outcome], options, false);
        }
    }
    if towns.towns().is_empty() {
        let message = text!("数里一个镇也没有，没有报告可做", "the values have no town, and no report is made");
        outcome.diagnostics.push(Diagnostic::new(Code::MissingTown, message));
        return show::faults(&[outcome], options, false);
    }
    let which = match chosen(&towns, batch) {
        Ok(which) => which,
        Err(fault) => {
            outcome.diagnostics.push(*fault);
            return show::faults(&[outcome], options, false);
        }
    };
    let folder = batch.dir.clone().unwrap_or_else(|| home(batch));
    disk::make_folder(&folder).map_err(Stop::from)?;
    let hashes = Hashes::new(&towns, batch, &options.levels, disk.epoch_text());
    let hashes = hashes.with(&fonts.library().map(Library::stamp).unwrap_or_default());
    let [csv, json] = summary_names(batch.shard).map(|name| folder.join(name));
    let journal = Journal::beside(&json);
    let outputs = Outputs::new(options);
    let kinds = [(csv.as_path(), Kind::SummaryTable), (&json, Kind::Summary), (journal.path(), Kind::Journal)];
    outputs.check(&kinds).map_err(Stop::from)?;
    outputs.put_aside(journal.path(), Kind::Journal).map_err(Stop::from)?;
    let earlier = Earlier::read(&json, &journal);
    let run = Run {
        towns: &towns,
        disk: &disk,
        batch,
        options,
        hashes,
        earlier,
        stop: AtomicBool::new(false),
        progress: Progress::new(which.len(), options),
        journal,
        outputs,
        ended: Mutex::new(Vec::with_capacity(which.len())),
        told: Mutex::new(Told::new(options.format == MessageFormat::Human)),
    };
    let stale: Vec<usize> = which.iter().copied().filter(|&town| !run.is_unchanged(town)).collect();
    let jobs = batch.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    run.make(&stale, jobs, &disk, &fonts);
    run.close(outcome, &folder)
}

/// Reads the files of values; of a folder the tables and report files in it, by name, but not those of `others`: the
/// template, or what is to be written. Tables of formats that are not read come without their contents.
pub(super) fn inputs(values: &[PathBuf], others: &[&Path]) -> Result<Vec<Input>, Stop> {
    let others: Vec<PathBuf> = others.iter().filter_map(|other| other.canonicalize().ok()).collect();
    let is_other = |file: &Path| file.canonicalize().is_ok_and(|file| others.contains(&file));
    let mut inputs = Vec::new();
    for path in values {
        let is_of_folder = path.is_dir();
        let files = if is_of_folder {
            let files = disk::files_of(path).map_err(Stop::unreadable(path))?;
            files.into_iter().filter(|file| is_values(file) && !is_other(file)).collect()
        } else {
            vec![path.clone()]
        };
        for file in files {
            // What is not read is named, and its size is no matter.
            let bytes = match is_of_folder && is_other_format(&file) {
                true => Vec::new(),
                false => disk::read_within(&file, MAX_BYTES).map_err(Stop::unreadable(&file))?,
            };
            inputs.push(Input { path: name(&file), bytes, is_of_folder });
        }
    }
    Ok(inputs)
}

/// Whether a file of a folder holds values: not what an office program keeps of an open one, nor the summary, nor what
/// `--force` kept.
fn is_values(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_none = name.starts_with(['.', '~']) || is_summary(&name) || is_kept(&name);
    !is_none && (matches!(extension.as_str(), "toml" | "csv" | "xlsx") || is_other_format(file))
}

/// True if a file is a spreadsheet of a format that is not read.
fn is_other_format(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    OTHER_FORMATS.contains(&extension.as_str())
}

/// Where the summary goes if no folder is named: beside the values, or into their folder.
fn home(batch: &Batch) -> PathBuf {
    let first = batch.values.first().map(PathBuf::as_path).unwrap_or(Path::new("."));
    let folder = if first.is_dir() { first } else { first.parent().unwrap_or(Path::new("")) };
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// The towns that are to be made, by number.
fn chosen(towns: &Towns, batch: &Batch) -> Result<Vec<usize>, Box<Diagnostic>> {
    let wanted: BTreeSet<String> = batch.only.iter().map(|only| plain(only)).collect();
    let known: BTreeSet<String> = towns.towns().iter().map(|town| plain(&town.name)).collect();
    let named = |town: &str| wanted.is_empty() || wanted.contains(&plain(town));
    for only in &batch.only {
        if !known.contains(&plain(only)) {
            let names: Vec<&str> = towns.towns().iter().take(20).map(|town| town.name.as_str()).collect();
            let names = names.join(" ");
            return Err(Box::new(
                Diagnostic::new(Code::MissingTown, text!("数表里没有“{only}”", "the values have no town `{only}`"))
                    .help(text!("有这些：{names}", "there are: {names}")),
            ));
        }
    }
    let all = towns.towns().iter().enumerate();
    let mine = all.filter(|(number, _)| batch.shard.is_none_or(|shard| shard.has(*number)));
    Ok(mine.filter(|(_, town)| named(&town.name)).map(|(number, _)| number).collect())
}

/// A batch on its way.
struct Run<'r> {
    towns: &'r Towns,
    disk: &'r Disk,
    batch: &'r Batch,
    options: &'r Options,
    hashes: Hashes,
    earlier: Option<Earlier>,
    stop: AtomicBool,
    progress: Progress,
    journal: Journal,
    outputs: Outputs<'r>,
    ended: Mutex<Vec<Ended>>,
    told: Mutex<Told>,
}

/// A town whose report is written, or not.
struct Ended {
    town: usize,
    line: Line,
}

impl Run<'_> {
    /// Makes the reports of `stale` on `jobs` threads. The disk is waited for by others: what a report costs there is time,
    /// and no work.
    fn make(&self, stale: &[usize], jobs: usize, disk: &Disk, fonts: &Fonts) {
        let pool = Pool { formats: &self.batch.formats, draft: self.batch.draft, jobs, stop: &self.stop };
        let (sender, made) = mpsc::sync_channel::<(usize, Result<Outcome, Failure>)>(jobs + WRITERS);
        let made = Mutex::new(made);
        let write = || {
            let next = || made.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok((town, made)) = next() {
                self.finish(town, made);
            }
        };
        thread::scope(|scope| {
            (0..WRITERS.min(stale.len())).for_each(|_| drop(scope.spawn(write)));
            self.towns.each(stale, &pool, disk, fonts, &|town, made| {
                let is_clean = made.as_ref().is_ok_and(|outcome| Counts::of(&outcome.diagnostics).errors == 0);
                if self.batch.fail_fast && !is_clean {
                    self.stop.store(true, Ordering::Relaxed);
                }
                // Somebody reads until the sender is gone.
                let _ = sender.send((town, made));
            });
            drop(sender);
        });
    }

    /// Whether a town's outputs are there, made of what they would be made of; notes it if so.
    fn is_unchanged(&self, town: usize) -> bool {
        let Some(earlier) = self.earlier.as_ref().filter(|_| self.batch.skip_unchanged) else { return false };
        let input = self.hashes.of(self.towns, town, self.disk);
        let Some(line) = earlier.line(&input, &self.targets_folder(town)) else { return false };
        let line = Line { state: State::Unchanged, town: self.towns.towns()[town].name.clone(), ..line };
        self.end(town, line);
        true
    }

    /// Writes what was made of a town, and notes what became of it.
    fn finish(&self, town: usize, made: Result<Outcome, Failure>) {
        let name = &self.towns.towns()[town].name;
        let mut outcome = made.unwrap_or_else(|failure| {
            let message = match failure {
                Failure::Read(error) => text!("{name}：{error}", "{name}: {error}"),
                Failure::Write(error) => text!("{name}：{error}", "{name}: {error}"),
            };
            Outcome::of(&self.towns.towns()[town].values, Diagnostic::new(Code::Io, message))
        });
        let made = Outcome {
            stem: outcome.stem.clone(),
            files: std::mem::take(&mut outcome.files),
            copies: std::mem::take(&mut outcome.copies),
            ..Outcome::default()
        };
        outcome.pictures.clear();
        let folder = self.targets_folder(town);
        let outputs: Vec<Output<'_>> =
            made.outputs().map(|(name, file)| Output::report(&folder.join(name), file)).collect();
        if let Err(refused) = self.outputs.write(&outputs) {
            outcome.diagnostics.extend(refused.0.into_iter().map(|(_, fault)| fault));
        }
        let counts = Counts::of(&outcome.diagnostics);
        let failed = outcome.diagnostics.iter().any(show::is_of_the_disk);
        let state = match (failed, counts.errors) {
            (true, _) => State::Failed,
            (false, 0) => State::Built,
            (false, _) => State::Faults,
        };
        let written = if state == State::Built { outputs.as_slice() } else { &[] };
        let line = Line {
            town: name.clone(),
            state,
            errors: counts.errors,
            warnings: counts.warnings,
            accepted: std::mem::take(&mut outcome.accepted),
            open: if self.batch.draft { outcome.missing.len() } else { 0 },
            files: written.iter().map(|output| written::file(&output.target, output.bytes)).collect(),
            input: self.hashes.of(self.towns, town, self.disk),
        };
        if self.batch.fail_fast && state != State::Built {
            self.stop.store(true, Ordering::Relaxed);
        }
        // Of all that was made its faults are kept, and what is told of its names.
        let Outcome { sources, diagnostics, own_words, .. } = outcome;
        let outcome = Outcome { sources, diagnostics, own_words, ..Outcome::default() };
        self.told.lock().unwrap_or_else(PoisonError::into_inner).add(self.towns, town, outcome);
        self.end(town, line);
    }

    fn end(&self, town: usize, line: Line) {
        self.journal.add(&line);
        self.progress.tell(&line, self.options.lang);
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(Ended { town, line });
    }

    /// The lines of these towns among those of an earlier run for the others.
    fn with_others(&self, lines: Vec<Line>, earlier: &Earlier) -> Vec<Line> {
        let mut own: BTreeMap<&str, &Line> = lines.iter().map(|line| (line.town.as_str(), line)).collect();
        let all = self
            .towns
            .towns()
            .iter()
            .filter_map(|town| own.remove(town.name.as_str()).or_else(|| earlier.of(&town.name)).cloned());
        all.collect()
    }

    fn targets_folder(&self, town: usize) -> PathBuf {
        match &self.batch.dir {
            Some(dir) => dir.clone(),
            None => Path::new(&self.towns.towns()[town].values).parent().unwrap_or(Path::new("")).to_owned(),
        }
    }

    /// Tells the faults in the order of the values, and writes the summary.
    fn close(self, gathered: Outcome, folder: &Path) -> Result<ExitStatus> {
        let seconds = self.progress.finish();
        let mut ended = std::mem::take(&mut *self.ended.lock().unwrap_or_else(PoisonError::into_inner));
        ended.sort_by_key(|ended| ended.town);
        let told = std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner));
        if self.options.verbose {
            told.own_words().try_for_each(|line| show::err(line.get(self.options.lang)))?;
        }
        let (faults, rest) = told.finish(self.towns);
        let outcomes: Vec<Outcome> = std::iter::once(gathered).chain(faults).collect();
        let mut lines: Vec<Line> = ended.into_iter().map(|ended| ended.line).collect();
        // The summary is written even where nothing can be told.
        let told_faults = show::faults(&outcomes, self.options, false)
            .and_then(|status| rest.map_or(Ok(()), |rest| show::err(rest.get(self.options.lang))).map(|()| status));
        // Not all faults may be shown.
        let worst = lines.iter().map(|line| match line.state {
            State::Built | State::Unchanged => ExitStatus::Clean,
            State::Faults => ExitStatus::Findings,
            State::Failed => ExitStatus::Failed,
        });
        let worst = worst.fold(ExitStatus::Clean, ExitStatus::max);
        let made = lines.len();
        if let Some(earlier) = self.earlier.as_ref().filter(|_| !self.batch.only.is_empty()) {
            lines = self.with_others(lines, earlier);
        }
        let summary = Summary::new(lines);
        let told = summary.totals.clone();
        let (csv, json) = (summary.csv(self.options.lang), summary.json());
        let [csv_path, json_path] = summary_names(self.batch.shard).map(|name| folder.join(name));
        let shown = csv_path.display().to_string();
        self.outputs.write(&summary_outputs([&csv_path, &json_path], &csv, &json)).map_err(Stop::from)?;
        self.journal.close();
        let status = told_faults?.max(worst);
        self.progress.lost()?;
        if !self.options.quiet {
            show::out(&progress::total(&told, made, seconds, &shown, self.options.lang))?;
        }
        Ok(status)
    }
}
