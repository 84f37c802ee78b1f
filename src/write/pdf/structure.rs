//! What the lines on the pages are: headings, paragraphs, lists. The tree that is read aloud
//! (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).
//!
//! [`Structure::of`] makes elements of the report's blocks. While pages are drawn, each stretch of type asks for its
//! [`Mark`], which puts the element into the tree; [`Structure::write`] puts the tree into the file. So the order of the
//! tree is that of drawing, and an element that nothing was drawn for is not in it.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::doc::{Block, BlockKind};

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
    /// For each page, the elements of its marks.
    pages: Vec<Vec<ElementId>>,
}

struct Element {
    tag: Tag,
    parent: Option<ElementId>,
    /// Whether it is in the tree.
    drawn: bool,
    kids: Vec<Kid>,
    /// What the file says of it besides.
    entries: Dictionary,
}

enum Kid {
    Element(ElementId),
    Mark { page: usize, mcid: i64 },
}

/// Whose a block's glyphs are: the first so many are of `lead`, the others of `rest`.
struct Shares {
    lead: Option<(ElementId, usize)>,
    rest: ElementId,
}

const ROOT: ElementId = 0;

impl Structure {
    /// The elements of `blocks`, on `pages` pages.
    pub(super) fn of(blocks: &[Block], pages: usize) -> Structure {
        let root = Element { drawn: true, ..Element::new(Tag::Document, None) };
        let structure = Structure { elements: vec![root], shares: Vec::new(), pages: vec![Vec::new(); pages] };
        let mut builder = Builder { structure, headings: Vec::new(), lists: Vec::new(), quote: None };
        for block in blocks {
            let shares = builder.block(block);
            builder.structure.shares.push(shares);
        }
        builder.structure
    }

    /// Whose the next `glyphs` glyphs of `block` are: elements, each with a number of glyphs.
    pub(super) fn claim(&mut self, block: usize, glyphs: usize) -> Vec<(ElementId, usize)> {
        let Some(shares) = self.shares.get_mut(block) else { return vec![(ROOT, glyphs)] };
        let mut left = glyphs;
        let mut claimed = Vec::new();
        if let Some((element, of_lead)) = &mut shares.lead {
            let taken = left.min(*of_lead);
            (*of_lead, left) = (*of_lead - taken, left - taken);
            claimed.push((*element, taken));
        }
        claimed.push((shares.rest, left));
        claimed.retain(|&(_, glyphs)| glyphs > 0);
        claimed
    }

    /// A new mark of `element` on `page`.
    pub(super) fn mark(&mut self, element: ElementId, page: usize) -> Mark {
        if self.pages.len() <= page {
            self.pages.resize(page + 1, Vec::new());
        }
        let mcid = self.pages[page].len() as i64;
        self.pages[page].push(element);
        self.elements[element].kids.push(Kid::Mark { page, mcid });
        let mut child = element;
        while !self.elements[child].drawn {
            self.elements[child].drawn = true;
            let Some(parent) = self.elements[child].parent else { break };
            self.elements[parent].kids.push(Kid::Element(child));
            child = parent;
        }
        Mark { tag: self.elements[element].tag, mcid }
    }

    fn add(&mut self, tag: Tag, parent: ElementId) -> ElementId {
        self.elements.push(Element::new(tag, Some(parent)));
        self.elements.len() - 1
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
                Kid::Element(_) => None,
            });
            if let Some(page) = own.and_then(|page| pages.get(page)) {
                dictionary.set("Pg", *page);
            }
            let mut kids: Vec<Object> = element.kids.iter().filter_map(|kid| kid.written(own, pages, &ids)).collect();
            match (kids.len(), kids.pop()) {
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
        let parents = document.add_object(dictionary! { "Nums" => marks });
        let mut tree = dictionary! {
            "Type" => "StructTreeRoot",
            "ParentTree" => parents,
            "ParentTreeNextKey" => self.pages.len() as i64,
            "RoleMap" => dictionary! { Tag::Title.name() => Tag::Paragraph.name() },
        };
        if let Some(id) = ids[ROOT] {
            tree.set("K", id);
        }
        document.objects.insert(root, tree.into());
        root
    }
}

impl Element {
    fn new(tag: Tag, parent: Option<ElementId>) -> Element {
        Element { tag, parent, drawn: false, kids: Vec::new(), entries: Dictionary::new() }
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
        }
    }
}

/// The state between one block and the next.
struct Builder {
    structure: Structure,
    /// Levels of the headings that are open, each lower than the one before.
    headings: Vec<u8>,
    /// The lists that are open, each in an item of the one before.
    lists: Vec<List>,
    /// The quotation that the last block was of.
    quote: Option<ElementId>,
}

struct List {
    id: ElementId,
    depth: u8,
    numbered: bool,
    /// The body of its last item.
    body: ElementId,
}

impl Builder {
    fn block(&mut self, block: &Block) -> Shares {
        let is_item = matches!(block.kind, BlockKind::ListItem(_));
        if !is_item {
            self.lists.clear();
        }
        if block.kind != BlockKind::Quote {
            self.quote = None;
        }
        match block.kind {
            BlockKind::Title => self.whole(Tag::Title, ROOT),
            BlockKind::Heading(level) => {
                let depth = self.depth(level);
                self.whole(Tag::Heading(depth), ROOT)
            }
            BlockKind::ListItem(depth) => self.item(depth, &block.text()),
            BlockKind::Quote => {
                let quote = match self.quote {
                    Some(quote) => quote,
                    None => self.structure.add(Tag::Quote, ROOT),
                };
                self.quote = Some(quote);
                self.whole(Tag::Paragraph, quote)
            }
            BlockKind::Subtitle
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Salutation
            | BlockKind::Paragraph => self.paragraph(block),
        }
    }

    fn whole(&mut self, tag: Tag, parent: ElementId) -> Shares {
        Shares { lead: None, rest: self.structure.add(tag, parent) }
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
        Shares { lead: Some((heading, glyphs)), rest: self.structure.add(Tag::Paragraph, ROOT) }
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
        let lead = (label > 0).then(|| (self.structure.add(Tag::Label, item), label));
        let body = self.structure.add(Tag::ItemBody, item);
        if let Some(list) = self.lists.last_mut() {
            list.body = body;
        }
        Shares { lead, rest: body }
    }
}

/// Characters of the marker that leads an item: `• `, `1.`, `1）`.
fn label(text: &str) -> usize {
    if text.starts_with("• ") {
        return 2;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', '）']) { digits + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Inline, Outline};
    use crate::fonts::Role;
    use crate::source::Span;

    fn block(kind: BlockKind, text: &str, lead: Option<&str>) -> Block {
        let inline = Inline { text: text.to_string(), role: Role::Body, bold: false, gap: None };
        let outline = lead.map(|lead| Outline { level: 1, title: lead.to_string(), id: "h".to_string() });
        Block { kind, content: vec![inline], outline, space_after: 0, span: Span::default() }
    }

    /// The tree, a pair of brackets for each element, of blocks drawn on one page.
    fn tree(blocks: &[Block]) -> String {
        let mut structure = Structure::of(blocks, 1);
        for (n, block) in blocks.iter().enumerate() {
            for (element, _) in structure.claim(n, block.text().chars().count()) {
                structure.mark(element, 0);
            }
        }
        fn show(structure: &Structure, element: ElementId) -> String {
            let kids = structure.elements[element].kids.iter().map(|kid| match kid {
                Kid::Element(kid) => show(structure, *kid),
                Kid::Mark { mcid, .. } => mcid.to_string(),
            });
            format!("{}({})", structure.elements[element].tag.name(), kids.collect::<Vec<_>>().join(" "))
        }
        show(&structure, ROOT)
    }

    #[test]
    fn a_list_in_a_list_is_in_the_item_before_it() {
        let item = |depth, text| block(BlockKind::ListItem(depth), text, None);
        let blocks = [item(1, "1.甲"), item(2, "• 乙"), item(2, "• 丙"), item(1, "2.丁"), item(1, "• 戊")];
        assert_eq!(
            tree(&blocks),
            "Document(L(LI(Lbl(0) LBody(1 L(LI(Lbl(2) LBody(3)) LI(Lbl(4) LBody(5))))) LI(Lbl(6) LBody(7))) \
             L(LI(Lbl(8) LBody(9))))"
        );
    }

    #[test]
    fn quotations_that_follow_each_other_are_one() {
        let quote = || block(BlockKind::Quote, "引", None);
        let blocks = [quote(), quote(), block(BlockKind::Paragraph, "文", None), quote()];
        assert_eq!(tree(&blocks), "Document(BlockQuote(P(0) P(1)) P(2) BlockQuote(P(3)))");
    }

    #[test]
    fn a_lead_sentence_is_a_heading_before_its_paragraph() {
        let blocks = [block(BlockKind::Paragraph, "一是抓学习。召开会议。", Some("一是抓学习"))];
        assert_eq!(tree(&blocks), "Document(H1(0) P(1))");
        let mut structure = Structure::of(&blocks, 1);
        assert_eq!(structure.claim(0, 4), [(1, 4)]);
        assert_eq!(structure.claim(0, 7), [(1, 2), (2, 5)], "the lead ends in the second line");
    }

    #[test]
    fn headings_leave_out_no_level() {
        let heading = |level| block(BlockKind::Heading(level), "题", None);
        let blocks = [heading(2), heading(4), heading(3), heading(1)];
        assert_eq!(tree(&blocks), "Document(H1(0) H2(1) H2(2) H1(3))");
    }
}
