use super::csv::csv;
use super::table::table;
use super::xlsx::xlsx;
use super::{Row, State, rows, tally};
use crate::diag::{Diagnostics, Lang};
use crate::fill::{Shape, fill};
use crate::manifest::{self, Kind, raw};
use crate::source::Sources;
use unicode_width::UnicodeWidthStr;

const REPORT: &str = r#"
[report]
title = "XXX镇防汛汇报"
[[section]]
id = "drill"
text = "开展演练X次，转移群众X人。X月X日，**XXX村**召开会议，发放手册X册，占应发的X%！"
[section.figures]
"演练X次" = { value = 3, owner = "应急办", source = "应急办台账", as_of = 2025-06-01 }
[[section]]
when = '"演练X次" > 5'
text = "评选先进X名。"
[figures]
"XXX镇" = "云溪镇"
"转移群众X人" = ""
"X%" = { compute = '"演练X次" / 4 * 100' }
"先进X名" = ""
"多余X个" = 1
"#;

fn listed(report: &str) -> (Sources, Vec<Row>, (usize, usize)) {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let file = sources.add("report.toml", report);
    let table = raw::read(file, &sources, &mut diags);
    let manifest = manifest::read(&table, &mut diags).unwrap();
    let filled = fill(&manifest, &mut diags);
    let rows = rows(&manifest, &filled);
    (sources, rows, (filled.filled, filled.figures))
}

#[test]
fn a_name_that_keeps_its_own_word_is_shown() {
    let report = REPORT.replace("云溪镇", "云溪乡");
    let (sources, rows, _) = listed(&report);
    let line = |lang| table(&rows, &sources, lang, false, None).lines().nth(1).unwrap().to_owned();
    assert!(line(Lang::Zh).contains("云溪乡（“镇”印作“乡”）"), "{}", line(Lang::Zh));
    assert!(line(Lang::En).contains("云溪乡 (乡 for 镇)"), "{}", line(Lang::En));
    let json = super::json::json(&rows, &sources);
    assert!(json.lines().next().unwrap().ends_with(r#","own_words":[{"word":"镇","own":"乡","places":1}]}"#), "{json}");
    assert_eq!(json.matches("own_words").count(), 1);
}

#[test]
fn rows_are_in_the_order_of_the_text_and_holes_without_a_figure_are_among_them() {
    let (sources, rows, _) = listed(REPORT);
    let told: Vec<_> = rows.iter().map(|row| (row.address.as_str(), row.state, row.places.len())).collect();
    assert_eq!(
        told,
        [
            ("XXX镇", State::Filled, 1),
            ("drill>演练X次", State::Filled, 1),
            ("转移群众X人", State::Missing, 1),
            ("X月X日", State::Missing, 1),
            ("XXX村", State::Missing, 1),
            ("发放手册X册", State::Missing, 1),
            ("X%", State::Computed, 1),
            ("先进X名", State::LeftOut, 1),
            ("多余X个", State::Unused, 0),
        ]
    );
    assert_eq!((rows[3].kind, rows[3].shape, &rows[3].unit), (Kind::Date, Shape::Several(2), &None));
    assert_eq!((rows[5].kind, rows[5].unit.as_deref()), (Kind::Integer, Some("册")));
    assert_eq!((rows[6].kind, rows[6].value.as_deref()), (Kind::Percent, Some("75")));
    assert_eq!(sources.text(rows[3].places[0]), "X月X");
}

#[test]
fn the_tally_is_that_of_check() {
    let (_, rows, of_check) = listed(REPORT);
    assert_eq!(tally(&rows), of_check);
    assert_eq!(of_check, (3, 7));
}

#[test]
fn sentences_have_the_values_that_are_there() {
    let (_, rows, _) = listed(REPORT);
    let sentence = rows[1].sentence.as_ref().unwrap();
    assert_eq!(
        (sentence.before.as_str(), sentence.hole.as_str(), sentence.after.as_str()),
        ("开展演练", "3", "次，转移群众X人。")
    );
    assert!(rows[6].sentence.as_ref().unwrap().text().ends_with("发放手册X册，占应发的75%！"));
}

#[test]
fn a_long_sentence_is_clipped_on_both_sides() {
    let report = format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"{0}会议X次{0}\"\n", "甲".repeat(500));
    let (_, rows, _) = listed(&report);
    let sentence = rows[0].sentence.as_ref().unwrap();
    assert!(sentence.before.starts_with('…') && sentence.after.ends_with('…'), "{sentence:?}");
    assert_eq!(sentence.text().chars().count(), 60 + 1 + 60 + 2);
}

#[test]
fn the_table_is_aligned_by_width_and_no_wider_than_asked() {
    let (sources, rows, _) = listed(REPORT);
    let wide = table(&rows, &sources, Lang::Zh, true, None);
    let days: Vec<usize> = (wide.lines())
        .filter_map(|line| Some(line[..line.find("2025-06-01").or_else(|| line.find("截至"))?].width()))
        .collect();
    assert!(days.len() == 2 && days[0] == days[1], "{wide}");
    let narrow = table(&rows, &sources, Lang::Zh, true, Some(70));
    assert!(narrow.lines().all(|line| line.width() <= 70), "{narrow}");
    assert!(narrow.contains('…') && narrow.ends_with("已填 3/7\n"), "{narrow}");
    assert_eq!(table(&[], &sources, Lang::En, false, None), "0/0 filled\n");
}

#[test]
fn csv_is_for_excel_and_holds_no_formula() {
    let report = "[report]\ntitle = \"X{a}X{b}\"\n[figures]\na = { value = \"=1+1\", kind = \"text\" }\nb = -3.2\n";
    let (sources, rows, _) = listed(report);
    let text = csv(&rows, &sources, Lang::Zh);
    assert!(text.starts_with("\u{feff}指标,名称,值,单位,"), "{text}");
    assert!(text.contains("\r\na,,'=1+1,") && text.contains("\r\nb,,-3.2,"), "{text}");
}

#[test]
fn the_workbook_has_no_clock_in_it() {
    let (sources, rows, _) = listed(REPORT);
    let book = xlsx(&rows, &sources, Lang::Zh).unwrap();
    assert!(book.starts_with(b"PK"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let properties = std::io::read_to_string(archive.by_name("docProps/core.xml").unwrap()).unwrap();
    assert_eq!(properties.matches("2000-01-01T00:00:00Z").count(), 2, "{properties}");
    let years: Vec<_> =
        (0..archive.len()).map(|n| archive.by_index(n).unwrap().last_modified().unwrap().year()).collect();
    assert!(years.iter().all(|&year| year == 1980), "{years:?}");
}
