//! A template as one file, `county-2023.rgt`: what a county sends and its towns build on.
//!
//! It is a zip archive with its files in order and at one fixed time, so that the same files give the same bytes.
//! `manifest.toml` stands first: name, version, which file is the template, and the SHA-256 of every file and of the
//! whole. A bundle comes by mail and is trusted with nothing: [`Bundle::read`] takes no file that is not listed, none
//! whose name leads elsewhere and none that has changed, and unpacks no more than [`MOST_BYTES`]. [`Shelf`] opens
//! bundles where they stand; a file in one names no file outside of it, as a template names none outside of its folder.

mod contents;
mod fault;
mod pack;
mod read;
mod shelf;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use fault::BundleFault;
pub use shelf::Shelf;

use sha2::{Digest, Sha256};

/// What the name of a bundle ends in.
pub const EXTENSION: &str = ".rgt";
/// What a folder's template is called where nothing else is said.
pub const TEMPLATE: &str = "template.toml";
/// The list of a bundle's files, in the bundle.
const CONTENTS: &str = "manifest.toml";
/// The most files of a bundle.
pub const MOST_FILES: usize = 2_000;
/// The most bytes of all its files together.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 240;

/// What a bundle says of itself, from the `[template]` of its template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// `name`.
    pub name: Option<String>,
    /// `version`.
    pub version: Option<String>,
    /// `requires`: the versions of this program that read it.
    pub requires: Option<String>,
}

/// A template and the files that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// What it says of itself.
    pub about: About,
    /// Which of its files is the template.
    pub template: String,
    /// Its files by their path in the bundle, with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// The SHA-256 of the whole, in hexadecimal: of what it says of itself, and of the names and SHA-256 of its files.
    pub fn digest(&self) -> String {
        let About { name, version, requires } = &self.about;
        let mut whole = Sha256::new();
        for part in [name, version, requires] {
            // Each with its length before it, so that no two lists read alike.
            add(&mut whole, part.as_deref().unwrap_or_default());
        }
        add(&mut whole, &self.template);
        for (name, bytes) in &self.files {
            add(&mut whole, name);
            add(&mut whole, &sha256(bytes));
        }
        hexadecimal(&whole.finalize())
    }
}

fn add(whole: &mut Sha256, part: &str) {
    whole.update((part.len() as u64).to_le_bytes());
    whole.update(part.as_bytes());
}

/// Whether the file or folder `path` is a bundle by its name.
pub fn is_bundle(path: &str) -> bool {
    let start = path.len().saturating_sub(EXTENSION.len());
    start > 0 && path.as_bytes()[start..].eq_ignore_ascii_case(EXTENSION.as_bytes())
}

/// The places in `path` where it leads into a bundle, from the outermost on: those of the `/`.
fn marks(path: &str) -> impl DoubleEndedIterator<Item = usize> {
    path.match_indices('/').map(|(at, _)| at).filter(|&at| is_bundle(&path[..at]))
}

/// The bundle that `path` leads into, the outermost if there are several.
pub fn outermost(path: &str) -> Option<&str> {
    marks(path).next().map(|at| &path[..at])
}

/// The SHA-256 of `bytes` in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `name` as two files that Windows and macOS could not tell apart have it in common.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Judges the name of a file in a bundle, as [`beside`](crate::world::beside) does; it is written in its shortest form.
fn check_name(name: &str) -> Result<(), BundleFault> {
    match crate::world::beside("", name) {
        Ok(path) if path == name && name.len() <= LONGEST_NAME => Ok(()),
        Ok(_) | Err(_) => Err(BundleFault::Name(name.to_owned())),
    }
}
