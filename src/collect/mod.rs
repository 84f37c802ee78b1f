//! What was typed into a draft in Word, read back as figures.
//!
//! `lines` reads the draft: a line for each paragraph, with the gaps in it. `answers` finds the figure of each gap, by
//! the bookmark around it, by its tag or its title. `compare` says which paragraphs were edited besides. The report is
//! then checked as if its file had the values; the places of faults are paragraphs of the draft. `values` writes TOML.

mod answers;
mod compare;
mod lines;
#[cfg(test)]
mod tests;
mod values;

use crate::batch::{Failure, Job, Outcome, run};
use crate::diag::Diagnostic;
use crate::diag::render::Counts;
use crate::fonts::Fonts;
use crate::manifest::{Answer, Typed};
use crate::source::FileId;
use crate::wordfile::{self, Refused};
use crate::world::World;

/// A draft that came back, read.
#[derive(Debug, Default)]
pub struct Collected {
    /// The report, checked with what was typed; its `missing` are the figures that are still open.
    pub outcome: Outcome,
    /// The values as TOML; empty where anything is an error.
    pub values: String,
    /// How many figures were typed.
    pub typed: usize,
}

/// Why a draft could not be collected, through no fault of the report.
#[derive(Debug)]
pub enum NotCollected {
    /// The draft can't be read as a Word file.
    Refused(Refused),
    /// The report could not be built.
    Failure(Failure),
}

/// Reads what was typed into the draft `bytes`, called `name`, of the report of `job`.
///
/// # Errors
/// [`NotCollected`]. Faults of the report, and of what was typed, are in the outcome.
pub fn collect(
    bytes: &[u8],
    name: &str,
    job: &Job,
    world: &dyn World,
    fonts: &Fonts,
) -> Result<Collected, NotCollected> {
    let file = wordfile::read(bytes).map_err(NotCollected::Refused)?;
    let job = Job { draft: true, formats: Vec::new(), typed: None, ..job.clone() };
    let draft = run(&job, world, fonts).map_err(NotCollected::Failure)?;
    let Some(doc) = draft.doc.as_ref().filter(|_| Counts::of(&draft.diagnostics).errors == 0) else {
        return Ok(Collected { outcome: draft, ..Collected::default() });
    };
    let lines = lines::read(&file);
    let found = answers::find(&lines, &draft.missing);
    let edited = compare::edited(&lines, &found, doc);
    let text = lines.text();
    let faults = found.faults.into_iter().chain(edited).collect();
    let typed = Typed { name: name.to_owned(), text: text.to_owned(), answers: found.answers.clone(), faults };
    let job = Job { typed: Some(typed), ..job };
    let mut outcome = run(&job, world, fonts).map_err(NotCollected::Failure)?;
    if let Some(word) = outcome.typed {
        outcome.diagnostics.iter_mut().for_each(|diagnostic| without_edits(diagnostic, word));
    }
    let is_clean = Counts::of(&outcome.diagnostics).errors == 0;
    let answers: Vec<Answer> = found.answers.into_iter().chain(found.unnamed).collect();
    let values = if is_clean { values::toml(&answers, text, &draft) } else { String::new() };
    Ok(Collected { outcome, values, typed: answers.len() })
}

/// No tool can edit the Word file `word` as text: what a fix would do there is said as advice.
fn without_edits(diagnostic: &mut Diagnostic, word: FileId) {
    if let Some(fix) = diagnostic.fix.take_if(|fix| fix.edits.iter().any(|edit| edit.span.file == word)) {
        diagnostic.help.push(fix.description);
    }
}
