use std::collections::BTreeMap;

use super::*;
use crate::diag::Lang;
use crate::world::Memory;

const OLD: &str = r#"
[template]
name    = "护林月报"
version = "1"
[report]
title = "XXX镇护林工作汇报"
[style]
numbering = "block"
[[section]]
id      = "patrol"
heading = "抓巡护"
text = """
全镇设护林员X名，每月巡山不少于一遍，累计巡山X次。
排查隐患X处，其中重大隐患X处。
"""
[[section]]
text = "下一步，XXX镇将抓好秋防，确保平安。"
[figures]
"XXX镇"      = { id = "town", kind = "text", repeat = true }
"护林员X名"  = { kind = "integer", min = 1 }
"累计巡山X次" = { kind = "integer" }
[section.figures]
[[rule]]
id    = "重大"
check = '"重大隐患X处" <= "排查隐患X处"'
"#;

fn compared(old: &str, new: &str) -> Diff {
    let files: BTreeMap<String, Vec<u8>> = [("old.toml", old), ("new.toml", new)]
        .map(|(name, text)| (name.to_owned(), text.replace("[section.figures]\n", "").into_bytes()))
        .into();
    diff("old.toml", "new.toml", &Memory { files, epoch: None }).unwrap()
}

#[test]
fn a_template_is_not_changed_by_how_it_is_written() {
    let spaced = OLD.replace(" = ", "=").replace("[report]", "# 说明\n[report]").replace("XXX镇", "X镇");
    let changes = compared(OLD, &spaced).changes;
    assert!(changes.iter().all(|change| change.subject != Subject::Figure), "{changes:?}");
    assert_eq!(compared(OLD, OLD).changes, []);
}

#[test]
fn every_kind_of_change_is_told() {
    let new = OLD
        .replace("version = \"1\"", "version = \"2\"")
        .replace("\"block\"", "\"run-in\"\npage_number = \"center\"")
        .replace("不少于一遍", "不少于两遍")
        .replace("min = 1", "min = 1, max = 90")
        .replace("累计巡山X次", "累计上山巡护X次")
        .replace("，其中重大隐患X处", "，整改隐患X处")
        .replace("check = '\"重大隐患X处\" <=", "check = '\"整改隐患X处\" <=")
        .replace("[figures]", "[[section]]\nheading = \"抓宣传\"\ntext = \"发放单页X份。\"\n[figures]");
    let diff = compared(OLD, &new);
    let shown = human(&diff, Lang::Zh);
    assert_eq!(
        shown,
        r#"old.toml（护林月报 1） → new.toml（护林月报 2）
~ 设置 style.numbering
    numbering: block → run-in
+ 设置 style.page_number
    page_number = center
~ 章节 抓巡护
    text
      - 每月巡山不少于一遍，累计巡山X次。
      + 每月巡山不少于两遍，累计上山巡护X次。
      - 其中重大隐患X处。
      + 整改隐患X处。
+ 章节 抓宣传
    heading = 抓宣传
    text = 发放单页X份。
~ 指标 护林员X名
    max = 90
~ 指标 累计上山巡护X次（原来是 累计巡山X次）
+ 指标 整改隐患X处
+ 指标 发放单页X份
- 指标 其中重大隐患X处
~ 规则 重大
    check: "重大隐患X处" <= "排查隐患X处" → "整改隐患X处" <= "排查隐患X处"
共 10 处
"#
    );
}

#[test]
fn what_went_and_what_moved_is_told() {
    let (head, last) = OLD.split_once("[[section]]\ntext").unwrap();
    let (last, figures) = last.split_once("[figures]").unwrap();
    let (head, patrol) = head.split_once("[[section]]\nid ").unwrap();
    let moved = format!("{head}[[section]]\ntext{last}[[section]]\nid {patrol}[figures]{figures}");
    let shown = human(&compared(OLD, &moved), Lang::En);
    assert!(shown.contains("~ section [[section]]\n    order: 抓巡护、第 2 节 → 第 1 节、抓巡护\n"), "{shown}");
    let (without, _) = OLD.split_once("[[rule]]").unwrap();
    let diff = compared(OLD, &without.replace("\"护林员X名\"  = { kind = \"integer\", min = 1 }", ""));
    let shown = human(&diff, Lang::En);
    // The hole is there still, and asked for by the words before it.
    assert!(
        shown.contains("- rule 重大\n")
            && shown.contains("~ figure 全镇设护林员X名 (was 护林员X名)\n    kind: integer → (none)\n"),
        "{shown}"
    );
    let json: serde_json::Value = serde_json::from_str(&json(&diff)).unwrap();
    let dropped = &json["changes"].as_array().unwrap().iter().find(|change| change["change"] == "dropped").unwrap();
    assert_eq!((&dropped["subject"], &dropped["file"]), (&"rule".into(), &"old.toml".into()));
    assert_eq!(dropped["line"], 22);
}

#[test]
fn a_table_beside_the_template_is_told_where_it_changed() {
    let template =
        "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"各村如下。\"\n[[section.table]]\nsource = \"村.csv\"\n";
    let files = [
        ("a/t.toml", template),
        ("a/村.csv", "村,处\n东村,1\n"),
        ("b/t.toml", template),
        ("b/村.csv", "村,处\n东村,2\n"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
    let diff = diff("a/t.toml", "b/t.toml", &Memory { files, epoch: None }).unwrap();
    assert_eq!(human(&diff, Lang::Zh), "a/t.toml → b/t.toml\n~ 文件 村.csv\n共 1 处\n");
}

#[test]
fn a_great_many_changes_are_found_in_time() {
    let of = |word: &str| {
        let text: String = (0..3_000).map(|n| format!("{word}第{n}项X次，")).collect();
        let sections: String = (0..2_000).map(|n| format!("[[section]]\ntext = \"{word}{n}。\"\n")).collect();
        format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"{text}\"\n{sections}")
    };
    let started = std::time::Instant::now();
    assert!(compared(&of("甲"), &of("乙")).changes.len() > 2_000);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
