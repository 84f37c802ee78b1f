//! 版头: its lines and red rules in their places (GB/T 9704 7.2, 10.1 to 10.3).
//!
//! A place is measured from the upper edge of the type area. The upper edge of 发文机关标志 and the lower edge of what
//! stands over the rule are those of the ink; an empty line is as high as a line of the text.

use std::collections::BTreeMap;

use super::mark::{self, MarkMeasure, SetMark};
use crate::doc::{Block, BlockKind, Doc, Ends, HeadItem, HeadLine, Inline, Mark, Zone};
use crate::fonts::Fonts;
use crate::layout::grid::{self, ASCENT};
use crate::layout::line::{SetLine, place};
use crate::layout::pages::{Area, Item, Part};
use crate::layout::segment::Segment;
use crate::layout::sign::TypeSpec;
use crate::layout::{NoGlyph, linebreak, title};
use crate::length::Length;
use crate::manifest::{DocumentForm, Style};

/// From what stands over a red rule to the rule (7.2.7, 10.1).
const TO_RULE: Length = Length::mm(4);
/// Thickness of the rule of 文件 and 纪要; the standard has no measure.
const THICK: Length = Length::centi_pt(150);
/// The stripes of a double rule and what is between them: the measures of Word's line of that kind.
const DOUBLE: (Length, Length, Length) = (Length::centi_pt(225), Length::centi_pt(75), Length::centi_pt(75));
/// The double rules of a letter (10.1).
const LETTER_RULE: Length = Length::mm(170);
/// From the lower edge of the paper to the second of them (10.1).
const TO_LOWER_RULE: Length = Length::mm(20);

/// 版头 in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its blocks, by number.
    pub places: BTreeMap<usize, HeadPlace>,
    /// Where the line under it begins.
    pub end: Length,
    /// The rule at the foot of a letter's first page.
    pub lower_rule: Option<RedRule>,
}

/// A block of 版头 in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadPlace {
    /// The top of the box of its first line; above the type area on a letter.
    pub top: Length,
    /// The height of the boxes of its lines together.
    pub height: Length,
    /// The type of a mark; `None` for a line in the type of the text.
    pub mark: Option<MarkMeasure>,
    /// The left edge of what stands at the right.
    pub right_part: Option<Length>,
    /// The rule under it.
    pub rule: Option<RedRule>,
}

/// A red rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedRule {
    /// Its upper edge.
    pub top: Length,
    /// Its left edge, from that of the type area.
    pub left: Length,
    /// Its length.
    pub width: Length,
    /// Its stripes.
    pub kind: RuleKind,
    /// True if the paper has it already (套打).
    pub is_left_out: bool,
}

/// The stripes of a red rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// One.
    Single,
    /// Two, the thick one above.
    ThickOverThin,
    /// Two, the thin one above.
    ThinOverThick,
}

impl RedRule {
    /// Its thickness with all its stripes.
    pub fn height(&self) -> Length {
        self.stripes().last().map_or(Length::ZERO, |&(down, height)| down + height)
    }

    /// The thickness of its thick stripe, or of its only one.
    pub fn thick(&self) -> Length {
        if self.kind == RuleKind::Single { THICK } else { DOUBLE.0 }
    }

    /// The upper edge of each stripe, from its own, and the stripe's thickness.
    fn stripes(&self) -> Vec<(Length, Length)> {
        let (thick, gap, thin) = DOUBLE;
        match self.kind {
            RuleKind::Single => vec![(Length::ZERO, THICK)],
            RuleKind::ThickOverThin => vec![(Length::ZERO, thick), (thick + gap, thin)],
            RuleKind::ThinOverThick => vec![(Length::ZERO, thin), (thin + gap, thick)],
        }
    }

    /// Its stripes on the page of `style`.
    pub(in crate::layout) fn items(&self, style: &Style) -> Vec<Item> {
        let (x, y) = (style.page.left + self.left, style.page.top + self.top);
        let stripe = |(down, height)| Item::RedRule(Area { x, y: y + down, width: self.width, height });
        if self.is_left_out { Vec::new() } else { self.stripes().into_iter().map(stripe).collect() }
    }
}

/// The items of each block of 版头, and the height down to the next.
pub(in crate::layout) type Rows = BTreeMap<usize, (Vec<Item>, Length)>;

/// The places of 版头; `None` for a report without one.
///
/// # Errors
/// [`NoGlyph`] for the first of its characters that no face has.
pub fn head(doc: &Doc, fonts: &Fonts) -> Result<Option<Head>, NoGlyph> {
    Ok(set(doc, fonts)?.map(|set| set.head))
}

/// The rows of 版头 on the first page, whose items are placed on the paper.
///
/// # Errors
/// [`NoGlyph`] for the first of its characters that no face has.
pub(in crate::layout) fn rows(doc: &Doc, fonts: &Fonts) -> Result<(Rows, Option<RedRule>), NoGlyph> {
    let Some(SetHead { head, mut lines }) = set(doc, fonts)? else { return Ok((Rows::new(), None)) };
    let style = &doc.style;
    let mut rows = Rows::new();
    let mut tops = head.places.values().skip(1).map(|place| place.top).chain([head.end]);
    let mut from = Length::ZERO;
    for (&index, place) in &head.places {
        // A mark above the type area takes no height of it.
        let to = tops.next().unwrap_or(head.end).max(from);
        let mut items = Vec::new();
        for (line, baseline) in lines.remove(&index).unwrap_or_default() {
            items.extend(grid::items(line, Part::Block(index), style.page.top + baseline, style.page.left));
        }
        items.extend(place.rule.iter().flat_map(|rule| rule.items(style)));
        let items = items.into_iter().map(|item| item.moved(Length::ZERO - style.page.top - from)).collect();
        rows.insert(index, (items, to - from));
        from = to;
    }
    Ok((rows, head.lower_rule))
}

struct SetHead {
    head: Head,
    /// The lines of each block with their baselines.
    lines: BTreeMap<usize, Vec<(SetLine, Length)>>,
}

fn set(doc: &Doc, fonts: &Fonts) -> Result<Option<SetHead>, NoGlyph> {
    let blocks = || doc.blocks.iter().enumerate().take_while(|(_, block)| block.kind.look().zone == Zone::Head);
    let mark =
        blocks().find_map(|(_, block)| if let BlockKind::IssuerMark(mark) = block.kind { Some(mark) } else { None });
    let Some((last, _)) = blocks().last() else { return Ok(None) };
    let head = Head { places: BTreeMap::new(), end: Length::ZERO, lower_rule: None };
    let mut setter = Setter {
        style: &doc.style,
        fonts,
        form: mark.map_or(DocumentForm::File, |mark| mark.form),
        is_left_out: mark.is_some_and(|mark| mark.overprint),
        last,
        y: Length::ZERO,
        signers: None,
        set: SetHead { head, lines: BTreeMap::new() },
    };
    for (index, block) in blocks() {
        if let BlockKind::IssuerMark(mark) = block.kind {
            setter.mark(index, block, mark)?;
        } else if let BlockKind::HeadLine(line) = block.kind {
            setter.head_line(index, block, line)?;
        }
    }
    let (style, is_left_out) = (setter.style, setter.is_left_out);
    let mut set = setter.set;
    set.head.end = setter.y + style.line_pitch * 2;
    if setter.form == DocumentForm::Letter {
        set.head.lower_rule = Some(lower_rule(style, is_left_out));
    }
    Ok(Some(set))
}

/// The upper edge of the mark of a document (7.2.4, 10.1, 10.2).
fn upper_edge(form: DocumentForm, style: &Style) -> Length {
    match form {
        DocumentForm::File | DocumentForm::Minutes => Length::mm(35),
        DocumentForm::Letter => Length::mm(30) - style.page.top,
        DocumentForm::Order => Length::mm(20),
    }
}

/// The second rule of a letter, at the foot of its first page (10.1).
fn lower_rule(style: &Style, is_left_out: bool) -> RedRule {
    let rule = RedRule {
        top: Length::ZERO,
        left: (style.page.width - LETTER_RULE) / 2 - style.page.left,
        width: LETTER_RULE,
        kind: RuleKind::ThinOverThick,
        is_left_out,
    };
    RedRule { top: style.page.height - TO_LOWER_RULE - rule.height() - style.page.top, ..rule }
}

fn shifted(mut line: SetLine, by: Length) -> SetLine {
    line.runs.iter_mut().flat_map(|run| &mut run.glyphs).for_each(|glyph| glyph.x += by);
    line.holes.iter_mut().for_each(|hole| *hole = (hole.0 + by, hole.1 + by));
    line
}

/// Lines with the row that each stands on.
type Lines = Vec<(SetLine, usize)>;

struct Setter<'s> {
    style: &'s Style,
    fonts: &'s Fonts,
    form: DocumentForm,
    /// True if the paper has what is red.
    is_left_out: bool,
    /// The last block of 版头.
    last: usize,
    /// Where the box of the next line begins.
    y: Length,
    /// The left edge of the names of 签发人.
    signers: Option<Length>,
    set: SetHead,
}

impl Setter<'_> {
    fn mark(&mut self, index: usize, block: &Block, mark: Mark) -> Result<(), NoGlyph> {
        let (style, pitch) = (self.style, self.style.line_pitch);
        let is_letter = self.form == DocumentForm::Letter;
        let room = if is_letter { LETTER_RULE } else { style.page.measure() };
        let left = if is_letter { (style.page.width - LETTER_RULE) / 2 - style.page.left } else { Length::ZERO };
        let SetMark { measure, lines, rise, fall, foot } = mark::set(block, mark, room, self.fonts)?;
        let baseline = upper_edge(self.form, style) + rise;
        let top = baseline - measure.size.scale(ASCENT, 100) - (measure.pitch - measure.size) / 2;
        let moved = lines.into_iter().map(|(line, down)| (shifted(line, left), baseline + down));
        self.set.lines.insert(index, if mark.overprint { Vec::new() } else { moved.collect() });
        let kind = if is_letter { RuleKind::ThickOverThin } else { RuleKind::Single };
        let has_rule = is_letter || index == self.last && self.form != DocumentForm::Order;
        let rule = has_rule.then(|| self.rule(baseline + foot + TO_RULE, left, room, kind));
        let height = measure.pitch * measure.lines as i64;
        self.set.head.places.insert(index, HeadPlace { top, height, mark: Some(measure), right_part: None, rule });
        self.y = match rule {
            // Under the rule of a letter seven eighths of a character (10.1).
            Some(rule) if is_letter => {
                rule.top + rule.height() + style.sizes.body.scale(7, 8) - (pitch - style.sizes.body) / 2
            }
            Some(rule) => rule.top + rule.height(),
            None => (baseline + fall + pitch * 2).max(self.y),
        };
        Ok(())
    }

    fn head_line(&mut self, index: usize, block: &Block, line: HeadLine) -> Result<(), NoGlyph> {
        let (style, pitch) = (self.style, self.style.line_pitch);
        let (lines, right_part) = self.line(block, line.ends)?;
        if line.item == HeadItem::Number {
            self.signers = self.signers.or(right_part);
        }
        let height = pitch * lines.iter().map(|&(_, row)| row as i64 + 1).max().unwrap_or(1);
        let first = self.y + (pitch - style.sizes.body) / 2 + style.sizes.body.scale(ASCENT, 100);
        let placed: Vec<(SetLine, Length)> =
            lines.into_iter().map(|(line, row)| (line, first + pitch * row as i64)).collect();
        let has_rule = index == self.last && matches!(self.form, DocumentForm::File | DocumentForm::Minutes);
        let rule = has_rule.then(|| {
            let foot = placed.iter().map(|(line, baseline)| *baseline + mark::ink(&line.runs, self.fonts).1).max();
            let top = foot.unwrap_or(self.y) + TO_RULE;
            self.rule(top, Length::ZERO, style.page.measure(), RuleKind::Single)
        });
        let place = HeadPlace { top: self.y, height, mark: None, right_part, rule };
        self.set.lines.insert(index, placed);
        self.set.head.places.insert(index, place);
        self.y = rule.map_or(self.y + height, |rule| rule.top + rule.height());
        Ok(())
    }

    fn rule(&self, top: Length, left: Length, width: Length, kind: RuleKind) -> RedRule {
        RedRule { top, left, width, kind, is_left_out: self.is_left_out }
    }

    /// The lines of a block with the row that each stands on, and the left edge of what stands at its right.
    fn line(&self, block: &Block, ends: Ends) -> Result<(Lines, Option<Length>), NoGlyph> {
        let measure = self.style.page.measure();
        match ends {
            Ends::Left => Ok((self.ragged(&block.content, Length::ZERO, measure, 0)?, None)),
            Ends::Centre => {
                let mut lines = Vec::new();
                for segment in self.segments(&block.content)? {
                    for range in title::lines(&segment, measure) {
                        let left = (measure - segment.natural(&range)) / 2;
                        lines.push((place(&segment, &range, left, measure, true), lines.len()));
                    }
                }
                Ok((lines, None))
            }
            Ends::Apart { left, blank } => {
                let blank = self.style.cell * i64::from(blank);
                let (at_left, at_right) = block.content.split_at(left.min(block.content.len()));
                let wide = |content: &[_]| -> Result<Length, NoGlyph> {
                    let segments = self.segments(content)?;
                    Ok(segments.iter().map(|it| it.natural(&(0..it.signs.len()))).max().unwrap_or_default())
                };
                let (left_width, right_width) = (wide(at_left)?, wide(at_right)?);
                let own = (measure - blank - right_width).max(Length::ZERO);
                let edge = self.signers.filter(|&edge| edge + right_width <= measure - blank).unwrap_or(own);
                let mut lines = self.ragged(at_left, blank, measure - blank * 2, 0)?;
                // Where both have no room beside each other, what is at the right goes down a line.
                let fits = lines.len() <= 1 && blank + left_width + self.style.cell <= edge;
                let row = if fits || lines.is_empty() { 0 } else { lines.len() };
                lines.extend(self.ragged(at_right, edge, measure - edge, row)?);
                Ok((lines, (!at_right.is_empty()).then_some(edge)))
            }
        }
    }

    fn ragged(&self, content: &[Inline], left: Length, room: Length, row: usize) -> Result<Lines, NoGlyph> {
        let mut lines = Vec::new();
        for segment in self.segments(content)? {
            for range in linebreak::lines(&segment, room, room) {
                lines.push((place(&segment, &range, left, room, true), row + lines.len()));
            }
        }
        Ok(lines)
    }

    fn segments(&self, content: &[Inline]) -> Result<Vec<Segment>, NoGlyph> {
        let style = self.style;
        let (size, tracking) = (style.sizes.body, style.cell - style.sizes.body);
        let spec = TypeSpec { size, tracking, latin_gap: style.latin_gap, keep: Some(&style.keep) };
        Segment::of_paragraph(content, spec, self.fonts)
    }
}

/// True if `mark` is a letter's: its first page has no number (10.1).
pub(in crate::layout) fn is_letter(doc: &Doc) -> bool {
    let is = |block: &Block| matches!(block.kind, BlockKind::IssuerMark(Mark { form: DocumentForm::Letter, .. }));
    doc.blocks.iter().take_while(|block| block.kind.look().zone == Zone::Head).any(is)
}
