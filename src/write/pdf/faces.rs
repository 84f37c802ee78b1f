//! The faces that pages use, cut down to the characters on them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};

use super::fit::FittedLine;
use crate::fonts::Shape;
use crate::fonts::subset::subset;
use crate::fonts::{Fonts, PackedSubset, Role};
use crate::write::WriteError;

/// A face as the document carries it.
pub(super) struct PdfFace {
    /// Its name among the document's resources.
    pub(super) id: FontId,
    /// The cut-down face, which other documents may have, too.
    pub(super) cut: Arc<PackedSubset>,
    /// The same as printpdf takes it.
    pub(super) font: PdfFont,
    /// Units of one em.
    pub(super) units_per_em: u16,
    /// Glyphs that it has, the empty first one included.
    pub(super) glyphs: u16,
}

impl PdfFace {
    /// The width in the document's width table, in thousandths of an em; printpdf writes whole ones, cut off.
    pub(super) fn table_width(&self, advance: u16) -> i64 {
        i64::from(advance) * 1000 / i64::from(self.units_per_em.max(1))
    }
}

/// Every face that a glyph of `pages` is from.
pub(super) fn used(pages: &[Vec<FittedLine>], fonts: &Fonts) -> Result<BTreeMap<Role, PdfFace>, WriteError> {
    let mut shapes: BTreeMap<Role, BTreeSet<Shape>> = BTreeMap::new();
    for fitted in pages.iter().flatten() {
        let faces = fitted.line.runs.iter().flat_map(|run| std::iter::repeat_n(run.face, run.glyphs.len()));
        for (face, &shape) in faces.zip(&fitted.shapes) {
            shapes.entry(face).or_default().insert(shape);
        }
    }
    shapes.into_iter().map(|(role, shapes)| Ok((role, pdf_face(fonts, role, shapes)?))).collect()
}

fn pdf_face(fonts: &Fonts, role: Role, shapes: BTreeSet<Shape>) -> Result<PdfFace, WriteError> {
    let face = fonts.face(role);
    let wanted = (role, shapes);
    let cut = face.cuts().in_pdf.get(&wanted, || {
        let subset = subset(face, &wanted.1)?;
        Ok::<_, WriteError>(PackedSubset { subset, deflated: OnceLock::new() })
    })?;
    let subset = &cut.subset;
    let tables = face.tables();
    let bounds = tables.global_bounding_box();
    let units_per_em = face.units_per_em();
    let font = ParsedFont {
        original_bytes: subset.program.clone(),
        font_index: 0,
        font_name: Some(subset.name.clone()),
        // Text is given as codes, so printpdf never looks a character up.
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: subset.codes.values().map(|code| (code.cid, code.advance)).collect(),
        units_per_em,
        font_metrics: FontMetrics { ascent: tables.ascender(), descent: tables.descender() },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            caret_slope_rise: 1,
            caret_slope_run: 0,
            us_weight_class: tables.weight().to_number(),
        },
    };
    let parsed = ttf_parser::Face::parse(&subset.program, 0).map_err(|e| WriteError::Library(e.to_string()))?;
    let glyphs = parsed.number_of_glyphs();
    let id = FontId(resource_name(face.role).to_string());
    Ok(PdfFace { id, font: PdfFont::new(font), units_per_em, glyphs, cut })
}

fn resource_name(role: Role) -> &'static str {
    match role {
        Role::Body => "Body",
        Role::Heading1 => "Hei",
        Role::Heading2 => "Kai",
        Role::Title => "Title",
        Role::Song => "Song",
        Role::Rare => "Rare",
        Role::Latin => "Latin",
        Role::SpareBody => "BodySpare",
        Role::SpareHeading1 => "HeiSpare",
        Role::SpareHeading2 => "KaiSpare",
        Role::SpareTitle => "TitleSpare",
        Role::SpareSong => "SongSpare",
        Role::SpareRare => "RareSpare",
    }
}
