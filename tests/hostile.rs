//! Reports that nobody writes in good faith, or that a program wrote: each ends in faults with their places or in a
//! report, in a thread with a small stack and in bounded time. Never a panic, never a hang.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use proptest::prelude::*;
use report_gen::batch::{Job, Outcome, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;
use std::thread;
use std::time::{Duration, Instant};

/// The stack of a thread on the systems that give the least.
const STACK: usize = 1024 * 1024;
/// An unoptimised build on a busy machine; what grows with the square takes minutes.
const PATIENCE: Duration = Duration::from_secs(60);

fn outcome(file: Vec<u8>, formats: &[Format]) -> Outcome {
    let world = Memory { files: [("report.toml".to_owned(), file)].into(), epoch: None };
    let job = Job { path: "report.toml".into(), formats: formats.to_vec(), ..Job::default() };
    let started = Instant::now();
    let outcome = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || run(&job, &world, &Fonts::bundled()).unwrap())
        .unwrap()
        .join()
        .unwrap();
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    outcome
}

/// A report of one section with this text.
fn of_text(text: &str) -> Vec<u8> {
    format!("[report]\ntitle = \"汇报\"\n[[section]]\ntext = '''\n{text}\n'''\n").into_bytes()
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    let mut codes: Vec<_> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
    codes.dedup();
    codes
}

#[test]
fn markdown_of_great_depth() {
    for text in [
        ">".repeat(20_000) + "甲",
        "> ".repeat(20_000) + "甲",
        "- ".repeat(20_000) + "甲",
        "1. ".repeat(20_000) + "甲",
        "*甲 **乙 ".repeat(20_000) + &"丙** 丁*".repeat(20_000),
        "**".repeat(50_000) + "甲" + &"**".repeat(50_000),
        "[".repeat(20_000) + "甲" + &"]".repeat(20_000),
        "[".repeat(3_000) + "甲" + &"](b)".repeat(3_000),
        "`".repeat(100_000),
        (0..5_000).map(|n| "`".repeat(n % 100 + 1) + " ").collect(),
        "\\".repeat(100_000),
        "# 标题\n".repeat(5_000),
    ] {
        let outcome = outcome(of_text(&text), &[]);
        assert!(codes(&outcome).iter().all(|code| *code == "bad-markdown"), "{:?}", codes(&outcome));
    }
}

#[test]
fn toml_of_great_depth() {
    for file in
        ["a = ".to_owned() + &"[".repeat(50_000), "a = ".to_owned() + &"{a=".repeat(50_000), "a.".repeat(50_000)]
    {
        assert!(codes(&outcome(file.into_bytes(), &[])).contains(&"toml-syntax"));
    }
}

#[test]
fn texts_of_great_length() {
    let sentence = "整治村庄3处，清运垃圾5吨。";
    for text in [sentence.repeat(20_000), (sentence.to_owned() + "\n").repeat(10_000), "a".repeat(300_000)] {
        let outcome = outcome(of_text(&text), &Format::ALL);
        assert!(outcome.diagnostics.is_empty(), "{:?}", codes(&outcome));
        assert_eq!(outcome.files.len(), 2);
    }
}

#[test]
fn holes_and_keys_in_great_number() {
    let open = outcome(of_text(&"召开会议X次，".repeat(50_000)), &[]);
    assert_eq!(codes(&open), ["missing-figure"]);

    let numbered = |n: usize| format!("第{n}项工作X次");
    let text: String = (0..20_000).map(|n| numbered(n) + "，").collect();
    let keys: String = (0..20_000).map(|n| format!("\"{}\" = {n}\n", numbered(n))).collect();
    let filled = String::from_utf8(of_text(&text)).unwrap() + "[figures]\n" + &keys;
    assert!(outcome(filled.into_bytes(), &[]).diagnostics.is_empty());

    let unused = String::from_utf8(of_text("全部完成。")).unwrap() + "[figures]\n" + &keys;
    assert_eq!(codes(&outcome(unused.into_bytes(), &[])), ["unused-figure"]);
}

#[test]
fn a_file_that_is_no_report_by_its_size() {
    assert_eq!(codes(&outcome(vec![b'#'; 17 * 1024 * 1024], &[])), ["limit-exceeded"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        outcome(bytes, &[]);
    }

    #[test]
    fn any_text(text in "[甲X×*次镇#>`\\-0-9.|\\[\\]!()<&\u{200b}\u{3000}𠮷\n ，。“”—…a-c]{0,80}") {
        let outcome = outcome(of_text(&text.replace('\'', "")), &Format::ALL);
        let errors = outcome.diagnostics.iter().any(|d| d.severity == report_gen::diag::Severity::Error);
        prop_assert_eq!(outcome.files.is_empty(), errors);
    }
}
