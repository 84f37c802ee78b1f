//! The changes for people and for programs.

use std::fmt::Write;

use serde::Serialize;

use super::sections::words_changed;
use super::{Change, Diff, Fate, KeyChange, Side, Subject};
use crate::diag::{Lang, Text};
use crate::text;
use crate::visible;

/// The version of the machine form; it grows when a field changes its meaning.
const VERSION: u32 = 1;
/// Values over so many characters are shown as the words that changed.
const SHORT: usize = 40;

/// The changes, a line each and a line for each of their keys.
pub fn human(diff: &Diff, lang: Lang) -> String {
    let mut out = format!("{} → {}\n", side(&diff.old, lang), side(&diff.new, lang));
    for change in &diff.changes {
        let sign = match change.fate {
            Fate::Added => '+',
            Fate::Dropped => '-',
            Fate::Renamed(_) | Fate::Changed => '~',
        };
        let name = one_line(&change.name);
        let subject = change.subject.describe();
        // Writing to a string cannot fail.
        let _ = write!(out, "{sign} {} {name}", subject.get(lang));
        if let Fate::Renamed(old) = &change.fate {
            let old = one_line(old);
            out += text!("（原来是 {old}）", " (was {old})").get(lang);
        }
        out.push('\n');
        // What is gone is gone with all that was said of it.
        for key in change.keys.iter().filter(|_| change.fate != Fate::Dropped && change.subject != Subject::File) {
            out += &key_lines(key, lang);
        }
    }
    let count = diff.changes.len();
    out += match count {
        0 => text!("没有变化\n", "no changes\n"),
        1 => text!("共 1 处\n", "1 change\n"),
        _ => text!("共 {count} 处\n", "{count} changes\n"),
    }
    .get(lang);
    out
}

fn side(side: &Side, lang: Lang) -> String {
    let Side { path, name, version } = side;
    let called = [name, version].into_iter().flatten().map(|word| one_line(word)).collect::<Vec<_>>().join(" ");
    if called.is_empty() {
        return path.clone();
    }
    text!("{path}（{called}）", "{path} ({called})").get(lang).to_owned()
}

fn key_lines(change: &KeyChange, lang: Lang) -> String {
    let KeyChange { key, old, new } = change;
    let is_short = |value: &Option<String>| value.as_ref().is_none_or(|value| value.chars().count() <= SHORT);
    match (old, new) {
        (Some(old), Some(new)) if !is_short(&change.old) || !is_short(&change.new) || old.contains('\n') => {
            let mut out = format!("    {key}\n");
            for (went, came) in words_changed(old, new) {
                for (sign, words) in [('-', went), ('+', came)].iter().filter(|(_, words)| !words.is_empty()) {
                    let _ = writeln!(out, "      {sign} {words}");
                }
            }
            out
        }
        (old, new) => {
            let nothing = text!("（无）", "(none)");
            let shown =
                |value: &Option<String>| value.as_ref().map_or_else(|| nothing.get(lang).to_owned(), |v| one_line(v));
            match old {
                None => format!("    {key} = {}\n", shown(new)),
                Some(_) => format!("    {key}: {} → {}\n", shown(old), shown(new)),
            }
        }
    }
}

/// Words of a template, which may be anything, on one line.
fn one_line(words: &str) -> String {
    words.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Subject {
    /// Its word in the machine form.
    fn name(self) -> &'static str {
        match self {
            Subject::Key => "key",
            Subject::Section => "section",
            Subject::Figure => "figure",
            Subject::Rule => "rule",
            Subject::File => "file",
        }
    }

    /// Its word for people.
    fn describe(self) -> Text {
        match self {
            Subject::Key => text!("设置", "key"),
            Subject::Section => text!("章节", "section"),
            Subject::Figure => text!("指标", "figure"),
            Subject::Rule => text!("规则", "rule"),
            Subject::File => text!("文件", "file"),
        }
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    old: Version<'a>,
    new: Version<'a>,
    changes: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Version<'a> {
    file: &'a str,
    name: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> Version<'a> {
    fn of(side: &'a Side) -> Self {
        Version { file: &side.path, name: side.name.as_deref(), version: side.version.as_deref() }
    }
}

#[derive(Serialize)]
struct Item<'a> {
    subject: &'static str,
    change: &'static str,
    name: &'a str,
    old_name: Option<&'a str>,
    file: &'a str,
    line: usize,
    column: usize,
    keys: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    key: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

/// The changes as one JSON object.
pub fn json(diff: &Diff) -> String {
    let whole = Whole {
        version: VERSION,
        old: Version::of(&diff.old),
        new: Version::of(&diff.new),
        changes: diff.changes.iter().map(|change| item(diff, change)).collect(),
    };
    visible::json(&whole, visible::write_json) + "\n"
}

fn item<'a>(diff: &'a Diff, change: &'a Change) -> Item<'a> {
    let (start, _) = diff.sources.positions(change.span);
    let (fate, old_name) = match &change.fate {
        Fate::Added => ("added", None),
        Fate::Dropped => ("dropped", None),
        Fate::Renamed(old) => ("renamed", Some(old.as_str())),
        Fate::Changed => ("changed", None),
    };
    Item {
        subject: change.subject.name(),
        change: fate,
        name: &change.name,
        old_name,
        file: diff.sources.file(change.span.file).name(),
        line: start.line,
        column: start.column,
        keys: change
            .keys
            .iter()
            .map(|KeyChange { key, old, new }| Pair { key, old: old.as_deref(), new: new.as_deref() })
            .collect(),
    }
}
