//! 版记: 抄送, 印发机关 and 印发日期 between rules, at the foot of the last page (GB/T 9704 7.4).

use crate::doc::{Block, BlockKind, COLOPHON_SIZE as SIZE, ColophonLine, Doc};
use crate::fonts::Fonts;
use crate::layout::line::{SetLine, place};
use crate::layout::pages::{Area, Item, Page, Part};
use crate::layout::segment::Segment;
use crate::layout::sign::TypeSpec;
use crate::layout::{NoGlyph, grid, linebreak};
use crate::length::Length;
use crate::manifest::Style;

/// The first and the last rule (7.4.1).
pub(crate) const THICK: Length = Length::centi_mm(35);
/// The rules between (7.4.1).
pub(crate) const THIN: Length = Length::centi_mm(25);

/// 版记, set.
pub(in crate::layout) struct Colophon {
    /// Each item with its lines: the row of each, from the left edge of the type area.
    items: Vec<(usize, Vec<(SetLine, usize)>)>,
    /// Its height, rules and all.
    pub(in crate::layout) height: Length,
    /// True if it has rules and begins an even page: that of a letter does neither (10.1).
    is_ruled: bool,
}

/// The page on which 版记 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColophonPage {
    /// The last page of the text.
    Last,
    /// A page of its own, next to the last.
    Own,
    /// A page of its own, after a blank one; neither has a number (7.5).
    AfterABlank,
}

/// The measures of a line of 版记.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColophonMeasure {
    /// Left edge of its first line.
    pub first: Length,
    /// Left edge of turned lines.
    pub rest: Length,
    /// Right edge, from that of the type area.
    pub right: Length,
    /// True if rules stand round it.
    pub is_ruled: bool,
}

/// The measures of the line `block` of 版记.
///
/// # Errors
/// [`NoGlyph`] for the first of its characters that no face has.
pub fn measure(doc: &Doc, block: &Block, fonts: &Fonts) -> Result<ColophonMeasure, NoGlyph> {
    let lead = if let BlockKind::Colophon(ColophonLine::CopiedTo { lead }) = block.kind { lead } else { 0 };
    let rest = SIZE + lead_width(doc, block, lead, fonts)?;
    Ok(ColophonMeasure { first: SIZE, rest, right: SIZE, is_ruled: !super::head::is_letter(doc) })
}

/// Sets 版记; `None` where there is none.
///
/// # Errors
/// [`NoGlyph`] for the first of its characters that no face has.
pub(in crate::layout) fn colophon(doc: &Doc, fonts: &Fonts) -> Result<Option<Colophon>, NoGlyph> {
    let mut items = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let BlockKind::Colophon(line) = block.kind else { continue };
        let measure = measure(doc, block, fonts)?;
        let room = doc.style.page.measure() - measure.right;
        let lines = match line {
            ColophonLine::CopiedTo { .. } => hanging(doc, block, measure, room, fonts)?,
            ColophonLine::Printed { left } => apart(doc, block, left, measure, room, fonts)?,
        };
        items.push((index, lines));
    }
    if items.is_empty() {
        return Ok(None);
    }
    let is_ruled = !super::head::is_letter(doc);
    let lines: i64 = items.iter().map(|(_, lines)| height(lines)).sum();
    let rules = if is_ruled { THICK * 2 + THIN * (items.len() as i64 - 1) } else { Length::ZERO };
    Ok(Some(Colophon { height: doc.style.line_pitch * lines + rules, items, is_ruled }))
}

impl Colophon {
    /// Ends a document whose last page, `number` counted from 1, is the last of `pages` and has the height `left`: 版记 stands
    /// on an even page, the back of the last sheet, and a page that is blank before it has no number, as then its own has none
    /// (7.5). Each page comes with whether it has a number.
    pub(in crate::layout) fn end(
        self,
        pages: &mut Vec<(Page, bool)>,
        number: usize,
        left: Length,
        style: &Style,
    ) -> ColophonPage {
        let is_even = number.is_multiple_of(2);
        let fits = self.height <= left && (is_even || !self.is_ruled);
        if let Some((page, _)) = pages.last_mut().filter(|_| fits) {
            self.place(page, style);
            return ColophonPage::Last;
        }
        let has_blank_page = self.is_ruled && is_even;
        if has_blank_page {
            pages.push((Page::default(), false));
        }
        let mut own = Page::default();
        self.place(&mut own, style);
        pages.push((own, !has_blank_page));
        if has_blank_page { ColophonPage::AfterABlank } else { ColophonPage::Own }
    }

    /// Places it on `page`, its last rule on the lower edge of the type area (7.4.1).
    fn place(self, page: &mut Page, style: &Style) {
        let mut y = style.page.height - style.page.bottom - self.height;
        let rule =
            |y: Length, height: Length| Item::Rule(Area { x: style.page.left, y, width: style.page.measure(), height });
        for (number, (index, lines)) in self.items.into_iter().enumerate() {
            if self.is_ruled {
                let thick = if number == 0 { THICK } else { THIN };
                page.items.push(rule(y, thick));
                y += thick;
            }
            let count = height(&lines);
            for (line, row) in lines {
                let em_top = y + style.line_pitch * row as i64 + (style.line_pitch - SIZE) / 2;
                let baseline = em_top + SIZE.scale(grid::ASCENT, 100);
                page.items.extend(grid::items(line, Part::Block(index), baseline, style.page.left));
            }
            y += style.line_pitch * count;
        }
        if self.is_ruled {
            page.items.push(rule(y, THICK));
        }
    }
}

/// The rows of an item.
fn height(lines: &[(SetLine, usize)]) -> i64 {
    lines.iter().map(|&(_, row)| row as i64 + 1).max().unwrap_or(1)
}

fn segments(doc: &Doc, content: &[crate::doc::Inline], fonts: &Fonts) -> Result<Vec<Segment>, NoGlyph> {
    let style = &doc.style;
    let spec = TypeSpec { size: SIZE, tracking: Length::ZERO, latin_gap: style.latin_gap, keep: Some(&style.keep) };
    Segment::of_paragraph(content, spec, fonts)
}

fn lead_width(doc: &Doc, block: &Block, lead: usize, fonts: &Fonts) -> Result<Length, NoGlyph> {
    let segments = segments(doc, &block.content, fonts)?;
    let Some(segment) = segments.first() else { return Ok(Length::ZERO) };
    let signs = segment.signs.iter().take(lead).map(|sign| sign.width);
    Ok(signs.chain(segment.gaps.iter().take(lead).map(|gap| gap.kern)).sum())
}

fn hanging(
    doc: &Doc,
    block: &Block,
    measure: ColophonMeasure,
    room: Length,
    fonts: &Fonts,
) -> Result<Vec<(SetLine, usize)>, NoGlyph> {
    let mut lines = Vec::new();
    for segment in segments(doc, &block.content, fonts)? {
        let (first, rest) = (room - measure.first, room - measure.rest);
        let ranges = linebreak::justified(&segment, first, rest).0;
        let last = ranges.len().saturating_sub(1);
        for (k, range) in ranges.iter().enumerate() {
            let left = if lines.is_empty() { measure.first } else { measure.rest };
            lines.push((place(&segment, range, left, room - left, k == last), lines.len()));
        }
    }
    Ok(lines)
}

fn apart(
    doc: &Doc,
    block: &Block,
    left: usize,
    measure: ColophonMeasure,
    room: Length,
    fonts: &Fonts,
) -> Result<Vec<(SetLine, usize)>, NoGlyph> {
    let (at_left, at_right) = block.content.split_at(left.min(block.content.len()));
    let mut lines = Vec::new();
    let mut widest = Length::ZERO;
    for segment in segments(doc, at_left, fonts)? {
        for range in linebreak::lines(&segment, room - measure.first, room - measure.first) {
            widest = widest.max(segment.natural(&range));
            lines.push((place(&segment, &range, measure.first, room - measure.first, true), lines.len()));
        }
    }
    for segment in segments(doc, at_right, fonts)? {
        let range = 0..segment.signs.len();
        let from = (room - segment.natural(&range)).max(measure.first);
        let has_room = lines.len() <= 1 && measure.first + widest + SIZE <= from;
        let row = if has_room || lines.is_empty() { 0 } else { lines.len() };
        lines.push((place(&segment, &range, from, room - from, true), row));
    }
    Ok(lines)
}
