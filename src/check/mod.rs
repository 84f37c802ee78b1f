//! What must hold of a report besides its figures.

mod characters;
mod output;

use crate::diag::Diagnostics;
use crate::doc::fill::Fill;
use crate::fonts::Fonts;
use crate::manifest::{Located, Manifest};

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
}

/// A rule.
type Rule = fn(&Context<'_>, &mut Diagnostics);

/// All rules.
const RULES: &[Rule] = &[characters::control_characters, characters::glyphs, output::name];

/// Applies every rule.
pub fn check(context: &Context<'_>, diags: &mut Diagnostics) {
    for rule in RULES {
        rule(context, diags);
    }
}
