//! Expressions as clerks write them, over small reports.

mod compute;
mod judge;
mod syntax;
mod towns;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Entry, Env, Origin, Reference, Resolved, Scope, Value};
use crate::number::{Date, Decimal};

/// The towns whose values stand in columns, as many as the last column has.
const TOWNS: [&str; 4] = ["青石镇", "白河镇", "柳林乡", "黄花乡"];

/// Figures from lines of `key = value`. Values: `12.50`, `12.50万元`, `12.50元!` (money), `a|b` (several), `文字`, `2023-11-20`,
/// `[甲、乙、丙]` (a list), nothing (missing). A key may begin with `towns.` or `last.`. Origins count the values from 1.
#[derive(Default)]
struct Report(BTreeMap<(Scope, String), Option<Vec<Entry>>>, Vec<String>);

impl Report {
    fn new(lines: &str) -> Self {
        let mut report = Report::default();
        let mut origin = 0;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let (key, values) = line.split_once('=').unwrap();
            let key = key.trim();
            let (scope, key) = match key.split_once('.') {
                Some(("towns", key)) => (Scope::Towns, key),
                Some(("last", key)) => (Scope::Last, key),
                _ => (Scope::Own, key),
            };
            let values = values.trim();
            let mut entry = |written: &str| {
                origin += 1;
                entry(written, Origin(origin))
            };
            let entries = match values {
                "" => None,
                "(none)" => Some(Vec::new()),
                _ => Some(values.split('|').map(&mut entry).collect()),
            };
            if scope == Scope::Towns {
                report.1 =
                    TOWNS.iter().take(entries.as_ref().map_or(0, Vec::len)).map(|&town| town.to_owned()).collect();
            }
            report.0.insert((scope, key.to_owned()), entries);
        }
        report
    }
}

fn entry(written: &str, origin: Origin) -> Entry {
    let written = written.trim();
    let (written, exact) = written.strip_suffix('!').map_or((written, false), |money| (money, true));
    let entry = |value, unit: &str| {
        let unit = (!unit.is_empty()).then(|| unit.to_owned());
        Entry { value, unit, exact, origin }
    };
    if let Some(names) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let names: Vec<String> = names.split('、').map(str::to_owned).collect();
        let count = Decimal::from(names.len());
        return entry(Value::List { names, count }, "");
    }
    let parts: Vec<_> = written.split('-').collect();
    if let [year, month, day] = parts[..]
        && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
    {
        return entry(Value::Date(Date::new(year, month, day).unwrap()), "");
    }
    let digits = written.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(written.len());
    match Decimal::parse(&written[..digits]) {
        Ok(number) => entry(Value::Number(number), &written[digits..]),
        Err(_) => entry(Value::Text(written.to_owned()), ""),
    }
}

impl Env for Report {
    fn resolve(&self, reference: &Reference) -> Resolved<'_> {
        match self.0.get(&(reference.scope, reference.key.clone())) {
            None => Resolved::Unknown,
            Some(None) => Resolved::Missing,
            Some(Some(entries)) => Resolved::Known(Cow::Borrowed(entries)),
        }
    }

    fn towns(&self) -> &[String] {
        &self.1
    }
}
