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

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    fn written(element: &Element) -> String {
        String::from_utf8(element.to_part()).unwrap()
    }

    #[test]
    fn notes_are_numbered_from_1_after_the_two_rules() {
        let document = "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
            <w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p><w:sectPr/></w:body></w:document>";
        let part = written(&part(parse(document.as_bytes()).unwrap()));
        let ids: Vec<&str> = part.split("<w:footnote ").skip(1).map(|note| note.split('>').next().unwrap()).collect();
        let rules = ["w:type=\"separator\" w:id=\"-1\"", "w:type=\"continuationSeparator\" w:id=\"0\""];
        assert_eq!(ids, [rules[0], rules[1], "w:id=\"1\"", "w:id=\"2\""]);
        let numbered = "</w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
            <w:r><w:t xml:space=\"preserve\"> </w:t></w:r><w:r><w:t>甲</w:t></w:r></w:p>";
        assert!(part.contains(numbered) && !part.contains("sectPr"), "{part}");
    }

    #[test]
    fn only_the_runs_of_signs_become_references() {
        let run = |style: &str, text: &str| {
            format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:t>{text}</w:t></w:r>")
        };
        let mut root =
            parse(format!("<w:p>{}{}</w:p>", run("Lead", "1"), run("FootnoteReference", "12")).as_bytes()).unwrap();
        refer(&mut root);
        let part = written(&root);
        assert!(part.contains("<w:t>1</w:t>") && part.contains("<w:footnoteReference w:id=\"12\"/>"), "{part}");
        assert!(!part.contains("<w:t>12</w:t>"), "{part}");
    }
}
