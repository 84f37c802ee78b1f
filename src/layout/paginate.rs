//! Lines on the grid of pages: which page a line stands on.
//!
//! A line of the title takes one line of the grid as well (22 pt in 28.95 pt), so that a page has [`Style::lines`]
//! lines whatever stands on it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::NoGlyph;
use super::contents::{self, Open, Target};
use super::grid::{place_line, room};
use super::issued::{self, ColophonPage};
use super::line::SetLine;
use super::links;
use super::marginal::{draft_mark, page_number};
use super::note::Foot;
use super::pages::{Area, Bookmark, Item, Line, Page, Pages, Part, PlacedPicture};
use super::paragraph;
use super::table::{self, TableRow};
use crate::doc::{BlockKind, Doc, Zone};
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// What takes height on a page.
struct Row {
    block: usize,
    body: Body,
    height: Length,
    /// Whether a page may not end after it.
    keep: bool,
    /// Whether the outline points to it.
    target: bool,
}

impl Row {
    /// The notes whose signs are in it.
    fn notes(&self) -> &[usize] {
        match &self.body {
            Body::Line(line) => &line.notes,
            Body::Empty | Body::Placed(_) | Body::Table { .. } | Body::Picture(_) | Body::Rest | Body::Break => &[],
        }
    }
}

enum Body {
    /// A line of text.
    Line(SetLine),
    /// An empty line.
    Empty,
    /// What has measures of its own, from its upper edge.
    Placed(Vec<Item>),
    /// A row of a table.
    Table {
        row: Box<TableRow>,
        /// Whether it is of the table's head.
        is_head: bool,
    },
    /// A picture.
    Picture(PlacedPicture),
    /// Whatever is left of a line of the grid, so that text goes on upon it.
    Rest,
    /// The page ends.
    Break,
}

pub(super) fn pages(doc: &Doc, fonts: &Fonts) -> Result<Pages, NoGlyph> {
    let (mut pages, found) = set(doc, fonts)?;
    links::add(&mut pages, doc);
    if !doc.notes.is_empty() {
        for page in &mut pages.pages {
            // Signs of notes and addresses, in the order of the text.
            page.links.sort_by_key(|link| (link.block, link.area.y + link.area.height, link.area.x));
        }
    }
    for open in found.open.iter().rev() {
        let block = &doc.blocks[open.block];
        if let BlockKind::ContentsEntry { target, .. } = &block.kind
            && let Some(&target) = found.targets.get(target.as_str())
        {
            contents::close(&mut pages, open, block, target, &doc.style, fonts)?;
        }
    }
    Ok(pages)
}

pub(super) fn page_numbers(doc: &Doc, fonts: &Fonts) -> Result<BTreeMap<String, usize>, NoGlyph> {
    let (_, found) = set(doc, fonts)?;
    Ok(found.targets.into_iter().map(|(id, target)| (id.to_owned(), target.page + 1)).collect())
}

pub(super) fn colophon_page(doc: &Doc, fonts: &Fonts) -> Result<Option<ColophonPage>, NoGlyph> {
    Ok(set(doc, fonts)?.1.colophon)
}

/// What the contents and the outputs have to know of the pages.
#[derive(Default)]
struct Found<'d> {
    /// Where the outline's lines stand, by id.
    targets: BTreeMap<&'d str, Target>,
    /// The lines of the contents, in order.
    open: Vec<Open>,
    /// The page of 版记.
    colophon: Option<ColophonPage>,
}

/// The pages, the contents without their numbers.
fn set<'d>(doc: &'d Doc, fonts: &Fonts) -> Result<(Pages, Found<'d>), NoGlyph> {
    let mut found = Found::default();
    let frames = Frames::new(doc);
    let style = &doc.style;
    let (head, lower_rule) = issued::rows(doc, fonts)?;
    let (rows, heads) = rows(&frames, head, fonts)?;
    let mut colophon = issued::colophon(doc, fonts)?;
    let is_letter = issued::is_letter(doc);
    let mut rows = VecDeque::from(rows);
    let mut foot = Foot::new(doc, fonts)?;
    let mut pages =
        Pages { width: style.page.width, height: style.page.height, pages: Vec::new(), outline: Vec::new() };
    loop {
        let taken = take(&mut rows, &heads, &mut foot, &frames);
        let turned = taken.first().is_some_and(|row| doc.is_turned(row.block));
        let left = room(frames.of(turned)) - taken.iter().map(|row| row.height).sum::<Length>();
        foot.sign(taken.iter().flat_map(|row| row.notes()).copied());
        let mut page = page(taken, &frames, &mut pages, &mut found);
        page.turned = turned;
        let left = left - foot.place(&mut page, pages.pages.len(), left, frames.of(turned));
        if pages.pages.is_empty() {
            page.items.extend(lower_rule.iter().flat_map(|rule| rule.items(style)));
        }
        // The first page of a letter has no number (GB/T 9704 10.1).
        let is_numbered = !(is_letter && pages.pages.is_empty());
        let mut set = vec![(page, is_numbered)];
        let is_last = rows.is_empty() && foot.is_empty();
        if let Some(colophon) = colophon.take_if(|_| is_last) {
            let left = if turned { Length::ZERO } else { left };
            found.colophon = Some(colophon.end(&mut set, pages.pages.len() + 1, left, style));
        }
        for (mut page, is_numbered) in set {
            if is_numbered {
                page.items.extend(page_number(pages.pages.len() + 1, style, fonts)?.map(Item::Line));
            }
            if doc.draft.is_some() {
                page.items.push(Item::Line(draft_mark(frames.of(page.turned), fonts)?));
            }
            pages.pages.push(page);
        }
        if is_last {
            foot.link(&mut pages);
            return Ok((pages, found));
        }
    }
}

/// A report, and the two ways in which paper lies.
struct Frames<'d> {
    doc: &'d Doc,
    turned: Style,
}

impl<'d> Frames<'d> {
    fn new(doc: &'d Doc) -> Self {
        Frames { doc, turned: doc.style.turned() }
    }

    fn of(&self, turned: bool) -> &Style {
        if turned { &self.turned } else { &self.doc.style }
    }

    /// The style that a block is set in.
    fn style(&self, block: usize) -> &Style {
        self.of(self.doc.is_turned(block))
    }
}

/// The rows of the next page.
fn take(rows: &mut VecDeque<Row>, heads: &Heads, foot: &mut Foot, frames: &Frames<'_>) -> Vec<Row> {
    foot.begin_page(&frames.doc.style);
    let mut taken: Vec<Row> = Vec::new();
    let mut used = Length::ZERO;
    while let Some(row) = rows.front() {
        let first = taken.is_empty();
        let turned = frames.doc.is_turned(row.block);
        let style = frames.of(turned);
        match row.body {
            Body::Break => {
                rows.pop_front();
                // Nothing is held back: what follows the break begins a page in any case.
                if first {
                    continue;
                }
                return taken;
            }
            // An empty line is not set at a page's top.
            Body::Empty | Body::Rest if first && !row.target => {
                rows.pop_front();
                continue;
            }
            // The paper is turned: what follows begins a page in any case.
            _ if taken.first().is_some_and(|first| frames.doc.is_turned(first.block) != turned) => return taken,
            Body::Table { is_head: false, .. } if first => {
                let block = row.block;
                for head in heads.get(&block).into_iter().flatten() {
                    used += head.height;
                    let body = Body::Table { row: Box::new(head.clone()), is_head: true };
                    taken.push(Row { block, body, height: head.height, keep: true, target: false });
                }
            }
            Body::Line(_) | Body::Empty | Body::Placed(_) | Body::Table { .. } | Body::Picture(_) | Body::Rest => {}
        }
        // What is taller than a page has one of its own.
        if !foot.admits(row.notes(), row.height, room(style) - used, style) && !first {
            break;
        }
        let Some(mut row) = rows.pop_front() else { break };
        if let Body::Rest = row.body {
            let pitch = frames.doc.style.line_pitch;
            let over = used.to_emu() % pitch.to_emu().max(1);
            row.height = if over > 0 { pitch - Length::emu(over) } else { Length::ZERO };
        }
        used += row.height;
        taken.push(row);
    }
    if !rows.is_empty() {
        let fit = taken.iter().rposition(|row| !row.keep).map_or(taken.len(), |last| last + 1);
        for row in taken.split_off(fit).into_iter().rev() {
            rows.push_front(row);
        }
    }
    taken
}

/// The heads of tables as they are repeated, by block.
type Heads = BTreeMap<usize, Vec<TableRow>>;

/// Places the rows of a page, and notes what of the outline stands on it.
fn page<'d>(rows: Vec<Row>, frames: &Frames<'d>, pages: &mut Pages, found: &mut Found<'d>) -> Page {
    let doc = frames.doc;
    let style = rows.first().map_or(&doc.style, |row| frames.style(row.block));
    let mut page = Page::default();
    let mut top = style.page.top;
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        if row.target
            && let Some(outline) = &doc.blocks[row.block].outline
        {
            found.targets.entry(&outline.id).or_insert(Target { page: pages.pages.len(), y: top });
            let (level, title) = (outline.level, outline.title.clone());
            pages.outline.push(Bookmark { level, title, page: pages.pages.len(), y: top });
        }
        match row.body {
            Body::Line(line) => {
                let part = Part::Block(row.block);
                place_line(&mut page, line, part, (top, style.line_pitch), style.page.left);
                let is_entry = matches!(doc.blocks[row.block].kind, BlockKind::ContentsEntry { .. });
                let goes_on = rows.peek().is_some_and(|next| next.block == row.block);
                if is_entry && !goes_on {
                    let (page, item) = (pages.pages.len(), page.items.len().saturating_sub(1));
                    found.open.push(Open { page, item, block: row.block, top });
                }
            }
            Body::Table { row: cells, .. } => {
                let goes_on =
                    rows.peek().is_some_and(|next| matches!(next.body, Body::Table { .. }) && next.block == row.block);
                let closing = cells.closing.into_iter().filter(|_| !goes_on);
                page.items.extend(cells.items.into_iter().chain(closing).map(|item| item.moved(top)));
            }
            Body::Picture(picture) => page.items.push(Item::Picture(picture).moved(top)),
            Body::Placed(items) => page.items.extend(items.into_iter().map(|item| item.moved(top))),
            Body::Empty | Body::Rest | Body::Break => {}
        }
        top += row.height;
    }
    page
}

fn rows(frames: &Frames<'_>, mut head: issued::Rows, fonts: &Fonts) -> Result<(Vec<Row>, Heads), NoGlyph> {
    let doc = frames.doc;
    let mut heads = Heads::new();
    let indents = super::indents(doc, fonts)?;
    let pitch = doc.style.line_pitch;
    let mut rows = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        let style = frames.style(index);
        let row = |body, keep, target| Row { block: index, body, height: pitch, keep, target };
        if block.kind == BlockKind::PageBreak {
            rows.push(row(Body::Break, false, false));
            continue;
        }
        if let Some((items, height)) = head.remove(&index) {
            rows.push(Row { block: index, body: Body::Placed(items), height, keep: true, target: false });
            continue;
        }
        if block.kind.look().zone == Zone::Foot {
            continue;
        }
        if let BlockKind::Table(table) = &block.kind {
            let set = table::rows(table, index, style, fonts, room(style))?;
            let parts =
                set.head.iter().cloned().map(|row| (row, true)).chain(set.body.into_iter().map(|row| (row, false)));
            rows.extend(parts.map(|(row, is_head)| Row {
                block: index,
                height: row.height,
                keep: row.keep,
                target: false,
                body: Body::Table { row: Box::new(row), is_head },
            }));
            heads.insert(index, set.head.into_iter().map(repeated).collect());
            rows.push(Row { block: index, body: Body::Rest, height: Length::ZERO, keep: false, target: false });
        }
        if let BlockKind::Picture(placed) = &block.kind {
            let x = doc.style.page.left + (doc.style.page.measure() - placed.width) / 2;
            let area = Area { x, y: Length::ZERO, width: placed.width, height: placed.height };
            let (picture, alt) = (Arc::clone(&placed.picture), placed.alt.clone());
            let body = Body::Picture(PlacedPicture { block: index, area, picture, alt });
            let keep = doc.stays_with_next(index);
            rows.push(Row { block: index, body, height: placed.height, keep, target: false });
            // The caption comes right under it.
            if doc.blocks.get(index + 1).is_none_or(|next| next.kind != BlockKind::PictureCaption) {
                rows.push(Row { block: index, body: Body::Rest, height: Length::ZERO, keep, target: false });
            }
        }
        let lines = if matches!(block.kind, BlockKind::SealRow(_)) {
            vec![issued::seal_line(doc, index, fonts)?]
        } else {
            paragraph::set(block, indents.get(&index), style, fonts)?
        };
        let count = lines.len();
        let with_next = doc.stays_with_next(index);
        for (n, line) in lines.into_iter().enumerate() {
            // Of a text that stays with what follows two lines do.
            let last = with_next && (!block.kind.is_text() || n + 2 >= count);
            let widow = doc.style.widow_control && count > 1 && (n == 0 || n + 2 == count);
            rows.push(row(Body::Line(line), last || widow, n == 0 && block.outline.is_some()));
        }
        if block.kind == BlockKind::PictureCaption {
            rows.push(Row { block: index, body: Body::Rest, height: Length::ZERO, keep: with_next, target: false });
        }
        // More empty lines than a page has would all be dropped at its foot.
        for _ in 0..block.space_after.min(doc.style.lines) {
            rows.push(row(Body::Empty, with_next, false));
        }
    }
    Ok((rows, heads))
}

/// A row of a head as it stands on the pages after its first.
fn repeated(row: TableRow) -> TableRow {
    let items = row.items.into_iter().map(|item| match item {
        Item::Line(line) => Item::Line(Line { part: Part::RepeatedHead, ..line }),
        Item::Tint(_) | Item::Rule(_) | Item::RedRule(_) | Item::Picture(_) => item,
    });
    TableRow { items: items.collect(), ..row }
}
