//! Figures that are there and have no value yet: who is asked for it, and where.

use crate::diag::{Code, Diagnostic, Text};
use crate::manifest::{Figure, Manifest};
use crate::placeholder::HOLE;
use crate::source::Span;
use crate::text;

use super::KeyRead;

/// The `missing-figure` of `figure`, whose value `place` wants: a hole, or an expression.
///
/// It stands where the user can mend it: at the empty value in his own file, else at the place that wants one.
pub(super) fn fault(manifest: &Manifest, figure: &Figure, key: &KeyRead, place: Span) -> Diagnostic {
    let owner = &manifest.owner;
    let name = figure.key.text();
    let fault = Diagnostic::new(Code::MissingFigure, text!("“{name}”还没有填", "`{name}` has no value yet"));
    let value = figure.value.span;
    let fault = if !owner.owns(value) {
        let holes = key.phrase.text().matches(HOLE).count();
        let asks = owner.asks(&manifest.address(figure), value_to_paste(holes));
        let fault = fault.at(place).label(value, text!("模板里这样写", "the template says so"));
        asks.into_iter().fold(fault, Diagnostic::help)
    } else if owner.owns(place) {
        fault.at(place).label(value, text!("在这里填", "fill it in here"))
    } else {
        fault.at(value).label(place, text!("填到这里", "it goes here"))
    };
    declared_help(figure).into_iter().fold(fault, Diagnostic::help)
}

/// The help that a declaration gives to whoever is to fill the figure in.
pub(super) fn declared_help(figure: &Figure) -> Vec<Text> {
    let Some(declaration) = &figure.declaration else { return Vec::new() };
    let mut help = Vec::new();
    if let Some(hint) = &declaration.hint {
        help.push(Text::verbatim(hint.text()));
    }
    if let Some(owner) = &declaration.owner {
        let owner = owner.text();
        help.push(text!("由{owner}填", "to be filled in by {owner}"));
    }
    if declaration.default.is_some() && !declaration.optional {
        help.push(text!(
            "写了 default，还要写 optional = true 才会用它",
            "its default is used only with optional = true"
        ));
    }
    help
}

/// A value to paste for so many holes of a date, from one.
const GROUP_VALUES: [&str; 3] = ["\"\"", "[\"\", \"\"]", "[\"\", \"\", \"\"]"];

/// A value to paste for a key with so many holes.
pub(super) fn value_to_paste(holes: usize) -> &'static str {
    GROUP_VALUES[holes.clamp(1, 3) - 1]
}
