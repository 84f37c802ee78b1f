//! What must hold of a report: its rules, its characters, its file name.

mod characters;
mod issued;
mod last;
mod output;
mod rules;

pub(crate) use characters::is_control;
pub use last::against;

use crate::diag::Diagnostics;
use crate::fill::Fill;
use crate::fonts::Fonts;
use crate::manifest::{Located, Manifest};
use crate::number::Date;
use crate::source::Sources;

/// What the rules look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The report.
    pub manifest: &'c Manifest,
    /// Its texts, filled.
    pub fill: &'c Fill<'c>,
    /// The faces it is set in.
    pub fonts: &'c Fonts,
    /// The outputs' file stem.
    pub stem: &'c Located,
    /// The files read, for the places that messages name.
    pub sources: &'c Sources,
    /// The day up to which an `[[accept]]` must reach: the report's own date, else that of the build.
    pub today: Option<Date>,
}

/// A rule.
type Rule = fn(&Context<'_>, &mut Diagnostics);

/// All rules.
const RULES: &[Rule] = &[
    characters::control_characters,
    characters::look_alikes,
    characters::glyphs,
    output::name,
    rules::rules,
    issued::document,
];

/// Applies every rule.
pub fn check(context: &Context<'_>, diags: &mut Diagnostics) {
    for rule in RULES {
        rule(context, diags);
    }
}
