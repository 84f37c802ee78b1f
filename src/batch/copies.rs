//! One pair of outputs for each copy of a document (份号, GB/T 9704 7.2.1).

use std::ops::RangeInclusive;

use crate::doc::{BlockKind, Doc, HeadItem, HeadLine};
use crate::manifest::{CopyNumber, Manifest};

/// The numbers of the copies that `manifest` asks for one by one; `None` where it asks for one pair of outputs.
pub(super) fn numbers(manifest: &Manifest) -> Option<RangeInclusive<u32>> {
    match manifest.document.as_ref()?.copy.as_ref()?.value {
        CopyNumber::Each(first, last) => Some(first..=last),
        CopyNumber::One(_) | CopyNumber::Words => None,
    }
}

/// `doc` as the copy `number`.
pub(super) fn numbered(doc: &Doc, number: u32) -> Doc {
    let mut doc = doc.clone();
    let is_copy = |kind: &BlockKind| matches!(kind, BlockKind::HeadLine(HeadLine { item: HeadItem::Copy, .. }));
    let label = doc.blocks.iter_mut().find(|block| is_copy(&block.kind)).and_then(|block| block.content.first_mut());
    if let Some(label) = label {
        label.text = format!("{number:06}");
    }
    doc
}

/// The file stem of the copy `number`.
pub(super) fn stem(stem: &str, number: u32) -> String {
    format!("{stem}-{number:06}")
}
