//! Drafts: built though figures are missing, and never for the final pair.

use super::program::{bytes, names, run, write};
use super::{FAULTY, GOOD, folder};

/// Twenty-one holes in three sections, four of them filled; one figure waits for another.
const OPEN: &str = r#"[report]
title = "XX镇防火工作汇报"
author = "XX镇人民政府"
output = "**镇防火汇报"

[[section]]
text = "X月X日召开部署会，组建巡护队X支，共X人。"

[[section]]
id = "checks"
heading = "查隐患"
text = """
排查林区X处，整改X处，整改率x.x%，涉及X村、X村等X个村。
出动X人。
"""

[[section]]
id = "words"
heading = "抓宣传"
text = "悬挂横幅X条，出动X人。"

[figures]
"巡护队X支" = 6
"排查林区X处" = 40
"整改X处" = { value = "", kind = "integer", min = 0 }
"整改率x.x%" = { compute = '"整改X处" / "排查林区X处" * 100', round = 1 }

[[rule]]
check = '"整改X处" <= "排查林区X处"'
message = "整改数大过排查数"
"#;

#[test]
fn a_draft_is_built_with_its_gaps_and_lists_them() {
    let folder = folder(OPEN);
    assert_eq!(run(folder.path(), &["check"]).status, 1, "a check still asks for every figure");
    let draft = run(folder.path(), &["build", "--draft"]);
    assert_eq!((draft.status, draft.err.as_str()), (0, ""));
    assert_eq!(names(folder.path()), ["X镇防火汇报.草稿.docx", "X镇防火汇报.草稿.pdf", "report.toml"]);
    for line in [
        "已填 3/11，还有 8 个没填：",
        "  report.toml:2:10  XX镇\n",
        "  report.toml:7:9  X月X日\n",
        "  report.toml:13:10  整改X处\n",
        "  report.toml:13:23  涉及X村、X村等X个\n",
        "  report.toml:14:3  checks>出动X人\n",
        "  report.toml:20:18  words>出动X人\n",
    ] {
        assert!(draft.out.contains(line), "{line}\n{}", draft.out);
    }
    assert!(!draft.out.contains("整改率"), "what is computed is not asked for: {}", draft.out);
    let first = bytes(folder.path(), "X镇防火汇报.草稿.docx");
    assert_eq!(run(folder.path(), &["build", "--draft"]).status, 0);
    assert!(bytes(folder.path(), "X镇防火汇报.草稿.docx") == first, "the same draft, the same bytes");
}

#[test]
fn a_draft_leaves_the_final_pair_alone() {
    let folder = folder(GOOD);
    assert_eq!(run(folder.path(), &["build"]).status, 0);
    let before = bytes(folder.path(), "report.docx");
    let draft = run(folder.path(), &["build", "--draft", "--to", "docx"]);
    assert_eq!(draft.status, 0);
    assert!(draft.out.contains("已填 1/1，没有空了"), "{}", draft.out);
    assert_eq!(names(folder.path()), ["report.docx", "report.pdf", "report.toml", "report.草稿.docx"]);
    assert_eq!(bytes(folder.path(), "report.docx"), before);
    assert!(bytes(folder.path(), "report.草稿.docx").len() > before.len() + 500_000, "the common hanzi are there");
}

#[test]
fn other_faults_fail_a_draft_too() {
    let folder = folder(&FAULTY.replace("召开", "1XX32元，召开"));
    let draft = run(folder.path(), &["build", "--draft"]);
    assert_eq!((draft.status, draft.out.as_str()), (1, ""));
    assert!(draft.err.contains("damaged-number") && !draft.err.contains("missing-figure"), "{}", draft.err);
    assert_eq!(names(folder.path()), ["report.toml"]);
}

#[test]
fn a_rule_over_a_gap_is_not_judged_and_one_over_figures_is() {
    let broken = OPEN.replace("\"整改X处\" = { value = \"\"", "\"整改X处\" = { value = 41");
    let folder = folder(&broken);
    let draft = run(folder.path(), &["build", "--draft"]);
    assert_eq!(draft.status, 1);
    assert!(draft.err.contains("rule-broken") && draft.err.contains("整改数大过排查数"), "{}", draft.err);
    write(folder.path(), "report.toml", OPEN);
    assert_eq!(run(folder.path(), &["build", "--draft"]).status, 0);
}
