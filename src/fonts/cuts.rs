//! Faces cut down to what outputs use, kept for the next report that uses the same.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Role;
use super::memo::Memo;
use super::subset::{Shape, Subset};

/// What a face was cut down to, for the roles that it has.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// To some characters, as Word files carry them.
    pub(crate) in_word: Memo<(Role, BTreeSet<char>), PackedPart>,
    /// To some shapes, as PDFs carry them.
    pub(crate) in_pdf: Memo<(Role, BTreeSet<Shape>), PackedSubset>,
}

/// A face as a Word file carries it.
#[derive(Debug)]
pub(crate) struct PackedPart {
    /// Key of the obfuscation, a GUID in braces.
    pub(crate) key: String,
    /// A zip file with the one part.
    pub(crate) archive: Vec<u8>,
}

/// A face as a PDF carries it.
#[derive(Debug)]
pub(crate) struct PackedSubset {
    /// The cut-down face.
    pub(crate) subset: Subset,
    /// Its program, deflated; made when first wanted.
    pub(crate) deflated: OnceLock<Vec<u8>>,
}
