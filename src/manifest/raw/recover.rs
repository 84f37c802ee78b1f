//! Reading a file that may be full of slips: parse, mend what can be mended, parse again.

use super::Table;
use super::convert::Origin;
use super::duplicates::{self, Duplicates};
use super::errors;
use crate::diag::{Diagnostic, Diagnostics};
use crate::manifest::patched::{Patch, Patched};
use crate::manifest::slips::{self, Slip};
use crate::manifest::statements::{self, Kind, Statement};
use crate::source::FileId;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::de::{DeTable, Error};

/// A mended file may show faults that the first ones hid, and so on; each round parses the whole file.
const ROUNDS: usize = 6;

/// Reads `text`, all of `file`.
pub(super) fn read(file: FileId, text: &str, diags: &mut Diagnostics) -> Table {
    let untouched = Patched::new(text, Vec::new());
    let (document, faults) = DeTable::parse_recoverable(text);
    if faults.is_empty() {
        return Origin { file, mended: &untouched }.document(document.get_ref());
    }
    let mut recovery = Recovery::new(file, text);
    let mended = recovery.mend();
    let table = Origin { file, mended: &mended }.document(DeTable::parse_recoverable(mended.text()).0.get_ref());
    diags.extend(recovery.diagnostics);
    table
}

struct Recovery<'t> {
    file: FileId,
    text: &'t str,
    statements: Vec<Statement>,
    /// What mends the statements, by their index.
    patches: BTreeMap<usize, Vec<Patch>>,
    /// Starts of lines, and of keys that are there twice, that a diagnostic speaks of.
    reported: BTreeSet<usize>,
    duplicates: Duplicates,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Recovery<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Recovery {
            file,
            text,
            statements: statements::cut(text),
            patches: BTreeMap::new(),
            reported: BTreeSet::new(),
            duplicates: Duplicates::default(),
            diagnostics: Vec::new(),
        }
    }

    /// The file with its slips mended, and what is past mending taken out.
    fn mend(&mut self) -> Patched {
        // The parser's errors after something unclosed say nothing, so these are mended before it is asked again.
        for index in 0..self.statements.len() {
            if self.statements[index].unclosed.is_some() {
                self.look_for_slips(index);
            }
        }
        let mut mended = self.patched();
        for _ in 0..ROUNDS {
            let (duplicates, faults): (Vec<_>, Vec<_>) =
                self.faults(&mended).into_iter().partition(|(_, fault)| errors::is_duplicate(fault));
            // What is there twice is only certain once all the rest is mended.
            if !self.mend_faults(faults) && !self.mend_list_heads(&duplicates) {
                for (place, _) in duplicates {
                    self.duplicate(place);
                }
                break;
            }
            mended = self.patched();
        }
        mended
    }

    fn patched(&self) -> Patched {
        Patched::new(self.text, self.patches.values().flatten().cloned().collect())
    }

    /// What the parser still finds wrong, by its place in the file.
    fn faults(&self, mended: &Patched) -> Vec<(Range<usize>, Error)> {
        let (_, errors) = DeTable::parse_recoverable(mended.text());
        let place = |error: &Error| mended.original(error.span().unwrap_or(0..0));
        let mut faults: Vec<_> = errors.into_iter().map(|error| (place(&error), error)).collect();
        faults.sort_by_key(|(place, _)| (place.start, place.end));
        faults
    }

    /// Mends the statements with `faults`, or takes them out; whether there are any.
    fn mend_faults(&mut self, faults: Vec<(Range<usize>, Error)>) -> bool {
        // Of one statement one fault is the cause of the others: the first, unless the line is no entry at all.
        let mut causes: BTreeMap<usize, (Range<usize>, Error)> = BTreeMap::new();
        for (place, fault) in faults {
            let Some(index) = self.statement_at(place.start) else { continue };
            match causes.entry(index) {
                Entry::Vacant(entry) => _ = entry.insert((place, fault)),
                Entry::Occupied(mut entry) if errors::is_no_entry(&fault) => _ = entry.insert((place, fault)),
                Entry::Occupied(_) => {}
            }
        }
        let mut done = false;
        for (&index, (place, fault)) in &causes {
            if self.patches.contains_key(&index) || !self.look_for_slips(index) {
                // What is right by itself suffers from another's fault.
                if self.is_sound(index) && !errors::is_of_several(fault) {
                    continue;
                }
                self.take_out(index, place.clone(), fault);
            }
            done = true;
        }
        if let Some((&first, (place, fault))) = causes.first_key_value().filter(|_| !done) {
            // All of them suffer from one before, in which the parser saw nothing wrong.
            match (0..first).rev().find(|&index| !self.is_sound(index)) {
                Some(culprit) => self.take_out(culprit, self.statements[culprit].range.clone(), fault),
                None => self.take_out(first, place.clone(), fault),
            }
        }
        !causes.is_empty()
    }

    /// Whether the statement, as far as it is mended, is TOML by itself.
    fn is_sound(&self, index: usize) -> bool {
        let range = self.statements[index].range.clone();
        let patches = self.patches.get(&index).cloned().unwrap_or_default();
        DeTable::parse(Patched::of(self.text, range, patches).text()).is_ok()
    }

    /// Reports the statement `index`, in which no slip is known, and takes it out.
    fn take_out(&mut self, index: usize, place: Range<usize>, fault: &Error) {
        let statement = self.statements[index].range.clone();
        let diagnostic = errors::diagnostic(self.file, self.text, &statement, place, fault);
        let line = self.line_start(diagnostic.span().map_or(0, |span| span.start as usize));
        if !self.is_left_over(index) && self.reported.insert(line) {
            self.diagnostics.push(diagnostic);
        }
        self.patches.insert(index, vec![Patch { range: statement, text: String::new() }]);
    }

    /// Whether the statement is but a line that was part of the one before, as it was before that one was damaged.
    fn is_left_over(&self, index: usize) -> bool {
        let statement = &self.statements[index];
        let before = self.statements[..index].iter().rposition(|before| before.kind != Kind::Blank);
        let follows_fault = before.is_some_and(|before| self.patches.contains_key(&before));
        let line = self.text[statement.range.clone()].lines().next().unwrap_or_default();
        follows_fault && !statements::begins_statement(line)
    }

    /// Makes `[section]` that is there twice `[[section]]`; whether there is any.
    fn mend_list_heads(&mut self, duplicates: &[(Range<usize>, Error)]) -> bool {
        let mut mended = false;
        for (place, _) in duplicates {
            let Some(index) = self.statement_at(place.start) else { continue };
            if self.statements[index].kind != Kind::Head || self.patches.contains_key(&index) {
                continue;
            }
            let Some(heads) = duplicates::single_brackets(self.text, &self.statements, index) else { continue };
            if heads.keys().any(|head| self.patches.contains_key(head)) {
                continue;
            }
            self.diagnostics.push(duplicates::not_a_list(self.file, self.text, &self.statements[index], &heads));
            self.patches.extend(heads);
            mended = true;
        }
        mended
    }

    fn duplicate(&mut self, place: Range<usize>) {
        if let Some(index) = self.statement_at(place.start)
            && self.reported.insert(place.start)
        {
            let diagnostic = self.duplicates.diagnostic(self.file, self.text, &self.statements, index, place);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether the statement has slips; if so they are reported, a line at a time, and mended.
    fn look_for_slips(&mut self, index: usize) -> bool {
        let slips = slips::find(self.text, &self.statements[index]);
        if slips.is_empty() {
            return false;
        }
        for line in slips.chunk_by(|a, b| !self.text[a.place.start..b.place.start].contains('\n')) {
            self.report(line);
        }
        self.patches.insert(index, slips.into_iter().flat_map(|slip| slip.patches).collect());
        true
    }

    fn report(&mut self, slips: &[Slip]) {
        let Some(first) = slips.first() else { return };
        if self.reported.insert(self.line_start(first.place.start)) {
            self.diagnostics.extend(slips::diagnostic(self.file, self.text, slips));
        }
    }

    fn statement_at(&self, offset: usize) -> Option<usize> {
        let after = self.statements.partition_point(|statement| statement.range.start <= offset);
        let last = after.checked_sub(1)?;
        // What the parser misses at a statement's end it may miss blank lines later.
        let holds = |index: &usize| {
            let statement = &self.statements[*index];
            statement.kind != Kind::Blank || offset <= statement.range.end
        };
        (0..=last).rev().find(holds).or(Some(last))
    }

    fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |at| at + 1)
    }
}
