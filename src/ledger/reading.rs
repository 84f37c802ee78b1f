//! The expressions of a report, and what they read.

use crate::diag::{Code, Diagnostic};
use crate::expr::{Formula, Reference, Scope as Whose, UnitMix};
use crate::manifest::{Expression, Figure, Given, Located, Manifest};
use crate::placeholder::Scope;
use crate::source::{Span, Spanned};

/// An expression with the figures that it reads.
pub(super) struct Reading<'a> {
    /// Where its keys are looked up first.
    pub(super) scope: Scope,
    pub(super) text: &'a Located,
    pub(super) references: &'a [Reference],
    /// Whether a default stands where last time has no value.
    pub(super) has_default: bool,
}

/// A place of an expression that reads a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The key between its quotes.
    pub span: Span,
}

impl Reading<'_> {
    pub(super) fn reader(&self, reference: &Reference) -> Reader {
        Reader { span: self.text.span(reference.range.clone()) }
    }
}

/// Every expression that could be read: conditions of sections, computed figures, rules.
pub(super) fn readings(manifest: &Manifest) -> Vec<Reading<'_>> {
    let whens = manifest.sections.iter().enumerate().filter_map(|(number, section)| {
        let when = section.when.as_ref()?;
        let references = when.parsed.references();
        Some(Reading { scope: Scope::Section(number), text: &when.text, references, has_default: false })
    });
    let computes = manifest.figures.iter().filter_map(|figure| {
        let compute = formula(figure)?;
        let has_default = default(figure).is_some();
        let references = compute.parsed.references();
        Some(Reading { scope: figure.scope, text: &compute.text, references, has_default })
    });
    let rules = manifest.rules.iter().filter_map(|rule| {
        let check = rule.check.as_ref()?;
        let references = check.parsed.references();
        Some(Reading { scope: Scope::Report, text: &check.text, references, has_default: false })
    });
    whens.chain(computes).chain(rules).collect()
}

/// Two units in one sum or comparison (`unit-mix`).
pub(crate) fn unit_mix(text: &Located, mix: &UnitMix) -> Diagnostic {
    let [a, b] = &mix.units;
    Diagnostic::new(Code::UnitMix, mix.message()).at(text.span(mix.range.clone())).help(crate::text!(
        "把其中一个乘或除成同一单位，如 ÷ 10000；或者正文都用{a}",
        "write the factor into the expression, such as ÷ 10000, or use one unit in the text: {a}, not {b}"
    ))
}

/// What a figure is computed by.
pub(super) fn formula(figure: &Figure) -> Option<&Expression<Formula>> {
    figure.declaration.as_ref()?.compute.as_ref()
}

/// What stands for a figure where its formula comes to nothing, if it is optional.
pub(super) fn optional_default(figure: &Figure) -> Option<&Spanned<Given>> {
    figure.declaration.as_ref().filter(|declaration| declaration.optional)?.default.as_ref()
}

/// What stands for a figure that is worked out from last time's values where there are none, or where they are 0.
pub(super) fn default(figure: &Figure) -> Option<&Spanned<Given>> {
    let declaration = figure.declaration.as_ref()?;
    let looks_back = |formula: &Expression<Formula>| {
        formula.parsed.references().iter().any(|reference| reference.scope == Whose::Last)
    };
    optional_default(figure).filter(|_| declaration.compute.as_ref().is_some_and(looks_back))
}
