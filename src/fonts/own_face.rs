//! A face that an office brings.

use owned_ttf_parser::OwnedFace;

use super::Cuts;

/// Where a face may be put, by its own embedding bits (OS/2 fsType).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// In files that can be edited.
    Editable,
    /// In files that are read and printed.
    Printable,
}

/// A face that was read.
pub(in crate::fonts) struct OwnFace {
    pub(in crate::fonts) tables: OwnedFace,
    pub(in crate::fonts) index: u32,
    pub(in crate::fonts) postscript_name: String,
    pub(in crate::fonts) is_postscript: bool,
    pub(in crate::fonts) embedding: Embedding,
    pub(in crate::fonts) cuts: Cuts,
}
