//! The contents: a field that Word can bring up to date, with what it comes to already in it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::xml::{Element, Node};
use crate::doc::{BlockKind, Doc};
use crate::manifest::Numbering;

/// Page numbers of the outline's lines, by id.
pub(super) type Numbers = BTreeMap<String, usize>;

/// Longest name of a bookmark that Word takes.
const BOOKMARK_NAME: usize = 40;

/// Makes the paragraph of a block a line of the contents, if it is one: a link with dots and the number of its page.
/// The first opens the field that holds them all, the last closes it.
pub(super) fn complete(paragraph: &mut Element, index: usize, doc: &Doc, numbers: &Numbers) {
    let Some(BlockKind::ContentsEntry { target, .. }) = doc.blocks.get(index).map(|block| &block.kind) else { return };
    let is_entry = |block: Option<&crate::doc::Block>| {
        block.is_some_and(|block| matches!(block.kind, BlockKind::ContentsEntry { .. }))
    };
    let anchor = bookmark_name(target);
    let children = std::mem::take(&mut paragraph.children);
    let (own, words): (Vec<Node>, Vec<Node>) =
        children.into_iter().partition(|node| matches!(node, Node::Element(child) if child.name == "w:pPr"));
    paragraph.children = own;
    // Headings that run into their paragraphs have no outline level, so that Word would find none of them.
    let is_field = doc.style.numbering != Numbering::RunIn;
    if is_field && !is_entry(index.checked_sub(1).and_then(|before| doc.blocks.get(before))) {
        let begin = [mark("begin"), instruction(" TOC \\o \"1-4\" \\h \\z \\u "), mark("separate")];
        paragraph.children.extend(begin.map(Node::Element));
    }
    let mut link = Element::new("w:hyperlink").with("w:anchor", &anchor).with("w:history", 1);
    link.children = words;
    let number = numbers.get(target).map_or_else(String::new, usize::to_string);
    let rest = [
        run(Element::new("w:tab")),
        mark("begin"),
        instruction(&format!(" PAGEREF {anchor} \\h ")),
        mark("separate"),
        run(Element::new("w:t").text(&number)),
        mark("end"),
    ];
    paragraph.children.push(Node::Element(link.extended(rest)));
    if is_field && !is_entry(doc.blocks.get(index + 1)) {
        paragraph.children.push(Node::Element(mark("end")));
    }
}

/// The outline's id where Word takes it, else its letters and digits, cut down and kept apart by a hash.
pub(super) fn bookmark_name(id: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    if id.len() <= BOOKMARK_NAME && id.chars().all(|c| fits(&c)) {
        return id.to_owned();
    }
    let hash: String = Sha256::digest(id).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let kept: String = id.chars().filter(fits).take(BOOKMARK_NAME - hash.len() - 1).collect();
    format!("{kept}_{hash}")
}

fn run(child: Element) -> Element {
    Element::new("w:r").child(child)
}

fn mark(kind: &str) -> Element {
    run(Element::new("w:fldChar").with("w:fldCharType", kind))
}

fn instruction(text: &str) -> Element {
    run(Element::new("w:instrText").with("xml:space", "preserve").text(text))
}
