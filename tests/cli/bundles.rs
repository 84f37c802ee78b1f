//! A county packs its template and sends it; a town reports on it; next month there is a new one.

use super::*;

const COUNTY: &str = r#"
[template]
name    = "护林月报"
version = "1"

[report]
title = "XXX镇护林工作汇报"

[[section]]
text = """
全镇设护林员X名，累计巡山X次，排查隐患X处；XXX、XXX等X个示范点建成。
"""

[figures]
"XXX镇"       = { label = "镇名", kind = "text", hint = "写全称\n不写简称" }
"护林员X名"   = { kind = "integer", min = 1, owner = "林业站" }
"隐患X处"     = { kind = "integer", optional = true, default = 0 }
"#;

/// A folder with the county's template and its bundle `county.rgt`.
fn sent() -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "county/template.toml", COUNTY);
    write(folder.path(), "county/towns.csv", "镇\n");
    let pack = run(folder.path(), &["pack", "county", "-o", "county.rgt"]);
    assert_eq!((pack.status, pack.err.as_str()), (0, ""), "{pack:?}");
    assert!(pack.out.starts_with("已生成 county.rgt（"), "{}", pack.out);
    assert!(pack.out.contains("  template.toml\n") && !pack.out.contains("towns.csv"), "{}", pack.out);
    folder
}

/// The town's report with all its figures.
fn filled(report: &str) -> String {
    report
        .replace("\"XXX镇\" = \"\"", "\"XXX镇\" = \"青石镇\"")
        .replace("\"护林员X名\" = \"\"", "\"护林员X名\" = 12")
        .replace("\"累计巡山X次\" = \"\"", "\"累计巡山X次\" = 30")
        .replace("等X个\" = \"\"", "等X个\" = \"上溪、南坪\"")
}

#[test]
fn a_town_reports_on_the_file_that_the_county_sent() {
    let folder = sent();
    let new = run(folder.path(), &["new", "青石镇", "--from", "county.rgt"]);
    assert_eq!((new.status, new.err.as_str()), (0, ""));
    let town = folder.path().join("青石镇");
    assert_eq!(names(&town), ["county.rgt", "report.lock", "report.schema.json", "report.toml"]);
    let report = String::from_utf8(bytes(&town, "report.toml")).unwrap();
    for line in [
        "# 用模板“护林月报 1”写的报告",
        "template = \"county.rgt\"\n",
        "# 全镇设护林员【X】名，累计巡山X次，排查隐患0处；\n# 单位：名；由林业站填\n\"护林员X名\" = \"\"\n",
        "# 镇名；写全称 不写简称\n",
        "\"累计巡山X次\" = \"\"\n",
        "\n# \"隐患X处\" = \"\"\n",
    ] {
        assert!(report.contains(line), "{line} in:\n{report}");
    }
    let check = run(&town, &["check", "--message-format", "short"]);
    assert_eq!(check.status, 1);
    assert_eq!(check.out.matches("error[missing-figure]").count(), 4, "every empty value is told: {}", check.out);

    write(&town, "report.toml", filled(&report));
    let build = run(&town, &["build", "--allow", "default-used"]);
    assert_eq!((build.status, build.err.as_str()), (0, ""), "{build:?}");
    assert!(names(&town).contains(&"report.docx".to_owned()), "{:?}", names(&town));
    let again = run(folder.path(), &["new", "青石镇", "--from", "county.rgt"]);
    assert_eq!(again.status, 2, "a report that is there is left as it is");
}

#[test]
fn a_new_version_is_told_until_it_is_locked() {
    let folder = sent();
    assert_eq!(run(folder.path(), &["new", "青石镇", "--from", "county.rgt"]).status, 0);
    let town = folder.path().join("青石镇");
    let report = String::from_utf8(bytes(&town, "report.toml")).unwrap();
    write(&town, "report.toml", filled(&report));
    let next = COUNTY.replace("version = \"1\"", "version = \"2\"").replace("min = 1", "min = 1, max = 90");
    write(folder.path(), "county/template.toml", next);
    assert_eq!(run(folder.path(), &["pack", "county", "-o", "青石镇/county.rgt", "-q"]).status, 0);

    let diff = run(folder.path(), &["diff", "county.rgt", "青石镇/county.rgt"]);
    let expected =
        "county.rgt（护林月报 1） → 青石镇/county.rgt（护林月报 2）\n~ 指标 护林员X名\n    max = 90\n共 1 处\n";
    assert_eq!((diff.status, diff.out.as_str()), (0, expected));
    let json = run(folder.path(), &["diff", "county.rgt", "青石镇/county.rgt", "--format", "json"]);
    assert!(json.out.contains("\"old\":null,\"new\":\"90\""), "{}", json.out);

    let check = ["check", "--message-format", "short", "--allow", "default-used"];
    let changed = run(&town, &check);
    assert_eq!(changed.status, 1);
    let line =
        "report.toml:5:12: error[template-changed]: 模板 county.rgt 换了：report.lock 记的是 1 版，现在是 2 版\n";
    assert!(changed.out.starts_with(line), "{}", changed.out);
    assert_eq!(run(&town, &["lock"]).status, 1, "it is not taken unseen");
    assert_eq!(run(&town, &check).status, 1);
    assert_eq!(run(&town, &["lock", "--update"]).status, 0);
    assert_eq!((run(&town, &check).status, run(&town, &["lock"]).status), (0, 0));

    write(&town, "report.lock", "no lock");
    assert!(run(&town, &check).out.contains("template-changed"));
    for args in [&["lock"][..], &["lock", "--update"]] {
        let refused = run(&town, args);
        assert!(refused.status == 2 && refused.err.contains("foreign-output"), "{}", refused.err);
        assert_eq!(bytes(&town, "report.lock"), b"no lock");
    }
    assert_eq!(run(&town, &["lock", "--force"]).status, 0);
    assert_eq!(run(&town, &check).status, 0);
}

#[test]
fn a_folder_is_locked_as_its_bundle_is() {
    let folder = sent();
    for (name, template) in [("a", "../county/template.toml"), ("b", "../county.rgt")] {
        write(folder.path(), &format!("{name}/report.toml"), format!("template = \"{template}\"\n"));
        assert_eq!(run(folder.path(), &["lock", &format!("{name}/report.toml")]).status, 0);
    }
    let hash = |name: &str| {
        let lock = String::from_utf8(bytes(&folder.path().join(name), "report.lock")).unwrap();
        lock.lines().find(|line| line.starts_with("hash = ")).map(str::to_owned).unwrap()
    };
    assert_eq!(hash("a"), hash("b"));
}

#[test]
fn a_bundle_is_taken_wherever_a_template_is() {
    let folder = sent();
    let here = folder.path();
    assert_eq!(run(here, &["check", "county.rgt"]).status, 0);
    assert_eq!(run(here, &["form", "county.rgt", "-o", "form.csv"]).status, 1, "a hole has no figure there");
    write(here, "towns.csv", "XXX镇,护林员X名,累计巡山X次,隐患X处,XXX、XXX等X个示范点\n青石镇,12,30,2,上溪、南坪\n");
    let batch = run(here, &["batch", "county.rgt", "--values", "towns.csv", "-o", "out"]);
    assert_eq!((batch.status, batch.err.as_str()), (0, ""), "{batch:?}");
    assert!(names(&here.join("out")).contains(&"青石镇.pdf".to_owned()));
    assert_eq!(run(here, &["figures", "county.rgt"]).status, 0);
    assert!(run(here, &["build", "county.rgt"]).err.contains("unfilled-template"));
}

#[test]
fn what_is_unpacked_packs_to_the_same_bytes() {
    let folder = sent();
    let here = folder.path();
    assert_eq!(run(here, &["unpack", "county.rgt"]).status, 2, "county is there already");
    let unpack = run(here, &["unpack", "county.rgt", "-o", "new/folder"]);
    assert_eq!((unpack.status, unpack.err.as_str()), (0, ""));
    assert!(unpack.out.contains("new/folder/template.toml"), "{}", unpack.out);
    assert_eq!(names(&here.join("new/folder")), ["template.toml"]);
    assert_eq!(run(&here.join("new"), &["pack", "folder", "-o", "../again.rgt"]).status, 0);
    assert!(bytes(here, "again.rgt") == bytes(here, "county.rgt"));
}

#[test]
fn a_bundle_that_is_none_is_refused_and_nothing_is_written() {
    let folder = tempdir().unwrap();
    let here = folder.path();
    write(here, "cut.rgt", b"PK\x03\x04 cut");
    for args in [&["unpack", "cut.rgt", "-o", "out"][..], &["new", "out", "--from", "cut.rgt"], &["check", "cut.rgt"]] {
        let ended = run(here, args);
        assert_eq!(ended.status, 1, "{args:?} {ended:?}");
        assert!(
            ended.err.contains("错误[bad-bundle]: cut.rgt：不是模板包") && ended.err.contains("帮助: "),
            "{ended:?}"
        );
    }
    assert_eq!(names(here), ["cut.rgt"]);
    assert_eq!(run(here, &["check", "none.rgt"]).status, 2);
    write(here, "faulty/template.toml", "[report]\ntitle = 5\n");
    assert_eq!(run(here, &["pack", "faulty", "-o", "x.rgt"]).status, 1);
    assert_eq!(run(here, &["pack", "faulty", "-o", "x.zip"]).status, 2);
    assert_eq!(names(here), ["cut.rgt", "faulty"]);
}

#[test]
fn a_batch_of_files_is_held_to_their_locks_as_each_alone_is() {
    let folder = tempdir().unwrap();
    let template = |version: u32| {
        format!(
            "[template]\nname = \"汇报\"\nversion = \"{version}\"\n[report]\ntitle = \"XXX镇工作汇报\"\noutput = \"XXX镇汇报\"\n\
             [[section]]\ntext = \"XXX镇召开会议X次。\"\n[figures]\n\"XXX镇\" = \"\"\n\"会议X次\" = \"\"\n"
        )
    };
    write(folder.path(), "county/template.toml", template(1));
    for (town, named) in [("青石", "template = \"../county/template.toml\"\n"), ("柳林", "")] {
        write(
            folder.path(),
            &format!("{town}/{town}.toml"),
            format!("{named}[figures]\n\"XXX镇\" = \"{town}镇\"\n\"会议X次\" = 3\n"),
        );
    }
    assert_eq!(run(folder.path(), &["lock", "青石/青石.toml"]).status, 0);
    let batch = || {
        let args = ["--values", "青石", "柳林", "-o", "out", "--skip-unchanged", "--message-format", "short"];
        run(folder.path(), &[&["batch", "county/template.toml"], &args[..]].concat())
    };
    assert_eq!((batch().status, batch().err.as_str()), (0, ""));
    write(folder.path(), "county/template.toml", template(2));
    let told = "青石/青石.toml:1:12: error[template-changed]: 模板 ../county/template.toml 换了：青石/report.lock 记的是 1 版，现在是 2 版\n";
    let alone = run(folder.path(), &["build", "青石/青石.toml", "-o", "alone", "--message-format", "short"]);
    assert_eq!((alone.status, alone.err.as_str()), (1, told));
    let ended = batch();
    // The other names no template, and has nothing to be held to.
    assert_eq!((ended.status, ended.err.as_str()), (1, told));
    assert_eq!(run(folder.path(), &["lock", "--update", "青石/青石.toml"]).status, 0);
    assert_eq!(batch().status, 0);
    // A lock that can't be read any more makes what was made with it unsure.
    write(folder.path(), "青石/report.lock", "no lock");
    let ended = batch();
    assert!(
        ended.status == 1 && ended.err.contains("error[template-changed]: 青石/report.lock 读不出来"),
        "{}",
        ended.err
    );
}
