//! A page's drawing, each stretch of it marked as what it is part of.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Op, PaintMode, PdfFontHandle, PdfPage, Pt, Rect, Rgb, TextItem,
    TextMatrix, TextRenderingMode,
};

use super::faces::PdfFace;
use super::fit::FittedLine;
use super::pictures::Pictures;
use super::structure::{ElementId, Structure};
use crate::fonts::Role;
use crate::fonts::Shape;
use crate::layout::{Area, Ink, Item, Line, Page, Pages, Part, PlacedGlyph, PlacedPicture, Run};
use crate::length::Length;
use crate::write::WriteError;

/// Width of the stroke that makes bold type, in thousandths of an em: half of it lies outside the outline.
/// At 16 pt it is 0.48 pt, about what Word adds to a face that has no bold.
const BOLD_STROKE: i64 = 30;

/// What all pages are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'d> {
    pub(super) pages: &'d Pages,
    pub(super) faces: &'d BTreeMap<Role, PdfFace>,
    pub(super) pictures: &'d Pictures,
}

/// The drawing of the page `number`, from 0, whose lines are `lines`. What is drawn is told to `structure`.
pub(super) fn page(
    number: usize,
    lines: &[FittedLine],
    drawing: Drawing<'_>,
    structure: &mut Structure,
) -> Result<PdfPage, WriteError> {
    let Drawing { pages, faces, pictures } = drawing;
    let page = &pages.pages[number];
    let mut pen = Pen { ops: Vec::new(), page: number, structure, in_text: false, open: None, font: None, bold: false };
    let (upright, text): (Vec<&FittedLine>, _) =
        lines.iter().partition(|it| page.turned && it.line.part == Part::PageNumber);
    let height = if page.turned { pages.width } else { pages.height };
    if page.turned {
        // What is up on the page lies at the left of the paper.
        let quarter = CurTransMat::Raw([0.0, 1.0, -1.0, 0.0, height.to_pt() as f32, 0.0]);
        pen.ops.extend([Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix: quarter }]);
    }
    pen.ops.extend(artifacts(page, height));
    let mut text = text.into_iter();
    for item in &page.items {
        match item {
            Item::Line(line) if page.turned && line.part == Part::PageNumber => {}
            Item::Line(_) => {
                if let Some(line) = text.next() {
                    pen.line(line, height, faces)?;
                }
            }
            Item::Picture(placed) => pen.picture(placed, height, pictures),
            Item::Tint(_) | Item::Rule(_) | Item::RedRule(_) => {}
        }
    }
    pen.end_text();
    if page.turned {
        // The state of the text goes with the rest.
        (pen.font, pen.bold) = (None, false);
        pen.ops.push(Op::RestoreGraphicsState);
    }
    for line in upright {
        pen.line(line, pages.height, faces)?;
    }
    pen.end_text();
    let ops = pen.ops;
    let sheet = Rect::from_wh(pt(pages.width), pt(pages.height));
    Ok(PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops })
}

/// The rectangles behind open holes, and the lines of tables: no part of the text.
fn artifacts(page: &Page, height: Length) -> Vec<Op> {
    let areas = |of: fn(&Item) -> Option<&Area>| -> Vec<Op> {
        page.items.iter().filter_map(of).map(|area| filled(area, height)).collect()
    };
    let tints = areas(|item| match item {
        Item::Tint(area) => Some(area),
        Item::Line(_) | Item::Rule(_) | Item::RedRule(_) | Item::Picture(_) => None,
    });
    let rules = areas(|item| match item {
        Item::Rule(area) => Some(area),
        Item::Line(_) | Item::Tint(_) | Item::RedRule(_) | Item::Picture(_) => None,
    });
    let red = areas(|item| match item {
        Item::RedRule(area) => Some(area),
        Item::Line(_) | Item::Tint(_) | Item::Rule(_) | Item::Picture(_) => None,
    });
    if tints.is_empty() && rules.is_empty() && red.is_empty() {
        return Vec::new();
    }
    let mut ops = vec![Op::BeginMarkedContent { tag: ARTIFACT.to_string() }];
    for (color, areas) in [(Color::Rgb(YELLOW), tints), (color(Ink::Red), red)] {
        if !areas.is_empty() {
            ops.push(Op::SetFillColor { col: color });
            ops.extend(areas);
            ops.push(Op::SetFillColor { col: self::color(Ink::Black) });
        }
    }
    ops.extend(rules);
    ops.push(Op::EndMarkedContent);
    ops
}

/// The colour behind open holes.
const YELLOW: Rgb = Rgb { r: 1.0, g: 1.0, b: 0.0, icc_profile: None };

/// A colour of type, in the colours of the output intent.
fn color(ink: Ink) -> Color {
    match ink {
        Ink::Black => Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None }),
        Ink::Red => {
            let [r, g, b] = Ink::RED.map(|byte| f32::from(byte) / 255.0);
            Color::Rgb(Rgb { r, g, b, icc_profile: None })
        }
    }
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
struct Pen<'s> {
    ops: Vec<Op>,
    page: usize,
    structure: &'s mut Structure,
    /// Whether a text section is open.
    in_text: bool,
    /// The element whose mark is open.
    open: Option<ElementId>,
    font: Option<(Role, Length)>,
    bold: bool,
}

impl Pen<'_> {
    /// A line. The one place that knows where a line's drawing begins and ends, and what it is part of.
    fn line(
        &mut self,
        FittedLine { line, shapes }: &FittedLine,
        height: Length,
        faces: &BTreeMap<Role, PdfFace>,
    ) -> Result<(), WriteError> {
        if !std::mem::replace(&mut self.in_text, true) {
            self.ops.push(Op::StartTextSection);
        }
        let count = shapes.len();
        let shares = match line.part {
            Part::Block(block) => self.structure.claim(block, count).into_iter().map(|(e, n)| (Some(e), n)).collect(),
            Part::Note(note) => self.structure.claim_note(note, count).into_iter().map(|(e, n)| (Some(e), n)).collect(),
            Part::Cell { block, row, column } => vec![(Some(self.structure.cell(block, row, column)), count)],
            Part::PageOf(block) => {
                // The dots are for the eye alone.
                let dots = line.text().chars().take_while(|c| !c.is_ascii_digit()).count().min(count);
                vec![(None, dots), (Some(self.structure.whole(block)), count - dots)]
            }
            Part::RepeatedHead | Part::PageNumber | Part::DraftMark => vec![(None, count)],
        };
        let mut runs = line.runs.iter().map(|run| (run, run.glyphs.as_slice()));
        let mut shapes = shapes.as_slice();
        let mut rest = None;
        for (element, mut left) in shares {
            match element {
                Some(element) => self.mark(element),
                None => self.artifact(line),
            }
            while left > 0 {
                // A heading may end within a run.
                let Some((run, glyphs)) = rest.take().or_else(|| runs.next()) else { break };
                let face = faces.get(&run.face).ok_or_else(|| WriteError::Library("a face was not cut".to_string()))?;
                let (own, later) = glyphs.split_at(glyphs.len().min(left));
                let (own_shapes, later_shapes) = shapes.split_at(own.len().min(shapes.len()));
                self.run(run, own, own_shapes, height - line.baseline + run.rise(), face)?;
                left -= own.len();
                shapes = later_shapes;
                rest = (!later.is_empty()).then_some((run, later));
            }
            if element.is_none() {
                self.ops.push(Op::EndMarkedContent);
                if is_told(line.part) {
                    self.ops.push(Op::EndMarkedContent);
                }
            }
        }
        Ok(())
    }

    fn end_text(&mut self) {
        self.close();
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    /// A picture, between text sections.
    fn picture(&mut self, placed: &PlacedPicture, height: Length, pictures: &Pictures) {
        self.end_text();
        if placed.alt.is_empty() {
            // Of what nobody said a word it is not told that it is there.
            self.ops.push(Op::BeginMarkedContent { tag: ARTIFACT.to_string() });
            self.ops.extend(pictures.draw(placed, height));
            self.ops.push(Op::EndMarkedContent);
            return;
        }
        let figure = self.structure.whole(placed.block);
        self.structure.place(figure, placed.area, height);
        self.mark(figure);
        self.ops.extend(pictures.draw(placed, height));
        self.close();
    }

    /// What follows is of `element`. The lines of an element on a page are one mark.
    fn mark(&mut self, element: ElementId) {
        if self.open == Some(element) {
            return;
        }
        self.close();
        let mark = self.structure.mark(element, self.page);
        let properties = properties([("MCID", DictItem::Int(mark.mcid))]);
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: mark.tag.name().to_string(), properties });
        self.open = Some(element);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// What follows is no part of the text (ISO 32000-1, 14.8.2.2).
    fn artifact(&mut self, line: &Line) {
        self.close();
        if !is_told(line.part) {
            self.ops.push(Op::BeginMarkedContent { tag: ARTIFACT.to_string() });
            return;
        }
        let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
        let edge = if line.part == Part::DraftMark { "Top" } else { "Bottom" };
        let attached = DictItem::Array(vec![name(edge)]);
        let properties = properties([("Type", name("Pagination")), ("Attached", attached)]);
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: ARTIFACT.to_string(), properties });
        self.ops.push(tell(&line.text()));
    }

    fn run(
        &mut self,
        run: &Run,
        glyphs: &[PlacedGlyph],
        shapes: &[Shape],
        y: Length,
        face: &PdfFace,
    ) -> Result<(), WriteError> {
        let origins: Vec<Length> = glyphs.iter().zip(shapes).map(|(glyph, shape)| origin(glyph, shape, run)).collect();
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
        let is_plain = run.ink == Ink::Black && run.width == 100;
        if !is_plain {
            self.ops.push(Op::SetFillColor { col: color(run.ink) });
            self.ops.push(Op::SetHorizontalScaling { percent: f32::from(run.width) });
        }
        if run.bold {
            self.ops.push(Op::SetOutlineThickness { pt: pt(run.size.scale(BOLD_STROKE, 1000)) });
        }
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(first), pt(y)) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codepoints(run, shapes, &origins, face)?)] });
        if !is_plain {
            self.ops.push(Op::SetFillColor { col: color(Ink::Black) });
            self.ops.push(Op::SetHorizontalScaling { percent: 100.0 });
        }
        Ok(())
    }
}

/// Whether a line's text is said in words besides: `— 1 —` is so evenly spaced that poppler takes its blanks for
/// letter-spacing.
fn is_told(part: Part) -> bool {
    matches!(part, Part::PageNumber | Part::DraftMark)
}

/// The tag of what is no part of the text.
const ARTIFACT: &str = "Artifact";

fn properties<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    DictItem::Dict { map: entries.map(|(key, value)| (key.to_string(), value)).into() }
}

/// Opens a stretch whose text is `text`, whatever its glyphs look like (ISO 32000-1, 14.9.4).
fn tell(text: &str) -> Op {
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let properties = properties([("ActualText", DictItem::Bytes(utf16))]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_string(), properties }
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
        let code = face.cut.subset.codes.get(shape).ok_or(WriteError::NoGlyph(shape.c))?;
        pen += face.table_width(code.advance);
        let mut back = 0;
        if let Some(&next) = origins.get(n + 1) {
            // Text space is as narrow as the type.
            let em = run.size.scale(i64::from(run.width), 100);
            let target = (next - start).scale(1000, em.to_emu().max(1)).to_emu();
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
