//! The widths that are measured before anything is written, and Word's unit of it: a twip is a twentieth of a point.

use std::collections::BTreeMap;

use crate::doc::{BlockKind, Doc};
use crate::fonts::Fonts;
use crate::layout::{self, ColophonMeasure, ColophonPage, Head, NoGlyph, TableMeasure};
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

/// The measures of what a document has besides its text.
#[derive(Debug, Default)]
pub(super) struct IssuedMeasures {
    pub(super) head: Option<Head>,
    /// The lines of 版记, by block.
    pub(super) colophon: BTreeMap<usize, ColophonMeasure>,
    /// Where 版记 stands.
    pub(super) page: Option<ColophonPage>,
    /// The middles of signatures under seals, by block.
    pub(super) seals: BTreeMap<usize, Vec<Length>>,
}

impl IssuedMeasures {
    /// Measures `doc`.
    ///
    /// # Errors
    /// [`NoGlyph`] for the first character that no face has.
    pub(super) fn of(doc: &Doc, fonts: &Fonts) -> Result<Self, NoGlyph> {
        let mut issued = IssuedMeasures { head: layout::head(doc, fonts)?, ..IssuedMeasures::default() };
        for (index, block) in doc.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Colophon(_)) {
                issued.colophon.insert(index, layout::measure_colophon(doc, block, fonts)?);
            } else if matches!(block.kind, BlockKind::SealRow(_)) {
                issued.seals.insert(index, layout::centres(doc, index, fonts)?);
            }
        }
        if !issued.colophon.is_empty() {
            issued.page = layout::colophon_page(doc, fonts)?;
        }
        Ok(issued)
    }
}

/// `length` in twips as docx-rs takes it.
pub(super) fn twips(length: Length) -> i32 {
    i32::try_from(length.to_twips()).unwrap_or(0)
}
