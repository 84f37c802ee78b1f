//! Templates: a report file with the files that it builds on, as if it were one.
//!
//! The tables of all files are merged while each value still knows its place, so that a fault is told where it stands,
//! in whichever file that is. Who reads the result need not know that there were several files, but for advice: only
//! the file that the user named is his to change ([`Owner`]).

mod base;
mod chain;
mod figures;
mod merge;
mod sections;

pub use base::{Base, Columns};
pub use chain::{MAX_DEPTH, MAX_FILE, load, load_template};
pub use sections::MAX_SECTIONS;

use super::literal::Located;
use super::raw::Table;
use super::{Last, Manifest, Owner, TownValues};
use crate::diag::Diagnostics;
use crate::source::Span;

/// A report file with all that it inherits.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The tables of all files as one, for [`super::read()`].
    pub table: Table,
    /// Whose file the user can change.
    pub owner: Owner,
    /// What the towns gave, in a roll-up.
    pub towns: Option<TownValues>,
    /// What the figures came to last time.
    pub last: Last,
    /// What the user's own file says of itself as a template.
    pub template: Option<Template>,
    /// The template that the user's own file names.
    pub base: Option<Located>,
}

impl Layers {
    /// The report that the files are together, which knows what of it stands in whose file, what the towns gave and what
    /// the figures came to last time. The files that it names are not read yet: see [`Manifest::load`].
    pub fn into_manifest(self, diags: &mut Diagnostics) -> Option<Manifest> {
        let Layers { table, owner, towns, last, template: _, base: _ } = self;
        super::read(&table, diags).map(|manifest| Manifest { owner, towns, last, ..manifest })
    }
}

/// `[template]`: what a file says that is meant to be shared.
#[derive(Clone, Debug)]
pub struct Template {
    /// What people call it.
    pub name: Option<Located>,
    /// Its own version.
    pub version: Option<Located>,
    /// The versions of the program that read it.
    pub requires: Option<Located>,
    /// Its head.
    pub span: Span,
}
