//! Pages as GB/T 9704 asks for them, measured in what layout gives.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use crate::report::{block, inline};
use report_gen::doc::{Block, BlockKind, Doc, Draft, Gap, Inline, Outline};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Item, Line, Page, Pages, Part, layout};
use report_gen::length::Length;
use report_gen::manifest::PageNumber;

fn set(doc: &Doc) -> Pages {
    layout(doc, &Fonts::bundled()).unwrap()
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph, vec![inline(text, Role::Body)])
}

fn heading(text: &str) -> Block {
    block(BlockKind::Heading(1), vec![inline(text, Role::Heading1)])
}

fn text_lines(page: &Page) -> Vec<&Line> {
    page.lines().filter(|line| line.part != Part::PageNumber).collect()
}

fn texts(page: &Page) -> Vec<String> {
    text_lines(page).into_iter().map(Line::text).collect()
}

fn number(page: &Page) -> &Line {
    page.lines().find(|line| line.part == Part::PageNumber).unwrap()
}

fn within(a: Length, b: Length, centi_mm: i64) -> bool {
    let apart = (a - b).to_emu().abs();
    apart <= Length::centi_mm(centi_mm).to_emu()
}

/// Hanzi for `pages` full pages in one paragraph, whose first line holds two less.
fn full(pages: usize) -> Doc {
    report::report(vec![paragraph(&"镇".repeat(22 * 28 * pages - 2))])
}

#[test]
fn a_full_page_has_twenty_two_lines_of_twenty_eight() {
    let pages = set(&full(2));
    assert_eq!(pages.pages.len(), 2);
    for (n, page) in pages.pages.iter().enumerate() {
        let counts: Vec<usize> = texts(page).iter().map(|text| text.chars().count()).collect();
        let first = if n == 0 { 26 } else { 28 };
        assert_eq!(counts[0], first);
        assert!(counts[1..].iter().all(|&count| count == 28), "{counts:?}");
        assert_eq!(counts.len(), 22);
    }
}

#[test]
fn lines_fill_the_type_area_and_stand_on_the_grid() {
    let pages = set(&full(2));
    let lines: Vec<&Line> = pages.pages.iter().flat_map(text_lines).collect();
    // The first line is indented, and the last of a paragraph is not stretched.
    for line in &lines[1..lines.len() - 1] {
        let (left, right) = line.extent().unwrap();
        assert_eq!(left, Length::mm(28));
        assert_eq!(right, Length::mm(210 - 26));
    }
    let baselines: Vec<Length> = text_lines(&pages.pages[0]).iter().map(|line| line.baseline).collect();
    // The em box in the middle of a line box that begins at the top of the type area.
    assert_eq!(baselines[0], Length::mm(37) + (Length::twips(579) - Length::pt(16)) / 2 + Length::centi_pt(1408));
    assert!(baselines.windows(2).all(|pair| pair[1] - pair[0] == Length::twips(579)));
    // 22 line boxes end within a millimetre of the type area's foot, and not under it.
    let foot = Length::mm(37) + Length::twips(579) * 22;
    assert!(foot <= Length::mm(297 - 35) && within(foot, Length::mm(297 - 35), 100));
}

#[test]
fn paragraphs_begin_two_characters_in() {
    let pages = set(&report::report(vec![paragraph(&"镇".repeat(40))]));
    let lines = text_lines(&pages.pages[0]);
    assert_eq!(lines[0].extent().unwrap().0, Length::mm(28) + Length::centi_pt(1575) * 2);
    assert_eq!(lines[1].extent().unwrap().0, Length::mm(28));
}

#[test]
fn an_indent_is_measured_to_the_ink_of_an_opening_mark() {
    let pages = set(&report::report(vec![paragraph("“双组长”")]));
    let (left, _) = text_lines(&pages.pages[0])[0].extent().unwrap();
    assert_eq!(left + Length::pt(8), Length::mm(28) + Length::centi_pt(1575) * 2);
}

#[test]
fn page_numbers_stand_seven_millimetres_under_the_type_area_and_one_character_in() {
    let fonts = Fonts::bundled();
    let pages = set(&full(2));
    let dash = fonts.glyph(Role::Song, '—').unwrap();
    let dash_top = fonts.face(Role::Song).tables().glyph_bounding_box(dash.id).unwrap().y_max;
    let size = Length::pt(14);
    for page in &pages.pages {
        let top = number(page).baseline - size.scale(i64::from(dash_top), 1000);
        assert!(within(top, Length::mm(297 - 35 + 7), 1), "{}", top.to_mm());
    }
    let (odd, even) = (number(&pages.pages[0]), number(&pages.pages[1]));
    assert_eq!((odd.text(), even.text()), ("— 1 —".to_string(), "— 2 —".to_string()));
    assert_eq!(odd.extent().unwrap().1, Length::mm(210 - 26) - size);
    assert_eq!(even.extent().unwrap().0, Length::mm(28) + size);
}

#[test]
fn page_numbers_can_be_centred_or_left_out() {
    let mut doc = full(1);
    doc.style.page_number = PageNumber::Center;
    let (left, right) = number(&set(&doc).pages[0]).extent().unwrap();
    assert!(within(left - Length::mm(28), Length::mm(184) - right, 1));
    doc.style.page_number = PageNumber::None;
    assert_eq!(set(&doc).pages[0].lines().count(), 22);
}

#[test]
fn a_heading_does_not_stay_behind_at_a_pages_foot() {
    let mut blocks: Vec<Block> = (0..20).map(|_| paragraph("一行")).collect();
    blocks.extend([heading("一、标题"), heading("（一）标题"), paragraph("正文")]);
    let pages = set(&report::report(blocks));
    assert_eq!(texts(&pages.pages[0]).len(), 20);
    assert_eq!(texts(&pages.pages[1]), ["一、标题", "（一）标题", "正文"]);
}

#[test]
fn nothing_but_headings_still_fills_pages() {
    let pages = set(&report::report((0..50).map(|_| heading("一、标题")).collect()));
    let counts: Vec<usize> = pages.pages.iter().map(|page| texts(page).len()).collect();
    assert_eq!(counts, [22, 22, 6]);
}

#[test]
fn widow_control_keeps_two_lines_together_when_it_is_on() {
    let mut blocks: Vec<Block> = (0..21).map(|_| paragraph("一行")).collect();
    blocks.push(paragraph(&"镇".repeat(28 * 3)));
    let mut doc = report::report(blocks);
    let counts = |doc: &Doc| set(doc).pages.iter().map(|page| texts(page).len()).collect::<Vec<_>>();
    assert_eq!(counts(&doc), [22, 3], "off, a full page has 22 lines");
    doc.style.widow_control = true;
    assert_eq!(counts(&doc), [21, 4]);
}

#[test]
fn an_empty_line_is_not_set_at_a_pages_top() {
    let mut blocks: Vec<Block> = (0..22).map(|_| paragraph("一行")).collect();
    blocks[21].space_after = 3;
    blocks.push(paragraph("末段"));
    let pages = set(&report::report(blocks));
    let last = text_lines(&pages.pages[1])[0];
    assert_eq!(last.text(), "末段");
    assert_eq!(last.baseline, text_lines(&pages.pages[0])[0].baseline);
}

#[test]
fn an_empty_line_takes_one_line_of_the_grid() {
    let first = Block { space_after: 1, ..paragraph("一") };
    let pages = set(&report::report(vec![first, paragraph("二")]));
    let lines = text_lines(&pages.pages[0]);
    assert_eq!(lines[1].baseline - lines[0].baseline, Length::twips(579) * 2);
}

#[test]
fn titles_are_centred_and_their_own_line_ends_are_kept() {
    let title = block(BlockKind::Title, vec![inline("青石镇\n主题教育工作汇报", Role::Title)]);
    let pages = set(&report::report(vec![title]));
    assert_eq!(texts(&pages.pages[0]), ["青石镇", "主题教育工作汇报"]);
    for line in text_lines(&pages.pages[0]) {
        let (left, right) = line.extent().unwrap();
        assert!(within(left - Length::mm(28), Length::mm(184) - right, 1));
        assert_eq!(line.runs[0].size, Length::pt(22));
    }
}

#[test]
fn an_open_hole_is_tinted_and_nothing_else_is() {
    let hole = Inline { gap: Some(Gap::Others), ..inline("XXX", Role::Body) };
    let content = vec![inline("召开党委会", Role::Body), hole, inline("次", Role::Body)];
    let pages = set(&report::report(vec![block(BlockKind::Paragraph, content)]));
    let tints = pages.pages[0].items.iter().filter_map(|item| match item {
        Item::Tint(area) => Some(area),
        Item::Line(_) | Item::Rule(_) | Item::RedRule(_) | Item::Picture(_) => None,
    });
    let tints: Vec<_> = tints.collect();
    assert_eq!(tints.len(), 1);
    let song = &text_lines(&pages.pages[0])[0].runs[1];
    assert_eq!(song.glyphs.len(), 3);
    assert_eq!(tints[0].x, song.glyphs[0].x);
    assert_eq!(tints[0].x + tints[0].width, song.glyphs[2].x + song.glyphs[2].advance);
    assert_eq!(tints[0].height, Length::pt(16));
}

#[test]
fn a_draft_says_so_at_the_head_of_every_page_and_sets_the_same_text() {
    let mut doc = full(2);
    let plain = set(&doc);
    doc.draft = Some(Draft::default());
    let draft = set(&doc);
    assert_eq!(draft.pages.len(), 2);
    for (page, plain) in draft.pages.iter().zip(&plain.pages) {
        let (marks, rest): (Vec<&Line>, Vec<&Line>) = page.lines().partition(|line| line.part == Part::DraftMark);
        assert_eq!(rest, plain.lines().collect::<Vec<_>>());
        assert_eq!((marks.len(), marks[0].text().as_str()), (1, "草稿"));
        let (_, right) = marks[0].extent().unwrap();
        assert!(within(right, Length::mm(184), 1), "it ends with the type area");
        assert!(marks[0].baseline < Length::mm(37) && marks[0].baseline > Length::mm(15));
    }
}

#[test]
fn a_tint_ends_where_the_type_area_does() {
    let hole = Inline { gap: Some(Gap::Others), ..inline(&"“镇，”".repeat(60), Role::Body) };
    let pages = set(&report::report(vec![block(BlockKind::Salutation, vec![hole])]));
    let mut tints = 0;
    for item in &pages.pages[0].items {
        if let Item::Tint(area) = item {
            tints += 1;
            assert!(area.x >= Length::mm(28) && area.x + area.width <= Length::mm(184), "{area:?}");
        }
    }
    assert_eq!(tints, text_lines(&pages.pages[0]).len());
}

#[test]
fn the_outline_points_to_the_top_of_its_line() {
    let outline = Some(Outline { level: 1, title: "一、标题".to_string(), id: "one".to_string() });
    let pages = set(&report::report(vec![paragraph("一行"), Block { outline, ..heading("一、标题") }]));
    assert_eq!(pages.outline.len(), 1);
    assert_eq!((pages.outline[0].page, pages.outline[0].y), (0, Length::mm(37) + Length::twips(579)));
}

#[test]
fn a_report_without_text_is_one_page() {
    let pages = set(&report::report(Vec::new()));
    assert_eq!(pages.pages.len(), 1);
    assert_eq!(number(&pages.pages[0]).text(), "— 1 —");
}

#[test]
fn a_character_that_no_face_has_is_named() {
    let doc = report::report(vec![paragraph("镇\u{e000}")]);
    assert_eq!(layout(&doc, &Fonts::bundled()).unwrap_err().0, '\u{e000}');
}

/// `UPDATE=1 cargo test --test all pages::` writes the dump anew; then read the difference.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its golden file")]
fn five_pages_are_as_they_were() {
    let dump = set(&report::five_pages()).dump();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/five-pages.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &dump).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    for (n, (now, then)) in (1..).zip(dump.lines().zip(golden.lines())) {
        assert_eq!(now, then, "line {n} of {path}");
    }
    assert_eq!(dump.lines().count(), golden.lines().count());
}
