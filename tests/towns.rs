//! Towns as sheets have them: their heads, their names, and values that are one town's fault.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use rust_xlsxwriter::{Format, Worksheet};

use crate::program::{bytes, write};
use crate::sheets::{TEMPLATE, batch, folder, put, rollup, text, workbook};

#[test]
fn a_head_of_two_rows_is_one_and_names_the_town() {
    let folder = folder();
    let fill = |sheet: &mut Worksheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 6, "会议情况统计表", &plain).unwrap();
        for column in [0, 1, 6] {
            let head = ["序号", "乡镇名称", "", "", "", "", "备注"][usize::from(column)];
            sheet.merge_range(1, column, 2, column, head, &plain).unwrap();
        }
        sheet.merge_range(1, 2, 1, 3, "工作情况", &plain).unwrap();
        sheet.merge_range(1, 4, 1, 5, "投入情况", &plain).unwrap();
        put(sheet, 2, 2, &[&["会议（次）", "整改率（%）", "资金（万元）", "大会日期"]]);
        put(sheet, 3, 0, &[&["1", "松岭乡", "12", "98.7", "25", "2025-03-06", ""]]);
        put(sheet, 4, 0, &[&["2", "城关街道", "8", "90", "5", "2025-03-07", ""]]);
    };
    write(folder.path(), "v.xlsx", workbook(&[("表", &fill)]));
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let text = text(folder.path(), "松岭乡会议情况.pdf");
    assert!(text.contains("松岭乡召开会议12次，整改率98.7%，投入资金25万元，3月6日"), "{text}");
    assert!(bytes(&folder.path().join("out"), "城关街道会议情况.pdf").starts_with(b"%PDF"));
    // Without merges, as CSV has it, and with heads that are the phrases with their units in brackets.
    let template = TEMPLATE.replace("label = \"会议\"", "label = \"别的\"");
    write(folder.path(), "template.toml", template);
    let rows = "序号,乡镇,工作情况,,投入情况,\n,,会议（次）,整改率（%）,资金（万元）,大会日期\n\
                1,松岭乡,12,98.7,25,2025-03-06\n2,城关街道,8,90,5,2025-03-07\n";
    write(folder.path(), "v.csv", rows);
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
}

#[test]
fn the_name_of_another_town_in_a_row_is_told() {
    let folder = folder();
    let rows =
        "乡镇,XXX镇,会议,整改率,资金,大会日期\n青石,松岭镇,12,98.7,25,2025-03-06\n松岭镇,松岭镇,8,90,5,2025-03-07\n";
    write(folder.path(), "v.csv", rows);
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!(ended.status, 1);
    assert!(
        ended.err.contains("v.csv:2:4: error[duplicate-town]: “青石”这一行里填的是另一个镇的名称：松岭镇"),
        "{}",
        ended.err
    );
    write(folder.path(), "v.csv", rows.replace("青石,松岭镇", "青石,青石镇"));
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}

#[test]
fn a_month_that_a_cell_shows_is_no_day() {
    let folder = folder();
    let fill = |sheet: &mut Worksheet| {
        put(sheet, 0, 0, &[&["镇名", "会议", "整改率", "资金", "大会日期"], &["青石镇", "12", "98.7", "25", ""]]);
        let month = Format::new().set_num_format("yyyy\"年\"m\"月\"");
        sheet.write_with_format(1, 4, 45_717, &month).unwrap();
    };
    write(folder.path(), "v.xlsx", workbook(&[("表", &fill)]));
    let ended = batch(folder.path(), "v.xlsx", &[]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert!(ended.err.contains("v.xlsx:表!E2"), "{}", ended.err);
    assert!(!folder.path().join("out/青石镇会议情况.pdf").exists());
}

#[test]
fn one_fraction_among_percentages_stops_its_own_town() {
    let folder = folder();
    let rows = "镇名,会议,整改率,资金,大会日期\n青石镇,12,98.7%,25,2025-03-06\n柳林镇,12,0.5,25,2025-03-06\n";
    write(folder.path(), "v.csv", rows);
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("v.csv:3:8: error[wrong-unit]"), "{}", ended.err);
    assert!(folder.path().join("out/青石镇会议情况.pdf").exists());
    // Full-width signs in a head are those of the text.
    write(folder.path(), "v.csv", "镇名,会议,整改率X％,资金,大会日期\n青石镇,12,98.7,25,2025-03-06\n");
    let ended = batch(folder.path(), "v.csv", &[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}

#[test]
fn a_roll_up_reads_percentages_as_a_batch_does() {
    let folder = folder();
    let report = "[report]\ntitle = \"全县\"\n[[section]]\ntext = \"平均整改率X%。\"\n[figures]\n\
                  \"平均整改率X%\" = { compute = 'mean(towns.\"整改率X%\")' }\n";
    write(folder.path(), "county.toml", report);
    write(folder.path(), "v.csv", "镇名,整改率X%\n青石镇,98.7%\n柳林镇,97.3\n");
    let ended = rollup(folder.path(), "v.csv");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}
