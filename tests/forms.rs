//! Forms from a template, and the towns' answers read back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::program;
use std::path::Path;

use crate::program::{bytes, names, run, write};
use rust_xlsxwriter::Workbook;
use tempfile::{TempDir, tempdir};

const TEMPLATE: &str = r#"
[template]
name = "护林工作汇报"

[report]
title  = "XXX镇护林工作汇报"
output = "XXX镇护林工作汇报"

[[section]]
id   = "fire"
text = "XXX镇设护林员X名，排查隐患X处，已整改X处。"

[figures]
"XXX镇"      = { label = "镇名", owner = "办公室" }
"护林员X名"  = { label = "护林员", kind = "integer", min = 1, max = 200, owner = "林业站" }
"排查隐患X处" = { label = "排查隐患", kind = "integer", min = 0, owner = "应急办" }
"已整改X处"  = { label = "已整改", kind = "integer", min = 0, owner = "应急办" }

[[rule]]
id    = "整改不超"
check = '"已整改X处" <= "排查隐患X处"'
"#;

const HEAD: &str = "指标,正文,单位,填写,说明,由谁填,编号\n";

fn county() -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "template.toml", TEMPLATE);
    folder
}

/// A filled form as CSV: the town, and answers by address.
fn filled(town: &str, answers: &[(&str, &str)]) -> String {
    let rows: String = answers.iter().map(|(address, answer)| format!(",,,{answer},,,{address}\n")).collect();
    format!("{HEAD}乡镇,,,{town},,,#town\n{rows}")
}

fn collect(folder: &Path, args: &[&str]) -> program::Ended {
    let args = [&["collect", "--template", "template.toml", "-o", "towns.csv", "--message-format", "short"], args];
    run(folder, &args.concat())
}

#[test]
fn a_form_asks_for_what_the_template_declares() {
    let folder = county();
    let made = run(folder.path(), &["form", "template.toml", "-o", "form.csv"]);
    assert_eq!((made.status, made.out.as_str(), made.err.as_str()), (0, "已生成 form.csv：4 个数\n", ""));
    let form = String::from_utf8(bytes(folder.path(), "form.csv")).unwrap().replace("\r\n", "\n");
    assert_eq!(
        form,
        format!(
            "\u{feff}{HEAD}乡镇,,,,填镇名,,#town\n\
             镇名,＿＿镇护林工作汇报,,,文字,办公室,XXX镇\n\
             护林员,XXX镇设护林员＿＿名，排查隐患X处，已整改X处,名,,整数；不小于 1；不大于 200,林业站,护林员X名\n\
             排查隐患,XXX镇设护林员X名，排查隐患＿＿处，已整改X处,处,,整数；不小于 0,应急办,排查隐患X处\n\
             已整改,XXX镇设护林员X名，排查隐患X处，已整改＿＿处,处,,整数；不小于 0,应急办,已整改X处\n"
        )
    );
    let part = run(folder.path(), &["form", "template.toml", "-o", "part.xlsx", "--owner", "应急办"]);
    assert_eq!(part.out, "已生成 part.xlsx：2 个数\n");
    let table = run(folder.path(), &["form", "template.toml", "-o", "table.csv", "--table"]);
    assert_eq!(table.status, 0);
    let table = String::from_utf8(bytes(folder.path(), "table.csv")).unwrap();
    assert_eq!(table, "\u{feff}乡镇,镇名,护林员,排查隐患,已整改\r\n");
    assert_eq!(run(folder.path(), &["form", "template.toml", "-o", "form.docx"]).status, 2);
}

#[test]
fn a_hole_that_no_figure_is_declared_for_is_told() {
    let folder = county();
    write(folder.path(), "template.toml", TEMPLATE.replace("已整改X处。", "已整改X处，正在整改X处。"));
    let made = run(folder.path(), &["form", "template.toml", "-o", "form.xlsx"]);
    assert_eq!(made.status, 1);
    assert!(
        made.err.contains("“正在整改X处”没有填数") && made.err.contains("填报表只问 [figures] 里写了的数"),
        "{}",
        made.err
    );
    assert_eq!(names(folder.path()), ["template.toml"]);
}

#[test]
fn holes_of_a_table_in_a_file_are_asked_for_and_told_as_the_others_are() {
    let folder = tempdir().unwrap();
    let template = |figures: &str| {
        format!(
            "[template]\nname = \"护林\"\n[report]\ntitle = \"护林工作汇报\"\n[[section]]\n[[section.table]]\nid = \"t\"\nsource = \"t.csv\"\n[figures]\n{figures}"
        )
    };
    write(folder.path(), "t.csv", "村,护林员\n东村,X\n西村,X\n");
    write(folder.path(), "template.toml", template("\"t>东村>护林员\" = { kind = \"integer\", max = 9 }\n"));
    let form = ["form", "template.toml", "-o", "form.csv", "--message-format", "short"];
    let made = run(folder.path(), &form);
    assert_eq!(made.status, 1);
    assert_eq!(made.err, "t.csv:3:4: error[missing-figure]: “t>西村>护林员”没有填数\n");
    write(
        folder.path(),
        "template.toml",
        template("\"t>东村>护林员\" = { kind = \"integer\", max = 9 }\n\"t>西村>护林员\" = { kind = \"integer\" }\n"),
    );
    let made = run(folder.path(), &form);
    assert_eq!((made.status, made.err.as_str()), (0, ""));
    let form = String::from_utf8(bytes(folder.path(), "form.csv")).unwrap();
    assert!(form.contains("t>东村>护林员,") && form.contains("整数；不大于 9"), "{form}");
    write(folder.path(), "a.csv", filled("青石镇", &[("t>东村>护林员", "12"), ("t>西村>护林员", "3")]));
    let ended = collect(folder.path(), &["a.csv"]);
    assert!(ended.status == 1 && ended.err.contains("a.csv:3:4: error[out-of-range]"), "{}", ended.err);
    write(folder.path(), "a.csv", filled("青石镇", &[("t>东村>护林员", "2"), ("t>西村>护林员", "3")]));
    assert_eq!(collect(folder.path(), &["a.csv"]).status, 0);
    let ended = run(folder.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "out"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}

#[test]
fn parts_of_several_owners_become_one_row_that_batch_takes() {
    let folder = county();
    write(
        folder.path(),
        "forms/a.csv",
        filled("青石", &[("XXX镇", "青石镇"), ("护林员X名", "12"), ("排查隐患X处", "")]),
    );
    write(folder.path(), "forms/b.csv", filled("青石", &[("排查隐患X处", "30"), ("已整改X处", "28"), ("电话", "1")]));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let answers = [("XXX镇", "柳林镇"), ("护林员X名", "9"), ("排查隐患X处", "20"), ("已整改X处", "20")];
    for (row, line) in filled("柳林", &answers).lines().enumerate() {
        for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row as u32, column as u16, number).unwrap(),
                Err(_) => sheet.write(row as u32, column as u16, cell).unwrap(),
            };
        }
    }
    workbook.save(folder.path().join("forms/c.xlsx")).unwrap();
    write(folder.path(), "roster.csv", "乡镇\n青石\n柳林\n白沙\n");
    let ended = collect(folder.path(), &["forms", "--roster", "roster.csv"]);
    assert_eq!(
        ended.err,
        "forms/b.csv:5:8: warning[unknown-head]: 模板里没有“电话”，这一行没有用上\n\
         roster.csv:4:1: error[missing-town]: “白沙”还没有交\n"
    );
    assert_eq!(ended.status, 1, "one is missing");
    let table = String::from_utf8(bytes(folder.path(), "towns.csv")).unwrap();
    assert_eq!(
        table,
        "\u{feff}乡镇,XXX镇,护林员X名,排查隐患X处,已整改X处\r\n青石,青石镇,12,30,28\r\n柳林,柳林镇,9,20,20\r\n"
    );
    let batch = run(folder.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "out"]);
    assert_eq!((batch.status, batch.err.as_str()), (0, ""));
    assert_eq!(names(&folder.path().join("out")).len(), 6);
}

#[test]
fn answers_that_can_t_be_right_are_told_at_their_cells_and_nothing_is_written() {
    let folder = county();
    write(
        folder.path(),
        "a.csv",
        filled("青石", &[("XXX镇", "青石镇"), ("护林员X名", "十二"), ("排查隐患X处", "30"), ("已整改X处", "31")]),
    );
    write(folder.path(), "b.csv", filled("青石", &[("排查隐患X处", "33")]));
    write(
        folder.path(),
        "c.csv",
        filled("柳林", &[("XXX镇", "柳林镇"), ("护林员X名", "900"), ("排查隐患X处", ""), ("已整改X处", "1")]),
    );
    write(folder.path(), "d.csv", filled("", &[]));
    write(folder.path(), "e.csv", "名称,次数\n甲,1\n");
    let ended = collect(folder.path(), &["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"]);
    let told: Vec<&str> = ended.err.lines().collect();
    assert_eq!(
        told,
        [
            "b.csv:3:4: error[conflicting-answers]: 青石的“排查隐患X处”，一份填 30，一份填 33",
            "d.csv:2:6: error[missing-town]: 没有填是哪个镇",
            "e.csv:1:1: error[bad-table]: 这不是 report-gen form 做的填报表",
            "a.csv:6:4: error[rule-broken]: “整改不超”对不上：已整改X处 (31, a.csv:6:4) > 排查隐患X处 (30, a.csv:5:4)",
            "a.csv:4:4: error[wrong-kind]: “护林员X名”要填整数，填的是文字“十二”",
            "c.csv:4:4: error[out-of-range]: “护林员X名”不能大于 200，填的是 900",
            "c.csv:5:4: error[missing-figure]: “排查隐患X处”还没有填",
        ]
    );
    assert_eq!(ended.status, 1);
    assert!(!names(folder.path()).contains(&"towns.csv".to_owned()));
}

#[test]
fn a_form_without_a_figure_s_row_is_told_in_company_too() {
    let folder = county();
    let whole = [("XXX镇", "青石镇"), ("护林员X名", "6"), ("排查隐患X处", "3"), ("已整改X处", "2")];
    write(folder.path(), "a.csv", filled("青石镇", &whole));
    write(folder.path(), "b.csv", filled("白河镇", &[&[("XXX镇", "白河镇")][..], &whole[1..3]].concat()));
    let told = "b.csv:2:6: error[missing-figure]: “已整改X处”还没有填";
    for forms in [&["b.csv"][..], &["a.csv", "b.csv"], &["b.csv", "a.csv"]] {
        let ended = collect(folder.path(), forms);
        assert_eq!(ended.status, 1, "{}", ended.err);
        assert!(ended.err.contains(told), "{}", ended.err);
        assert!(!folder.path().join("towns.csv").exists());
    }
}

#[test]
fn answers_become_files_of_values_that_batch_and_roll_up_take() {
    let folder = county();
    write(folder.path(), "forms/a.csv", filled("青石", &[("XXX镇", "青石镇"), ("护林员X名", "12")]));
    write(folder.path(), "forms/b.csv", filled("青石", &[("排查隐患X处", "30"), ("已整改X处", "28")]));
    let collect = |args: &[&str]| run(folder.path(), &[&["collect", "--template", "template.toml"], args].concat());
    let one = collect(&["forms", "-o", "青石.toml"]);
    assert_eq!((one.status, one.out.as_str(), one.err.as_str()), (0, "已收 1 镇，写入 青石.toml\n", ""));
    let values = String::from_utf8(bytes(folder.path(), "青石.toml")).unwrap();
    assert_eq!(
        values.split_once("# report-gen sha256:").unwrap().0,
        "[figures]\n\"XXX镇\" = \"青石镇\"\n\"护林员X名\" = 12\n\"排查隐患X处\" = 30\n\"已整改X处\" = 28\n"
    );
    let answers = [("XXX镇", "柳林镇"), ("护林员X名", "9"), ("排查隐患X处", "20"), ("已整改X处", "20")];
    write(folder.path(), "forms/c.csv", filled("柳林", &answers));
    let several = collect(&["forms", "-o", "all.toml"]);
    assert!(several.status == 1 && several.err.contains("收到 2 镇，一个 .toml 只写一个镇的数"), "{}", several.err);
    assert_eq!(collect(&["forms", "-o", "towns/"]).status, 0);
    assert_eq!(names(&folder.path().join("towns")), ["柳林.toml", "青石.toml"]);
    assert_eq!(bytes(&folder.path().join("towns"), "青石.toml"), values.as_bytes());
    assert_eq!(collect(&["forms", "-o", "towns.csv"]).status, 0);
    for (values, out) in [("towns", "a"), ("towns.csv", "b")] {
        let batch = run(folder.path(), &["batch", "template.toml", "--values", values, "-o", out]);
        assert_eq!((batch.status, batch.err.as_str()), (0, ""));
        write(
            folder.path(),
            "county.toml",
            "[report]\ntitle = \"护林\"\n[[section]]\ntext = \"共X名。\"\n[figures]\n\"共X名\" = { compute = 'sum(towns.\"护林员X名\")' }\n",
        );
        let rolled = run(folder.path(), &["rollup", "county.toml", "--values", values, "-o", out]);
        assert_eq!((rolled.status, rolled.err.as_str()), (0, ""));
    }
    for name in names(&folder.path().join("a")).iter().filter(|name| !name.starts_with("summary")) {
        assert!(bytes(&folder.path().join("a"), name) == bytes(&folder.path().join("b"), name), "{name}");
    }
    // A town's name leads nowhere.
    write(folder.path(), "forms/c.csv", filled("../柳林", &answers));
    let escape = collect(&["forms", "-o", "towns/"]);
    assert!(escape.status == 1 && escape.err.contains("“../柳林”不能作文件名"), "{}", escape.err);
    assert!(!folder.path().join("柳林.toml").exists());
}

#[test]
fn no_spreadsheet_takes_an_answer_for_a_formula() {
    let folder = county();
    let answers = [("XXX镇", "=1+1镇"), ("护林员X名", "9"), ("排查隐患X处", "20"), ("已整改X处", "20")];
    write(folder.path(), "a.csv", filled("@柳林", &answers));
    assert_eq!(collect(folder.path(), &["a.csv"]).status, 0);
    let table = String::from_utf8(bytes(folder.path(), "towns.csv")).unwrap();
    assert!(table.contains("'@柳林,'=1+1镇,9,"), "{table}");
    let batch = run(folder.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "out"]);
    assert_eq!((batch.status, batch.err.as_str()), (0, ""));
    let summary = String::from_utf8(bytes(&folder.path().join("out"), "summary.csv")).unwrap();
    assert!(summary.contains("'@柳林,已生成,0,0,,'=1+1镇护林工作汇报.docx"), "{summary}");
}

#[test]
fn the_town_s_name_is_asked_for_once_and_brings_its_own_word() {
    let folder = county();
    write(folder.path(), "template.toml", TEMPLATE.replace("label = \"镇名\"", "label = \"乡镇\""));
    run(folder.path(), &["form", "template.toml", "-o", "form.csv"]);
    let form = String::from_utf8(bytes(folder.path(), "form.csv")).unwrap();
    assert!(form.contains("#town") && !form.contains("XXX镇,"), "{form}");
    let answers = [("fire>护林员X名", "3"), ("fire>排查隐患X处", "2"), ("fire>已整改X处", "1")];
    let answers = answers.map(|(address, answer)| (address.trim_start_matches("fire>"), answer));
    write(folder.path(), "松岭乡.csv", filled("松岭乡", &answers));
    let ended = collect(folder.path(), &["松岭乡.csv"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let ended = run(folder.path(), &["batch", "template.toml", "--values", "towns.csv", "-o", "out", "--to", "pdf"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(names(&folder.path().join("out")).contains(&"松岭乡护林工作汇报.pdf".to_owned()));
}
