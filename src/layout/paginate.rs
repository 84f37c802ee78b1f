//! Lines on the grid of pages: which page a line stands on, where on it, and the page number.
//!
//! A line's em box stands in the middle of its line box, which is what the margins of GB/T 33476.2 (34.58 and
//! 32.58 mm, half the leading less) presuppose; the baseline is 0.88 em under the top of the em box. With
//! `exact` spacing LibreOffice puts the baseline at four fifths of the line box, 2.6 pt lower; the distance
//! between lines is the same. A line of the title takes one line of the grid as well (22 pt in 28.95 pt), so
//! that a page has [`Style::lines`] lines whatever stands on it.

use super::NoGlyph;
use super::pages::{Area, Bookmark, Item, Line, Page, Pages, Part, PlacedGlyph, Run};
use super::paragraph::{self, SetLine};
use crate::doc::{Block, BlockKind, Doc};
use crate::fonts::{Fonts, Role};
use crate::length::Length;
use crate::manifest::{PageNumber, Style};

/// Height of the em box over the baseline, in hundredths of an em.
const ASCENT: i64 = 88;

/// What stands at the head of each page of a draft.
pub(crate) const DRAFT_MARK: &str = "草稿";

/// From the upper edge of the paper to the header: 851 twips, Word's own place for it, or what the margin leaves.
pub(crate) fn header_distance(style: &Style) -> Length {
    let height = style.sizes.page_number.scale(5, 4);
    Length::twips(851).min(style.page.top - height).max(Length::ZERO)
}

/// One line of the grid.
struct Row {
    block: usize,
    /// None is an empty line.
    line: Option<SetLine>,
    /// Whether a page may not end after it.
    keep: bool,
    /// Whether the outline points to it.
    target: bool,
}

pub(super) fn pages(doc: &Doc, fonts: &Fonts) -> Result<Pages, NoGlyph> {
    let style = &doc.style;
    let mut rows = rows(doc, fonts)?.into_iter().peekable();
    let mut pages =
        Pages { width: style.page.width, height: style.page.height, pages: Vec::new(), outline: Vec::new() };
    let lines = style.lines.max(1) as usize;
    let mut held: Vec<Row> = Vec::new();
    loop {
        // Rows that the page before could not keep come first; an empty line is not set at a page's top.
        let mut on_page = std::mem::take(&mut held);
        while on_page.is_empty() && rows.next_if(|row| row.line.is_none() && !row.target).is_some() {}
        while on_page.len() < lines
            && let Some(row) = rows.next()
        {
            on_page.push(row);
        }
        if rows.peek().is_some() {
            let fit = on_page.iter().rposition(|row| !row.keep).map_or(on_page.len(), |last| last + 1);
            held = on_page.split_off(fit);
        }
        let index = pages.pages.len();
        let mut page = Page::default();
        for (n, row) in (0..).zip(on_page) {
            let top = style.page.top + style.line_pitch * n;
            if row.target
                && let Some(outline) = &doc.blocks[row.block].outline
            {
                let title = outline.title.clone();
                pages.outline.push(Bookmark { level: outline.level, title, page: index, y: top });
            }
            if let Some(line) = row.line {
                place_line(&mut page, line, row.block, top, style);
            }
        }
        page.items.extend(page_number(index + 1, style, fonts)?.map(Item::Line));
        if doc.draft.is_some() {
            page.items.push(Item::Line(draft_mark(style, fonts)?));
        }
        pages.pages.push(page);
        if held.is_empty() && rows.peek().is_none() {
            return Ok(pages);
        }
    }
}

fn rows(doc: &Doc, fonts: &Fonts) -> Result<Vec<Row>, NoGlyph> {
    let mut rows = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let lines = paragraph::set(block, &doc.style, fonts)?;
        let count = lines.len();
        let with_next = stays_with_next(block);
        for (n, line) in lines.into_iter().enumerate() {
            let widow = doc.style.widow_control && count > 1 && (n == 0 || n + 2 == count);
            rows.push(Row {
                block: index,
                line: Some(line),
                keep: with_next || widow,
                target: n == 0 && block.outline.is_some(),
            });
        }
        // More empty lines than a page has would all be dropped at its foot.
        for _ in 0..block.space_after.min(doc.style.lines) {
            rows.push(Row { block: index, line: None, keep: with_next, target: false });
        }
    }
    Ok(rows)
}

/// Whether a page may not end with the block.
fn stays_with_next(block: &Block) -> bool {
    match block.kind {
        BlockKind::Title
        | BlockKind::Subtitle
        | BlockKind::Byline
        | BlockKind::Dateline
        | BlockKind::Salutation
        | BlockKind::Heading(_) => true,
        BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Quote => false,
    }
}

fn place_line(page: &mut Page, line: SetLine, block: usize, top: Length, style: &Style) {
    let em_top = top + (style.line_pitch - line.size) / 2;
    let left = style.page.left;
    for (from, to) in line.holes {
        page.items.push(Item::Tint(Area { x: left + from, y: em_top, width: to - from, height: line.size }));
    }
    let mut runs = line.runs;
    for glyph in runs.iter_mut().flat_map(|run| &mut run.glyphs) {
        glyph.x += left;
    }
    if !runs.is_empty() {
        page.items.push(Item::Line(Line {
            part: Part::Block(block),
            baseline: em_top + line.size.scale(ASCENT, 100),
            runs,
        }));
    }
}

/// `— 1 —` in 宋体 under the type area (GB/T 9704 7.5): the upper edge of the dashes seven millimetres under
/// it, odd pages one character in from the right, even pages from the left.
fn page_number(number: usize, style: &Style, fonts: &Fonts) -> Result<Option<Line>, NoGlyph> {
    let size = style.sizes.page_number;
    let (glyphs, width) = row_of_song(&format!("— {number} —"), size, fonts)?;
    let dash = fonts.glyph(Role::Song, '—').ok_or(NoGlyph('—'))?;
    let bounds = fonts.face(dash.face).tables().glyph_bounding_box(dash.id);
    let dash_top =
        bounds.map_or(Length::ZERO, |dash_ink| size.scale(i64::from(dash_ink.y_max), i64::from(dash.units_per_em)));
    let page = &style.page;
    let odd = number % 2 == 1;
    let left = match style.page_number {
        PageNumber::None => return Ok(None),
        PageNumber::Center => page.left + (page.measure() - width) / 2,
        PageNumber::Outer if odd => page.width - page.right - size - width,
        PageNumber::Outer => page.left + size,
    };
    let baseline = page.height - page.bottom + Length::mm(7) + dash_top;
    Ok(Some(Line { part: Part::PageNumber, baseline, runs: runs(glyphs, left, size) }))
}

/// 草稿 in 宋体, in the size of the page number, at the right end of the line where Word has its header.
fn draft_mark(style: &Style, fonts: &Fonts) -> Result<Line, NoGlyph> {
    let size = style.sizes.page_number;
    let (glyphs, width) = row_of_song(DRAFT_MARK, size, fonts)?;
    let left = style.page.width - style.page.right - width;
    // In a line box of five quarters the em box stands in the middle.
    let baseline = header_distance(style) + size.scale(1, 8) + size.scale(ASCENT, 100);
    Ok(Line { part: Part::DraftMark, baseline, runs: runs(glyphs, left, size) })
}

/// The glyphs of a short text in 宋体, from 0 rightwards, each with its face, and their width.
fn row_of_song(text: &str, size: Length, fonts: &Fonts) -> Result<(Vec<(Role, PlacedGlyph)>, Length), NoGlyph> {
    let mut glyphs = Vec::new();
    let mut width = Length::ZERO;
    for c in text.chars() {
        let glyph = fonts.glyph(Role::Song, c).ok_or(NoGlyph(c))?;
        let advance = size.scale(i64::from(glyph.advance), i64::from(glyph.units_per_em));
        glyphs.push((glyph.face, PlacedGlyph { c, id: glyph.id.0, x: width, advance }));
        width += advance;
    }
    Ok((glyphs, width))
}

/// Glyphs as runs, moved right by `left`.
fn runs(glyphs: Vec<(Role, PlacedGlyph)>, left: Length, size: Length) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (face, mut glyph) in glyphs {
        glyph.x += left;
        match runs.last_mut() {
            Some(run) if run.face == face => run.glyphs.push(glyph),
            _ => runs.push(Run { face, size, bold: false, glyphs: vec![glyph] }),
        }
    }
    runs
}
