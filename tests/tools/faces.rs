//! An office's own faces: before another program's eyes, and a large collection as systems have it.

use std::path::Path;
use std::process::Command;

use crate::program;
use crate::run::run;
use crate::tool::{NOTO, preflight, tests};

tests! {
    [Preflight]: preflight_takes_own_faces_of_both_kinds;
    [NotoSerifCjk, Poppler]: a_large_collection_of_the_system_is_taken;
}

/// Builds a report with these faces in its `[style]`; the folder `faces` is beside it.
fn built(folder: &Path, style: &str) {
    let report = format!(
        "[report]\ntitle = \"青石镇工作汇报\"\noutput = \"报告\"\n[style]\n{style}\n\
         [[section]]\nheading = \"会议\"\ntext = \"召开会议9次，县里3次。\"\n"
    );
    program::write(folder, "report.toml", report);
    let ended = program::run(folder, &["build", "report.toml", "--to", "pdf", "--font-dir", "faces"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
}

fn preflight_takes_own_faces_of_both_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let faces = folder.path().join("faces");
    std::fs::create_dir(&faces).unwrap();
    std::fs::write(faces.join("own.otf"), include_bytes!("../faces/own.otf")).unwrap();
    std::fs::write(faces.join("own.ttf"), include_bytes!("../faces/own.ttf")).unwrap();
    built(
        folder.path(),
        "fonts = { body = \"测试楷体\", title = \"测试标宋\", latin = \"测试标宋\" }\npdf_standard = \"a-1b\"",
    );
    let main = ["-cp", &preflight(), "org.apache.pdfbox.preflight.Validator_A1b"];
    let said = run(Command::new("java").args(main).arg(folder.path().join("报告.pdf"))).out;
    assert!(said.contains("is a valid PDF/A-1b file"), "{said}");
}

fn a_large_collection_of_the_system_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let faces = folder.path().join("faces");
    std::fs::create_dir(&faces).unwrap();
    std::fs::copy(NOTO, faces.join("noto.ttc")).unwrap();
    built(folder.path(), "fonts = { body = \"Noto Serif CJK SC\" }");
    let said = run(Command::new("pdffonts").arg(folder.path().join("报告.pdf"))).out;
    assert!(said.contains("+NotoSerifCJK"), "{said}");
    assert!(!said.contains("ReportGenFangSong"), "{said}");
}
