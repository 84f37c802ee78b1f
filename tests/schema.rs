//! The JSON Schema of the report file, held against report files as an editor does.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::suite::case::cases;
use jsonschema::Validator;
use report_gen::diag::{Code, Diagnostic, Diagnostics, Lang};
use report_gen::manifest::raw::{self, Table, ValueKind};
use report_gen::manifest::{self, inherit, schema};
use report_gen::source::Sources;
use report_gen::world::Memory;
use serde_json::{Map, Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema::json()).unwrap();
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
        // Which number it is makes no difference to the cases that write one in another way (`0x1F`, `nan`).
        ValueKind::Integer(digits) => json!(digits.parse::<i64>().unwrap_or_default()),
        ValueKind::Float(digits) => json!(digits.parse::<f64>().ok().filter(|n| n.is_finite()).unwrap_or_default()),
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

/// What the readers of the file find in it.
fn faults(file: &str, world: &Memory) -> Vec<Diagnostic> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let id = sources.add("report.toml", file);
    if let Some(layers) = inherit::load(id, world, &mut sources, &mut diags) {
        manifest::read(&layers.table, &mut diags);
    }
    diags.retain(|fault| fault.span().is_none_or(|span| span.file == id));
    diags.into_sorted()
}

#[test]
fn it_accepts_every_report_of_the_project() {
    let validator = validator();
    for file in [
        include_str!("../report.toml"),
        include_str!("../examples/block/report.toml"),
        include_str!("../examples/draft/report.toml"),
        include_str!("../examples/letter-faces/report.toml"),
        include_str!("../examples/rules/report.toml"),
        include_str!("../src/cli/starter.toml"),
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
        format!("{report}[[rule]]\ncheck = \"1 == 1\"\ntolerance = -1\n"),
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
        assert!(!faults(&file, &Memory::default()).is_empty(), "the program takes what the schema refuses: {file}");
    }
}

#[test]
fn it_agrees_with_the_readers_on_the_cases_of_the_suite() {
    let validator = validator();
    let mut wrong = Vec::new();
    let mut refused = 0;
    for case in cases() {
        let faults = faults(&case.text, &case.world(&case.text));
        // What is no TOML never reaches a schema.
        if faults.iter().any(|d| matches!(d.code, Code::TomlSyntax | Code::DuplicateKey)) {
            continue;
        }
        let of_a_key = |d: &Diagnostic| matches!(d.code, Code::UnknownKey | Code::WrongType | Code::MissingKey);
        let (reader, schema) = (!faults.iter().any(of_a_key), validator.is_valid(&to_json(&case.text)));
        refused += usize::from(!schema);
        if (faults.is_empty() && !schema) || (!reader && schema) {
            wrong.push(format!("{}: the readers take it: {reader}; the schema: {schema}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(refused > 5, "only {refused} cases are refused");
}

#[test]
fn what_new_writes_names_the_schema_and_keeps_it() {
    let starter = include_str!("../src/cli/starter.toml");
    assert!(starter.starts_with("#:schema ./report.schema.json\n"), "taplo reads the first line");
    accepts(&validator(), starter);
}
