//! The parts of an issued document in Word: 版头 in its measures, signatures under seals, and 版记 at the foot of the
//! last page.
//!
//! The paragraphs come from `body`, each in a style of its own; here they get the places that hang on the document. 版头 flows
//! with the text, so that whoever edits it moves the title along; that of a letter stands above the type area, in a frame.
//! 版记 is a table
//! that is bound to the lower edge of the type area on the page of its anchor, the paragraph after it.

use super::gaps::HEADER_RID;
use super::measures::IssuedMeasures;
use super::styles;
use super::turned::narrow;
use super::xml::{Element, Node};
use crate::doc::{Block, BlockKind, ColophonLine, Doc, Ends, HeadLine, Inline, Mark};
use crate::layout::{COLOPHON_THICK, COLOPHON_THIN, ColophonPage, Head, HeadPlace, RedRule, RuleKind};
use crate::length::Length;
use crate::manifest::Style;

/// Relationship id of the footer of a letter's first page.
pub(super) const FIRST_FOOTER: &str = "rIdFooter5";
/// Relationship id of the footer of a page that has no number.
pub(super) const EMPTY_FOOTER: &str = "rIdFooter6";

impl IssuedMeasures {
    /// Gives the paragraph of the block `index` its place.
    pub(super) fn complete(&self, paragraph: &mut Element, index: usize, doc: &Doc) {
        let (block, style) = (&doc.blocks[index], &doc.style);
        if let Some((head, place)) = self.head.as_ref().and_then(|head| Some((head, head.places.get(&index)?))) {
            self.complete_head(paragraph, index, (head, place), block, style);
        } else if let Some(centres) = self.seals.get(&index) {
            let tab = |centre: &Length| tab("center", *centre);
            properties(paragraph)
                .children
                .push(Node::Element(Element::new("w:tabs").extended(centres.iter().map(tab))));
        } else if let Some(measure) = self.colophon.get(&index) {
            let right = measure.right.to_twips();
            let indent = Element::new("w:ind").with("w:left", measure.rest.to_twips()).with("w:right", right);
            let hanging = measure.rest - measure.first;
            let indent = if hanging > Length::ZERO { indent.with("w:hanging", hanging.to_twips()) } else { indent };
            let edge = style.page.measure() - measure.right;
            let tabs = matches!(block.kind, BlockKind::Colophon(ColophonLine::Printed { .. }))
                .then(|| Element::new("w:tabs").child(tab("right", edge)));
            let of_line = properties(paragraph);
            of_line.children.extend([Some(indent), tabs].into_iter().flatten().map(Node::Element));
        }
    }

    fn complete_head(
        &self,
        paragraph: &mut Element,
        index: usize,
        (head, place): (&Head, &HeadPlace),
        block: &Block,
        style: &Style,
    ) {
        let end_of = |place: &HeadPlace| match place.rule {
            Some(rule) => rule.top + rule.height(),
            None => place.top + place.height,
        };
        let is_framed = |index: &usize| is_letter_mark(head, *index);
        let before = head.places.range(..index).next_back().map_or(Length::ZERO, |(before, place)| {
            if is_framed(before) { self.frame_end(head, *before) } else { end_of(place) }
        });
        let above = if is_framed(&index) { Length::ZERO } else { place.top - before };
        let foot = place.top + place.height;
        let last = head.places.range(index + 1..).next().is_none();
        let below = if last { head.end - end_of(place) } else { Length::ZERO };
        let mut spacing = Element::new("w:spacing").with("w:before", above.max(Length::ZERO).to_twips());
        let mut border = None;
        let after = match place.rule {
            Some(rule) if !rule.is_left_out => {
                let space = points(rule.top - foot);
                border = Some(Element::new("w:pBdr").child(red_border(&rule, space)));
                // Word's room between text and border has whole points; what they differ is made up for under it.
                below + (rule.top - foot) - Length::pt(space)
            }
            Some(rule) => below + rule.top + rule.height() - foot,
            None => below,
        };
        if !is_framed(&index) {
            spacing = spacing.with("w:after", after.max(Length::ZERO).to_twips());
        }
        if let Some(mark) = &place.mark {
            spacing = spacing.with("w:line", mark.pitch.to_twips()).with("w:lineRule", "exact");
        }
        let is_apart = matches!(block.kind, BlockKind::HeadLine(HeadLine { ends: Ends::Apart { .. }, .. }));
        let tabs = match (&block.kind, place.right_part) {
            // At the very edge, a left tab would leave a wider line no room.
            (BlockKind::HeadLine(HeadLine { ends: Ends::Apart { blank: 0, .. }, .. }), Some(_)) => {
                Some(Element::new("w:tabs").child(tab("right", style.page.measure())))
            }
            // The blank is no indent, which the rule under the line would have as well.
            (BlockKind::HeadLine(HeadLine { ends: Ends::Apart { blank, .. }, .. }), Some(right)) => {
                let left = tab("left", style.cell * i64::from(*blank));
                Some(Element::new("w:tabs").child(left).child(tab("left", right)))
            }
            _ => None,
        };
        let centred = matches!(block.kind, BlockKind::HeadLine(HeadLine { ends: Ends::Centre, .. }));
        let justify = if centred {
            Some("center")
        } else if is_apart {
            Some("left")
        } else {
            None
        };
        let frame = is_framed(&index).then(|| self.frame(head, index, style));
        let indent = rule_indent(place, style, is_framed(&index));
        let own = [frame, border, tabs, Some(spacing), indent, justify.map(|word| Element::val("w:jc", word))];
        properties(paragraph).children.extend(own.into_iter().flatten().map(Node::Element));
    }

    /// The frame of a letter's mark, which stands above the type area.
    fn frame(&self, head: &Head, index: usize, style: &Style) -> Element {
        let (top, left, width) = match head.places.get(&index) {
            Some(HeadPlace { top, rule: Some(rule), .. }) => (*top, rule.left, rule.width),
            Some(HeadPlace { top, .. }) => (*top, Length::ZERO, style.page.measure()),
            None => (Length::ZERO, Length::ZERO, style.page.measure()),
        };
        // As high as its paragraph with the rule under it, and so far from the next line as that is from the rule.
        let foot = head
            .places
            .get(&index)
            .map_or(Length::ZERO, |place| place.rule.map_or(place.top + place.height, |rule| rule.top + rule.height()));
        let apart = (self.frame_end(head, index) - foot).max(Length::ZERO);
        Element::new("w:framePr")
            .with("w:w", width.to_twips())
            .with("w:hSpace", 0)
            .with("w:vSpace", apart.to_twips())
            .with("w:wrap", "notBeside")
            .with("w:vAnchor", "page")
            .with("w:hAnchor", "page")
            .with("w:x", (style.page.left + left).to_twips())
            .with("w:y", (style.page.top + top).to_twips())
    }

    /// Where the frame of a letter's mark ends, and the next line begins.
    fn frame_end(&self, head: &Head, index: usize) -> Length {
        head.places.range(index + 1..).next().map_or(head.end, |(_, next)| next.top)
    }

    /// The nodes of the mark of several issuers: a table without lines, of the names and of 文件 beside them, under an empty
    /// paragraph that gives it its place.
    pub(super) fn joint_mark(&self, index: usize, names: usize, nodes: &mut impl Iterator<Item = Node>) -> Vec<Node> {
        let Some(head) = &self.head else { return Vec::new() };
        let Some(HeadPlace { top, mark: Some(mark), .. }) = head.places.get(&index) else { return Vec::new() };
        let before = head.places.range(..index).next_back().map_or(Length::ZERO, |(_, place)| place.top + place.height);
        let room =
            Element::new("w:spacing").with("w:line", (*top - before).to_twips().max(20)).with("w:lineRule", "exact");
        let room = Element::new("w:p").child(Element::new("w:pPr").child(Element::val("w:snapToGrid", 0)).child(room));
        let own: Vec<Element> = nodes
            .take(names + 1)
            .filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
            .collect();
        let widest = mark.names.unwrap_or_default();
        let gap = mark.gap;
        let aside = mark.size.scale(2 * i64::from(mark.width), 100) + Length::pt(2);
        let properties = Element::new("w:tblPr")
            .child(wide("w:tblW", widest + gap + aside))
            .child(Element::val("w:jc", "center"))
            .child(Element::new("w:tblLayout").with("w:type", "fixed"))
            .child(no_margins());
        // Half of the gap is left to the names, which spread over it: a program that sets them wider breaks none.
        let columns = [widest + gap / 2, gap / 2 + aside];
        let grid = columns.map(|column| Element::new("w:gridCol").with("w:w", column.to_twips()));
        let line = Element::new("w:spacing")
            .with("w:before", 0)
            .with("w:after", 0)
            .with("w:line", mark.pitch.to_twips())
            .with("w:lineRule", "exact");
        let mut own = own.into_iter();
        let spread: Vec<Element> = own
            .by_ref()
            .take(names)
            .map(|it| with_properties(it, [line.clone(), Element::val("w:jc", "distribute")]))
            .collect();
        let beside: Vec<Element> =
            own.map(|it| with_properties(it, [line.clone(), Element::val("w:jc", "right")])).collect();
        let cell = |width: Length, content: Vec<Element>| {
            let of_cell = Element::new("w:tcPr").child(wide("w:tcW", width)).child(Element::val("w:vAlign", "center"));
            Element::new("w:tc").child(of_cell).extended(content)
        };
        let height = Element::val("w:trHeight", (mark.pitch * mark.lines as i64).to_twips()).with("w:hRule", "atLeast");
        let row = Element::new("w:tr")
            .child(Element::new("w:trPr").child(Element::new("w:cantSplit")).child(height))
            .child(cell(columns[0], spread))
            .child(cell(columns[1], beside));
        let table = Element::new("w:tbl").child(properties).child(Element::new("w:tblGrid").extended(grid)).child(row);
        vec![Node::Element(room), Node::Element(table)]
    }

    /// The table of 版记 around its paragraphs.
    fn colophon(&self, paragraphs: Vec<Node>, style: &Style) -> Element {
        let width = style.page.measure();
        let is_ruled = self.colophon.values().any(|measure| measure.is_ruled);
        // Measured from the paper: LibreOffice leaves a table in the text that is as wide as the type area.
        let place = Element::new("w:tblpPr")
            .with("w:leftFromText", 0)
            .with("w:rightFromText", 0)
            .with("w:vertAnchor", "margin")
            .with("w:horzAnchor", "page")
            .with("w:tblpX", style.page.left.to_twips())
            .with("w:tblpYSpec", "bottom");
        let line = |name: &str, thick: Length| {
            let eighths = (thick.to_emu() * 8 + Length::pt(1).to_emu() / 2) / Length::pt(1).to_emu();
            Element::val(name, "single").with("w:sz", eighths).with("w:space", 0).with("w:color", "000000")
        };
        let borders = is_ruled.then(|| {
            Element::new("w:tblBorders")
                .child(line("w:top", COLOPHON_THICK))
                .child(line("w:bottom", COLOPHON_THICK))
                .child(line("w:insideH", COLOPHON_THIN))
        });
        let properties = Element::new("w:tblPr")
            .child(place)
            .child(Element::val("w:tblOverlap", "never"))
            .child(wide("w:tblW", width))
            .maybe(borders)
            .child(Element::new("w:tblLayout").with("w:type", "fixed"))
            .child(no_margins());
        let rows = paragraphs.into_iter().map(|node| {
            let mut cell = Element::new("w:tc").child(Element::new("w:tcPr").child(wide("w:tcW", width)));
            cell.children.push(node);
            Element::new("w:tr").child(Element::new("w:trPr").child(Element::new("w:cantSplit"))).child(cell)
        });
        Element::new("w:tbl")
            .child(properties)
            .child(Element::new("w:tblGrid").child(Element::new("w:gridCol").with("w:w", width.to_twips())))
            .extended(rows)
    }

    /// Ends `body` with 版记, bound to an empty paragraph: on the last page of the text, or in a section of its own that begins
    /// an even page, before which Word leaves one blank where it has to. `section` is the last one.
    pub(super) fn end(&self, body: &mut Element, paragraphs: Vec<Node>, section: Option<&mut Element>, style: &Style) {
        let own_page = self.page.filter(|page| *page != ColophonPage::Last);
        if let (Some(page), Some(section)) = (own_page, section) {
            let ended = Element::new("w:pPr").child(section.clone());
            match body.children.last_mut() {
                Some(Node::Element(last)) if last.name == "w:p" && !has_section(last) => {
                    properties(last).children.push(Node::Element(section.clone()));
                }
                _ => body.children.push(Node::Element(Element::new("w:p").child(ended))),
            }
            section.children.retain(|node| {
                let is = |name: &str| matches!(node, Node::Element(it) if it.name == name);
                !(is("w:titlePg") || is("w:type") || page == ColophonPage::AfterABlank && is("w:footerReference"))
            });
            section.children.push(Node::Element(Element::val("w:type", "evenPage")));
            // LibreOffice binds a table that begins a section to the paragraph before it, on the page before.
            body.children.push(Node::Element(narrow()));
            if page == ColophonPage::AfterABlank {
                for kind in ["default", "even"] {
                    let reference = Element::new("w:footerReference").with("w:type", kind).with("r:id", EMPTY_FOOTER);
                    section.children.push(Node::Element(reference));
                }
            }
        }
        body.children.push(Node::Element(self.colophon(paragraphs, style)));
        body.children.push(Node::Element(narrow()));
    }

    /// The rule at the foot of a letter's first page, as a footer of that page.
    pub(super) fn first_footer(&self, style: &Style) -> Option<Element> {
        let rule = self.head.as_ref()?.lower_rule?;
        let frame = Element::new("w:framePr")
            .with("w:w", rule.width.to_twips())
            .with("w:hSpace", 0)
            .with("w:vSpace", 0)
            .with("w:wrap", "around")
            .with("w:vAnchor", "page")
            .with("w:hAnchor", "page")
            .with("w:x", (style.page.left + rule.left).to_twips())
            .with("w:y", (style.page.top + rule.top - Length::twips(20)).to_twips());
        let line = Element::new("w:spacing").with("w:line", 20).with("w:lineRule", "exact");
        let border = (!rule.is_left_out).then(|| Element::new("w:pBdr").child(red_border(&rule, 0)));
        let properties = Element::new("w:pPr")
            .child(Element::val("w:pStyle", styles::FOOTER))
            .child(frame)
            .maybe(border)
            .child(Element::val("w:snapToGrid", 0))
            .child(line);
        Some(footer([Element::new("w:p").child(properties), narrow()]))
    }
}

/// True if a section ends with the paragraph.
fn has_section(paragraph: &Element) -> bool {
    let mut children = paragraph.children.iter();
    children.any(|node| match node {
        Node::Element(it) if it.name == "w:pPr" => {
            it.children.iter().any(|node| matches!(node, Node::Element(it) if it.name == "w:sectPr"))
        }
        Node::Element(_) | Node::Text(_) => false,
    })
}

/// Gives the first section of `document` a first page whose foot is [`FIRST_FOOTER`]; in a draft its head is as that of other
/// pages.
pub(super) fn show_first_footer(document: &mut Element, is_draft: bool) {
    fn first_section(element: &mut Element) -> Option<&mut Element> {
        if element.name == "w:sectPr" {
            return Some(element);
        }
        element.elements_mut().find_map(first_section)
    }
    let Some(section) = first_section(document) else { return };
    let reference = |name: &str, id| Element::new(name).with("w:type", "first").with("r:id", id);
    let header = is_draft.then(|| reference("w:headerReference", HEADER_RID));
    let footer = reference("w:footerReference", FIRST_FOOTER);
    section
        .children
        .extend([Some(footer), header, Some(Element::new("w:titlePg"))].into_iter().flatten().map(Node::Element));
}

/// A footer that says nothing.
pub(super) fn empty_footer() -> Element {
    footer([Element::new("w:p").child(Element::new("w:pPr").child(Element::val("w:pStyle", styles::FOOTER)))])
}

fn footer(paragraphs: impl IntoIterator<Item = Element>) -> Element {
    Element::new("w:ftr").with("xmlns:w", styles::W).extended(paragraphs)
}

/// True if the block is the mark of a letter.
fn is_letter_mark(head: &Head, index: usize) -> bool {
    head.lower_rule.is_some() && head.places.get(&index).is_some_and(|place| place.mark.is_some())
}

/// The edges of a rule that is longer than the type area, where its paragraph stands in it.
fn rule_indent(place: &HeadPlace, style: &Style, is_framed: bool) -> Option<Element> {
    let rule = place.rule.filter(|rule| !is_framed && rule.width != style.page.measure())?;
    let right = style.page.measure() - rule.left - rule.width;
    Some(Element::new("w:ind").with("w:left", rule.left.to_twips()).with("w:right", right.to_twips()))
}

/// A width of a table, in twips.
fn wide(name: &str, length: Length) -> Element {
    Element::new(name).with("w:w", length.to_twips()).with("w:type", "dxa")
}

/// Cells without margins.
fn no_margins() -> Element {
    let sides = ["top", "left", "bottom", "right"].map(|side| wide(&format!("w:{side}"), Length::ZERO));
    Element::new("w:tblCellMar").extended(sides)
}

/// A red rule as the lower border of a paragraph.
fn red_border(rule: &RedRule, space: i64) -> Element {
    // A name goes from the upper stripe to the lower one, at the foot of a paragraph in every program.
    let kind = match rule.kind {
        RuleKind::Single => "single",
        RuleKind::ThickOverThin => "thickThinSmallGap",
        RuleKind::ThinOverThick => "thinThickSmallGap",
    };
    let eighths = rule.thick().to_emu() * 8 / Length::pt(1).to_emu();
    Element::val("w:bottom", kind).with("w:sz", eighths).with("w:space", space).with("w:color", styles::red())
}

/// `length` in whole points, as near as they come, and as Word takes them.
fn points(length: Length) -> i64 {
    ((length.to_emu() + Length::pt(1).to_emu() / 2) / Length::pt(1).to_emu()).clamp(0, 31)
}

fn tab(kind: &str, at: Length) -> Element {
    Element::val("w:tab", kind).with("w:pos", at.to_twips())
}

/// The properties of a paragraph, which it gets where it has none.
fn properties(paragraph: &mut Element) -> &mut Element {
    let place = paragraph.children.iter().position(|node| matches!(node, Node::Element(it) if it.name == "w:pPr"));
    let place = place.unwrap_or_else(|| {
        paragraph.children.insert(0, Node::Element(Element::new("w:pPr")));
        0
    });
    match &mut paragraph.children[place] {
        Node::Element(properties) => properties,
        Node::Text(_) => unreachable!("it was an element"),
    }
}

fn with_properties(mut paragraph: Element, own: [Element; 2]) -> Element {
    properties(&mut paragraph).children.extend(own.map(Node::Element));
    paragraph
}

/// The paragraphs that a block of 版头 or 版记 is cut into, and where in one a tab stands: the contents of each paragraph, in
/// parts with a tab between them.
pub(super) fn parts(block: &Block) -> Option<Vec<Vec<Vec<Inline>>>> {
    let split = |left: usize| {
        let (left, right) = block.content.split_at(left.min(block.content.len()));
        vec![vec![left.to_vec(), right.to_vec()]]
    };
    if let BlockKind::HeadLine(HeadLine { ends: Ends::Apart { left, blank }, .. }) = block.kind {
        let mut paragraphs = split(left);
        // The blank at the left is a tab.
        paragraphs.iter_mut().filter(|_| blank > 0).for_each(|paragraph| paragraph.insert(0, Vec::new()));
        return Some(paragraphs);
    }
    if let BlockKind::Colophon(ColophonLine::Printed { left }) = block.kind {
        return Some(split(left));
    }
    if let BlockKind::SealRow(seats) = &block.kind {
        let mut rest = block.content.as_slice();
        let mut parts = vec![Vec::new()];
        for &count in seats {
            let (own, others) = rest.split_at(count.min(rest.len()));
            parts.push(own.to_vec());
            rest = others;
        }
        return Some(vec![parts]);
    }
    let BlockKind::IssuerMark(mark) = block.kind else { return None };
    if mark.overprint {
        return Some(vec![vec![Vec::new()]]);
    }
    (mark.aside > 0).then(|| names_and_aside(block, mark.aside))
}

/// The names of several issuers and 文件, a paragraph each.
fn names_and_aside(block: &Block, aside: usize) -> Vec<Vec<Vec<Inline>>> {
    let (names, aside) = block.content.split_at(block.content.len() - aside.min(block.content.len()));
    let mut paragraphs: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in names {
        for (number, text) in inline.text.split('\n').enumerate() {
            if number > 0 {
                paragraphs.push(Vec::new());
            }
            if let Some(name) = paragraphs.last_mut().filter(|_| !text.is_empty()) {
                name.push(Inline { text: text.to_owned(), ..inline.clone() });
            }
        }
    }
    paragraphs.push(aside.to_vec());
    paragraphs.into_iter().map(|paragraph| vec![paragraph]).collect()
}

/// The number of names of a mark whose paragraphs go into a table; `None` for any other block.
pub(super) fn joint_names(block: &Block) -> Option<usize> {
    let BlockKind::IssuerMark(Mark { aside, overprint: false, .. }) = block.kind else { return None };
    (aside > 0).then(|| parts(block).map_or(0, |paragraphs| paragraphs.len() - 1))
}
