//! The columns of tables: nothing is torn that belongs together, and the room is shared by need.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use report_gen::batch::{Job, Outcome, run};
use report_gen::doc::{BlockKind, Doc, Table};
use report_gen::fonts::Fonts;
use report_gen::layout::{Line, Page, Part, TableMeasure, layout, measure_table, small_tables};
use report_gen::length::Length;
use report_gen::world::Memory;

/// A report with one table of `rows`, the head first, and more lines of its own.
fn report(rows: &[&[&str]], more: &str) -> Outcome {
    let rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    let table = format!("[[section.table]]\n{more}\nrows = [{}]\n", rows.join(", "));
    draft(&format!("[report]\ntitle = \"台账\"\n[[section]]\n{table}"))
}

fn draft(report: &str) -> Outcome {
    let files = BTreeMap::from([("report.toml".to_owned(), report.as_bytes().to_vec())]);
    let job = Job { path: "report.toml".into(), draft: true, ..Job::default() };
    run(&job, &Memory { files, epoch: None }, &Fonts::bundled()).unwrap()
}

fn table(doc: &Doc) -> &Table {
    let mut tables = doc
        .blocks
        .iter()
        .filter_map(|block| if let BlockKind::Table(table) = &block.kind { Some(&**table) } else { None });
    tables.next_back().unwrap()
}

fn measured(doc: &Doc) -> TableMeasure {
    let style = if table(doc).landscape { doc.style.turned() } else { doc.style.clone() };
    measure_table(table(doc), &style, &Fonts::bundled()).unwrap()
}

/// The lines of each cell, by row and column.
fn cells(doc: &Doc) -> BTreeMap<(usize, usize), Vec<String>> {
    let pages = layout(doc, &Fonts::bundled()).unwrap();
    let mut cells = BTreeMap::new();
    let cell = |line: &Line| if let Part::Cell { row, column, .. } = line.part { Some((row, column)) } else { None };
    for line in pages.pages.iter().flat_map(Page::lines) {
        if let Some(place) = cell(line) {
            cells.entry(place).or_insert_with(Vec::new).push(line.text().trim().to_owned());
        }
    }
    cells
}

/// The lines of the cells of a report without a fault.
fn of(rows: &[&[&str]], more: &str) -> (Doc, BTreeMap<(usize, usize), Vec<String>>) {
    let outcome = report(rows, more);
    assert_eq!(outcome.diagnostics, []);
    let doc = outcome.doc.unwrap();
    let cells = cells(&doc);
    (doc, cells)
}

const LONG: &str = "该户为脱贫不稳定户，由镇民政办给予临时救助，并纳入防返贫监测对象名单，按月走访，逐户登记";

#[test]
fn what_is_one_thing_stands_on_one_line() {
    for thing in [
        "2024-03-02",
        "2024年11月12日",
        "0572-8812345",
        "0572-8812345转803",
        "13800000001",
        "330502199001011234",
        "12,345,678.95",
        "1,234.5万元",
        "-12,345.67",
        "12.57%",
        "2024-2026",
        "3—5",
        "18:00—20:00",
        "9：30",
        "10 kV",
        "GB/T 9704",
        "COVID-19",
        "www.gov.cn",
        "Internationalization",
        "±0.05‰",
        "阿卜杜拉",
    ] {
        let row: &[&str] = &["双井子村", thing, LONG, thing, LONG];
        let (_, cells) = of(&[&["村名", "某项内容", "说明", "某项内容", "备注"], row, row], "");
        for place in [(1, 1), (1, 3), (2, 1)] {
            assert_eq!(cells[&place], [thing], "{place:?}");
        }
        assert_eq!(cells[&(1, 0)], ["双井子村"], "{thing}");
    }
}

#[test]
fn a_narrow_table_takes_smaller_type_before_anything_is_torn() {
    let head: &[&str] =
        &["序号", "村名", "户主", "面积（平方米）", "资金（万元）", "开工日期", "竣工日期", "联系电话", "备注"];
    let row: &[&str] = &["1", "柳湾村", "张三丰", "1564.80", "89.8", "2024-03-02", "2024-11-02", "0572-8812345", "无"];
    let (doc, cells) = of(&[head, row], "caption = \"台账\"");
    assert_eq!(measured(&doc).size, Length::pt(9));
    for (column, text) in row.iter().enumerate() {
        assert_eq!(cells[&(1, column)], [*text]);
    }
    let small = small_tables(&doc, &Fonts::bundled()).unwrap();
    assert_eq!(
        small.iter().map(|table| (table.name.as_str(), table.size)).collect::<Vec<_>>(),
        [("表1　台账", Length::pt(9))]
    );
    // The same where a column's width is given that only smaller type fits.
    let (doc, cells) =
        of(&[&["村", "电话"], &["甲村", "13800000001"]], "columns = [{ key = \"电话\", width = \"2.3cm\" }]");
    assert_eq!((measured(&doc).size, cells[&(1, 1)].len()), (Length::pt(9), 1));
    assert_eq!(measured(&doc).widths[1], Length::twips(1303));
}

#[test]
fn an_address_parts_at_its_joints() {
    let address = "https://www.longmenzhen.gov.invalid/tongzhi/2024/weifang-gaizao";
    let mail = "longmenzhen_minzhengban@qingshi.gov.invalid";
    let (_, cells) =
        of(&[&["村名", "网址", "邮箱", "说明", "电话"], &["双井子村", address, mail, LONG, "0572-8812345"]], "");
    for (column, whole) in [(1, address), (2, mail)] {
        let lines = &cells[&(1, column)];
        assert_eq!(lines.concat(), whole);
        assert!(lines.len() > 1);
        let (_, ended) = lines.split_last().unwrap();
        assert!(ended.iter().all(|line| line.ends_with(['/', '.', '-', '_', '@', ':'])), "{lines:?}");
    }
}

#[test]
fn a_name_stands_beside_an_empty_column() {
    let head: &[&str] = &["序号", "行政村", "村民小组", "改造面积（平方米）", "验收结论", "联系电话", "备注"];
    let long = "基本合格，须于年底前完成厨房排烟管道整改后复验";
    let rows: Vec<[&str; 7]> = (0..30)
        .map(|n| {
            let verdict = if n == 7 { long } else { "合格" };
            ["1", "双井子回族自治村", "第2组", "1564.80", verdict, "13800000001", ""]
        })
        .collect();
    let rows: Vec<&[&str]> = std::iter::once(head).chain(rows.iter().map(|row| row.as_slice())).collect();
    let (doc, cells) = of(&rows, "");
    // One row in thirty is long: it gives way, not the names of all.
    assert_eq!(cells[&(1, 1)], ["双井子回族自治村"]);
    assert!(cells[&(8, 4)].len() > 1);
    let widths = measured(&doc).widths;
    assert!(widths.iter().copied().sum::<Length>() <= Length::mm(156));
    assert!(widths.iter().copied().sum::<Length>() >= Length::mm(155), "the room is used");
}

#[test]
fn the_lower_table_is_taken() {
    // In proportion to the one giant cell the names of all other rows would take two lines.
    let giant = LONG.repeat(8);
    let mut rows: Vec<[&str; 3]> = vec![["名称", "内容", "说明"], ["甲", "乙", &giant]];
    rows.extend((0..60).map(|_| ["龙门镇双井子回族自治村", "农村危房改造和人居环境整治工程", ""]));
    let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
    let (_, cells) = of(&rows, "");
    assert!((2..62).all(|row| cells[&(row, 0)].len() == 1 && cells[&(row, 1)].len() == 1));
    assert_eq!(cells[&(1, 2)].concat(), giant);
}

#[test]
fn a_merged_cell_gets_the_room_for_what_is_one_in_it() {
    let (_, cells) = of(
        &[
            &["村", "甲", "乙", "说明", "说明二"],
            &["东村", "1", "2", LONG, LONG],
            &["西村", "330502199001011234", "<", LONG, LONG],
        ],
        "",
    );
    assert_eq!(cells[&(2, 1)], ["330502199001011234"]);
}

#[test]
fn numbers_under_each_other_stay_in_their_cell() {
    // The widest whole part and the longest fraction are of two numbers.
    let (doc, cells) = of(
        &[
            &["村", "数", "说明", "说明二", "说明三", "说明四"],
            &["东村", "12,345,678", LONG, LONG, LONG, LONG],
            &["西村", "0.12345678", LONG, LONG, LONG, LONG],
        ],
        "",
    );
    let measure = measured(&doc);
    assert_eq!((cells[&(1, 1)].len(), cells[&(2, 1)].len()), (1, 1));
    let left = Length::mm(28) + measure.left + measure.widths[0];
    let pages = layout(&doc, &Fonts::bundled()).unwrap();
    for line in pages.pages[0].lines().filter(|line| matches!(line.part, Part::Cell { column: 1, .. })) {
        let (from, to) = line.extent().unwrap();
        assert!(from >= left && to <= left + measure.widths[1], "{}", line.text());
    }
}

#[test]
fn a_table_in_the_text_and_one_in_an_attachment_are_told_as_well() {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(5));
    let pipe = format!("{}{}{}", row("编号"), row("-"), row("330502199001011234"));
    let outcome = draft(&format!("[report]\ntitle = \"台账\"\n[[section]]\ntext = \"\"\"\n见表。\n\n{pipe}\"\"\"\n"));
    let codes: Vec<_> = outcome.diagnostics.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(codes, ["table-too-wide"]);
    assert!(outcome.diagnostics[0].help[0].en.contains("landscape = true"), "{:?}", outcome.diagnostics[0].help);
}
