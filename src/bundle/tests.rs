use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::diag::Code;
use crate::world::{Memory, World};

fn bundle() -> Bundle {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    Bundle {
        about: About { name: Some("河长制\"月报\"".into()), version: Some("1.2".into()), requires: None },
        template: TEMPLATE.into(),
        files: [file(TEMPLATE, "[report]\ntitle = \"XXX镇月报\"\n"), file("数据/村.csv", "村,处\n"), file("空", "")]
            .into(),
    }
}

/// An archive of these files, of any names.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn packed_with(change: impl Fn(&mut String, &mut BTreeMap<String, Vec<u8>>)) -> Vec<u8> {
    let mut bundle = bundle();
    let mut list = contents::write(&bundle);
    change(&mut list, &mut bundle.files);
    let files: Vec<(&str, &[u8])> = std::iter::once((CONTENTS, list.as_bytes()))
        .chain(bundle.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
        .collect();
    archive(&files)
}

#[test]
fn a_bundle_is_read_as_it_was_packed() {
    let packed = bundle().pack().unwrap();
    assert_eq!(Bundle::read(&packed), Ok(bundle()));
    assert_eq!(packed, bundle().pack().unwrap(), "the same bundle gives the same bytes");
    let mut other = bundle();
    other.about.version = Some("1.3".into());
    assert_ne!(other.digest(), bundle().digest());
}

#[test]
fn what_was_changed_on_the_way_is_refused() {
    let refused = |packed: Vec<u8>| Bundle::read(&packed).unwrap_err();
    assert_eq!(
        refused(packed_with(|_, files| *files.get_mut("空").unwrap() = b"x".to_vec())),
        BundleFault::Changed("空".into())
    );
    assert_eq!(
        refused(packed_with(|_, files| drop(files.insert("新".into(), Vec::new())))),
        BundleFault::Unlisted("新".into())
    );
    assert_eq!(refused(packed_with(|_, files| drop(files.remove("空")))), BundleFault::Missing("空".into()));
    assert_eq!(refused(packed_with(|list, _| *list = list.replace("1.2", "1.3"))), BundleFault::ChangedWhole);
    assert_eq!(refused(packed_with(|list, _| *list = list.replace("form = 1", "form = 7"))), BundleFault::Later(7));
    assert_eq!(refused(packed_with(|list, _| list.clear())), BundleFault::Contents);
    assert_eq!(refused(archive(&[(TEMPLATE, b"")])), BundleFault::Contents);
}

#[test]
fn hostile_names_are_refused() {
    for name in ["../x", "/etc/x", "a/../../x", "C:/x", "a\\x", "NUL", "a//b", "./a", "a/x."] {
        let fault = Bundle::read(&archive(&[(name, b"")])).unwrap_err();
        assert!(matches!(fault.code(), Code::PathEscape | Code::BadBundle), "{name}: {fault:?}");
        let mut bundle = bundle();
        bundle.files.insert(name.into(), Vec::new());
        assert_eq!(bundle.pack(), Err(BundleFault::Name(name.into())));
    }
}

#[test]
fn names_that_windows_takes_for_one_are_refused() {
    let mut bundle = bundle();
    bundle.files.extend([("A.csv".to_owned(), Vec::new()), ("a.csv".to_owned(), Vec::new())]);
    assert_eq!(bundle.pack(), Err(BundleFault::Twice("a.csv".into())));
    let twice = Bundle::read(&archive(&[("A.csv", b"1"), ("a.csv", b"2")]));
    assert_eq!(twice, Err(BundleFault::Twice("a.csv".into())));
    // The same name twice, which zip's own writer refuses: one is renamed in the finished archive.
    let mut packed = archive(&[("a.csv", b"1"), ("b.csv", b"2")]);
    while let Some(at) = packed.windows(5).position(|window| window == b"b.csv") {
        packed[at] = b'a';
    }
    assert!(matches!(Bundle::read(&packed), Err(BundleFault::Damaged(_))));
}

#[test]
fn links_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("a", "/etc/hostname", SimpleFileOptions::default()).unwrap();
    let packed = zip.finish().unwrap().into_inner();
    assert_eq!(Bundle::read(&packed), Err(BundleFault::Special("a".into())));
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0; 1024 * 1024];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb", SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    for _ in 0..80 {
        zip.write_all(&zeros).unwrap();
    }
    let packed = zip.finish().unwrap().into_inner();
    assert!(packed.len() < 200_000, "{}", packed.len());
    assert_eq!(Bundle::read(&packed), Err(BundleFault::TooLarge));

    let names: Vec<String> = (0..=MOST_FILES + 1).map(|n| format!("f{n}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(Bundle::read(&archive(&files)), Err(BundleFault::TooMany));
}

#[test]
fn no_damage_makes_it_panic() {
    let packed = bundle().pack().unwrap();
    for at in 0..packed.len() {
        assert!(Bundle::read(&packed[..at]).is_err(), "cut at {at}");
        let mut flipped = packed.clone();
        flipped[at] ^= 0x5a;
        // A changed time or flag may pass; what was packed is then what is read.
        if let Ok(read) = Bundle::read(&flipped) {
            assert_eq!(read, bundle(), "flipped at {at}");
        }
    }
}

#[test]
fn a_bundle_on_the_shelf_is_a_folder() {
    let files = [("县/模板.rgt".to_owned(), bundle().pack().unwrap()), ("a.toml".to_owned(), b"x".to_vec())];
    let world = Memory { files: files.into(), epoch: Some(7) };
    let shelf = Shelf::new(world);
    assert_eq!(shelf.read("a.toml").unwrap(), b"x");
    assert!(shelf.read("县/模板.rgt/template.toml").unwrap().starts_with(b"[report]"));
    assert_eq!(shelf.read_in("县/模板.rgt", "县/模板.rgt/数据/村.csv", 100).unwrap(), "村,处\n".as_bytes());
    let large = shelf.read_in("县/模板.rgt", "县/模板.rgt/数据/村.csv", 3).unwrap_err();
    assert_eq!(large.kind(), std::io::ErrorKind::FileTooLarge);
    assert_eq!(shelf.read("县/模板.rgt/none").unwrap_err().kind(), std::io::ErrorKind::NotFound);
    assert_eq!(shelf.epoch(), Some(7));
    assert_eq!(shelf.template("县", "县/模板.rgt").unwrap(), "县/模板.rgt/template.toml");
    assert_eq!(shelf.template("", "a.toml").unwrap(), "a.toml");
}

#[test]
fn a_bundle_in_a_bundle_opens_too_and_a_folder_is_a_folder() {
    let mut county = bundle();
    county.files.insert("省.rgt".into(), bundle().pack().unwrap());
    let files = [("县.rgt".to_owned(), county.pack().unwrap()), ("乡.rgt/template.toml".to_owned(), b"x".to_vec())];
    let shelf = Shelf::new(Memory { files: files.into(), epoch: None });
    assert_eq!(shelf.template("县.rgt", "县.rgt/省.rgt").unwrap(), "县.rgt/省.rgt/template.toml");
    assert_eq!(shelf.read("县.rgt/省.rgt/数据/村.csv").unwrap(), "村,处\n".as_bytes());
    let entry = shelf.template("", "乡.rgt").unwrap();
    assert_eq!(shelf.read(&entry).unwrap(), b"x");
    let deep = "a.rgt/".repeat(100_000) + "x";
    assert_eq!(shelf.read(&deep).unwrap_err().kind(), std::io::ErrorKind::NotFound);
}
