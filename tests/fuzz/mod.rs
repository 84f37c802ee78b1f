//! Entry points for fuzzing, on the stable toolchain: see `README.md` here.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::placeholder::{Key, Literals, Passage, Phrase, Scope, claim, scan};
use report_gen::world::Memory;
use report_gen::write::Format;
use std::time::{Duration, Instant};

/// The scanner: markers lie in the text, in order, on the boundaries of characters.
fn scanner(text: &str) {
    let mut end = 0;
    for hole in scan(text, &Literals::default()).holes {
        assert!(hole.range.start >= end && text.get(hole.range.clone()).is_some_and(|marker| !marker.is_empty()));
        end = hole.range.end;
    }
}

/// The matcher: the first line of the text is the passage, the others are keys; no hole is given twice.
fn matcher(text: &str) {
    let mut lines = text.lines();
    let phrase = |text: &str| Phrase::new(text, &scan(text, &Literals::default()));
    let passage = phrase(lines.next().unwrap_or_default());
    let keys: Vec<Phrase> = lines.map(phrase).collect();
    let keys: Vec<Key<'_>> = keys.iter().map(|phrase| Key { phrase, scope: Scope::Report }).collect();
    let claims = claim(&[Passage { phrase: &passage, scope: Scope::Report }], &keys).unwrap();
    let holes: Vec<usize> = claims.filled.iter().flat_map(|place| place.holes.clone()).collect();
    assert!(holes.is_sorted_by(|a, b| a < b), "{holes:?}");
}

/// The whole path, line breaker and writers too: faults, or both files.
fn whole(text: &str) {
    let file = format!(
        "[report]\ntitle = \"汇报\"\n[[section]]\nheading = \"甲\"\ntext = '''\n{}\n'''\n",
        text.replace('\'', "")
    );
    path(file.as_bytes());
}

/// The same for any bytes as the report file.
fn path(file: &[u8]) {
    let world = Memory { files: [("r.toml".to_owned(), file.to_vec())].into(), epoch: None };
    let job = Job { path: "r.toml".into(), formats: Format::ALL.to_vec(), ..Job::default() };
    let outcome = run(&job, &world, &Fonts::bundled()).unwrap();
    assert!(outcome.files.is_empty() || outcome.files.iter().all(|(_, bytes)| bytes.len() > 1_000));
}

/// Text of the signs that the program looks at, and of some that it does not.
fn texts() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "X", "XX", "x.x", "×", "*", "**", "○○", "20", "1", ".", "+", "X{", "}", "a", "\\", "`", "\n", " ", "\u{3000}",
        "年", "月", "次", "镇", "、", "等", "，", "。", "“", "”", "（", "）", "——", "……", "整治", "𠮷", "#", "- ",
        "1. ", ">", "|", "<", "&", "[", "](", "\u{200b}",
    ]);
    prop::collection::vec(sign, 0..60).prop_map(|signs| signs.concat())
}

/// Runs an entry point for as long as `REPORT_GEN_FUZZ` says, in seconds; a moment where it says nothing.
#[expect(clippy::disallowed_methods, reason = "the time is the caller's to give")]
fn drive(entry: fn(&str)) {
    let seconds = std::env::var("REPORT_GEN_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut runner = TestRunner::new(Config { cases: 20, failure_persistence: None, ..Config::default() });
    while Instant::now() < until {
        let tried = runner.run(&texts(), |text| {
            entry(&text);
            Ok(())
        });
        if let Err(found) = tried {
            panic!("{found}");
        }
    }
}

#[test]
fn fuzz_scanner() {
    drive(scanner);
}

#[test]
fn fuzz_matcher() {
    drive(matcher);
}

#[test]
fn fuzz_whole() {
    drive(whole);
}

#[test]
fn fuzz_file() {
    drive(|text| path(text.as_bytes()));
}
