//! What the lines on the pages are: headings, paragraphs, lists. The tree that is read aloud
//! (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).
//!
//! [`Structure::of`] makes elements of the report's blocks. While pages are drawn, each stretch of type asks for its
//! [`Mark`], which puts the element into the tree; [`Structure::write`] puts the tree into the file. So the order of the
//! tree is that of drawing, and an element that nothing was drawn for is not in it.

mod builder;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use self::builder::Builder;
use crate::doc::{Block, Note};
use crate::layout::Area;
use crate::length::Length;

/// A kind of structure element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Document,
    /// Of PDF 2.0, and a paragraph to readers that don't know it.
    Title,
    /// A heading; depth from 1.
    Heading(u8),
    Paragraph,
    Quote,
    List,
    Item,
    Label,
    ItemBody,
    Table,
    Row,
    /// A cell of a table's head.
    HeadCell,
    Cell,
    Figure,
    Caption,
    Contents,
    ContentsItem,
    Reference,
    Link,
    /// A footnote.
    Note,
}

impl Tag {
    /// Its name in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tag::Document => "Document",
            Tag::Title => "Title",
            Tag::Heading(0 | 1) => "H1",
            Tag::Heading(2) => "H2",
            Tag::Heading(3) => "H3",
            Tag::Heading(4) => "H4",
            Tag::Heading(5) => "H5",
            Tag::Heading(_) => "H6",
            Tag::Paragraph => "P",
            Tag::Quote => "BlockQuote",
            Tag::List => "L",
            Tag::Item => "LI",
            Tag::Label => "Lbl",
            Tag::ItemBody => "LBody",
            Tag::Table => "Table",
            Tag::Row => "TR",
            Tag::HeadCell => "TH",
            Tag::Cell => "TD",
            Tag::Figure => "Figure",
            Tag::Caption => "Caption",
            Tag::Contents => "TOC",
            Tag::ContentsItem => "TOCI",
            Tag::Reference => "Reference",
            Tag::Link => "Link",
            Tag::Note => "Note",
        }
    }
}

/// Number of an element in [`Structure`].
pub(super) type ElementId = usize;

/// A marked stretch of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) tag: Tag,
    /// Its number on its page.
    pub(super) mcid: i64,
}

/// The elements of a report.
pub(super) struct Structure {
    elements: Vec<Element>,
    /// For each block of the report, whose text its glyphs are.
    shares: Vec<Shares>,
    /// The cells of tables, by block, row and column.
    cells: BTreeMap<(usize, usize, usize), ElementId>,
    /// The addresses in the text, by block and number.
    addresses: BTreeMap<(usize, usize), ElementId>,
    /// The footnotes, in order: whose their glyphs are.
    notes: Vec<Shares>,
    /// The links of their signs in the text, by number.
    references: BTreeMap<usize, ElementId>,
    /// For each page, the elements of its marks.
    pages: Vec<Vec<ElementId>>,
    /// The elements of the links' annotations, in order.
    links: Vec<ElementId>,
}

struct Element {
    tag: Tag,
    parent: Option<ElementId>,
    /// Whether it is in the tree.
    drawn: bool,
    /// Elements that come into the tree with it, in this order, whatever is drawn of them: a table has all its cells.
    along: Vec<ElementId>,
    kids: Vec<Kid>,
    /// What the file says of it besides.
    entries: Dictionary,
}

enum Kid {
    Element(ElementId),
    Mark {
        page: usize,
        mcid: i64,
    },
    /// An annotation on a page.
    Annotation {
        page: usize,
        id: ObjectId,
    },
}

/// Whose a block's glyphs are: of the elements of `first` so many each, the others of `rest`.
struct Shares {
    first: VecDeque<(ElementId, usize)>,
    rest: ElementId,
}

const ROOT: ElementId = 0;

impl Structure {
    /// The elements of `blocks` and of the footnotes `notes`, on `pages` pages.
    pub(super) fn of(blocks: &[Block], notes: &[Note], pages: usize) -> Structure {
        let root = Element { drawn: true, ..Element::new(Tag::Document, None) };
        let structure = Structure {
            elements: vec![root],
            shares: Vec::new(),
            cells: BTreeMap::new(),
            addresses: BTreeMap::new(),
            notes: Vec::new(),
            references: BTreeMap::new(),
            pages: vec![Vec::new(); pages],
            links: Vec::new(),
        };
        Builder::new(structure).built(blocks, notes)
    }

    /// Whose the next `glyphs` glyphs of `block` are: elements, each with a number of glyphs.
    pub(super) fn claim(&mut self, block: usize, glyphs: usize) -> Vec<(ElementId, usize)> {
        self.shares.get_mut(block).map_or_else(|| vec![(ROOT, glyphs)], |shares| shares.claim(glyphs))
    }

    /// Whose the next `glyphs` glyphs of the footnote `note` are, likewise.
    pub(super) fn claim_note(&mut self, note: usize, glyphs: usize) -> Vec<(ElementId, usize)> {
        let shares = note.checked_sub(1).and_then(|index| self.notes.get_mut(index));
        shares.map_or_else(|| vec![(ROOT, glyphs)], |shares| shares.claim(glyphs))
    }

    /// A new mark of `element` on `page`.
    pub(super) fn mark(&mut self, element: ElementId, page: usize) -> Mark {
        if self.pages.len() <= page {
            self.pages.resize(page + 1, Vec::new());
        }
        let mcid = self.pages[page].len() as i64;
        self.pages[page].push(element);
        self.elements[element].kids.push(Kid::Mark { page, mcid });
        self.draw(element);
        Mark { tag: self.elements[element].tag, mcid }
    }

    /// The element of a block that is one from its first glyph to its last.
    pub(super) fn whole(&self, block: usize) -> ElementId {
        self.shares.get(block).map_or(ROOT, |shares| shares.rest)
    }

    /// The element of a cell of the table that is `block`.
    pub(super) fn cell(&self, block: usize, row: usize, column: usize) -> ElementId {
        self.cells.get(&(block, row, column)).copied().unwrap_or(ROOT)
    }

    /// Says where a figure stands, on a page of this `height` (ISO 32000-1, 14.8.5.4).
    pub(super) fn place(&mut self, figure: ElementId, area: Area, height: Length) {
        let bottom = height - area.y - area.height;
        let corners = [area.x, bottom, area.x + area.width, bottom + area.height];
        let corners: Vec<Object> = corners.iter().map(|length| Object::Real(length.to_pt() as f32)).collect();
        let attributes = dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners };
        self.elements[figure].entries.set("A", attributes);
    }

    /// The element of an address in the text of `block`.
    pub(super) fn address(&self, block: usize, number: usize) -> ElementId {
        self.addresses.get(&(block, number)).copied().unwrap_or(ROOT)
    }

    /// The link of the sign of the footnote `note` in the text.
    pub(super) fn reference(&self, note: usize) -> ElementId {
        self.references.get(&note).copied().unwrap_or(ROOT)
    }

    /// Adds the annotation `id` on `page` to `element`; returns its key among the parents.
    pub(super) fn link(&mut self, element: ElementId, page: usize, id: ObjectId) -> i64 {
        self.draw(element);
        self.elements[element].kids.push(Kid::Annotation { page, id });
        self.links.push(element);
        (self.pages.len() + self.links.len() - 1) as i64
    }

    /// Puts an element into the tree, with those that it is in and those that come along.
    fn draw(&mut self, element: ElementId) {
        let mut child = element;
        while !self.elements[child].drawn {
            let parent = self.elements[child].parent;
            if let Some(parent) = parent
                && self.elements[parent].along.contains(&child)
            {
                // It comes along with its parent.
                child = parent;
                continue;
            }
            self.elements[child].drawn = true;
            self.draw_along(child);
            let Some(parent) = parent else { break };
            self.elements[parent].kids.push(Kid::Element(child));
            child = parent;
        }
    }

    fn draw_along(&mut self, element: ElementId) {
        for child in std::mem::take(&mut self.elements[element].along) {
            self.elements[child].drawn = true;
            self.elements[element].kids.push(Kid::Element(child));
            self.draw_along(child);
        }
    }

    fn add(&mut self, tag: Tag, parent: ElementId) -> ElementId {
        self.elements.push(Element::new(tag, Some(parent)));
        self.elements.len() - 1
    }

    /// An element that comes into the tree along with its parent.
    fn add_along(&mut self, tag: Tag, parent: ElementId) -> ElementId {
        let element = self.add(tag, parent);
        self.elements[parent].along.push(element);
        element
    }

    /// Puts the tree into `document`, whose pages are `pages`; returns its root.
    pub(super) fn write(&self, document: &mut Document, pages: &[ObjectId]) -> ObjectId {
        let root = document.new_object_id();
        let ids: Vec<Option<ObjectId>> =
            self.elements.iter().map(|element| element.drawn.then(|| document.new_object_id())).collect();
        for (element, id) in self.elements.iter().zip(&ids) {
            let Some(id) = *id else { continue };
            let mut dictionary = element.entries.clone();
            dictionary.set("S", element.tag.name());
            dictionary.set("P", element.parent.and_then(|parent| ids[parent]).unwrap_or(root));
            let own = element.kids.iter().find_map(|kid| match kid {
                Kid::Mark { page, .. } => Some(*page),
                Kid::Element(_) | Kid::Annotation { .. } => None,
            });
            if let Some(page) = own.and_then(|page| pages.get(page)) {
                dictionary.set("Pg", *page);
            }
            let mut kids: Vec<Object> = element.kids.iter().filter_map(|kid| kid.written(own, pages, &ids)).collect();
            match (kids.len(), kids.pop()) {
                (0, _) => {}
                (1, Some(kid)) => dictionary.set("K", kid),
                (_, last) => {
                    kids.extend(last);
                    dictionary.set("K", kids);
                }
            }
            document.objects.insert(id, dictionary.into());
        }
        let mut marks: Vec<Object> = Vec::new();
        for (key, (page, elements)) in (0_i64..).zip(pages.iter().zip(&self.pages)) {
            if let Ok(page) = document.get_dictionary_mut(*page) {
                page.set("StructParents", key);
                // Tab goes by the order of the text.
                page.set("Tabs", "S");
            }
            let elements: Vec<Object> = elements.iter().filter_map(|&element| ids[element].map(Object::from)).collect();
            marks.push(key.into());
            marks.push(document.add_object(elements).into());
        }
        for (key, &element) in (self.pages.len() as i64..).zip(&self.links) {
            if let Some(id) = ids[element] {
                marks.extend([key.into(), id.into()]);
            }
        }
        let parents = document.add_object(dictionary! { "Nums" => marks });
        let mut tree = dictionary! {
            "Type" => "StructTreeRoot",
            "ParentTree" => parents,
            "ParentTreeNextKey" => (self.pages.len() + self.links.len()) as i64,
            "RoleMap" => dictionary! { Tag::Title.name() => Tag::Paragraph.name() },
        };
        if let Some(id) = ids[ROOT] {
            tree.set("K", id);
        }
        // In the order of the ids, which a name tree asks for.
        let named = self.elements.iter().zip(&ids).filter_map(|(element, id)| {
            let name = element.entries.get(b"ID").ok()?;
            Some([name.clone(), Object::from((*id)?)])
        });
        let named: Vec<Object> = named.flatten().collect();
        if !named.is_empty() {
            tree.set("IDTree", dictionary! { "Names" => named });
        }
        document.objects.insert(root, tree.into());
        root
    }
}

impl Shares {
    fn claim(&mut self, glyphs: usize) -> Vec<(ElementId, usize)> {
        let mut left = glyphs;
        let mut claimed = Vec::new();
        while left > 0
            && let Some((element, own)) = self.first.front_mut()
        {
            let taken = left.min(*own);
            (*own, left) = (*own - taken, left - taken);
            claimed.push((*element, taken));
            if *own == 0 {
                self.first.pop_front();
            }
        }
        claimed.push((self.rest, left));
        claimed.retain(|&(_, glyphs)| glyphs > 0);
        claimed
    }
}

impl Element {
    fn new(tag: Tag, parent: Option<ElementId>) -> Element {
        Element { tag, parent, drawn: false, along: Vec::new(), kids: Vec::new(), entries: Dictionary::new() }
    }
}

impl Kid {
    /// The kid as its parent, whose own page is `own`, names it; none where it was left out.
    fn written(&self, own: Option<usize>, pages: &[ObjectId], ids: &[Option<ObjectId>]) -> Option<Object> {
        match self {
            Kid::Element(kid) => ids[*kid].map(Object::from),
            Kid::Mark { page, mcid } if Some(*page) == own => Some((*mcid).into()),
            Kid::Mark { page, mcid } => {
                Some(dictionary! { "Type" => "MCR", "Pg" => *pages.get(*page)?, "MCID" => *mcid }.into())
            }
            Kid::Annotation { page, id } => {
                Some(dictionary! { "Type" => "OBJR", "Pg" => *pages.get(*page)?, "Obj" => *id }.into())
            }
        }
    }
}
