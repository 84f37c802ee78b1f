//! Forms as workbooks: what their cells take, and what is left of it when LibreOffice has saved them.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use crate::office::convert;
use crate::program::{bytes, run, write};
use crate::tool::tests;
use tempfile::tempdir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

tests! {
    []: a_form_takes_what_its_figures_may_be;
    [Calc]: a_form_takes_what_its_figures_may_be_when_libreoffice_has_saved_it;
}

const TEMPLATE: &str = r#"
[template]
name = "评比"
[report]
title  = "XXX镇评比"
output = "XXX镇评比"
[[section]]
text = "XXX镇评为X等次，于X月X日召开会议X次，投入X万元，优良率X%，电话XXX。"
[figures]
"XXX镇"     = { label = "镇名" }
"评为X等次" = { label = "等次", choices = ["优", "良"] }
"X月X日"    = { label = "日期", kind = "date", min = 2025-01-01, max = 2025-12-31 }
"会议X次"   = { label = "会议", kind = "integer", min = 0, max = 50 }
"投入X万元" = { label = "投入", kind = "money", min = 0.5 }
"优良率X%"  = { label = "优良率", kind = "percent", max = 100 }
"电话XXX"   = { label = "电话", kind = "text" }
"#;

/// The one sheet of a workbook.
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn part(book: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(book)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What the cell at `place` takes: the kind of its validation, and the bounds or choices.
fn takes(sheet: &str, place: &str) -> Option<(String, Vec<String>)> {
    let rules = sheet.split("<dataValidation ").skip(1);
    let rule = rules.into_iter().find(|rule| rule.contains(&format!("sqref=\"{place}\"")))?;
    let kind = rule.split("type=\"").nth(1)?.split('"').next()?;
    let bounds = rule.split("<formula").skip(1).filter_map(|formula| formula.split(['>', '<']).nth(1));
    Some((kind.to_owned(), bounds.map(|bound| bound.replace("&quot;", "\"")).collect()))
}

/// Whether the cell at `place` has a style that leaves it open, by the place of the style in the workbook's list.
fn is_open(book: &[u8], place: &str) -> bool {
    let (sheet, styles) = (part(book, SHEET), part(book, "xl/styles.xml"));
    let cell = sheet.split("<c ").find(|cell| cell.starts_with(&format!("r=\"{place}\""))).unwrap();
    let style: usize = cell.split(" s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let format = formats.split("<xf ").nth(style + 1).unwrap();
    format.contains("locked=\"0\"") || format.contains("locked=\"false\"")
}

/// The workbook with values in cells of its sheet, as a spreadsheet program writes them.
fn filled(book: &[u8], values: &[(&str, &str)]) -> Vec<u8> {
    let mut sheet = part(book, SHEET);
    for (place, value) in values {
        let start = sheet.find(&format!("<c r=\"{place}\"")).unwrap();
        let length = sheet[start..].find('>').unwrap() + 1;
        let style = sheet[start..start + length].split(" s=\"").nth(1).unwrap().split('"').next().unwrap();
        let cell = if value.parse::<f64>().is_ok() && !value.starts_with('0') {
            format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>")
        } else {
            format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
        };
        assert!(sheet[start..start + length].ends_with("/>"), "{place} is empty");
        sheet.replace_range(start..start + length, &cell);
    }
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        out.start_file(file.name(), SimpleFileOptions::default()).unwrap();
        out.write_all(if file.name() == SHEET { sheet.as_bytes() } else { &bytes }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What every form must have, whoever saved it last.
fn holds(book: &[u8]) {
    let sheet = part(book, SHEET);
    assert!(sheet.contains("<sheetProtection "), "the sheet is protected");
    let of = |kind: &str, bounds: &[&str]| Some((kind.to_owned(), bounds.iter().map(|&b| b.to_owned()).collect()));
    let list = takes(&sheet, "D4").unwrap();
    assert_eq!((list.0.as_str(), list.1[0].as_str()), ("list", "\"优,良\""));
    let (kind, days) = takes(&sheet, "D5").unwrap();
    assert_eq!(kind, "date");
    assert_eq!(days, ["45658", "46022"], "the days as spreadsheets count them");
    assert_eq!(takes(&sheet, "D6"), of("whole", &["0", "50"]));
    assert_eq!(
        takes(&sheet, "D7").map(|(kind, bounds)| (kind, bounds[0].clone())),
        Some(("decimal".into(), "0.5".into()))
    );
    assert_eq!(
        takes(&sheet, "D8").map(|(kind, bounds)| (kind, bounds[1].clone())),
        Some(("decimal".into(), "100".into()))
    );
    assert_eq!(takes(&sheet, "D9"), None, "words are free");
    for row in 2..=9 {
        assert!(is_open(book, &format!("D{row}")), "{row}");
        for column in ["A", "B", "C", "E", "F", "G"] {
            assert!(!is_open(book, &format!("{column}{row}")), "{column}{row}");
        }
    }
}

/// Reads a filled form back: the status, what was told, and the table.
fn collected(folder: &Path, form: &[u8]) -> (i32, String, String) {
    write(folder, "filled.xlsx", form);
    let args =
        ["collect", "filled.xlsx", "--template", "template.toml", "-o", "towns.csv", "--message-format", "short"];
    let ended = run(folder, &args);
    let table = if ended.status == 0 { String::from_utf8(bytes(folder, "towns.csv")).unwrap() } else { String::new() };
    (ended.status, ended.err, table)
}

/// The row of the table that these answers make.
const COLLECTED: &str = "青石镇,青石镇,良,2025年3月6日,12,386.5,98.7,01234567890\r\n";

const ANSWERS: &[(&str, &str)] = &[
    ("D2", "青石镇"),
    ("D3", "青石镇"),
    ("D4", "良"),
    ("D5", "45722"),
    ("D6", "12"),
    ("D7", "386.5"),
    ("D8", "98.7"),
    ("D9", "01234567890"),
];

fn form(folder: &Path) -> Vec<u8> {
    write(folder, "template.toml", TEMPLATE);
    assert_eq!(run(folder, &["form", "template.toml", "-o", "form.xlsx", "-q"]).status, 0);
    bytes(folder, "form.xlsx")
}

fn a_form_takes_what_its_figures_may_be() {
    let folder = tempdir().unwrap();
    let own = form(folder.path());
    holds(&own);
    let (status, told, table) = collected(folder.path(), &filled(&own, ANSWERS));
    assert_eq!((status, told.as_str()), (0, ""));
    assert!(table.ends_with(COLLECTED), "{table}");
}

fn a_form_takes_what_its_figures_may_be_when_libreoffice_has_saved_it() {
    let folder = tempdir().unwrap();
    let own = form(folder.path());
    let saved = bytes(&folder.path().join("out"), {
        convert(&folder.path().join("form.xlsx"), folder.path(), "xlsx");
        "form.xlsx"
    });
    assert!(saved != own, "another program wrote it");
    holds(&saved);
    let (status, told, table) = collected(folder.path(), &filled(&saved, ANSWERS));
    assert_eq!((status, told.as_str()), (0, ""));
    assert!(table.ends_with(COLLECTED), "{table}");
    // What a paste brings past the validation is told at its cell.
    let wrong: Vec<(&str, &str)> = ANSWERS
        .iter()
        .map(|&(place, value)| match place {
            "D4" => (place, "差"),
            "D5" => (place, "45400"),
            "D6" => (place, "51"),
            _ => (place, value),
        })
        .collect();
    let (status, told, _) = collected(folder.path(), &filled(&saved, &wrong));
    assert_eq!(status, 1);
    for place in ["D4", "D5", "D6"] {
        assert!(told.contains(&format!("!{place}: error[out-of-range]")), "{place}: {told}");
    }
    assert_eq!(told.lines().count(), 3, "{told}");
}
