//! An office's own faces: found by their names, set, embedded as far as they allow it, and told of where they are of no
//! use.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod sfnt;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use crate::program::{names, run as run_program, write};
use report_gen::batch::{Job, Outcome, run};
use report_gen::diag::{Code, Diagnostic};
use report_gen::fonts::{Fonts, Library};
use report_gen::world::{Memory, World};
use report_gen::write::Format;

const OTF: &[u8] = include_bytes!("faces/own.otf");
const TTF: &[u8] = include_bytes!("faces/own.ttf");

/// A report that asks for `fonts`, a line of `[style]`.
fn report(style: &str) -> String {
    format!(
        "[report]\ntitle = \"青石镇工作汇报\"\nauthor = \"青石镇\"\n[style]\nnumbering = \"block\"\n{style}\n\
         [[section]]\nheading = \"会议\"\ntext = \"召开会议9次，县里3次。\"\n"
    )
}

fn world(style: &str, files: &[(&str, Vec<u8>)]) -> Memory {
    let mut all: BTreeMap<String, Vec<u8>> = [("report.toml".to_string(), report(style).into_bytes())].into();
    all.extend(files.iter().map(|(name, bytes)| (format!("faces/{name}"), bytes.clone())));
    Memory { files: all, epoch: None }
}

fn fonts(world: &dyn World) -> Fonts {
    Fonts::bundled().with_library(Library::open(&["faces".to_string()], world).unwrap())
}

fn built(world: &dyn World) -> Outcome {
    let job = Job { path: "report.toml".into(), formats: vec![Format::Docx, Format::Pdf], ..Job::default() };
    run(&job, world, &fonts(world)).unwrap()
}

fn built_of(style: &str, files: &[(&str, Vec<u8>)]) -> Outcome {
    built(&world(style, files))
}

fn file(outcome: &Outcome, format: Format) -> &[u8] {
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    outcome.files.iter().find(|(of, _)| *of == format).map(|(_, bytes)| bytes.as_slice()).unwrap()
}

/// The names of the faces in a PDF, without the letters of their subsets.
fn in_pdf(outcome: &Outcome) -> Vec<String> {
    let document = lopdf::Document::load_mem(file(outcome, Format::Pdf)).unwrap();
    let mut found = Vec::new();
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if dictionary.has_type(b"FontDescriptor") {
            assert!(dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3"), "{dictionary:?}");
            let name = dictionary.get(b"FontName").unwrap().as_name().unwrap();
            found.push(String::from_utf8_lossy(&name[7..]).into_owned());
        }
    }
    found.sort();
    found
}

fn part(outcome: &Outcome, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file(outcome, Format::Docx))).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn only(outcome: &Outcome, code: Code) -> &Diagnostic {
    let [fault] = outcome.diagnostics.as_slice() else { panic!("{:?}", outcome.diagnostics) };
    assert_eq!(fault.code, code, "{fault:?}");
    fault
}

#[test]
fn a_face_is_found_by_any_of_its_names() {
    for name in ["测试楷体", "Test Kai", "testkai", "TESTKAI"] {
        let outcome = built_of(&format!("fonts = {{ body = \"{name}\" }}"), &[("a/kai.TTF", TTF.to_vec())]);
        assert!(in_pdf(&outcome).contains(&"TestKai".to_string()), "{name}: {:?}", in_pdf(&outcome));
        let table = part(&outcome, "word/fontTable.xml");
        let own = &table[table.find("w:name=\"测试楷体\"").unwrap()..];
        assert!(own[..own.find("</w:font>").unwrap()].contains("w:embedRegular"), "{table}");
        assert!(part(&outcome, "word/styles.xml").contains("w:eastAsia=\"测试楷体\""));
    }
}

#[test]
fn the_office_s_own_names_are_found_unasked_and_the_first_of_them_wins() {
    let named = |name: &str, postscript: &str| sfnt::named(TTF, name, postscript, 0);
    let files = [
        ("a.ttf", named("楷体", "Second")),
        ("b.ttf", named("楷体_GB2312", "First")),
        ("c.ttf", named("手写体", "None")),
    ];
    let faces = in_pdf(&built_of("", &files));
    assert!(faces.contains(&"First".to_string()) && !faces.contains(&"Second".to_string()), "{faces:?}");
    assert!(!faces.contains(&"None".to_string()));
}

#[test]
fn a_postscript_face_goes_into_the_pdf_and_is_named_in_word() {
    let outcome = built_of("fonts = { title = \"测试标宋\" }", &[("own.otf", OTF.to_vec())]);
    let document = lopdf::Document::load_mem(file(&outcome, Format::Pdf)).unwrap();
    let descriptor = document.objects.values().filter_map(|object| object.as_dict().ok());
    let descriptor = descriptor.filter(|it| it.has_type(b"FontDescriptor")).find(|it| it.has(b"FontFile3")).unwrap();
    let (_, program) = document.dereference(descriptor.get(b"FontFile3").unwrap()).unwrap();
    let program = program.as_stream().unwrap();
    assert_eq!(program.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0C");
    let program = program.decompressed_content().unwrap();
    // The empty glyph and the seven characters of the title.
    assert_eq!(ttf_parser::cff::Table::parse(&program).unwrap().number_of_glyphs(), 8);
    let table = part(&outcome, "word/fontTable.xml");
    let own = &table[table.find("w:name=\"测试标宋\"").unwrap()..];
    assert!(!own[..own.find("</w:font>").unwrap()].contains("w:embedRegular"), "{table}");
}

#[test]
fn each_face_of_a_collection_is_one() {
    let collection = sfnt::collection(&[sfnt::named(TTF, "甲楷", "First", 0), sfnt::named(TTF, "乙楷", "Second", 0)]);
    for (name, postscript) in [("甲楷", "First"), ("乙楷", "Second")] {
        let outcome = built_of(&format!("fonts = {{ body = \"{name}\" }}"), &[("a.ttc", collection.clone())]);
        assert!(in_pdf(&outcome).contains(&postscript.to_string()));
        assert!(part(&outcome, "word/fontTable.xml").contains(name));
    }
}

#[test]
fn embedding_bits_are_obeyed() {
    for (bits, is_allowed, is_in_word) in [
        (0, true, true),
        (8, true, true),
        (4, true, false),
        (2, false, false),
        (0x100, false, false),
        (0x200, false, false),
    ] {
        let files = [("own.ttf", sfnt::named(TTF, "楷体", "Own", bits))];
        let outcome = built_of("fonts = { body = \"楷体\" }", &files);
        if is_allowed {
            assert!(in_pdf(&outcome).contains(&"Own".to_string()), "{bits}");
            let table = part(&outcome, "word/fontTable.xml");
            let own = &table[table.find("w:name=\"楷体\"").unwrap()..];
            assert_eq!(own[..own.find("</w:font>").unwrap()].contains("w:embedRegular"), is_in_word, "{bits}");
        } else {
            let fault = only(&outcome, Code::FontForbidsEmbedding);
            assert_eq!(outcome.sources.text(fault.span().unwrap()), "\"楷体\"", "{bits}");
            assert!(outcome.files.is_empty());
            // Where nobody asked for it, the next one does.
            let faces = in_pdf(&built_of("", &files));
            assert!(!faces.contains(&"Own".to_string()), "{bits}: {faces:?}");
        }
    }
}

#[test]
fn what_a_face_lacks_comes_from_the_bundled_one_of_its_role() {
    // 县 and 里 are not in the face, but in the bundled 仿宋.
    let outcome = built_of("fonts = { body = \"测试楷体\" }", &[("own.ttf", TTF.to_vec())]);
    let faces = in_pdf(&outcome);
    for name in ["TestKai", "ReportGenFangSong"] {
        assert!(faces.contains(&name.to_string()), "{name}: {faces:?}");
    }
    assert!(part(&outcome, "word/document.xml").contains("w:eastAsia=\"ReportGen FangSong\""));
}

#[test]
fn a_face_that_only_a_table_s_head_needs_is_taken() {
    // Without headings the head and its caption alone are in 黑体.
    let mut world = world("", &[("own.ttf", TTF.to_vec())]);
    let text = report("fonts = { heading1 = \"测试楷体\" }").replace("\"block\"", "\"none\"");
    let text = text.replace("heading = \"会议\"\n", "");
    let table = "[[section.table]]\nrows = [[\"会议\", \"次\"], [\"青石\", \"9\"]]\n";
    for (table, is_taken) in [("", false), (table, true)] {
        world.files.insert("report.toml".into(), format!("{text}{table}").into_bytes());
        let outcome = built(&world);
        assert_eq!(in_pdf(&outcome).contains(&"TestKai".to_string()), is_taken, "{table:?}");
        assert_eq!(part(&outcome, "word/document.xml").contains("w:eastAsia=\"测试楷体\""), is_taken, "{table:?}");
    }
}

#[test]
fn digits_and_letters_may_have_a_face_of_their_own() {
    let outcome = built_of("fonts = { latin = \"Test Kai\" }", &[("own.ttf", TTF.to_vec())]);
    assert!(in_pdf(&outcome).contains(&"TestKai".to_string()));
    assert!(part(&outcome, "word/styles.xml").contains("w:ascii=\"测试楷体\""));
}

#[test]
fn a_face_that_is_not_there_is_told_with_the_one_that_may_be_meant() {
    let outcome = built_of("fonts = { body = \"测试楷\" }", &[("own.ttf", TTF.to_vec())]);
    let fault = only(&outcome, Code::MissingFont);
    assert_eq!(outcome.sources.text(fault.span().unwrap()), "\"测试楷\"");
    assert!(fault.help.iter().any(|help| help.zh.contains("测试楷体")), "{fault:?}");
    assert_eq!(outcome.files.len(), 2);
}

#[test]
fn damaged_faces_are_told_at_their_place_and_nothing_panics() {
    let style = "fonts = { body = \"测试楷体\", title = \"测试标宋\" }";
    let mut faults = 0;
    let mut seed: u64 = 9704;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for round in 0..120 {
        let mut damaged = [TTF.to_vec(), OTF.to_vec()];
        for bytes in &mut damaged {
            match round % 4 {
                0 => bytes.truncate(next() % bytes.len()),
                1 => {
                    let at = next() % bytes.len();
                    let end = (at + 1 + next() % 64).min(bytes.len());
                    bytes[at..end].fill(if round % 8 == 1 { 0xff } else { 0 });
                }
                _ => {
                    for _ in 0..1 + next() % 24 {
                        let at = next() % bytes.len();
                        bytes[at] = next() as u8;
                    }
                }
            }
        }
        let [ttf, otf] = damaged;
        let outcome = built_of(style, &[("own.otf", otf), ("own.ttf", ttf)]);
        for fault in &outcome.diagnostics {
            assert!(
                matches!(fault.code, Code::BadFont | Code::MissingFont | Code::FontForbidsEmbedding),
                "round {round}: {fault:?}"
            );
            assert!(fault.span().is_some(), "round {round}: {fault:?}");
            faults += 1;
        }
    }
    assert!(faults > 20, "only {faults}");
}

/// A world that notes which files are read as a whole.
struct Watched {
    inner: Memory,
    read: RefCell<Vec<String>>,
}

impl World for Watched {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.inner.read(path)
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        self.inner.read_in(folder, path, limit)
    }

    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>> {
        let bytes = self.inner.read_part(path, from, len)?;
        if from == 0 && bytes.len() > 5_000 {
            self.read.borrow_mut().push(path.to_string());
        }
        Ok(bytes)
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        self.inner.list(path)
    }

    fn epoch(&self) -> Option<i64> {
        None
    }
}

#[test]
fn a_file_is_read_once_and_only_for_a_role_that_is_used() {
    let files = [
        ("hei.ttf", sfnt::named(TTF, "黑体", "Hei", 0)),
        ("body.ttf", sfnt::named(TTF, "仿宋", "Body", 0)),
        ("rare.ttf", sfnt::named(TTF, "SimSun-ExtB", "Rare", 0)),
    ];
    let inner = world("", &files);
    let text = report("").replace("numbering = \"block\"", "numbering = \"none\"").replace("heading = \"会议\"\n", "");
    let inner = Memory {
        files: [inner.files, [("report.toml".to_string(), text.into_bytes())].into()].into_iter().flatten().collect(),
        epoch: None,
    };
    let watched = Watched { inner, read: RefCell::default() };
    let fonts = fonts(&watched);
    let job = Job { path: "report.toml".into(), formats: vec![Format::Docx, Format::Pdf], ..Job::default() };
    let first = run(&job, &watched, &fonts).unwrap();
    let second = run(&job, &watched, &fonts).unwrap();
    assert_eq!(watched.read.borrow().as_slice(), ["faces/body.ttf"], "a batch shares what was read");
    assert!(first.files == second.files && first.files.len() == 2);
    assert!(first.files == built(&watched).files, "with a library of its own");
}

#[test]
fn the_program_takes_folders_and_tells_what_it_chose() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "report.toml", report("fonts = { title = \"测试标宋\" }"));
    write(path, "faces/below/own.otf", OTF);
    write(path, "more/kai.ttf", sfnt::named(TTF, "楷体_GB2312", "Kai", 0));
    write(path, "more/locked.ttf", sfnt::named(TTF, "仿宋_GB2312", "Fang", 2));
    write(path, "more/broken.ttf", "no font");
    write(path, "more/read.me", "no font");
    let dirs = ["--font-dir", "faces", "--font-dir", "more"];
    let list = run_program(path, &[&["fonts", "report.toml"][..], &dirs].concat());
    assert_eq!(list.status, 0, "{list:?}");
    for line in [
        "大标题        测试标宋（Test Title），faces/below/own.otf，[style] fonts 指定，Word 文档里只写名字",
        "二级标题      楷体_GB2312（楷体_GB2312），more/kai.ttf，名字是“楷体_GB2312”",
        "正文          报告仿宋（ReportGen FangSong），内置",
        "没有用 more/locked.ttf：字体不允许嵌入",
        "没有用 more/broken.ttf：不是字体文件，或者坏了",
    ] {
        assert!(list.out.contains(line), "{line}\n{}", list.out);
    }
    assert_eq!(run_program(path, &[&["check"][..], &dirs].concat()).status, 0);
    assert_eq!(run_program(path, &[&["build", "-q"][..], &dirs].concat()).status, 0);
    assert!(names(path).contains(&"report.pdf".to_string()));
    let without = run_program(path, &["check"]);
    assert!(without.status == 0 && without.err.contains("missing-font"), "{without:?}");
    let nowhere = run_program(path, &["check", "--font-dir", "nowhere"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("nowhere"), "{nowhere:?}");
}
