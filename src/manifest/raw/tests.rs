use super::*;
use crate::diag::render::{Human, human, json, short};
use crate::diag::{Code, Diagnostic, Lang};
use proptest::prelude::*;
use proptest::sample::select;

fn parse(text: &str) -> (Sources, Table, Vec<Diagnostic>) {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let file = sources.add("report.toml", text);
    let table = read(file, &sources, &mut diags);
    (sources, table, diags.into_sorted())
}

fn table<'t>(parent: &'t Table, key: &str) -> &'t Table {
    parent.get(key).unwrap().value.as_table().unwrap()
}

#[test]
fn values_keep_what_was_written() {
    let (sources, root, diags) = parse(
        "a = 12.50\nb = 1_000\nc = 0x1F\nd = 2023-11-20\ne = 2023-11-20T08:00:00\nf = [true, { g = '文' }]\n[h.i]\n[[j]]\nk = +1e3\n",
    );
    assert_eq!(diags, []);
    let kind = |key: &str| &root.get(key).unwrap().value.kind;
    assert_eq!(kind("a"), &ValueKind::Float("12.50".into()));
    assert_eq!(kind("b"), &ValueKind::Integer("1_000".into()));
    assert_eq!(kind("c"), &ValueKind::Integer("0x1F".into()));
    assert_eq!(kind("d"), &ValueKind::Date(Date { year: 2023, month: 11, day: 20 }));
    assert_eq!(kind("e"), &ValueKind::DateTime("2023-11-20T08:00:00".into()));
    let items = root.get("f").unwrap().value.as_array().unwrap();
    assert_eq!(items[0].kind, ValueKind::Boolean(true));
    assert_eq!(sources.text(items[1].span), "{ g = '文' }");
    assert_eq!(sources.text(table(table(&root, "h"), "i").span), "[h.i]");
    let j = root.get("j").unwrap().value.as_array().unwrap()[0].as_table().unwrap();
    assert_eq!(j.entries[0].value.kind, ValueKind::Float("+1e3".into()));
    assert_eq!(sources.text(j.span), "[[j]]");
    let keys: Vec<_> = root.entries.iter().map(|entry| entry.key.text()).collect();
    assert_eq!(keys, ["a", "b", "c", "d", "e", "f", "h", "j"]);
}

#[test]
fn a_hole_in_a_key_has_its_place() {
    let (sources, root, _) = parse("\u{feff}[figures]\r\n\"党委会\\u0058次\" = 12\r\n");
    let key = &table(&root, "figures").entries[0].key;
    let hole = key.text().find('X').unwrap();
    let span = key.span(hole..hole + 1);
    assert_eq!(sources.text(span), "\\u0058");
    assert_eq!(sources.positions(span).0.column, 5);
}

#[test]
fn after_a_slip_the_rest_has_its_right_places() {
    let (sources, root, diags) = parse("甲X个 = １２\nt = { 乙X人 = “青\\X镇” }\n\"丙X\" = \"丁\"\n");
    assert_eq!(diags.len(), 2);
    let spans: Vec<_> = root.entries.iter().map(|entry| sources.text(entry.key.whole())).collect();
    assert_eq!(spans, ["甲X个", "t", "\"丙X\""]);
    assert_eq!(root.entries[0].value.kind, ValueKind::Integer("12".into()));
    assert_eq!(sources.text(root.entries[0].value.span), "１２");
    let inner = table(&root, "t");
    let text = inner.entries[0].value.as_string().unwrap();
    assert_eq!(text.text(), "青\\X镇");
    let town = text.text().find('镇').unwrap();
    assert_eq!(sources.text(text.span(town..town + 3)), "镇");
    let text = root.entries[2].value.as_string().unwrap();
    assert_eq!(sources.text(text.span(0..3)), "丁");
}

#[test]
fn what_is_there_twice_is_shown_in_both_places() {
    let (sources, root, diags) = parse(
        "[figures]\n\"甲X\" = 1\n\"甲X\" = 2\nt = { b = 1, b = 2 }\n[[section]]\n[section.figures]\na = 1\n[[section]]\n[section.figures]\na = 1\n[figures]\n\"甲X\" = 3\n\"乙X\" = 4\n",
    );
    let places: Vec<Vec<usize>> =
        diags.iter().map(|d| d.labels.iter().map(|label| sources.positions(label.span).0.line).collect()).collect();
    assert_eq!(places, [vec![3, 2], vec![4, 4], vec![11, 1], vec![12, 2]]);
    assert!(diags.iter().all(|d| d.code == Code::DuplicateKey));
    let figures = table(&root, "figures");
    assert_eq!(figures.get("甲X").unwrap().value.kind, ValueKind::Integer("1".into()), "the first holds");
    assert!(figures.get("乙X").is_some(), "what follows the second heading is not lost");
}

#[test]
fn sections_with_single_brackets_are_one_fault() {
    let text = "[section]\nheading = \"一\"\n[section]\nheading = \"二\"\n[[section]]\nheading = \"三\"\n";
    let (_, root, diags) = parse(text);
    assert_eq!(diags.len(), 1);
    assert_eq!(diags[0].fix.as_ref().unwrap().edits.len(), 4);
    assert_eq!(root.get("section").unwrap().value.as_array().unwrap().len(), 3);
}

#[test]
fn bytes_that_are_no_utf_8_are_told_with_their_line() {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    assert!(load("a.toml", b"[report]\ntitle = \"\xc7\xe0\xca\xaf\"\n".to_vec(), &mut sources, &mut diags).is_none());
    assert!(load("b.toml", b"\xff\xfe[\x00".to_vec(), &mut sources, &mut diags).is_none());
    assert!(load("c.toml", "# 好\n".into(), &mut sources, &mut diags).is_some());
    let out = short(&diags.into_sorted(), &sources, Lang::En);
    assert_eq!(
        out,
        "a.toml:2:10: error[toml-syntax]: the file is not UTF-8\nb.toml:1:1: error[toml-syntax]: the file is not UTF-8\n"
    );
}

#[test]
fn nesting_and_dotted_keys_are_as_deep_as_the_parser_allows() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("{} = 1", vec!["a"; 100_000].join(".")),
        format!("[{}]", vec!["a"; 100_000].join(".")),
        format!("a = {}", "{a=".repeat(100_000)),
    ] {
        let (_, _, diags) = parse(&text);
        assert!(!diags.is_empty() && diags.len() < 3);
    }
}

/// Pieces of report files, right and wrong.
fn fragments() -> Vec<&'static str> {
    vec![
        "[report]",
        "[[section]]",
        "[figures]",
        "[section.figures]",
        "\n",
        "\r\n",
        "title = ",
        "text = ",
        "\"\"\"",
        "'''",
        "\"",
        "'",
        "“",
        "”",
        "“““",
        "”””",
        "党委会X次",
        "\"党委会X次\"",
        " = ",
        "＝",
        "：",
        "12",
        "1,200",
        "98.7%",
        "9人",
        "\\X",
        "\\",
        "\\u12",
        "[",
        "]",
        "{",
        "}",
        "［",
        "｝",
        ",",
        "，",
        "、",
        "#",
        "　",
        "\u{a0}",
        "\u{feff}",
        "\0",
        "\r",
        ".",
        "true",
        "2023-11-20",
        "2023年11月20日",
        "X",
        "青石镇",
        "正文，又一句。",
        " ",
        "\t",
        "a.b.c",
        "{ list = [\"甲\"] }",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_in_the_file_is_reported_and_shown(pieces in prop::collection::vec(select(fragments()), 0..40)) {
        let text = pieces.concat();
        let (sources, _, diags) = parse(&text);
        let parser = toml::de::DeTable::parse_recoverable(&text).1;
        prop_assert_eq!(diags.is_empty(), parser.is_empty(), "{:?}: {:?}", text, parser);
        for label in diags.iter().flat_map(|d| &d.labels) {
            prop_assert!(text.get(label.span.range()).is_some(), "{:?} in {:?}", label.span, text);
        }
        for edit in diags.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| &fix.edits) {
            prop_assert!(text.get(edit.span.range()).is_some(), "{:?} in {:?}", edit.span, text);
        }
        for lang in [Lang::Zh, Lang::En] {
            human(&diags, &sources, Human { color: true, ..Human::plain(lang) });
            short(&diags, &sources, lang);
            json(&diags, &sources, lang);
        }
        // A line is told to be no TOML once, whatever is wrong in it.
        let mut lines: Vec<_> = diags
            .iter()
            .filter(|d| d.code == Code::TomlSyntax)
            .map(|d| sources.positions(d.span().unwrap()).0.line)
            .collect();
        let all = lines.len();
        lines.dedup();
        prop_assert_eq!(lines.len(), all);
    }

    #[test]
    fn a_right_file_reads_as_the_parser_reads_it(keys in prop::collection::btree_map("[X镇\\\\\"'\u{1}\u{3000}a-c.=]{0,5}", "\\PC{0,9}", 0..6)) {
        let text: String = keys.iter().map(|(key, value)| {
            format!("{} = {}\n", crate::manifest::literal::key(key), crate::manifest::literal::quote(value))
        }).collect();
        let (_, root, diags) = parse(&text);
        prop_assert!(diags.iter().all(|fault| fault.code == Code::CompatibilityHanzi), "{diags:?}");
        let read: Vec<_> =
            root.entries.iter().map(|entry| (entry.key.text(), entry.value.as_string().unwrap().text())).collect();
        let expected: Vec<_> = keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        prop_assert_eq!(read, expected);
    }
}

/// A report as authors write them, with every kind of value.
const REPORT: &str = r#"[report]
title = "XXX镇工作汇报"
date  = 2023-11-20

[[section]]     # 开头
text = """
启动以来，XXX镇深入学习。
第二段，共X人。
"""

[[section]]
heading = "强根基"
text = """
召开党委会X次，形成X、X等X篇报告。
"""

[section.figures]
"共X人" = 9

[figures]
"XXX镇" = "青石镇"
"X、X等X篇" = { list = ["产业", "治理"] }
"X村、X村" = [
  "甲村",
  "乙村",
]

[[rule]]
check = '"问题X个" == "已整改X个"'
"#;

#[test]
fn one_damaged_character_is_one_fault_or_two() {
    for (at, c) in REPORT.char_indices() {
        let (before, after) = (&REPORT[..at], &REPORT[at + c.len_utf8()..]);
        let mut damaged = vec![format!("{before}{after}")];
        damaged.extend(["\"", "“", "[", "#", "\\"].map(|sign| format!("{before}{sign}{c}{after}")));
        for text in damaged {
            let (_, _, diags) = parse(&text);
            assert!(diags.len() <= 2, "{}\n{diags:#?}", &text[text[..at].rfind('\n').unwrap_or(0)..]);
        }
    }
}
