//! The examples, folders with a report: each builds, or fails with exactly the words beside it.
//!
//! A folder of `examples/` with a `check.txt` is one that fails: `report-gen check` in it says just that in Chinese, and
//! `check.en.txt` in English. `UPDATE=1 cargo test --test all examples::` writes both anew; read the difference.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "examples are files, and a switch rewrites them")]

use crate::program;
use std::path::{Path, PathBuf};

use crate::program::{bytes, names, run};
use lopdf::Document;
use tempfile::tempdir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn examples() -> Vec<PathBuf> {
    let below = |folder: &str| std::fs::read_dir(root().join(folder)).unwrap();
    let entries = below("examples").chain(below("examples/gallery")).chain(below("examples/issued"));
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("report.toml").exists()).collect();
    folders.sort();
    assert!(folders.len() >= 3, "{folders:?}");
    folders
}

/// Compares what was said with the file that holds it, or writes the file anew.
fn compare(path: &Path, said: &str) {
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(path, said).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(said, expected, "{}", path.display());
}

/// Builds the report of `folder` elsewhere, and gives the number of its pages.
fn pages(folder: &Path) -> usize {
    let out = tempdir().unwrap();
    let build = run(folder, &["build", "-o", out.path().to_str().unwrap()]);
    // A fault that the report accepts is told as a hint, and is none.
    let is_clean = build.err.lines().all(|line| !line.starts_with("error") && !line.starts_with("warning"));
    assert!(build.status == 0 && is_clean, "{}: {}", folder.display(), build.err);
    let built = names(out.path());
    let [docx, pdf] = built.as_slice() else { panic!("{built:?}") };
    assert!(docx.ends_with(".docx") && pdf.ends_with(".pdf"), "{built:?}");
    assert_eq!(docx.strip_suffix(".docx"), pdf.strip_suffix(".pdf"));
    Document::load_mem(&bytes(out.path(), pdf)).unwrap().get_pages().len()
}

#[test]
fn each_example_builds_or_fails_as_it_says() {
    let mut failing = 0;
    for folder in examples() {
        if !folder.join("check.txt").exists() {
            assert!(pages(&folder) >= 1);
            continue;
        }
        failing += 1;
        for (lang, file) in [("zh", "check.txt"), ("en", "check.en.txt")] {
            let check = run(&folder, &["check", "--lang", lang]);
            assert_eq!((check.status, check.out.as_str()), (1, ""), "{}", folder.display());
            compare(&folder.join(file), &check.err);
        }
        let before = names(&folder);
        assert_eq!(run(&folder, &["build"]).status, 1);
        assert_eq!(names(&folder), before, "nothing is written");
    }
    assert!(failing > 0, "no example shows what the program says of faults");
}

#[test]
fn an_example_says_in_words_what_it_shows() {
    for folder in examples() {
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
        assert!(readme.starts_with("# ") && readme.len() > 50, "{}", folder.display());
    }
}

#[test]
fn the_report_of_this_repository_has_three_pages_or_more() {
    let pages = pages(&root());
    assert!(pages >= 3, "{pages} pages");
}

#[test]
#[cfg_attr(windows, ignore = "the script needs a shell")]
fn a_county_makes_the_reports_of_its_towns_with_one_script() {
    let out = tempdir().unwrap();
    let script = root().join("examples/county/run.sh");
    let made = || {
        let mut command = std::process::Command::new("sh");
        command.arg(&script).arg(out.path()).env("REPORT_GEN", env!("CARGO_BIN_EXE_report-gen"));
        command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL");
        program::ended(&mut command)
    };
    for run in ["first", "again"] {
        let ended = made();
        assert_eq!(ended.status, 0, "{run}: {}", ended.err);
        assert!(ended.out.starts_with("40 .docx, 40 .pdf, "), "{run}: {}", ended.out);
    }
    assert_eq!(
        names(&out.path().join("county")),
        ["全县农村公路养护工作情况通报.docx", "全县农村公路养护工作情况通报.pdf"]
    );
    let report = bytes(&out.path().join("county"), "全县农村公路养护工作情况通报.pdf");
    let text = lopdf::Document::load_mem(&report).unwrap().extract_text(&[1]).unwrap();
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("病害全部修复的有1个镇。"), "{text}");
    assert!(text.contains("修复不到六成的有云塘镇、石洼镇、白坡镇、") && text.contains("个镇，请抓紧处置。"), "{text}");
    let summary = String::from_utf8(bytes(out.path(), "summary.csv")).unwrap();
    assert_eq!(summary.matches(",未变,").count(), 40, "the second run makes nothing anew");
}
