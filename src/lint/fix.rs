//! Making the sure cures of a file.

use std::collections::BTreeMap;

use super::keys::{Group, apart, with_keys};
use super::state::State;
use super::{Job, Medium, medium, proofread};
use crate::diag::Diagnostic;
use crate::hanzi::meant;
use crate::source::Span;
use crate::world::World;

/// A cure may bring what another rule cures (`,` and the blank after it); so often a file is gone through at most.
const MOST_ROUNDS: usize = 8;
/// So often at most a report file is read to find the cures that would change what it says.
const MOST_TRIALS: usize = 200;

/// The text with all sure cures made, and how many faults they took away.
pub(super) fn fix(job: &Job, before: &str, world: &dyn World) -> (String, usize) {
    // Keys, texts and values are the same words before and after, so all of them change at once.
    let mut text: String = before.chars().map(|c| meant(c).unwrap_or(c)).collect();
    let mut count = before.chars().filter(|&c| meant(c).is_some()).count();
    let mut trials = MOST_TRIALS;
    let state = (medium(&job.path) == Medium::Report).then(|| State::of(&job.path, &text, world));
    for _ in 0..MOST_ROUNDS {
        let diagnostics = proofread(job, text.clone(), world).diagnostics;
        let mut groups = groups(&diagnostics);
        let keeps = |groups: &[&Group]| {
            let mended = edited(&text, groups)?;
            state.as_ref().is_none_or(|state| State::of(&job.path, &mended, world) == *state).then_some(mended)
        };
        if state.is_some() {
            groups = with_keys(&job.path, &text, groups, world);
        }
        let accepted = accepted(&groups, &keeps, &mut trials);
        let Some(mended) = edited(&text, &accepted).filter(|mended| *mended != text) else { break };
        count += accepted.len();
        text = mended;
    }
    (text, count)
}

/// The edits of the diagnostics' fixes, those of a fix together; where two overlap, the first stays.
fn groups(diagnostics: &[Diagnostic]) -> Vec<Group> {
    let fixes = diagnostics.iter().filter(|diagnostic| diagnostic.code.is_lint()).filter_map(|d| d.fix.as_ref());
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut groups = Vec::new();
    for fix in fixes {
        let free = |span: Span| {
            // What is taken is apart, so only the last that begins before this one's end can touch it.
            let last = taken.range(..span.end.max(span.start + 1)).next_back();
            last.is_none_or(|(&start, &end)| start < span.start && end <= span.start)
        };
        if fix.edits.iter().all(|edit| free(edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            groups.push(fix.edits.clone());
        }
    }
    groups
}

/// The groups that `keeps` lets be made, found by halving.
fn accepted<'g>(
    groups: &'g [Group],
    keeps: &dyn Fn(&[&Group]) -> Option<String>,
    trials: &mut usize,
) -> Vec<&'g Group> {
    let mut accepted: Vec<&Group> = Vec::new();
    let mut waiting = vec![groups];
    while let Some(next) = waiting.pop() {
        if next.is_empty() || *trials == 0 {
            continue;
        }
        *trials -= 1;
        let together: Vec<&Group> = accepted.iter().copied().chain(next).collect();
        if keeps(&together).is_some() {
            accepted = together;
        } else if next.len() > 1 {
            let (first, second) = next.split_at(next.len() / 2);
            waiting.extend([second, first]);
        }
    }
    accepted
}

/// `text` after the edits; `None` where they overlap.
fn edited(text: &str, groups: &[&Group]) -> Option<String> {
    let edits: Vec<_> = groups.iter().flat_map(|group| group.iter().cloned()).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in apart(&edits)? {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start)?);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
