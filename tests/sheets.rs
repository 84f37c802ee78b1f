//! Spreadsheets as offices keep them: totals, units, hidden cells, several sheets, and what a table prints of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read, Write};
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use tempfile::{TempDir, tempdir};

use crate::program::{self, bytes, names, run, write};

pub(crate) const TEMPLATE: &str = r#"
[template]
name = "会议"

[report]
title  = "XXX镇会议情况"
output = "XXX镇会议情况"

[[section]]
text = "XXX镇召开会议X次，整改率X%，投入资金X万元，X月X日召开大会。"

[figures]
"XXX镇"     = { label = "镇名" }
"会议X次"   = { label = "会议" }
"整改率X%"  = { label = "整改率" }
"资金X万元" = { label = "资金" }
"X月X日"    = { label = "大会日期" }
"#;

const ROLLUP: &str = r#"
[report]
title  = "全县会议情况"
output = "全县"

[[section]]
text = "全县X个镇召开会议X次，投入资金X万元。"

[figures]
"全县X个"   = { compute = 'count(towns."会议")' }
"会议X次"   = { compute = 'sum(towns."会议")' }
"资金X万元" = { compute = 'sum(towns."资金")' }
"#;

pub(crate) fn folder() -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "template.toml", TEMPLATE);
    write(folder.path(), "county.toml", ROLLUP);
    folder
}

/// A sheet: its name, and what fills it.
type Named<'f> = (&'f str, &'f dyn Fn(&mut Worksheet));

/// A workbook of sheets, the last of which is the one that is open.
pub(crate) fn workbook(sheets: &[Named<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, fill) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        fill(sheet);
    }
    workbook.worksheet_from_index(sheets.len() - 1).unwrap().set_active(true);
    workbook.save_to_buffer().unwrap()
}

/// Writes rows of words and numbers from a cell on.
pub(crate) fn put(sheet: &mut Worksheet, row: u32, column: u16, rows: &[&[&str]]) {
    for (r, cells) in (row..).zip(rows) {
        for (c, cell) in (column..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(r, c, number).unwrap(),
                Err(_) if cell.is_empty() => continue,
                Err(_) => sheet.write(r, c, *cell).unwrap(),
            };
        }
    }
}

pub(crate) fn batch(folder: &Path, values: &str, more: &[&str]) -> program::Ended {
    let args = ["batch", "template.toml", "--values", values, "-o", "out", "--to", "pdf", "--message-format", "short"];
    run(folder, &[&args, more].concat())
}

pub(crate) fn rollup(folder: &Path, values: &str) -> program::Ended {
    let args = ["rollup", "county.toml", "--values", values, "-o", "out", "--to", "pdf", "--message-format", "short"];
    run(folder, &args)
}

fn build(folder: &Path) -> program::Ended {
    run(folder, &["build", "report.toml", "-o", "out", "--message-format", "short"])
}

/// The words of a page without blanks.
pub(crate) fn text(folder: &Path, name: &str) -> String {
    let pdf = bytes(&folder.join("out"), name);
    let text: String = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    text.split_whitespace().collect()
}

/// The main part of a Word file.
fn word(folder: &Path, name: &str) -> String {
    let docx = bytes(&folder.join("out"), name);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

#[test]
fn a_row_of_totals_is_no_town_and_is_held_against_the_sums() {
    for (rows, told) in [
        ("合计,25,3\n", "合计"),
        ("合 　计,25,3\n", "合计"),
        ("全县合计,25,3\n平均,12.5,1.5\n", "全县合计、平均"),
        ("小计,25,3\n全县,25,3\n", "小计、全县"),
    ] {
        let folder = folder();
        write(folder.path(), "towns.csv", format!("镇名,会议,资金\n青石镇,12,1\n白河镇,13,2\n{rows}"));
        let ended = rollup(folder.path(), "towns.csv");
        let count = rows.lines().count();
        let expected = format!("towns.csv:4:1: warning[left-out]: {count} 行不是镇，没有算：{told}\n");
        assert_eq!((ended.status, ended.err), (0, expected));
        assert!(text(folder.path(), "全县.pdf").contains("全县2个镇召开会议25次，投入资金3万元。"));
    }
    // The word stands in the column of the numbers or of the groups, too; above the rows, and between them.
    let folder = folder();
    let table = "序号,片区,镇名,会议,资金\n合计,,,26,3\n,东片,小计,12,1\n1,东片,青石镇,12,1\n,西片,小计,13,2\n2,西片,白河镇,13,2\n";
    write(folder.path(), "towns.csv", table);
    let args = ["rollup", "county.toml", "--values", "towns.csv", "--name-column", "镇名", "-o", "out", "--to", "pdf"];
    let ended = run(folder.path(), &[&args[..], &["--message-format", "short"]].concat());
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(
        ended.err.contains("towns.csv:2:6: warning[wrong-total]: “会议”的合计写的是 26，各行加起来是 25\n"),
        "{}",
        ended.err
    );
    assert_eq!(ended.err.matches("wrong-total").count(), 1, "{}", ended.err);
    assert!(text(folder.path(), "全县.pdf").contains("全县2个镇召开会议25次，投入资金3万元。"));
}

#[test]
fn a_sign_that_would_join_cells_is_told_in_a_workbook() {
    let folder = tempdir().unwrap();
    with_table(folder.path(), "", &|sheet| {
        put(sheet, 0, 0, &[&["镇", "备注"], &["甲镇", "好"], &["乙镇", "^"]]);
    });
    let ended = build(folder.path());
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("v.xlsx:表!B3: error[bad-table]"), "{}", ended.err);
}

#[test]
fn a_rate_has_no_total() {
    let folder = folder();
    let table = "镇名,会议,整改率X%,满意率\n青石镇,12,98.7,90\n白河镇,13,90,80\n合计,25,94.4,85\n";
    write(folder.path(), "towns.csv", table);
    let ended = rollup(folder.path(), "towns.csv");
    assert!(ended.err.contains("left-out") && !ended.err.contains("wrong-total"), "{}", ended.err);
}

#[test]
fn a_day_with_a_time_is_that_day() {
    let formats = [
        "yyyy-mm-dd hh:mm",
        "yyyy/m/d h:mm",
        "yyyy/m/d hh:mm:ss",
        "m/d/yy h:mm",
        "yyyy\"年\"m\"月\"d\"日\" h\"时\"mm\"分\"",
        "yyyy-mm-dd",
        "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "m\"月\"d\"日\"",
        "[$-F800]dddd, mmmm dd, yyyy",
        "yyyy/m/d h:mm AM/PM",
    ];
    let typed =
        ["2025-03-06 18:00", "2025/3/6 18:00:00", "2025年3月6日 18时", "2025-03-06T18:00:00", "2025年3月6日18:00"];
    let folder = folder();
    let book = workbook(&[("表", &|sheet| {
        put(sheet, 0, 0, &[&["镇名", "会议", "整改率", "资金", "大会日期"]]);
        let row = |sheet: &mut Worksheet, row: u32| {
            put(sheet, row, 0, &[&[&format!("第{row}镇"), "1", "98.7", "2"]]);
        };
        for (number, format) in (1..).zip(formats) {
            row(sheet, number);
            let moment = ExcelDateTime::from_ymd(2025, 3, 6).unwrap().and_hms(18, 0, 0).unwrap();
            sheet.write_with_format(number, 4, &moment, &Format::new().set_num_format(format)).unwrap();
        }
        for (number, day) in (11..).zip(typed) {
            row(sheet, number);
            sheet.write(number, 4, day).unwrap();
        }
    })]);
    write(folder.path(), "v.xlsx", book);
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    for number in 1..=15 {
        let text = text(folder.path(), &format!("第{number}镇会议情况.pdf"));
        assert!(text.contains("，3月6日召开大会"), "{number}: {text}");
    }
}

#[test]
fn a_column_that_nothing_uses_stops_no_town() {
    let folder = folder();
    let book = workbook(&[("表", &|sheet| {
        put(sheet, 0, 0, &[&["镇名", "会议", "整改率", "资金", "大会日期", "提交时间", "单价", "备注"]]);
        put(sheet, 1, 0, &[&["青石镇", "12", "98.7", "2", "2025-03-06"]]);
        sheet.write_with_format(1, 5, 0.75, &Format::new().set_num_format("h:mm")).unwrap();
        sheet.write_with_format(1, 6, 5, &Format::new().set_num_format("[DBNum1]General")).unwrap();
        sheet.write_formula(1, 7, Formula::new("NA()").set_result("#N/A")).unwrap();
        sheet.write(1, 9, "旁边的话").unwrap();
    })]);
    write(folder.path(), "v.xlsx", book);
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(ended.err.matches("warning[unknown-head]").count(), 4, "{}", ended.err);
    assert!(text(folder.path(), "青石镇会议情况.pdf").contains("召开会议12次"));
}

#[test]
fn heads_are_read_through_breaks_blanks_and_titles() {
    let folder = folder();
    let book = workbook(&[("表", &|sheet| {
        put(sheet, 1, 2, &[&["全县会议情况表"]]);
        put(sheet, 2, 2, &[&["填报单位：县委办", "", "", "", "", "单位：万元"]]);
        put(sheet, 4, 2, &[&["序 号", "镇　名", "会议 ", "整改率\n（%）", " 资金", "大会\n日期"]]);
        put(
            sheet,
            5,
            2,
            &[&["1", "青石镇", "12", "0.7", "3.5", "2025-03-06"], &["2", "白河镇", "13", "98", "4", "2025-03-07"]],
        );
        put(sheet, 7, 2, &[&["3"], &["填表人：张三"]]);
    })]);
    write(folder.path(), "v.xlsx", book);
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(names(&folder.path().join("out")).iter().filter(|name| name.ends_with(".pdf")).count(), 2);
    let text = text(folder.path(), "青石镇会议情况.pdf");
    assert!(text.contains("青石镇召开会议12次，整改率0.7%，投入资金3.5万元，3月6日"), "{text}");
}

#[test]
fn what_is_hidden_is_told() {
    let folder = folder();
    let book = workbook(&[("表", &|sheet| {
        put(sheet, 0, 0, &[&["镇名", "会议", "资金"], &["青石镇", "12", "1"], &["白河镇", "13", "2"]]);
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(2).unwrap();
    })]);
    write(folder.path(), "v.xlsx", book);
    let ended = rollup(folder.path(), "v.xlsx");
    assert_eq!(
        (ended.status, ended.err.as_str()),
        (0, "v.xlsx:表!A3: warning[hidden-cells]: 隐藏的行、列也算：白河镇、资金\n")
    );
    assert!(text(folder.path(), "全县.pdf").contains("全县2个镇召开会议25次，投入资金3万元。"));
}

#[test]
fn a_unit_is_never_changed_in_silence() {
    let rows = |head: &str, below: &str| {
        format!("镇名,会议,整改率,{head},大会日期\n{below}青石镇,12,98.7,250000,2025-03-06\n")
    };
    for (table, told) in [
        (rows("资金（元）", ""), "v.csv:1:11: error[wrong-unit]: “资金（元）”的单位是元，正文里是万元\n"),
        (rows("资金", ",次,%,元,\n"), "v.csv:2:6: error[wrong-unit]: “资金”的单位是元，正文里是万元\n"),
        (
            format!("单位：元,,,,\n{}", rows("资金", "")),
            "v.csv:2:11: error[wrong-unit]: “资金”的单位是元，正文里是万元\n",
        ),
        (
            rows("资金", "").replace("会议", "会议（场）"),
            "v.csv:1:4: error[wrong-unit]: “会议（场）”的单位是场，正文里是次\n",
        ),
        (
            rows("资金", "").replace("98.7", "0.987"),
            "v.csv:1:7: error[wrong-unit]: “整改率”是 0.987，正文里是 X%：是百分之几？\n",
        ),
        (
            rows("资金", "").replace("250000", "250000元"),
            "v.csv:2:13: error[wrong-unit]: “资金”的单位是元，正文里是万元\n",
        ),
    ] {
        let folder = folder();
        write(folder.path(), "v.csv", &table);
        let ended = batch(folder.path(), "v.csv", &[]);
        assert_eq!((ended.status, ended.err.as_str()), (1, told), "{table}");
        assert!(!folder.path().join("out/青石镇会议情况.pdf").exists());
    }
    // A percentage in the words of the text, and one of its kind alone.
    for (text, figure) in [("整改率百分之X，", "\"整改率百分之X\""), ("整改X，", "\"整改X\"")] {
        let folder = folder();
        let template = TEMPLATE.replace("整改率X%，", text);
        let template = template.replace("\"整改率X%\"  = {", &format!("{figure} = {{ kind = \"percent\","));
        write(folder.path(), "template.toml", template);
        write(folder.path(), "v.csv", rows("资金", "").replace("98.7", "0.987"));
        let told = "v.csv:1:7: error[wrong-unit]: “整改率”是 0.987，正文里是 X%：是百分之几？\n";
        let ended = batch(folder.path(), "v.csv", &[]);
        assert_eq!((ended.status, ended.err.as_str()), (1, told), "{text}");
    }
    let right = rows("资金（万元）", "").replace("98.7", "98.70%").replace("250000", "25");
    let folder = folder();
    write(folder.path(), "v.csv", right);
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(text(folder.path(), "青石镇会议情况.pdf").contains("召开会议12次，整改率98.70%，投入资金25万元"));
}

#[test]
fn what_a_cell_shows_behind_its_number_is_its_unit() {
    let table = |format: &'static str, value: f64| {
        workbook(&[("表", &move |sheet| {
            put(
                sheet,
                0,
                0,
                &[&["镇名", "会议", "整改率", "资金", "大会日期"], &["青石镇", "", "", "2", "2025-03-06"]],
            );
            sheet.write_with_format(1, 1, value, &Format::new().set_num_format(format)).unwrap();
            sheet.write_with_format(1, 2, 0.987, &Format::new().set_num_format("0.0%")).unwrap();
        })])
    };
    let folder = folder();
    write(folder.path(), "v.xlsx", table("0%", 0.12));
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!(ended.err, "v.xlsx:表!B2: error[wrong-unit]: “会议”的单位是%，正文里是次\n");
    write(folder.path(), "v.xlsx", table("0\"次\"", 12.0));
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(text(folder.path(), "青石镇会议情况.pdf").contains("召开会议12次，整改率98.7%"));
}

#[test]
fn the_units_of_columns_hold_in_a_roll_up() {
    let folder = folder();
    write(folder.path(), "v.csv", "镇名,会议,资金（元）\n青石镇,12,250000\n白河镇,13,10000\n");
    let ended = rollup(folder.path(), "v.csv");
    assert_eq!(ended.status, 1);
    assert_eq!(ended.err, "county.toml:12:23: error[wrong-unit]: 各镇的数单位是元，正文里是万元\n");
    write(folder.path(), "county.toml", ROLLUP.replace("sum(towns.\"资金\")", "sum(towns.\"资金\") / 10000"));
    let ended = rollup(folder.path(), "v.csv");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(text(folder.path(), "全县.pdf").contains("召开会议25次，投入资金26万元"));
}

#[test]
fn the_sheet_is_the_one_that_is_named_or_whose_heads_fit() {
    let folder = folder();
    let table = |count: &'static str| {
        move |sheet: &mut Worksheet| put(sheet, 0, 0, &[&["镇名", "会议", "资金"], &["青石镇", count, "1"]])
    };
    let note = |sheet: &mut Worksheet| put(sheet, 0, 0, &[&["填表说明", "请认真填写"]]);
    // The open sheet is the last.
    write(folder.path(), "v.xlsx", workbook(&[("说明", &note), ("7月", &table("5"))]));
    let ended = rollup(folder.path(), "v.xlsx");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    write(folder.path(), "v.xlsx", workbook(&[("7月", &table("5")), ("说明", &note)]));
    let ended = rollup(folder.path(), "v.xlsx");
    assert_eq!(
        (ended.status, ended.err.as_str()),
        (0, "v.xlsx:7月!A1: warning[sheet-chosen]: 用了工作表“7月”，没有用：说明\n")
    );
    write(folder.path(), "v.xlsx", workbook(&[("7月", &table("5")), ("8月", &table("50"))]));
    let ended = rollup(folder.path(), "v.xlsx");
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("v.xlsx:1:1: error[bad-table]: 不知用哪一张工作表：7月 8月\n"), "{}", ended.err);
    let args = ["rollup", "county.toml", "--values", "v.xlsx", "--sheet", "7月", "-o", "out", "--to", "pdf"];
    assert_eq!(run(folder.path(), &args).status, 0);
    assert!(text(folder.path(), "全县.pdf").contains("召开会议5次"));
}

/// A report with a table out of `v.xlsx`.
fn with_table(folder: &Path, more: &str, fill: &dyn Fn(&mut Worksheet)) {
    let report = format!(
        "[report]\ntitle = \"表\"\n[[section]]\ntext = \"见表。\"\n[[section.table]]\nsource = \"v.xlsx\"\n{more}"
    );
    write(folder, "report.toml", report);
    write(folder, "v.xlsx", workbook(&[("表", fill)]));
}

#[test]
fn a_table_prints_what_its_cells_show() {
    let folder = tempdir().unwrap();
    let shown = [
        ("0.00%", 0.987, "98.70%"),
        ("#,##0", 12_345.0, "12,345"),
        ("0!.0,\"万\"", 123_456.0, "12.3万"),
        ("yyyy-mm-dd", 45_722.75, "2025-03-06"),
        ("h:mm", 0.75, "18:00"),
        ("0.00_);(0.00)", -1.5, "(1.50)"),
    ];
    with_table(folder.path(), "columns = [{ key = \"额\", sum = true }]\n", &|sheet| {
        put(sheet, 0, 0, &[&["项", "值", "额"]]);
        for (row, (format, value, _)) in (1..).zip(shown) {
            sheet.write(row, 0, format!("第{row}")).unwrap();
            sheet.write_with_format(row, 1, value, &Format::new().set_num_format(format)).unwrap();
            sheet.write_with_format(row, 2, 1_000, &Format::new().set_num_format("#,##0")).unwrap();
        }
    });
    let ended = build(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let text = text(folder.path(), "report.pdf");
    for (row, (_, _, shown)) in (1..).zip(shown) {
        assert!(text.contains(&format!("第{row}{shown}1,000")), "{shown}: {text}");
    }
    assert!(text.contains("合计6,000"), "{text}");
}

#[test]
fn a_table_joins_what_is_merged_and_leaves_out_what_is_hidden() {
    let folder = tempdir().unwrap();
    let fill = |sheet: &mut Worksheet| {
        put(sheet, 0, 0, &[&["镇", "会议", "", "密"], &["", "党委会", "专题会", "密"]]);
        put(
            sheet,
            2,
            0,
            &[&["", "1", "2", "8"], &["", "3", "4", "8"], &["白河镇", "5", "6", "8"], &["隐镇", "7", "7", "8"]],
        );
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "镇", &plain).unwrap();
        sheet.merge_range(0, 1, 0, 2, "会议", &plain).unwrap();
        sheet.merge_range(2, 0, 3, 0, "青石镇", &plain).unwrap();
        sheet.set_row_hidden(5).unwrap();
        sheet.set_column_hidden(3).unwrap();
    };
    with_table(folder.path(), "", &fill);
    let ended = build(folder.path());
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(ended.err, "v.xlsx:表!A6: warning[hidden-cells]: 隐藏的 1 行、1 列没有印\n");
    let (pdf, xml) = (text(folder.path(), "report.pdf"), word(folder.path(), "report.docx"));
    assert!(!pdf.contains('隐') && !pdf.contains('密') && pdf.matches("青石镇").count() == 1, "{pdf}");
    let count = |what: &str| xml.matches(what).count();
    assert_eq!(
        [count("w:vMerge w:val=\"restart\""), count("w:vMerge w:val=\"continue\""), count("w:gridSpan w:val=\"2\"")],
        [2, 2, 1]
    );
    assert_eq!(count("w:tblHeader"), 2);
    with_table(folder.path(), "hidden = true\n", &fill);
    let args = ["build", "report.toml", "-o", "all", "--message-format", "short"];
    let ended = run(folder.path(), &args);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}

/// The workbook without what its formulas came to, as programs leave it that do not calculate.
fn without_values(workbook: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        packed.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(text.replace("<v>7777</v>", "").as_bytes()).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn a_formula_without_a_value_is_an_error_everywhere() {
    let fill = |sheet: &mut Worksheet| {
        put(sheet, 0, 0, &[&["镇名", "会议", "资金"], &["青石镇", "", "1"]]);
        sheet.write_formula(1, 1, Formula::new("1+1").set_result("7777")).unwrap();
    };
    let folder = folder();
    with_table(folder.path(), "", &fill);
    let book = without_values(&bytes(folder.path(), "v.xlsx"));
    write(folder.path(), "v.xlsx", book);
    let told = "v.xlsx:表!B2: error[bad-table]: 这一格的公式没有算出来的数\n";
    let ended = build(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (1, told));
    assert!(rollup(folder.path(), "v.xlsx").err.contains(told));
    assert!(batch(folder.path(), "v.xlsx", &[]).err.contains(told));
}

#[test]
fn struck_words_do_not_count() {
    let folder = tempdir().unwrap();
    with_table(folder.path(), "", &|sheet| {
        put(sheet, 0, 0, &[&["镇", "户数"], &["", "5"]]);
        let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
        sheet.write_rich_string(1, 0, &[(&plain, "青石镇"), (&struck, "白河镇")]).unwrap();
    });
    let ended = build(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (0, "v.xlsx:表!A2: warning[left-out]: 1 格里有划掉的字，没有算\n"));
    let text = text(folder.path(), "report.pdf");
    assert!(text.contains("青石镇5") && !text.contains("白河"), "{text}");
}

#[test]
fn totals_stand_above_the_rows_and_between_them() {
    for (rows, told) in [
        ("[\"合计\", 7], [\"上坪\", 3], [\"下坪\", 4]", ""),
        ("[\"合计\", 8], [\"上坪\", 3], [\"下坪\", 4]", "合计写的是 8，各行加起来是 7"),
        ("[\"上坪\", 3], [\"小计\", 3], [\"下坪\", 4], [\"小计\", 4], [\"总计\", 7]", ""),
        ("[\"上坪\", 3], [\"小计\", 3], [\"下坪\", 4], [\"小计\", 5], [\"总计\", 7]", "合计写的是 5，各行加起来是 4"),
        ("[\"上坪\", 3], [\"平均\", 3.5], [\"下坪\", 4], [\"合 计\", 7]", ""),
    ] {
        let folder = tempdir().unwrap();
        let report = format!(
            "[report]\ntitle = \"表\"\n[[section]]\ntext = \"见表。\"\n[[section.table]]\nrows = [[\"村\", \"处\"], {rows}]\ncolumns = [{{ key = \"处\", sum = true }}]\n"
        );
        write(folder.path(), "report.toml", report);
        let ended = build(folder.path());
        assert_eq!(ended.status, i32::from(!told.is_empty()), "{rows}: {}", ended.err);
        assert!(ended.err.contains(told), "{rows}: {}", ended.err);
    }
}

#[test]
fn what_is_not_read_of_a_folder_is_named_and_no_town_is_an_error() {
    let folder = folder();
    write(folder.path(), "values/a.csv", "镇名,会议,资金\n青石镇,12,1\n");
    for name in ["b.et", "c.xls", "d.ods", "e.xlsm"] {
        write(folder.path(), &format!("values/{name}"), "");
    }
    let ended = rollup(folder.path(), "values");
    assert_eq!(ended.status, 0);
    for name in ["b.et", "c.xls", "d.ods", "e.xlsm"] {
        assert!(ended.err.contains(&format!("values/{name}:1:1: warning[left-out]: 没有读这个文件")), "{}", ended.err);
    }
    write(folder.path(), "none/readme.txt", "");
    write(folder.path(), "total.csv", "镇名,会议,资金\n合计,0,0\n");
    for values in ["none", "total.csv"] {
        let ended = batch(folder.path(), values, &[]);
        assert_eq!(ended.status, 1, "{values}");
        assert!(ended.err.contains("error[missing-town]: 数里一个镇也没有"), "{}", ended.err);
        let ended = rollup(folder.path(), values);
        assert!(ended.status == 1 && ended.err.contains("error[missing-town]: 数里一个镇也没有"), "{}", ended.err);
    }
}
