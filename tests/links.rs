//! Addresses in the text lead there, in both outputs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use lopdf::{Document, Object};
use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;

const REPORT: &str = "[report]\ntitle = \"汇报\"\n[[section]]\nheading = \"抓公开\"\ntext = \"\"\"\n\
    各村台账X本，都公布在村务公开网站 https://a.example/one?b=1&c=2 ，或见[网站](http://b.example/(y))。\n\
    * 一处 https://a.example/one?b=1&c=2。\n\"\"\"\n[figures]\n\"台账X本\" = 3\n";

fn build() -> BTreeMap<Format, Vec<u8>> {
    built(REPORT)
}

fn built(report: &str) -> BTreeMap<Format, Vec<u8>> {
    let world = Memory { files: [("report.toml".into(), report.into())].into(), epoch: None };
    let job = Job { path: "report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    let outcome = run(&job, &world, &Fonts::bundled()).unwrap();
    assert_eq!(outcome.diagnostics, []);
    outcome.files.into_iter().collect()
}

#[test]
fn the_pdf_has_an_action_for_each_line_of_an_address() {
    let pdf = Document::load_mem(&build()[&Format::Pdf]).unwrap();
    let mut found = Vec::new();
    for page in pdf.get_pages().into_values() {
        for link in pdf.get_dictionary(page).unwrap().get(b"Annots").unwrap().as_array().unwrap() {
            let link = pdf.get_dictionary(link.as_reference().unwrap()).unwrap();
            let action = link.get(b"A").unwrap().as_dict().unwrap();
            assert_eq!(action.get(b"S").unwrap().as_name().unwrap(), b"URI");
            found.push(String::from_utf8(action.get(b"URI").unwrap().as_str().unwrap().to_vec()).unwrap());
            let corners: Vec<f32> =
                link.get(b"Rect").unwrap().as_array().unwrap().iter().map(|at| Object::as_float(at).unwrap()).collect();
            let (width, height) = (corners[2] - corners[0], corners[3] - corners[1]);
            assert!(width > 8.0 && width < 443.0 && (15.9..16.1).contains(&height), "{corners:?}");
        }
    }
    found.dedup();
    assert_eq!(found, ["https://a.example/one?b=1&c=2", "http://b.example/(y)", "https://a.example/one?b=1&c=2"]);
}

#[test]
fn the_word_file_has_a_relationship_for_each_address_and_every_word_once() {
    let file = build().remove(&Format::Docx).unwrap();
    let part = |name: &str| {
        let mut text = String::new();
        let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let relationships = part("word/_rels/document.xml.rels");
    for (id, url) in [("rIdLink1", "http://b.example/(y)"), ("rIdLink2", "https://a.example/one?b=1&amp;c=2")] {
        let target = format!("Target=\"{url}\" TargetMode=\"External\"");
        let relationship =
            relationships.split("<Relationship ").find(|one| one.contains(&format!("\"{id}\""))).unwrap();
        assert!(relationship.contains(&target), "{relationship}");
    }
    let document = part("word/document.xml");
    let linked: Vec<&str> = document.split("<w:hyperlink ").skip(1).collect();
    let ids: Vec<&str> = linked.iter().map(|link| link.split('"').nth(1).unwrap()).collect();
    assert_eq!(ids, ["rIdLink2", "rIdLink1", "rIdLink2"], "{linked:?}");
}

/// What is no sign of addresses is encoded in both files, and nothing of the address is cut off.
#[test]
fn hanzi_brackets_queries_and_mail_are_whole_in_both_outputs() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n见[甲](https://a.example/公告?名=值#节)、\
        [乙](mailto:a@b.example)和https://c.example/x_(y)。\n\"\"\"\n";
    let expected = [
        "https://a.example/%E5%85%AC%E5%91%8A?%E5%90%8D=%E5%80%BC#%E8%8A%82",
        "mailto:a@b.example",
        "https://c.example/x_(y)",
    ];
    let files = built(report);
    let pdf = Document::load_mem(&files[&Format::Pdf]).unwrap();
    let mut found = Vec::new();
    for page in pdf.get_pages().into_values() {
        for link in pdf.get_dictionary(page).unwrap().get(b"Annots").unwrap().as_array().unwrap() {
            let link = pdf.get_dictionary(link.as_reference().unwrap()).unwrap();
            let action = link.get(b"A").unwrap().as_dict().unwrap();
            found.push(String::from_utf8(action.get(b"URI").unwrap().as_str().unwrap().to_vec()).unwrap());
        }
    }
    found.dedup();
    assert_eq!(found, expected);
    let mut relationships = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(&files[&Format::Docx])).unwrap();
    archive.by_name("word/_rels/document.xml.rels").unwrap().read_to_string(&mut relationships).unwrap();
    for url in expected {
        assert!(relationships.contains(&format!("Target=\"{url}\" TargetMode=\"External\"")), "{relationships}");
    }
}
