//! The last period: growth against its values, in a report, in those of all towns, and in the county's own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use crate::program::{bytes, names, run, write};
use tempfile::{TempDir, tempdir};

const GROWTH: &str = "\
[report]
title  = \"XXX镇信访工作汇报\"
output = \"汇报XXX镇\"
[[section]]
id   = \"letters\"
text = \"XXX镇受理来信X件，同比X；办结率X%，提高X个百分点。\"
[figures]
\"XXX镇\"      = \"\"
\"受理来信X件\" = { kind = \"integer\" }
\"同比X\"      = { compute = '(\"受理来信X件\" / last.\"受理来信X件\" - 1) * 100', round = 1, format = \"growth\" }
\"办结率X%\"   = { kind = \"percent\" }
\"提高X个百分点\" = { compute = '\"办结率X%\" - last.\"办结率X%\"' }
";

/// The text of a PDF, without blanks.
fn text(folder: &Path, name: &str) -> String {
    let document = lopdf::Document::load_mem(&bytes(folder, name)).unwrap();
    document.extract_text(&[1]).unwrap().split_whitespace().collect()
}

fn report(letters: &str, rate: &str) -> String {
    let values = GROWTH.replace("\"受理来信X件\" = { kind = \"integer\" }", &format!("\"受理来信X件\" = {letters}"));
    values.replace("{ kind = \"percent\" }", rate).replace("\"XXX镇\"      = \"\"", "\"XXX镇\" = \"青石镇\"")
}

#[test]
fn a_report_looks_back_at_the_last_one_or_at_its_values() {
    let folder = tempdir().unwrap();
    write(folder.path(), "now.toml", report("36", "95.5"));
    write(folder.path(), "last.toml", report("40", "92.0"));
    write(folder.path(), "values.toml", "[figures]\n\"letters>受理来信XX件\" = 40\n\"办结率X.X%\" = 92.0\n");
    for last in ["last.toml", "values.toml"] {
        let built = run(folder.path(), &["build", "now.toml", "--against", last, "-o", last.trim_end_matches(".toml")]);
        assert_eq!(built.status, 0, "{}", built.err);
        assert!(built.err.contains("上次是 40，这次少了：36"), "{}", built.err);
    }
    let told = text(&folder.path().join("last"), "汇报青石镇.pdf");
    assert!(told.contains("受理来信36件，同比下降10.0%；办结率95.5%，提高3.5个百分点"), "{told}");
    assert!(
        bytes(&folder.path().join("last"), "汇报青石镇.pdf") == bytes(&folder.path().join("values"), "汇报青石镇.pdf")
    );
}

#[test]
fn what_last_time_lacks_is_told() {
    let folder = tempdir().unwrap();
    write(folder.path(), "now.toml", report("36", "95.5"));
    let told = |args: &[&str]| {
        let ended = run(folder.path(), &[&["check", "now.toml", "--message-format", "short"], args].concat());
        (ended.status, ended.out)
    };
    let without = "now.toml:10:39: error[missing-last]: 要用上期的数，却没有说上期的数在哪里\n";
    assert_eq!(told(&[]), (1, without.to_owned()), "once for all of them");
    write(folder.path(), "last.toml", "[figures]\n\"受理来信X件\" = \"\"\n");
    let lacks = "now.toml:10:39: error[missing-last]: 上期的“受理来信X件”没有填\n\
                 now.toml:12:36: error[missing-last]: 上期没有“办结率X%”这个数\n";
    assert_eq!(told(&["--against", "last.toml"]), (1, lacks.to_owned()));
    for (base, says) in [("0", "上期是 0，没有增长率可言"), ("-3", "上期是负数，增长率没有意义")]
    {
        write(folder.path(), "last.toml", format!("[figures]\n\"受理来信X件\" = {base}\n\"办结率X%\" = 90\n"));
        let (status, out) = told(&["--against", "last.toml"]);
        assert!(status == 1 && out.contains(&format!("now.toml:10:39: error[rule-undefined]: {says}")), "{out}");
    }
    // Where the report says what is printed then, it is a warning.
    let with_default = report("36", "95.5")
        .replace("format = \"growth\" }", "format = \"growth\", optional = true, default = \"没有可比的数\" }");
    write(folder.path(), "now.toml", with_default);
    write(folder.path(), "last.toml", "[figures]\n\"受理来信X件\" = 0\n\"办结率X%\" = 90\n");
    let built = run(folder.path(), &["build", "now.toml", "--against", "last.toml"]);
    assert!(built.status == 0 && built.err.contains("default-used"), "{}", built.err);
    assert!(text(folder.path(), "汇报青石镇.pdf").contains("同比没有可比的数；"));
    // A draft is made without, and says what is open.
    write(folder.path(), "now.toml", report("36", "95.5"));
    let draft = run(folder.path(), &["build", "now.toml", "--draft"]);
    assert_eq!(draft.status, 0, "{}", draft.err);
    assert_eq!(told(&["--against", "none.toml"]).0, 2);
}

#[test]
fn of_what_can_t_be_read_nothing_else_is_told() {
    let folder = tempdir().unwrap();
    let with_default = report("36", "95.5")
        .replace("format = \"growth\" }", "format = \"growth\", optional = true, default = \"没有可比的数\" }");
    for now in [report("36", "95.5"), with_default] {
        write(folder.path(), "now.toml", now);
        for (name, text, told) in [
            ("broken.toml", "[figures\n", "broken.toml:1:"),
            ("slip.toml", "[figures]\n受理来信X件 = 30\n", "slip.toml:2:1: error[toml-syntax]"),
            ("last.csv", "乡镇\n青石\n", "last.csv:1:1: error[bad-table]"),
        ] {
            write(folder.path(), name, text);
            let ended = run(folder.path(), &["check", "now.toml", "--message-format", "short", "--against", name]);
            assert!(ended.status == 1 && ended.out.starts_with(told), "{name}: {}", ended.out);
            assert_eq!(ended.out.lines().count(), 1, "{}", ended.out);
        }
        let none = run(folder.path(), &["check", "now.toml", "--message-format", "short", "--against", "none.toml"]);
        assert_eq!((none.status, none.out.lines().count()), (2, 1), "{}", none.out);
    }
    let county = county();
    write(
        county.path(),
        "summary.toml",
        "[report]\ntitle = \"全县信访情况\"\n[[section]]\ntext = \"去年共X件。\"\n[figures]\n\
         \"去年共X件\" = { compute = 'sum(last.\"受理来信X件\")' }\n",
    );
    write(county.path(), "old.csv", "");
    let args = ["rollup", "summary.toml", "--values", "2025.csv", "--against", "old.csv", "--message-format", "short"];
    let ended = run(county.path(), &args);
    assert_eq!((ended.status, ended.err.lines().count()), (1, 1), "{}", ended.err);
    assert!(ended.err.starts_with("old.csv:1:1: error[bad-table]"), "{}", ended.err);
}

fn county() -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "template.toml", format!("[template]\nname = \"信访\"\n{GROWTH}"));
    write(folder.path(), "2025.csv", "XXX镇,受理来信X件,办结率X%\n青石镇,36,95.5\n柳林镇,50,90.0\n白沙镇,8,88.0\n");
    write(folder.path(), "2024.csv", "XXX镇,受理来信X件,办结率X%,电话\n柳林镇,40,91.5,1\n青石镇,40,92.0,2\n");
    folder
}

#[test]
fn every_town_looks_back_at_its_own_row() {
    let folder = county();
    let check = run(folder.path(), &["check", "template.toml", "--deny", "warnings"]);
    assert_eq!(check.status, 0, "a template waits for its towns: {}", check.err);
    let batch = |args: &[&str]| {
        let all = ["batch", "template.toml", "--values", "2025.csv", "-o", "out", "--message-format", "short", "-q"];
        run(folder.path(), &[&all, args].concat())
    };
    let without = batch(&[]);
    assert_eq!((without.status, without.err.matches("missing-last").count()), (1, 3), "{}", without.err);
    let ended = batch(&["--against", "2024.csv"]);
    assert_eq!(
        ended.err,
        "2025.csv:2:5: warning[fell-since-last]: “受理来信X件”上次是 40，这次少了：36\n\
         2025.csv:4:1: error[missing-last]: 上期的数里没有这一份\n"
    );
    assert_eq!(ended.status, 1);
    let out = folder.path().join("out");
    assert!(text(&out, "汇报青石镇.pdf").contains("同比下降10.0%；办结率95.5%，提高3.5个百分点"));
    assert!(text(&out, "汇报柳林镇.pdf").contains("同比增长25.0%；办结率90.0%，提高-1.5个百分点"));
    // The last values are a part of what a report is made of.
    let states = |args: &[&str]| {
        batch(&[&["--only", "青石镇", "--skip-unchanged", "--against"], args].concat());
        String::from_utf8(bytes(&out, "summary.csv")).unwrap().contains("青石镇,未变")
    };
    assert!(states(&["2024.csv"]));
    write(folder.path(), "old/青石镇.toml", "[figures]\n\"受理来信X件\" = 30\n\"办结率X%\" = 92.0\n");
    assert!(!states(&["old"]));
    assert!(text(&out, "汇报青石镇.pdf").contains("同比增长20.0%"));
}

#[test]
fn blanks_in_a_name_are_no_other_town() {
    let folder = county();
    write(folder.path(), "2025.csv", "XXX镇,受理来信X件,办结率X%\n青石镇,46,95.5\n");
    write(folder.path(), "2024.csv", "XXX镇,受理来信X件,办结率X%\n青　石 镇,40,92.0\n");
    let all = ["batch", "template.toml", "--values", "2025.csv", "-o", "out", "--against", "2024.csv", "-q"];
    let ended = run(folder.path(), &[all.as_slice(), &["--only", "青石 镇"]].concat());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(text(&folder.path().join("out"), "汇报青石镇.pdf").contains("同比增长15.0%"));
    write(folder.path(), "2025.csv", "XXX镇,受理来信X件,办结率X%\n青石镇,46,95.5\n青石 镇,46,95.5\n");
    let ended = run(folder.path(), &all);
    assert_eq!((ended.status, ended.err.matches("duplicate-town").count()), (1, 2), "{}", ended.err);
}

#[test]
fn a_county_looks_back_at_its_towns_or_at_its_last_report() {
    let folder = county();
    write(
        folder.path(),
        "summary.toml",
        "[report]\ntitle = \"全县信访情况\"\n[[section]]\ntext = \"全县受理来信X件，同比X；报来的乡镇去年共X件。\"\n[figures]\n\
         \"全县受理来信X件\" = { compute = 'sum(towns.\"受理来信X件\")' }\n\
         \"同比X\" = { compute = '(\"全县受理来信X件\" / last.\"全县受理来信X件\" - 1) * 100', round = 1, format = \"growth\" }\n\
         \"去年共X件\" = { compute = 'last.\"全县受理来信X件\"' }\n",
    );
    write(folder.path(), "last.toml", "[figures]\n\"全县受理来信X件\" = 80\n");
    for last in ["2024.csv", "last.toml"] {
        let ended =
            run(folder.path(), &["rollup", "summary.toml", "--values", "2025.csv", "--against", last, "-o", "out"]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""));
        let told = text(&folder.path().join("out"), "summary.pdf");
        assert!(told.contains("全县受理来信94件，同比增长17.5%；报来的乡镇去年共80件。"), "{last}: {told}");
    }
    // A column of the towns of that time is added up as one of now is.
    let summed = "[report]\ntitle = \"信访\"\n[[section]]\ntext = \"多X件。\"\n[figures]\n\
                  \"多X件\" = { compute = 'sum(towns.\"受理来信X件\") - sum(last.\"受理来信X件\")' }\n";
    write(folder.path(), "summed.toml", summed);
    let ended =
        run(folder.path(), &["rollup", "summed.toml", "--values", "2025.csv", "--against", "2024.csv", "-o", "out"]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(text(&folder.path().join("out"), "summed.pdf").contains("多14件。"));
    let without = run(folder.path(), &["rollup", "summed.toml", "--values", "2025.csv"]);
    assert!(without.status == 1 && without.err.contains("missing-last"), "{}", without.err);
}

#[test]
fn drafts_of_all_towns_say_what_each_has_still_to_fill_in() {
    let folder = county();
    write(folder.path(), "open.csv", "XXX镇,受理来信X件,办结率X%\n青石镇,36,\n柳林镇,,\n白沙镇,多,1\n");
    let args = ["batch", "template.toml", "--values", "open.csv", "-o", "out", "--draft", "--message-format", "short"];
    let ended = run(folder.path(), &args);
    assert_eq!(
        ended.err, "open.csv:4:5: error[wrong-kind]: “受理来信X件”要填整数，填的是文字“多”\n",
        "a gap is no fault of a draft, other faults are"
    );
    assert_eq!(ended.status, 1);
    let out = folder.path().join("out");
    let made: Vec<String> = names(&out).into_iter().filter(|name| !name.starts_with("summary")).collect();
    assert_eq!(made, ["汇报柳林镇.草稿.docx", "汇报柳林镇.草稿.pdf", "汇报青石镇.草稿.docx", "汇报青石镇.草稿.pdf"]);
    assert!(ended.out.contains("汇报青石镇.草稿.pdf（还有 1 个没填）"), "{}", ended.out);
    let summary = String::from_utf8(bytes(&out, "summary.csv")).unwrap();
    assert!(summary.starts_with("\u{feff}乡镇,结果,错误,警告,认可的勾稽关系,文件,SHA-256,没填\r\n"), "{summary}");
    assert!(summary.contains("柳林镇,已生成,0,0,") && summary.lines().any(|line| line.ends_with(",2")), "{summary}");
    // As `build --draft` makes them.
    write(
        folder.path(),
        "青石.toml",
        "template = \"template.toml\"\n[figures]\n\"XXX镇\" = \"青石镇\"\n\"受理来信X件\" = 36\n",
    );
    assert_eq!(run(folder.path(), &["build", "青石.toml", "--draft", "-o", "one"]).status, 0);
    assert!(bytes(&folder.path().join("one"), "汇报青石镇.草稿.pdf") == bytes(&out, "汇报青石镇.草稿.pdf"));
    // A draft is not taken for the report.
    let built = run(folder.path(), &[&args[..6], &["--skip-unchanged", "--only", "青石镇", "-q"]].concat());
    assert_eq!(built.status, 1);
}
