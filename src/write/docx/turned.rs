//! Wide tables across the paper (GB/T 9704 8): sections of their own, in which the page number stands where it stands
//! on other pages.

use super::xml::{Element, Node};
use crate::layout::header_distance;
use crate::length::Length;
use crate::manifest::Style;

/// Relationship ids of the footers of upright pages, and of the same on turned ones.
pub(super) const FOOTERS: [(&str, &str); 2] = [("rIdFooter1", "rIdFooter3"), ("rIdFooter2", "rIdFooter4")];

/// The two kinds of sections of a report.
pub(super) struct Sections {
    upright: Element,
    turned: Element,
    /// Whether what comes next stands across the paper.
    across: bool,
}

impl Sections {
    /// Takes the section that `body` ends with for that of upright pages; none where there is none.
    pub(super) fn of(body: &Element, style: &Style) -> Option<Self> {
        let upright = body.children.iter().find_map(|node| match node {
            Node::Element(element) if element.name == "w:sectPr" => Some(element.clone()),
            Node::Element(_) | Node::Text(_) => None,
        })?;
        Some(Sections { turned: turned(&upright, style), upright, across: false })
    }

    /// Ends a section after `nodes` where the paper is turned before what comes next.
    pub(super) fn next(&mut self, nodes: &mut Vec<Node>, across: bool) {
        if across == self.across {
            return;
        }
        let ended = if self.across { &self.turned } else { &self.upright }.clone();
        self.across = across;
        if nodes.is_empty() {
            return;
        }
        if !matches!(nodes.last(), Some(Node::Element(last)) if last.name == "w:p") {
            nodes.push(Node::Element(narrow()));
        }
        let Some(Node::Element(last)) = nodes.last_mut() else { return };
        if !last.elements_mut().any(|element| element.name == "w:pPr") {
            last.children.insert(0, Node::Element(Element::new("w:pPr")));
        }
        let properties = last.elements_mut().find(|element| element.name == "w:pPr");
        if let Some(properties) = properties {
            properties.children.push(Node::Element(ended));
        }
    }

    /// The section that the report ends with.
    pub(super) fn last(self) -> Element {
        if self.across { self.turned } else { self.upright }
    }
}

/// `upright` with its paper turned.
fn turned(upright: &Element, style: &Style) -> Element {
    let page = style.page.turned();
    let mut turned = upright.clone();
    for element in turned.elements_mut() {
        let mut set = |name: &str, value: String| {
            element.attributes.retain(|(known, _)| known != name);
            element.attributes.push((name.to_owned(), value));
        };
        let mut length = |name: &str, length: Length| set(name, length.to_twips().to_string());
        match element.name.as_str() {
            "w:pgSz" => {
                length("w:w", page.width);
                length("w:h", page.height);
                set("w:orient", "landscape".to_owned());
            }
            "w:pgMar" => {
                length("w:top", page.top);
                length("w:right", page.right);
                length("w:bottom", page.bottom);
                length("w:left", page.left);
                length("w:header", header_distance(&Style { page, ..style.clone() }));
            }
            "w:footerReference" => {
                let own = |(name, id): &(String, String)| (name == "r:id").then(|| id.clone());
                let id = element.attributes.iter().find_map(own);
                let other = FOOTERS.iter().find(|(upright, _)| Some(*upright) == id.as_deref());
                if let Some((_, turned)) = other {
                    element.attributes.retain(|(known, _)| known != "r:id");
                    element.attributes.push(("r:id".to_owned(), (*turned).to_owned()));
                }
            }
            _ => {}
        }
    }
    turned
}

/// The footer of turned pages that says what `upright` says, which stands `distance` over the edge of the paper: a cell
/// along the edge that is the lower one of an upright page, in which the line runs downwards.
pub(super) fn footer(upright: &Element, distance: Length, style: &Style) -> Element {
    let page = style.page.turned();
    let along = page.height - page.top - page.bottom;
    let across = style.sizes.page_number.scale(5, 4);
    let size = |name: &str, length: Length| Element::new(name).with("w:w", length.to_twips()).with("w:type", "dxa");
    let place = Element::new("w:tblpPr")
        .with("w:leftFromText", 0)
        .with("w:rightFromText", 0)
        .with("w:vertAnchor", "page")
        .with("w:horzAnchor", "page")
        .with("w:tblpX", distance.to_twips())
        .with("w:tblpY", page.top.to_twips());
    let sides = ["top", "left", "bottom", "right"].map(|side| size(&format!("w:{side}"), Length::ZERO));
    let properties = Element::new("w:tblPr")
        .child(place)
        .child(size("w:tblW", across))
        .child(Element::new("w:tblLayout").with("w:type", "fixed"))
        .child(Element::new("w:tblCellMar").extended(sides));
    let cell = Element::new("w:tc")
        .child(Element::new("w:tcPr").child(size("w:tcW", across)).child(Element::val("w:textDirection", "tbRl")))
        .extended(upright.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element.clone()),
            Node::Text(_) => None,
        }));
    let height = Element::val("w:trHeight", along.to_twips()).with("w:hRule", "exact");
    let table = Element::new("w:tbl")
        .child(properties)
        .child(Element::new("w:tblGrid").child(Element::new("w:gridCol").with("w:w", across.to_twips())))
        .child(Element::new("w:tr").child(Element::new("w:trPr").child(height)).child(cell));
    // A footer can't end in a table.
    let footer = Element { children: Vec::new(), ..upright.clone() };
    footer.child(table).child(narrow())
}

/// An empty paragraph that takes no height to speak of.
pub(super) fn narrow() -> Element {
    let spacing = Element::new("w:spacing").with("w:line", 20).with("w:lineRule", "exact");
    let properties = Element::new("w:pPr").child(Element::val("w:snapToGrid", 0)).child(spacing);
    Element::new("w:p").child(properties)
}
