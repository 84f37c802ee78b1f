//! The words of the Word file and of the PDF's pages are the report's, in their order.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "examples are files")]

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::Event;
use report_gen::diag::Diagnostics;
use report_gen::doc::fill::fill;
use report_gen::doc::{self, BlockKind, Doc, Inline};
use report_gen::fonts::Fonts;
use report_gen::layout::{Pages, Part, layout};
use report_gen::manifest::{self, Images, raw};
use report_gen::source::Sources;
use report_gen::world::Memory;
use report_gen::write::{Format, write};

/// The report of this repository and all examples that build.
fn reports() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut reports = vec![root.join("report.toml")];
    let below = |folder: &str| std::fs::read_dir(root.join(folder)).unwrap();
    for entry in below("examples").chain(below("examples/gallery")) {
        let folder = entry.unwrap().path();
        if folder.join("report.toml").exists() && !folder.join("check.txt").exists() {
            reports.push(folder.join("report.toml"));
        }
    }
    assert!(reports.len() >= 3, "{reports:?}");
    reports
}

fn read(path: &Path) -> Doc {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let file = raw::load("report.toml", std::fs::read(path).unwrap(), &mut sources, &mut diags).unwrap();
    let mut manifest = manifest::read(&raw::read(file, &sources, &mut diags), &mut diags).unwrap();
    manifest.load(&mut Images::new(), &beside(path), &mut sources, &mut diags);
    let filled = fill(&manifest, &mut diags);
    let doc = doc::build(&manifest, &filled, None, &mut diags);
    assert!(!diags.has_errors(), "{}", path.display());
    doc
}

/// What stands beside a report.
fn beside(path: &Path) -> Memory {
    let entries = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = entries.filter(|path| path.is_file()).map(|path| (name(&path), std::fs::read(&path).unwrap()));
    Memory { files: files.collect(), epoch: None }
}

/// The paragraphs of a report, and the cells of its tables one by one. Where lines turn each output decides for itself,
/// the title's own turns included.
fn paragraphs(doc: &Doc) -> Vec<String> {
    let words = |content: &[Inline]| content.iter().map(|inline| inline.text.replace('\n', "")).collect::<String>();
    let mut all = Vec::new();
    for block in &doc.blocks {
        if let BlockKind::Table(table) = &block.kind {
            all.extend(table.rows.iter().flatten().flatten().map(|cell| words(&cell.content)));
        } else if block.has_paragraph() {
            all.push(words(&block.content));
        }
    }
    all.retain(|text| !text.is_empty());
    all
}

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
