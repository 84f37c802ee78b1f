//! What stands after the text, measured in what layout gives: 附件说明, 署名, 成文日期, attachments.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use crate::report::{block, inline};
use report_gen::doc::{Block, BlockKind, Doc};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Line, Page, Pages, Part, breaking, layout};
use report_gen::length::Length;

/// The standard's 字: the grid's cell.
const CELL: Length = Length::centi_pt(1575);
/// Left and right edges of the type area.
const LEFT: Length = Length::mm(28);
const RIGHT: Length = Length::mm(210 - 26);

fn text(kind: BlockKind, words: &str) -> Block {
    block(kind, vec![inline(words, Role::Body)])
}

fn paragraph(words: &str) -> Block {
    text(BlockKind::Paragraph, words)
}

fn set(blocks: Vec<Block>) -> Pages {
    let doc: Doc = report::report(blocks);
    layout(&doc, &Fonts::bundled()).unwrap()
}

fn lines(page: &Page) -> Vec<&Line> {
    page.lines().filter(|line| line.part != Part::PageNumber).collect()
}

/// Left and right edge of the line that has `words`.
fn edges(pages: &Pages, words: &str) -> (Length, Length) {
    let line = pages.pages.iter().flat_map(lines).find(|line| line.text() == words);
    line.unwrap_or_else(|| panic!("no line {words}: {}", pages.dump())).extent().unwrap()
}

#[test]
fn a_signature_ends_two_characters_in_and_its_date_begins_two_right_of_it() {
    let pages = set(vec![
        Block { space_after: 1, ..paragraph("正文。") },
        text(BlockKind::Signature, "柳溪镇防汛抗旱指挥部办公室"),
        text(BlockKind::SignedOn, "2024年6月3日"),
    ]);
    let (signer, date) = (edges(&pages, "柳溪镇防汛抗旱指挥部办公室"), edges(&pages, "2024年6月3日"));
    assert_eq!(RIGHT - signer.1, CELL * 2);
    assert_eq!(date.0 - signer.0, CELL * 2);
    let rows: Vec<Length> = lines(&pages.pages[0]).iter().map(|line| line.baseline).collect();
    assert_eq!([rows[1] - rows[0], rows[2] - rows[1]], [Length::twips(579) * 2, Length::twips(579)], "空一行, 下一行");
}

#[test]
fn a_date_longer_than_its_signature_ends_two_characters_in_and_pushes_the_signature_left() {
    let pages = set(vec![text(BlockKind::Signature, "柳溪镇"), text(BlockKind::SignedOn, "2024年12月23日")]);
    let (signer, date) = (edges(&pages, "柳溪镇"), edges(&pages, "2024年12月23日"));
    assert_eq!(RIGHT - date.1, CELL * 2);
    assert_eq!(date.0 - signer.0, CELL * 2);
}

#[test]
fn signatures_of_several_offices_begin_with_the_widest() {
    let pages = set(vec![
        text(BlockKind::Signature, "柳溪镇"),
        text(BlockKind::Signature, "柳溪镇水利服务中心"),
        text(BlockKind::SignedOn, "2024年6月3日"),
    ]);
    let (first, second) = (edges(&pages, "柳溪镇"), edges(&pages, "柳溪镇水利服务中心"));
    assert_eq!(first.0, second.0);
    assert_eq!(RIGHT - second.1, CELL * 2);
}

#[test]
fn a_signature_takes_two_lines_of_the_text_along() {
    for filled in 18..=23 {
        let pages = set(vec![
            // The last of two lines or more ends on line `filled`.
            paragraph(&"镇".repeat(28 * filled - 12)),
            text(BlockKind::Signature, "柳溪镇"),
            text(BlockKind::SignedOn, "2024年6月3日"),
        ]);
        let last = lines(pages.pages.last().unwrap());
        assert!(last.len() >= 4, "{filled}: {}", pages.dump());
        assert_eq!(last[last.len() - 1].text(), "2024年6月3日");
        let total: usize = pages.pages.iter().map(|page| lines(page).len()).sum();
        assert_eq!(total, filled + 2);
    }
}

#[test]
fn what_a_signature_took_along_is_counted() {
    for (filled, expected) in [(18, 0), (20, 0), (21, 2), (22, 2), (23, 2), (24, 0), (30, 0)] {
        let blocks = vec![
            paragraph(&"镇".repeat(28 * filled - 12)),
            text(BlockKind::Signature, "柳溪镇"),
            text(BlockKind::SignedOn, "2024年6月3日"),
        ];
        let told = breaking(&report::report(blocks), &Fonts::bundled()).unwrap();
        assert_eq!(told.with_signature, expected, "{filled}");
    }
}

#[test]
fn turned_lines_of_a_note_align_with_the_name() {
    let note = |indent, lead, words: String| text(BlockKind::AttachmentNote { indent, lead }, &words);
    let name = "册".repeat(30);
    let pages = set(vec![note(2, 5, format!("附件：1.{name}")), note(5, 2, format!("2.{name}"))]);
    let lines = lines(&pages.pages[0]);
    let left = |n: usize| lines[n].extent().unwrap().0;
    let x = |n: usize, at: usize| lines[n].runs.iter().flat_map(|run| &run.glyphs).nth(at).unwrap().x;
    assert_eq!(left(0), LEFT + CELL * 2);
    assert_eq!(left(2), LEFT + CELL * 5);
    // Where the name begins, but for what justifying adds before it.
    for (first, turned, lead) in [(0, 1, 5), (2, 3, 2)] {
        let apart = x(first, lead) - left(turned);
        assert!(apart >= Length::ZERO && apart < Length::pt(2), "{}", apart.to_mm());
    }
}

#[test]
fn an_attachment_begins_a_page_with_its_mark_and_has_its_title_on_the_third_line() {
    let pages = set(vec![
        paragraph("正文。"),
        block(BlockKind::PageBreak, Vec::new()),
        Block { space_after: 1, ..block(BlockKind::AttachmentMark, vec![inline("附件1", Role::Heading1)]) },
        Block { space_after: 1, ..block(BlockKind::AttachmentTitle, vec![inline("物资清单", Role::Title)]) },
        paragraph("编织袋。"),
    ]);
    assert_eq!(pages.pages.len(), 2);
    let lines = lines(&pages.pages[1]);
    assert_eq!(lines[0].extent().unwrap().0, LEFT);
    assert_eq!(lines[0].runs[0].face, Role::Heading1);
    let (left, right) = lines[1].extent().unwrap();
    assert!(((left - LEFT) - (RIGHT - right)).to_emu().abs() <= 1);
    // The title's em box stands in the middle of its line, so its baseline is lower by half the difference of 0.76 em.
    let third = lines[0].baseline + Length::twips(579) * 2 + Length::pt(6).scale(38, 100);
    assert_eq!(lines[1].baseline, third);
    assert!(pages.outline.is_empty());
}

#[test]
fn breaks_that_follow_one_another_or_begin_the_report_leave_no_empty_page() {
    let page_break = || block(BlockKind::PageBreak, Vec::new());
    let pages = set(vec![page_break(), paragraph("一"), page_break(), page_break(), paragraph("二"), page_break()]);
    let texts: Vec<String> = pages.pages.iter().map(|page| lines(page)[0].text()).collect();
    assert_eq!(texts, ["一", "二"]);
}
