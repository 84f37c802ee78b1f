//! Tables, measured in what layout gives.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::report;
use std::collections::BTreeMap;

use crate::report::{block, inline};
use report_gen::batch::{Job, Outcome, run};
use report_gen::doc::{Align, Block, BlockKind, Cell, Column, Table};
use report_gen::fonts::{Fonts, Role};
use report_gen::layout::{Area, Item, Line, Page, Pages, Part, layout};
use report_gen::length::Length;
use report_gen::manifest::TableLines;
use report_gen::source::Span;
use report_gen::world::Memory;
use report_gen::write::Format;

const LEFT: Length = Length::mm(28);
const RIGHT: Length = Length::mm(210 - 26);

fn cell(text: &str) -> Option<Cell> {
    Some(Cell { content: vec![inline(text, Role::Body)], columns: 1, rows: 1, span: Span::default() })
}

fn table(aligns: &[Align], rows: &[&[&str]]) -> Table {
    Table {
        columns: aligns.iter().map(|&align| Column { width: None, align }).collect(),
        head: 1,
        rows: rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect(),
        lines: TableLines::Grid,
        landscape: false,
    }
}

fn of(table: Table) -> Block {
    block(BlockKind::Table(Box::new(table)), Vec::new())
}

fn set(blocks: Vec<Block>) -> Pages {
    layout(&report::report(blocks), &Fonts::bundled()).unwrap()
}

fn rules(page: &Page) -> Vec<Area> {
    let rule = |item: &Item| if let Item::Rule(area) = item { Some(*area) } else { None };
    page.items.iter().filter_map(rule).collect()
}

fn cells(page: &Page) -> Vec<(usize, usize, &Line)> {
    let cell = |line: &'_ Line| if let Part::Cell { row, column, .. } = line.part { Some((row, column)) } else { None };
    page.lines().filter_map(|line| cell(line).map(|(row, column)| (row, column, line))).collect()
}

#[test]
fn a_table_across_the_paper_has_pages_of_its_own_and_their_numbers_where_they_always_are() {
    let words = |text: &str| block(BlockKind::Paragraph, vec![inline(text, Role::Body)]);
    let caption = || block(BlockKind::TableCaption, vec![inline("表1　户数", Role::Heading1)]);
    let wide = Table { landscape: true, ..long(30) };
    let pages = set(vec![words("表前。"), caption(), of(wide), words("表后。")]).pages;
    let turned: Vec<bool> = pages.iter().map(|page| page.turned).collect();
    assert_eq!(turned, [false, true, true, false]);
    let text = |page: &Page| page.lines().map(Line::text).collect::<String>();
    assert!(text(&pages[0]).starts_with("表前。—") && text(&pages[3]).starts_with("表后。—"));
    assert!(text(&pages[1]).starts_with("表1　户数") && text(&pages[2]).starts_with("第0户"), "{}", text(&pages[2]));
    // Three of the upright page's margins are under, left and right of the table; the width is that of 225 mm.
    for page in &pages[1..3] {
        let edges = rules(page);
        let right = edges.iter().map(|rule| rule.x + rule.width).max().unwrap();
        let left = edges.iter().map(|rule| rule.x).min().unwrap();
        let bottom = edges.iter().map(|rule| rule.y + rule.height).max().unwrap();
        let near = |a: Length, b: Length| (a - b).to_emu().abs() <= Length::pt(1).to_emu();
        assert!(
            near(right, Length::mm(297 - 37)) && bottom <= Length::mm(210 - 26),
            "{} {}",
            right.to_mm(),
            bottom.to_mm()
        );
        assert!(left < Length::mm(37), "{}", left.to_mm());
    }
    let plain = set((0..60).map(|_| words("一段。")).collect()).pages;
    let number = |page: &Page| {
        let line = page.lines().find(|line| line.part == Part::PageNumber).unwrap();
        (line.baseline, line.extent().unwrap().0)
    };
    assert_eq!(number(&pages[1]), number(&plain[1]));
    assert_eq!(number(&pages[2]), number(&plain[2]));
}

#[test]
fn a_table_across_the_paper_may_end_a_report_and_another_follow_it() {
    let wide = || of(Table { landscape: true, ..long(2) });
    for (blocks, turned) in [(vec![wide()], 1), (vec![wide(), wide()], 1), (vec![of(long(2)), wide(), of(long(2))], 3)]
    {
        let doc = report::report(blocks);
        assert_eq!(layout(&doc, &Fonts::bundled()).unwrap().pages.len(), turned);
        let docx = report_gen::write::write(&doc, Format::Docx, &Fonts::bundled()).unwrap();
        let document = part(&docx, "word/document.xml");
        assert_eq!(document.matches("<w:sectPr").count(), turned, "{document}");
        assert!(document.contains("w:orient=\"landscape\"") && document.contains("r:id=\"rIdFooter3\""), "{document}");
    }
}

/// A part of a Word file.
fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

fn long(rows: usize) -> Table {
    let texts: Vec<[String; 2]> = (0..=rows).map(|n| [format!("第{n}户"), format!("{n}")]).collect();
    let rows: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    table(&[Align::Centre, Align::Decimal], &rows)
}

#[test]
fn a_table_fills_the_measure_and_text_goes_on_upon_the_grid() {
    let pages = set(vec![
        block(BlockKind::TableCaption, vec![inline("表1　户数", Role::Heading1)]),
        of(long(2)),
        block(BlockKind::Paragraph, vec![inline("表后。", Role::Body)]),
    ]);
    let page = &pages.pages[0];
    let (left, right) = rules(page)
        .iter()
        .fold((RIGHT, LEFT), |(left, right), rule| (left.min(rule.x), right.max(rule.x + rule.width)));
    let near = |a: Length, b: Length| (a - b).to_emu().abs() <= Length::pt(1).to_emu();
    assert!(near(left, LEFT) && near(right, RIGHT), "{} {}", left.to_mm(), right.to_mm());
    let text = page.lines().find(|line| line.text() == "表后。").unwrap();
    let pitch = Length::twips(579);
    let first = Length::mm(37) + (pitch - Length::pt(16)) / 2 + Length::pt(16).scale(88, 100);
    let rows = text.baseline - first;
    assert_eq!(rows.to_emu() % pitch.to_emu(), 0);
    // Caption, three rows of 22 pt, and what they leave of a line.
    assert_eq!(rows.to_emu() / pitch.to_emu(), 4);
    assert_eq!(page.lines().next().unwrap().runs[0].size, Length::pt(14));
}

#[test]
fn numbers_stand_point_under_point() {
    let pages = set(vec![of(table(
        &[Align::Centre, Align::Decimal],
        &[&["村", "率"], &["甲", "7.25%"], &["乙", "100%"], &["丙", "12.5%"], &["丁", "—"]],
    ))]);
    // Where the whole part ends.
    let whole = |line: &Line| {
        let glyphs: Vec<_> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
        glyphs.iter().find(|glyph| matches!(glyph.c, '.' | '%')).map(|glyph| glyph.x)
    };
    let points: Vec<Length> = cells(&pages.pages[0])
        .iter()
        .filter(|(row, column, _)| *column == 1 && (1..4).contains(row))
        .filter_map(|(_, _, line)| whole(line))
        .collect();
    assert_eq!(points.len(), 3);
    assert!(points.windows(2).all(|pair| pair[0] == pair[1]), "{points:?}");
}

#[test]
fn the_head_is_on_every_page_and_no_row_is_lost() {
    let pages = set(vec![of(long(100))]);
    assert!(pages.pages.len() >= 4);
    let mut seen = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let heads = page.lines().filter(|line| line.part == Part::RepeatedHead).count();
        assert_eq!(heads, if number == 0 { 0 } else { 2 });
        let foot = Length::mm(37) + Length::twips(579) * 22;
        assert!(rules(page).iter().all(|rule| rule.y + rule.height <= foot + Length::pt(1)));
        // Closed by a line of its own at the foot of each page.
        let last = page.lines().filter(|line| line.part != Part::PageNumber).last().unwrap().baseline;
        assert!(rules(page).iter().any(|rule| rule.y > last && rule.width > Length::mm(100)), "page {number}");
        seen.extend(cells(page).iter().filter(|(_, column, _)| *column == 0).map(|(row, _, _)| *row));
    }
    assert_eq!(seen, (0..=100).collect::<Vec<_>>());
}

#[test]
fn a_row_is_split_only_where_it_is_taller_than_a_page() {
    let tall = "镇".repeat(3000);
    let pages = set(vec![of(table(&[Align::Left, Align::Left], &[&["村", "情况"], &["甲", &tall], &["乙", "好"]]))]);
    assert!(pages.pages.len() >= 2);
    let words: String = pages
        .pages
        .iter()
        .flat_map(cells)
        .filter(|(row, column, _)| (*row, *column) == (1, 1))
        .map(|(_, _, line)| line.text())
        .collect();
    assert_eq!(words, tall);
    let foot = Length::mm(37) + Length::twips(579) * 22;
    assert!(pages.pages.iter().flat_map(cells).all(|(_, _, line)| line.baseline < foot));

    // A row of half a page goes to the next page as a whole.
    let half = "镇".repeat(500);
    let row: &[&str] = &["甲", &half];
    let pages = set(vec![of(table(&[Align::Left, Align::Left], &[&["村", "情况"], row, row, row]))]);
    for page in &pages.pages {
        for row in 1..=3 {
            let words: usize = cells(page)
                .iter()
                .filter(|(r, column, _)| (*r, *column) == (row, 1))
                .map(|(_, _, line)| line.text().chars().count())
                .sum();
            assert!(words == 0 || words == 500, "{words}");
        }
    }
}

#[test]
fn merged_cells_have_no_lines_inside_and_stay_on_one_page() {
    let mut merged = long(30);
    merged.rows[28][1] = Some(Cell { rows: 3, ..cell("合").unwrap() });
    merged.rows[29][1] = None;
    merged.rows[30][1] = None;
    let pages = set(vec![of(merged)]);
    let page = pages.pages.iter().position(|page| cells(page).iter().any(|(row, _, _)| *row == 28)).unwrap();
    assert!(cells(&pages.pages[page]).iter().any(|(row, _, _)| *row == 30), "a group stays together");
    let lines = cells(&pages.pages[page]);
    let at = |row: usize| lines.iter().find(|(r, column, _)| (*r, *column) == (row, 0)).unwrap().2.baseline;
    let merged = lines.iter().find(|(row, column, _)| (*row, *column) == (28, 1)).unwrap().2.baseline;
    assert_eq!(merged, at(29), "in the middle of its three rows");
    let between = |rule: &Area| rule.width > Length::mm(20) && rule.y > at(28) && rule.y < at(29);
    assert!(rules(&pages.pages[page]).iter().filter(|rule| between(rule)).all(|rule| rule.width < Length::mm(140)));
}

#[test]
fn many_columns_make_the_type_smaller_and_none_runs_over_the_page() {
    for columns in [4, 12, 20, 40] {
        let head: Vec<String> = (0..columns).map(|n| format!("第{n}季度")).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let body: Vec<&str> = (0..columns).map(|_| "12345").collect();
        let pages = set(vec![of(table(&vec![Align::Decimal; columns], &[&head, &body]))]);
        let right = rules(&pages.pages[0]).iter().map(|rule| rule.x + rule.width).max().unwrap();
        if columns < 40 {
            assert!(right <= RIGHT + Length::pt(1), "{columns}: {}", right.to_mm());
        }
        let size = cells(&pages.pages[0])[0].2.runs[0].size;
        assert!(size == Length::pt(12) || columns > 4, "{columns}");
        assert!(size == Length::pt(9) || columns < 20, "{columns}");
    }
}

fn check(files: &[(&str, &str)]) -> Outcome {
    let files: BTreeMap<String, Vec<u8>> = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let job = Job { path: "r/report.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    run(&job, &Memory { files, epoch: None }, &Fonts::bundled()).unwrap()
}

#[test]
fn a_spreadsheet_beside_the_report_is_its_rows() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\n[[section.table]]\nid = \"v\"\nsource = \"data/村.csv\"\n\
                  columns = [{ key = \"处\", kind = \"integer\", sum = true }]\n[figures]\n\"v>乙村>处\" = 3\n";
    let outcome = check(&[("r/report.toml", report), ("r/data/村.csv", "村,处\n甲村,4\n乙村,X\n")]);
    assert_eq!(outcome.diagnostics, []);
    assert_eq!((outcome.figures, outcome.files.len()), (1, 2));

    let outcome = check(&[("r/report.toml", report), ("r/data/村.csv", "村,处\n甲村,4.5\n乙村,X\n")]);
    let fault = &outcome.diagnostics[0];
    let (place, _) = outcome.sources.positions(fault.span().unwrap());
    assert_eq!(
        (fault.code.name(), outcome.sources.file(fault.span().unwrap().file).name()),
        ("wrong-kind", "r/data/村.csv")
    );
    assert_eq!((place.line, place.column), (2, 4));
}

#[test]
fn what_stands_in_a_cell_for_no_value_is_told() {
    let head = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = '''\n|甲|乙|\n|--|--|\n|1|#REF!|\n'''\n";
    let rows = "[[section.table]]\nrows = [[\"丙\", \"丁\"], [\"NULL\", \"=A1+B1\"]]\n";
    let source = "[[section.table]]\nsource = \"t.csv\"\ncolumns = [{ key = \"注\", kind = \"text\" }]\n";
    let csv = "村,数,注\n甲村,#N/A,NULL\n乙村,########,=好\n丙村,1.2E+05,#VALUE!\n丁村,—,1E+2\n";
    let outcome = check(&[("r/report.toml", &format!("{head}{rows}{source}")), ("r/t.csv", csv)]);
    let told: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|fault| {
            let span = fault.span().unwrap();
            let (place, file) = (outcome.sources.positions(span).0, outcome.sources.file(span.file));
            let words = &file.text()[span.start as usize..span.end as usize];
            (fault.code.name(), place.line, words.trim_matches('"'))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("wrong-kind", 5, "|甲|乙|"),
            ("wrong-kind", 10, "NULL"),
            ("wrong-kind", 10, "=A1+B1"),
            ("wrong-kind", 2, "#N/A"),
            ("wrong-kind", 3, "########"),
            ("bad-number", 4, "1.2E+05"),
            ("wrong-kind", 4, "#VALUE!"),
        ]
    );
}

#[test]
fn totals_that_are_written_are_held_against_their_rows() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\n[[section.table]]\nsource = \"t.csv\"\n";
    let told = |more: &str, csv: &str| -> Vec<(String, u32)> {
        let outcome = check(&[("r/report.toml", &format!("{report}{more}")), ("r/t.csv", csv)]);
        let told = |fault: &report_gen::diag::Diagnostic| {
            (fault.code.name().to_owned(), outcome.sources.positions(fault.span().unwrap()).0.line as u32)
        };
        outcome.diagnostics.iter().map(told).collect()
    };
    let wrong = |code: &str, line| vec![(code.to_owned(), line)];
    let sum = "columns = [{ key = \"人数\", sum = true }]\n";
    let plain = "镇,人数,完成率,年份\n青石,12,90,2024\n松岭,3,80,2025\n合计,21,85,2025\n";
    assert_eq!(told("", plain), wrong("wrong-total", 4));
    assert_eq!(told(sum, plain), wrong("bad-table", 4));
    assert_eq!(told("", &plain.replace("21", "15")), []);
    let groups = "镇,人数\n青石,12\n松岭,5\n小计,18\n白河,6\n城关,7\n小计,13\n";
    assert_eq!(told(sum, groups), wrong("bad-table", 4));
    assert_eq!(told("", groups), wrong("wrong-total", 4));
    assert_eq!(told(sum, &groups.replace("18", "17")), []);
    for right in [
        "项目,预算\n公共服务,100\n其中：人大,20\n公共安全,50\n合计,150\n",
        "类别,数量\n一、农业,30\n种植业,20\n养殖业,10\n二、工业,70\n合计,100\n",
        "类别,数量\n农业,30\n种植业,20\n养殖业,10\n工业,70\n合计,100\n",
        "镇,人均收入（元）,平均分,完成预算\n甲,12000,90,89.8\n乙,13000,80,100\n合计,12333,85,93.2\n",
        "镇,联系电话\n甲,13800001111\n乙,13800002222\n合计,2\n",
    ] {
        assert_eq!(told("", right), [], "{right}");
    }
}

/// The words of the cells of the one table of a report, row by row.
fn words(report: &str, csv: &str) -> Vec<Vec<String>> {
    let files = [("r/report.toml", report), ("r/t.csv", csv)];
    let files = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let job = Job { path: "r/report.toml".into(), draft: true, ..Job::default() };
    let outcome = run(&job, &Memory { files, epoch: None }, &Fonts::bundled()).unwrap();
    assert_eq!(outcome.diagnostics, []);
    let doc = outcome.doc.unwrap();
    let tables = doc
        .blocks
        .iter()
        .filter_map(|block| if let BlockKind::Table(table) = &block.kind { Some(table) } else { None });
    let text = |cell: &Option<Cell>| {
        let content = cell.iter().flat_map(|cell| &cell.content);
        content.map(|inline| inline.text.as_str()).collect::<String>()
    };
    tables.flat_map(|table| table.rows.iter().map(|row| row.iter().map(text).collect())).collect()
}

#[test]
fn only_chooses_and_orders_the_columns_that_are_printed() {
    let report = |more: &str| {
        format!("[report]\ntitle = \"汇报\"\n[[section]]\n[[section.table]]\nid = \"t\"\nsource = \"t.csv\"\n{more}\n")
    };
    let csv = "序号,村,户数,<,电话\n^,^,应改,已改,^\n1,甲村,12,9,X\n2,乙村,8,8,X\n合计,<,20,17,\n";
    let all = words(
        &report("columns = [{ key = \"已改\", sum = true }]\n[figures]\n\"t>1>电话\" = 1\n\"t>2>电话\" = 2"),
        csv,
    );
    assert_eq!(all[2], ["1", "甲村", "12", "9", "1"], "without it all columns stay");
    // The head that two columns share goes with the one that is left, and so does the name of the totals. What is left out
    // asks for nothing.
    let only =
        words(&report("only = [\"已改\", \"村\"]\n"), "村,户数,<,电话\n^,应改,已改,^\n甲村,12,9,X\n乙村,8,8,X\n");
    assert_eq!(only, [["户数", "村"], ["已改", ""], ["9", "甲村"], ["8", "乙村"]]);
    let only = words(&report("only = [\"村\", \"应改\", \"已改\"]\ncolumns = [{ key = \"已改\", sum = true }]"), csv);
    assert_eq!(
        only,
        [["村", "户数", ""], ["", "应改", "已改"], ["甲村", "12", "9"], ["乙村", "8", "8"], ["合计", "20", "17"]]
    );
}
