//! Word files before other programs' eyes: two validators, and LibreOffice.

use crate::example;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::office::{convert, save as save_all};
use crate::run::run;
use crate::tool::tests;
use report_gen::batch::{Job, run as run_job};
use report_gen::collect::collect;
use report_gen::doc::{
    Align, Block, BlockKind, Cell, Column, Doc, Draft, Gap, Inline, Meta, Missing, Outline, Shape, Table,
};
use report_gen::fonts::embed::common_chars;
use report_gen::fonts::{Fonts, Role};
use report_gen::manifest::{Embed, Faces, Lead, PageNumber, Style, TableLines};
use report_gen::placeholder::Scope;
use report_gen::source::Span;
use report_gen::world::Memory;
use report_gen::write::{Format, Made, docx};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

tests! {
    [OoxmlValidator]: ooxml_validator_finds_nothing;
    [OpenxmlAudit]: openxml_audit_finds_nothing;
    [Writer]: libreoffice_reads_the_same_words_and_saves_them, every_example_is_what_it_was_after_libreoffice_saved_it,
        a_draft_comes_back_through_libreoffice;
    [Writer, Poppler]: libreoffice_sets_22_lines_of_28_hanzi, libreoffice_sets_the_faces_that_the_file_carries,
        libreoffice_shows_the_gaps_in_yellow_and_says_what_it_is;
}

fn block(kind: BlockKind, content: &[(&str, Role, bool)]) -> Block {
    let content = content
        .iter()
        .map(|&(text, role, bold)| Inline {
            bold,
            gap: (text == "X").then_some(Gap::Others),
            ..Inline::new(text, role)
        })
        .collect();
    Block { kind, content, outline: None, space_after: 0, span: Span::default() }
}

/// A table with merged cells and a head of two rows.
fn table(lines: TableLines) -> Table {
    let cell = |text: &str, columns, rows| {
        let content = vec![Inline::new(text, Role::Body)];
        Some(Cell { content, columns, rows, span: Span::default() })
    };
    let column = |align| Column { width: None, align };
    Table {
        columns: vec![column(Align::Centre), column(Align::Decimal), column(Align::Left)],
        head: 2,
        rows: vec![
            vec![cell("物资", 1, 2), cell("储备", 2, 1), None],
            vec![None, cell("数量", 1, 1), cell("地点", 1, 1)],
            vec![cell("块石", 1, 1), cell("8.25", 1, 1), cell("村部仓库", 1, 2)],
            vec![cell("木桩", 1, 1), cell("120", 1, 1), None],
        ],
        lines,
        landscape: false,
    }
}

/// A report with every kind of paragraph, every face, a gap, and signs that need escaping.
fn report() -> Doc {
    let mut blocks = vec![
        block(BlockKind::Title, &[("青石镇学习贯彻\n主题教育汇报", Role::Title, false)]),
        block(BlockKind::Subtitle, &[("——2023年上半年", Role::Heading2, false)]),
        block(BlockKind::Byline, &[("中共青石镇委员会", Role::Heading2, false)]),
        block(BlockKind::Dateline, &[("（2023年11月20日）", Role::Heading2, false)]),
        block(BlockKind::Salutation, &[("各位领导：", Role::Body, false)]),
        block(BlockKind::Heading(1), &[("一、学深悟透强根基", Role::Heading1, false)]),
        block(BlockKind::Heading(2), &[("（一）抓学习", Role::Heading2, false)]),
        block(BlockKind::Heading(3), &[("1.抓班子", Role::Body, false)]),
        block(BlockKind::Heading(4), &[("（1）抓会议", Role::Body, false)]),
        block(
            BlockKind::Paragraph,
            &[("一是抓好会议。", Role::Body, true), ("召开会议12次，“五个一”工程……占98.7%", Role::Body, false)],
        ),
        block(
            BlockKind::Paragraph,
            &[("着重", Role::Heading2, false), ("号①与𠮷字 & <尖括号>共", Role::Body, false), ("X", Role::Body, false)],
        ),
        block(BlockKind::ListItem(1), &[("（1）甲项", Role::Body, false)]),
        block(BlockKind::ListItem(3), &[("①乙项", Role::Body, false)]),
        block(BlockKind::Quote, &[("民惟邦本，本固邦宁。", Role::Heading2, false)]),
        block(BlockKind::AttachmentNote { indent: 2, lead: 5 }, &[("附件：1.清单", Role::Body, false)]),
        block(BlockKind::AttachmentNote { indent: 5, lead: 2 }, &[("2.名册", Role::Body, false)]),
        block(BlockKind::Signature, &[("青石镇人民政府", Role::Body, false)]),
        block(BlockKind::SignedOn, &[("2023年11月20日", Role::Body, false)]),
        block(BlockKind::PageBreak, &[]),
        block(BlockKind::AttachmentMark, &[("附件1", Role::Heading1, false)]),
        block(BlockKind::AttachmentTitle, &[("清单", Role::Title, false)]),
        block(BlockKind::TableCaption, &[("表1　储备", Role::Heading1, false)]),
        block(BlockKind::Table(Box::new(table(TableLines::Grid))), &[]),
        block(BlockKind::Table(Box::new(table(TableLines::Three))), &[]),
    ];
    blocks[3].space_after = 1;
    for (index, level) in [(5, 1), (6, 2), (7, 3), (9, 2)] {
        blocks[index].outline = Some(Outline { level, title: blocks[index].text(), id: format!("s{index}") });
    }
    let meta = Meta {
        title: "青石镇学习贯彻主题教育汇报".to_owned(),
        author: Some("中共青石镇委员会".to_owned()),
        lang: "zh-CN".to_owned(),
        date: None,
        created: Some(1_700_467_200),
    };
    Doc { meta, style: Style::default(), blocks, notes: Vec::new(), draft: None }
}

/// The report as a draft, its gap being the third of a figure's holes, in two places.
fn draft() -> Doc {
    let mut doc = report();
    let missing = Missing {
        key: "<甲>X、X、X & 乙".to_owned(),
        scope: Scope::Report,
        section: None,
        figure: None,
        shape: Shape::Several(3),
        unnamed: false,
        kind: None,
        span: Span::default(),
        value_span: Span::default(),
        places: Vec::new(),
    };
    doc.draft = Some(Draft { missing: vec![missing] });
    let gap = Some(Gap::Figure { missing: 0, hole: 2 });
    for inline in doc.blocks.iter_mut().flat_map(|block| &mut block.content).filter(|inline| inline.gap.is_some()) {
        inline.gap = gap;
    }
    doc.blocks[0].content.push(Inline { gap, ..Inline::new("XX", Role::Title) });
    doc
}

/// Some three pages of hanzi without a mark, of which the second must be full.
fn plain_pages() -> Doc {
    let hanzi = common_chars().iter().filter(|&&c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let text: String = hanzi.cycle().take(3 * 22 * 28).collect();
    let blocks = vec![block(BlockKind::Paragraph, &[(&text, Role::Body, false)])];
    Doc { meta: Meta::default(), style: Style::default(), blocks, notes: Vec::new(), draft: None }
}

fn save(doc: &Doc, directory: &Path) -> PathBuf {
    let path = directory.join("report.docx");
    let file = docx::write(doc, &Fonts::bundled()).expect("the report is written");
    std::fs::write(&path, file).expect("the temporary directory takes the file");
    path
}

fn directory() -> TempDir {
    tempfile::tempdir().expect("there is a temporary directory")
}

fn ooxml_validator_finds_nothing() {
    finds_nothing("ooxml-validator", "\"ok\": true");
}

fn openxml_audit_finds_nothing() {
    finds_nothing("openxml-audit", "Errors: 0");
}

/// Holds reports in every style, and all examples, to a validator, which prints `content` where it has no complaint.
fn finds_nothing(validator: &str, content: &str) {
    let variants: [fn(&mut Style); 4] = [
        |_| {},
        |style| {
            style.faces = Faces::Office;
            style.lead = Lead::Kai;
            style.page_number = PageNumber::Center;
        },
        |style| {
            style.faces = Faces::Gb2312;
            style.embed = Some(Embed::None);
            style.bold_levels = [true; 4];
            style.page_number = PageNumber::None;
        },
        |style| {
            style.embed = Some(Embed::Common);
            style.latin_gap = 250;
            style.widow_control = true;
        },
    ];
    let docs = variants.map(|variant| {
        let mut doc = report();
        variant(&mut doc.style);
        doc
    });
    let ours = docs.into_iter().chain([draft()]).enumerate().map(|(index, doc)| (index.to_string(), doc));
    let examples = example::reports().into_iter().map(|path| (path.display().to_string(), example::read(&path)));
    for (name, doc) in ours.chain(examples) {
        let directory = directory();
        let file = save(&doc, directory.path());
        let said = run(Command::new(validator).arg(&file));
        assert!(said.good && said.all().contains(content), "{name}: {}", said.all());
    }
}

fn libreoffice_sets_22_lines_of_28_hanzi() {
    let directory = directory();
    let file = save(&plain_pages(), directory.path());
    let pdf = convert(&file, directory.path(), "pdf");
    let output = run(Command::new("pdftotext").args(["-f", "2", "-l", "2"]).arg(&pdf).arg("-"));
    let page = output.all();
    let lines: Vec<usize> = page.lines().map(|line| line.chars().count()).take_while(|&length| length > 5).collect();
    assert_eq!(lines, [28; 22], "{page}");
}

fn libreoffice_sets_the_faces_that_the_file_carries() {
    for faces in [Faces::Own, Faces::Office] {
        let mut doc = report();
        doc.style.faces = faces;
        let directory = directory();
        let file = save(&doc, directory.path());
        let pdf = convert(&file, directory.path(), "pdf");
        let output = run(Command::new("pdffonts").arg(&pdf));
        let table = output.all();
        for name in ["FangSong", "Hei", "Kai", "Title", "Song", "Rare"] {
            assert!(table.contains(&format!("+ReportGen{name}-Regular")), "{faces:?} {name}:\n{table}");
        }
        // Above the fonts stand two lines of heads. Office documents name Times New Roman, which may be missing.
        let others = table.lines().skip(2).filter(|line| !line.contains("+ReportGen")).count();
        assert!(others <= usize::from(faces == Faces::Office), "{faces:?}:\n{table}");
    }
}

fn libreoffice_reads_the_same_words_and_saves_them() {
    let doc = report();
    let mut wanted: Vec<String> = Vec::new();
    for block in &doc.blocks {
        if let BlockKind::Table(table) = &block.kind {
            // LibreOffice writes a cell a line; those that are merged away are empty.
            let cells = table.rows.iter().flatten().flatten();
            wanted.extend(cells.map(|cell| cell.content.iter().map(|inline| inline.text.as_str()).collect()));
        } else if block.kind.has_paragraph() {
            wanted.push(block.text());
        }
    }
    let directory = directory();
    let file = save(&doc, directory.path());
    let saved = convert(&file, directory.path(), "docx");
    let again = tempfile::tempdir_in(directory.path()).expect("there is room for another");
    for file in [file, saved] {
        let plain = convert(&file, again.path(), "txt");
        let bytes = std::fs::read(plain).expect("the text is there");
        let words = String::from_utf8_lossy(&bytes).replace('\u{feff}', "").replace("\r\n", "\n");
        let found: Vec<&str> =
            words.lines().flat_map(|line| line.split('\t')).filter(|line| !line.is_empty()).collect();
        assert_eq!(found, wanted.iter().flat_map(|text| text.lines()).collect::<Vec<_>>());
    }
}

fn every_example_is_what_it_was_after_libreoffice_saved_it() {
    let directory = directory();
    let mut files = Vec::new();
    let (plain, all) = (example::plain_reports(), example::reports());
    let docs: Vec<Doc> = all.iter().map(|path| example::read(path)).collect();
    for (number, doc) in docs.iter().enumerate() {
        let path = directory.path().join(format!("{number}.docx"));
        std::fs::write(&path, docx::write(doc, &Fonts::bundled()).expect("the report is written"))
            .expect("the temporary directory takes the file");
        files.push(path);
    }
    let out = directory.path().join("out");
    let saved = save_all(&files, "docx", directory.path(), &out);
    for ((path, doc), file) in all.iter().zip(&docs).zip(&files) {
        let bytes = std::fs::read(out.join(file.file_name().expect("the file has a name")));
        let bytes = bytes.unwrap_or_else(|error| panic!("{error}: {}", saved.all()));
        assert_eq!(docx::made(&bytes), Made::Untouched, "{}", doc.meta.title);
        if !plain.contains(path) {
            // What an issued document has besides a report, an import tells and leaves out.
            continue;
        }
        let again = example::imported(&bytes);
        assert_eq!(example::paragraphs(&again), example::paragraphs(doc));
        assert_eq!(again.notes.len(), doc.notes.len(), "{}", doc.meta.title);
        let pictures = |doc: &Doc| doc.blocks.iter().filter(|it| matches!(it.kind, BlockKind::Picture(_))).count();
        assert_eq!(pictures(&again), pictures(doc), "{}", doc.meta.title);
    }
}

/// A report whose gaps are of every shape.
const OPEN: &str = r#"[report]
title = "XX镇禁渔工作汇报"
author = "XX镇人民政府"

[[section]]
id = "patrol"
heading = "抓巡查"
text = "X月X日起巡查X次，覆盖XX、XX、XX等X个渡口，劝离X人，占x.x%。"

[[section]]
id = "words"
heading = "抓宣传"
text = "发放单页X份，劝离X人。"
"#;

/// A document whose controls hold these values, an empty one meaning that it stays open.
fn filled(document: &str, values: &[&str]) -> String {
    let mut controls = document.split("<w:sdt>");
    let mut out = controls.next().expect("there is a beginning").to_owned();
    let mut count = 0;
    for (control, value) in controls.zip(values) {
        let end = control.find("</w:t>").expect("a control holds text");
        let start = control[..end].rfind('>').expect("in an element") + 1;
        let value = if value.is_empty() { &control[start..end] } else { value };
        out += &format!("<w:sdt>{}{value}{}", &control[..start], &control[end..]);
        count += 1;
    }
    assert_eq!(count, values.len());
    out
}

fn a_draft_comes_back_through_libreoffice() {
    let world = Memory { files: [("r.toml".to_owned(), OPEN.into())].into(), epoch: None };
    let job = Job { path: "r.toml".into(), ..Job::default() };
    let fonts = Fonts::bundled();
    let draft = Job { formats: vec![Format::Docx], draft: true, ..job.clone() };
    let (_, draft) = run_job(&draft, &world, &fonts).expect("the draft is built").files.remove(0);
    let values = ["北湾", "", "3", "1", "24", "上渡", "下渡", "", "2", "9", "97.5", "600", ""];
    let mut archive = ZipArchive::new(Cursor::new(draft)).expect("it is a zip file");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("the entry is there");
        let name = part.name().to_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it can be read");
        if name == "word/document.xml" {
            bytes = filled(&String::from_utf8(bytes).expect("XML"), &values).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("there is room");
        out.write_all(&bytes).expect("there is room");
    }
    let file = out.finish().expect("there is room").into_inner();
    let directory = directory();
    let path = directory.path().join("back.docx");
    std::fs::write(&path, &file).expect("the temporary directory takes the file");
    let saved = std::fs::read(convert(&path, directory.path(), "docx")).expect("it was saved");
    let files = [file, saved];
    for (index, file) in files.iter().enumerate() {
        let collected = collect(file, "back.docx", &job, &world, &fonts).expect("it is read");
        assert_eq!(collected.outcome.diagnostics, [], "{index}");
        assert_eq!(
            collected.values,
            "[figures]\n\"XX镇\" = \"北湾\"\n\"X月X日\" = [3, 1]\n\"巡查X次\" = 24\n\
             \"覆盖XX、XX、XX等X个\" = { list = [\"上渡\", \"下渡\"] }\n\"patrol>劝离X人\" = 9\n\
             \"占x.x%\" = 97.5\n\"发放单页X份\" = 600\n",
            "{index}"
        );
        let open: Vec<String> = collected.outcome.missing.iter().map(|missing| missing.address()).collect();
        assert_eq!(open, ["words>劝离X人"], "{index}");
    }
}

fn libreoffice_shows_the_gaps_in_yellow_and_says_what_it_is() {
    let directory = directory();
    let file = save(&draft(), directory.path());
    let pdf = convert(&file, directory.path(), "pdf");
    let output = run(Command::new("pdftotext").arg(&pdf).arg("-"));
    assert!(output.all().trim_start().starts_with("草稿"), "{}", output.all());
    let image = directory.path().join("page");
    run(Command::new("pdftoppm").args(["-r", "40", "-f", "1", "-l", "1"]).arg(&pdf).arg(&image));
    let page = std::fs::read(directory.path().join("page-1.ppm")).expect("the page was drawn");
    let is_yellow = |pixel: &&[u8]| pixel.iter().take(2).all(|&c| c > 200) && pixel.last().is_some_and(|&c| c < 60);
    let yellow = page.rchunks(3).filter(is_yellow).count();
    assert!(yellow > 40, "{yellow} pixels are yellow");
}
