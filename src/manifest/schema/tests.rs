use super::keys::{self, Key};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::{self, inherit};
use crate::source::Sources;
use crate::world::Memory;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn faults(file: &str) -> Vec<Diagnostic> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let id = sources.add("report.toml", file);
    if let Some(layers) = inherit::load(id, &Memory::default(), &mut sources, &mut diags) {
        manifest::read(&layers.table, &mut diags);
    }
    diags.into_sorted()
}

/// A file in which a table has one line more.
type File = fn(&str) -> String;

/// The tables of the format that this version reads.
fn tables() -> [(&'static [Key], File); 18] {
    [
        (keys::ROOT, |line| format!("{line}\n[report]\ntitle = \"甲\"\n")),
        (keys::TEMPLATE, |line| format!("[template]\n{line}\n[report]\ntitle = \"甲\"\n")),
        (keys::REPORT, |line| format!("[report]\n{line}\n")),
        (keys::ATTACHMENT, |line| format!("[report]\ntitle = \"甲\"\n[[report.attachments]]\n{line}\n")),
        (keys::DOCUMENT, |line| format!("[report]\ntitle = \"甲\"\n[document]\n{line}\n")),
        (keys::STYLE, |line| format!("[report]\ntitle = \"甲\"\n[style]\n{line}\n")),
        (keys::FONTS, |line| format!("[report]\ntitle = \"甲\"\n[style]\nfonts = {{ {line} }}\n")),
        (keys::SIZES, |line| format!("[report]\ntitle = \"甲\"\n[style]\nsizes = {{ {line} }}\n")),
        (keys::MARGINS, |line| format!("[report]\ntitle = \"甲\"\n[style]\nmargins = {{ {line} }}\n")),
        (keys::SECTION, |line| format!("[report]\ntitle = \"甲\"\n[[section]]\n{line}\n")),
        (keys::TABLE, |line| format!("[report]\ntitle = \"甲\"\n[[section]]\n[[section.table]]\n{line}\n")),
        (keys::PICTURE, |line| format!("[report]\ntitle = \"甲\"\n[[section]]\n[[section.picture]]\n{line}\n")),
        (keys::COLUMN, |line| {
            format!("[report]\ntitle = \"甲\"\n[[section]]\n[[section.table]]\ncolumns = [{{ {line} }}]\n")
        }),
        (keys::FIGURE, |line| format!("[report]\ntitle = \"甲\"\n[figures]\n\"会X次\" = {{ {line} }}\n")),
        (keys::RULE, |line| format!("[report]\ntitle = \"甲\"\n[[rule]]\n{line}\n")),
        (keys::ACCEPT, |line| format!("[report]\ntitle = \"甲\"\n[[accept]]\n{line}\n")),
        (keys::PLACEHOLDERS, |line| format!("[report]\ntitle = \"甲\"\n[placeholders]\n{line}\n")),
        (keys::WORDS, |line| format!("[report]\ntitle = \"甲\"\n[words]\n{line}\n")),
    ]
}

#[test]
fn the_table_has_the_keys_that_the_readers_take() {
    for (keys, file) in tables() {
        let unknown = faults(&file("zzz = 0"));
        let help = unknown.iter().flat_map(|d| &d.help).find_map(|help| help.en.strip_prefix("it can have: "));
        let taken: BTreeSet<&str> = help.unwrap_or_else(|| panic!("{unknown:?}")).split(' ').collect();
        assert_eq!(taken, keys.iter().map(|key| key.name).collect(), "the readers left, the schema right");
    }
}

#[test]
fn every_default_is_allowed_and_every_key_explained() {
    for (keys, file) in tables() {
        for key in keys {
            assert!(!key.zh.is_ascii() && !key.en.is_empty(), "{}", key.name);
            let Some(default) = key.default else { continue };
            let written =
                if serde_json::from_str::<Value>(default).is_ok() { default } else { &json!(default).to_string() };
            let faults = faults(&file(&format!("{} = {written}", key.name)));
            let wrong = faults.iter().any(|d| matches!(d.code, Code::UnknownKey | Code::WrongType));
            assert!(!wrong, "{}: {faults:?}", key.name);
        }
    }
}

#[test]
fn the_file_in_the_repository_is_this_schema() {
    let file = include_str!("../../../schema/report.schema.json");
    let hint = "write it anew: cargo run -- schema > schema/report.schema.json";
    assert!(file.replace("\r\n", "\n") == super::json(), "{hint}");
}
