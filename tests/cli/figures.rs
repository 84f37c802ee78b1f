//! `figures`: where the list goes, and what it ends with.

use super::{FAULTY, GOOD, bytes, folder, names, run, write};

#[test]
fn the_list_is_the_result_also_of_a_report_with_faults() {
    let folder = folder(GOOD);
    let good = run(folder.path(), &["figures"]);
    assert_eq!((good.status, good.err.as_str()), (0, ""));
    assert!(good.out.contains("会议X次  12次  整数  5:13  已填\n已填 1/1\n"), "{}", good.out);

    write(folder.path(), "b.toml", FAULTY);
    let faulty = run(folder.path(), &["figures", "b.toml", "--lang", "en"]);
    assert_eq!((faulty.status, faulty.err.as_str()), (0, ""));
    assert!(faulty.out.contains("missing\n0/1 filled\n"), "{}", faulty.out);
}

#[test]
fn what_is_no_report_is_told_as_check_tells_it() {
    let folder = folder("");
    let ended = run(folder.path(), &["figures"]);
    assert_eq!((ended.status, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("[missing-key]"), "{}", ended.err);
    assert_eq!(run(folder.path(), &["figures", "none.toml"]).status, 2);
}

#[test]
fn missing_and_owner_choose() {
    let report = "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"会议X次，培训X人，走访X户。\"\n[figures]\n\
                  \"会议X次\" = { value = 2, owner = \"党政办\" }\n\"培训X人\" = { owner = \"党政办\" }\n";
    let folder = folder(report);
    let keys = |args: &[&str]| -> Vec<String> {
        let json = run(folder.path(), &[&["figures", "--format", "json"], args].concat()).out;
        let lines = json.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter_map(|line| Some(line.get("key")?.as_str()?.to_owned())).collect()
    };
    assert_eq!(keys(&[]), ["会议X次", "培训X人", "走访X户"]);
    assert_eq!(keys(&["--missing"]), ["培训X人", "走访X户"]);
    assert_eq!(keys(&["--owner", "党政办"]), ["会议X次", "培训X人"]);
    assert_eq!(keys(&["--owner", "党政办", "--missing"]), ["培训X人"]);
}

#[test]
fn holes_of_a_table_in_a_file_are_listed() {
    let folder = folder(
        "[report]\ntitle = \"汇报\"\n[[section]]\n[[section.table]]\nid = \"pumps\"\nsource = \"pumps.csv\"\n\
         [figures]\n\"pumps>东站>台时\" = 7\n",
    );
    write(folder.path(), "pumps.csv", "站,台时\n东站,X\n西站,X\n");
    let list = run(folder.path(), &["figures"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""), "{}", list.out);
    assert!(list.out.contains("pumps>西站>台时") && list.out.ends_with("已填 1/2\n"), "{}", list.out);
}

#[test]
fn json_has_every_place_and_a_line_that_counts() {
    let json = run(folder(GOOD).path(), &["figures", "--format", "json"]).out;
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let row = &lines[0];
    assert_eq!((&row["key"], &row["value"], &row["state"]), (&"会议X次".into(), &"12".into(), &"filled".into()));
    assert_eq!(row["places"].to_string(), r#"[{"column":13,"file":"report.toml","line":5}]"#);
    assert_eq!(lines[1].to_string(), r#"{"summary":{"figures":1,"filled":1},"version":1}"#);
}

#[test]
fn the_name_of_the_output_tells_its_format() {
    let folder = folder(GOOD);
    for (name, magic) in [("a.csv", "\u{feff}".as_bytes()), ("a.xlsx", b"PK\x03\x04"), ("a.json", b"{\"version\"")] {
        let ended = run(folder.path(), &["figures", "-o", name]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""));
        assert!(ended.out.contains(name) && bytes(folder.path(), name).starts_with(magic), "{name}");
    }
    let records = [".a.csv.sha256", ".a.json.sha256", ".a.xlsx.sha256"];
    assert_eq!(names(folder.path()), [&records[..], &["a.csv", "a.json", "a.xlsx", "report.toml"]].concat());
}
