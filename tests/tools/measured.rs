//! `[style]` in the finished files: MuPDF says where the signs of the PDF stand, to a tenth of a millimetre; the Word
//! file says the same in its own words.

use std::io::{Cursor, Read};
use std::process::Command;

use crate::run::run as run_program;
use crate::tool::tests;

use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;

tests! {
    [Mupdf]: both_readings_of_the_type_area_fill_it, margins_lines_and_sizes_are_where_the_style_puts_them;
}

/// How far a sign may stand from its place, in millimetres.
const NEAR: f64 = 0.1;

/// A sign of the PDF.
#[derive(Clone, Debug)]
struct Sign {
    c: char,
    /// Size of type in points.
    size: f64,
    /// Left end of its baseline from the left edge of the paper, in millimetres.
    x: f64,
    /// Its baseline from the upper edge, in millimetres.
    y: f64,
}

/// A report of full lines with `style` in its `[style]`: its PDF and its Word file.
fn built(style: &str) -> [Vec<u8>; 2] {
    let text = "镇".repeat(40 * 60);
    let file = format!("[report]\ntitle = \"汇报\"\n[style]\n{style}\n[[section]]\ntext = \"{text}\"\n");
    let world = Memory { files: [("report.toml".into(), file.into())].into(), epoch: None };
    let job = Job { path: "report.toml".into(), formats: vec![Format::Pdf, Format::Docx], ..Job::default() };
    let outcome = run(&job, &world, &Fonts::bundled()).unwrap();
    assert!(outcome.diagnostics.is_empty(), "{style}: {:?}", outcome.diagnostics);
    let mut files = outcome.files.into_iter().map(|(_, bytes)| bytes);
    [files.next().unwrap(), files.next().unwrap()]
}

/// The signs of the pages of `pdf`.
fn signs(pdf: &[u8]) -> Vec<Vec<Sign>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf).unwrap();
    let told = run_program(Command::new("mutool").args(["draw", "-q", "-F", "stext"]).arg(&path));
    assert!(told.good, "{}", told.err);
    let told = told.out;
    let mm = |points: f64| points / 72.0 * 25.4;
    let mut pages = Vec::new();
    let mut size = 0.0;
    for element in told.split('<').map(str::trim_start) {
        let value = |name: &str| {
            let at = element.find(&format!(" {name}=\""))? + name.len() + 3;
            element[at..].split('"').next()
        };
        let number = |name| value(name).unwrap().parse::<f64>().unwrap();
        if element.starts_with("page ") {
            pages.push(Vec::new());
        } else if element.starts_with("font ") {
            size = number("size");
        } else if element.starts_with("char ") {
            let c = value("c").unwrap();
            // MuPDF writes what is no ASCII by its number.
            let code = c.strip_prefix("&#x").and_then(|code| u32::from_str_radix(code.trim_end_matches(';'), 16).ok());
            let c = code.and_then(char::from_u32).unwrap_or_else(|| c.chars().next().unwrap());
            pages.last_mut().unwrap().push(Sign { c, size, x: mm(number("x")), y: mm(number("y")) });
        }
    }
    pages
}

/// The text's signs on a page, a line a vector.
fn text_lines(page: &[Sign]) -> Vec<Vec<Sign>> {
    let mut lines: Vec<Vec<Sign>> = Vec::new();
    for sign in page.iter().filter(|sign| sign.c == '镇') {
        match lines.last_mut() {
            Some(line) if (line[0].y - sign.y).abs() < 1.0 => line.push(sign.clone()),
            _ => lines.push(vec![sign.clone()]),
        }
    }
    lines
}

#[track_caller]
fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() < NEAR, "{what}: {found:.3} mm, not {wanted:.3}");
}

/// Upper edge of a line's em box.
fn top(line: &[Sign]) -> f64 {
    line[0].y - 0.88 * line[0].size / 72.0 * 25.4
}

fn bottom(line: &[Sign]) -> f64 {
    top(line) + line[0].size / 72.0 * 25.4
}

fn right(line: &[Sign]) -> f64 {
    let last = line.last().unwrap();
    last.x + last.size / 72.0 * 25.4
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn both_readings_of_the_type_area_fill_it() {
    // By the line, the boxes of lines fill 225 mm; by the glyph, their ink does.
    for (reading, pitch, ink_to_box) in [("line", 28.95, 1.0), ("glyph", 29.6, 0.0)] {
        let [pdf, docx] = built(&format!("type_area = \"{reading}\""));
        let half_leading = (pitch - 16.0) / 2.0 / 72.0 * 25.4 * ink_to_box;
        let pages = signs(&pdf);
        let lines = text_lines(&pages[1]);
        assert_eq!(lines.len(), 22, "{reading}");
        assert!(lines.iter().all(|line| line.len() == 28));
        near(top(&lines[0]) - half_leading, 37.0, reading);
        // 22 lines of 28.95 pt are 0.3 mm less than the type area.
        let foot = if ink_to_box > 0.0 { 37.0 + 22.0 * 28.95 / 72.0 * 25.4 } else { 297.0 - 35.0 };
        near(bottom(&lines[21]) + half_leading, foot, reading);
        near(lines[1][0].x, 28.0, reading);
        near(right(&lines[1]), 210.0 - 26.0, reading);
        let twips = (pitch * 20.0_f64).round();
        assert!(part(&docx, "word/document.xml").contains(&format!("w:linePitch=\"{twips}\"")), "{reading}");
        assert!(part(&docx, "word/styles.xml").contains(&format!("w:line=\"{twips}\" w:lineRule=\"exact\"")));
    }
}

fn margins_lines_and_sizes_are_where_the_style_puts_them() {
    let [pdf, docx] = built(
        "sizes = { body = \"四号\", title = \"小二\", page_number = \"五号\" }\nline_pitch = \"26pt\"\n\
         margins = { top = \"30mm\", bottom = \"2.5cm\", left = \"32mm\", right = \"70.87pt\" }",
    );
    let pages = signs(&pdf);
    let lines = text_lines(&pages[1]);
    // (297 − 30 − 25) mm of 26 pt each.
    assert_eq!(lines.len(), 26);
    near(lines[0][0].x, 32.0, "left");
    near(right(&lines[0]), 210.0 - 25.0, "right");
    near(top(&lines[0]), 30.0 + (26.0 - 14.0) / 2.0 / 72.0 * 25.4, "first line");
    for pair in lines.windows(2) {
        near(pair[1][0].y - pair[0][0].y, 26.0 / 72.0 * 25.4, "pitch");
    }
    assert!(lines.iter().flatten().all(|sign| (sign.size - 14.0).abs() < 0.01));
    let title = pages[0].iter().find(|sign| sign.c == '汇').unwrap();
    assert!((title.size - 18.0).abs() < 0.01, "{title:?}");
    let number = pages[1].iter().find(|sign| sign.c == '2').unwrap();
    assert!((number.size - 10.5).abs() < 0.01, "{number:?}");
    assert!(number.y > 297.0 - 25.0 + 7.0 && number.y < 297.0 - 10.0, "{number:?}");
    let document = part(&docx, "word/document.xml");
    let margins = ["w:top=\"1701\"", "w:bottom=\"1417\"", "w:left=\"1814\"", "w:right=\"1417\"", "w:linePitch=\"520\""];
    for margin in margins {
        assert!(document.contains(margin), "{margin} in {}", &document[document.len() - 900..]);
    }
    let styles = part(&docx, "word/styles.xml");
    for said in
        ["w:line=\"520\" w:lineRule=\"exact\"", "<w:sz w:val=\"28\"/>", "<w:sz w:val=\"36\"/>", "<w:sz w:val=\"21\"/>"]
    {
        assert!(styles.contains(said), "{said}");
    }
}
