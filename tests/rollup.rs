//! The county's own report, worked out of the towns' values.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::program;
use std::path::Path;

use crate::program::{names, run, write};
use tempfile::{TempDir, tempdir};

const REPORT: &str = r#"
[report]
title  = "全县会议情况"
output = "全县会议情况"

[[section]]
text = "全县X个乡镇召开会议X次，平均X次，最多X次，最少X次；投入X万元。"

[figures]
"全县X个"   = { compute = 'count(towns."会议X次")' }
"召开会议X次" = { compute = 'sum(towns."会议XX次")' }
"平均X次"   = { compute = 'mean(towns."会议X次")', round = 1 }
"最多X次"   = { compute = 'max(towns."会议X次")' }
"最少X次"   = { compute = 'min(towns."会议X次")' }
"投入X万元" = { compute = 'sum(towns."投入X万元")' }
"#;

fn county(table: &str) -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "county.toml", REPORT);
    write(folder.path(), "towns.csv", table);
    folder
}

fn rollup(folder: &Path) -> program::Ended {
    run(folder, &["rollup", "county.toml", "--values", "towns.csv", "-o", "out", "--message-format", "short"])
}

#[test]
fn sums_of_all_towns_are_exact() {
    let folder = county("乡镇,会议X次,money>投入X万元\n青石,12,0.1\n柳林,8,0.2\n白沙,6,12.50\n");
    let ended = rollup(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert_eq!(names(&folder.path().join("out")).len(), 2);
    let pdf = program::bytes(&folder.path().join("out"), "全县会议情况.pdf");
    let text: String = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("全县3个乡镇召开会议26次，平均8.7次，最多12次，最少6次；投入12.80万元。"), "{text}");
}

#[test]
fn what_can_t_be_summed_is_told_at_its_cell_and_nothing_is_written() {
    let folder = county("乡镇,会议X次,投入X万元\n青石,12,0.1\n柳林,,甲\n青 石,6,1\n");
    let ended = rollup(folder.path());
    assert_eq!(ended.status, 1);
    for told in [
        "towns.csv:3:4: error[missing-figure]: “会议X次”还没有填，不能汇总\n",
        "towns.csv:4:1: error[duplicate-town]: “青 石”有两份，会算两遍\n",
        "towns.csv:3:5: error[wrong-kind]: “投入X万元”要填数字，填的是文字“甲”\n",
    ] {
        assert!(ended.err.contains(told), "{told}\n{}", ended.err);
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_column_that_is_not_there_is_told_with_its_like() {
    let folder = county("乡镇,会义X次,投入X万元\n青石,12,1\n");
    let human = run(folder.path(), &["rollup", "county.toml", "--values", "towns.csv"]).err;
    assert!(human.contains("rule-undefined") && human.contains("各镇的数里有“会义X次”，是不是它？"), "{human}");
    let alone = run(folder.path(), &["check", "county.toml"]).err;
    assert!(alone.contains("汇总各镇用 report-gen rollup"), "{alone}");
    assert_eq!(run(folder.path(), &["rollup", "none.toml", "--values", "towns.csv"]).status, 2);
}

#[test]
fn rates_are_not_added_up() {
    let folder = county(
        "乡镇,会议X次,投入X万元,整改率X%,满意度,人均收入X元,慰问老人X位\n青石,1,1,90,95,100,3\n柳林,1,1,80,85,200,4\n",
    );
    let told = |key: &str, function: &str| {
        let report = format!(
            "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"全县X处。\"\n[figures]\n\"全县X处\" = {{ compute = '{function}(towns.\"{key}\")' }}\n"
        );
        write(folder.path(), "county.toml", report);
        rollup(folder.path()).err
    };
    for key in ["整改率X%", "满意度", "人均收入X元"] {
        let err = told(key, "sum");
        assert!(err.contains("county.toml:6:") && err.contains("error[rule-undefined]: “"), "{err}");
        assert!(err.contains("不能相加"), "{err}");
        assert_eq!(told(key, "max"), "", "{key}");
    }
    assert_eq!(told("慰问老人X位", "sum"), "");
}

const LISTS: &str = r#"
[report]
title  = "全县会议情况"
output = "全县会议情况"

[[section]]
when = 'count(towns."会议X次" == 0) > 0'
text = "未召开会议的有XXX、XXX等X个镇。"

[section.figures]
"未召开会议的有XXX、XXX等X个镇" = { compute = 'names(towns."会议X次" == 0)' }

[[section]]
text = "整改率不到X%的有X个，分别是XXX镇。"

[figures]
"不到X%"     = 60
"的有X个"    = { compute = 'count(towns."整改率X%" < "不到X%")' }
"分别是XXX镇" = { compute = 'names(towns."整改率X%" < "不到X%")' }
"#;

fn text(folder: &Path) -> String {
    let pdf = program::bytes(&folder.join("out"), "全县会议情况.pdf");
    let text: String = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    text.split_whitespace().collect()
}

#[test]
fn rows_of_comparison_are_no_towns_and_a_town_is_one_with_its_word_or_without() {
    let folder =
        county("乡镇,会议X次,投入X万元\n青石镇,12,0.1\n柳林,8,0.2\n去年同期,6,1\n增长（%）,3,2\n比上年增减,1,1\n");
    let ended = rollup(folder.path());
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(ended.err.contains("left-out") && ended.err.contains("去年同期"), "{}", ended.err);
    let pdf = program::bytes(&folder.path().join("out"), "全县会议情况.pdf");
    let text: String = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    assert!(text.split_whitespace().collect::<String>().contains("全县2个乡镇召开会议20次"), "{text}");
    for (other, status) in [("青石", 1), ("青石乡", 0)] {
        let folder = county(&format!("乡镇,会议X次,投入X万元\n青石镇,12,0.1\n{other},8,0.2\n"));
        let ended = rollup(folder.path());
        assert_eq!((ended.status, ended.err.contains("duplicate-town")), (status, status == 1), "{}", ended.err);
    }
}

#[test]
fn towns_are_listed_by_a_condition() {
    let folder = county("乡镇,会议X次,整改率X%\n青石镇,0,59.9\n柳林镇,3,30\n白沙镇,0,60\n");
    write(folder.path(), "county.toml", LISTS);
    let ended = rollup(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let text = text(folder.path());
    assert!(text.contains("未召开会议的有青石镇、白沙镇等2个镇。"), "{text}");
    assert!(text.contains("整改率不到60%的有2个，分别是青石镇、柳林镇。"), "{text}");
}

#[test]
fn listed_towns_keep_their_own_words() {
    let folder = county("乡镇,会议X次,整改率X%\n松岭乡,1,30\n柳林,3,40\n城关街道,2,50\n白沙镇,2,90\n");
    write(folder.path(), "county.toml", LISTS);
    let ended = rollup(folder.path());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let text = text(folder.path());
    assert!(text.contains("分别是松岭乡、柳林镇、城关街道。"), "{text}");
}

#[test]
fn a_list_of_no_town_is_left_out_or_told() {
    let folder = county("乡镇,会议X次,整改率X%\n青石镇,1,80\n柳林镇,3,90\n");
    write(folder.path(), "county.toml", LISTS);
    let ended = rollup(folder.path());
    // The section with `when` is left out; the other sentence would read “分别是镇”.
    assert_eq!(ended.status, 1);
    assert_eq!(ended.err.matches("error[rule-undefined]").count(), 1, "{}", ended.err);
    assert!(ended.err.contains("county.toml:19:25: error[rule-undefined]: 没有一个镇符合条件"), "{}", ended.err);
    let optional = LISTS.replace(
        "names(towns.\"整改率X%\" < \"不到X%\")'",
        "names(towns.\"整改率X%\" < \"不到X%\")', optional = true, default = \"无\"",
    );
    write(folder.path(), "county.toml", optional);
    let ended = rollup(folder.path());
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(
        ended.err.contains("warning[default-used]: 没有一个镇符合“分别是XXX镇”的条件，用了默认值"),
        "{}",
        ended.err
    );
    let text = text(folder.path());
    assert!(!text.contains("未召开") && text.contains("的有0个，分别是无镇。"), "{text}");
}

#[test]
fn a_town_without_the_figure_is_told_and_nothing_is_listed() {
    let folder = county("乡镇,会议X次,整改率X%\n青石镇,0,\n柳林镇,3,90\n");
    write(folder.path(), "county.toml", LISTS);
    write(folder.path(), "more.csv", "乡镇,整改率X%\n白沙镇,50\n,60\n");
    let args = ["rollup", "county.toml", "--values", "towns.csv", "more.csv", "--message-format", "short", "-o", "out"];
    let ended = run(folder.path(), &args);
    assert_eq!(ended.status, 1);
    for told in [
        "towns.csv:2:7: error[missing-figure]: “整改率X%”还没有填，不能汇总\n",
        // A table that lacks the column altogether is told at its towns, as a file of a town without it is.
        "more.csv:2:1: error[missing-figure]: “会议X次”还没有填，不能汇总\n",
        "more.csv:3:1: error[missing-town]: 这一行没有写是哪个镇\n",
    ] {
        assert!(ended.err.contains(told), "{told}\n{}", ended.err);
    }
}

#[test]
fn a_fraction_of_one_in_a_column_of_percentages_is_asked_about() {
    let folder = county("乡镇,会议X次,投入X万元\n青石,1,1\n");
    let report = "[report]\ntitle = \"全县整改\"\n[[section]]\ntext = \"平均整改率X%。\"\n[figures]\n\
                  \"平均整改率X%\" = { compute = 'mean(towns.\"整改率X%\")', round = 1 }\n";
    write(folder.path(), "county.toml", report);
    write(folder.path(), "towns.csv", "乡镇,整改率X%\n青石,0.987\n柳林,0.9\n");
    let ended = rollup(folder.path());
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert!(ended.err.contains("towns.csv:1:4: error[wrong-unit]: “整改率X%”是 0.987，正文里是 X%"), "{}", ended.err);
    write(folder.path(), "towns.csv", "乡镇,整改率X%\n青石,98.7\n柳林,90\n");
    assert_eq!(rollup(folder.path()).status, 0);
}
