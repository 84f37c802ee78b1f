//! Footnotes on the pages: where they stand, what they leave alone, and that there is an end to them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use crate::report::{block, inline};
use proptest::prelude::*;
use report_gen::doc::{Block, BlockKind, Doc, Inline, Note};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Area, Destination, Item, Line, Page, Pages, Part, layout};
use report_gen::length::Length;
use report_gen::source::Span;

/// 小五.
const SIZE: Length = Length::pt(9);

fn set(doc: &Doc) -> Pages {
    layout(doc, &Fonts::bundled()).unwrap()
}

/// A report of paragraphs, some with a note of so many hanzi at their end.
fn noted(paragraphs: &[(usize, Option<usize>)]) -> Doc {
    let mut doc = report::report(Vec::new());
    for &(length, note) in paragraphs {
        let mut content = vec![inline(&"镇".repeat(length), Role::Body)];
        if let Some(length) = note {
            let number = doc.notes.len() + 1;
            content.push(Inline { note: Some(number), ..inline(&number.to_string(), Role::Body) });
            let words = vec![inline(&"注".repeat(length), Role::Body)];
            doc.notes.push(Note { content: words, span: Span::default() });
        }
        doc.blocks.push(block(BlockKind::Paragraph, content));
    }
    doc
}

fn text(page: &Page) -> Vec<&Line> {
    page.lines().filter(|line| matches!(line.part, Part::Block(_))).collect()
}

fn notes(page: &Page) -> Vec<(usize, &Line)> {
    let note = |line: &'_ Line| match line.part {
        Part::Note(number) => Some(number),
        Part::Block(_)
        | Part::Cell { .. }
        | Part::RepeatedHead
        | Part::PageOf(_)
        | Part::PageNumber
        | Part::DraftMark => None,
    };
    page.lines().filter_map(|line| Some((note(line)?, line))).collect()
}

fn rules(page: &Page) -> Vec<Area> {
    let rule = |item: &Item| match item {
        Item::Rule(area) => Some(*area),
        Item::Line(_) | Item::RedRule(_) | Item::Tint(_) | Item::Picture(_) => None,
    };
    page.items.iter().filter_map(rule).collect()
}

/// The notes whose signs stand in `line`.
fn signs(line: &Line) -> Vec<usize> {
    line.runs.iter().filter_map(|run| run.note).collect()
}

/// That what stands on `pages` leaves each other room, and that every note is there, whole and in order, no earlier than
/// its sign.
fn is_sound(doc: &Doc, pages: &Pages) {
    let style = &doc.style;
    let foot = style.page.top + style.line_pitch * i64::from(style.lines);
    let mut begun = 0;
    let mut words = vec![String::new(); doc.notes.len()];
    for page in &pages.pages {
        let last = text(page).last().map_or(style.page.top, |line| line.baseline + style.sizes.body.scale(12, 100));
        let own = notes(page);
        let rules = rules(page);
        assert_eq!(rules.len(), usize::from(!own.is_empty()), "one rule over the notes of a page");
        if let (Some(rule), Some((_, first))) = (rules.first(), own.first()) {
            assert!(rule.y >= last, "the rule stands under the text");
            assert!(rule.y + rule.height <= first.baseline - SIZE.scale(88, 100), "and over the notes");
        }
        for (number, line) in &own {
            assert!(line.baseline + SIZE.scale(12, 100) <= foot, "notes end with the type area");
            words[number - 1] += &line.text();
        }
        assert!(own.windows(2).all(|pair| pair[0].1.baseline < pair[1].1.baseline && pair[0].0 <= pair[1].0));
        begun += text(page).iter().map(|line| signs(line).len()).sum::<usize>();
        assert!(own.iter().all(|(number, _)| *number <= begun), "no note before its sign");
        assert!(!text(page).is_empty() || !own.is_empty(), "no page is empty");
    }
    assert_eq!(begun, doc.notes.len());
    for (number, (note, words)) in (1..).zip(doc.notes.iter().zip(&words)) {
        assert_eq!(*words, note.printed(number).iter().map(|inline| inline.text.as_str()).collect::<String>());
    }
}

#[test]
fn a_note_stands_at_the_foot_of_the_page_of_its_sign() {
    let doc = noted(&[(40, Some(60)), (40, None), (22 * 28, Some(5))]);
    let pages = set(&doc);
    is_sound(&doc, &pages);
    let numbers = |page: &Page| notes(page).iter().map(|(number, _)| *number).collect::<Vec<_>>();
    assert_eq!(numbers(&pages.pages[0]), [1, 1], "of 60 hanzi 48 go into a line");
    assert_eq!(numbers(&pages.pages[1]), [2]);
    let (_, last) = notes(&pages.pages[0])[1];
    let style = &doc.style;
    let foot = style.page.top + style.line_pitch * 22;
    assert_eq!(last.baseline, foot - Length::centi_pt(1350 - 225) + SIZE.scale(88, 100), "on the last line of notes");
    let rule = rules(&pages.pages[0])[0];
    assert_eq!((rule.x, rule.width), (style.page.left, Length::pt(144)));
    assert!(notes(&pages.pages[0]).iter().all(|(_, line)| line.runs.iter().any(|run| run.size == SIZE)));
}

#[test]
fn the_grid_of_the_text_stays_and_gives_up_whole_lines() {
    let plain = set(&noted(&[(22 * 28 * 2, None)]));
    let doc = noted(&[(20, Some(10)), (22 * 28 * 2, None)]);
    let pages = set(&doc);
    is_sound(&doc, &pages);
    let baselines = |page: &Page| text(page).iter().map(|line| line.baseline).collect::<Vec<_>>();
    let (with, without) = (baselines(&pages.pages[0]), baselines(&plain.pages[0]));
    // 10 pt and a line of 13.5 pt are less than one line of 28.95 pt.
    assert_eq!(with, without[..21]);
    assert_eq!(baselines(&pages.pages[1]), without);
    let counts = text(&pages.pages[1]).iter().map(|line| line.text().chars().count()).collect::<Vec<_>>();
    assert!(counts[..20].iter().all(|&count| count == 28), "{counts:?}");
}

#[test]
fn a_sign_is_small_and_raised_and_does_not_begin_a_line() {
    // 26 hanzi fill the first line, so that the sign would be the first of the next.
    let doc = noted(&[(26, Some(3))]);
    let pages = set(&doc);
    let lines = text(&pages.pages[0]);
    let sign = lines.iter().flat_map(|line| &line.runs).find(|run| run.note == Some(1)).unwrap();
    assert_eq!((sign.size, sign.rise()), (Length::pt(16).scale(2, 3), Length::pt(16).scale(2, 3) / 2));
    assert!(lines.iter().all(|line| line.runs[0].note.is_none()), "{lines:?}");
    let link = &pages.pages[0].links[0];
    let (_, note) = notes(&pages.pages[0])[0];
    assert!(matches!(link.target, Destination::Note { note: 1, page: 0, y } if y < note.baseline));
    assert!(link.area.y + link.area.height <= lines[lines.len() - 1].baseline);
}

#[test]
fn a_line_whose_note_has_no_room_goes_with_it_or_parts_it() {
    // Nineteen lines, and one with a note of two lines that together take two lines of the grid: room for just that.
    let fits = noted(&[(19 * 28 - 2, None), (20, Some(80))]);
    assert_eq!(set(&fits).pages.len(), 1);
    let moves = noted(&[(20 * 28 - 2, None), (20, Some(80))]);
    let pages = set(&moves);
    is_sound(&moves, &pages);
    assert_eq!((text(&pages.pages[0]).len(), notes(&pages.pages[0]).len()), (20, 0));
    assert_eq!((text(&pages.pages[1]).len(), notes(&pages.pages[1]).len()), (1, 2));
    // A note of ten lines begins where there is room for some of them.
    let parts = noted(&[(17 * 28 - 2, None), (20, Some(460)), (28 * 10, None)]);
    let pages = set(&parts);
    is_sound(&parts, &pages);
    let counts: Vec<usize> = pages.pages.iter().map(|page| notes(page).len()).collect();
    assert_eq!(counts.len(), 2);
    assert!(counts[0] >= 2 && counts[1] >= 1, "{counts:?}");
}

#[test]
fn notes_longer_than_pages_come_to_an_end() {
    let doc = noted(&[(30, Some(48 * 200)), (30, Some(48 * 90)), (30, None), (30, Some(2))]);
    let pages = set(&doc);
    is_sound(&doc, &pages);
    // While there is text, half of a page is its own.
    assert!(pages.pages.len() >= 5 && pages.pages.len() <= 12, "{}", pages.pages.len());
    for lines in [1, 2, 3] {
        let mut doc = noted(&[(90, Some(300)), (90, Some(10))]);
        doc.style.lines = lines;
        let pages = set(&doc);
        let count: usize = pages.pages.iter().map(|page| notes(page).len()).sum();
        assert_eq!(count, 8, "{lines} lines a page");
    }
}

#[test]
fn a_signature_keeps_words_with_it_over_the_notes() {
    for before in 15..22 {
        let mut doc = noted(&[(before * 28 - 2, None), (60, Some(100))]);
        let signature = |text, kind| block(kind, vec![inline(text, Role::Body)]);
        doc.blocks[1].space_after = 1;
        doc.blocks.push(signature("青石镇人民政府", BlockKind::Signature));
        doc.blocks.push(signature("2024年11月8日", BlockKind::SignedOn));
        let pages = set(&doc);
        is_sound(&doc, &pages);
        let of = |page: &Page| text(page).iter().map(|line| line.part).collect::<Vec<_>>();
        let signed = pages.pages.iter().map(of).find(|parts| parts.contains(&Part::Block(2))).unwrap();
        assert!(signed.iter().filter(|part| **part == Part::Block(1)).count() >= 2, "after {before} lines");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_notes_leave_the_text_alone(
        paragraphs in prop::collection::vec((1_usize..300, prop::option::of(prop_oneof![1_usize..120, 1_usize..2500])), 1..24),
        widow in any::<bool>(),
        lines in 2_u32..30,
    ) {
        let mut doc = noted(&paragraphs);
        doc.style.widow_control = widow;
        doc.style.lines = lines;
        is_sound(&doc, &set(&doc));
    }
}

/// A heading, too, keeps to what follows it where notes take the room between.
#[test]
fn a_heading_does_not_stay_behind_over_notes() {
    for before in 10..22 {
        let mut doc = noted(&[(before * 28 - 2, Some(200)), (40, Some(30))]);
        let heading: Block = block(BlockKind::Heading(1), vec![inline("一、整改", Role::Heading1)]);
        doc.blocks.insert(1, heading);
        let pages = set(&doc);
        is_sound(&doc, &pages);
        for page in &pages.pages {
            assert!(text(page).last().is_none_or(|line| line.part != Part::Block(1)), "after {before} lines");
        }
    }
}
