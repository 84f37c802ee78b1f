//! One report from its file to the bytes of its outputs, or to the list of its figures.

mod list;

use std::thread;

use crate::check::{self, Context};
use crate::diag::level::Levels;
use crate::diag::render::Counts;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::fill::{Fill, Filled, fill};
use crate::doc::{self, Doc};
use crate::fonts::Fonts;
use crate::manifest::{self, Located, Part, raw};
use crate::number::Moment;
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::World;
use crate::write::{Format, WriteError, write};

pub use list::{Listed, list};

/// The greatest report file that is read, in bytes: a book of text, and no report.
const MAX_FILE: usize = 16 * 1024 * 1024;

/// A report to build.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Its file, as the user named it, with `/`.
    pub path: String,
    /// The outputs wanted; none to check alone.
    pub formats: Vec<Format>,
    /// Grades that win over those of the report's `[lints]`.
    pub levels: Levels,
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
    let bytes = world.read(&job.path).map_err(Failure::Read)?;
    let mut outcome = Outcome::default();
    let mut diags = Diagnostics::new();
    let mut lints = Levels::default();
    let doc = load(&job.path, bytes, &mut outcome.sources, &mut diags)
        .and_then(|file| prepare(job, file, world, fonts, &mut outcome, &mut lints, &mut diags));
    outcome.diagnostics = lints.then(&job.levels).regrade(diags.into_sorted());
    let faulty = Counts::of(&outcome.diagnostics).errors > 0;
    if let Some(doc) = doc.filter(|_| !faulty) {
        outcome.files = outputs(&doc, &job.formats, fonts).map_err(Failure::Write)?;
    }
    Ok(outcome)
}

/// Adds the file to `sources`, if it is text and not too long.
fn load(path: &str, bytes: Vec<u8>, sources: &mut Sources, diags: &mut Diagnostics) -> Option<FileId> {
    if bytes.len() <= MAX_FILE {
        return raw::load(path, bytes, sources, diags);
    }
    let file = sources.add(path, "");
    diags.push(
        Diagnostic::new(
            Code::LimitExceeded,
            text!("文件超过 16 MB，不像报告", "the file is over 16 MB, which is no report"),
        )
        .at(Span::new(file, 0..0)),
    );
    None
}

/// The report, read, filled and checked.
fn prepare(
    job: &Job,
    file: FileId,
    world: &dyn World,
    fonts: &Fonts,
    outcome: &mut Outcome,
    lints: &mut Levels,
    diags: &mut Diagnostics,
) -> Option<Doc> {
    let table = raw::read(file, &outcome.sources, diags);
    let manifest = manifest::read(&table, diags)?;
    lints.clone_from(&manifest.levels);
    let filled: Fill<'_> = fill(&manifest, diags);
    let name = job.path.rsplit('/').next().unwrap_or(&job.path);
    let own_stem = Located::plain(name.strip_suffix(".toml").unwrap_or(name), Span::new(file, 0..0));
    let stem = manifest.report.output.as_ref().unwrap_or(&own_stem);
    let own_date = manifest.report.date.as_ref().map(|date| date.value);
    let today = own_date.or_else(|| world.epoch().and_then(Moment::from_epoch).map(|moment| moment.date));
    let context = Context { manifest: &manifest, fill: &filled, fonts, stem, sources: &outcome.sources, today };
    check::check(&context, diags);
    outcome.figures = filled.figures;
    outcome.filled = filled.filled;
    let output = filled.fields.iter().find(|field| field.field.part == Part::Output).map(Filled::plain);
    outcome.stem = output.unwrap_or_else(|| stem.text().to_owned()).trim().to_owned();
    let doc = doc::build(&manifest, &filled, world.epoch(), diags);
    outcome.blocks = doc.blocks.len();
    Some(doc)
}

/// The outputs, made side by side.
fn outputs(doc: &Doc, formats: &[Format], fonts: &Fonts) -> Result<Vec<(Format, Vec<u8>)>, WriteError> {
    let make = |format| write(doc, format, fonts).map(|bytes| (format, bytes));
    match formats {
        [] => Ok(Vec::new()),
        [only] => Ok(vec![make(*only)?]),
        [first, rest @ ..] => thread::scope(|scope| {
            let others: Vec<_> = rest.iter().map(|&format| scope.spawn(move || write(doc, format, fonts))).collect();
            let mut files = vec![make(*first)?];
            for (&format, other) in rest.iter().zip(others) {
                let bytes = other.join().map_err(|_| WriteError::Library("a writer panicked".into()))??;
                files.push((format, bytes));
            }
            Ok(files)
        }),
    }
}
