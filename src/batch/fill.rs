//! One report asked for its missing figures, one after another, each answer checked before it is kept.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

use super::judged::{Expressions, Judges};
use super::trial::{self, Trial};
use super::{Failure, Job, Loaded, Outcome, load, run};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use crate::figures::{Question, Refusal, questions};
use crate::fill::fill;
use crate::fonts::Fonts;
use crate::manifest::raw::{self, Change, Table};
use crate::manifest::{Given, Manifest, inherit};
use crate::source::{FileId, Sources, Spanned};
use crate::world::{Overlay, World};

/// A report that is being filled in.
///
/// An answer is tried on the words around its hole and held against the rules that read it. The report is read anew only
/// where more can come of it: where a section stands or falls with the figure, or the file gets a new table. So a thousand
/// answers take a thousand times as long as one.
pub struct Filling<'w> {
    job: Job,
    world: &'w dyn World,
    fonts: &'w Fonts,
    /// The report as it was read last.
    state: State,
    /// The answers since, in their order.
    taken: Vec<Taken>,
    /// The states before each reading but the first, for [`Filling::undo`].
    earlier: Vec<(State, Vec<Taken>)>,
    readings: usize,
    known: BTreeSet<(Code, Text)>,
}

/// So many readings can be undone; each is kept whole.
const MOST_EARLIER: usize = 16;

/// What a report asks for, at one time.
struct State {
    text: String,
    root: Table,
    frame: Manifest,
    expressions: Expressions,
    questions: Vec<Question>,
    trials: Vec<Option<Trial>>,
    /// The files that it is made of.
    sources: Sources,
    figures: usize,
    filled: usize,
}

/// An answer.
struct Taken {
    question: usize,
    words: String,
    changes: Vec<Change>,
    /// The value; none where the report is read anew with it.
    value: Option<Spanned<Given>>,
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
        let state = if is_sound(&outcome) { State::read(&job.path, text, world, fonts) } else { None };
        let Some(state) = state else { return Ok(Err(outcome)) };
        let (job, known) = (job.clone(), told(&outcome));
        let (taken, earlier, readings) = (Vec::new(), Vec::new(), 1);
        Ok(Ok(Filling { job, world, fonts, state, taken, earlier, readings, known }))
    }

    /// The figures that had no value when the report was read last, in the order of the text.
    pub fn questions(&self) -> &[Question] {
        &self.state.questions
    }

    /// The number of times the report was read: whenever this grows, [`Filling::questions`] are others.
    pub fn readings(&self) -> usize {
        self.readings
    }

    /// The words that were typed for one of [`Filling::questions`] since.
    pub fn answered(&self, question: usize) -> Option<&str> {
        // The last answers are what people go back to.
        self.taken.iter().rev().find(|taken| taken.question == question).map(|taken| taken.words.as_str())
    }

    /// How many figures have a value, and how many the report asks for.
    pub fn tally(&self) -> (usize, usize) {
        (self.state.filled + self.taken.len(), self.state.figures)
    }

    /// The file as it is with all answers that were taken.
    pub fn text(&self) -> String {
        self.with(None).0
    }

    /// The file with all answers, of which `new` takes the place of an older one; and where its changes stand then.
    fn with(&self, new: Option<&Taken>) -> (String, Vec<Range<usize>>) {
        let is_other = |taken: &&Taken| new.is_none_or(|new| new.question != taken.question);
        let old: Vec<&Change> = self.taken.iter().filter(is_other).flat_map(|taken| &taken.changes).collect();
        let count = old.len();
        let all: Vec<&Change> = old.into_iter().chain(new.iter().flat_map(|new| &new.changes)).collect();
        let (text, mut places) = Change::apply_all(&self.state.text, &all);
        (text, places.split_off(count))
    }

    /// Takes the last answer back; gives which of [`Filling::questions`] it was for.
    pub fn undo(&mut self) -> Option<usize> {
        if self.taken.is_empty()
            && let Some((state, taken)) = self.earlier.pop()
        {
            (self.state, self.taken) = (state, taken);
            self.readings += 1;
        }
        self.taken.pop().map(|taken| taken.question)
    }

    /// Answers one of [`Filling::questions`] with `words`. A fault of the value itself refuses it; a rule that it
    /// breaks does not, since another figure may be the wrong one.
    ///
    /// # Errors
    /// [`Failure`] where the machine or the program fails.
    pub fn answer(&mut self, question: usize, words: &str) -> Result<Answer, Failure> {
        let asked = &self.state.questions[question];
        let changes = match asked.answer(words, &self.state.text, &self.state.root) {
            Ok(changes) => changes,
            Err(Refusal::Fault(fault)) => return Ok(Answer::Refused(vec![*fault])),
            Err(Refusal::NoPlace(advice)) => return Ok(Answer::NoPlace(advice)),
        };
        let mut new = Taken { question, words: words.to_owned(), changes, value: None };
        let judges = self.state.expressions.judges(asked.row.figure);
        let (Some(trial), Some(judges)) = (&self.state.trials[question], judges) else { return self.answer_whole(new) };
        // The first holds the value; others name its hole.
        let literal = new.changes.first().map_or("", |change| &change.text[change.value.clone()]);
        let (value, notes) = trial.faults(&self.state.frame, &self.state.sources, literal, asked, self.fonts);
        let mut notes = self.job.levels.regrade(notes);
        if notes.iter().any(|fault| fault.severity == Severity::Error) {
            let errors = notes.into_iter().filter(|fault| fault.severity == Severity::Error);
            return Ok(Answer::Refused(errors.collect()));
        }
        notes.extend(self.judged(&judges, &value));
        new.value = Some(value);
        if new.changes.iter().all(|change| change.joins) {
            self.taken.retain(|taken| taken.question != question);
            self.taken.push(new);
            return Ok(Answer::Taken(notes));
        }
        let (text, _) = self.with(Some(&new));
        match State::read(&self.job.path, text, self.world, self.fonts) {
            Some(state) => {
                self.renew(state, new);
                Ok(Answer::Taken(notes))
            }
            None => self.answer_whole(new),
        }
    }

    /// The faults that the rules among `judges` find in a figure's `value`, but for those that were known when the report was
    /// read.
    fn judged(&self, judges: &Judges, value: &Spanned<Given>) -> Vec<Diagnostic> {
        let State { expressions, frame, sources, .. } = &self.state;
        let since = self
            .taken
            .iter()
            .filter_map(|taken| Some((self.state.questions[taken.question].row.figure?, taken.value.as_ref()?)));
        let faults = expressions.faults(judges, value, &since.collect(), frame, sources, self.fonts);
        let mut faults = self.job.levels.regrade(frame.levels.regrade(faults));
        faults.retain(|fault| {
            fault.severity >= Severity::Warning && !self.known.contains(&(fault.code, fault.message.clone()))
        });
        faults
    }

    /// Takes an answer of which the whole report has to be asked.
    fn answer_whole(&mut self, new: Taken) -> Result<Answer, Failure> {
        let (text, places) = self.with(Some(&new));
        let place = places.first().cloned().unwrap_or_default();
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
        let is_item = self.state.questions[new.question].item.is_some();
        let faults: Vec<Diagnostic> =
            faults.into_iter().filter(|fault| !is_item || fault.code != Code::MissingFigure).collect();
        if !faults.is_empty() {
            return Ok(Answer::Refused(faults));
        }
        let state = State::read(&self.job.path, text, self.world, self.fonts).filter(|_| is_sound(&outcome));
        let Some(state) = state else {
            return Ok(Answer::Refused(std::mem::take(&mut outcome.diagnostics)));
        };
        let now = told(&outcome);
        let notes = outcome.diagnostics.into_iter().filter(|fault| {
            fault.severity >= Severity::Warning
                && fault.code != Code::MissingFigure
                && !self.known.contains(&(fault.code, fault.message.clone()))
        });
        let notes = notes.collect();
        self.known = now;
        self.renew(state, new);
        Ok(Answer::Taken(notes))
    }

    /// Goes on with the report as it was read with the answer `new`.
    fn renew(&mut self, state: State, new: Taken) {
        let old = std::mem::replace(&mut self.state, state);
        let mut taken = std::mem::take(&mut self.taken);
        taken.retain(|taken| taken.question != new.question);
        taken.push(new);
        if self.earlier.len() == MOST_EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push((old, taken));
        self.readings += 1;
    }
}

impl State {
    /// What the report `path` asks for if its file holds `text`; none where that is no report.
    fn read(path: &str, text: String, world: &dyn World, fonts: &Fonts) -> Option<State> {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let file: FileId = load(path, text.as_bytes().to_vec(), &mut sources, &mut diags)?;
        let root = raw::read(file, &sources, &mut diags);
        let layers = inherit::load(file, world, &mut sources, &mut diags)?;
        let manifest = Loaded::new(layers, &Job::default(), world, &mut sources, &mut diags)?.manifest;
        let filled = fill(&manifest, &mut diags);
        let questions = questions(&manifest, &filled, file, &root);
        // With faces of its own the report may lack others' characters.
        let is_plain = !fonts.may_differ(&manifest.style.fonts);
        let expressions = Expressions::new(&manifest, &filled);
        let trial = |question: &Question| Trial::of(&manifest, &filled, question).filter(|_| is_plain);
        let trials = questions.iter().map(trial).collect();
        let (figures, filled) = (filled.figures, filled.filled);
        let frame = trial::frame(&manifest);
        Some(State { text, root, frame, expressions, questions, trials, sources, figures, filled })
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
