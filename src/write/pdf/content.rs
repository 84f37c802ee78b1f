//! A page's drawing.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, DictItem, Greyscale, Op, PaintMode, PdfFontHandle, PdfPage, Pt, Rect, Rgb, TextItem, TextMatrix,
    TextRenderingMode,
};

use super::faces::PdfFace;
use super::fit::FittedLine;
use super::pictures::Pictures;
use crate::fonts::Role;
use crate::fonts::subset::Shape;
use crate::layout::{Area, Item, Page, Pages, Part, PlacedGlyph, Run};
use crate::length::Length;
use crate::write::WriteError;

/// Width of the stroke that makes bold type, in thousandths of an em: half of it lies outside the outline.
/// At 16 pt it is 0.48 pt, about what Word adds to a face that has no bold.
const BOLD_STROKE: i64 = 30;

/// The drawing of `page`, whose lines are `lines`.
pub(super) fn page(
    page: &Page,
    lines: &[FittedLine],
    pages: &Pages,
    faces: &BTreeMap<Role, PdfFace>,
    pictures: &Pictures,
) -> Result<PdfPage, WriteError> {
    let mut ops = tints(page, pages.height);
    ops.extend(rules(page, pages.height));
    for item in &page.items {
        if let Item::Picture(placed) = item {
            ops.extend(pictures.draw(placed, pages.height));
        }
    }
    let mut pen = Pen { ops: Vec::new(), font: None, bold: false };
    for line in lines {
        pen.line(line, pages.height, faces)?;
    }
    if !pen.ops.is_empty() {
        ops.push(Op::StartTextSection);
        ops.append(&mut pen.ops);
        ops.push(Op::EndTextSection);
    }
    let sheet = Rect::from_wh(pt(pages.width), pt(pages.height));
    Ok(PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops })
}

fn tints(page: &Page, height: Length) -> Vec<Op> {
    let areas: Vec<&Area> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Tint(area) => Some(area),
            Item::Line(_) | Item::Rule(_) | Item::Picture(_) => None,
        })
        .collect();
    if areas.is_empty() {
        return Vec::new();
    }
    let yellow = Color::Rgb(Rgb { r: 1.0, g: 1.0, b: 0.0, icc_profile: None });
    let black = Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
    let mut ops = vec![Op::SetFillColor { col: yellow }];
    ops.extend(areas.into_iter().map(|area| filled(area, height)));
    ops.push(Op::SetFillColor { col: black });
    ops
}

/// The lines of tables.
fn rules(page: &Page, height: Length) -> impl Iterator<Item = Op> {
    page.items.iter().filter_map(move |item| match item {
        Item::Rule(area) => Some(filled(area, height)),
        Item::Line(_) | Item::Tint(_) | Item::Picture(_) => None,
    })
}

/// A rectangle in the colour that is set.
fn filled(area: &Area, height: Length) -> Op {
    let rectangle = Rect {
        x: pt(area.x),
        y: pt(height - area.y - area.height),
        width: pt(area.width),
        height: pt(area.height),
        mode: Some(PaintMode::Fill),
        winding_order: None,
    };
    Op::DrawRectangle { rectangle }
}

/// What is written, and the state that it leaves a reader in.
struct Pen {
    ops: Vec<Op>,
    font: Option<(Role, Length)>,
    bold: bool,
}

impl Pen {
    /// A line. The one place that knows where a line's drawing begins and ends, and what it is part of.
    fn line(
        &mut self,
        FittedLine { line, shapes }: &FittedLine,
        height: Length,
        faces: &BTreeMap<Role, PdfFace>,
    ) -> Result<(), WriteError> {
        let told = matches!(line.part, Part::PageNumber);
        if told {
            // `— 1 —` is so evenly spaced that poppler takes its blanks for letter-spacing.
            self.ops.push(tell(&line.text()));
        }
        let mut shapes = shapes.as_slice();
        for run in &line.runs {
            let face = faces.get(&run.face).ok_or_else(|| WriteError::Library("a face was not cut".to_string()))?;
            let (own, rest) = shapes.split_at(run.glyphs.len().min(shapes.len()));
            shapes = rest;
            self.run(run, own, height - line.baseline, face)?;
        }
        if told {
            self.ops.push(Op::EndMarkedContent);
        }
        Ok(())
    }

    fn run(&mut self, run: &Run, shapes: &[Shape], y: Length, face: &PdfFace) -> Result<(), WriteError> {
        let origins: Vec<Length> =
            run.glyphs.iter().zip(shapes).map(|(glyph, shape)| origin(glyph, shape, run)).collect();
        let Some(&first) = origins.first() else { return Ok(()) };
        if self.font != Some((run.face, run.size)) {
            self.font = Some((run.face, run.size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(face.id.clone()), size: pt(run.size) });
        }
        if self.bold != run.bold {
            self.bold = run.bold;
            let mode = if run.bold { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
            self.ops.push(Op::SetTextRenderingMode { mode });
        }
        if run.bold {
            self.ops.push(Op::SetOutlineThickness { pt: pt(run.size.scale(BOLD_STROKE, 1000)) });
        }
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(first), pt(y)) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codepoints(run, shapes, &origins, face)?)] });
        Ok(())
    }
}

/// Opens a stretch whose text is `text`, whatever its glyphs look like (ISO 32000-1, 14.9.4).
fn tell(text: &str) -> Op {
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let properties = BTreeMap::from([("ActualText".to_string(), DictItem::Bytes(utf16))]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_string(), properties: DictItem::Dict { map: properties } }
}

/// Where a glyph in its shape begins: room that the shape adds on the left lies before the glyph's own place.
fn origin(glyph: &PlacedGlyph, shape: &Shape, run: &Run) -> Length {
    glyph.x - run.size.scale(i64::from(shape.left), 1000)
}

/// The run's codes, each with the way from where its own width leaves the pen to where the next one begins,
/// in whole thousandths of an em (0.006 mm at 16 pt). Counted from the run's start, so that rounding does not
/// add up.
fn codepoints(run: &Run, shapes: &[Shape], origins: &[Length], face: &PdfFace) -> Result<Vec<Codepoint>, WriteError> {
    let start = origins.first().copied().unwrap_or_default();
    let mut pen = 0;
    let mut codepoints = Vec::with_capacity(shapes.len());
    for (n, shape) in shapes.iter().enumerate() {
        let code = face.subset.codes.get(shape).ok_or(WriteError::NoGlyph(shape.c))?;
        pen += face.table_width(code.advance);
        let mut back = 0;
        if let Some(&next) = origins.get(n + 1) {
            let target = (next - start).scale(1000, run.size.to_emu().max(1)).to_emu();
            back = pen - target;
            pen = target;
        }
        codepoints.push(Codepoint::with_cid(code.cid, back as f32, shape.c.to_string()));
    }
    Ok(codepoints)
}

fn pt(length: Length) -> Pt {
    Pt(length.to_pt() as f32)
}
