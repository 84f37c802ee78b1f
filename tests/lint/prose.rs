//! Clean office Chinese, in which no rule may see a fault.
#![expect(clippy::disallowed_methods, reason = "the prose is files")]

use std::path::Path;

use report_gen::diag::{Lang, Severity};
use report_gen::lint::{self, Job};
use report_gen::world::Memory;

/// The files of prose: name and text.
fn prose() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/prose");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, String)> = paths
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn clean_prose_has_no_errors_and_no_warnings_and_nothing_to_mend() {
    let files = prose();
    let mut told = Vec::new();
    for (name, text) in &files {
        let world = Memory { files: [(name.clone(), text.clone().into_bytes())].into(), epoch: None };
        let job = Job { path: name.clone(), ..Job::default() };
        let found = lint::run(&job, &world).unwrap();
        for fault in found.diagnostics.iter().filter(|fault| fault.severity > Severity::Hint) {
            let line = found.sources.positions(fault.span().unwrap()).0.line;
            told.push(format!("{name}:{line} {}: {}", fault.code.name(), fault.message.get(Lang::Zh)));
        }
        let mended = lint::mend(&job, &world).unwrap();
        if mended.bytes.is_some() {
            told.push(format!("{name} is mended"));
        }
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
    let hanzi = files.iter().map(|(_, text)| text.chars().count()).sum::<usize>();
    assert!(hanzi > 5000, "only {hanzi} characters of prose");
}
