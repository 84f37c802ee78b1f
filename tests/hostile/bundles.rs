//! Bundles that came by mail from nobody knows whom: each is refused with its code, at the place that names it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use report_gen::batch::{Job, Outcome, run};
use report_gen::bundle::{About, Bundle, MOST_FILES, Shelf};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::codes;

const TEMPLATE: &str = "[report]\ntitle = \"XXX镇汇报\"\n[[section]]\ntext = \"召开会议X次。\"\n";
const REPORT: &str = "template = \"county.rgt\"\n[figures]\n\"XXX镇\" = \"青石镇\"\n\"会议X次\" = 12\n";

/// What comes of the report on this bundle, with a secret beside it.
fn on(bundle: Vec<u8>) -> Outcome {
    let secret = "[report]\ntitle = \"机密\"\n";
    let files = [("dir/report.toml", REPORT.into()), ("dir/county.rgt", bundle), ("secret.toml", secret.into())];
    let files = files.map(|(name, bytes): (_, Vec<u8>)| (name.to_owned(), bytes)).into();
    let job = Job { path: "dir/report.toml".into(), ..Job::default() };
    run(&job, &Shelf::new(Memory { files, epoch: None }), &Fonts::bundled()).unwrap()
}

/// The bundle is refused with this code, where the report names it.
#[track_caller]
fn refused(bundle: Vec<u8>, code: &str) {
    let outcome = on(bundle);
    assert_eq!(codes(&outcome), [code]);
    let span = outcome.diagnostics[0].span().unwrap();
    assert_eq!(outcome.sources.text(span), "\"county.rgt\"");
    assert!(!outcome.diagnostics[0].help.is_empty(), "it says what to do");
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A bundle as `pack` makes it.
fn packed(template: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    all.insert("template.toml".into(), template.into());
    Bundle { about: About::default(), template: "template.toml".into(), files: all }.pack().unwrap()
}

/// Puts `new` for every `old` of the same length.
fn patched(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|window| window == old) {
        bytes[at + found..at + found + old.len()].copy_from_slice(new);
        at += found + old.len();
    }
    assert!(at > 0, "nothing to patch");
    bytes
}

#[test]
fn a_bundle_in_good_faith_is_taken() {
    assert_eq!(codes(&on(packed(TEMPLATE, &[]))), [""; 0]);
}

#[test]
fn bundles_with_names_that_lead_elsewhere() {
    for name in [
        "../secret.toml",
        "a/../../secret.toml",
        "/etc/passwd",
        "C:\\secret.toml",
        "C:secret.toml",
        "\\\\server\\share\\x",
        "//server/share/x",
        "a\\..\\..\\x",
        "NUL",
        "com1.txt",
        "a/aux.toml",
        "x.toml:stream",
        "x.toml.",
        "x ",
        "./x",
        "",
    ] {
        let files = [("template.toml", TEMPLATE.as_bytes()), (name, b"x".as_slice())];
        refused(archive(&files), "path-escape");
    }
    refused(archive(&[(&"长".repeat(100), b"x".as_slice())]), "path-escape");
}

#[test]
fn bundles_with_names_that_stand_twice() {
    refused(archive(&[("a.toml", b"1"), ("A.toml", b"2")]), "bad-bundle");
    refused(archive(&[("é.toml", b"1"), ("É.toml", b"2")]), "bad-bundle");
    let twice = archive(&[("template.toml", TEMPLATE.as_bytes()), ("templatf.toml", b"")]);
    refused(patched(twice, b"templatf", b"template"), "bad-bundle");
}

#[test]
fn bundles_with_links_folders_and_locked_files() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("template.toml", "../secret.toml", SimpleFileOptions::default()).unwrap();
    refused(zip.finish().unwrap().into_inner(), "path-escape");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory("..", SimpleFileOptions::default()).unwrap();
    refused(zip.finish().unwrap().into_inner(), "path-escape");

    // The flag of an encrypted file, in its central head (PK 1 2, two versions, flags).
    let mut locked = archive(&[("template.toml", TEMPLATE.as_bytes())]);
    let head = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[head + 8] |= 1;
    refused(locked, "path-escape");
}

#[test]
fn bundles_that_are_too_much() {
    let zeros = vec![0; 70 * 1024 * 1024];
    let bomb = archive(&[("bomb", &zeros)]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    // What it says of its size is not asked.
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    refused(patched(bomb.clone(), &size, &1_u32.to_le_bytes()), "limit-exceeded");
    refused(bomb, "limit-exceeded");

    let names: Vec<String> = (0..=MOST_FILES + 1).map(|n| format!("f{n}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(archive(&files), "limit-exceeded");
}

#[test]
fn bundles_that_are_cut_or_changed_or_none() {
    let good = packed(TEMPLATE, &[("x.csv", b"a,b\n")]);
    for cut in [0, 1, 30, good.len() / 2, good.len() - 23, good.len() - 1] {
        refused(good[..cut].to_vec(), "bad-bundle");
    }
    refused([good.clone(), b"more".to_vec()].concat(), "bad-bundle");
    refused(b"[report]\ntitle = \"no zip\"\n".to_vec(), "bad-bundle");
    refused(archive(&[("template.toml", TEMPLATE.as_bytes())]), "bad-bundle");
    refused(archive(&[("manifest.toml", b"\xff"), ("template.toml", TEMPLATE.as_bytes())]), "bad-bundle");
    let deep = "a = ".to_owned() + &"[".repeat(100_000);
    refused(archive(&[("manifest.toml", deep.as_bytes())]), "bad-bundle");
}

#[test]
fn a_template_in_a_bundle_names_no_file_outside_of_it() {
    let province = packed("[template]\nbase = \"../other.toml\"\n", &[]);
    for (base, code) in [
        ("../secret.toml", "path-escape"),
        ("../../secret.toml", "path-escape"),
        ("../report.toml", "path-escape"),
        ("/secret.toml", "path-escape"),
        ("../county.rgt/../../secret.toml", "path-escape"),
        // The path of a bundle in the bundle is its own folder.
        ("province.rgt", "path-escape"),
        ("county.rgt", "template-missing"),
        ("none.toml", "template-missing"),
        ("../county.rgt", "path-escape"),
        (".", "path-escape"),
    ] {
        let template = format!("[template]\nbase = \"{base}\"\n");
        let outcome = on(packed(&template, &[("other.toml", TEMPLATE.as_bytes()), ("province.rgt", &province)]));
        assert_eq!(codes(&outcome), [code], "{base}");
        assert!(outcome.sources.files().all(|file| !file.text().contains("机密")), "{base}");
    }
}

#[test]
fn a_template_in_a_bundle_names_no_output_elsewhere() {
    for output in ["../x", "/tmp/x", "a/b", "C:\\\\x", "NUL", "x\\u0000"] {
        let template = TEMPLATE.replace("[[section]]", &format!("output = \"{output}\"\n[[section]]"));
        let outcome = on(packed(&template, &[]));
        let codes = codes(&outcome);
        assert!(
            codes.iter().any(|code| matches!(*code, "bad-output-name" | "control-character")),
            "{output} {codes:?}"
        );
        assert!(outcome.files.is_empty());
    }
}
