//! What changed between two versions of a template: its figures, its rules, its words, and all other keys.
//!
//! The two are compared as the tables that they come to with all that they inherit, so that no key is left out that a
//! later version of this program may know.

mod figures;
mod files;
mod items;
mod sections;
mod show;
mod tables;
#[cfg(test)]
mod tests;

pub use show::{human, json};

use crate::batch::layers;
use crate::diag::{Diagnostic, Diagnostics};
use crate::manifest::Located;
use crate::manifest::inherit::Layers;
use crate::source::{Sources, Span};
use crate::world::World;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A key of `[report]`, `[style]` or another table; by its path, `style.numbering`.
    Key,
    /// A section; by its heading, `id` or number.
    Section,
    /// A figure; by its address.
    Figure,
    /// A rule; by its `id`, or its expression.
    Rule,
    /// A picture or a table beside the template; by its path.
    File,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Dropped,
    /// It has another name; this was the old one.
    Renamed(String),
    /// It is there still, and not the same.
    Changed,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub subject: Subject,
    /// How.
    pub fate: Fate,
    /// Its name in the new version, or where that has none in the old one.
    pub name: String,
    /// Its keys that are not the same.
    pub keys: Vec<KeyChange>,
    /// Where it stands, in the version that `name` is of.
    pub span: Span,
}

/// A key whose value is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// The key.
    pub key: String,
    /// What it was; none where it was not there.
    pub old: Option<String>,
    /// What it is; none where it is no longer there.
    pub new: Option<String>,
}

/// A version that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its file.
    pub path: String,
    /// `[template] name`.
    pub name: Option<String>,
    /// `[template] version`.
    pub version: Option<String>,
}

/// Two versions, compared.
#[derive(Debug)]
pub struct Diff {
    /// The old version.
    pub old: Side,
    /// The new version.
    pub new: Side,
    /// The changes, in the order of the subjects and then of the new version.
    pub changes: Vec<Change>,
    /// The files of both.
    pub sources: Sources,
}

/// Why two versions could not be compared.
#[derive(Debug)]
pub enum NotCompared {
    /// A file can't be read; which one.
    Read(String, std::io::Error),
    /// A file is no template, for these reasons.
    Faulty(Sources, Vec<Diagnostic>),
}

/// Compares the templates, bundles or reports `old` and `new`.
///
/// # Errors
/// [`NotCompared`] where one of them can't be read. Faults in what can be read are no matter of the comparison.
pub fn diff(old: &str, new: &str, world: &dyn World) -> Result<Diff, NotCompared> {
    let mut sources = Sources::new();
    let mut diags = Diagnostics::new();
    let mut read = |path: &str| match layers(path, world, &mut sources, &mut diags) {
        Ok(layers) => Ok(layers),
        Err(error) => Err(NotCompared::Read(path.to_owned(), error)),
    };
    let (before, after) = (read(old)?, read(new)?);
    let (Some(before), Some(after)) = (before, after) else {
        return Err(NotCompared::Faulty(sources, diags.into_sorted()));
    };
    let mut changes = items::keys(&before.table, &after.table);
    changes.extend(items::requires(&before, &after));
    let files = [&before, &after].map(|layers| files::Files::read(layers, world, &mut sources));
    changes.extend(files::compare(&files[0], &files[1]));
    let (old, new) = (side(old, &before), side(new, &after));
    changes.extend(sections::compare(&before.table, &after.table));
    changes.extend(figures::compare(&before, &after));
    changes.extend(items::rules(&before.table, &after.table));
    changes.sort_by_key(|change| change.subject);
    Ok(Diff { old, new, changes, sources })
}

fn side(path: &str, layers: &Layers) -> Side {
    let text = |text: &Option<Located>| text.as_ref().map(|text| text.text().trim().to_owned());
    let template = layers.template.as_ref();
    Side {
        path: path.to_owned(),
        name: template.and_then(|template| text(&template.name)),
        version: template.and_then(|template| text(&template.version)),
    }
}
