//! `word/footnotes.xml`: the notes under their numbers, and the two rules that part them from the text.

use super::styles::{self, NOTE_TEXT};
use super::xml::{Element, Node};
use crate::layout::NOTE_GAP;

/// Relationship id of the part.
pub(super) const RID: &str = "rIdFootnotes";

/// Ids of the rule over notes, and of that over notes which go on from the page before.
const RULES: [(&str, i32); 2] = [("separator", -1), ("continuationSeparator", 0)];

/// The part with the notes that are the paragraphs of `document`, in order.
pub(super) fn part(document: Element) -> Element {
    let mut notes = Element::new("w:footnotes");
    notes.attributes = document.attributes;
    notes = notes.extended(RULES.map(|(kind, id)| rule(kind, id)));
    let body = document.children.into_iter().filter_map(element).find(|child| child.name == "w:body");
    let paragraphs = body.into_iter().flat_map(|body| body.children).filter_map(element);
    let paragraphs = paragraphs.filter(|child| child.name == "w:p");
    notes.extended(
        (1..)
            .zip(paragraphs)
            .map(|(id, paragraph): (usize, _)| Element::new("w:footnote").with("w:id", id).child(numbered(paragraph))),
    )
}

/// Makes references of the runs below `parent` that are the numbers of notes.
pub(super) fn refer(parent: &mut Element) {
    for child in parent.elements_mut() {
        if child.name != "w:r" {
            refer(child);
            continue;
        }
        let is_sign =
            |look: &mut Element| look.elements_mut().any(|style| *style == Element::val("w:rStyle", styles::NOTE_SIGN));
        if !child.elements_mut().any(|look| look.name == "w:rPr" && is_sign(look)) {
            continue;
        }
        for text in child.elements_mut().filter(|it| it.name == "w:t") {
            let number = text.children.iter().find_map(|node| match node {
                Node::Text(number) => Some(number.clone()),
                Node::Element(_) => None,
            });
            *text = Element::new("w:footnoteReference").with("w:id", number.unwrap_or_default());
        }
    }
}

/// What settings say where there are notes.
pub(super) fn settings() -> Element {
    Element::new("w:footnotePr").extended(RULES.map(|(_, id)| Element::new("w:footnote").with("w:id", id)))
}

fn rule(kind: &str, id: i32) -> Element {
    let properties = Element::new("w:pPr").child(Element::val("w:pStyle", NOTE_TEXT)).child(styles::exact(NOTE_GAP));
    let run = Element::new("w:r").child(Element::new(&format!("w:{kind}")));
    let paragraph = Element::new("w:p").child(properties).child(run);
    Element::new("w:footnote").with("w:type", kind).with("w:id", id).child(paragraph)
}

/// The paragraph of a note, led by its number and a blank.
fn numbered(mut paragraph: Element) -> Element {
    let look = Element::new("w:rPr").child(Element::val("w:rStyle", styles::NOTE_SIGN));
    let number = Element::new("w:r").child(look).child(Element::new("w:footnoteRef"));
    let blank = Element::new("w:r").child(Element::new("w:t").with("xml:space", "preserve").text(" "));
    let is_properties = |node: &Node| matches!(node, Node::Element(child) if child.name == "w:pPr");
    let at = paragraph.children.iter().position(is_properties).map_or(0, |at| at + 1);
    paragraph.children.splice(at..at, [number, blank].map(Node::Element));
    paragraph
}

fn element(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}
