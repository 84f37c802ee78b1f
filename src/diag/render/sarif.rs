//! SARIF 2.1.0 (OASIS): one log a run, for code scanning and for editors.
//!
//! Lines and columns count from 1, ends are exclusive, as SARIF has it (3.30); columns count Unicode scalar values, and
//! the log says so (`columnKind`, 3.14.17), since SARIF would else take UTF-16 code units. In a workbook they are row and
//! column of the cell, which is also named as a logical location, `Sheet1!C7`.

use super::super::{Code, Diagnostic, Fix, Lang, Severity};
use super::fingerprint::Fingerprints;
use super::{Checked, bare, with_advice};
use crate::source::{FileId, Sources, Span};
use crate::visible::write_json_lines;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Where OASIS keeps the schema.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the log of a run: the codes that occur with their pages, and every fault.
///
/// # Errors
/// Those of `out`.
pub fn sarif(reports: &[Checked<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let codes: BTreeSet<Code> = reports.iter().flat_map(|report| report.diagnostics).map(|d| d.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let artifacts: BTreeSet<String> =
        reports.iter().flat_map(|report| report.sources.files()).map(|file| uri(file.name())).collect();
    let artifacts = artifacts.iter().map(|uri| json!({"location": {"uri": uri}})).collect();
    let rules: Vec<Value> = codes.iter().map(|&code| rule(code, lang)).collect();
    let run = Run {
        artifacts,
        column_kind: "unicodeCodePoints",
        language: match lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        },
        results: Results { reports, codes: &codes, lang },
        tool: json!({"driver": {
            "name": "report-gen",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }}),
    };
    write_json_lines(&Log { schema: SCHEMA, runs: [run], version: "2.1.0" }, out)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    runs: [Run<'a>; 1],
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    artifacts: Vec<Value>,
    column_kind: &'a str,
    language: &'a str,
    results: Results<'a>,
    tool: Value,
}

/// The faults of a run, each made when it is written.
struct Results<'a> {
    reports: &'a [Checked<'a>],
    codes: &'a [Code],
    lang: Lang,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fingerprints = Fingerprints::default();
        let faults = self.reports.iter().flat_map(|report| report.diagnostics.iter().map(move |fault| (report, fault)));
        serializer.collect_seq(faults.map(|(report, fault)| {
            result(fault, report, self.codes, &fingerprints.next(fault, report.sources), self.lang)
        }))
    }
}

/// A code with its page.
fn rule(code: Code, lang: Lang) -> Value {
    let page = code.explanation(lang);
    let mut markdown = page.meaning.to_owned();
    if !page.wrong.is_empty() {
        let (wrong, right) = match lang {
            Lang::Zh => ("错误的写法", "正确的写法"),
            Lang::En => ("Wrong", "Right"),
        };
        for (head, example) in [(wrong, page.wrong), (right, page.right)] {
            markdown.push_str(&format!("\n\n{head}:\n\n```toml\n{example}```"));
        }
    }
    json!({
        "id": code.name(),
        "shortDescription": {"text": code.summary(lang)},
        "fullDescription": {"text": page.meaning},
        "help": {"text": page.meaning, "markdown": markdown},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn result(diagnostic: &Diagnostic, report: &Checked<'_>, codes: &[Code], fingerprint: &str, lang: Lang) -> Value {
    let sources = report.sources;
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": {"text": with_advice(diagnostic, lang)},
        "partialFingerprints": {"reportGen/v1": fingerprint},
    });
    if let [own, others @ ..] = diagnostic.labels.as_slice() {
        result["locations"] = json!([location(own.span, own.message.get(lang), sources)]);
        let others: Vec<Value> =
            others.iter().map(|label| location(label.span, label.message.get(lang), sources)).collect();
        if !others.is_empty() {
            result["relatedLocations"] = json!(others);
        }
    } else if !report.name().is_empty() {
        // Code scanning takes no result without a place: it is the head of the file that the fault is about.
        result["locations"] = json!([{"physicalLocation": {
            "artifactLocation": {"uri": uri(report.name())},
            "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
        }}]);
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([self::fix(fix, sources, lang)]);
    }
    result
}

fn location(span: Span, message: &str, sources: &Sources) -> Value {
    let mut location = json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(sources.file(span.file).name())},
        "region": region(span, sources),
    }});
    if let Some(cell) = sources.file(span.file).cell(span.start as usize) {
        location["logicalLocations"] = json!([{"fullyQualifiedName": cell}]);
    }
    if !message.is_empty() {
        location["message"] = json!({"text": message});
    }
    location
}

fn fix(fix: &Fix, sources: &Sources, lang: Lang) -> Value {
    let files: BTreeSet<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    let change = |file: FileId| {
        let edits = fix.edits.iter().filter(|edit| edit.span.file == file);
        let replacements: Vec<Value> = edits
            .map(|edit| json!({"deletedRegion": region(edit.span, sources), "insertedContent": {"text": edit.text}}))
            .collect();
        json!({"artifactLocation": {"uri": uri(sources.file(file).name())}, "replacements": replacements})
    };
    let changes: Vec<Value> = files.into_iter().map(change).collect();
    json!({"description": {"text": fix.description.get(lang)}, "artifactChanges": changes})
}

fn region(span: Span, sources: &Sources) -> Value {
    let (start, end) = sources.positions(span);
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// What a segment of a path has as it is (RFC 3986 unreserved).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file's name as a URI: relative as the name is, `file:` for a whole path.
fn uri(name: &str) -> String {
    let encode = |segment: &str| utf8_percent_encode(segment, SEGMENT).to_string();
    if let Some((drive, path)) = name.split_once(":/").filter(|(drive, _)| drive.len() == 1) {
        let path: Vec<String> = path.split('/').map(encode).collect();
        return format!("file:///{drive}:/{}", path.join("/"));
    }
    let path: Vec<String> = bare(name).split('/').map(encode).collect();
    let path = path.join("/");
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_uris() {
        assert_eq!(uri("./报告 1.toml"), "%E6%8A%A5%E5%91%8A%201.toml");
        assert_eq!(uri("../a%b#c?/x:y.toml"), "../a%25b%23c%3F/x%3Ay.toml");
        assert_eq!(uri("/home/镇/a.toml"), "file:///home/%E9%95%87/a.toml");
        assert_eq!(uri("C:/a b/c.toml"), "file:///C:/a%20b/c.toml");
    }
}
