//! The command line, run as a program: what it says, where, its exit status, and what it leaves on the disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests of the program make and read real files")]

mod bundles;
mod collect;
mod disk;
mod drafts;
mod figures;
mod fill;
mod import;
mod lint;
mod outputs;
mod streams;
mod trust;

use crate::program;
use crate::program::{bytes, command, ended, names, run, write};
use tempfile::{TempDir, tempdir};

/// A report that builds.
const GOOD: &str =
    "[report]\ntitle = \"汇报\"\n\n[[section]]\ntext = \"召开会议X次。\"\n\n[figures]\n\"会议X次\" = 12\n";
/// The same with a fault of the author's: line 5, column 13.
const FAULTY: &str = "[report]\ntitle = \"汇报\"\n\n[[section]]\ntext = \"召开会议X次。\"\n";
/// The same with a warning alone.
const WARNED: &str = "[report]\ntitle = \"汇报\"\n\n[[section]]\ntext = \"**各项工作有序推进。\"\n";

fn folder(report: &str) -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "report.toml", report);
    folder
}

#[test]
fn a_report_is_checked_and_built() {
    let folder = folder(GOOD);
    let check = run(folder.path(), &["check"]);
    assert_eq!((check.status, check.out.as_str(), check.err.as_str()), (0, "", ""));
    assert_eq!(names(folder.path()), ["report.toml"], "check writes nothing");

    let build = run(folder.path(), &["build"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""));
    assert!(build.out.contains("report.docx") && build.out.contains("report.pdf"), "{}", build.out);
    assert_eq!(names(folder.path()), ["report.docx", "report.pdf", "report.toml"], "no temporary file is left");
    assert!(bytes(folder.path(), "report.docx").starts_with(b"PK"));
    assert!(bytes(folder.path(), "report.pdf").starts_with(b"%PDF-"));
}

#[test]
fn faults_end_with_1_and_write_nothing() {
    let folder = folder(FAULTY);
    for command in ["check", "build"] {
        let ended = run(folder.path(), &[command]);
        assert_eq!((ended.status, ended.out.as_str()), (1, ""), "{command}");
        assert!(ended.err.contains("错误[missing-figure]") && ended.err.contains("report.toml:5:13"), "{}", ended.err);
        assert!(ended.err.contains("\"召开会议X次\" = \"\""), "the line to paste: {}", ended.err);
        assert!(!ended.err.contains('\u{1b}'), "no colour but on a terminal");
    }
    assert_eq!(names(folder.path()), ["report.toml"]);
}

#[test]
fn warnings_are_told_and_the_report_is_built() {
    let folder = folder(WARNED);
    let build = run(folder.path(), &["build", "--to", "pdf"]);
    assert_eq!(build.status, 0);
    assert!(build.err.contains("警告[bad-markdown]"), "{}", build.err);
    assert_eq!(names(folder.path()), ["report.pdf", "report.toml"]);
}

#[test]
fn the_pdf_keeps_the_standard_of_the_switch_else_that_of_the_report() {
    let claim = |file: &str, args: &[&str]| {
        let folder = folder(file);
        assert_eq!(run(folder.path(), &[&["build", "--to", "pdf"], args].concat()).status, 0);
        let pdf = std::fs::read(folder.path().join("report.pdf")).unwrap();
        let pdf = String::from_utf8_lossy(&pdf).into_owned();
        let part = pdf.split("<pdfaid:part>").nth(1).map(|rest| rest[..1].to_owned());
        (part, pdf.contains("<pdfaid:conformance>A<"), pdf.contains("<pdfuaid:part>1<"))
    };
    let asked = format!("{GOOD}\n[style]\npdf_standard = \"a-1b\"\n");
    assert_eq!(claim(GOOD, &[]), (Some("2".into()), true, true));
    assert_eq!(claim(&asked, &[]), (Some("1".into()), false, false));
    assert_eq!(claim(&asked, &["--pdf-standard", "a-2b"]), (Some("2".into()), false, false));
    assert_eq!(claim(&asked, &["--pdf-standard", "none"]), (None, false, false));
}

#[test]
fn what_the_machine_refuses_ends_with_2() {
    let folder = tempdir().unwrap();
    std::fs::create_dir(folder.path().join("a folder")).unwrap();
    for args in [&["check"][..], &["build", "missing.toml"], &["check", "a folder"], &["build", "a folder"]] {
        let ended = run(folder.path(), args);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{args:?}");
        let name = args.get(1).unwrap_or(&"report.toml");
        assert!(ended.err.contains(name) && ended.err.contains("读不了"), "{args:?}: {}", ended.err);
        assert!(!ended.err.contains("panicked"), "{}", ended.err);
    }
    assert_eq!(names(folder.path()), ["a folder"]);
}

#[test]
fn refusals_are_in_the_language_that_is_asked_for() {
    let folder = folder(GOOD);
    for (args, told) in [
        (&["biuld"][..], "错误: 没有“biuld”这个命令\n  是不是 build？\n"),
        (&["build", "--drft"], "错误: 没有“--drft”这个选项\n  是不是 --draft？\n"),
        (&["check", "--lang", "fr"], "不能是“fr”\n  可以写：zh、en\n"),
        (&["form", "a.toml"], "错误: 还要写上 "),
        (&["explain", "a", "b"], "“b”"),
        (&["figures", "--owner"], "后面还要写上值\n"),
        (&["figures", "--suggest-rules", "--missing"], "不能和"),
        (&["figures", "--missing", "--missing"], "只能写一次\n"),
    ] {
        let ended = run(folder.path(), args);
        assert_eq!(ended.status, 2, "{args:?}");
        assert!(ended.err.contains(told) && ended.err.ends_with("的 --help\n"), "{args:?}: {}", ended.err);
        let other = run(folder.path(), &[args, &["--lang=en"]].concat());
        assert!(other.err.is_ascii() || !other.err.contains("错误"), "{args:?}: {}", other.err);
    }
}

#[test]
fn a_date_of_the_build_that_is_none_is_refused() {
    let folder = folder(GOOD);
    for wrong in ["abc", "1.5", "99999999999999999999", "9223372036854775807"] {
        let ended = ended(command(folder.path()).args(["build", "--lang", "en"]).env("SOURCE_DATE_EPOCH", wrong));
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{wrong}");
        assert!(ended.err.contains("SOURCE_DATE_EPOCH") && ended.err.contains(wrong), "{}", ended.err);
    }
    let right = ended(command(folder.path()).args(["check"]).env("SOURCE_DATE_EPOCH", " 1700000000\n"));
    assert_eq!((right.status, right.err.as_str()), (0, ""));
    assert_eq!(names(folder.path()), ["report.toml"]);
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    let folder = folder(GOOD);
    for args in [
        &["biuld"][..],
        &["build", "--to", "odt"],
        &["build", "--pdf-standard", "a-3b"],
        &["build", "--frobnicate"],
        &["check", "--lang", "fr"],
        &["check", "--message-format", "xml"],
        &["explain", "no-such-code"],
    ] {
        let ended = run(folder.path(), args);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{args:?}");
        assert!(!ended.err.is_empty(), "{args:?}");
    }
    for args in [&["--help"][..], &[], &["build", "--help"], &["-h"], &["--version"]] {
        let ended = run(folder.path(), args);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{args:?}");
        assert!(!ended.out.is_empty(), "{args:?}");
    }
    assert!(run(folder.path(), &["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(names(folder.path()), ["report.toml"]);
}

#[test]
fn the_language_is_asked_for_or_the_environments() {
    let folder = folder(FAULTY);
    let says = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = command(folder.path());
        command.env_remove("LANG").arg("check").args(args).envs(variables.iter().copied());
        let ended = ended(&mut command);
        assert_eq!(ended.status, 1);
        ended.err
    };
    for (variables, args) in [
        (&[("LANG", "zh_CN.UTF-8")][..], &[][..]),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN")], &[]),
        (&[("LANG", "en_US.UTF-8")], &["--lang", "zh"]),
        (&[("LANG", "en_US.UTF-8")], &["--lang=zh"]),
    ] {
        assert!(says(variables, args).contains("错误[missing-figure]"), "{variables:?} {args:?}");
    }
    for (variables, args) in [
        (&[("LANG", "en_US.UTF-8")][..], &[][..]),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C.UTF-8")], &[]),
        (&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"]),
    ] {
        let said = says(variables, args);
        assert!(said.contains("error[missing-figure]"), "{variables:?} {args:?}");
        let quoted = FAULTY.lines().chain(["召开会议X次"]).fold(said, |said, line| said.replace(line, ""));
        assert!(quoted.is_ascii(), "English but for what the report says: {quoted}");
    }
}

#[test]
fn short_and_json_are_for_programs() {
    let folder = folder(FAULTY);
    let short = run(folder.path(), &["check", "--message-format", "short"]);
    assert_eq!((short.status, short.err.as_str()), (1, ""), "the faults are what was asked for");
    assert!(short.out.starts_with("report.toml:5:13: error[missing-figure]: "), "{}", short.out);
    assert_eq!(short.out.lines().count(), 1);

    let json = run(folder.path(), &["check", "--message-format", "json", "--lang", "en"]);
    assert_eq!((json.status, json.err.as_str()), (1, ""));
    let lines: Vec<serde_json::Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [fault, summary] = lines.as_slice() else { panic!("{}", json.out) };
    for (key, value) in [
        ("version", "1"),
        ("code", "\"missing-figure\""),
        ("severity", "\"error\""),
        ("file", "\"report.toml\""),
        ("line", "5"),
        ("column", "13"),
        ("end_line", "5"),
        ("end_column", "14"),
    ] {
        assert_eq!(fault[key].to_string(), value, "{key}");
    }
    assert_eq!(fault["labels"][0]["column"], 13);
    assert!(fault["help"][0].as_str().unwrap().contains("\"召开会议X次\" = \"\""));
    assert!(fault["message"].as_str().unwrap().contains("会议X次"));
    assert_eq!(summary.to_string(), r#"{"summary":{"errors":1,"figures":1,"filled":0,"warnings":0},"version":1}"#);

    let build = run(folder.path(), &["build", "--message-format", "json"]);
    assert_eq!((build.status, build.out.as_str()), (1, ""), "of a build the faults are no result");
    assert_eq!(build.err.lines().count(), 2);
}

#[test]
fn a_fix_in_json_has_its_edits() {
    let folder = folder(&GOOD.replace(" = 12", " = \"12次\""));
    let json = run(folder.path(), &["check", "--message-format", "json"]).out;
    let fault: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(fault["code"], "unit-twice");
    let edit = &fault["fix"]["edits"][0];
    let place = ["line", "column", "end_line", "end_column"].map(|key| edit[key].as_u64().unwrap());
    assert_eq!((place, edit["text"].as_str()), ([8, 10, 8, 15], Some("12")));
}

#[test]
fn quiet_and_verbose() {
    let folder = folder(GOOD);
    let quiet = run(folder.path(), &["build", "-q"]);
    assert_eq!((quiet.status, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    let verbose = run(folder.path(), &["build", "-v"]);
    assert_eq!(verbose.status, 0);
    assert!(verbose.err.contains("2 段") && verbose.err.contains("1 个数"), "{}", verbose.err);
}

#[test]
fn explain_shows_every_code() {
    let folder = tempdir().unwrap();
    let list = run(folder.path(), &["explain"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""));
    assert!(list.out.lines().count() > 30 && list.out.contains("正文里的这个空还没有数"), "{}", list.out);
    for code in list.out.lines().filter_map(|line| line.split(' ').next()) {
        for lang in ["zh", "en"] {
            let page = run(folder.path(), &["explain", code, "--lang", lang]);
            assert_eq!((page.status, page.err.as_str()), (0, ""), "{code}");
            assert!(page.out.starts_with(code) && page.out.chars().count() > code.len() + 20, "{code}: {}", page.out);
        }
    }
    let unknown = run(folder.path(), &["explain", "missing-figures"]);
    assert!(unknown.err.contains("missing-figures"), "{}", unknown.err);
}

#[test]
fn fonts_lists_checks_and_licenses() {
    let folder = tempdir().unwrap();
    let list = run(folder.path(), &["fonts"]);
    assert_eq!((list.status, list.out.lines().count()), (0, 6), "{}", list.out);
    assert!(run(folder.path(), &["fonts", "--licenses"]).out.contains("SIL Open Font License"));
    write(folder.path(), "a.txt", "青石镇\n");
    assert_eq!(run(folder.path(), &["fonts", "--check", "a.txt"]).status, 0);
    write(folder.path(), "b.txt", "青石镇😀\n");
    let missing = run(folder.path(), &["fonts", "--check", "b.txt"]);
    assert_eq!(missing.status, 1);
    assert!(missing.out.contains("U+1F600"), "{}", missing.out);
    assert_eq!(run(folder.path(), &["fonts", "--check", "c.txt"]).status, 2);
}

#[test]
fn a_new_report_builds_at_once_and_is_not_made_twice() {
    let folder = tempdir().unwrap();
    let new = run(folder.path(), &["new", "工作 汇报"]);
    assert_eq!((new.status, new.err.as_str()), (0, ""));
    assert!(new.out.contains("report.toml"), "{}", new.out);
    let home = folder.path().join("工作 汇报");
    assert_eq!(names(&home), ["report.schema.json", "report.toml"]);
    let build = run(&home, &["build"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""), "without a warning");
    assert_eq!(names(&home), ["report.docx", "report.pdf", "report.schema.json", "report.toml"]);

    write(&home, "report.toml", "mine");
    let again = run(folder.path(), &["new", "工作 汇报"]);
    assert_eq!((again.status, again.out.as_str()), (2, ""));
    assert!(again.err.contains("report.toml"), "{}", again.err);
    assert_eq!(bytes(&home, "report.toml"), b"mine");
    assert_eq!(names(&home).len(), 4, "no temporary file is left");
}

#[test]
fn files_that_are_no_report() {
    let folder = tempdir().unwrap();
    write(folder.path(), "empty.toml", "");
    write(folder.path(), "gbk.toml", b"[report]\ntitle = \"\xc7\xe0\xca\xaf\xd5\xf2\"\n");
    write(folder.path(), "utf16.toml", b"\xff\xfe[\0r\0e\0");
    write(folder.path(), "binary.toml", [0, 159, 146, 150, 0, 1, 2]);
    for (file, code) in [
        ("empty.toml", "missing-key"),
        ("gbk.toml", "toml-syntax"),
        ("utf16.toml", "toml-syntax"),
        ("binary.toml", "toml-syntax"),
    ] {
        for command in ["check", "build"] {
            let ended = run(folder.path(), &[command, file]);
            assert_eq!((ended.status, ended.out.as_str()), (1, ""), "{file}");
            assert!(ended.err.contains(&format!("[{code}]")) && ended.err.contains(file), "{file}: {}", ended.err);
        }
    }
    let gbk = run(folder.path(), &["check", "gbk.toml"]).err;
    assert!(gbk.contains("gbk.toml:2:10") && gbk.contains("UTF-8"), "{gbk}");
    assert_eq!(names(folder.path()).len(), 4);
}

#[test]
fn of_several_files_the_worst_counts_and_none_is_written() {
    let folder = tempdir().unwrap();
    write(folder.path(), "a.toml", GOOD);
    write(folder.path(), "b.toml", FAULTY);
    let build = run(folder.path(), &["build", "a.toml", "b.toml"]);
    assert_eq!(build.status, 1);
    assert!(build.err.contains("b.toml:5:13") && !build.err.contains("a.toml"), "{}", build.err);
    assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
}

#[test]
fn a_long_list_of_faults_is_counted_for_people_and_told_to_programs() {
    let holes: String = (0..60).map(|n| format!("第{n}件事办了X{{n{n}}}次。")).collect();
    let folder = folder(&format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"{holes}\"\n"));
    let human = run(folder.path(), &["check"]).err;
    assert_eq!(human.matches("错误[missing-figure]").count(), 50, "{human}");
    assert!(human.contains("错误 60 处"), "{human}");
    let json = run(folder.path(), &["check", "--message-format", "json"]).out;
    assert_eq!(json.lines().count(), 61);
}
