//! The PDF in the hands of other programs: qpdf, poppler and MuPDF.
//!
//! Where a tool is missing its test says so and passes; with `REPORT_GEN_REQUIRE_TOOLS=1` it fails.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests hand files to other programs, and read what is asked of them")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

#[path = "bench/report.rs"]
mod report;

use std::path::PathBuf;
use std::process::Command;

use report::{block, inline};
use report_gen::doc::{BlockKind, Doc, Gap, Inline};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Line, Pages, layout};
use report_gen::write::pdf;

/// A PDF on disk, for as long as this lives.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
    pages: Pages,
}

fn file(doc: &Doc) -> File {
    let fonts = Fonts::bundled();
    let pages = layout(doc, &fonts).unwrap();
    let bytes = pdf::write(&pages, &doc.meta, &fonts).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    File { _folder: folder, path, pages }
}

/// What `tool` prints, given `before`, the file, and `after`; `None` where there is no such tool.
fn run(tool: &str, before: &[&str], file: &File, after: &[&str]) -> Option<String> {
    match Command::new(tool).args(before).arg(&file.path).args(after).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{tool}: {said}{}", String::from_utf8_lossy(&output.stdout));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            let required = std::env::var("REPORT_GEN_REQUIRE_TOOLS").is_ok_and(|value| value == "1");
            assert!(!required, "{tool} is required: {error}");
            eprintln!("skipped: {tool} is not here ({error})");
            None
        }
    }
}

/// A report that has something of everything that makes extraction hard.
fn hard() -> Doc {
    let mut doc = report::five_pages();
    let texts = [
        "行末数字很长的一段文字需要把整个单词移到下一行去才能排得下来www.example-qingshi-town.gov.invalid/about这样的网址，\
         以及电话0571-12345678、日期2023-11-20、比例1:2.5、温度-3℃、金额￥1,234,567.89元。",
        "生僻字𠮷、𠮶和“单引‘套’双引”、（括号（套）括号）、《甲》《乙》〔2023〕3号、省略……破折——连接～间隔·号；①②③㎡≥5‰→。",
        "The quick brown fox jumps over the lazy dog, don't it? 中文与English混排，Wi-Fi、5G+、A/B、C++都有！！真的？！",
        "全角字母ＡＢＣ、数字１２３、百分号５％、圆点．、连字-、空\u{a0}格、顿、逗，分；冒：问？叹！",
    ];
    for text in texts {
        doc.blocks.push(block(BlockKind::Paragraph, vec![inline(text, Role::Body)]));
        doc.blocks.push(block(BlockKind::Quote, vec![inline(text, Role::Heading2)]));
        let bold = Inline { bold: true, gap: Some(Gap::Others), ..inline(text, Role::Body) };
        doc.blocks.push(block(BlockKind::ListItem(2), vec![bold]));
        doc.blocks.push(block(BlockKind::Heading(1), vec![inline(text, Role::Heading1)]));
    }
    doc
}

#[test]
fn qpdf_finds_no_fault() {
    let Some(said) = run("qpdf", &["--check"], &file(&hard()), &[]) else { return };
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
}

#[test]
fn every_face_is_embedded_cut_down_and_can_be_read() {
    let Some(said) = run("pdffonts", &[], &file(&hard()), &[]) else { return };
    let rows: Vec<&str> = said.lines().skip(2).collect();
    assert_eq!(rows.len(), Role::ALL.len(), "{said}");
    assert!(rows.iter().all(|row| row.contains(" yes yes yes ")), "{said}");
}

#[test]
fn the_text_of_a_page_is_its_lines() {
    // A space between hanzi and Latin is room and no sign, so it is not in the text.
    for latin_gap in [0, 125, 250] {
        let mut doc = hard();
        doc.style.latin_gap = latin_gap;
        let file = file(&doc);
        for (number, page) in (1..).zip(&file.pages.pages) {
            let n = number.to_string();
            let plain = ["-f", &n, "-l", &n, "-enc", "UTF-8"];
            let raw = ["-raw", "-f", &n, "-l", &n, "-enc", "UTF-8"];
            for options in [&plain[..], &raw[..]] {
                let Some(said) = run("pdftotext", options, &file, &["-"]) else { return };
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
fn mupdf_lines(file: &File) -> Option<Vec<(f64, f64, f64, usize)>> {
    let xml = run("mutool", &["draw", "-q", "-F", "stext", "-o", "-"], file, &[])?;
    let attribute = |tag: &str, name: &str| -> Vec<f64> {
        let from = tag.find(&format!(" {name}=\"")).map(|at| at + name.len() + 3).unwrap();
        tag[from..].split('"').next().unwrap().split(' ').map(|number| number.parse().unwrap()).collect()
    };
    let mut lines = Vec::new();
    for line in xml.split("<line ").skip(1) {
        let chars: Vec<&str> = line.split("<char").skip(1).collect();
        let (first, last) = (chars.first()?, chars.last()?);
        // The corners of a glyph's box: upper left, upper right, lower left, lower right.
        let right = attribute(last, "quad")[2];
        lines.push((attribute(first, "y")[0], attribute(first, "x")[0], right, chars.len()));
    }
    Some(lines)
}

#[test]
fn the_type_area_and_its_grid_hold_in_the_file_itself() {
    const MM: f64 = 72.0 / 25.4;
    let text = "镇".repeat(22 * 28 * 2 - 2);
    let file = file(&report::report(vec![block(BlockKind::Paragraph, vec![inline(&text, Role::Body)])]));
    let Some(lines) = mupdf_lines(&file) else { return };
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

#[test]
fn a_report_of_five_pages_is_small() {
    let file = file(&report::five_pages());
    assert_eq!(file.pages.pages.len(), 5);
    let size = std::fs::metadata(&file.path).unwrap().len();
    assert!(size < 150_000, "{size} bytes");
}

#[test]
fn readers_show_the_properties_and_the_outline() {
    let file = file(&report::five_pages());
    let Some(said) = run("pdfinfo", &[], &file, &[]) else { return };
    for part in ["Title:           中共青石镇委员会", "Author:          中共青石镇委员会", "PDF version:     1.7"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    let Some(said) = run("mutool", &["show"], &file, &["outline"]) else { return };
    let titles: Vec<&str> = said.lines().filter_map(|line| line.split('"').nth(1)).collect();
    let ours: Vec<&str> = file.pages.outline.iter().map(|bookmark| bookmark.title.as_str()).collect();
    assert_eq!(titles, ours);
    assert!(said.contains("\t\t\"（一）压实责任\""), "nested: {said}");
}
