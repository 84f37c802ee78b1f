//! `fill`: what is asked, what is taken, and what is left of the file.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use super::program::Ended;
use super::{FAULTY, GOOD, bytes, command, folder, run, write};

const REPORT: &str = r#"# 防汛

[report]
title = "XXX镇防汛汇报"   # 标题

[[section]]
id = "drill"
text = """
开展演练X次，转移群众X人。X月X日，发放手册X册，占应发的X%！
"""
[section.figures]
"演练X次" = { kind = "integer", min = 1, max = 20, owner = "应急办", hint = "看台账" } # 应急办
# 尾注

[figures]
"XXX镇" = ""   # 待定
"#;

/// Runs `fill` in `folder` with these lines typed.
fn fill(folder: &Path, args: &[&str], typed: &str) -> Ended {
    let mut command = command(folder);
    command.arg("fill").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has stopped reading has closed its end.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn text(folder: &Path) -> String {
    String::from_utf8(bytes(folder, "report.toml")).unwrap()
}

#[test]
fn answers_are_written_where_they_belong_and_nothing_else_changes() {
    let folder = folder(REPORT);
    let ended = fill(folder.path(), &[], "云溪\n5\n30\n11月20日\n1200\n98.7\n");
    assert_eq!((ended.status, ended.out.as_str()), (0, "这次填了 6 个；已填 6/6\n"), "{}", ended.err);
    let expected = REPORT
        .replace("\"XXX镇\" = \"\"   # 待定\n", "\"XXX镇\" = \"云溪\"   # 待定\n\"转移群众X人\" = 30\n\"X月X日\" = [11, 20]\n\"发放手册X册\" = 1200\n\"占应发的X%\" = 98.7\n")
        .replace("{ kind", "{ value = 5, kind");
    assert_eq!(text(folder.path()), expected);
    assert_eq!(run(folder.path(), &["check"]).status, 0);
    let nothing = fill(folder.path(), &[], "");
    assert_eq!((nothing.status, nothing.out.as_str()), (0, "这次填了 0 个；已填 6/6\n"));
}

#[test]
fn a_question_shows_the_sentence_the_hole_and_what_it_takes() {
    let ended = fill(folder(REPORT).path(), &[], "\n\n");
    assert!(ended.err.contains("[1/6] XXX镇\n  【XXX】镇防汛汇报\n"), "{}", ended.err);
    let asked =
        "[2/6] drill>演练X次\n  开展演练【X】次，转移群众X人。\n  整数，单位次，1 到 20，由应急办填\n  看台账\n> ";
    assert!(ended.err.contains(asked), "{}", ended.err);
}

#[test]
fn what_is_wrong_is_told_as_check_tells_it_and_asked_again() {
    let folder = folder(REPORT);
    let ended = fill(folder.path(), &[], "\n30\n十二\n待定\n5次\n5\nq\n");
    for told in [
        "错误: “演练X次”不能大于 20，填的是 30\n",
        "错误: “演练X次”要填整数，填的是文字“十二”\n",
        "错误: “待定”等于没有填\n",
        "错误: “5次”带了单位，单位由正文写\n",
    ] {
        assert!(ended.err.contains(told), "{told}{}", ended.err);
    }
    assert_eq!(ended.out, "这次填了 1 个；已填 1/6\n");
    assert_eq!(text(folder.path()), REPORT.replace("{ kind", "{ value = 5, kind"));
}

#[test]
fn it_stops_anywhere_and_goes_on_from_there() {
    let folder = folder(REPORT);
    assert_eq!(fill(folder.path(), &[], "云溪\n").out, "这次填了 1 个；已填 1/6\n");
    let ended = fill(folder.path(), &[], "5\nQ\n30\n");
    assert!(ended.err.contains("[1/5] drill>演练X次\n"), "{}", ended.err);
    assert_eq!(ended.out, "这次填了 1 个；已填 2/6\n");
}

#[test]
fn an_owner_is_asked_for_his_own() {
    let folder = folder(REPORT);
    let ended = fill(folder.path(), &["--owner", "应急办"], "7\n");
    assert_eq!(ended.out, "这次填了 1 个；已填 1/6\n");
    assert!(ended.err.contains("[1/1] drill>演练X次\n"), "{}", ended.err);
}

#[test]
fn a_broken_rule_is_told_and_refuses_nothing() {
    let rule = "[[section]]\ntext = \"问题X个，已改X个。\"\n[figures]\n\"问题X个\" = 3\n[[rule]]\nid = \"平衡\"\n\
                check = '\"问题X个\" == \"已改X个\"'\n";
    let folder = folder(&format!("[report]\ntitle = \"汇报\"\n{rule}"));
    let ended = fill(folder.path(), &[], "2\n");
    assert!(ended.err.contains("错误: “平衡”对不上：问题X个 (3,"), "{}", ended.err);
    assert_eq!(ended.out, "这次填了 1 个；已填 2/2\n");
    assert!(text(folder.path()).contains("\"问题X个\" = 3\n\"已改X个\" = 2\n[[rule]]"), "{}", text(folder.path()));
}

#[test]
fn answers_go_into_the_user_s_own_file_and_never_into_the_template() {
    let template = REPORT.replace("[report]", "[template]\nname = \"防汛\"\n[report]");
    let folder = folder("template = \"../county/t.toml\"\r\n[figures] # 我镇\r\n\"XXX镇\" = \"云溪镇\"\r\n");
    write(folder.path(), "county/t.toml", &template);
    let town = "town/report.toml";
    write(folder.path(), town, bytes(folder.path(), "report.toml"));
    let ended = fill(folder.path(), &[town], "5\n30\nq\n");
    assert_eq!(ended.out, "这次填了 2 个；已填 3/6\n", "{}", ended.err);
    assert_eq!(bytes(folder.path(), "county/t.toml"), template.as_bytes());
    assert_eq!(
        String::from_utf8(bytes(folder.path(), town)).unwrap(),
        "template = \"../county/t.toml\"\r\n[figures] # 我镇\r\n\"XXX镇\" = \"云溪镇\"\r\n\"drill>演练X次\" = 5\r\n\"转移群众X人\" = 30\r\n"
    );
}

#[test]
fn a_hole_like_others_is_given_its_name_first() {
    let folder = folder("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"甲X件。\\n甲X件。\"\n");
    let ended = fill(folder.path(), &[], "3\n4\n");
    assert!(ended.err.contains("正文里这一处会写成 X{n1}"), "{}", ended.err);
    assert_eq!(
        text(folder.path()),
        "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"甲X{n1}件。\\n甲X件。\"\n\n[figures]\nn1 = 3\n\"甲X件\" = 4\n"
    );
    assert_eq!(run(folder.path(), &["check"]).status, 0);
}

#[test]
fn a_file_that_is_no_toml_is_told_and_left_alone() {
    let broken = GOOD.replace("= 12", "= 12次");
    let folder = folder(&broken);
    let ended = fill(folder.path(), &[], "1\n");
    assert_eq!((ended.status, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("[toml-syntax]"), "{}", ended.err);
    assert_eq!(text(folder.path()), broken);
    assert_eq!(fill(folder.path(), &["none.toml"], "").status, 2);
    let other = write(folder.path(), "b.toml", FAULTY);
    assert_eq!(fill(folder.path(), &["b.toml", "--lang", "en"], "\u{feff}3\n").out, "1 filled in; 1/1 filled\n");
    assert!(std::fs::read_to_string(other).unwrap().ends_with("\n\n[figures]\n\"召开会议X次\" = 3\n"));
}

#[test]
fn one_goes_back_and_takes_answers_back() {
    let folder = folder(REPORT);
    // 云溪, 5, back to the second: 6 for 5; 30; taken back and 31; 11.20.
    let ended = fill(folder.path(), &[], "云溪\n5\nb\n6\n30\nu\n31\n11.20\nq\n");
    assert_eq!(ended.out, "这次填了 4 个；已填 4/6\n", "{}", ended.err);
    assert!(ended.err.contains("已填：5，回车保留\n"), "{}", ended.err);
    let text = text(folder.path());
    for line in ["\"转移群众X人\" = 31\n", "\"X月X日\" = [11, 20]\n", "{ value = 6, kind", "\"XXX镇\" = \"云溪\""]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("30"), "{text}");
}

#[test]
fn no_answer_is_taken_that_check_would_refuse() {
    let folder = folder(REPORT);
    let ended = fill(
        folder.path(),
        &[],
        "云溪\n5\n１２\n李建国\n#N/A\n012\n12.5\n1,240\n1240\n13月45日\n2月30日\n李建国\n6/12\n若干\n98%\n98\n",
    );
    for told in [
        "错误: “１２”不能用：数字要用半角\n",
        "错误: “转移群众X人”要填整数，填的是文字“李建国”\n",
        "电子表格里的错误",
        "错误: “012”不能用：数字以 0 开头\n",
        "填的是小数 12.5\n",
        "日历上没有“13月45日”这一天\n",
        "日历上没有“2月30日”这一天\n",
        "注意: “发放手册X册”填的是文字“若干”",
        "错误: “98%”带了单位，单位由正文写\n",
    ] {
        assert!(ended.err.contains(told), "{told}\n{}", ended.err);
    }
    assert_eq!(ended.out, "这次填了 6 个；已填 6/6\n", "{}", ended.err);
    assert_eq!(run(folder.path(), &["check"]).status, 0);
}
