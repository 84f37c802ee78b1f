use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A Word file of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    let spaces = [
        ("w", W),
        ("r", REL),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ];
    let spaces: String = spaces.iter().map(|(prefix, name)| format!(" xmlns:{prefix}=\"{name}\"")).collect();
    format!("<?xml version=\"1.0\"?><w:document{spaces}><w:body>{body}<w:sectPr/></w:body></w:document>")
}

/// A file with styles, lists and notes around the body.
fn file(body: &str) -> Vec<u8> {
    let relationships = format!(
        "<Relationships xmlns=\"{PACKAGE}\">\
         <Relationship Id=\"a\" Type=\"{REL}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"b\" Type=\"{REL}/numbering\" Target=\"/word/numbering.xml\"/>\
         <Relationship Id=\"c\" Type=\"{REL}/footnotes\" Target=\"notes.xml\"/>\
         <Relationship Id=\"pic\" Type=\"{REL}/image\" Target=\"media/site.png\"/>\
         <Relationship Id=\"web\" Type=\"{REL}/hyperlink\" Target=\"https://example.cn/a?b=1\" TargetMode=\"External\"/>\
         <Relationship Id=\"far\" Type=\"{REL}/image\" Target=\"http://x/y.png\" TargetMode=\"External\"/>\
         </Relationships>"
    );
    let styles = format!(
        "<w:styles xmlns:w=\"{W}\">\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/>\
         <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"mine\"/><w:basedOn w:val=\"1\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"loop\"><w:basedOn w:val=\"loop\"/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"s\"><w:rPr><w:b w:val=\"1\"/></w:rPr></w:style></w:styles>"
    );
    let numbering = format!(
        "<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"7\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>\
         </w:lvlOverride></w:num></w:numbering>"
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"{W}\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>\
         <w:footnote w:id=\"1\"><w:p><w:r><w:t>据统计月报</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    packed(&[
        ("word/document.xml", &document(body)),
        ("word/_rels/document.xml.rels", &relationships),
        ("word/styles.xml", &styles),
        ("word/numbering.xml", &numbering),
        ("word/notes.xml", &notes),
    ])
}

fn paragraphs(body: &str) -> Vec<Paragraph> {
    let blocks = read(&file(body)).unwrap().blocks;
    let of = |block| match block {
        Block::Paragraph(paragraph) => paragraph,
        other @ (Block::Table(_) | Block::Control(..)) => panic!("{other:?}"),
    };
    blocks.into_iter().map(of).collect()
}

fn texts(body: &str) -> Vec<String> {
    paragraphs(body).iter().map(Paragraph::text).collect()
}

#[test]
fn words_come_in_their_order_with_tabs_breaks_and_links() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">走访 </w:t><w:tab/><w:t>9</w:t></w:r><w:r><w:t>户</w:t><w:br/></w:r>\
                <w:hyperlink r:id=\"x\"><w:r><w:t>详见</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/>\
                <w:sym w:font=\"Wingdings\" w:char=\"2713\"/></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>\
                <w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath></w:p>";
    assert_eq!(texts(body), ["走访 \t9户\n详见-✓", "1"]);
}

#[test]
fn tracked_changes_count_as_accepted() {
    let body = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
                <w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p><w:p><w:r><w:t>下</w:t></w:r></w:p>";
    assert_eq!(texts(body), ["新来", "上下"]);
}

#[test]
fn fields_show_their_results() {
    let field = |kind| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let nested = format!("{begin}<w:r><w:t>内</w:t></w:r>{separate}<w:r><w:t>里</w:t></w:r>{end}");
    let body = format!(
        "<w:p>{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{nested}{separate}<w:r><w:t>3</w:t></w:r>{end}</w:p>\
         <w:p><w:fldSimple w:instr=\"DATE\"><w:r><w:t>今日</w:t></w:r></w:fldSimple>{begin}</w:p>\
         <w:p><w:r><w:t>没有被吞</w:t></w:r>{end}{end}</w:p>"
    );
    assert_eq!(texts(&body), ["3", "今日", "没有被吞"]);
}

#[test]
fn a_link_says_where_it_leads_unless_its_words_do() {
    let field = |instruction: &str, words: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r>\
             <w:r><w:instrText>LINK {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
             <w:r><w:t>{words}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let part =
        |id: &str, words: &str| format!("<w:hyperlink r:id=\"{id}\"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>");
    let links = |inside: String| -> Vec<(String, String)> {
        let content = paragraphs(&format!("<w:p><w:r><w:t>前文</w:t></w:r>{inside}</w:p>")).remove(0).content;
        let link = |inline| {
            if let Inline::Beside(Beside::Link { words, address }) = inline { Some((words, address)) } else { None }
        };
        content.into_iter().filter_map(link).collect()
    };
    let one = |words: &str, address: &str| vec![(words.to_owned(), address.to_owned())];
    assert_eq!(links(part("web", "详见")), one("详见", "https://example.cn/a?b=1"));
    assert_eq!(links(part("web", "example.cn/a?b=1")), []);
    assert_eq!(links(part("none", "详见")), []);
    assert_eq!(links(field("\"http://x.cn/公告\" \\o \"提示\"", "公告")), one("公告", "http://x.cn/公告"));
    assert_eq!(links(field("mailto:a@b.cn", "a@b.cn")), []);
    assert_eq!(links(field("\\l \"书签\"", "见下")), [], "a place in the file itself");
}

#[test]
fn styles_give_outline_bold_and_numbers() {
    let p =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let list = |id: u8, level: u8| format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>");
    let body = [
        p("<w:pStyle w:val=\"1\"/>", "甲"),
        p(&list(1, 1), "子"),
        p(&list(1, 1), "丑"),
        p("<w:pStyle w:val=\"2\"/>", "乙"),
        p("<w:pStyle w:val=\"2\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr><w:outlineLvl w:val=\"9\"/>", "丙"),
        p(&list(2, 0), "丁"),
        p("<w:pStyle w:val=\"loop\"/>", "戊"),
        p(&list(9, 0), "己"),
    ];
    let read = paragraphs(&body.concat());
    let numbers: Vec<_> = read.iter().map(|p| p.number.as_ref().map(|number| number.text.as_str())).collect();
    let wanted = [Some("一、"), Some("一.1"), Some("一.2"), Some("二、"), None, Some("一、"), None, Some("")];
    assert_eq!(numbers, wanted);
    assert_eq!(read.iter().map(|p| p.outline).collect::<Vec<_>>()[..5], [Some(1), None, None, Some(1), None]);
    assert_eq!(read[3].style_name.as_deref(), Some("mine"));
    let bold = |p: &Paragraph| matches!(&p.content[0], Inline::Run(run) if run.bold);
    assert_eq!(read.iter().map(bold).collect::<Vec<_>>()[..3], [true, false, false]);
}

#[test]
fn runs_are_bold_of_their_own_or_by_a_style() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>一</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"s\"/></w:rPr>\
                <w:t>二</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"s\"/><w:b w:val=\"0\"/></w:rPr><w:t>三</w:t></w:r></w:p>";
    let run = |text: &str, bold| Inline::Run(Run { text: text.to_owned(), bold, hidden: false });
    assert_eq!(paragraphs(body)[0].content, [run("一二", true), run("三", false)]);
}

#[test]
fn controls_keep_their_names_and_bookmarks_their_places() {
    let body = "<w:p><w:bookmarkStart w:id=\"4\" w:name=\"gap_1\"/><w:sdt><w:sdtPr><w:alias w:val=\"走访X户\"/>\
                <w:tag w:val=\"a&gt;走访X户\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>X</w:t></w:r>\
                </w:sdtContent></w:sdt><w:bookmarkEnd w:id=\"4\"/></w:p>";
    let control = Control { alias: Some("走访X户".into()), tag: Some("a>走访X户".into()), placeholder: true };
    let run = Inline::Run(Run { text: "X".into(), bold: false, hidden: false });
    let wanted = [
        Inline::BookmarkStart { id: "4".into(), name: "gap_1".into() },
        Inline::Control(control, vec![run]),
        Inline::BookmarkEnd { id: "4".into() },
    ];
    assert_eq!(paragraphs(body)[0].content, wanted);
    let around = "<w:sdt><w:sdtContent><w:p><w:r><w:t>整段</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let blocks = read(&file(around)).unwrap().blocks;
    assert!(matches!(&blocks[..], [Block::Control(_, held)] if held.len() == 1), "{blocks:?}");
}

#[test]
fn tables_notes_pictures_and_boxes() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>\
         <w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">\
         <w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"现场\"/><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里</w:t>\
         </w:r></w:p></w:txbxContent></wps:txbx><a:blip r:embed=\"pic\"/></wp:inline></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:shape><v:imagedata r:id=\"pic\"/></v:shape></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:pict><v:imagedata r:id=\"far\"/></w:pict></w:r></w:p>",
        cell("<w:gridSpan w:val=\"2\"/>", "村"),
        cell("<w:vMerge/>", "数"),
        cell("", "删"),
    );
    let read = read(&file(&body)).unwrap();
    let [Block::Table(table), Block::Paragraph(paragraph)] = &read.blocks[..] else { panic!("{:?}", read.blocks) };
    assert_eq!(table.rows.len(), 1);
    assert!(table.rows[0].head);
    let cells: Vec<_> = table.rows[0].cells.iter().map(|cell| (cell.span, cell.continues)).collect();
    assert_eq!(cells, [(2, false), (1, true)]);
    let note = &read.notes[&(NoteKind::Foot, "1".to_owned())];
    assert!(matches!(&note[..], [Block::Paragraph(note)] if note.text() == "据统计月报"));
    assert_eq!(read.notes.len(), 1, "what parts notes from the text is none");
    let [Inline::Note(NoteKind::Foot, _), Inline::TextBox(held), picture, far] = &paragraph.content[..] else {
        panic!("{:?}", paragraph.content)
    };
    assert!(matches!(&held[..], [Block::Paragraph(inside)] if inside.text() == "框里"));
    let at = |part: Option<&str>, alt: Option<&str>| Inline::Picture {
        part: part.map(str::to_owned),
        alt: alt.map(str::to_owned),
    };
    assert_eq!(picture, &at(Some("word/media/site.png"), Some("现场")));
    assert_eq!(far, &at(None, None));
}

#[test]
fn what_is_no_word_file_is_refused_with_a_reason() {
    assert_eq!(read(b"\xd0\xcf\x11\xe0rest"), Err(Refused::OldOrLocked));
    assert!(matches!(read(b"PK but no zip"), Err(Refused::Zip(_))));
    assert_eq!(read(&packed(&[("a.txt", "")])), Err(Refused::NoText));
    let hostile = [
        ("<!DOCTYPE a [<!ENTITY b \"b\">]><a/>".to_owned(), false),
        ("<a>".repeat(300), true),
        (format!("<a>{}</a>", "<b/>".repeat(600_000)), true),
        (format!("<a>{}", " ".repeat(33 * 1024 * 1024)), true),
        ("<w:document><w:body>".to_owned(), false),
    ];
    for (text, limit) in hostile {
        let refused = read(&packed(&[("word/document.xml", &text)])).unwrap_err();
        assert_eq!(matches!(refused, Refused::Limit(_)), limit, "{refused:?}");
        assert!(!refused.text().zh.is_empty());
    }
    let names: Vec<String> = (0..2_001).map(|n| format!("{n}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(matches!(read(&packed(&many)), Err(Refused::Limit(_))));
}

/// Every kind of thing in one body.
const ALL: &str = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr>\
    <w:bookmarkStart w:id=\"4\" w:name=\"gap\"/><w:sdt><w:sdtPr><w:tag w:val=\"X户\"/></w:sdtPr><w:sdtContent><w:r>\
    <w:rPr><w:b/></w:rPr><w:t>走访&amp;X户</w:t><w:tab/><w:br/></w:r></w:sdtContent></w:sdt><w:bookmarkEnd w:id=\"4\"/>\
    <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/><w:t>3</w:t></w:r>\
    <w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr>\
    <w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:pict><v:imagedata r:id=\"pic\"/></w:pict></w:r></w:p></w:tc></w:tr></w:tbl>";

/// Bytes changed, cut out, doubled and cut off, by a sequence that is always the same.
fn mutants(bytes: &[u8], count: u64) -> impl Iterator<Item = Vec<u8>> + '_ {
    let mut state: u64 = 0x9704;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    (0..count).map(move |n| {
        let mut mutant = bytes.to_vec();
        for _ in 0..=next(4) {
            let at = next(mutant.len());
            let end = (at + next(40)).min(mutant.len());
            match n % 4 {
                0 => mutant[at] = next(256) as u8,
                1 => drop(mutant.drain(at..end)),
                2 => {
                    let part = mutant[at..end].to_vec();
                    mutant.splice(at..at, part);
                }
                _ => mutant.truncate(at.max(1)),
            }
        }
        mutant
    })
}

#[test]
fn damaged_files_are_read_or_refused_and_never_a_panic() {
    let whole = file(ALL);
    let text = document(ALL);
    let worst = std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(move || {
            assert!(read(&whole).is_ok());
            let mut worst = std::time::Duration::ZERO;
            let mut refused = 0;
            let damaged_texts = mutants(text.as_bytes(), 2_000)
                .map(|text| packed(&[("word/document.xml", &String::from_utf8_lossy(&text))]));
            for mutant in mutants(&whole, 2_000).chain(damaged_texts) {
                let started = std::time::Instant::now();
                refused += usize::from(read(&mutant).is_err());
                worst = worst.max(started.elapsed());
            }
            assert!(refused > 1_000, "{refused}");
            let deep = |depth: usize| {
                let (open, close) = ("<w:tbl><w:tr><w:tc>".repeat(depth), "</w:tc></w:tr></w:tbl>".repeat(depth));
                file(&format!("{open}<w:p/>{close}"))
            };
            assert!(read(&deep(80)).is_ok());
            assert!(matches!(read(&deep(90)), Err(Refused::Limit(_))));
            worst
        })
        .unwrap()
        .join()
        .unwrap();
    assert!(worst < std::time::Duration::from_secs(5), "{worst:?}");
}

#[test]
fn content_is_the_words_and_not_how_they_are_kept() {
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph(words));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("甲"), cell("乙"));
    let of = |body: &str| content(&file(body)).unwrap();
    let first = of(&format!("{}{table}", paragraph("走访 3户")));
    // Runs, blanks, empty paragraphs and looks are others, the words are not.
    let runs = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>走访</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>\
                <w:t>3</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 户</w:t></w:r></w:p><w:p/>";
    assert_eq!(of(&format!("{runs}{table}<w:p/>")), first);
    let joined = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("甲乙"));
    for other in [
        format!("{}{table}", paragraph("走访 4户")),
        format!("{}{joined}", paragraph("走访 3户")),
        format!("{}{table}", paragraph("走访</w:t></w:r></w:p><w:p><w:r><w:t>3户")),
        format!("{}{table}<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>", paragraph("走访 3户")),
        format!(
            "{}{table}<w:p><w:r><w:drawing><a:blip r:embed=\"pic\"/></w:drawing></w:r></w:p>",
            paragraph("走访 3户")
        ),
    ] {
        assert_ne!(of(&other), first, "{other}");
    }
}
