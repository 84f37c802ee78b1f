//! From the report's blocks to elements.

use std::collections::VecDeque;
use std::ops::Range;

use lopdf::{Object, dictionary, text_string};

use super::{ElementId, ROOT, Shares, Structure, Tag};
use crate::doc::address::in_words;
use crate::doc::{self, Align, Block, BlockKind, Note};

/// The state between one block and the next.
pub(super) struct Builder {
    structure: Structure,
    /// Levels of the headings that are open, each lower than the one before.
    headings: Vec<u8>,
    /// The lists that are open, each in an item of the one before.
    lists: Vec<List>,
    /// The quotation that the last block was of.
    quote: Option<ElementId>,
    /// The table that the caption before it is of.
    table: Option<ElementId>,
    /// The contents, while their lines follow each other.
    contents: Option<ElementId>,
}

/// Where a link in a paragraph leads.
enum Lead {
    /// The address of that number in the block.
    Address(usize),
    /// The footnote of that number.
    Note(usize),
}

struct List {
    id: ElementId,
    depth: u8,
    numbered: bool,
    /// The body of its last item.
    body: ElementId,
}

impl Builder {
    pub(super) fn new(structure: Structure) -> Builder {
        Builder { structure, headings: Vec::new(), lists: Vec::new(), quote: None, table: None, contents: None }
    }

    /// The structure with the elements of `blocks`, and of `notes`.
    pub(super) fn built(mut self, blocks: &[Block], notes: &[Note]) -> Structure {
        for (number, block) in blocks.iter().enumerate() {
            let mut shares = self.block(number, block);
            self.links(number, block, &mut shares);
            self.structure.shares.push(shares);
        }
        for (number, note) in (1..).zip(notes) {
            let mut shares = self.note(number);
            let addresses = in_words(&note.printed(number)).into_iter().enumerate();
            let links = addresses.map(|(index, it)| (it.chars, Lead::Address(index))).collect();
            self.link(blocks.len() + number - 1, links, &mut shares);
            self.structure.notes.push(shares);
        }
        self.structure
    }

    /// Gives the addresses in a block, and the signs of notes, elements of their own, within that of the words around
    /// them.
    fn links(&mut self, number: usize, block: &Block, shares: &mut Shares) {
        let addresses = block.addresses().into_iter().enumerate().map(|(index, it)| (it.chars, Lead::Address(index)));
        let signs = block.signs().into_iter().map(|(note, chars)| (chars, Lead::Note(note)));
        let mut links: Vec<(Range<usize>, Lead)> = addresses.chain(signs).collect();
        links.sort_by_key(|(chars, _)| chars.start);
        self.link(number, links, shares);
    }

    /// Gives stretches of the part `number` elements of their own.
    fn link(&mut self, number: usize, links: Vec<(Range<usize>, Lead)>, shares: &mut Shares) {
        let mut shared: usize = shares.first.iter().map(|(_, glyphs)| glyphs).sum();
        for (chars, lead) in links {
            // One in a heading that leads the paragraph is the heading's.
            let Some(plain) = chars.start.checked_sub(shared) else { continue };
            let link = match lead {
                Lead::Address(index) => {
                    let link = self.structure.add(Tag::Link, shares.rest);
                    self.structure.addresses.insert((number, index), link);
                    link
                }
                Lead::Note(note) => {
                    let reference = self.structure.add(Tag::Reference, shares.rest);
                    let link = self.structure.add(Tag::Link, reference);
                    self.structure.references.insert(note, link);
                    link
                }
            };
            shares.first.extend([(shares.rest, plain), (link, chars.len())]);
            shared = chars.end;
        }
    }

    /// A footnote: its number, and its words. Its id is unique (ISO 14289-1, 7.9).
    fn note(&mut self, number: usize) -> Shares {
        let note = self.structure.add(Tag::Note, ROOT);
        self.structure.elements[note].entries.set("ID", Object::string_literal(format!("note{number:06}")));
        let label = self.structure.add(Tag::Label, note);
        let first = [(label, number.to_string().len())].into();
        Shares { first, rest: self.structure.add(Tag::Paragraph, note) }
    }

    fn block(&mut self, number: usize, block: &Block) -> Shares {
        let is_item = matches!(block.kind, BlockKind::ListItem(_));
        if !is_item {
            self.lists.clear();
        }
        if block.kind != BlockKind::Quote {
            self.quote = None;
        }
        if !matches!(block.kind, BlockKind::ContentsEntry { .. }) {
            self.contents = None;
        }
        match &block.kind {
            BlockKind::Title | BlockKind::AttachmentTitle => self.whole(Tag::Title, ROOT),
            BlockKind::Heading(level) => {
                let depth = self.depth(*level);
                self.whole(Tag::Heading(depth), ROOT)
            }
            BlockKind::ListItem(depth) => self.item(*depth, &block.text()),
            BlockKind::Quote => {
                let quote = match self.quote {
                    Some(quote) => quote,
                    None => self.structure.add(Tag::Quote, ROOT),
                };
                self.quote = Some(quote);
                self.whole(Tag::Paragraph, quote)
            }
            BlockKind::AttachmentMark => {
                let depth = self.depth(block.outline.as_ref().map_or(1, |outline| outline.level));
                self.whole(Tag::Heading(depth), ROOT)
            }
            BlockKind::TableCaption => {
                let table = self.structure.add(Tag::Table, ROOT);
                self.table = Some(table);
                Shares { first: VecDeque::new(), rest: self.structure.add_along(Tag::Caption, table) }
            }
            BlockKind::Table(table) => self.table(number, table),
            BlockKind::Picture(placed) => {
                let shares = self.whole(Tag::Figure, ROOT);
                self.structure.elements[shares.rest].entries.set("Alt", text_string(&placed.alt));
                shares
            }
            // Beside the figure and not in it: who is told what the figure shows is not told what is in it.
            BlockKind::PictureCaption => self.whole(Tag::Caption, ROOT),
            BlockKind::ContentsEntry { .. } => {
                let contents = match self.contents {
                    Some(contents) => contents,
                    None => self.structure.add(Tag::Contents, ROOT),
                };
                self.contents = Some(contents);
                let item = self.structure.add(Tag::ContentsItem, contents);
                let reference = self.structure.add(Tag::Reference, item);
                self.whole(Tag::Link, reference)
            }
            BlockKind::PageBreak => Shares { first: VecDeque::new(), rest: ROOT },
            BlockKind::Subtitle
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Salutation
            | BlockKind::AttachmentNote { .. }
            | BlockKind::Signature
            | BlockKind::SignedOn
            | BlockKind::ContentsHead
            | BlockKind::HeadLine(_)
            | BlockKind::IssuerMark(_)
            | BlockKind::SealRow(_)
            | BlockKind::Signet { .. }
            | BlockKind::DocumentNote
            | BlockKind::Attendance { .. }
            | BlockKind::Colophon(_)
            | BlockKind::Paragraph => self.paragraph(block),
        }
    }

    fn whole(&mut self, tag: Tag, parent: ElementId) -> Shares {
        Shares { first: VecDeque::new(), rest: self.structure.add(tag, parent) }
    }

    /// A table, all cells of which are in the tree, so that every row has every column.
    fn table(&mut self, number: usize, it: &doc::Table) -> Shares {
        let table = self.table.take().unwrap_or_else(|| self.structure.add(Tag::Table, ROOT));
        for (row, cells) in it.rows.iter().enumerate() {
            let line = self.structure.add_along(Tag::Row, table);
            for (column, cell) in cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let scope = scope(it, row, column);
                let tag = if scope.is_some() { Tag::HeadCell } else { Tag::Cell };
                let element = self.structure.add_along(tag, line);
                self.structure.cells.insert((number, row, column), element);
                let mut attributes = dictionary! { "O" => "Table" };
                if let Some(scope) = scope {
                    attributes.set("Scope", scope);
                }
                for (name, count) in [("ColSpan", cell.columns), ("RowSpan", cell.rows)] {
                    if count > 1 {
                        attributes.set(name, count as i64);
                    }
                }
                if attributes.len() > 1 {
                    self.structure.elements[element].entries.set("A", attributes);
                }
            }
        }
        Shares { first: VecDeque::new(), rest: table }
    }

    /// A paragraph; where a heading leads it (一是…。), that is an element of its own before the rest.
    fn paragraph(&mut self, block: &Block) -> Shares {
        let Some(outline) = &block.outline else { return self.whole(Tag::Paragraph, ROOT) };
        let depth = self.depth(outline.level);
        let heading = self.structure.add(Tag::Heading(depth), ROOT);
        let text = block.text().replace('\n', "");
        let glyphs = text.strip_prefix(&outline.title).map_or(0, |rest| {
            // The full stop of a lead sentence is no part of the outline's line.
            outline.title.chars().count() + usize::from(rest.starts_with('。'))
        });
        Shares { first: [(heading, glyphs)].into(), rest: self.structure.add(Tag::Paragraph, ROOT) }
    }

    /// The depth of a heading of `level`. Where the author left out a level, the tree has no hole (ISO 14289-1, 7.4.2).
    fn depth(&mut self, level: u8) -> u8 {
        while self.headings.last().is_some_and(|&open| open >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        u8::try_from(self.headings.len()).unwrap_or(u8::MAX)
    }

    fn item(&mut self, depth: u8, text: &str) -> Shares {
        let label = label(text);
        let numbered = text.starts_with(|c: char| c.is_ascii_digit());
        while self.lists.last().is_some_and(|list| list.depth > depth) {
            self.lists.pop();
        }
        // A list of the other kind begins where one ends.
        self.lists.pop_if(|list| list.depth == depth && list.numbered != numbered);
        let list = match self.lists.last() {
            Some(list) if list.depth == depth => list.id,
            outer => {
                let parent = outer.map_or(ROOT, |list| list.body);
                let id = self.structure.add(Tag::List, parent);
                let numbering = if numbered { "Decimal" } else { "Disc" };
                let attributes = dictionary! { "O" => "List", "ListNumbering" => numbering };
                self.structure.elements[id].entries.set("A", attributes);
                self.lists.push(List { id, depth, numbered, body: id });
                id
            }
        };
        let item = self.structure.add(Tag::Item, list);
        let first = (label > 0).then(|| (self.structure.add(Tag::Label, item), label)).into_iter().collect();
        let body = self.structure.add(Tag::ItemBody, item);
        if let Some(list) = self.lists.last_mut() {
            list.body = body;
        }
        Shares { first, rest: body }
    }
}

/// What a cell is the head of, if it is one (ISO 32000-1, 14.8.5.7): those of the head of their columns, the words that
/// begin a row of that; a number there, as that of the row, names nothing.
fn scope(table: &doc::Table, row: usize, column: usize) -> Option<&'static str> {
    if row < table.head {
        return Some("Column");
    }
    let cell = table.rows[row][column].as_ref()?;
    let names = column == 0 && table.columns.len() > 1 && cell.columns == 1 && table.columns[0].align != Align::Decimal;
    (names && !doc::text(&cell.content).trim().is_empty()).then_some("Row")
}

/// Characters of the marker that leads an item: `• `, `1.`, `1）`.
fn label(text: &str) -> usize {
    if text.starts_with("• ") {
        return 2;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', '）']) { digits + 1 } else { 0 }
}
