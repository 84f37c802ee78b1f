//! The contents in both outputs: the right numbers, and links that lead there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use lopdf::{Document, Object};
use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;

/// A report of some ten pages, and its outputs.
fn build(numbering: &str) -> BTreeMap<Format, Vec<u8>> {
    let mut report = format!("[report]\ntitle = \"汇报\"\n[style]\ntoc = true\nnumbering = \"{numbering}\"\n");
    for chapter in 0..30 {
        let text = "镇".repeat(150 + chapter * 10);
        report += &format!("[[section]]\nheading = \"第{chapter}章\"\ntext = \"{text}\"\n");
    }
    let world = Memory { files: [("report.toml".into(), report.into())].into(), epoch: None };
    let job = Job { path: "report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    let outcome = run(&job, &world, &Fonts::bundled()).unwrap();
    assert_eq!(outcome.diagnostics, []);
    outcome.files.into_iter().collect()
}

/// For each line of the outline its title and its page, from 1.
fn outline(pdf: &Document) -> Vec<usize> {
    let pages: BTreeMap<_, _> = pdf.get_pages().into_iter().map(|(number, id)| (id, number as usize)).collect();
    let dict = |object: &Object| pdf.get_dictionary(object.as_reference().unwrap()).unwrap();
    let mut found = Vec::new();
    let mut next = dict(pdf.catalog().unwrap().get(b"Outlines").unwrap()).get(b"First").ok();
    while let Some(entry) = next.map(dict) {
        let place = entry.get(b"Dest").unwrap().as_array().unwrap();
        found.push(pages[&place[0].as_reference().unwrap()]);
        next = entry.get(b"Next").ok();
    }
    found
}

#[test]
fn links_and_fields_lead_to_the_pages_of_the_outline() {
    for numbering in ["block", "run-in"] {
        let files = build(numbering);
        let pdf = Document::load_mem(&files[&Format::Pdf]).unwrap();
        let wanted = outline(&pdf);
        assert_eq!(wanted.len(), 30);
        assert!(wanted.first() == Some(&3) && wanted.last() > Some(&8), "contents take two pages: {wanted:?}");

        let numbers: BTreeMap<_, _> = pdf.get_pages().into_iter().map(|(number, id)| (id, number as usize)).collect();
        let mut linked = Vec::new();
        for &page in pdf.get_pages().values() {
            let Ok(links) = pdf.get_dictionary(page).unwrap().get(b"Annots").and_then(Object::as_array) else {
                continue;
            };
            for link in links {
                let link = pdf.get_dictionary(link.as_reference().unwrap()).unwrap();
                let place = link.get(b"Dest").unwrap().as_array().unwrap();
                linked.push(numbers[&place[0].as_reference().unwrap()]);
            }
        }
        assert_eq!(linked, wanted, "{numbering}");

        let mut document = String::new();
        let mut archive = zip::ZipArchive::new(Cursor::new(&files[&Format::Docx])).unwrap();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
        let fields = document.split(" PAGEREF ").skip(1);
        let number = |field: &str| field.split("<w:t>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
        assert_eq!(fields.map(number).collect::<Vec<usize>>(), wanted, "{numbering}");
        assert_eq!(document.matches(" TOC \\o").count(), usize::from(numbering == "block"));
        let marks = |kind| document.matches(&format!("w:fldCharType=\"{kind}\"")).count();
        assert_eq!(marks("begin"), marks("end"));
    }
}
