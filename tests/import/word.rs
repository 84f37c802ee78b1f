//! Word files: those that the program built, and those of other programs.

use std::io::Write;

use report_gen::batch::{Job, run};
use report_gen::doc::{BlockKind, Doc};
use report_gen::fonts::Fonts;
use report_gen::import::{Draft, Form, Imported, import};
use report_gen::lint;
use report_gen::world::Memory;
use report_gen::write::{Format, write};

use super::rebuilt::printed;
use super::{cases, example, faults, imported};

fn word(bytes: &[u8]) -> Imported {
    import(&Draft { name: "汇报.docx", bytes, form: Form::Word, figures_too: false }, &Fonts::bundled())
}

/// The Word file of a draft of the report file `toml`.
fn built(toml: &str) -> Vec<u8> {
    let world = Memory { files: [("report.toml".into(), toml.into())].into(), epoch: None };
    let job = Job { path: "report.toml".into(), formats: vec![Format::Docx], draft: true, ..Job::default() };
    let mut outcome = run(&job, &world, &Fonts::bundled()).unwrap();
    assert_eq!(outcome.files.len(), 1, "{:?}", outcome.diagnostics);
    outcome.files.remove(0).1
}

/// The keys of a report file's figures, in order.
fn keys(toml: &str) -> Vec<&str> {
    toml.lines()
        .filter_map(|line| line.split_once(" = \"\"").or(line.split_once(" = [\"\"")))
        .map(|(key, _)| key)
        .collect()
}

#[test]
fn a_file_that_the_program_built_gives_back_its_text_and_figures() {
    for case in cases("import/drafts").iter().filter(|case| case.name.ends_with(".txt")) {
        let first = imported(&case.name, &case.text, false).toml.unwrap();
        let second = word(&built(&first)).toml.unwrap();
        assert_eq!(printed(&second), printed(&first), "{}\n{second}", case.name);
        assert_eq!(faults(&second), [""; 0], "{}\n{second}", case.name);
        let named = |toml: &str| toml.contains("X{");
        if !named(&first) {
            assert_eq!(keys(&second), keys(&first), "{}\n{second}", case.name);
        }
    }
}

#[test]
fn every_example_comes_back_from_its_word_file() {
    // What an issued document has besides a report, an import tells and leaves out.
    for path in example::plain_reports() {
        let doc = example::read(&path);
        let again = example::imported(&write(&doc, Format::Docx, &Fonts::bundled()).unwrap());
        assert_eq!(example::paragraphs(&again), example::paragraphs(&doc), "{}", path.display());
        let count = |doc: &Doc, is: fn(&BlockKind) -> bool| doc.blocks.iter().filter(|block| is(&block.kind)).count();
        let kinds: [fn(&BlockKind) -> bool; 6] = [
            |kind| matches!(kind, BlockKind::Table(_)),
            |kind| matches!(kind, BlockKind::Picture(_)),
            |kind| matches!(kind, BlockKind::PictureCaption),
            |kind| matches!(kind, BlockKind::ContentsEntry { .. }),
            |kind| matches!(kind, BlockKind::AttachmentTitle),
            |kind| matches!(kind, BlockKind::Signature | BlockKind::SignedOn | BlockKind::Salutation),
        ];
        for (number, is) in kinds.into_iter().enumerate() {
            assert_eq!(count(&again, is), count(&doc, is), "{} {number}", path.display());
        }
    }
}

/// A Word file with `body`, and with `numbering` and `notes` where there are any.
fn package(body: &str, numbering: &str, notes: &str) -> Vec<u8> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |list: &[(&str, &str)]| {
        let one = |(index, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"r{index}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>")
        };
        let all: String = list.iter().enumerate().map(one).collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a5\"><w:name w:val=\"Title\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>";
    let parts = [
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        (
            "word/_rels/document.xml.rels",
            relations(&[("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")]).replace(
                "</Relationships>",
                &format!(
                    "<Relationship Id=\"web\" Type=\"{R}/hyperlink\" Target=\"https://x.cn/a\" TargetMode=\"External\"/>\
                     </Relationships>"
                ),
            ),
        ),
        ("word/document.xml", format!("<w:document {W} xmlns:r=\"{R}\"><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", format!("<w:styles {W}>{styles}</w:styles>")),
        ("word/numbering.xml", format!("<w:numbering {W}>{numbering}</w:numbering>")),
        ("word/footnotes.xml", format!("<w:footnotes {W}>{notes}</w:footnotes>")),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn a_link_whose_address_is_not_its_words_is_told() {
    let link = |words: &str| {
        format!(
            "<w:p><w:hyperlink r:id=\"web\"><w:r><w:t>{words}</w:t></w:r></w:hyperlink><w:r><w:t>。</w:t></w:r></w:p>"
        )
    };
    let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("", "甲"), link("见公告"));
    let body = format!("{}{}{}{cell}", p("", "概况"), link("见网站"), link("https://x.cn/a"));
    let told = word(&package(&body, "", "")).diagnostics;
    let links: Vec<_> = told.iter().filter(|fault| fault.message.zh.contains("的链接没有导入")).collect();
    assert_eq!(links.len(), 2, "{told:?}");
    assert!(links[0].message.zh.contains("[见网站](<https://x.cn/a>)"), "{links:?}");
    assert!(links[1].message.zh.contains("[见公告](<https://x.cn/a>)"), "{links:?}");
    assert!(links.iter().all(|fault| fault.code.name() == "not-imported"));
}

#[test]
fn what_words_have_besides_is_kept_or_told() {
    const M: &str = "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";
    let run = |properties: &str, words: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>");
    let raised = "<w:vertAlign w:val=\"superscript\"/>";
    let prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击或点击此处输入文字。</w:t></w:r>\
                  </w:sdtContent></w:sdt>";
    let fraction = format!(
        "<m:oMath {M}><m:f><m:num><m:r><m:t>26</m:t></m:r></m:num><m:den><m:r><m:t>31</m:t></m:r></m:den></m:f></m:oMath>"
    );
    let body = [
        p("", "用水情况汇报"),
        format!("<w:p>{}{}{}{}</w:p>", run("", "占地10km"), run(raised, "2"), run("", "，约10"), run(raised, "5")),
        format!("<w:p>{}{fraction}</w:p>", run("", "整改率为")),
        format!("<w:p>{}{}{}</w:p>", run("", "走访9户"), run("<w:strike/>", "，作废"), run("", "。")),
        format!(
            "<w:p>{}{prompt}{}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
            run("", "培训"),
            run("", "人。")
        ),
        "<w:altChunk/>".to_owned(),
    ];
    let imported = word(&package(&body.concat(), "", ""));
    let toml = imported.toml.unwrap();
    for words in ["占地10km²，约10^5\n", "整改率为26/31\n", "走访9户。\n", "培训XX人。"] {
        assert!(toml.contains(words), "{words}: {toml}");
    }
    let told: Vec<&str> = imported.diagnostics.iter().map(|fault| fault.message.zh.as_str()).collect();
    for words in ["上标", "公式写成了一行“26/31”", "划去的“，作废”没有导入", "此处输入文字", "修订", "另一份文档"]
    {
        assert!(told.iter().any(|message| message.contains(words)), "{words}: {told:?}");
    }
}

#[test]
fn the_head_and_the_foot_of_an_issued_document_are_told_from_its_text() {
    let body: String = [
        p("<w:jc w:val=\"center\"/>", "甲县人民政府文件"),
        p("<w:jc w:val=\"center\"/>", "甲政发〔20XX〕X号"),
        p("<w:jc w:val=\"center\"/>", "关于做好供水工作的通知"),
        p("", "各乡镇人民政府："),
        p("", "新建水厂X座。"),
        p("<w:jc w:val=\"right\"/>", "甲县人民政府"),
        p("<w:jc w:val=\"right\"/>", "20XX年X月X日"),
        p("", "甲县人民政府办公室　　20XX年X月X日印发"),
    ]
    .concat();
    let imported = word(&package(&body, "", ""));
    let toml = imported.toml.unwrap();
    for line in [
        "title = \"关于做好供水工作的通知\"",
        "salutation = \"各乡镇人民政府：\"",
        "signature = \"甲县人民政府\"",
        "signed_on = \"20XX年X月X日\"",
        "text = \"\"\"\n新建水厂X座。\n\"\"\"",
    ] {
        assert!(toml.contains(line), "{line}: {toml}");
    }
    assert_eq!(faults(&toml), [""; 0], "{toml}");
    assert_eq!(imported.diagnostics.iter().filter(|fault| fault.code.name() == "not-imported").count(), 3);
}

const NUMBERED: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>";

#[test]
fn headings_that_word_numbers_are_numbered_by_the_program() {
    let heading = "<w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let bullet = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>";
    let body = [
        p("<w:pStyle w:val=\"a5\"/>", "XX镇用水情况"),
        p(heading, "现状"),
        p("", "现有水厂X座。"),
        p(bullet, "一厂供X户"),
        p(bullet, "二厂供X户"),
        p(heading, "打算"),
        p("", "新建水厂X座。"),
    ];
    let imported = word(&package(&body.concat(), NUMBERED, ""));
    let toml = imported.toml.unwrap();
    assert!(toml.contains("numbering = \"block\"") && toml.contains("heading = \"打算\""), "{toml}");
    assert!(toml.contains("title = \"XX镇用水情况\"") && toml.contains("\n- 二厂供X户\n"), "{toml}");
    assert_eq!(printed(&toml), "□镇用水情况一、现状现有水厂□座。•一厂供□户•二厂供□户二、打算新建水厂□座。");
    assert_eq!(faults(&toml), [""; 0]);
}

#[test]
fn tables_notes_and_changes_leave_no_word_behind() {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|words| format!("<w:tc>{}</w:tc>", p("", words))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table = format!("<w:tbl>{}{}</w:tbl>", row(&["村名", "户数"]), row(&["XX村", "X户"]));
    let changed = "<w:p><w:r><w:t>共有</w:t></w:r><w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>新建</w:t></w:r></w:ins><w:r><w:t>水厂X座</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>供水X吨。</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("", "含在建X座"));
    let body = [p("", "用水情况汇报"), changed.into(), control.into(), table].concat();
    let imported = word(&package(&body, "", &notes));
    let toml = imported.toml.unwrap();
    assert_eq!(printed(&toml), "用水情况汇报共有新建水厂□座含在建□座供水□吨。村名户数□村□户");
    assert_eq!(faults(&toml), [""; 0]);
    let told: Vec<&str> = imported.diagnostics.iter().map(|fault| fault.message.zh.as_str()).collect();
    assert!(!told.iter().any(|told| told.contains("脚注")), "{told:?}");
    assert!(toml.contains("水厂X座[^1]\n[^1]: 含在建X座\n"), "{toml}");
    assert!(toml.contains("\n\n| 村名 | 户数 |\n|---|---|\n| XX村 | X户 |\n"), "{toml}");
}

/// How many faults a proofreader finds.
fn proofread(bytes: &[u8]) -> usize {
    let world = Memory { files: [("汇报.docx".into(), bytes.into())].into(), epoch: None };
    lint::run(&lint::Job { path: "汇报.docx".into(), ..lint::Job::default() }, &world).unwrap().diagnostics.len()
}

/// A paragraph with the sign of the note `id` behind its words.
fn noted(properties: &str, words: &str, id: u32) -> String {
    let sign = format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r></w:p>");
    p(properties, words).replace("</w:p>", &sign)
}

#[test]
fn notes_that_a_report_file_cannot_have_become_paragraphs_and_it_is_told() {
    let heading = "<w:pStyle w:val=\"1\"/>";
    let cell = format!("<w:tc>{}</w:tc><w:tc>{}</w:tc>", noted("", "村名", 2), p("", "户数"));
    let body = [
        p("<w:pStyle w:val=\"a5\"/>", "用水情况汇报"),
        noted(heading, "现状", 1),
        // A second sign of one note.
        noted("", "现有水厂X座", 3).replace("</w:p>", "<w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>"),
        format!(
            "<w:tbl><w:tr>{cell}</w:tr><w:tr>{}</w:tr></w:tbl>",
            cell.replace("<w:footnoteReference w:id=\"2\"/>", "")
        ),
    ];
    let note =
        |id: u32, words: &str| format!("<w:footnote w:id=\"{id}\">{}{}</w:footnote>", p("", words), p("", "其二"));
    let notes = [note(1, "标题的注"), note(2, "格子的注"), note(3, " 正文的注X条")].concat();
    let imported = word(&package(&body.concat(), "", &notes));
    let toml = imported.toml.unwrap();
    assert_eq!(faults(&toml), [""; 0], "{toml}");
    assert!(
        toml.contains("heading = \"现状\"\ntext = \"\"\"\n标题的注　其二\n现有水厂X座[^2]\n[^2]: 正文的注X条　其二\n"),
        "{toml}"
    );
    assert!(toml.contains("格子的注\n其二"), "{toml}");
    let told = imported.diagnostics.iter().filter(|fault| fault.message.zh.contains("脚注成了")).count();
    assert_eq!(told, 2, "{:?}", imported.diagnostics);
}

#[test]
fn notes_come_back_from_a_file_that_the_program_built() {
    let toml = "[report]\ntitle = \"用水情况汇报\"\n[[section]]\ntext = \"\"\"\n\
        现有水厂X座[^座]，供水X户[^户]。\n又一段[^1]。\n[^户]: 含散户X户，见[^1]。\n[^座]: 含[在建](http://a.example)。\n[^1]: 又一条。\n\"\"\"\n";
    let toml = toml.replace("，见[^1]", "");
    let second = word(&built(&toml)).toml.unwrap();
    let (first, back) = (super::rebuilt::document(&toml), super::rebuilt::document(&second));
    let words = |doc: &report_gen::doc::Doc| -> Vec<String> {
        let notes = (1..).zip(&doc.notes).map(|(number, note)| note.printed(number));
        let texts = doc.blocks.iter().map(|block| block.content.clone()).chain(notes);
        texts.map(|content| content.iter().map(|inline| inline.text.as_str()).collect()).collect()
    };
    assert_eq!(words(&back), words(&first), "{second}");
    assert_eq!(back.notes.len(), 3);
    assert!(second.contains("供水X户[^2]。\n[^1]: 含在建（http://a.example）。\n[^2]: 含散户X户。\n"), "{second}");
    assert_eq!(faults(&second), [""; 0]);
}

#[test]
fn notes_of_markdown_follow_the_paragraphs_that_refer_to_them() {
    let text = "# 用水情况汇报\n\n## 现状\n\n现有水厂X座[^a]，供水X户[^b]。\n\n- 一厂[^c]\n\n## 打算[^d]\n\n新建X座[^e]。\n\n\
        [^b]: 含散户X户。\n[^a]: 含**在建**。\n[^c]: 一厂的注。\n[^d]: 标题的注。\n[^f]: 没有引用。\n";
    let imported = imported("汇报.md", text, false);
    let toml = imported.toml.unwrap();
    assert!(
        toml.contains("供水X户[^b]。\n[^a]: 含**在建**。\n[^b]: 含散户X户。\n- 一厂[^c]\n[^c]: 一厂的注。\n"),
        "{toml}"
    );
    assert!(toml.contains("新建X座[\\\\^e]。") || toml.contains("新建X座[\\^e]。"), "{toml}");
    let doc = super::rebuilt::document(&toml);
    assert_eq!(doc.notes.len(), 3, "{toml}");
    let told = imported.diagnostics.iter().filter(|fault| fault.message.zh.contains("脚注")).count();
    assert!(told >= 3, "{:?}", imported.diagnostics);
    assert_eq!(faults(&toml), [""; 0], "{toml}");
}

#[test]
fn a_damaged_word_file_gives_a_reason() {
    let whole = built(&imported("汇报.txt", "XX镇汇报\n召开会议X次。", false).toml.unwrap());
    for len in (0..whole.len()).step_by(whole.len() / 40) {
        let imported = word(&whole[..len]);
        assert!(imported.toml.is_none() && imported.diagnostics.len() == 1, "{len}");
        assert_eq!(proofread(&whole[..len]), 1, "{len}");
    }
    let mut seed = 7_u32;
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..20 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = seed as usize % bytes.len();
            bytes[at] ^= (seed >> 24) as u8;
        }
        let imported = word(&bytes);
        assert!(imported.toml.is_some() || !imported.diagnostics.is_empty());
        // A file that can't be imported can't be proofread, and one that can is.
        assert!(imported.toml.is_some() || proofread(&bytes) > 0);
    }
}
