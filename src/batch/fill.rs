//! One report asked for its missing figures, one after another, each answer checked before it is kept.

use std::collections::BTreeSet;
use std::io;

use super::{Failure, Job, Outcome, load, run};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use crate::doc::fill::fill;
use crate::figures::{Question, Refusal, questions};
use crate::fonts::Fonts;
use crate::manifest::raw::{self, Table};
use crate::manifest::{Images, inherit};
use crate::source::{FileId, Sources};
use crate::world::{Overlay, World};

/// A report that is being filled in.
pub struct Filling<'w> {
    job: Job,
    world: &'w dyn World,
    fonts: &'w Fonts,
    text: String,
    state: State,
    known: BTreeSet<(Code, Text)>,
}

/// What a report asks for, at one time.
struct State {
    root: Table,
    questions: Vec<Question>,
    figures: usize,
    filled: usize,
}

/// What became of an answer.
#[derive(Debug)]
pub enum Answer {
    /// It is in the text; what the report says of it now and did not before.
    Taken(Vec<Diagnostic>),
    /// It is none that the figure takes.
    Refused(Vec<Diagnostic>),
    /// There is no place for it; what to do by hand.
    NoPlace(Text),
}

impl<'w> Filling<'w> {
    /// Reads the report of `job`; where it is none that could be filled in, gives its faults.
    ///
    /// # Errors
    /// [`Failure`] where the machine or the program fails.
    pub fn open(job: &Job, world: &'w dyn World, fonts: &'w Fonts) -> Result<Result<Self, Outcome>, Failure> {
        let bytes = world.read(&job.path).map_err(Failure::Read)?;
        let outcome = run(job, world, fonts)?;
        let Ok(text) = String::from_utf8(bytes) else { return Ok(Err(outcome)) };
        let state = if is_sound(&outcome) { State::read(&job.path, &text, world) } else { None };
        let Some(state) = state else { return Ok(Err(outcome)) };
        let known = told(&outcome);
        Ok(Ok(Filling { job: job.clone(), world, fonts, text, state, known }))
    }

    /// The figures that have no value, in the order of the text.
    pub fn questions(&self) -> &[Question] {
        &self.state.questions
    }

    /// How many figures have a value, and how many the report asks for.
    pub fn tally(&self) -> (usize, usize) {
        (self.state.filled, self.state.figures)
    }

    /// The file as it is with all answers that were taken.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Answers one of [`Filling::questions`] with `words`. A fault of the value itself refuses it; a rule that it
    /// breaks does not, since another figure may be the wrong one.
    ///
    /// # Errors
    /// [`Failure`] where the machine or the program fails.
    pub fn answer(&mut self, question: &Question, words: &str) -> Result<Answer, Failure> {
        let mut changes = match question.answer(words, &self.text, &self.state.root) {
            Ok(changes) => changes,
            Err(Refusal::Fault(fault)) => return Ok(Answer::Refused(vec![*fault])),
            Err(Refusal::NoPlace(advice)) => return Ok(Answer::NoPlace(advice)),
        };
        let first = changes.first().map(|change| change.range.clone()).unwrap_or_default();
        changes.sort_by_key(|change| change.range.start);
        let (mut text, mut place) = (self.text.clone(), 0..0);
        for change in changes.iter().rev() {
            text = change.apply(&text);
            let grown = change.text.len() as isize - change.range.len() as isize;
            if change.range == first {
                place = change.range.start..change.range.start + change.text.len();
            } else {
                place = place.start.saturating_add_signed(grown)..place.end.saturating_add_signed(grown);
            }
        }
        let edited = Edited { path: &self.job.path, text: &text, world: self.world };
        let mut outcome = run(&self.job, &edited, self.fonts)?;
        let own = outcome.sources.ids().next();
        let is_own = |fault: &Diagnostic| {
            let touches = |span: crate::source::Span| {
                Some(span.file) == own && (span.start as usize) < place.end && place.start < span.end as usize
            };
            fault.severity == Severity::Error && fault.span().is_some_and(touches)
        };
        let faults: Vec<Diagnostic> = outcome.diagnostics.iter().filter(|fault| is_own(fault)).cloned().collect();
        // Of a figure with several values the others may still be missing.
        let faults: Vec<Diagnostic> =
            faults.into_iter().filter(|fault| question.item.is_none() || fault.code != Code::MissingFigure).collect();
        if !faults.is_empty() {
            return Ok(Answer::Refused(faults));
        }
        let state = State::read(&self.job.path, &text, self.world).filter(|_| is_sound(&outcome));
        let Some(state) = state else {
            return Ok(Answer::Refused(std::mem::take(&mut outcome.diagnostics)));
        };
        let now = told(&outcome);
        let new = outcome.diagnostics.into_iter().filter(|fault| {
            fault.severity >= Severity::Warning
                && fault.code != Code::MissingFigure
                && !self.known.contains(&(fault.code, fault.message.clone()))
        });
        let notes = new.collect();
        (self.text, self.state, self.known) = (text, state, now);
        Ok(Answer::Taken(notes))
    }
}

impl State {
    /// What the report `path` asks for if its file holds `text`; none where that is no report.
    fn read(path: &str, text: &str, world: &dyn World) -> Option<State> {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let file: FileId = load(path, text.as_bytes().to_vec(), &mut sources, &mut diags)?;
        let root = raw::read(file, &sources, &mut diags);
        let layers = inherit::load(file, world, &mut sources, &mut diags)?;
        let mut manifest = layers.into_manifest(&mut diags)?;
        manifest.load(&mut Images::new(), world, &mut sources, &mut diags);
        let filled = fill(&manifest, &mut diags);
        let questions = questions(&manifest, &filled, file, &root);
        Some(State { root, questions, figures: filled.figures, filled: filled.filled })
    }
}

/// Whether the user's file is TOML, so that what stands in it can be edited.
fn is_sound(outcome: &Outcome) -> bool {
    let own = outcome.sources.ids().next();
    let is_syntax =
        |fault: &Diagnostic| matches!(fault.code, Code::TomlSyntax | Code::DuplicateKey | Code::LimitExceeded);
    !outcome.diagnostics.iter().any(|fault| is_syntax(fault) && fault.span().map(|span| span.file) == own)
}

fn told(outcome: &Outcome) -> BTreeSet<(Code, Text)> {
    outcome.diagnostics.iter().map(|fault| (fault.code, fault.message.clone())).collect()
}

/// The world with one file as it would be.
struct Edited<'e> {
    path: &'e str,
    text: &'e str,
    world: &'e dyn World,
}

impl Overlay for Edited<'_> {
    fn below(&self) -> &dyn World {
        self.world
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.path { Ok(self.text.as_bytes().to_vec()) } else { self.world.read(path) }
    }
}
