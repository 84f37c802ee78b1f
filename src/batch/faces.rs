//! Which faces a report is set in, and why.

use super::{Failure, Outcome, layers};
use crate::diag::Diagnostics;
use crate::fonts::{Asked, Chosen, Fonts, Role, Used};
use crate::manifest;
use crate::world::World;

/// The faces that the report at `path` gets, with what is wrong with its choice of them; without a report those that
/// any report gets.
///
/// # Errors
/// [`Failure::Read`] where the file can't be read.
pub fn faces(path: Option<&str>, world: &dyn World, fonts: &Fonts) -> Result<(Chosen, Outcome), Failure> {
    let (mut outcome, mut diags) = (Outcome::default(), Diagnostics::new());
    let layers = match path {
        Some(path) => layers(path, world, &mut outcome.sources, &mut diags).map_err(Failure::Read)?,
        None => None,
    };
    // What else is wrong with the report is not asked here.
    let style = layers.and_then(|layers| manifest::read(&layers.table, &mut Diagnostics::new())).map(|it| it.style);
    let asked = style.map_or_else(Asked::new, |style| style.fonts);
    // All roles, each with a character, so that every file is looked at.
    let used: Used = Role::NAMED.into_iter().map(|(_, role)| (role, ['\u{20bb7}'].into())).collect();
    let chosen = fonts.choose(&asked, &used, world, &mut diags);
    outcome.diagnostics = diags.into_sorted();
    Ok((chosen, outcome))
}
