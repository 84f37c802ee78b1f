use super::*;
use crate::doc::Missing;
use crate::manifest::AnswerValue;
use crate::wordfile::{Block, Control, Inline, Paragraph, Run, WordFile};
use crate::world::Memory;
use crate::write::Format;
use crate::write::docx::gaps;

const REPORT: &str = "[report]\ntitle = \"XX镇汇报\"\n[[section]]\nid = \"a\"\ntext = \"走访X户，X月X日办结。\"\n";

fn world() -> Memory {
    Memory { files: [("r.toml".to_owned(), REPORT.into())].into(), epoch: None }
}

fn job() -> Job {
    Job { path: "r.toml".into(), ..Job::default() }
}

fn missing() -> Vec<Missing> {
    run(&Job { draft: true, ..job() }, &world(), &Fonts::bundled()).unwrap().missing
}

fn words(text: &str) -> Inline {
    Inline::Run(Run { text: text.to_owned(), bold: false, hidden: false })
}

/// What is found in a file of these paragraphs, as key and words.
fn found(paragraphs: Vec<Vec<Inline>>) -> Vec<(String, Vec<String>)> {
    let paragraph = |content| Block::Paragraph(Paragraph { content, ..Paragraph::default() });
    let file = WordFile { blocks: paragraphs.into_iter().map(paragraph).collect(), ..WordFile::default() };
    let lines = lines::read(&file);
    let typed = |answer: Answer| {
        let ranges = match answer.value {
            AnswerValue::One(range) => vec![range],
            AnswerValue::Several(ranges) | AnswerValue::List(ranges, _) => ranges,
        };
        (answer.key, ranges.iter().map(|range| lines.words(range).to_owned()).collect())
    };
    answers::find(&lines, &missing()).answers.into_iter().map(typed).collect()
}

#[test]
fn a_gap_is_known_by_its_tag_its_bookmark_or_its_title() {
    let answer = |typed: &str| vec![("走访X户".to_owned(), vec![typed.to_owned()])];
    let control = |tag: Option<&str>, alias: Option<&str>, typed: &str| {
        let name = Control { tag: tag.map(str::to_owned), alias: alias.map(str::to_owned), placeholder: false };
        Inline::Control(name, vec![words(typed)])
    };
    let tag = gaps::tag(&missing()[1], 0);
    assert_eq!(tag, "走访X户");
    assert_eq!(found(vec![vec![words("走访"), control(Some(&tag), None, " 9 "), words("户")]]), answer("9"));
    assert_eq!(found(vec![vec![control(None, Some("走访X户"), "9")]]), answer("9"));
    assert_eq!(found(vec![vec![control(None, Some("X月X日"), "9")]]), [], "one hole of two is none");
    let start = Inline::BookmarkStart { id: "1".into(), name: format!("{}1", gaps::bookmark(&tag)) };
    let end = Inline::BookmarkEnd { id: "1".into() };
    assert_eq!(found(vec![vec![start.clone(), words("9"), end.clone()]]), answer("9"));
    // As LibreOffice writes it: the bookmark begins inside the control.
    let crossed = Inline::Control(Control::default(), vec![start.clone(), words("9")]);
    assert_eq!(found(vec![vec![crossed, end.clone()]]), answer("9"));
    // A bookmark over several paragraphs is no gap any more.
    assert_eq!(found(vec![vec![start, words("9")], vec![end]]), []);
}

#[test]
fn holes_and_prompts_are_still_open() {
    let tag = gaps::tag(&missing()[1], 0);
    for typed in ["X", "XX", "", " ", "待定", "单击或点击此处输入文字。", "Click or tap here to enter text."]
    {
        let name = Control { tag: Some(tag.clone()), ..Control::default() };
        assert_eq!(found(vec![vec![Inline::Control(name, vec![words(typed)])]]), [], "{typed}");
    }
}

#[test]
fn damaged_drafts_are_read_or_refused_and_never_a_panic() {
    let fonts = Fonts::bundled();
    let draft = Job { draft: true, formats: vec![Format::Docx], ..job() };
    let (_, draft) = run(&draft, &world(), &fonts).unwrap().files.remove(0);
    assert!(collect(&draft, "d.docx", &job(), &world(), &fonts).is_ok());
    let mut state: u64 = 0x9704;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let document = String::from_utf8(part(&draft, "word/document.xml")).unwrap();
    let pieces: Vec<&str> = document.split_inclusive('>').collect();
    let mut read = 0;
    for _ in 0..300 {
        // Tags dropped, doubled and moved: some of it is still well formed.
        let mut mutant = pieces.clone();
        for _ in 0..=next(2) {
            let (at, to) = (next(mutant.len()), next(mutant.len()));
            match next(3) {
                0 => drop(mutant.remove(at)),
                1 => mutant.insert(to, mutant[at]),
                _ => mutant.swap(at, to),
            }
        }
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, mutant.concat().as_bytes()).unwrap();
        let file = zip.finish().unwrap().into_inner();
        read += usize::from(collect(&file, "d.docx", &job(), &world(), &fonts).is_ok());
    }
    assert!(read > 30, "{read} of 300 could be read");
}

fn part(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut part = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut part).unwrap();
    part
}

#[test]
fn what_is_typed_into_a_footnote_is_collected_and_its_number_is_no_edit() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"走访X户[^1]。\\n[^1]: 含散户X户。\"\n";
    let world = Memory { files: [("r.toml".to_owned(), report.into())].into(), epoch: None };
    let fonts = Fonts::bundled();
    let draft = Job { draft: true, formats: vec![Format::Docx], ..job() };
    let (_, draft) = run(&draft, &world, &fonts).unwrap().files.remove(0);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&draft)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    for name in names {
        zip.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(&name).unwrap(), &mut bytes).unwrap();
        if name == "word/footnotes.xml" {
            let xml = String::from_utf8(bytes).unwrap();
            assert_eq!(xml.matches(">X</w:t>").count(), 1, "{xml}");
            bytes = xml.replace(">X</w:t>", ">9</w:t>").into_bytes();
        }
        std::io::Write::write_all(&mut zip, &bytes).unwrap();
    }
    let typed = zip.finish().unwrap().into_inner();
    let collected = collect(&typed, "d.docx", &job(), &world, &fonts).unwrap();
    assert_eq!(collected.values, "[figures]\n\"含散户X户\" = 9\n");
    assert!(collected.outcome.diagnostics.is_empty(), "{:?}", collected.outcome.diagnostics);
}

#[test]
fn a_figure_of_which_a_part_is_filled_is_told() {
    let missing = missing();
    let day = missing.iter().find(|figure| figure.key == "X月X日").unwrap();
    let control = |hole| {
        let name = Control { tag: Some(gaps::tag(day, hole)), ..Control::default() };
        Inline::Control(name, vec![words("3")])
    };
    let find = |content| {
        let blocks = vec![Block::Paragraph(Paragraph { content, ..Paragraph::default() })];
        let found = answers::find(&lines::read(&WordFile { blocks, ..WordFile::default() }), &missing);
        (found.answers.len(), found.faults.iter().map(|it| it.fault.message.zh.clone()).collect::<Vec<_>>())
    };
    assert_eq!(find(vec![control(0)]), (0, vec!["“X月X日”有 2 个空，只填了 1 个，没有收".to_owned()]));
    assert_eq!(find(vec![control(0), words("月"), control(1)]), (1, Vec::new()));
}
