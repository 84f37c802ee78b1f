//! Texts and keys with their holes found.

use super::Hole;
use crate::manifest::Field;
use crate::placeholder::{Phrase, Scan};

/// A text of the report, read.
pub(crate) struct Read<'a> {
    pub(crate) field: Field<'a>,
    pub(crate) scan: Scan,
    pub(crate) phrase: Phrase,
}

/// A figure's key, read.
pub(crate) struct KeyRead {
    pub(crate) scan: Scan,
    pub(crate) phrase: Phrase,
}

impl Read<'_> {
    /// A hole of the text, by its number.
    pub(crate) fn hole(&self, hole: usize) -> Hole {
        Hole::new(self.field.text.text(), &self.scan.holes[hole])
    }
}
