//! The same input gives the same bytes: twice in a process, in many threads, in other processes elsewhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::program;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::thread;

use crate::program::{bytes, command, ended, write};
use lopdf::{Document, Object, ObjectId};
use report_gen::batch::{self, Job};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;
use tempfile::tempdir;

/// The report of this repository.
const REPORT: &str = include_str!("../report.toml");

/// Both files of the report.
fn built(fonts: &Fonts, epoch: Option<i64>) -> Vec<(Format, Vec<u8>)> {
    built_of(REPORT, fonts, epoch)
}

fn built_of(report: &str, fonts: &Fonts, epoch: Option<i64>) -> Vec<(Format, Vec<u8>)> {
    let world = Memory { files: [("report.toml".into(), report.into())].into(), epoch };
    let job = Job { path: "report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    let outcome = batch::run(&job, &world, fonts).unwrap();
    assert_eq!(outcome.files.len(), 2, "{:?}", outcome.diagnostics);
    outcome.files
}

/// Whether all are alike, without printing a megabyte where they are not.
fn assert_alike(first: &[(Format, Vec<u8>)], other: &[(Format, Vec<u8>)], what: &str) {
    for ((format, a), (_, b)) in first.iter().zip(other) {
        let at = a.iter().zip(b).position(|(a, b)| a != b);
        assert!(a == b, "{what}: {format:?} differs at {at:?}, {} and {} bytes", a.len(), b.len());
    }
}

#[test]
fn twice_in_a_process_and_with_faces_loaded_anew() {
    let fonts = Fonts::bundled();
    let first = built(&fonts, None);
    assert_alike(&first, &built(&fonts, None), "again");
    assert_alike(&first, &built(&Fonts::bundled(), None), "with other faces");
}

#[test]
fn in_eight_threads_that_share_the_faces() {
    let fonts = Fonts::bundled();
    let first = built(&fonts, None);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| built(&fonts, None))).collect();
        for thread in threads {
            assert_alike(&first, &thread.join().unwrap(), "in a thread");
        }
    });
}

#[test]
fn in_processes_of_other_places_times_and_languages() {
    let home = tempdir().unwrap();
    write(home.path(), "a/report.toml", REPORT);
    write(home.path(), "b/deeper/report.toml", REPORT);
    let absolute = home.path().join("b/deeper/report.toml");
    let runs = [
        (
            "a",
            PathBuf::from("report.toml"),
            [("TZ", "Asia/Shanghai"), ("LANG", "zh_CN.UTF-8"), ("HOME", "/"), ("USER", "a")],
        ),
        (
            "b",
            PathBuf::from("deeper/report.toml"),
            [("TZ", "America/New_York"), ("LANG", "C"), ("HOME", "/x"), ("USER", "b")],
        ),
        ("a", absolute, [("TZ", "UTC"), ("LANG", "en_US.UTF-8"), ("HOME", ""), ("USER", "")]),
    ];
    let files: Vec<Vec<(Format, Vec<u8>)>> = runs
        .iter()
        .enumerate()
        .map(|(number, (folder, file, variables))| {
            let out = home.path().join(format!("out{number}"));
            let mut command = command(&home.path().join(folder));
            command.arg("build").arg(file).arg("-o").arg(&out).envs(variables.iter().copied());
            let build = ended(&mut command);
            assert_eq!(build.status, 0, "{}", build.err);
            pair(&out)
        })
        .collect();
    assert_alike(&files[0], &files[1], "elsewhere");
    assert_alike(&files[0], &files[2], "by another path");
    assert_alike(&files[0], &built(&Fonts::bundled(), None), "by the library");
}

fn pair(folder: &Path) -> Vec<(Format, Vec<u8>)> {
    let names = program::names(folder);
    Format::ALL
        .into_iter()
        .map(|format| {
            let name = names.iter().find(|name| name.ends_with(format.extension())).unwrap();
            (format, bytes(folder, name))
        })
        .collect()
}

#[test]
fn source_date_epoch_changes_dates_alone() {
    let home = tempdir().unwrap();
    write(home.path(), "report.toml", REPORT);
    let mut command = command(home.path());
    command.args(["build", "-o", "out"]).env("SOURCE_DATE_EPOCH", "1000000000");
    assert_eq!(ended(&mut command).status, 0);
    let dated = pair(&home.path().join("out"));
    let fonts = Fonts::bundled();
    assert_alike(&dated, &built(&fonts, Some(1_000_000_000)), "by the library");

    let plain = built(&fonts, None);
    let [(_, docx), (_, pdf)] = &dated[..] else { panic!("two files") };
    let [(_, plain_docx), (_, plain_pdf)] = &plain[..] else { panic!("two files") };
    assert_ne!(docx, plain_docx, "the date is in the Word file");
    assert_ne!(pdf, plain_pdf, "the date is in the PDF");
    assert_eq!(parts(docx), parts(plain_docx));
    assert_eq!(objects(pdf), objects(plain_pdf));
    // What is compared would tell another report.
    let other = built_of(&REPORT.replace("青石镇", "白河镇"), &fonts, None);
    assert_ne!(parts(docx), parts(&other[0].1));
    assert_ne!(objects(pdf), objects(&other[1].1));
    assert!(parts(docx)["docProps/core.xml"].contains("<dcterms:created"), "dates are told, here without their digits");
}

/// The parts of a Word file, its properties without the dates.
fn parts(docx: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        // Faces are no text; losing what is no UTF-8 in both alike still tells them apart by all the rest.
        let text = String::from_utf8_lossy(&content).into_owned();
        let name = file.name().to_owned();
        let text = if name == "docProps/core.xml" { without_dates(&text) } else { text };
        parts.insert(name, text);
    }
    assert!(parts.len() > 5, "{:?}", parts.keys());
    parts
}

/// A text without the digits of its dates, `2001-09-09T01:46:40Z`.
fn without_dates(text: &str) -> String {
    let is_date = |piece: &str| piece.len() >= 19 && piece.as_bytes()[4] == b'-' && piece.as_bytes()[10] == b'T';
    text.split_inclusive(['<', '>']).map(|piece| if is_date(piece) { "<" } else { piece }).collect()
}

/// The objects of a PDF without dates and what is made of them: the file's id and the times of its properties.
fn objects(pdf: &[u8]) -> BTreeMap<ObjectId, Object> {
    let mut document = Document::load_mem(pdf).unwrap();
    // The containers of the objects, which hold the id and repeat the dates.
    let is_container = |object: &Object| {
        let kind = object.as_stream().and_then(|stream| stream.dict.get(b"Type")).and_then(Object::as_name);
        kind.is_ok_and(|kind| kind == b"XRef" || kind == b"ObjStm")
    };
    document.objects.retain(|_, object| !is_container(object));
    for object in document.objects.values_mut() {
        if let Ok(dictionary) = object.as_dict_mut() {
            dictionary.remove(b"CreationDate");
            dictionary.remove(b"ModDate");
        }
        let Ok(stream) = object.as_stream_mut() else { continue };
        if stream.dict.get(b"Subtype").is_ok_and(|kind| kind == &Object::Name(b"XML".into())) {
            stream.content = without_dates(&String::from_utf8_lossy(&stream.content)).into_bytes();
            stream.dict.remove(b"Length");
        }
    }
    assert!(document.objects.len() > 10);
    document.objects
}
