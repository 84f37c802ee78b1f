//! The figures of one report, read but not built.

use super::{Failure, Job, Loaded, layers};
use crate::diag::{Diagnostic, Diagnostics};
use crate::figures::suggest::{Proposal, suggest};
use crate::figures::{Row, rows};
use crate::fill::fill;
use crate::manifest::Located;
use crate::manifest::inherit::Template;
use crate::source::Sources;
use crate::world::World;

/// The figures of a report.
#[derive(Debug, Default)]
pub struct Listed {
    /// The files read, for the places of the rows.
    pub sources: Sources,
    /// The figures; none where the file can't be read as a report.
    pub rows: Option<Vec<Row>>,
    /// Rules that its text asks for and that it does not have.
    pub proposals: Vec<Proposal>,
    /// What people call the report as a template, with its version: `[template] name` and `version`.
    pub called: Option<String>,
    /// What is wrong, sorted: where there are no rows, that is why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lists the figures of the report `path`, whatever else is wrong with it.
///
/// # Errors
/// [`Failure::Read`] where there is no such file.
pub fn list(path: &str, world: &dyn World) -> Result<Listed, Failure> {
    let mut listed = Listed::default();
    let mut diags = Diagnostics::new();
    let layers = layers(path, world, &mut listed.sources, &mut diags).map_err(Failure::Read)?;
    listed.called = layers.as_ref().and_then(|layers| layers.template.as_ref()).and_then(called);
    let job = Job { path: path.to_owned(), ..Job::default() };
    let loaded = layers.and_then(|layers| Loaded::new(layers, &job, world, &mut listed.sources, &mut diags));
    if let Some(Loaded { manifest, .. }) = loaded {
        let filled = fill(&manifest, &mut diags);
        if !filled.fields.is_empty() {
            let rows = rows(&manifest, &filled);
            listed.proposals = suggest(&manifest, &filled, &rows);
            listed.rows = Some(rows);
        }
    }
    listed.diagnostics = diags.into_sorted();
    Ok(listed)
}

fn called(template: &Template) -> Option<String> {
    let words = [&template.name, &template.version].into_iter().flatten().map(Located::text).map(str::trim);
    Some(words.collect::<Vec<_>>().join(" ")).filter(|called| !called.is_empty())
}
