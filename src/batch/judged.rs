//! An answer held against the rules and computed figures that read it, and against what these read besides: the time that
//! it takes is that of its own expressions, however many figures the report has.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{self, Context};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::{Reference, Scope as Whose};
use crate::fill::{Fill, fill};
use crate::fonts::Fonts;
use crate::ledger::Found;
use crate::manifest::{Accept, Figure, Given, Located, Manifest, Rule};
use crate::placeholder::Scope;
use crate::source::{Sources, Span, Spanned};

/// The expressions of a report, by the figures that they read.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    figures: Vec<Figure>,
    rules: Vec<Rule>,
    accepts: Vec<Accept>,
    /// The readers of each figure, by its number.
    readers: BTreeMap<usize, BTreeSet<Reader>>,
    /// The figures that each rule reads, and each figure that is computed from the report's own.
    of_rules: BTreeMap<usize, BTreeSet<usize>>,
    of_computed: BTreeMap<usize, BTreeSet<usize>>,
    /// True where one reads a hole that no figure stands for yet.
    reads_holes: bool,
}

/// An expression that reads a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Rule(usize),
    Computed(usize),
    /// One on which more of the report hangs than figures, or which reads more than the report's own.
    Whole,
}

/// The rules and figures by which a figure's value is judged.
#[derive(Default)]
pub(super) struct Judges {
    /// The figure; none for a hole that no figure stands for, which nothing reads.
    of: Option<usize>,
    rules: BTreeSet<usize>,
    figures: BTreeSet<usize>,
}

impl Expressions {
    pub(super) fn new(manifest: &Manifest, filled: &Fill<'_>) -> Self {
        let mut it = Expressions {
            figures: manifest.figures.clone(),
            rules: manifest.rules.clone(),
            accepts: manifest.accepts.clone(),
            ..Expressions::default()
        };
        for (number, section) in manifest.sections.iter().enumerate() {
            if let Some(when) = &section.when {
                it.add(filled, Scope::Section(number), when.parsed.references(), Reader::Whole);
            }
        }
        for (number, rule) in manifest.rules.iter().enumerate() {
            if let Some(check) = &rule.check {
                let read = it.add(filled, Scope::Report, check.parsed.references(), Reader::Rule(number));
                it.of_rules.insert(number, read);
            }
        }
        for (number, figure) in manifest.figures.iter().enumerate() {
            let compute = figure.declaration.as_ref().and_then(|declaration| declaration.compute.as_ref());
            if let Some(compute) = compute {
                let read = it.add(filled, figure.scope, compute.parsed.references(), Reader::Computed(number));
                let is_alone = compute.parsed.references().iter().all(|reference| reference.scope == Whose::Own);
                if is_alone {
                    it.of_computed.insert(number, read);
                }
            }
        }
        it
    }

    /// Notes that `reader` reads `references`; gives the figures that they mean.
    fn add(&mut self, filled: &Fill<'_>, scope: Scope, references: &[Reference], reader: Reader) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        let mut reader = reader;
        for reference in references {
            if reference.scope != Whose::Own {
                reader = Reader::Whole;
                continue;
            }
            match filled.ledger.meaning(scope, &reference.key) {
                Some(&Found::Figure(figure)) => {
                    read.insert(figure);
                }
                Some(Found::Several(figures)) => {
                    read.extend(figures);
                    reader = Reader::Whole;
                }
                Some(Found::Open(_)) => self.reads_holes = true,
                Some(Found::Unknown) | None => {}
            }
        }
        // The keys of a section mean what they do there alone.
        if read.iter().any(|&figure| self.figures[figure].scope != Scope::Report) {
            reader = Reader::Whole;
        }
        for &figure in &read {
            self.readers.entry(figure).or_default().insert(reader);
        }
        read
    }

    /// The rules and figures by which the value of a figure, or of a hole that no figure stands for, is judged; none where
    /// that is the whole report.
    pub(super) fn judges(&self, figure: Option<usize>) -> Option<Judges> {
        let Some(figure) = figure else { return (!self.reads_holes).then(Judges::default) };
        let mut judges = Judges { of: Some(figure), rules: BTreeSet::new(), figures: [figure].into() };
        // Figures whose value hangs on the answer, and those that are read besides.
        let mut changed = vec![figure];
        let mut needed: Vec<usize> = Vec::new();
        while let Some(figure) = changed.pop() {
            for &reader in self.readers.get(&figure).into_iter().flatten() {
                match reader {
                    Reader::Rule(rule) => {
                        if judges.rules.insert(rule) {
                            needed.extend(&self.of_rules[&rule]);
                        }
                    }
                    Reader::Computed(computed) => {
                        if judges.figures.insert(computed) {
                            changed.push(computed);
                            needed.extend(&self.of_computed[&computed]);
                        }
                    }
                    Reader::Whole => return None,
                }
            }
        }
        while let Some(figure) = needed.pop() {
            judges.figures.insert(figure);
            // What it is worked out from may have been asked for by itself.
            let from = self.of_computed.get(&figure).into_iter().flatten();
            needed.extend(from.filter(|from| !judges.figures.contains(from)));
        }
        if judges.rules.is_empty() && judges.figures.len() == 1 {
            return Some(judges);
        }
        let is_whole = |figure: &usize| {
            let computed = self.figures[*figure].declaration.as_ref().is_some_and(|own| own.compute.is_some());
            self.figures[*figure].scope != Scope::Report || computed && !self.of_computed.contains_key(figure)
        };
        (!judges.figures.iter().any(is_whole)).then_some(judges)
    }

    /// The faults that the rules among `judges` find in `value`, in a report of the files `sources` with this `frame`, where
    /// `others` are the values that were given to other figures since it was read.
    pub(super) fn faults(
        &self,
        judges: &Judges,
        value: &Spanned<Given>,
        others: &BTreeMap<usize, &Spanned<Given>>,
        frame: &Manifest,
        sources: &Sources,
        fonts: &Fonts,
    ) -> Vec<Diagnostic> {
        if judges.rules.len() + judges.figures.len() < 2 {
            return Vec::new();
        }
        let given = |number: &usize| {
            let own = &self.figures[*number];
            let value = if Some(*number) == judges.of { Some(value) } else { others.get(number).copied() };
            // It will stand in the place of the empty one.
            let value = value.map_or_else(|| own.value.clone(), |value| value.value.moved(own.value.span));
            Figure { value, ..own.clone() }
        };
        let rules: Vec<Rule> = judges.rules.iter().map(|&rule| self.rules[rule].clone()).collect();
        let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| Some(rule.id.as_ref()?.text())).collect();
        let accepts = self.accepts.iter().filter(|accept| ids.contains(accept.rule.text())).cloned().collect();
        let figures = judges.figures.iter().map(given).collect();
        let manifest = Manifest { figures, rules, accepts, ..frame.clone() };
        let mut diags = Diagnostics::new();
        let filled = fill(&manifest, &mut diags);
        let stem = Located::plain("answer", Span::default());
        check::check(
            &Context { manifest: &manifest, fill: &filled, fonts, stem: &stem, sources, today: None },
            &mut diags,
        );
        let is_of_expressions = |fault: &Diagnostic| {
            matches!(fault.code, Code::RuleBroken | Code::RoundingGap | Code::RuleUndefined | Code::UnitMix)
        };
        diags.into_sorted().into_iter().filter(is_of_expressions).collect()
    }
}
