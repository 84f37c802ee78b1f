//! Names that `[words] keep` declares, and those of leaders, are whole at a line's end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use report_gen::batch::{Job, run};
use report_gen::doc::Doc;
use report_gen::fonts::Fonts;
use report_gen::layout::{Item, Part, layout};
use report_gen::world::Memory;
use report_gen::write::{Format, write};

/// A report with `text`, on a template that keeps 张小明; it keeps 欧阳建国 itself.
fn report(text: &str) -> Doc {
    let template = "[template]\nname = \"汇报\"\n[report]\ntitle = \"工作汇报\"\n[words]\nkeep = [\"张小明\"]\n";
    let report = format!(
        "template = \"template.toml\"\n[words]\nkeep = [\"欧阳建国\"]\n[[section]]\ntext = \"\"\"\n{text}\n\"\"\"\n"
    );
    let files = BTreeMap::from([
        ("template.toml".to_owned(), template.as_bytes().to_vec()),
        ("report.toml".to_owned(), report.into_bytes()),
    ]);
    // A draft, since that hands out what is set.
    let job = Job { path: "report.toml".into(), draft: true, ..Job::default() };
    let outcome = run(&job, &Memory { files, epoch: None }, &Fonts::bundled()).unwrap();
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    outcome.doc.unwrap()
}

/// The lines of the text on the pages.
fn lines(doc: &Doc) -> Vec<String> {
    let pages = layout(doc, &Fonts::bundled()).unwrap();
    let mut lines = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Line(line) = item
            && matches!(line.part, Part::Block(_))
        {
            lines.push(line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.c).collect());
        }
    }
    lines
}

/// The words before and after each place where a run of the Word file has a spacing of its own, with that spacing.
fn spacings(doc: &Doc) -> Vec<(i64, String)> {
    let docx = write(doc, Format::Docx, &Fonts::bundled()).unwrap();
    let mut xml = String::new();
    zip::ZipArchive::new(Cursor::new(docx))
        .unwrap()
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let runs = xml.split("<w:r>").filter_map(|run| {
        let by = run.split_once("<w:spacing w:val=\"")?.1.split_once('"')?.0.parse().ok()?;
        let words = run.split_once("<w:t")?.1.split_once('>')?.1.split_once("</w:t>")?.0;
        Some((by, words.to_owned()))
    });
    runs.collect()
}

#[test]
fn names_of_the_template_the_report_and_leaders_are_whole() {
    // The indent takes two of the 28 characters; the name's first is the 26th of the words.
    for name in ["张小明", "欧阳建国", "习近平"] {
        let before = "会议研究部署下一步工作会议研究部署下一步工作要求各";
        assert_eq!(before.chars().count(), 25);
        let doc = report(&format!("{before}{name}同志会议研究部署下一步工作会议研究部署下一步工作。"));
        let lines = lines(&doc);
        assert!(lines.iter().any(|line| line.starts_with(name)), "{lines:?}");
        // 25 characters share the room of the 26th: 315 twips, and what the line had left.
        let spacings = spacings(&doc);
        assert_eq!(spacings.len(), 1, "{spacings:?}");
        assert_eq!(spacings[0].1, before);
        assert!((6..=9).contains(&spacings[0].0), "{spacings:?}");
    }
}

#[test]
fn where_no_name_is_parted_nothing_is_spread() {
    let doc = report("会议研究部署下一步工作，习近平同志会议研究部署下一步工作会议研究部署下一步工作。");
    assert!(spacings(&doc).is_empty());
}
