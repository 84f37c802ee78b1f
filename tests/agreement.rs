//! The words of the Word file and of the PDF's pages are the report's, in their order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use std::io::{Cursor, Read};

use crate::example::{notes, paragraphs, read, reports};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use report_gen::doc::{Block, BlockKind, Doc, Inline, Note};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Pages, Part, layout};
use report_gen::source::Span;
use report_gen::write::{Format, write};

/// The words of an output: its paragraphs, and its footnotes with their numbers, both in their order.
#[derive(Debug, PartialEq, Eq)]
struct Words {
    text: Vec<String>,
    notes: Vec<String>,
}

impl Words {
    fn of(doc: &Doc) -> Words {
        Words { text: paragraphs(doc), notes: notes(doc) }
    }
}

/// The paragraphs of a Word file that have words, and its notes: an empty line is no words.
fn words_of_docx(docx: &[u8]) -> Words {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut part = |name: &str| {
        let mut xml = String::new();
        archive.by_name(name).ok()?.read_to_string(&mut xml).unwrap();
        Some(words_of_part(&xml))
    };
    Words { text: part("word/document.xml").unwrap(), notes: part("word/footnotes.xml").unwrap_or_default() }
}

/// The paragraphs of a part that have words.
fn words_of_part(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut paragraphs = Vec::new();
    let (mut in_text, mut in_instruction) = (false, false);
    // The number of a page in the contents is no word of the report.
    let mut in_number = false;
    // Word writes the number of a note itself: where its sign stands, and before its words.
    let mut note = String::new();
    let id = |tag: &BytesStart<'_>| -> String {
        let id = tag.attributes().map(Result::unwrap).find(|attribute| attribute.key.as_ref() == b"w:id").unwrap();
        String::from_utf8(id.value.into_owned()).unwrap()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"w:p" => paragraphs.push(String::new()),
            Event::Start(tag) if tag.name().as_ref() == b"w:footnote" => note = id(&tag),
            Event::Empty(tag) if tag.name().as_ref() == b"w:footnoteRef" => *paragraphs.last_mut().unwrap() += &note,
            Event::Empty(tag) if tag.name().as_ref() == b"w:footnoteReference" => {
                *paragraphs.last_mut().unwrap() += &id(&tag);
            }
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => in_text = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => in_text = false,
            Event::Start(tag) if tag.name().as_ref() == b"w:instrText" => in_instruction = true,
            Event::End(tag) if tag.name().as_ref() == b"w:instrText" => in_instruction = false,
            Event::Text(text) if in_instruction => in_number = text.decode().unwrap().contains("PAGEREF"),
            Event::Empty(tag) if tag.name().as_ref() == b"w:fldChar" => {
                in_number &= !tag.attributes().any(|attribute| attribute.unwrap().value.as_ref() == b"end");
            }
            Event::Text(text) if in_text && !in_number => *paragraphs.last_mut().unwrap() += &text.decode().unwrap(),
            Event::GeneralRef(entity) if in_text => {
                let sign = match entity.decode().unwrap().as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("an entity of its own: {other}"),
                };
                *paragraphs.last_mut().unwrap() += sign;
            }
            Event::Eof => break,
            Event::Start(_)
            | Event::End(_)
            | Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
    paragraphs.retain(|text| !text.is_empty());
    paragraphs
}

/// The words of the pages, by the blocks and the notes that their lines are part of, in the order of the pages. A page
/// has its notes under its text, and then none of the text.
fn words_of_pages(pages: &Pages) -> Words {
    for page in &pages.pages {
        let parts = page.lines().map(|line| line.part).filter(|part| *part != Part::PageNumber);
        assert!(parts.is_sorted_by_key(|part| matches!(part, Part::Note(_))), "notes are at the foot");
    }
    let lines = || pages.pages.iter().flat_map(|page| page.lines());
    let mut notes: Vec<(usize, String)> = Vec::new();
    for line in lines() {
        let Part::Note(number) = line.part else { continue };
        match notes.last_mut() {
            Some((last, text)) if *last == number => *text += &line.text(),
            _ => notes.push((number, line.text())),
        }
    }
    assert!(notes.iter().map(|(number, _)| *number).eq(1..=notes.len()), "in order, none torn apart");
    let mut blocks: Vec<((usize, usize, usize), String)> = Vec::new();
    for line in lines() {
        let number = match line.part {
            Part::Block(number) => (number, 0, 0),
            Part::Cell { block, row, column } => (block, row, column),
            Part::RepeatedHead | Part::PageOf(_) | Part::Note(_) | Part::PageNumber | Part::DraftMark => continue,
        };
        match blocks.last_mut() {
            Some((last, text)) if *last == number => *text += &line.text(),
            _ => blocks.push((number, line.text())),
        }
    }
    let numbers: Vec<_> = blocks.iter().map(|(number, _)| *number).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "in order, none torn apart: {numbers:?}");
    Words {
        text: blocks.into_iter().map(|(_, text)| text).collect(),
        notes: notes.into_iter().map(|(_, text)| text).collect(),
    }
}

#[test]
fn the_word_file_has_the_words_of_the_report() {
    let fonts = Fonts::bundled();
    for path in reports() {
        let doc = read(&path);
        let docx = write(&doc, Format::Docx, &fonts).unwrap();
        let (read, typed) = (words_of_docx(&docx), Words::of(&doc));
        if path.ends_with("issued/joint/report.toml") {
            // The names of several issuers and 文件 stand in cells of their own.
            assert_eq!((read.text.concat(), read.notes), (typed.text.concat(), typed.notes));
            continue;
        }
        assert_eq!(read, typed, "{}", path.display());
    }
}

#[test]
fn the_pages_have_the_words_of_the_report() {
    let fonts = Fonts::bundled();
    for path in reports() {
        let doc = read(&path);
        assert_eq!(words_of_pages(&layout(&doc, &fonts).unwrap()), Words::of(&doc), "{}", path.display());
    }
}

#[test]
fn a_page_for_every_page() {
    let fonts = Fonts::bundled();
    for path in reports() {
        let doc = read(&path);
        let pdf = lopdf::Document::load_mem(&write(&doc, Format::Pdf, &fonts).unwrap()).unwrap();
        assert_eq!(pdf.get_pages().len(), layout(&doc, &fonts).unwrap().pages.len(), "{}", path.display());
    }
}

#[test]
fn both_outputs_have_the_words_of_a_report_that_is_hard_to_break() {
    agrees(&report::hard());
}

/// That both outputs have the words of `doc`, in their order.
fn agrees(doc: &Doc) {
    let fonts = Fonts::bundled();
    let words = Words::of(doc);
    assert_eq!(words_of_pages(&layout(doc, &fonts).unwrap()), words, "on the pages");
    assert_eq!(words_of_docx(&write(doc, Format::Docx, &fonts).unwrap()), words, "in Word");
}

fn blocks() -> impl Strategy<Value = Block> {
    let kinds = [
        BlockKind::Salutation,
        BlockKind::Heading(1),
        BlockKind::Heading(2),
        BlockKind::Paragraph,
        BlockKind::ListItem(1),
        BlockKind::Quote,
    ];
    let role = prop::sample::select(vec![Role::Body, Role::Heading1, Role::Heading2]);
    let stretch =
        ("[青石镇党委会议问题整改，。、；：？！“”（）《》〔〕—…·～0-9a-zA-Z%℃㎡./&<>'𠮷-]{1,90}", role, any::<bool>());
    (prop::sample::select(kinds.to_vec()), prop::collection::vec(stretch, 1..4)).prop_map(|(kind, stretches)| {
        let inline = |(text, role, bold): (String, Role, bool)| Inline { bold, ..report::inline(&text, role) };
        report::block(kind, stretches.into_iter().map(inline).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_outputs_have_the_words_of_any_report(
        blocks in prop::collection::vec((blocks(), prop::option::weighted(0.3, "[青石镇，。、“”0-9a-z]{1,400}")), 1..14),
    ) {
        let mut doc = report::report(Vec::new());
        for (mut block, note) in blocks {
            if let Some(words) = note {
                let content = vec![report::inline(&words, Role::Body)];
                doc.notes.push(Note { content, span: Span::default() });
                let number = doc.notes.len();
                let at = 1 + number % block.content.len();
                let sign = Inline { note: Some(number), ..report::inline(&number.to_string(), Role::Body) };
                block.content.insert(at, sign);
            }
            doc.blocks.push(block);
        }
        agrees(&doc);
    }
}
