//! Tables as spreadsheets write them, good and bad.

use super::{Cell, CellKind, MAX_COLUMNS, MAX_ROWS, Sheet, read};
use crate::diag::Diagnostics;
use crate::diag::Lang;
use crate::diag::render::short;
use crate::source::Sources;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// A table and its faults as lines.
fn table(name: &str, bytes: &[u8], sheet: Option<&str>) -> (Option<Sheet>, String, Sources) {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let table = read(name, bytes, sheet, &mut sources, &mut diags);
    let faults = short(&diags.into_sorted(), &sources, Lang::En);
    (table, faults, sources)
}

/// The cells of a table without faults, with what they are.
fn cells(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let (table, faults, _) = table(name, bytes, None);
    assert_eq!(faults, "");
    let table = table.unwrap();
    std::iter::once(&table.head).chain(&table.rows).map(|row| row.iter().map(shown).collect()).collect()
}

fn shown(cell: &Cell) -> String {
    match &cell.kind {
        CellKind::Empty => String::new(),
        CellKind::Number(number) => format!("={number}"),
        CellKind::Date(date) => format!("@{date}"),
        CellKind::Text => cell.text.clone(),
        CellKind::Faulty => format!("!{}", cell.text),
    }
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

#[test]
fn csv_cells_keep_their_digits_and_places() {
    let text = "\u{feff}名称,党委会X次,\"说明, 备注\",日期\r\n青石镇,12,\"甲\"\"乙\"\"\r\n丙\",2023-11-20\r\n\r\n,,,\r\n白沙镇, 12.50 ,0123,2023/1/5\r\n";
    assert_eq!(
        cells("towns.csv", text.as_bytes()),
        [
            vec!["名称", "党委会X次", "说明, 备注", "日期"],
            vec!["青石镇", "=12", "甲\"乙\"\r\n丙", "@2023年11月20日"],
            vec!["白沙镇", "=12.50", "0123", "@2023年1月5日"],
        ]
    );
    let (table, _, sources) = table("towns.csv", text.as_bytes(), None);
    let table = table.unwrap();
    let place = |row: usize, column: usize| {
        let span = table.rows[row][column].span;
        format!("{} {}", sources.file(span.file).place(span.start as usize), sources.text(span))
    };
    assert_eq!(place(0, 1), "towns.csv:2:5 12");
    assert_eq!(place(0, 2), "towns.csv:2:8 \"甲\"\"乙\"\"\r\n丙\"");
    assert_eq!(place(1, 0), "towns.csv:6:1 白沙镇");
    assert_eq!(place(1, 1), "towns.csv:6:5  12.50 ");
}

#[test]
fn an_empty_last_cell_stands_in_its_own_row() {
    for breaks in ["\n", "\r\n"] {
        let text = ["乡镇,会议,整改", "青石镇,0,", "\"白沙镇\",,", "柳林镇,3,90"].join(breaks);
        let (table, faults, sources) = table("towns.csv", text.as_bytes(), None);
        assert_eq!(faults, "");
        let spans = table.unwrap().rows.into_iter().map(|row| row[2].span);
        let places: Vec<String> = spans.map(|span| sources.file(span.file).place(span.start as usize)).collect();
        assert_eq!(places, ["towns.csv:2:7", "towns.csv:3:8", "towns.csv:4:7"]);
    }
}

#[test]
fn csv_has_commas_semicolons_or_tabs() {
    for text in ["a,b;c\n1,2\n", "a;b\n1;2", "a\tb\n1\t2\n", "\"a;;\",b\n1,2"] {
        assert_eq!(cells("x.csv", text.as_bytes())[1], ["=1", "=2"], "{text}");
    }
    assert_eq!(cells("x.csv", "名称\n青石镇\n".as_bytes()), [["名称"], ["青石镇"]]);
}

#[test]
fn rows_that_are_not_as_wide_as_the_head_are_told() {
    let (table, faults, _) = table("t.csv", "名称,次数\n青石镇\n白沙镇,1,200\n柳林镇,3,\n".as_bytes(), None);
    assert_eq!(
        faults,
        "t.csv:2:4: error[bad-table]: this row has 1 cells, the head 2 columns\n\
         t.csv:3:7: error[bad-table]: this cell is beyond the 2 columns of the head\n"
    );
    assert!(table.unwrap().rows.iter().all(|row| row.len() == 2));
}

#[test]
fn what_is_no_table_is_told() {
    let faults = |name: &str, bytes: &[u8]| table(name, bytes, None).1;
    assert_eq!(faults("t.csv", b""), "t.csv:1:1: error[bad-table]: the table is empty\n");
    assert_eq!(
        faults("t.csv", b"a,\"b\n1,2"),
        "t.csv:1:3: error[bad-table]: the double quote of this cell is not closed\n"
    );
    assert_eq!(faults("t.csv", b"a,\xff\xff"), "t.csv:1:3: error[bad-table]: the file's encoding is not known\n");
    assert_eq!(faults("t.ods", b"PK"), "t.ods:1:1: error[bad-table]: `.ods` is no format that is read\n");
    assert_eq!(faults("t.xlsx", b"a,b"), "t.xlsx:1:1: error[bad-table]: this is no .xlsx workbook, or a damaged one\n");
    assert_eq!(
        faults("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "t.xlsx:1:1: error[bad-table]: the workbook has a password\n"
    );
    assert_eq!(
        faults("t.csv", "各镇情况\n名称,次数\n青石镇,1\n".as_bytes()),
        "t.csv:1:1: error[bad-table]: the first row is a title, and not the head\n"
    );
}

#[test]
fn workbook_cells_are_as_their_formats_show_them() {
    let bytes = workbook(|sheet| {
        for (column, head) in ["名称", "次数", "占比", "面积", "人口", "日期", "电话"].iter().enumerate()
        {
            sheet.write(0, column as u16, *head).unwrap();
        }
        let format = |code: &str| Format::new().set_num_format(code);
        sheet.write(2, 0, "青石镇").unwrap();
        sheet.write(2, 1, 12).unwrap();
        sheet.write_with_format(2, 2, 0.987, &format("0.0%")).unwrap();
        sheet.write_with_format(2, 3, 12.5, &format("0.00_ ")).unwrap();
        sheet.write_with_format(2, 4, 12846, &format("#,##0")).unwrap();
        let day = ExcelDateTime::from_ymd(2023, 11, 20).unwrap();
        sheet.write_with_format(2, 5, &day, &format("yyyy\"年\"m\"月\"d\"日\"")).unwrap();
        sheet.write_with_format(2, 6, "0123", &format("@")).unwrap();
        sheet.write(4, 1, "12.50").unwrap();
        sheet.write_with_format(4, 5, &day, &format("yyyy-mm-dd")).unwrap();
    });
    assert_eq!(
        cells("t.xlsx", &bytes),
        [
            ["名称", "次数", "占比", "面积", "人口", "日期", "电话"],
            ["青石镇", "=12", "=98.7", "=12.50", "=12846", "@2023年11月20日", "0123"],
            ["", "=12.50", "", "", "", "@2023年11月20日", ""],
        ]
    );
    let (table, _, sources) = table("t.xlsx", &bytes, Some("Sheet1"));
    let table = table.unwrap();
    let places: Vec<String> =
        table.rows[1].iter().map(|cell| sources.file(cell.span.file).place(cell.span.start as usize)).collect();
    let expected: Vec<String> = "ABCDEFG".chars().map(|column| format!("t.xlsx:Sheet1!{column}5")).collect();
    assert_eq!(places, expected);
}

#[test]
fn workbook_cells_that_can_t_be_read_are_told_at_their_place() {
    let bytes = workbook(|sheet| {
        let format = |code: &str| Format::new().set_num_format(code);
        sheet.write(0, 0, "名称").unwrap();
        sheet.write(0, 1, "次数").unwrap();
        sheet.write_with_format(1, 0, 5, &format("[$¥-804]0.00")).unwrap();
        sheet.write_with_format(1, 1, 0.5, &format("h:mm")).unwrap();
        sheet.write_formula(2, 0, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(2, 4, "多").unwrap();
    });
    let (_, faults, _) = table("t.xlsx", &bytes, None);
    assert_eq!(
        faults,
        "t.xlsx:Sheet1!A2: error[bad-table]: the number format `[$¥-804]0.00` of this cell can't be read as it is shown\n\
         t.xlsx:Sheet1!B2: error[bad-table]: this cell is a time, and no day\n\
         t.xlsx:Sheet1!A3: error[bad-table]: the formula of this cell fails: #DIV/0!\n\
         t.xlsx:Sheet1!E3: error[bad-table]: this cell is beyond the 2 columns of the head\n"
    );
    let (none, faults, _) = table("t.xlsx", &bytes, Some("各镇"));
    assert!(none.is_none());
    assert_eq!(faults, "t.xlsx:1:1: error[bad-table]: there is no sheet `各镇`\n");
}

#[test]
fn what_is_too_large_is_told() {
    let line = "1\n".repeat(MAX_ROWS + 5);
    let (_, faults, _) = table("t.csv", line.as_bytes(), None);
    assert_eq!(faults, format!("t.csv:{}:1: error[limit-exceeded]: the table has over 20000 rows\n", MAX_ROWS + 1));
    let (_, faults, _) = table("t.csv", ",".repeat(MAX_COLUMNS + 1).as_bytes(), None);
    assert!(faults.contains("over 1000 columns"), "{faults}");
    let far = workbook(|sheet| {
        sheet.write(0, 0, "名称").unwrap();
        sheet.write(1_048_575, 0, "远").unwrap();
    });
    let (table_read, faults, _) = table("t.xlsx", &far, None);
    assert_eq!(faults, "t.xlsx:Sheet1!A1048576: error[limit-exceeded]: the table has over 20000 rows\n");
    assert_eq!(table_read.unwrap().rows.len(), 0);
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
    let mut bytes = Vec::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(&mut bytes));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let zeros = vec![b' '; 1 << 20];
    for part in 0..80 {
        zip.start_file(format!("xl/part{part}.xml"), options).unwrap();
        std::io::Write::write_all(&mut zip, &zeros).unwrap();
    }
    zip.finish().unwrap();
    assert!(bytes.len() < 1 << 20);
    let (_, faults, _) = table("t.xlsx", &bytes, None);
    assert_eq!(faults, "t.xlsx:1:1: error[limit-exceeded]: the workbook unpacks to over 64 MB\n");
}

/// The parts of a workbook, with `change` made to one of them.
fn repacked(bytes: &[u8], part: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut packed = Vec::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(&mut packed));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let part = part % archive.len();
    let mut change = Some(change);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        if index == part
            && let Some(change) = change.take()
        {
            change(&mut content);
        }
        zip.start_file(entry.name(), options).unwrap();
        std::io::Write::write_all(&mut zip, &content).unwrap();
    }
    zip.finish().unwrap();
    packed
}

/// A workbook whose one sheet has these rows in XML, and these shared strings.
fn raw(rows: &str, strings: &str) -> Vec<u8> {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "名称").unwrap();
    });
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let part = |name: &str| (0..archive.len()).position(|index| archive.name_for_index(index) == Some(name)).unwrap();
    let (sheet, shared) = (part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"));
    let bytes = repacked(&bytes, sheet, |content| {
        let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        *content = format!("<worksheet xmlns=\"{namespace}\"><sheetData>{rows}</sheetData></worksheet>").into_bytes();
    });
    drop(archive.by_index(0));
    repacked(&bytes, shared, |content| *content = format!("<sst>{strings}</sst>").into_bytes())
}

#[test]
fn limits_hold_before_memory_goes() {
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>村</t></is></c></row>";
    let told = |rows: &str, strings: &str| table("t.xlsx", &raw(&format!("{head}{rows}"), strings), None).1;
    for place in ["4294967295", "4294967298", "99999999999999999999", "0", "-1", "1048577"] {
        let rows = format!("<row r=\"{place}\"><c r=\"A{place}\"><v>1</v></c></row>");
        assert_eq!(told(&rows, ""), format!("t.xlsx:1:1: error[bad-table]: no spreadsheet has a place `{place}`\n"));
    }
    for place in ["A4294967298", "XFE2", "ZZZZ2", "A", "7"] {
        let rows = format!("<row r=\"2\"><c r=\"{place}\"><v>1</v></c></row>");
        assert_eq!(told(&rows, ""), format!("t.xlsx:1:1: error[bad-table]: no spreadsheet has a place `{place}`\n"));
    }
    let long = "甲".repeat(40_000);
    let inline = format!("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{long}</t></is></c></row>");
    let shared = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>";
    for (rows, strings) in [(inline.as_str(), String::new()), (shared, format!("<si><t>{long}</t></si>"))] {
        let limit = "t.xlsx:Sheet1!A2: error[limit-exceeded]: this cell has over 32767 characters\n";
        assert_eq!(told(rows, &strings), limit);
    }
    // A string that is stored once may stand in every cell.
    let rows: String =
        (2..2_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let faults = told(&rows, &format!("<si><t>{}</t></si>", "甲".repeat(30_000)));
    assert!(faults.ends_with("error[limit-exceeded]: the table has over 16 MB of text\n"), "{faults}");
    let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]>";
    assert!(told(bomb, "").contains("no .xlsx workbook"));
    let csv = format!("村\n{long}\n");
    assert_eq!(
        table("t.csv", csv.as_bytes(), None).1,
        "t.csv:2:1: error[limit-exceeded]: this cell has over 32767 characters\n"
    );
    let mut many = Workbook::new();
    for _ in 0..257 {
        many.add_worksheet();
    }
    let bytes = many.save_to_buffer().unwrap();
    assert_eq!(
        table("t.xlsx", &bytes, None).1,
        "t.xlsx:1:1: error[limit-exceeded]: the workbook has over 256 sheets\n"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    /// A damaged workbook is read or refused, but never a panic.
    #[test]
    fn a_damaged_workbook_is_no_panic(part in 0usize..16, at in 0.0..1.0, with in "[<>/\"a-zA-Z0-9=&; ]{0,6}", cut in 0usize..40) {
        let bytes = workbook(|sheet| {
            for row in 0..4u32 {
                sheet.write(row, 0, "名称").unwrap();
                sheet.write_with_format(row, 1, 0.5, &Format::new().set_num_format("0.0%")).unwrap();
                sheet.write_formula(row, 2, "A1").unwrap();
            }
        });
        let damaged = repacked(&bytes, part, |content| {
            let start = (content.len() as f64 * at) as usize;
            let end = (start + cut).min(content.len());
            content.splice(start..end, with.bytes());
        });
        table("t.xlsx", &damaged, None);
    }

    /// Any text is read as CSV or told, and every cell is where its place says.
    #[test]
    fn any_csv_is_read(text in "([a青1.\"]|,|\r?\n|\t){0,60}") {
        let (table, _, sources) = table("t.csv", text.as_bytes(), None);
        for cell in table.iter().flat_map(|table| table.head.iter().chain(table.rows.iter().flatten())) {
            let raw = sources.text(cell.span);
            if !raw.contains('"') {
                proptest::prop_assert_eq!(raw.trim(), &cell.text);
            }
        }
    }
}
