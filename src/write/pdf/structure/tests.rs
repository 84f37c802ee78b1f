//! The tree of elements, as brackets.

use super::*;
use crate::doc::BlockKind;
use crate::doc::{Inline, Outline};
use crate::fonts::Role;
use crate::source::Span;

fn block(kind: BlockKind, text: &str, lead: Option<&str>) -> Block {
    let inline = Inline::new(text, Role::Body);
    let outline = lead.map(|lead| Outline { level: 1, title: lead.to_string(), id: "h".to_string() });
    Block { kind, content: vec![inline], outline, space_after: 0, span: Span::default() }
}

/// The tree, a pair of brackets for each element, of blocks drawn on one page.
fn tree(blocks: &[Block]) -> String {
    let mut structure = Structure::of(blocks, &[], 1);
    for (n, block) in blocks.iter().enumerate() {
        for (element, _) in structure.claim(n, block.text().chars().count()) {
            structure.mark(element, 0);
        }
    }
    fn show(structure: &Structure, element: ElementId) -> String {
        let kids = structure.elements[element].kids.iter().map(|kid| match kid {
            Kid::Element(kid) => show(structure, *kid),
            Kid::Mark { mcid, .. } => mcid.to_string(),
            Kid::Annotation { .. } => "link".to_string(),
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
    let mut structure = Structure::of(&blocks, &[], 1);
    assert_eq!(structure.claim(0, 4), [(1, 4)]);
    assert_eq!(structure.claim(0, 7), [(1, 2), (2, 5)], "the lead ends in the second line");
}

#[test]
fn headings_leave_out_no_level() {
    let heading = |level| block(BlockKind::Heading(level), "题", None);
    let blocks = [heading(2), heading(4), heading(3), heading(1)];
    assert_eq!(tree(&blocks), "Document(H1(0) H2(1) H2(2) H1(3))");
}
