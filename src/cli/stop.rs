//! What ends a command before its work is done.

use std::fmt;
use std::io;
use std::path::Path;

use report_gen::batch::{Failure, Outcome};
use report_gen::diag::Diagnostic;
use report_gen::source::Sources;

use super::paths::{name, unreadable};
use super::replace::NotWritten;

/// Faults that end the work: they are told as any others are, in the format asked for, and give the exit status.
///
/// It goes up as an error; [`super::run`] tells what it holds.
#[derive(Debug)]
pub(super) struct Stop(pub(super) Vec<Outcome>);

impl Stop {
    /// That `file`, which the user named, can't be read.
    pub(super) fn unreadable(file: &Path) -> impl FnOnce(io::Error) -> Stop {
        move |error| unreadable(file, &error).into()
    }

    /// A fault about `file` that stands in no file's text.
    pub(super) fn about(file: &Path, fault: Diagnostic) -> Stop {
        Outcome::of(&name(file), fault).into()
    }

    /// What is wrong with a file that was read, which is among `sources`.
    pub(super) fn told(sources: Sources, diagnostics: Vec<Diagnostic>) -> Stop {
        Outcome { sources, diagnostics, ..Outcome::default() }.into()
    }

    /// That a job of `file` failed: it can't be read, or else the program could not make the outputs.
    pub(super) fn failed(file: &Path) -> impl FnOnce(Failure) -> anyhow::Error {
        move |failure| match failure {
            Failure::Read(error) => Stop::unreadable(file)(error).into(),
            Failure::Write(error) => error.into(),
        }
    }
}

impl From<Outcome> for Stop {
    fn from(outcome: Outcome) -> Self {
        Stop(vec![outcome])
    }
}

impl From<NotWritten> for Stop {
    fn from(refused: NotWritten) -> Self {
        Stop(refused.0.into_iter().map(|(target, fault)| Outcome::of(&name(&target), fault)).collect())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the work ended with faults")
    }
}

impl std::error::Error for Stop {}
