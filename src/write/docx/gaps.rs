//! What only a draft has: a content control for each open hole, and 草稿 in the header.
//!
//! A control is titled with its figure's key and tagged with its address, so that what was typed into it can be
//! collected. LibreOffice drops tags when it saves, but keeps bookmarks: around each control stands one that is named
//! by a hash of the tag.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::styles::{self, W};
use super::xml::{Element, Node};
use crate::doc::{Draft, Missing};
use crate::layout::DRAFT_MARK;
use crate::placeholder::Scope;

/// Longest title and longest tag of a control that Word takes, in UTF-16 units.
const LONGEST_NAME: usize = 64;
/// What the names of the bookmarks around controls begin with.
pub const BOOKMARK: &str = "gap_";
/// Relationship id of the header.
pub(super) const HEADER_RID: &str = "rIdHeader1";

/// The tag of the control of a figure's hole (from 0): its address, and `[n]` where the figure has several holes.
pub fn tag(missing: &Missing, hole: usize) -> String {
    let mut tag = match missing.scope {
        // A section without an id goes by its number.
        Scope::Section(section) if missing.is_unaddressed() => format!("§{}>{}", section + 1, missing.key),
        Scope::Section(_) | Scope::Report => missing.address(),
    };
    if missing.shape.holes() > 1 {
        tag += &format!("[{}]", hole + 1);
    }
    if utf16(&tag) <= LONGEST_NAME {
        return tag;
    }
    let hash = hash(&tag);
    let kept = clipped(&tag, LONGEST_NAME - hash.len() - 1);
    format!("{kept}~{hash}")
}

/// What the names of the bookmarks around the control with `tag` begin with.
pub fn bookmark(tag: &str) -> String {
    format!("{BOOKMARK}{}_", hash(tag))
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of the beginning of `text` as has no more than so many UTF-16 units.
fn clipped(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// What a control is called until [`complete`] knows better.
pub(super) fn provisional(missing: usize, hole: usize) -> String {
    format!("{missing} {hole}")
}

/// Gives the controls of `document` and of its `notes`, each named by [`provisional`], what docx-rs has no word for, and
/// puts a bookmark around each.
pub(super) fn complete(document: &mut Element, notes: Option<&mut Element>, draft: &Draft) {
    let mut next_id = 0;
    highest_id(document, &mut next_id);
    let mut completer = Completer { draft, next_bookmark: next_id, controls: 0, places: BTreeMap::new() };
    completer.element(document);
    notes.into_iter().for_each(|notes| completer.element(notes));
}

/// Raises `next` over every bookmark's id below `element`.
fn highest_id(element: &Element, next: &mut usize) {
    if element.name == "w:bookmarkStart" {
        let id = element.attributes.iter().find(|(name, _)| name == "w:id").and_then(|(_, id)| id.parse().ok());
        *next = (*next).max(id.map_or(0, |id: usize| id + 1));
    }
    for node in &element.children {
        if let Node::Element(child) = node {
            highest_id(child, next);
        }
    }
}

struct Completer<'d> {
    draft: &'d Draft,
    next_bookmark: usize,
    controls: usize,
    /// How many controls each tag has had.
    places: BTreeMap<String, usize>,
}

impl<'d> Completer<'d> {
    fn element(&mut self, element: &mut Element) {
        if !element.elements_mut().any(|child| child.name == "w:sdt") {
            return element.elements_mut().for_each(|child| self.element(child));
        }
        for node in std::mem::take(&mut element.children) {
            match node {
                Node::Element(control) if control.name == "w:sdt" => element.children.extend(self.control(control)),
                Node::Element(mut child) => {
                    self.element(&mut child);
                    element.children.push(Node::Element(child));
                }
                Node::Text(_) => element.children.push(node),
            }
        }
    }

    /// The control between the two ends of its bookmark; one that is not ours as it is.
    fn control(&mut self, mut control: Element) -> Vec<Node> {
        let Some((missing, hole)) = self.figure(&control) else { return vec![Node::Element(control)] };
        let tag = tag(missing, hole);
        let place = self.places.entry(tag.clone()).or_default();
        *place += 1;
        self.controls += 1;
        let typed = control.elements_mut().find(|child| child.name == "w:sdtContent").and_then(typed_look);
        let properties = Element::new("w:sdtPr")
            .maybe(typed)
            .child(Element::val("w:alias", clipped(&missing.key, LONGEST_NAME)))
            .child(Element::val("w:tag", &tag))
            .child(Element::val("w:id", self.controls))
            // What stands there is no value yet: the first key typed replaces it. A control that called itself plain
            // text would lose the yellow in LibreOffice, which takes all looks away from those.
            .child(Element::new("w:showingPlcHdr"));
        for child in control.elements_mut().filter(|child| child.name == "w:sdtPr") {
            *child = properties.clone();
        }
        let id = self.next_bookmark;
        self.next_bookmark += 1;
        let name = format!("{}{place}", bookmark(&tag));
        let start = Element::new("w:bookmarkStart").with("w:id", id).with("w:name", name);
        let end = Element::new("w:bookmarkEnd").with("w:id", id);
        [start, control, end].map(Node::Element).into()
    }

    /// The figure and the hole that a control was made for.
    fn figure(&self, control: &Element) -> Option<(&'d Missing, usize)> {
        let properties = elements(control).find(|child| child.name == "w:sdtPr")?;
        let alias = elements(properties).find(|child| child.name == "w:alias")?;
        let (_, name) = alias.attributes.iter().find(|(name, _)| name == "w:val")?;
        let (missing, hole) = name.split_once(' ')?;
        Some((self.draft.missing.get(missing.parse::<usize>().ok()?)?, hole.parse().ok()?))
    }
}

/// How the text that is typed into a control looks: as its placeholder does, without the yellow.
fn typed_look(content: &mut Element) -> Option<Element> {
    let run = content.elements_mut().find(|child| child.name == "w:r")?;
    let mut look = run.elements_mut().find(|child| child.name == "w:rPr")?.clone();
    look.children.retain(|node| !matches!(node, Node::Element(child) if child.name == "w:highlight"));
    (!look.children.is_empty()).then_some(look)
}

fn elements(element: &Element) -> impl Iterator<Item = &Element> {
    element.children.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// `word/header1.xml`.
pub(super) fn header() -> Element {
    let text = Element::new("w:t").text(DRAFT_MARK);
    let paragraph = Element::new("w:p")
        .child(Element::new("w:pPr").child(Element::val("w:pStyle", styles::HEADER)))
        .child(Element::new("w:r").child(text));
    Element::new("w:hdr").with("xmlns:w", W).child(paragraph)
}

/// Has every section of `document` show the header, on odd pages and on even ones.
pub(super) fn show_header(document: &mut Element) {
    if document.name == "w:sectPr" {
        for kind in ["even", "default"] {
            let reference = Element::new("w:headerReference").with("w:type", kind).with("r:id", HEADER_RID);
            document.children.insert(0, Node::Element(reference));
        }
        return;
    }
    document.elements_mut().for_each(show_header);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Shape;
    use crate::source::Span;

    fn missing(key: &str, shape: Shape) -> Missing {
        Missing {
            key: key.to_owned(),
            scope: Scope::Section(1),
            section: Some("study".to_owned()),
            figure: None,
            shape,
            unnamed: false,
            kind: None,
            span: Span::default(),
            value_span: Span::default(),
            places: Vec::new(),
        }
    }

    #[test]
    fn tags_are_addresses_that_word_takes() {
        assert_eq!(tag(&missing("党委会X次", Shape::One), 0), "study>党委会X次");
        assert_eq!(tag(&missing("X月X日", Shape::Several(2)), 1), "study>X月X日[2]");
        let unaddressed = Missing { section: None, ..missing("X户", Shape::One) };
        assert_eq!(tag(&unaddressed, 0), "§2>X户");
        let long = missing(&format!("{}X、X", "𠮷".repeat(40)), Shape::Several(2));
        let (first, second) = (tag(&long, 0), tag(&long, 1));
        assert_ne!(first, second);
        assert!(utf16(&first) <= LONGEST_NAME && utf16(&second) <= LONGEST_NAME, "{first} {second}");
        assert!(bookmark(&first).len() + 6 <= 40);
    }
}
