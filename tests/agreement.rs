//! The words of the Word file and of the PDF's pages are the report's, in their order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod example;

use std::io::{Cursor, Read};

use example::{paragraphs, read, reports};
use quick_xml::Reader;
use quick_xml::events::Event;
use report_gen::fonts::Fonts;
use report_gen::layout::{Pages, Part, layout};
use report_gen::write::{Format, write};

/// The paragraphs of a Word file that have words: an empty line is no words.
fn words_of_docx(docx: &[u8]) -> Vec<String> {
    let mut xml = String::new();
    zip::ZipArchive::new(Cursor::new(docx))
        .unwrap()
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let mut reader = Reader::from_str(&xml);
    let mut paragraphs = Vec::new();
    let (mut in_text, mut in_instruction) = (false, false);
    // The number of a page in the contents is no word of the report.
    let mut in_number = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"w:p" => paragraphs.push(String::new()),
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

/// The words of the pages, by the blocks that their lines are part of, in the order of the pages.
fn words_of_pages(pages: &Pages) -> Vec<String> {
    let mut blocks: Vec<((usize, usize, usize), String)> = Vec::new();
    for line in pages.pages.iter().flat_map(|page| page.lines()) {
        let number = match line.part {
            Part::Block(number) => (number, 0, 0),
            Part::Cell { block, row, column } => (block, row, column),
            Part::RepeatedHead | Part::PageOf(_) | Part::PageNumber | Part::DraftMark => continue,
        };
        match blocks.last_mut() {
            Some((last, text)) if *last == number => *text += &line.text(),
            _ => blocks.push((number, line.text())),
        }
    }
    let numbers: Vec<_> = blocks.iter().map(|(number, _)| *number).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "in order, none torn apart: {numbers:?}");
    blocks.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn the_word_file_has_the_words_of_the_report() {
    let fonts = Fonts::bundled();
    for path in reports() {
        let doc = read(&path);
        let docx = write(&doc, Format::Docx, &fonts).unwrap();
        assert_eq!(words_of_docx(&docx), paragraphs(&doc), "{}", path.display());
    }
}

#[test]
fn the_pages_have_the_words_of_the_report() {
    let fonts = Fonts::bundled();
    for path in reports() {
        let doc = read(&path);
        assert_eq!(words_of_pages(&layout(&doc, &fonts).unwrap()), paragraphs(&doc), "{}", path.display());
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
