use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::order::misplaced;
use super::xml::{Element, Node, parse};
use super::*;
use crate::doc::{Block, BlockKind, Draft, Gap, Inline, Meta, Missing, Outline, Shape};
use crate::manifest::{Faces, Lead, PageNumber, Style};
use crate::placeholder::Scope;
use crate::source::Span;

fn inline(text: &str, role: Role, bold: bool) -> Inline {
    Inline { bold, ..Inline::new(text, role) }
}

fn block(kind: BlockKind, content: Vec<Inline>) -> Block {
    Block { kind, content, outline: None, space_after: 0, span: Span::default() }
}

fn outline(level: u8, id: &str) -> Option<Outline> {
    Some(Outline { level, title: String::new(), id: id.to_owned() })
}

/// A report with one of everything.
fn report() -> Doc {
    let body = |text| inline(text, Role::Body, false);
    let kai = |text| inline(text, Role::Heading2, false);
    let mut blocks = vec![
        block(BlockKind::Title, vec![inline("青石镇主题教育\n工作汇报", Role::Title, false)]),
        block(BlockKind::Subtitle, vec![kai("——2023年上半年")]),
        block(BlockKind::Byline, vec![kai("中共青石镇委员会")]),
        block(BlockKind::Dateline, vec![kai("（2023年11月20日）")]),
        block(BlockKind::Salutation, vec![body("各位领导：")]),
        block(BlockKind::Heading(1), vec![inline("一、学深悟透7次", Role::Heading1, false)]),
        block(
            BlockKind::Paragraph,
            vec![inline("一是抓学习。", Role::Body, true), body("召开会议12次，“五个一”工程……")],
        ),
        block(BlockKind::Paragraph, vec![kai("着重"), body("号①与𠮷字 & <尖括号>")]),
        block(BlockKind::ListItem(2), vec![body("（1）子项")]),
        block(BlockKind::Quote, vec![kai("引一句")]),
    ];
    blocks[0].space_after = 1;
    blocks[5].outline = outline(1, "s1");
    blocks[6].outline = outline(2, "s1_1");
    blocks[8].content.push(Inline { gap: Some(Gap::Others), ..body("X") });
    let meta =
        Meta { title: "青石镇主题教育工作汇报".to_owned(), lang: "zh-CN".to_owned(), ..Meta::default() };
    Doc { meta, style: Style::default(), blocks, notes: Vec::new(), draft: None }
}

fn part(file: &[u8], name: &str) -> Element {
    parse(&bytes(file, name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn bytes(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut part = Vec::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_end(&mut part).unwrap();
    part
}

fn names(file: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(file)).unwrap();
    archive.file_names().map(str::to_owned).collect()
}

fn walk<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    found.push(element);
    for node in &element.children {
        if let Node::Element(child) = node {
            walk(child, found);
        }
    }
}

fn all<'a>(root: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    walk(root, &mut found);
    found.retain(|element| element.name == name);
    found
}

fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The words of a paragraph as a reader sees them.
fn words(paragraph: &Element) -> String {
    let mut elements = Vec::new();
    walk(paragraph, &mut elements);
    let mut words = String::new();
    for element in elements {
        match element.name.as_str() {
            "w:br" => words.push('\n'),
            "w:t" => {
                for node in &element.children {
                    if let Node::Text(text) = node {
                        words.push_str(&quick_xml::escape::unescape(text).unwrap());
                    }
                }
            }
            _ => {}
        }
    }
    words
}

fn run_of<'a>(root: &'a Element, text: &str) -> &'a Element {
    all(root, "w:r").into_iter().find(|run| words(run) == text).unwrap_or_else(|| panic!("no run {text}"))
}

#[test]
fn every_part_is_well_formed_and_in_the_schema_s_order() {
    let mut doc = report();
    doc.meta.created = Some(1_700_467_199);
    for page_number in [PageNumber::Outer, PageNumber::Center, PageNumber::None] {
        doc.style.page_number = page_number;
        let file = write(&doc, &Fonts::bundled()).unwrap();
        for name in names(&file).iter().filter(|name| !name.ends_with(".odttf")) {
            assert_eq!(misplaced(&part(&file, name)), None, "{name}");
        }
    }
}

#[test]
fn the_words_are_those_of_the_report_in_their_order() {
    let doc = report();
    let document = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/document.xml");
    let written: Vec<String> = all(&document, "w:p").into_iter().map(words).collect();
    let wanted: Vec<String> = doc.blocks.iter().map(Block::text).collect();
    assert_eq!(written, wanted);
}

#[test]
fn paragraphs_take_styles_that_are_there() {
    let file = write(&report(), &Fonts::bundled()).unwrap();
    let (document, styles) = (part(&file, "word/document.xml"), part(&file, "word/styles.xml"));
    let ids: Vec<&str> = all(&styles, "w:style").iter().filter_map(|style| attribute(style, "w:styleId")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice");
    let of = |name| all(&document, name).iter().filter_map(|e| attribute(e, "w:val")).collect::<Vec<_>>();
    assert_eq!(
        of("w:pStyle"),
        [
            "Title",
            "Subtitle",
            "Byline",
            "Date",
            "Salutation",
            "Heading1",
            "NormalIndent",
            "NormalIndent",
            "List2",
            "Quote"
        ]
    );
    assert_eq!(of("w:rStyle"), ["Lead", "Emphasis"]);
    for name in ["w:basedOn", "w:next"] {
        for used in all(&styles, name) {
            assert!(ids.contains(&attribute(used, "w:val").unwrap()), "{used:?}");
        }
    }
    for used in of("w:pStyle").into_iter().chain(of("w:rStyle")) {
        assert!(ids.contains(&used), "{used}");
    }
    for name in ["word/footer1.xml", "word/footer2.xml"] {
        let footer = part(&file, name);
        assert!(ids.contains(&attribute(all(&footer, "w:pStyle")[0], "w:val").unwrap()));
        assert_eq!(words(&footer), "— 1 —");
    }
}

#[test]
fn headings_are_in_the_outline_and_leads_are_bookmarked() {
    let document = part(&write(&report(), &Fonts::bundled()).unwrap(), "word/document.xml");
    let starts = all(&document, "w:bookmarkStart");
    let named: Vec<_> = starts.iter().map(|start| attribute(start, "w:name").unwrap()).collect();
    assert_eq!(named, ["s1", "s1_1"]);
    let ids = |name| all(&document, name).iter().map(|e| attribute(e, "w:id").unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("w:bookmarkStart"), ids("w:bookmarkEnd"));
    assert_eq!(ids("w:bookmarkStart").iter().collect::<BTreeSet<_>>().len(), 2);
    // The level is the style's; the paragraph that a lead opens has none.
    assert!(all(&document, "w:outlineLvl").is_empty());
    let lead = all(&document, "w:p")[6];
    let order: Vec<&str> = lead
        .children
        .iter()
        .filter_map(|node| match node {
            Node::Element(child) => Some(child.name.as_str()),
            Node::Text(_) => None,
        })
        .collect();
    assert_eq!(order, ["w:pPr", "w:bookmarkStart", "w:r", "w:bookmarkEnd", "w:r"]);
}

#[test]
fn a_draft_has_a_control_for_each_gap_and_says_what_it_is() {
    let mut doc = report();
    let missing = Missing {
        key: "走访X户".to_owned(),
        scope: Scope::Report,
        section: None,
        figure: None,
        shape: Shape::One,
        unnamed: false,
        kind: None,
        span: Span::default(),
        value_span: Span::default(),
        places: Vec::new(),
    };
    doc.draft = Some(Draft { missing: vec![missing] });
    // A turn of a title before a gap stands before its control.
    for block in &mut doc.blocks[8..] {
        block
            .content
            .push(Inline { gap: Some(Gap::Figure { missing: 0, hole: 0 }), ..inline("\nXX", Role::Body, false) });
    }
    let file = write(&doc, &Fonts::bundled()).unwrap();
    let document = part(&file, "word/document.xml");
    assert_eq!(misplaced(&document), None);
    let controls = all(&document, "w:sdt");
    assert_eq!(controls.len(), 2, "what waits for others is no gap to fill");
    let ids: BTreeSet<_> = controls.iter().map(|control| attribute(all(control, "w:id")[0], "w:val")).collect();
    assert_eq!(ids.len(), 2);
    let bookmarks: Vec<&str> =
        all(&document, "w:bookmarkStart").iter().filter_map(|start| attribute(start, "w:name")).collect();
    for (place, control) in (1..).zip(controls) {
        for name in ["w:alias", "w:tag"] {
            assert_eq!(attribute(all(control, name)[0], "w:val"), Some("走访X户"));
        }
        assert_eq!(words(control), "XX");
        assert_eq!(all(control, "w:highlight").len(), 1, "what is typed is not yellow");
        assert!(bookmarks.contains(&format!("{}{place}", gaps::bookmark("走访X户")).as_str()), "{bookmarks:?}");
    }
    let numbers: BTreeSet<_> =
        all(&document, "w:bookmarkStart").iter().map(|start| attribute(start, "w:id").unwrap().to_owned()).collect();
    assert_eq!(numbers.len(), bookmarks.len());
    assert_eq!(words(&part(&file, "word/header1.xml")), "草稿");
    let kinds: Vec<_> = all(&document, "w:headerReference")
        .iter()
        .map(|header| attribute(header, "w:type").unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["default", "even"]);
}

#[test]
fn long_and_odd_ids_become_names_that_word_takes() {
    let mut doc = report();
    doc.blocks[5].outline = outline(1, &format!("s{}a", "x".repeat(60)));
    doc.blocks[6].outline = outline(1, &format!("s{}b", "x".repeat(60)));
    doc.blocks[7].outline = outline(1, "s<\u{1}");
    let document = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/document.xml");
    let names: BTreeSet<_> =
        all(&document, "w:bookmarkStart").iter().map(|start| attribute(start, "w:name").unwrap().to_owned()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| name.len() <= 40), "{names:?}");
}

#[test]
fn a_heading_at_another_level_says_so_itself() {
    let mut doc = report();
    doc.blocks[5].outline = outline(3, "s1");
    let level = |doc: &Doc| {
        let document = part(&write(doc, &Fonts::bundled()).unwrap(), "word/document.xml");
        attribute(all(&document, "w:outlineLvl")[0], "w:val").unwrap().to_owned()
    };
    assert_eq!(level(&doc), "2");
    doc.blocks[5].outline = None;
    assert_eq!(level(&doc), "9");
}

#[test]
fn runs_say_only_what_the_styles_do_not() {
    let mut doc = report();
    doc.style.lead = Lead::Bold;
    let document = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/document.xml");
    // A lead in its style, bold by it.
    let lead = run_of(&document, "一是抓学习。");
    assert!(all(lead, "w:b").is_empty());
    // Plain text has nothing, text with quotation marks the hint.
    let quoted = run_of(&document, "召开会议12次，“五个一”工程……");
    assert_eq!(all(quoted, "w:rFonts")[0].attributes, [("w:hint".to_owned(), "eastAsia".to_owned())]);
    assert!(all(run_of(&document, "（1）子项"), "w:rPr").is_empty());
    // What the face lacks names the one that has it.
    let face = |text| attribute(all(run_of(&document, text), "w:rFonts")[0], "w:eastAsia");
    assert_eq!(face("①"), Some("ReportGen Song"));
    assert_eq!(face("𠮷"), Some("ReportGen Rare"));
    assert_eq!(attribute(all(run_of(&document, "X"), "w:highlight")[0], "w:val"), Some("yellow"));
}

#[test]
fn a_sign_that_stands_in_for_a_heavy_face_is_bold() {
    let mut doc = report();
    doc.blocks[0].content[0].text = "青石國鎮".to_owned();
    doc.blocks[9].content[0].text = "國".to_owned();
    let document = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/document.xml");
    let title = run_of(&document, "國鎮");
    assert_eq!(attribute(all(title, "w:rFonts")[0], "w:eastAsia"), Some("ReportGen Song"));
    assert_eq!(all(title, "w:b").len(), 1);
    assert!(all(run_of(&document, "國"), "w:b").is_empty(), "楷体 is no heavier than 宋体");
}

#[test]
fn another_lead_is_another_style_and_not_another_text() {
    let mut doc = report();
    doc.style.lead = Lead::Kai;
    doc.blocks[6].content[0] = inline("一是抓学习。", Role::Heading2, false);
    let file = write(&doc, &Fonts::bundled()).unwrap();
    let (document, styles) = (part(&file, "word/document.xml"), part(&file, "word/styles.xml"));
    assert_eq!(attribute(all(run_of(&document, "一是抓学习。"), "w:rStyle")[0], "w:val"), Some("Lead"));
    let lead = all(&styles, "w:style").into_iter().find(|s| attribute(s, "w:styleId") == Some("Lead")).unwrap();
    assert_eq!(attribute(all(lead, "w:rFonts")[0], "w:eastAsia"), Some("ReportGen Kai"));
    assert!(all(lead, "w:b").is_empty());
}

#[test]
fn a_lead_without_a_look_of_its_own_is_what_comes_first() {
    let mut doc = report();
    doc.style.lead = Lead::Body;
    doc.blocks[6].content[0].bold = false;
    let document = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/document.xml");
    assert_eq!(attribute(all(run_of(&document, "一是抓学习。"), "w:rStyle")[0], "w:val"), Some("Lead"));
    assert!(all(run_of(&document, "召开会议12次，“五个一”工程……"), "w:rStyle").is_empty());
}

#[test]
fn measures_are_those_of_the_style() {
    let mut doc = report();
    doc.style.line_pitch = crate::length::Length::twips(592);
    doc.style.page.top = crate::length::Length::twips(1961);
    doc.style.latin_gap = 250;
    doc.style.widow_control = true;
    doc.style.bold_levels = [false, false, true, false];
    let file = write(&doc, &Fonts::bundled()).unwrap();
    let (document, styles) = (part(&file, "word/document.xml"), part(&file, "word/styles.xml"));
    assert_eq!(attribute(all(&document, "w:docGrid")[0], "w:linePitch"), Some("592"));
    assert_eq!(attribute(all(&document, "w:pgMar")[0], "w:top"), Some("1961"));
    assert_eq!(attribute(all(&document, "w:spacing")[0], "w:after"), Some("592"));
    assert!(all(&document, "w:spacing").iter().all(|spacing| attribute(spacing, "w:afterLines").is_none()));
    let of = |id: &str| all(&styles, "w:style").into_iter().find(|s| attribute(s, "w:styleId") == Some(id)).unwrap();
    let normal = of("Normal");
    assert_eq!(attribute(all(normal, "w:spacing")[0], "w:line"), Some("592"));
    assert_eq!(attribute(all(normal, "w:spacing")[1], "w:val"), Some("-5"));
    assert_eq!(attribute(all(normal, "w:autoSpaceDE")[0], "w:val"), Some("1"));
    assert_eq!(attribute(all(normal, "w:widowControl")[0], "w:val"), Some("1"));
    assert_eq!(all(of("Heading3"), "w:b").len(), 1);
    assert_eq!(all(of("Heading1"), "w:b").len(), 0);
}

#[test]
fn a_file_carries_the_faces_that_its_characters_need() {
    let fonts = Fonts::bundled();
    let carried = |doc: &Doc| {
        let file = write(doc, &fonts).unwrap();
        let table = part(&file, "word/fontTable.xml");
        let fonts: Vec<String> = all(&table, "w:font")
            .into_iter()
            .filter(|font| !all(font, "w:embedRegular").is_empty())
            .map(|font| attribute(font, "w:name").unwrap().to_owned())
            .collect();
        let parts = names(&file).iter().filter(|name| name.ends_with(".odttf")).count();
        assert_eq!(parts, fonts.len());
        (fonts, file.len())
    };
    let mut doc = report();
    let all_faces = ["FangSong", "Hei", "Kai", "Title", "Song", "Rare"].map(|name| format!("ReportGen {name}"));
    let (used, small) = carried(&doc);
    assert_eq!(used, all_faces);
    doc.style.embed = Some(Embed::Common);
    let (common, large) = carried(&doc);
    assert_eq!(common, all_faces);
    assert!(large > small + 800_000, "{small} {large}");
    doc.style.embed = Some(Embed::None);
    assert!(carried(&doc).0.is_empty());
    doc.style.embed = Some(Embed::Used);
    doc.blocks.truncate(1);
    assert_eq!(carried(&doc).0, ["ReportGen Title", "ReportGen Song"]);
    doc.style.page_number = PageNumber::None;
    assert_eq!(carried(&doc).0, ["ReportGen Title"]);
}

#[test]
fn a_reader_without_our_faces_is_told_of_those_that_chinese_pcs_have() {
    let mut doc = report();
    for (faces, others) in [(Faces::Own, ["仿宋", "楷体"]), (Faces::Gb2312, ["仿宋", "楷体"])] {
        doc.style.faces = faces;
        let table = part(&write(&doc, &Fonts::bundled()).unwrap(), "word/fontTable.xml");
        let names: Vec<_> = all(&table, "w:altName").into_iter().filter_map(|name| attribute(name, "w:val")).collect();
        assert!(others.iter().all(|name| names.contains(name)), "{faces:?}: {names:?}");
        assert!(names.iter().all(|name| !name.starts_with("报告")), "{faces:?}: {names:?}");
    }
}

#[test]
fn office_names_are_those_of_chinese_pcs() {
    let mut doc = report();
    for (faces, body) in [(Faces::Office, "仿宋"), (Faces::Gb2312, "仿宋_GB2312")] {
        doc.style.faces = faces;
        let file = write(&doc, &Fonts::bundled()).unwrap();
        for name in ["word/document.xml", "word/styles.xml", "word/theme/theme1.xml"] {
            assert!(!String::from_utf8(bytes(&file, name)).unwrap().contains("ReportGen"), "{name}");
        }
        let styles = part(&file, "word/styles.xml");
        let fonts = all(&styles, "w:rFonts")[0];
        assert_eq!(attribute(fonts, "w:eastAsia"), Some(body));
        assert_eq!(attribute(fonts, "w:ascii"), Some("Times New Roman"));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes_in_any_thread() {
    let doc = report();
    let fonts = Fonts::bundled();
    let first = write(&doc, &fonts).unwrap();
    assert_eq!(first, write(&doc, &fonts).unwrap());
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| write(&doc, &Fonts::bundled()).unwrap())).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), first);
        }
    });
}

#[test]
fn faces_packed_before_give_the_same_bytes() {
    let (doc, fonts) = (report(), Fonts::bundled());
    let first = write(&doc, &fonts).unwrap();
    // The second makes them anew, and keeps them for the third.
    for _ in 0..2 {
        assert!(first == write(&doc, &fonts).unwrap());
    }
}

#[test]
fn control_characters_make_no_file() {
    for text in ["一\u{1}", "一\u{fffe}", "一\t二"] {
        let mut doc = report();
        doc.blocks[7].content[1].text = text.to_owned();
        assert!(write(&doc, &Fonts::bundled()).is_err(), "{text:?}");
    }
    let mut doc = report();
    doc.blocks[7].content[1].text = "\u{e000}".to_owned();
    assert!(matches!(write(&doc, &Fonts::bundled()), Err(WriteError::NoGlyph('\u{e000}'))));
}

#[test]
fn an_empty_report_is_a_file_too() {
    let doc =
        Doc { meta: Meta::default(), style: Style::default(), blocks: Vec::new(), notes: Vec::new(), draft: None };
    let file = write(&doc, &Fonts::bundled()).unwrap();
    assert_eq!(all(&part(&file, "word/document.xml"), "w:sectPr").len(), 1);
}

#[test]
fn footnotes_are_a_part_that_settings_know_of_and_a_file_without_them_has_none() {
    let fonts = Fonts::bundled();
    let mut doc = report();
    let plain = write(&doc, &fonts).unwrap();
    assert!(!names(&plain).iter().any(|name| name.contains("footnotes")));
    let said = |file: &[u8], name: &str| String::from_utf8(bytes(file, name)).unwrap();
    assert!(!said(&plain, "word/settings.xml").contains("footnotePr"));
    assert!(!said(&plain, "word/styles.xml").contains("Footnote"));
    let sign = Inline { note: Some(1), ..inline("1", Role::Body, false) };
    doc.blocks[7].content.insert(1, sign);
    let words = vec![inline("见 https://a.example/b 和𠮷字", Role::Body, false)];
    doc.notes.push(crate::doc::Note { content: words, span: Span::default() });
    let noted = write(&doc, &fonts).unwrap();
    assert_eq!(noted, write(&doc, &fonts).unwrap());
    let settings = said(&noted, "word/settings.xml");
    let pair = "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat>";
    assert!(settings.contains(pair), "{settings}");
    assert!(said(&noted, "word/document.xml").contains("<w:footnoteReference w:id=\"1\"/>"));
    let notes = part(&noted, "word/footnotes.xml");
    assert_eq!(misplaced(&notes), None);
    assert!(said(&noted, "word/_rels/footnotes.xml.rels").contains("https://a.example/b"));
    let styles = said(&noted, "word/styles.xml");
    assert!(styles.contains("<w:sz w:val=\"18\"/>") && styles.contains("w:line=\"270\""), "{styles}");
}
