//! `lint`: what it says of report files and drafts, and what it leaves on the disk.

use super::program::{bytes, names, run, write};
use tempfile::tempdir;

/// A warning, a hint, and a figure whose key quotes the faulty words.
const REPORT: &str = "[report]\ntitle = \"汇报\"\n\n[[section]]\n# 正文\ntext = \"截止目前,走访农户X户,效果好。\"\n\n[figures]\n\"农户X户,\"   =  12 # 甲\n";

#[test]
fn faults_are_told_and_only_errors_end_with_1() {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", REPORT);
    let ended = run(folder.path(), &["lint"]);
    assert_eq!((ended.status, ended.out.as_str()), (0, ""));
    assert!(
        ended.err.contains("警告[lint-half-width-mark]") && ended.err.contains("report.toml:6:13"),
        "{}",
        ended.err
    );
    assert!(ended.err.ends_with("错误 0 处，警告 2 处，提示 1 处\n"), "{}", ended.err);
    let denied = run(folder.path(), &["lint", "--deny", "lint-until-word", "--allow", "lint-half-width-mark"]);
    assert_eq!(denied.status, 1);
    assert!(denied.err.ends_with("错误 1 处，警告 0 处，提示 0 处\n"), "{}", denied.err);
    write(folder.path(), "draft.txt", "落实《办法要求。\n");
    assert_eq!(run(folder.path(), &["lint", "draft.txt"]).status, 1);
    assert_eq!(run(folder.path(), &["lint", "draft.txt", "--allow", "lint-unpaired-mark"]).status, 0);
    assert_eq!(run(folder.path(), &["lint", "no.txt"]).status, 2);
}

#[test]
fn bare_numbers_are_told_where_they_are_asked_for_and_all_numbers_counted() {
    let folder = tempdir().unwrap();
    let report = "[report]\ntitle = \"2026年汇报\"\n\n[[section]]\ntext = \"走访农户X户，清淤三十二处、12.5公里。\"\n\n[figures]\n\"农户X户\" = 12\n";
    write(folder.path(), "report.toml", report);
    for command in ["lint", "check"] {
        let quiet = run(folder.path(), &[command]);
        assert!(!quiet.err.contains("bare-number") && !quiet.err.contains("文中的数"), "{}", quiet.err);
        let ended = run(folder.path(), &[command, "--deny", "lint-bare-number"]);
        assert_eq!(ended.status, 1, "{}", ended.err);
        assert_eq!(ended.err.matches("错误[lint-bare-number]").count(), 2, "{}", ended.err);
        let count = "文中的数 4 个：由指标填的 1 个，年份、文号、序数、名称里的 1 个，没有指标的 2 个\n";
        assert!(ended.err.contains(count), "{}", ended.err);
    }
}

#[test]
fn machine_formats_go_to_standard_output() {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", REPORT);
    let json = run(folder.path(), &["lint", "--message-format", "json"]);
    assert!(json.out.contains("\"severity\":\"hint\"") && json.out.contains("\"fix\":{"), "{}", json.out);
    assert!(
        json.out.ends_with("\"summary\":{\"errors\":0,\"warnings\":2,\"hints\":1,\"figures\":0,\"filled\":0}}\n"),
        "{}",
        json.out
    );
    let sarif = run(folder.path(), &["lint", "--message-format", "sarif"]);
    assert!(sarif.out.contains("\"level\": \"note\""), "{}", sarif.out);
    let github = run(folder.path(), &["lint", "--message-format", "github"]);
    assert!(github.out.contains("::notice file=report.toml"), "{}", github.out);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", REPORT);
    let ended = run(folder.path(), &["lint", "--fix", "--dry-run"]);
    assert!(ended.out.starts_with("--- report.toml\n+++ report.toml\n"), "{}", ended.out);
    assert!(
        ended.out.contains("\n-text = \"截止目前,") && ended.out.contains("\n+text = \"截至目前，"),
        "{}",
        ended.out
    );
    assert_eq!(bytes(folder.path(), "report.toml"), REPORT.as_bytes());
}

#[test]
fn fixing_keeps_everything_else_and_twice_is_once() {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", REPORT);
    let ended = run(folder.path(), &["lint", "--fix"]);
    assert_eq!(ended.status, 0);
    assert_eq!(ended.err, "已改 report.toml：3 处\n");
    let right = REPORT.replace("截止目前,", "截至目前，").replace("户,", "户，");
    assert_eq!(String::from_utf8(bytes(folder.path(), "report.toml")).unwrap(), right);
    assert_eq!(run(folder.path(), &["check"]).status, 0, "the key has changed with the text");
    let again = run(folder.path(), &["lint", "--fix"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert_eq!(names(folder.path()), ["report.toml"]);
}

#[test]
fn a_draft_in_gbk_stays_in_gbk_and_what_is_no_text_is_refused() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.txt", b"\xb1\xbe\xd5\xf2\xd5\xfb\xd6\xce,\xbd\xe1\xca\xf8\xa1\xa3\r\n");
    assert_eq!(run(folder.path(), &["lint", "--fix", "a.txt"]).status, 0);
    assert_eq!(bytes(folder.path(), "a.txt"), b"\xb1\xbe\xd5\xf2\xd5\xfb\xd6\xce\xa3\xac\xbd\xe1\xca\xf8\xa1\xa3\r\n");
    write(folder.path(), "b.txt", b"PK\x03\x04\0\0");
    let refused = run(folder.path(), &["lint", "--fix", "b.txt"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("不是纯文本"), "{}", refused.err);
}

#[test]
fn a_word_file_is_proofread_by_the_paragraph_and_left_as_it_is() {
    let folder = tempdir().unwrap();
    let report =
        "[report]\ntitle = \"汇报\"\noutput = \"汇报\"\n[[section]]\ntext = \"巡查到位。\\n已清理3处,效果好。\"\n";
    write(folder.path(), "report.toml", report);
    assert_eq!(run(folder.path(), &["build", "--to", "docx"]).status, 0);
    let built = bytes(folder.path(), "汇报.docx");
    let ended = run(folder.path(), &["lint", "汇报.docx"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(
        ended.err.contains("汇报.docx:3:6（第 3 段）") && ended.err.contains("已清理3处,效果好。"),
        "{}",
        ended.err
    );
    let json = run(folder.path(), &["lint", "汇报.docx", "--message-format", "json"]);
    assert!(json.out.contains("\"line\":3,\"column\":6") && !json.out.contains("\"fix\":{"), "{}", json.out);
    let refused = run(folder.path(), &["lint", "--fix", "汇报.docx"]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("不改 Word 文件"), "{}", refused.err);
    assert_eq!(bytes(folder.path(), "汇报.docx"), built);
    write(folder.path(), "旧.docx", "没有");
    let damaged = run(folder.path(), &["lint", "旧.docx"]);
    assert!(damaged.status == 2 && damaged.err.contains("不是 Word 文件"), "{}", damaged.err);
}

#[test]
fn markdown_allows_in_place() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.md", "<!-- lint-allow: lint-short-year 引文 -->\n\n计划25年底完工。\n\n计划25年底完工。\n");
    let ended = run(folder.path(), &["lint", "a.md", "--message-format", "short"]);
    assert_eq!(ended.out.lines().count(), 1, "{}", ended.out);
    assert!(ended.out.starts_with("a.md:5:3: "), "{}", ended.out);
}
