//! One report from its file to the bytes of its outputs or the list of its figures, one for each town from a template
//! and the towns' values, and the template itself as a bundle.

mod collide;
mod faces;
mod fill;
mod forms;
mod intake;
mod last;
mod list;
mod lock;
mod pack;
mod rollup;
pub mod summary;
mod towns;
mod trial;
mod units;

pub use self::fill::{Answer, Filling};
pub use faces::faces;
pub use forms::{Answered, Asked, Collected};
pub use list::{Listed, list};
pub use lock::{Lock, Locked, ToLock, to_lock};
pub use pack::{Packed, pack};
pub use rollup::roll_up;
pub use towns::{Gathered, Input, Pool, Reading, Town, Towns};

use std::collections::BTreeSet;
use std::thread;

use serde::{Deserialize, Serialize};

use crate::bundle::{self, BundleFault};
use crate::check::{self, Context};
use crate::diag::level::Levels;
use crate::diag::render::Counts;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::doc::{self, Doc, Draft, Missing};
use crate::fill::{Fill, OwnWord, fill};
use crate::fonts::Fonts;
use crate::layout::{self, Breaking, SmallTable};
use crate::manifest::inherit::{self, Layers, MAX_FILE, Template};
use crate::manifest::{Images, Last, Located, Manifest, PdfStandard, Typed, raw};
use crate::number::Moment;
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::{World, folder};
use crate::write::{Format, WriteError, write};

/// The file beside the reports that it is for.
pub const LOCK: &str = "report.lock";

/// What the outputs of a draft are called besides, before the extension.
const DRAFT_SUFFIX: &str = ".草稿";

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
    pub files: Vec<(Format, Vec<u8>)>,
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
}

impl Outcome {
    /// That of a job which ended before anything could be read; the fault is about `file`.
    pub fn of(file: &str, fault: Diagnostic) -> Self {
        let mut sources = Sources::new();
        sources.add(file, "");
        Outcome { sources, diagnostics: vec![fault], ..Outcome::default() }
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
    let mut outcome = Outcome::default();
    let mut diags = Diagnostics::new();
    let layers = if job.template { template } else { layers };
    let layers = layers(&job.path, world, &mut outcome.sources, &mut diags).map_err(Failure::Read)?;
    if let Some(layers) = &layers {
        lock::check(&job.path, layers, world, fonts, &mut diags)?;
    }
    finish(job, layers, outcome, diags, world, fonts)
}

/// Reads the report file `path` and the templates that it builds on; `None` where one of them can't be had.
pub(crate) fn layers(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<Layers>> {
    Ok(open(path, world, sources, diags)?.and_then(|file| inherit::load(file, world, sources, diags)))
}

/// As [`layers`], of a file that is used as a template, and so names no file outside of its folder.
pub(crate) fn template(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<Layers>> {
    Ok(open(path, world, sources, diags)?.and_then(|file| inherit::load_template(file, world, sources, diags)))
}

/// Adds the report file or template `path`, or that of the bundle `path`, to the sources.
fn open(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<FileId>> {
    let read = world.template(folder(path), path).and_then(|file| Ok((world.read(&file)?, file)));
    match read {
        Ok((bytes, file)) => Ok(load(&file, bytes, sources, diags)),
        Err(error) => match BundleFault::of(&error) {
            Some(fault) => {
                let at = Span::new(sources.add(path, ""), 0..0);
                diags.push(fault.diagnostic(path, at));
                Ok(None)
            }
            None => Err(error),
        },
    }
}

/// Adds a report file to the sources, if it is one by its size and encoding.
fn load(path: &str, bytes: Vec<u8>, sources: &mut Sources, diags: &mut Diagnostics) -> Option<FileId> {
    if bytes.len() as u64 <= MAX_FILE {
        return raw::load(path, bytes, sources, diags);
    }
    let file = sources.add(path, "");
    let message = text!("文件超过 16 MB，不像报告", "the file is over 16 MB, which is no report");
    diags.push(Diagnostic::new(Code::LimitExceeded, message).at(Span::new(file, 0..0)));
    None
}

/// The rest of a job whose files are read: `layers` among the sources of `outcome`, with the faults so far.
fn finish(
    job: &Job,
    layers: Option<Layers>,
    mut outcome: Outcome,
    mut diags: Diagnostics,
    world: &dyn World,
    fonts: &Fonts,
) -> Result<Outcome, Failure> {
    let mut lints = Levels::default();
    let doc = layers.and_then(|layers| prepare(job, layers, world, fonts, &mut outcome, &mut lints, &mut diags));
    // What is still to be filled in is counted there, and no fault.
    let is_open = outcome.template || job.draft;
    diags.retain(|fault| {
        !(is_open && matches!(fault.code, Code::MissingFigure | Code::MissingLast)
            || outcome.template && fault.code == Code::DefaultUsed)
    });
    outcome.diagnostics = lints.then(&job.levels).regrade(diags.into_sorted());
    let faulty = Counts::of(&outcome.diagnostics).errors > 0;
    if let Some((doc, fonts)) = doc.as_ref().filter(|_| !faulty) {
        outcome.files = outputs(doc, job, fonts).map_err(Failure::Write)?;
        if job.count_lines {
            outcome.breaking = Some(layout::breaking(doc, fonts).map_err(|error| Failure::Write(error.into()))?);
            outcome.small = layout::small_tables(doc, fonts).map_err(|error| Failure::Write(error.into()))?;
        }
    }
    outcome.doc = doc.map(|(doc, _)| doc).filter(|_| job.draft);
    Ok(outcome)
}

/// The report, read, filled and checked, with the faces that it is to be set in.
fn prepare(
    job: &Job,
    layers: Layers,
    world: &dyn World,
    fonts: &Fonts,
    outcome: &mut Outcome,
    lints: &mut Levels,
    diags: &mut Diagnostics,
) -> Option<(Doc, Fonts)> {
    let (template, whole) = (layers.template.clone(), layers.table.span);
    outcome.template = job.template || template.is_some();
    let mut manifest = layers.into_manifest(diags)?;
    if let Some(last) = &job.against {
        manifest.last = last::of_report(last, world, &mut outcome.sources, diags);
    }
    outcome.pictures.clone_from(&job.pictures);
    manifest.load(&mut outcome.pictures, world, &mut outcome.sources, diags);
    outcome.typed = job.typed.as_ref().map(|typed| manifest.answer(typed, &mut outcome.sources, diags));
    lints.clone_from(&manifest.levels);
    let filled: Fill<'_> = fill(&manifest, diags);
    let own_stem = Located::plain(job.own_stem(), whole);
    let stem = manifest.report.output.as_ref().unwrap_or(&own_stem);
    let own_date = manifest.report.date.as_ref().map(|date| date.value);
    let today = own_date.or_else(|| world.epoch().and_then(Moment::from_epoch).map(|moment| moment.date));
    let mut doc = doc::build(&manifest, &filled, world.epoch(), diags);
    let chosen = fonts.may_differ(&doc.style.fonts).then(|| fonts.choose(&doc.style.fonts, &doc.chars(), world, diags));
    let fonts = chosen.map_or_else(|| fonts.clone(), |chosen| chosen.fonts);
    let context = Context { manifest: &manifest, fill: &filled, fonts: &fonts, stem, sources: &outcome.sources, today };
    check::check(&context, diags);
    layout::check_tables(&doc, &fonts, diags);
    outcome.accepted = accepted(&manifest, diags);
    if let Last::Known(last) = &manifest.last {
        check::against(&manifest, &filled, last, diags);
    }
    outcome.figures = filled.figures;
    outcome.filled = filled.filled;
    outcome.missing.clone_from(&filled.missing);
    let key = |word: &OwnWord| manifest.figures[word.figure].phrase().to_owned();
    outcome.own_words = filled.own_words.iter().map(|word| (key(word), word.clone())).collect();
    outcome.stem = filled.output().unwrap_or_else(|| stem.text().trim().to_owned());
    let is_open = filled.filled < filled.figures && !job.formats.is_empty() && !job.draft;
    if let Some(template) = template.filter(|_| is_open) {
        diags.push(not_filled(&template, filled.figures - filled.filled));
    }
    doc.style.pdf_standard = job.pdf_standard.unwrap_or(doc.style.pdf_standard);
    if job.draft {
        // Never the name of the final pair.
        outcome.stem += DRAFT_SUFFIX;
        doc.draft = Some(Draft { missing: filled.missing.clone() });
    }
    outcome.blocks = doc.blocks.len();
    Some((doc, fonts))
}

/// The accepts that a broken rule needed: each is told as a hint that shows its reason.
fn accepted(manifest: &Manifest, diags: &Diagnostics) -> Vec<Accepted> {
    let shown: BTreeSet<Span> = diags
        .iter()
        .filter(|fault| fault.severity == Severity::Hint && matches!(fault.code, Code::RuleBroken | Code::RoundingGap))
        .flat_map(|fault| fault.labels.iter().map(|label| label.span))
        .collect();
    let needed = manifest.accepts.iter().filter(|accept| shown.contains(&accept.reason.whole()));
    needed
        .map(|accept| Accepted { rule: accept.rule.text().to_owned(), reason: accept.reason.text().trim().to_owned() })
        .collect()
}

/// A template that is to be built as it is, with `open` figures that wait for the towns.
fn not_filled(template: &Template, open: usize) -> Diagnostic {
    Diagnostic::new(
        Code::UnfilledTemplate,
        text!(
            "这是模板，还有 {open} 个数没有填，不能生成正式稿",
            "this is a template, and {open} figures have no value"
        ),
    )
    .at(template.span)
    .help(text!(
        "各镇填好后：report-gen batch 模板 --values 数表；只看草稿：report-gen build --draft",
        "with the towns' values: report-gen batch TEMPLATE --values TABLE; for a draft: report-gen build --draft"
    ))
}

/// The outputs; those of a report alone are made side by side.
fn outputs(doc: &Doc, job: &Job, fonts: &Fonts) -> Result<Vec<(Format, Vec<u8>)>, WriteError> {
    let make = |format| write(doc, format, fonts).map(|bytes| (format, bytes));
    match job.formats.as_slice() {
        [] => Ok(Vec::new()),
        [first, rest @ ..] if !rest.is_empty() && job.town.is_none() => thread::scope(|scope| {
            let others: Vec<_> = rest.iter().map(|&format| scope.spawn(move || write(doc, format, fonts))).collect();
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
