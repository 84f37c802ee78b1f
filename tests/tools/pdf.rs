//! The PDF in the hands of other programs: qpdf, poppler, MuPDF, PDFBox Preflight (PDF/A-1b) and pdfua (PDF/UA-1).

use crate::example;
use crate::report;
use std::path::PathBuf;
use std::process::Command;

use crate::report::{block, inline};
use crate::run::run as run_program;
use crate::tool::{preflight, tests};
use report_gen::doc::{BlockKind, Doc};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Line, Pages, layout};
use report_gen::manifest::PdfStandard;
use report_gen::write::pdf;

tests! {
    [Qpdf]: qpdf_finds_no_fault;
    [Preflight]: preflight_finds_pdf_a_1b;
    [Pdfua]: pdfua_finds_no_fault;
    [Poppler]: every_face_is_embedded_cut_down_and_can_be_read, the_text_of_a_page_is_its_lines;
    [Mupdf]: the_type_area_and_its_grid_hold_in_the_file_itself;
    [Poppler, Mupdf]: two_readers_find_the_same_text, readers_show_the_properties_and_the_outline;
    []: a_report_of_five_pages_is_small;
}

/// A PDF on disk, for as long as this lives.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
    pages: Pages,
}

fn file(doc: &Doc) -> File {
    let fonts = Fonts::bundled();
    let pages = layout(doc, &fonts).unwrap();
    let bytes = pdf::write(&pages, doc, &fonts).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    File { _folder: folder, path, pages }
}

/// What `tool` prints, given `before`, the file, and `after`.
fn run(tool: &str, before: &[&str], file: &File, after: &[&str]) -> String {
    let said = run_program(Command::new(tool).args(before).arg(&file.path).args(after));
    assert!(said.good, "{tool}: {}", said.all());
    said.out
}

/// A report that has something of everything, and all examples, as `standard` asks.
fn all(standard: PdfStandard) -> Vec<(String, File)> {
    let examples = example::reports().into_iter().map(|path| (path.display().to_string(), example::read(&path)));
    let docs = std::iter::once(("hard".to_owned(), report::hard())).chain(examples);
    docs.map(|(name, mut doc)| {
        doc.style.pdf_standard = standard;
        (name, file(&doc))
    })
    .collect()
}

/// A report that has something of everything, as `standard` asks.
fn hard(standard: PdfStandard) -> File {
    let mut doc = report::hard();
    doc.style.pdf_standard = standard;
    file(&doc)
}

fn qpdf_finds_no_fault() {
    let variants = PdfStandard::NAMED.into_iter().map(|(name, standard)| (name.to_owned(), hard(standard)));
    for (name, file) in variants.chain(all(PdfStandard::A2a)) {
        let said = run("qpdf", &["--check"], &file, &[]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
    }
}

fn preflight_finds_pdf_a_1b() {
    let main = ["-cp", &preflight(), "org.apache.pdfbox.preflight.Validator_A1b"];
    for (name, file) in all(PdfStandard::A1b) {
        let said = run("java", &main, &file, &[]);
        assert!(said.contains("is a valid PDF/A-1b file"), "{name}: {said}");
    }
}

fn pdfua_finds_no_fault() {
    for (name, file) in all(PdfStandard::A2a) {
        let said = run("pdfua", &["check"], &file, &[]);
        assert!(said.contains("PASS (no findings)"), "{name}: {said}");
    }
}

fn two_readers_find_the_same_text() {
    for (name, file) in all(PdfStandard::A2a) {
        let poppler = run("pdftotext", &["-raw", "-enc", "UTF-8"], &file, &["-"]);
        let mupdf = run("mutool", &["draw", "-q", "-F", "text", "-o", "-"], &file, &[]);
        let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(signs(&poppler) == signs(&mupdf), "{name}: {poppler}\n\n{mupdf}");
    }
}

fn every_face_is_embedded_cut_down_and_can_be_read() {
    let said = run("pdffonts", &[], &file(&report::hard()), &[]);
    let rows: Vec<&str> = said.lines().skip(2).collect();
    assert_eq!(rows.len(), 6, "{said}");
    assert!(rows.iter().all(|row| row.contains(" yes yes yes ")), "{said}");
}

fn the_text_of_a_page_is_its_lines() {
    // A space between hanzi and Latin is room and no sign, so it is not in the text.
    for latin_gap in [0, 125, 250] {
        let mut doc = report::hard();
        doc.style.latin_gap = latin_gap;
        let file = file(&doc);
        for (number, page) in (1..).zip(&file.pages.pages) {
            let n = number.to_string();
            let plain = ["-f", &n, "-l", &n, "-enc", "UTF-8"];
            let raw = ["-raw", "-f", &n, "-l", &n, "-enc", "UTF-8"];
            for options in [&plain[..], &raw[..]] {
                let said = run("pdftotext", options, &file, &["-"]);
                let said = said.lines().map(|line| line.trim_matches('\u{c}')).filter(|line| !line.is_empty());
                // poppler gives a blank of any kind as a plain one.
                let typed = |line: &Line| line.text().replace('\u{a0}', " ").trim_end().to_string();
                let lines: Vec<String> = page.lines().map(typed).collect();
                assert_eq!(said.collect::<Vec<_>>(), lines, "page {number}, gap {latin_gap}, {options:?}");
            }
        }
    }
}

/// The places of glyphs as MuPDF finds them: of each line its baseline, its left edge and its right edge in
/// points from the page's upper left corner, with its number of glyphs.
fn mupdf_lines(file: &File) -> Vec<(f64, f64, f64, usize)> {
    let xml = run("mutool", &["draw", "-q", "-F", "stext", "-o", "-"], file, &[]);
    let attribute = |tag: &str, name: &str| -> Vec<f64> {
        let from = tag.find(&format!(" {name}=\"")).map(|at| at + name.len() + 3).unwrap();
        tag[from..].split('"').next().unwrap().split(' ').map(|number| number.parse().unwrap()).collect()
    };
    let mut lines = Vec::new();
    for line in xml.split("<line ").skip(1) {
        let chars: Vec<&str> = line.split("<char").skip(1).collect();
        let (first, last) = (chars.first().unwrap(), chars.last().unwrap());
        // The corners of a glyph's box: upper left, upper right, lower left, lower right.
        let right = attribute(last, "quad")[2];
        lines.push((attribute(first, "y")[0], attribute(first, "x")[0], right, chars.len()));
    }
    lines
}

fn the_type_area_and_its_grid_hold_in_the_file_itself() {
    const MM: f64 = 72.0 / 25.4;
    let text = "镇".repeat(22 * 28 * 2 - 2);
    let file = file(&report::report(vec![block(BlockKind::Paragraph, vec![inline(&text, Role::Body)])]));
    let lines = mupdf_lines(&file);
    let text: Vec<_> = lines.iter().filter(|line| line.3 >= 26).collect();
    assert_eq!(text.len(), 44);
    let close = |a: f64, b: f64| (a - b).abs() < 0.1 * MM;
    for (n, &&(baseline, left, right, count)) in text.iter().enumerate() {
        let row = (n % 22) as f64;
        let first = 37.0 * MM + (28.95 - 16.0) / 2.0 + 0.88 * 16.0;
        assert!(close(baseline, first + row * 28.95), "line {n} on {baseline}");
        let indent = if n == 0 { 2.0 * 15.75 } else { 0.0 };
        assert!(close(left, 28.0 * MM + indent), "line {n} from {left}");
        assert!(n == 43 || close(right, 184.0 * MM), "line {n} to {right}");
        assert_eq!(count, if n == 0 { 26 } else { 28 });
    }
}

fn a_report_of_five_pages_is_small() {
    let file = file(&report::five_pages());
    assert_eq!(file.pages.pages.len(), 5);
    let size = std::fs::metadata(&file.path).unwrap().len();
    assert!(size < 150_000, "{size} bytes");
}

fn readers_show_the_properties_and_the_outline() {
    let file = file(&report::five_pages());
    let said = run("pdfinfo", &[], &file, &[]);
    for part in ["Title:           中共青石镇委员会", "Author:          中共青石镇委员会", "PDF version:     1.7"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    let said = run("mutool", &["show"], &file, &["outline"]);
    let titles: Vec<&str> = said.lines().filter_map(|line| line.split('"').nth(1)).collect();
    let ours: Vec<&str> = file.pages.outline.iter().map(|bookmark| bookmark.title.as_str()).collect();
    assert_eq!(titles, ours);
    assert!(said.contains("\t\t\"（一）压实责任\""), "nested: {said}");
}
