use super::keys::{self, Key};
use crate::diag::{Code, Diagnostic, Diagnostics, Lang};
use crate::manifest::{self, raw};
use crate::source::Sources;
use jsonschema::Validator;
use raw::{Table, ValueKind};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

fn faults(file: &str) -> Vec<Diagnostic> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let id = sources.add("report.toml", file);
    let table = raw::read(id, &sources, &mut diags);
    manifest::read(&table, &mut diags);
    diags.into_sorted()
}

/// A file in which a table has one line more.
type File = fn(&str) -> String;

/// The tables of the format that this version reads.
fn tables() -> [(&'static [Key], File); 8] {
    [
        (keys::ROOT, |line| format!("{line}\n[report]\ntitle = \"甲\"\n")),
        (keys::REPORT, |line| format!("[report]\n{line}\n")),
        (keys::STYLE, |line| format!("[report]\ntitle = \"甲\"\n[style]\n{line}\n")),
        (keys::SECTION, |line| format!("[report]\ntitle = \"甲\"\n[[section]]\n{line}\n")),
        (keys::FIGURE, |line| format!("[report]\ntitle = \"甲\"\n[figures]\n\"会X次\" = {{ {line} }}\n")),
        (keys::RULE, |line| format!("[report]\ntitle = \"甲\"\n[[rule]]\n{line}\n")),
        (keys::ACCEPT, |line| format!("[report]\ntitle = \"甲\"\n[[accept]]\n{line}\n")),
        (keys::PLACEHOLDERS, |line| format!("[report]\ntitle = \"甲\"\n[placeholders]\n{line}\n")),
    ]
}

#[test]
fn the_table_has_the_keys_that_the_readers_take() {
    for (keys, file) in tables() {
        let unknown = faults(&file("zzz = 0"));
        let help = unknown.iter().flat_map(|d| &d.help).find_map(|help| help.en.strip_prefix("it can have: "));
        let taken: BTreeSet<&str> = help.unwrap_or_else(|| panic!("{unknown:?}")).split(' ').collect();
        assert_eq!(taken, keys.iter().map(|key| key.name).collect(), "the readers left, the schema right");
        for key in keys {
            let refused = faults(&file(&format!("{} = 0", key.name)));
            let refused = refused.iter().any(|d| d.code == Code::UnknownKey && d.message.en.contains("yet"));
            assert_eq!(
                refused, key.later,
                "`{}`: the reader refuses it as not done yet; `later` in the schema",
                key.name
            );
        }
    }
}

#[test]
fn every_default_is_allowed_and_every_key_explained() {
    for (keys, file) in tables() {
        for key in keys {
            assert!(!key.zh.is_ascii() && !key.en.is_empty(), "{}", key.name);
            let Some(default) = key.default.filter(|_| !key.later) else { continue };
            let written =
                if serde_json::from_str::<Value>(default).is_ok() { default } else { &json!(default).to_string() };
            let faults = faults(&file(&format!("{} = {written}", key.name)));
            let wrong = faults.iter().any(|d| matches!(d.code, Code::UnknownKey | Code::WrongType));
            assert!(!wrong, "{}: {faults:?}", key.name);
        }
    }
}

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&super::json()).unwrap();
    jsonschema::draft7::meta::validate(&schema).unwrap();
    jsonschema::draft7::new(&schema).unwrap()
}

/// The file as the JSON that an editor holds against the schema.
fn to_json(file: &str) -> Value {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let id = sources.add("report.toml", file);
    table(&raw::read(id, &sources, &mut diags))
}

fn table(table: &Table) -> Value {
    Value::Object(
        table.entries.iter().map(|entry| (entry.key.text().to_owned(), value(&entry.value))).collect::<Map<_, _>>(),
    )
}

fn value(value: &raw::Value) -> Value {
    match &value.kind {
        ValueKind::String(text) => json!(text.text()),
        ValueKind::Integer(digits) => json!(digits.parse::<i64>().unwrap()),
        ValueKind::Float(digits) => json!(digits.parse::<f64>().unwrap()),
        ValueKind::Boolean(is) => json!(is),
        ValueKind::Date(date) => json!(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        ValueKind::DateTime(written) => json!(written),
        ValueKind::Array(items) => items.iter().map(self::value).collect(),
        ValueKind::Table(inner) => table(inner),
    }
}

#[track_caller]
fn accepts(validator: &Validator, file: &str) {
    let file = to_json(file);
    let errors: Vec<String> = validator.iter_errors(&file).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{file:#}");
}

#[test]
fn it_accepts_every_report_of_the_project() {
    let validator = validator();
    for file in [
        include_str!("../../../report.toml"),
        include_str!("../../../examples/block/report.toml"),
        include_str!("../../../examples/draft/report.toml"),
        include_str!("../../../examples/letter-faces/report.toml"),
        include_str!("../../../examples/rules/report.toml"),
        include_str!("../../cli/starter.toml"),
    ] {
        accepts(&validator, file);
    }
    for code in Code::ALL {
        let right = code.explanation(Lang::En).right;
        if !right.is_empty() {
            accepts(&validator, right);
        }
    }
}

#[test]
fn it_refuses_what_a_schema_can_refuse() {
    let validator = validator();
    let report = "[report]\ntitle = \"甲\"\n";
    let bad = [
        "[figures]\n\"会X次\" = 1\n".to_owned(),
        "[report]\nauthor = \"甲\"\n".to_owned(),
        "[report]\ntitle = 5\n".to_owned(),
        "[report]\ntitle = \"甲\"\ndate = \"去年\"\n".to_owned(),
        "[report]\ntitle = \"甲\"\nauther = \"乙\"\n".to_owned(),
        format!("{report}[section]\ntext = \"\"\n"),
        format!("{report}[[section]]\nlevel = 5\n"),
        format!("{report}[style]\nnumbering = \"runin\"\n"),
        format!("{report}[style]\nlatin_gap = 0.5\n"),
        format!("{report}[style]\nbold_levels = [0]\n"),
        format!("{report}[style]\nwidow_control = 1\n"),
        format!("{report}[figures]\n\"会X次\" = true\n"),
        format!("{report}[figures]\n\"会X次\" = {{ vlaue = 1 }}\n"),
        format!("{report}[figures]\n\"会X次\" = {{ value = 1, repeat = \"yes\" }}\n"),
        format!("{report}[figures]\n\"会X次\" = [[1]]\n"),
        format!("{report}[figures]\n\"会X次\" = {{ value = 1, kind = \"whole\" }}\n"),
        format!("{report}[figures]\n\"会X次\" = {{ value = 1, round = 1.5 }}\n"),
        format!("{report}[figures]\n\"会X次\" = {{ value = 1, round = {{ half = \"even\" }} }}\n"),
        format!("{report}[[rule]]\nid = \"甲\"\n"),
        format!("{report}[[rule]]\ncheck = \"1 == 1\"\nlevel = \"warn\"\n"),
        format!("{report}[[accept]]\nrule = \"甲\"\n"),
        format!("{report}[lints]\nheading-levle = \"allow\"\n"),
        format!("{report}[lints]\nheading-level = \"forbid\"\n"),
        format!("{report}[lints]\nmissing-figure = \"allow\"\n"),
        format!("{report}[placeholders]\nliteral = \"1+X\"\n"),
        Code::UnknownKey.explanation(Lang::En).wrong.to_owned(),
        Code::WrongType.explanation(Lang::En).wrong.to_owned(),
        Code::MissingKey.explanation(Lang::En).wrong.to_owned(),
    ];
    for file in bad {
        assert!(!validator.is_valid(&to_json(&file)), "{file}");
        assert!(!faults(&file).is_empty(), "the program takes what the schema refuses: {file}");
    }
}

#[test]
fn the_file_in_the_repository_is_this_schema() {
    let file = include_str!("../../../schema/report.schema.json");
    let hint = "write it anew: cargo run -- schema > schema/report.schema.json";
    assert!(file.replace("\r\n", "\n") == super::json(), "{hint}");
}
