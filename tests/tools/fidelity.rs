//! How much of what Word shows is what the PDF shows: the Word file of every example as LibreOffice sets it, beside
//! the PDF, by pages and by lines.
//!
//! LibreOffice 7.4 reads three of Word's switches otherwise than Word: it takes `overflowPunct` for its contrary,
//! passes over `autoSpaceDE`, and passes over `characterSpacingControl`. So it gets the file in its own format with
//! these three as the Word file has them: no mark hangs over the edge, nothing between hanzi and digits, marks are
//! squeezed. What remains is its own way to squeeze: only the marks after the last digit of a line.
//!
//! The numbers are printed (`cargo test --test tools fidelity:: -- --nocapture`) and gate nothing: where lines turn Word
//! decides for itself, and LibreOffice is not Word. With `REPORT_GEN_SHOW_LINES=1` the lines that differ are shown.

use crate::example;
use crate::program;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::office::convert;
use crate::run::run;
use crate::tool::tests;

tests! {
    [Writer, Poppler]: libreoffice_sets_the_word_file_much_as_the_pdf_is_set;
}

fn switch(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| value == "1")
}

/// What a program says on standard output.
fn output(command: &mut Command) -> String {
    let said = run(command);
    assert!(said.good, "{command:?}: {}", said.err);
    said.out
}

/// The file in `folder` with that extension.
fn only(folder: &Path, extension: &str) -> PathBuf {
    let name = program::names(folder).into_iter().find(|name| name.ends_with(extension));
    folder.join(name.expect("the program wrote it"))
}

/// The Word file as LibreOffice sets it, with the three switches as they are meant.
fn as_libreoffice_sets(docx: &Path, directory: &Path) -> PathBuf {
    let own = convert(docx, directory, "fodt");
    let mut text = std::fs::read_to_string(&own).expect("LibreOffice wrote it");
    for (read, meant) in [
        ("style:punctuation-wrap=\"hanging\"", "style:punctuation-wrap=\"simple\""),
        ("style:text-autospace=\"ideograph-alpha\"", "style:text-autospace=\"none\""),
        ("CharacterCompressionType\" config:type=\"short\">0", "CharacterCompressionType\" config:type=\"short\">1"),
    ] {
        text = text.replace(read, meant);
    }
    std::fs::write(&own, text).expect("the temporary directory takes the file");
    convert(&own, directory, "pdf")
}

/// The pages of a PDF, each its lines without blanks; the page's number and empty lines aside.
fn pages(pdf: &Path) -> Vec<Vec<String>> {
    let text = output(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-"));
    let is_number = |line: &str| {
        let inner = line.strip_prefix('—').and_then(|line| line.strip_suffix('—'));
        inner.is_some_and(|inner| inner.chars().all(|c| c.is_ascii_digit()))
    };
    // How many dots lead to a page number of the contents is the program's own affair.
    let without_leader = |line: String| -> String {
        match (line.find("...."), line.rfind("....")) {
            (Some(start), Some(end)) => format!("{}…{}", &line[..start], line[end..].trim_start_matches('.')),
            _ => line,
        }
    };
    let page = |page: &str| -> Vec<String> {
        let lines = page.lines().map(|line| line.chars().filter(|c| !c.is_whitespace()).collect()).map(without_leader);
        lines.filter(|line: &String| !line.is_empty() && !is_number(line)).collect()
    };
    let mut pages: Vec<_> = text.split('\u{c}').map(page).collect();
    pages.pop();
    pages
}

/// Which lines of `a` are lines of `b` as well, in the same order: the longest such row.
fn shared(a: &[String], b: &[String]) -> Vec<bool> {
    let mut longest = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for (i, line) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            longest[i][j] =
                if line == other { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let mut shared = vec![false; a.len()];
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            shared[i] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    shared
}

/// The lines of both that the other has not, in the order of the text.
fn show_differences(ours: &[String], theirs: &[String]) {
    for (mark, lines, others) in [("pdf ", ours, theirs), ("word", theirs, ours)] {
        let common = shared(lines, others);
        for (line, _) in lines.iter().zip(common).filter(|(_, common)| !common) {
            eprintln!("    {mark} {line}");
        }
    }
}

fn libreoffice_sets_the_word_file_much_as_the_pdf_is_set() {
    let mut lines_of_all = (0, 0);
    for report in example::reports() {
        let folder = report.parent().expect("a file has a folder").to_owned();
        let directory = tempfile::tempdir().expect("there is a temporary directory");
        let out = directory.path().join("out");
        let run = program::run(&folder, &["build", "-o", &out.to_string_lossy(), "report.toml"]);
        assert_eq!(run.status, 0, "{}: {}", folder.display(), run.err);
        let converted = as_libreoffice_sets(&only(&out, ".docx"), directory.path());
        let ours = pages(&only(&out, ".pdf"));
        let theirs = pages(&converted);
        let (our_lines, their_lines) = (ours.concat(), theirs.concat());
        let common = shared(&our_lines, &their_lines).into_iter().filter(|&common| common).count();
        let equal_pages = ours.iter().zip(&theirs).filter(|(a, b)| a == b).count();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        eprintln!(
            "{name}: {} pages in the PDF, {} in LibreOffice, {equal_pages} equal; {common} of {} lines equal",
            ours.len(),
            theirs.len(),
            our_lines.len()
        );
        if switch("REPORT_GEN_SHOW_LINES") {
            show_differences(&our_lines, &their_lines);
        }
        assert_eq!(our_lines.concat().chars().count(), their_lines.concat().chars().count(), "the same words");
        lines_of_all = (lines_of_all.0 + common, lines_of_all.1 + our_lines.len());
    }
    let (common, all) = lines_of_all;
    eprintln!("of all examples: {common} of {all} lines equal ({:.1} %)", common as f64 * 100.0 / all.max(1) as f64);
}
