//! The formats that other people's programs read.

use super::{find, missing, sources, written};
use crate::diag::render::*;
use crate::diag::{Code, Diagnostic, Edit, Lang, Severity, Text};
use crate::source::{FileId, Sources, Span};
use crate::text;
use quick_xml::events::Event;
use serde_json::{Value, json};

const FILE: &str = "# 注，一百%\n[report]\ntitle = \"X镇\"\n召开党委会X次，\n又召开党委会X次\n";

/// An error with help and a fix, a warning with a second place, an error of the machine.
fn faults(sources: &Sources, file: FileId) -> Vec<Diagnostic> {
    let hole = find(sources, file, "党委会X次");
    let other = find(sources, file, "X镇");
    let edit = |span| Edit { span, text: "\"12\"".into() };
    vec![
        missing(hole)
            .help(text!("写：\n\"党委会X次\" = …", "write:\n\"党委会X次\" = …"))
            .fix(text!("填", "fill"), vec![edit(hole), edit(other.at_start())]),
        Diagnostic::new(Code::NeighbourRepeat, text!("一百%，甲\r\n乙", "100%, a\r\nb"))
            .at(other)
            .label(hole, text!("这里", "here")),
        Diagnostic::new(Code::Io, text!("坏\u{1b}[2J", "bad\u{1b}[2J")),
    ]
}

fn run(format: MessageFormat, names: &[&str], lang: Lang) -> String {
    let read: Vec<(Sources, FileId)> = names
        .iter()
        .map(|name| {
            let (sources, ids) = sources(&[(name, FILE)]);
            (sources, ids[0])
        })
        .collect();
    let found: Vec<Vec<Diagnostic>> = read
        .iter()
        .map(|(sources, id)| if sources.file(*id).name().contains("clean") { vec![] } else { faults(sources, *id) })
        .collect();
    let reports: Vec<Checked<'_>> =
        read.iter().zip(&found).map(|((sources, _), diagnostics)| Checked { diagnostics, sources }).collect();
    written(|out| render(format, &reports, Summary::default(), Human::plain(lang), out))
}

#[test]
fn github_commands_escape_what_would_end_them() {
    assert_eq!(
        run(MessageFormat::Github, &["./a,b:1.toml"], Lang::Zh),
        "\
::error file=a%2Cb%3A1.toml,line=4,endLine=4,col=3,endColumn=8,title=missing-figure::“党委会X次”没有数值%0A写：%0A\"党委会X次\" = …%0A填
::warning file=a%2Cb%3A1.toml,line=3,endLine=3,col=10,endColumn=12,title=neighbour-repeat::一百%25，甲 乙
::error title=io::坏\u{fffd}[2J
"
    );
}

#[test]
fn github_gives_no_columns_of_a_stretch_of_lines() {
    let (sources, ids) = sources(&[("a.toml", "甲X\n乙X\n")]);
    let over = Diagnostic { severity: Severity::Hint, ..missing(Span::new(ids[0], 3..8)) };
    assert_eq!(
        github(&[over], &sources, Lang::En),
        "::notice file=a.toml,line=1,endLine=2,title=missing-figure::“党委会X次” has no value\n"
    );
}

#[test]
fn sarif_obeys_its_schema() {
    // As published it closes a bracket that it never opened, which not every reader of patterns forgives.
    let schema = include_str!("../../../../tests/schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let schema = jsonschema::draft7::new(&schema).unwrap();
    for (names, lang) in
        [(&["报告 1.toml", "./towns/clean.toml"][..], Lang::Zh), (&["clean.toml"], Lang::En), (&[], Lang::En)]
    {
        let log: Value = serde_json::from_str(&run(MessageFormat::Sarif, names, lang)).unwrap();
        let errors: Vec<String> = schema.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!schema.is_valid(&json!({"version": "2.1.0", "runs": [{"results": []}]})), "the schema refuses nothing");
}

#[test]
fn sarif_places_rules_and_fixes() {
    let log: Value =
        serde_json::from_str(&run(MessageFormat::Sarif, &["报告 1.toml", "clean.toml"], Lang::Zh)).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&run["columnKind"], &run["language"]), (&json!("unicodeCodePoints"), &json!("zh-CN")));
    let uri = "%E6%8A%A5%E5%91%8A%201.toml";
    assert_eq!(run["artifacts"], json!([{"location": {"uri": uri}}, {"location": {"uri": "clean.toml"}}]));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let [figure, repeat, io] = run["results"].as_array().unwrap().as_slice() else { panic!("{run}") };
    for result in [figure, repeat, io] {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        let code = Code::from_name(rule["id"].as_str().unwrap()).unwrap();
        assert_eq!(rule["help"]["text"], json!(code.explanation(Lang::Zh).meaning));
    }
    assert!(rules.iter().any(|rule| rule["help"]["markdown"].as_str().unwrap().contains("```toml\n[report]")));
    let region = |line: u32, from: u32, to: u32| json!({"startLine": line, "startColumn": from, "endLine": line, "endColumn": to});
    let at = |region| json!({"artifactLocation": {"uri": uri}, "region": region});
    assert_eq!(figure["message"]["text"], json!("“党委会X次”没有数值\n写：\n\"党委会X次\" = …\n填"));
    assert_eq!(figure["locations"], json!([{"physicalLocation": at(region(4, 3, 8))}]));
    assert_eq!(
        figure["fixes"],
        json!([{"description": {"text": "填"}, "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": [
            {"deletedRegion": region(4, 3, 8), "insertedContent": {"text": "\"12\""}},
            {"deletedRegion": region(3, 10, 10), "insertedContent": {"text": "\"12\""}},
        ]}]}])
    );
    assert_eq!(
        repeat["relatedLocations"],
        json!([{"physicalLocation": at(region(4, 3, 8)), "message": {"text": "这里"}}])
    );
    // A fault without a place is put at the head of the report: code scanning takes none without.
    assert_eq!(io["locations"], json!([{"physicalLocation": at(region(1, 1, 1))}]));
}

#[test]
fn gitlab_issues_have_a_place_and_a_fingerprint_each() {
    let issues: Value = serde_json::from_str(&run(MessageFormat::Gitlab, &["./a.toml", "b.toml"], Lang::Zh)).unwrap();
    let issues = issues.as_array().unwrap();
    let told = |issue: &Value| {
        let at = &issue["location"];
        format!("{} {} {}:{}", issue["severity"], issue["check_name"], at["path"], at["lines"]["begin"])
    };
    assert_eq!(
        issues.iter().map(told).collect::<Vec<_>>(),
        [
            "\"major\" \"missing-figure\" \"a.toml\":4",
            "\"minor\" \"neighbour-repeat\" \"a.toml\":3",
            "\"major\" \"io\" \"a.toml\":1",
            "\"major\" \"missing-figure\" \"b.toml\":4",
            "\"minor\" \"neighbour-repeat\" \"b.toml\":3",
            "\"major\" \"io\" \"b.toml\":1",
        ]
    );
    let fingerprints: std::collections::BTreeSet<&str> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues.len());
    assert_eq!(run(MessageFormat::Gitlab, &["clean.toml"], Lang::Zh), "[]\n");
}

/// The fingerprints of the two holes of `file`.
fn fingerprints_of(file: &str, lang: Lang) -> Vec<String> {
    let (sources, ids) = sources(&[("a.toml", file)]);
    let holes: Vec<Diagnostic> =
        file.match_indices('X').map(|(at, _)| missing(Span::new(ids[0], at..at + 1))).collect();
    let report = Checked { diagnostics: &holes, sources: &sources };
    let issues = written(|out| gitlab(&[report], lang, out));
    let issues: Value = serde_json::from_str(&issues).unwrap();
    issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_fingerprint_is_of_the_words_and_not_of_the_line_or_the_language() {
    let text = "召开会议X次，整改问题X个，各项工作有序推进。\n";
    let first = fingerprints_of(text, Lang::Zh);
    assert_ne!(first[0], first[1]);
    assert_eq!(fingerprints_of(&format!("# 新的一行\n\n{text}"), Lang::En), first, "lines and language");
    let edited = text.replace("有序推进", "取得成效");
    assert_eq!(fingerprints_of(&edited, Lang::Zh)[0], first[0], "an edit far from the hole");
    let twins = fingerprints_of("召开会议X次\n召开会议X次\n", Lang::Zh);
    assert_ne!(twins[0], twins[1], "two alike are two");
    assert_ne!(fingerprints_of("召开大会X次\n", Lang::Zh)[0], twins[0]);
}

#[test]
fn junit_is_a_suite_a_report_and_a_case_a_fault() {
    let xml = run(MessageFormat::Junit, &["a&\"<b>.toml", "clean.toml"], Lang::En);
    assert_eq!(
        xml,
        "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"report-gen\" tests=\"4\" failures=\"2\" errors=\"0\">
  <testsuite name=\"a&amp;&quot;&lt;b&gt;.toml\" tests=\"3\" failures=\"2\" errors=\"0\">
    <testcase classname=\"a&amp;&quot;&lt;b&gt;.toml\" name=\"missing-figure: “党委会X次” has no value\" file=\"a&amp;&quot;&lt;b&gt;.toml\">
      <failure type=\"missing-figure\" message=\"“党委会X次” has no value\">a&amp;&quot;&lt;b&gt;.toml:4:3: “党委会X次” has no value
write:
&quot;党委会X次&quot; = …
fill</failure>
    </testcase>
    <testcase classname=\"a&amp;&quot;&lt;b&gt;.toml\" name=\"neighbour-repeat: 100%, a b\" file=\"a&amp;&quot;&lt;b&gt;.toml\">
      <system-out>a&amp;&quot;&lt;b&gt;.toml:3:10: 100%, a b</system-out>
    </testcase>
    <testcase classname=\"a&amp;&quot;&lt;b&gt;.toml\" name=\"io: bad\u{fffd}[2J\" file=\"a&amp;&quot;&lt;b&gt;.toml\">
      <failure type=\"io\" message=\"bad\u{fffd}[2J\">bad\u{fffd}[2J</failure>
    </testcase>
  </testsuite>
  <testsuite name=\"clean.toml\" tests=\"1\" failures=\"0\" errors=\"0\">
    <testcase classname=\"clean.toml\" name=\"check\" file=\"clean.toml\"/>
  </testsuite>
</testsuites>
"
    );
}

#[test]
fn junit_is_xml_whatever_the_message_holds() {
    let (sources, _) = sources(&[("a\u{fffe}.toml", "")]);
    let hostile: String = (0..0x300).chain(0xfff0..0x1_0010).filter_map(char::from_u32).collect();
    let fault = Diagnostic::new(Code::Io, Text::verbatim(hostile)).help(Text::verbatim("]]>\u{0}&"));
    let report = Checked { diagnostics: &[fault], sources: &sources };
    let xml = written(|out| junit(&[report], Lang::En, out));
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed));
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().unwrap() != Event::Eof {}
}

#[test]
fn every_format_is_the_same_twice() {
    for (_, format) in MessageFormat::NAMED {
        let names = ["a.toml", "clean.toml"];
        assert_eq!(run(format, &names, Lang::Zh), run(format, &names, Lang::Zh));
    }
}

#[test]
fn places_in_a_workbook_are_cells() {
    let mut sources = Sources::new();
    let id = sources.add_sheet("towns.xlsx", "各镇", "名称\t次数\n青石镇\t12次\n");
    let fault = missing(find(&sources, id, "12次"));
    let faults = [fault];
    assert!(short(&faults, &sources, Lang::Zh).starts_with("towns.xlsx:各镇!B2: error[missing-figure]"));
    let shown = human(&faults, &sources, Human::plain(Lang::Zh));
    assert!(shown.contains("--> towns.xlsx:各镇!B2\n"), "{shown}");
    assert!(shown.contains("2 | 青石镇    12次\n  |           ^^^^"), "{shown}");
    let line: Value = serde_json::from_str(&json(&faults, &sources, Lang::Zh)).unwrap();
    let place = |key: &str| line[key].clone();
    assert_eq!(place("cell"), "各镇!B2");
    assert_eq!([place("line"), place("column"), place("end_line"), place("end_column")], [2, 2, 2, 3].map(Value::from));
    assert!(
        github(&faults, &sources, Lang::Zh)
            .starts_with("::error file=towns.xlsx,line=2,endLine=2,title=missing-figure::各镇!B2: ")
    );
    let report = Checked { diagnostics: &faults, sources: &sources };
    let log: Value = serde_json::from_str(&written(|out| sarif(&[report], Lang::Zh, out))).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0];
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "各镇!B2");
    assert!(written(|out| gitlab(&[report], Lang::Zh, out)).contains("\"各镇!B2: "));
}
