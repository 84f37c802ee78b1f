//! One report from its file to the bytes of its outputs or the list of its figures, one for each town from a template
//! and the towns' values, and the template itself as a bundle.

mod collide;
mod compile;
mod copies;
mod faces;
mod fill;
mod forms;
mod intake;
mod judged;
mod last;
mod list;
mod lock;
mod pack;
mod read;
mod rollup;
pub mod summary;
mod towns;
mod trial;
mod units;

pub use self::fill::{Answer, Filling};
pub use compile::{Compiled, Loaded};
pub use faces::faces;
pub use forms::{Answered, Asked, Collected};
pub use list::{Listed, list};
pub use lock::{Lock, Locked, ToLock, to_lock};
pub use pack::{Packed, pack};
pub use read::layers;
pub use rollup::roll_up;

pub use towns::{Gathered, Input, Pool, Reading, Town, Towns};

use std::thread;

use serde::{Deserialize, Serialize};

pub(crate) use read::template;
use read::{load, open};

use crate::bundle;
use crate::diag::level::Levels;
use crate::diag::render::Counts;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::{Doc, Missing};
use crate::fill::OwnWord;
use crate::fonts::Fonts;
use crate::layout::{self, Breaking, Pages, SmallTable};
use crate::lint::{self, Tally};
use crate::manifest::inherit::Layers;
use crate::manifest::{Images, PdfStandard, Typed};
use crate::source::{FileId, Sources};
use crate::world::World;
use crate::write::{Format, WriteError, pdf, write};

/// The file beside the reports that it is for.
pub const LOCK: &str = "report.lock";

/// A report to build.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its file, as the user named it, with `/`.
    pub path: String,
    /// The outputs wanted; none to check alone.
    pub formats: Vec<Format>,
    /// Grades that win over those of the report's `[lints]`.
    pub levels: Levels,
    /// Builds though figures are missing: they are counted and not faulted, and the outputs are marked as a draft.
    pub draft: bool,
    /// Values that were typed elsewhere, in the place of those of the file.
    pub typed: Option<Typed>,
    /// What the PDF keeps for archives, where it is not to be what the report says.
    pub pdf_standard: Option<PdfStandard>,
    /// Checks the file as a template: what has no value yet is counted, and no fault. A file with `[template]` is
    /// always checked so.
    pub template: bool,
    /// The last report of the same kind, or its values: what `last."key"` reads, and what the figures are compared with.
    pub against: Option<String>,
    /// The town of a batch that it is for, by which it is called where the report does not say how.
    pub town: Option<String>,
    /// Whether to count how its paragraphs are broken into lines.
    pub count_lines: bool,
    /// Pictures that were read already, by their paths.
    pub pictures: Images,
}

impl Job {
    /// The outputs' file stem where the report names none.
    fn own_stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        let stem = name.strip_suffix(".toml").or_else(|| name.strip_suffix(bundle::EXTENSION));
        self.town.as_deref().unwrap_or(stem.unwrap_or(name))
    }
}

/// Outputs with their formats.
pub type Files = Vec<(Format, Vec<u8>)>;

/// What became of a job.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files read, for the places of the diagnostics.
    pub sources: Sources,
    /// What is wrong, sorted, with the grades that `[lints]` and the job give.
    pub diagnostics: Vec<Diagnostic>,
    /// The outputs' file stem.
    pub stem: String,
    /// The outputs; none if anything is an error.
    pub files: Files,
    /// The outputs of the second copy of a document and of those after it, by their file stems, where there is one pair for
    /// each.
    pub copies: Vec<(String, Files)>,
    /// How many figures the report asks for.
    pub figures: usize,
    /// How many of them have a value.
    pub filled: usize,
    /// How many paragraphs it has.
    pub blocks: usize,
    /// How its paragraphs are broken into lines, where that is to be counted and there are outputs.
    pub breaking: Option<Breaking>,
    /// The tables that are set in smaller type, where the lines are counted.
    pub small: Vec<SmallTable>,
    /// The figures without a value, in the order of the text.
    pub missing: Vec<Missing>,
    /// The figures that print a word of their own in the place of one of the text, by their keys.
    pub own_words: Vec<(String, OwnWord)>,
    /// The paragraphs of a draft; none where the report could not be read.
    pub doc: Option<Doc>,
    /// Which of the sources the values of [`Job::typed`] are in.
    pub typed: Option<FileId>,
    /// Whether it was checked as a template.
    pub template: bool,
    /// Rules that it breaks and may, with the reasons.
    pub accepted: Vec<Accepted>,
    /// The pictures that it names, by their paths.
    pub pictures: Images,
    /// The numbers of the text, counted where `lint-bare-number` is asked for.
    pub numbers: Option<Tally>,
}

impl Outcome {
    /// That of a job which ended before anything could be read; the fault is about `file`.
    pub fn of(file: &str, fault: Diagnostic) -> Self {
        let mut sources = Sources::new();
        sources.add(file, "");
        Outcome { sources, diagnostics: vec![fault], ..Outcome::default() }
    }

    /// All outputs with their file names.
    pub fn outputs(&self) -> impl Iterator<Item = (String, &(Format, Vec<u8>))> {
        let own = std::iter::once((&self.stem, &self.files));
        let all = own.chain(self.copies.iter().map(|(stem, files)| (stem, files)));
        all.flat_map(|(stem, files)| files.iter().map(move |file| (format!("{stem}.{}", file.0.extension()), file)))
    }
}

/// A rule that a report breaks, and why that is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Accepted {
    /// The rule's `id`.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// Why a job could not be done, through no fault of the report.
#[derive(Debug)]
pub enum Failure {
    /// The file could not be read.
    Read(std::io::Error),
    /// An output could not be made.
    Write(WriteError),
}

/// Reads, checks and writes one report.
///
/// # Errors
/// [`Failure`] where the machine or the program fails. Faults of the report are in the outcome.
pub fn run(job: &Job, world: &dyn World, fonts: &Fonts) -> Result<Outcome, Failure> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let layers = if job.template { template } else { layers };
    let layers = layers(&job.path, world, &mut sources, &mut diags).map_err(Failure::Read)?;
    if let Some(layers) = &layers {
        lock::check(&job.path, layers, world, fonts, &mut diags)?;
    }
    finish(job, layers, sources, diags, world, fonts)
}

/// The rest of a job whose files are read: `layers` among `sources`, with the faults so far.
fn finish(
    job: &Job,
    layers: Option<Layers>,
    mut sources: Sources,
    mut diags: Diagnostics,
    world: &dyn World,
    fonts: &Fonts,
) -> Result<Outcome, Failure> {
    let template = layers.as_ref().is_some_and(|layers| job.template || layers.template.is_some());
    let loaded = layers.and_then(|layers| Loaded::new(layers, job, world, &mut sources, &mut diags));
    let compiled = loaded.as_ref().map(|loaded| loaded.compile(job, world, fonts, &sources, &mut diags));
    // What is still to be filled in is counted there, and no fault.
    let is_open = template || job.draft;
    diags.retain(|fault| {
        !(is_open && matches!(fault.code, Code::MissingFigure | Code::MissingLast)
            || template && fault.code == Code::DefaultUsed)
    });
    let levels = loaded.as_ref().map(|loaded| loaded.manifest.levels.clone()).unwrap_or_default();
    let levels = levels.then(&job.levels);
    let asked = loaded.as_ref().filter(|_| levels.asks(Code::LintBareNumber));
    let numbers = asked.map(|loaded| lint::bare_numbers(&sources, &loaded.manifest, &mut diags));
    let diagnostics = levels.regrade(diags.into_sorted());
    let mut outcome = Outcome { sources, diagnostics, template, numbers, ..Outcome::default() };
    let Some(compiled) = compiled else { return Ok(outcome) };
    if Counts::of(&outcome.diagnostics).errors == 0 {
        let (doc, fonts) = (&compiled.doc, &compiled.fonts);
        let numbers = loaded.as_ref().and_then(|loaded| copies::numbers(&loaded.manifest)).filter(|_| !job.draft);
        match numbers {
            None => outcome.files = outputs(doc, compiled.pages.as_ref(), job, fonts).map_err(Failure::Write)?,
            Some(numbers) => {
                for number in numbers {
                    let files = outputs(&copies::numbered(doc, number), None, job, fonts).map_err(Failure::Write)?;
                    outcome.copies.push((copies::stem(&compiled.stem, number), files));
                }
            }
        }
        if job.count_lines {
            let breaking = layout::breaking(doc, fonts).map_err(|error| Failure::Write(error.into()))?;
            outcome.breaking = Some(Breaking { fitted: compiled.fitted, ..breaking });
            outcome.small = layout::small_tables(doc, fonts).map_err(|error| Failure::Write(error.into()))?;
        }
    }
    let Compiled { fill, doc, mut stem, accepted, own_words, .. } = compiled;
    if !outcome.copies.is_empty() {
        (stem, outcome.files) = outcome.copies.remove(0);
    }
    let (figures, filled, missing) = (fill.figures, fill.filled, fill.missing);
    let (typed, pictures) = loaded.map(|loaded| (loaded.typed, loaded.pictures)).unwrap_or_default();
    let blocks = doc.blocks.len();
    let doc = Some(doc).filter(|_| job.draft);
    Ok(Outcome { stem, accepted, own_words, figures, filled, missing, typed, pictures, blocks, doc, ..outcome })
}

/// The outputs of `doc`, which stands on `pages` where they are known; those of a report alone are made side by side.
fn outputs(doc: &Doc, pages: Option<&Pages>, job: &Job, fonts: &Fonts) -> Result<Vec<(Format, Vec<u8>)>, WriteError> {
    let write = move |format| match (format, pages) {
        (Format::Pdf, Some(pages)) => pdf::write(pages, doc, fonts),
        (Format::Pdf | Format::Docx, _) => write(doc, format, fonts),
    };
    let make = |format| write(format).map(|bytes| (format, bytes));
    match job.formats.as_slice() {
        [] => Ok(Vec::new()),
        [first, rest @ ..] if !rest.is_empty() && job.town.is_none() => thread::scope(|scope| {
            let others: Vec<_> = rest.iter().map(|&format| scope.spawn(move || write(format))).collect();
            let mut files = vec![make(*first)?];
            for (&format, other) in rest.iter().zip(others) {
                let bytes = other.join().map_err(|_| WriteError::Library("a writer panicked".into()))??;
                files.push((format, bytes));
            }
            Ok(files)
        }),
        formats => formats.iter().map(|&format| make(format)).collect(),
    }
}
