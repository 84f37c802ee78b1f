//! A page's drawing.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, DictItem, Greyscale, Op, PaintMode, PdfFontHandle, PdfPage, Pt, Rect, Rgb, TextItem, TextMatrix,
    TextRenderingMode,
};

use super::faces::PdfFace;
use super::spans;
use crate::fonts::Role;
use crate::layout::{Area, Item, Line, Page, Pages, Run};
use crate::length::Length;
use crate::write::WriteError;

/// Width of the stroke that makes bold type, in thousandths of an em: half of it lies outside the outline.
/// At 16 pt it is 0.48 pt, about what Word adds to a face that has no bold.
const BOLD_STROKE: i64 = 30;

/// The drawing of `page`.
pub(super) fn page(page: &Page, pages: &Pages, faces: &BTreeMap<Role, PdfFace>) -> Result<PdfPage, WriteError> {
    let mut ops = tints(page, pages.height);
    let mut pen = Pen { ops: Vec::new(), font: None, bold: false, told_until: None };
    for line in page.lines() {
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
            Item::Line(_) => None,
        })
        .collect();
    if areas.is_empty() {
        return Vec::new();
    }
    let yellow = Color::Rgb(Rgb { r: 1.0, g: 1.0, b: 0.0, icc_profile: None });
    let black = Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
    let mut ops = vec![Op::SetFillColor { col: yellow }];
    ops.extend(areas.into_iter().map(|area| Op::DrawRectangle {
        rectangle: Rect {
            x: pt(area.x),
            y: pt(height - area.y - area.height),
            width: pt(area.width),
            height: pt(area.height),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        },
    }));
    ops.push(Op::SetFillColor { col: black });
    ops
}

/// What is written, and the state that it leaves a reader in.
struct Pen {
    ops: Vec<Op>,
    font: Option<(Role, Length)>,
    bold: bool,
    /// Number of the line's glyphs up to the end of an open stretch of told text.
    told_until: Option<usize>,
}

impl Pen {
    /// A line. The one place that knows where a line's drawing begins and ends, and what it is part of.
    fn line(&mut self, line: &Line, height: Length, faces: &BTreeMap<Role, PdfFace>) -> Result<(), WriteError> {
        let text: Vec<char> = line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.c).collect();
        let mut told = spans::told(line).into_iter().peekable();
        let mut at = 0;
        for run in &line.runs {
            let face = faces.get(&run.face).ok_or_else(|| WriteError::Library("a face was not cut".to_string()))?;
            self.start(run, height - line.baseline, face);
            let mut piece = Vec::new();
            for codepoint in codepoints(run, face)? {
                if let Some(span) = told.next_if(|span| span.start == at) {
                    self.show(&mut piece);
                    self.ops.push(tell(&text[span.clone()]));
                    self.told_until = Some(span.end);
                }
                piece.push(codepoint);
                at += 1;
                if self.told_until == Some(at) {
                    self.show(&mut piece);
                    self.ops.push(Op::EndMarkedContent);
                    self.told_until = None;
                }
            }
            self.show(&mut piece);
        }
        Ok(())
    }

    /// Face, weight and place of a run.
    fn start(&mut self, run: &Run, y: Length, face: &PdfFace) {
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
        let x = run.glyphs.first().map_or(Length::ZERO, |glyph| glyph.x);
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(x), pt(y)) });
    }

    fn show(&mut self, piece: &mut Vec<Codepoint>) {
        if !piece.is_empty() {
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(piece))] });
        }
    }
}

/// Opens a stretch whose text is `text`, whatever its glyphs look like.
fn tell(text: &[char]) -> Op {
    let text: String = text.iter().collect();
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let properties = BTreeMap::from([("ActualText".to_string(), DictItem::Bytes(utf16))]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_string(), properties: DictItem::Dict { map: properties } }
}

/// The run's codes, each with the way from where its own width leaves the pen to where the next glyph begins,
/// in whole thousandths of an em (0.006 mm at 16 pt). Counted from the run's start, so that rounding does not
/// add up.
fn codepoints(run: &Run, face: &PdfFace) -> Result<Vec<Codepoint>, WriteError> {
    let origin = run.glyphs.first().map_or(Length::ZERO, |glyph| glyph.x);
    let mut pen = 0;
    let mut codepoints = Vec::with_capacity(run.glyphs.len());
    for (n, glyph) in run.glyphs.iter().enumerate() {
        let code = face.subset.codes.get(&glyph.c).ok_or(WriteError::NoGlyph(glyph.c))?;
        pen += face.table_width(code.advance);
        let mut back = 0;
        if let Some(next) = run.glyphs.get(n + 1) {
            let target = (next.x - origin).scale(1000, run.size.to_emu().max(1)).to_emu();
            back = pen - target;
            pen = target;
        }
        codepoints.push(Codepoint::with_cid(code.cid, back as f32, glyph.c.to_string()));
    }
    Ok(codepoints)
}

fn pt(length: Length) -> Pt {
    Pt(length.to_pt() as f32)
}
