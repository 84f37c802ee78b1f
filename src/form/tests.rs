//! Forms of a template, as they are read again.

use super::*;
use crate::diag::Diagnostics;
use crate::fill::fill;
use crate::manifest::{self, raw};
use crate::sheet::{CellKind, read};
use crate::source::Sources;

const TEMPLATE: &str = r#"
[report]
title = "XXX镇护林工作汇报"
[[section]]
id   = "fire"
text = "全镇设护林员X名，其中女护林员X名。排查隐患X处，隐患整改率XX.X%，X{tree}长势良好；XXX、XXX等X个示范点建成。X月X日验收。"
[section.figures]
"护林员X名，其中女护林员X名" = { label = "护林员和其中女护林员", owner = "林业站" }
"排查隐患X处" = { kind = "integer", min = 0, max = 500, hint = "含已整改的", owner = "林业站" }
"整改率XX.X%" = { kind = "percent", max = 100, owner = "应急办", optional = true, default = 100 }
"XXX、XXX等X个示范点" = { label = "示范点" }
"X月X日验收" = { min = 2025-01-01 }
[figures]
"XXX镇" = { label = "镇名" }
tree = { choices = ["松", "柏"] }
done = { compute = '1 + 1' }
given = 5
[[rule]]
check = '"given" == 5 and "done" == 2'
"#;

fn of(owner: Option<&str>) -> Vec<Field> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let file = sources.add("t.toml", TEMPLATE);
    let manifest = manifest::read(&raw::read(file, &sources, &mut diags), &mut diags).unwrap();
    let filled = fill(&manifest, &mut Diagnostics::new());
    fields(&manifest, &filled, owner)
}

#[test]
fn each_figure_that_is_asked_for_has_a_row() {
    let fields = of(None);
    let shown: Vec<String> =
        fields.iter().map(|f| format!("{}|{}|{}|{}", f.address, f.sentence, f.unit, f.advice())).collect();
    assert_eq!(
        shown,
        [
            "XXX镇|＿＿镇护林工作汇报||文字",
            "tree|排查隐患X处，隐患整改率XX.X%，＿＿长势良好||填其中一个：松、柏",
            "fire>护林员X名，其中女护林员X名|全镇设护林员＿＿名，其中女护林员＿＿名|名|2 个数，用、隔开",
            "fire>排查隐患X处|排查隐患＿＿处，隐患整改率XX.X%，X{tree}长势良好|处|整数；不小于 0；不大于 500；含已整改的",
            "fire>整改率XX.X%|排查隐患X处，隐患整改率＿＿%，X{tree}长势良好|%|百分数，只写数字；不大于 100；可以不填",
            "fire>XXX、XXX等X个示范点|＿＿、＿＿等＿＿个示范点建成||名称，用、隔开",
            "fire>X月X日验收|＿＿月＿＿日验收||日期；不早于 2025年1月1日",
        ]
    );
    assert_eq!(of(Some("应急办")).len(), 1);
}

#[test]
fn a_form_is_read_as_it_was_written_and_is_always_the_same() {
    let fields = of(None);
    let book = form(&fields).unwrap();
    assert!(book == form(&fields).unwrap(), "the same fields give the same bytes");
    for (name, bytes) in [("f.xlsx", book), ("f.csv", form_csv(&fields).into_bytes())] {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let sheet = read(name, &bytes, None, &mut sources, &mut diags).unwrap();
        assert_eq!(diags.iter().count(), 0, "{name}");
        assert!(sheet.head.iter().map(|cell| cell.text.as_str()).eq(HEADS));
        let addresses: Vec<&str> = sheet.rows.iter().map(|row| row[ADDRESS].text.as_str()).collect();
        let expected: Vec<&str> = std::iter::once(TOWN).chain(fields.iter().map(|f| f.address.as_str())).collect();
        assert_eq!(addresses, expected);
        assert!(sheet.rows.iter().all(|row| row[VALUE].kind == CellKind::Empty), "{name}");
    }
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let book = table(&fields).unwrap();
    assert!(book == table(&fields).unwrap());
    let sheet = read("t.xlsx", &book, None, &mut sources, &mut diags).unwrap();
    let heads: Vec<&str> = sheet.head.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(heads[..4], ["乡镇", "镇名", "tree", "护林员和其中女护林员"]);
}
