//! Clean office Chinese, in which no rule may see a fault: the files of `tests/prose`.
#![expect(clippy::disallowed_methods, reason = "the prose is files")]

use std::collections::BTreeMap;
use std::path::Path;

use report_gen::diag::{Lang, Severity};
use report_gen::lint::{self, Job};
use report_gen::world::Memory;

/// What a careful reader let pass after looking at it: hints of practice, with the words that each is about.
const LOOKED_AT: &[(&str, &str)] = &[];

/// The files of prose: name and text.
fn prose() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, String)> = paths
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Prints what each rule says of the prose.
#[test]
fn clean_prose_has_no_errors_and_no_warnings_and_nothing_to_mend() {
    let files = prose();
    let mut told = Vec::new();
    let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, text) in &files {
        let world = Memory { files: [(name.clone(), text.clone().into_bytes())].into(), epoch: None };
        let job = Job { path: name.clone(), ..Job::default() };
        let found = lint::run(&job, &world).unwrap();
        for fault in &found.diagnostics {
            let span = fault.span().unwrap();
            let line = found.sources.positions(span).0.line;
            let words = found.sources.text(span);
            *hits.entry(fault.code.name()).or_default() += 1;
            if fault.severity > Severity::Hint || !LOOKED_AT.contains(&(fault.code.name(), words)) {
                told.push(format!("{name}:{line} {}: {} [{words}]", fault.code.name(), fault.message.get(Lang::Zh)));
            }
        }
        let mended = lint::mend(&job, &world).unwrap();
        if mended.bytes.is_some() {
            told.push(format!("{name} is mended"));
        }
    }
    let characters = files.iter().map(|(_, text)| text.chars().count()).sum::<usize>();
    println!("hits in {characters} characters of clean prose: {hits:?}");
    assert!(told.is_empty(), "\n{}", told.join("\n"));
    assert!(characters > 20_000, "only {characters} characters of prose");
}
