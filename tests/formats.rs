//! The program as CI servers, editors and shells use it: machine formats, grades, schema, completions, manual.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use crate::program::{Ended, command, ended, write};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// A report with one warning: `heading-level`, a level skipped.
const WARNED: &str = "\
[report]
title = \"青石镇工作汇报\"
[style]
numbering = \"block\"
[[section]]
heading = \"总体情况\"
text = \"各项工作有序推进。\"
[[section]]
heading = \"下步打算\"
level = 3
text = \"继续抓好落实。\"
";

fn folder(report: &str) -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", report);
    folder
}

/// Runs the program in English.
fn run(folder: &Path, args: &[&str]) -> Ended {
    ended(command(folder).args(args).env("LANG", "en_US.UTF-8"))
}

fn status(folder: &Path, args: &[&str]) -> i32 {
    run(folder, args).status
}

fn out(folder: &Path, args: &[&str]) -> String {
    run(folder, args).out
}

fn err(folder: &Path, args: &[&str]) -> String {
    run(folder, args).err
}

#[test]
fn warnings_that_are_denied_stop_check_and_build_alike() {
    let folder = folder(WARNED);
    let built = || folder.path().join("report.pdf").exists();
    for command in ["check", "build"] {
        assert_eq!(status(folder.path(), &[command, "--deny", "warnings"]), 1, "{command}");
        assert_eq!(status(folder.path(), &[command, "--deny", "heading-level"]), 1, "{command}");
        assert!(!built(), "nothing is written");
    }
    for command in ["check", "build"] {
        assert_eq!(status(folder.path(), &[command]), 0, "{command}");
        let allowed = run(folder.path(), &[command, "--deny=warnings", "--allow=heading-level"]);
        assert_eq!((allowed.status, allowed.err.as_str()), (0, ""), "{command}: nothing is said");
    }
    assert!(built());
}

#[test]
fn the_later_switch_wins_and_switches_win_over_the_file() {
    let lints = |level: &str| folder(&format!("{WARNED}[lints]\nheading-level = \"{level}\"\n"));
    let deny = lints("deny");
    assert_eq!(status(deny.path(), &["check"]), 1);
    assert_eq!(status(deny.path(), &["check", "--warn", "heading-level"]), 0);
    assert_eq!(status(deny.path(), &["check", "--warn", "heading-level", "--deny", "warnings"]), 1);
    assert_eq!(status(deny.path(), &["check", "--deny", "warnings", "--warn", "heading-level"]), 0);
    let allow = lints("allow");
    assert_eq!(err(allow.path(), &["check"]), "");
    assert_eq!(status(allow.path(), &["check", "--deny", "warnings"]), 0, "what is allowed is no warning");
    assert_eq!(status(allow.path(), &["check", "--deny", "bad-markdown,heading-level"]), 1);
}

#[test]
fn errors_stay_errors_and_unknown_codes_are_guessed() {
    let folder = folder(WARNED);
    let refused = run(folder.path(), &["check", "--allow", "missing-figure"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("missing-figure is an error and stays one"));
    let refused = run(folder.path(), &["build", "--lang", "zh", "--deny", "heading-levle"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("是不是“heading-level”？"));
}

#[test]
fn lints_of_the_file_are_checked_themselves() {
    let faulty = format!(
        "{WARNED}[lints]\nheading-levle = \"allow\"\nmissing-figure = \"warn\"\nbad-markdown = \"forbid\"\nio = \"deny\"\n"
    );
    let folder = folder(&faulty);
    let told = err(folder.path(), &["check", "--message-format", "short", "--allow", "warnings"]);
    assert_eq!(told, "", "a machine format of `check` is on standard output");
    let told = out(folder.path(), &["check", "--message-format", "short", "--allow", "warnings"]);
    assert_eq!(
        told,
        "\
report.toml:13:1: error[unknown-key]: [lints] has no key “heading-levle”
report.toml:14:18: error[wrong-type]: missing-figure is an error and stays one; only warnings can be allowed or re-graded
report.toml:15:16: error[wrong-type]: bad-markdown takes one of \"allow\", \"warn\", \"deny\", not the text “forbid”
"
    );
}

#[test]
fn a_run_over_several_files_is_one_document() {
    let folder = folder(WARNED);
    write(folder.path(), "two.toml", "[report]\ntitle = \"X镇\"\n");
    let check = |format: &str| out(folder.path(), &["check", "report.toml", "two.toml", "--message-format", format]);
    let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(
        results.iter().map(|r| r["ruleId"].as_str().unwrap()).collect::<Vec<_>>(),
        ["heading-level", "missing-figure"]
    );
    let gitlab: Value = serde_json::from_str(&check("gitlab")).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), 2);
    assert_eq!(check("junit").matches("<testsuite ").count(), 2);
    assert_eq!(check("github").lines().count(), 2);
    assert_eq!(check("json").lines().count(), 3, "two faults and a summary");
    let denied = out(folder.path(), &["check", "--message-format", "sarif", "--deny", "warnings"]);
    assert!(denied.contains("\"level\": \"error\""), "the level is the one that holds");
}

#[test]
fn explain_lists_every_code_with_its_grade_and_a_sentence() {
    let folder = tempdir().unwrap();
    for (lang, severity, end) in [("zh", "错误", '。'), ("en", "error", '.')] {
        let list = out(folder.path(), &["explain", "--lang", lang]);
        assert!(list.lines().all(|line| line.ends_with(end)), "{list}");
        let line = list.lines().find(|line| line.starts_with("missing-figure ")).unwrap();
        assert_eq!(line.split_whitespace().nth(1), Some(severity));
        // Up to the sentence a byte is a column, but for the two hanzi of a grade, which take four.
        let column = |line: &str| {
            let grade = line.split_whitespace().nth(1).unwrap();
            // `error` may end the name of a code as well.
            let start = line.find(&format!(" {grade} ")).unwrap() + 1;
            let sentence = start + grade.len();
            let blanks = line[sentence..].len() - line[sentence..].trim_start().len();
            start + if grade.is_ascii() { grade.len() } else { 4 } + blanks
        };
        let columns: std::collections::BTreeSet<usize> = list.lines().map(column).collect();
        assert_eq!(columns.len(), 1, "{list}");
    }
    assert!(err(folder.path(), &["explain", "mising-figure"]).contains("did you mean `missing-figure`?"));
}

#[test]
fn completions_and_manual_know_the_commands() {
    let folder = tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(folder.path(), &["completions", shell]);
        assert!(script.contains("report-gen") && script.contains("message-format"), "{shell}");
        // The other two complete no values.
        let values = matches!(shell, "bash" | "zsh" | "fish");
        assert_eq!(script.contains("heading-level"), values, "{shell}: the codes of --deny");
    }
    let page = out(folder.path(), &["man", "--lang", "zh"]);
    assert!(page.starts_with(".ie") && page.contains(".TH report-gen 1"), "{page}");
    assert!(page.contains("只检查，不写文件"), "{page}");
    assert!(out(folder.path(), &["man", "check"]).contains("\\-\\-deny"));
    assert_eq!(status(folder.path(), &["man", "nonsense"]), 2);
    assert_eq!(status(folder.path(), &["completions", "nonsense"]), 2);
}

#[test]
fn the_schema_is_printed() {
    let folder = tempdir().unwrap();
    let schema: Value = serde_json::from_str(&out(folder.path(), &["schema"])).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}
