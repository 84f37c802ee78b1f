//! `import`: a draft goes in, a report file comes out.

use std::io::Write;
use std::process::Stdio;

use super::program::{bytes, command, names, run, write};
use tempfile::tempdir;

/// A draft with a title, three points, seven holes and two numbers.
const DRAFT: &str = "XX镇冬季清雪工作汇报\n入冬以来，XX镇先后降雪X场。\n\
    一是抓预案。修订预案2份，储备融雪剂X吨。\n二是抓人手。组建清雪队X支、X人，出动铲车3台。\n";

#[test]
fn a_draft_becomes_a_report_that_builds_in_draft() {
    let folder = tempdir().unwrap();
    write(folder.path(), "旧稿.txt", DRAFT);
    let import = run(folder.path(), &["import", "旧稿.txt", "-o", "report.toml"]);
    assert_eq!(import.status, 0, "{}", import.err);
    assert!(import.err.contains("警告[guessed]") && import.err.contains("旧稿.txt:3:11"), "{}", import.err);
    assert!(import.out.contains("report.toml"), "{}", import.out);

    let check = run(folder.path(), &["check", "--message-format", "short"]);
    assert_eq!(check.status, 1);
    assert!(check.out.lines().all(|line| line.contains("error[missing-figure]")), "{}", check.out);
    assert_eq!(check.out.lines().count(), 5, "the town's name is one figure: {}", check.out);
    assert_eq!(run(folder.path(), &["build", "--draft"]).status, 0);
    assert!(names(folder.path()).contains(&"X镇冬季清雪工作汇报.草稿.docx".to_owned()), "{:?}", names(folder.path()));
}

#[test]
fn a_file_that_is_there_is_left_unless_told() {
    let folder = tempdir().unwrap();
    write(folder.path(), "旧稿.txt", DRAFT);
    write(folder.path(), "report.toml", "mine");
    let refused = run(folder.path(), &["import", "旧稿.txt", "-o", "report.toml"]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(bytes(folder.path(), "report.toml"), b"mine");
    assert_eq!(run(folder.path(), &["import", "旧稿.txt", "-o", "report.toml", "--force"]).status, 0);
    assert!(bytes(folder.path(), "report.toml").len() > 100);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = tempdir().unwrap();
    write(folder.path(), "旧稿.txt", DRAFT);
    let mut command = command(folder.path());
    command.args(["import", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(DRAFT.as_bytes()).unwrap();
    let piped = child.wait_with_output().unwrap();
    assert!(piped.status.success());
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), run(folder.path(), &["import", "旧稿.txt"]).out);
    assert_eq!(names(folder.path()), ["旧稿.txt"], "nothing is written");
}

#[test]
fn numbers_become_figures_with_their_values() {
    let folder = tempdir().unwrap();
    write(folder.path(), "旧稿.txt", DRAFT);
    let import = run(folder.path(), &["import", "旧稿.txt", "--figures-too"]);
    assert!(import.out.contains("\"修订预案X份\" = 2") && import.out.contains("\"出动铲车X台\" = 3"), "{}", import.out);
    assert_eq!(import.err, "", "nothing is left to look at");
    write(folder.path(), "report.toml", &import.out);
    assert_eq!(run(folder.path(), &["build", "--draft"]).status, 0);
}

#[test]
fn what_is_no_draft_is_refused() {
    let folder = tempdir().unwrap();
    for (name, content, status) in [
        ("空.txt", "", 1),
        ("照片.txt", "%PDF-1.7", 1),
        ("旧.docx", "not a zip file", 1),
        ("坏.docx", "PK\u{3}\u{4}", 1),
    ] {
        write(folder.path(), name, content);
        let ended = run(folder.path(), &["import", name, "-o", "report.toml"]);
        assert_eq!((ended.status, ended.out.as_str()), (status, ""), "{name}: {}", ended.err);
        assert!(ended.err.contains("错误[not-imported]"), "{name}: {}", ended.err);
    }
    assert_eq!(run(folder.path(), &["import", "没有.txt"]).status, 2);
    assert!(!names(folder.path()).contains(&"report.toml".to_owned()));
}

#[test]
fn what_holes_take_is_written_with_them_and_guards_the_towns() {
    let folder = tempdir().unwrap();
    write(
        folder.path(),
        "旧稿.txt",
        "XXX镇工作汇报\nX月X日召开党委会X次，整改率X.X%，投入资金X万元，由XXX同志负责，人均学习1.5次，修缮1.5处。\n",
    );
    assert_eq!(run(folder.path(), &["import", "旧稿.txt", "--figures-too", "-o", "report.toml"]).status, 0);
    let toml = String::from_utf8(bytes(folder.path(), "report.toml")).unwrap();
    for line in [
        "X月X日\" = { value = \"\", kind = \"date\" }",
        "党委会X次\" = { value = \"\", kind = \"integer\" }",
        "整改率X.X%\" = { value = \"\", kind = \"percent\" }",
        "资金X万元\" = { value = \"\", kind = \"number\" }",
        "XXX同志\" = \"\"",
        "学习X次\" = 1.5\n",
        "修缮X处\" = { value = 1.5, kind = \"number\" }",
    ] {
        assert!(toml.contains(line), "{line}\n{toml}");
    }
    write(folder.path(), "template.toml", format!("[template]\nname = \"t\"\n{toml}"));
    let table = "乡镇,召开党委会X次,X月X日,整改率X.X%,投入资金X万元,由XXX同志,XXX镇\n甲镇,#N/A,2月30日,李建国,\"1,286.5\",李四,甲镇\n";
    write(folder.path(), "towns.csv", table);
    let ended = run(
        folder.path(),
        &["batch", "template.toml", "--values", "towns.csv", "-o", "out", "--message-format", "short"],
    );
    for told in
        ["2:4: error[wrong-kind]", "2:9: error[out-of-range]", "2:15: error[wrong-kind]", "2:19: error[bad-number]"]
    {
        assert!(ended.err.contains(told), "{told}\n{}", ended.err);
    }
}
