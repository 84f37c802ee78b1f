//! The widths that are measured before anything is written, and Word's unit of it: a twip is a twentieth of a point.

use std::collections::BTreeMap;

use crate::doc::{BlockKind, Doc};
use crate::fonts::Fonts;
use crate::layout::{self, NoGlyph, TableMeasure};
use crate::length::Length;

/// The measures of the tables of a report, by block.
pub(super) type Measures = BTreeMap<usize, TableMeasure>;

/// Measures the tables of `doc`.
pub(super) fn measures(doc: &Doc, fonts: &Fonts) -> Result<Measures, NoGlyph> {
    let mut measures = Measures::new();
    let turned = doc.style.turned();
    for (index, block) in doc.blocks.iter().enumerate() {
        if let BlockKind::Table(table) = &block.kind {
            let style = if table.landscape { &turned } else { &doc.style };
            measures.insert(index, layout::measure_table(table, style, fonts)?);
        }
    }
    Ok(measures)
}

/// `length` in twips as docx-rs takes it.
pub(super) fn twips(length: Length) -> i32 {
    i32::try_from(length.to_twips()).unwrap_or(0)
}
