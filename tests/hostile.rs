//! Reports that nobody writes in good faith, or that a program wrote: each ends in faults with their places or in a
//! report, in a thread with a small stack and in bounded time. Never a panic, never a hang.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod bundles;

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
    outcome_in(world, formats)
}

fn outcome_in(world: Memory, formats: &[Format]) -> Outcome {
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

/// What comes of a report with these templates.
fn with_templates(report: &str, templates: &[(&str, Vec<u8>)]) -> Outcome {
    let mut files: std::collections::BTreeMap<String, Vec<u8>> =
        templates.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    files.insert("report.toml".into(), report.into());
    let world = Memory { files, epoch: None };
    outcome_in(world, &[])
}

const ON_A: &str = "template = \"a.toml\"\n";

#[test]
fn templates_of_great_depth_and_size() {
    let names: Vec<String> = (0..40).map(|n| format!("t{n}.toml")).collect();
    let deep: Vec<(&str, Vec<u8>)> =
        (0..39).map(|n| (names[n].as_str(), format!("template = \"{}\"\n", names[n + 1]).into_bytes())).collect();
    assert_eq!(codes(&with_templates("template = \"t0.toml\"\n", &deep)), ["limit-exceeded"]);

    let large = with_templates(ON_A, &[("a.toml", vec![b'#'; 17 * 1024 * 1024])]);
    assert_eq!(codes(&large), ["limit-exceeded"]);

    let sections = "[report]\ntitle = \"汇报\"\n".to_owned() + &"[[section]]\ntext = \"甲。\"\n".repeat(20_000);
    let many = with_templates(ON_A, &[("a.toml", sections.into_bytes())]);
    assert_eq!(codes(&many), ["limit-exceeded"]);
}

#[test]
fn sections_and_figures_over_each_other() {
    let head = "[report]\ntitle = \"汇报\"\n";
    let sections: String =
        (0..4_000).map(|n| format!("[[section]]\nid = \"s{n}\"\ntext = \"工作{n}做X次。\"\n")).collect();
    let moved: String =
        (0..4_000).map(|n| format!("[[section]]\nid = \"s{n}\"\nafter = \"s{}\"\n", (n * 7) % 4_000)).collect();
    let outcome =
        with_templates(&(ON_A.to_owned() + &moved), &[("a.toml", (head.to_owned() + &sections).into_bytes())]);
    // A section behind itself is behind none.
    assert!(codes(&outcome).contains(&"missing-figure"), "{:?}", codes(&outcome));

    let figures: String = (0..20_000).map(|n| format!("\"工作{n}做X次\" = {{ kind = \"integer\" }}\n")).collect();
    let text: String = (0..20_000).map(|n| format!("工作{n}做X次，")).collect();
    let values: String = (0..20_000).map(|n| format!("\"工作{n}做XX次\" = {n}\n")).collect();
    let template = format!("{head}[[section]]\ntext = \"{text}\"\n[figures]\n{figures}");
    let filled = with_templates(&format!("{ON_A}[figures]\n{values}"), &[("a.toml", template.into_bytes())]);
    assert_eq!(codes(&filled), [""; 0]);
}

#[test]
fn a_template_reads_nothing_outside_its_folder_and_names_no_output_there() {
    let secret = ("etc/secret.toml", b"[report]\ntitle = \"secret\"\n".to_vec());
    for path in
        ["/etc/secret.toml", "..\\\\etc\\\\secret.toml", "C:/etc/secret.toml", "x/../../etc/secret.toml", "NUL", ""]
    {
        let outcome = with_templates(&format!("template = \"{path}\"\n"), std::slice::from_ref(&secret));
        assert_eq!(codes(&outcome), ["path-escape"], "{path}");
        assert!(outcome.sources.files().all(|file| !file.text().contains("secret\"")), "{path}");
    }
    for output in ["../above", "/etc/cron.d/x", "a\\\\b", "CON", "x/y"] {
        let template = format!("[report]\ntitle = \"汇报\"\noutput = \"{output}\"\n[[section]]\ntext = \"甲。\"\n");
        assert_eq!(codes(&with_templates(ON_A, &[("a.toml", template.into_bytes())])), ["bad-output-name"], "{output}");
    }
}

#[test]
fn a_value_that_a_template_repeats_without_an_end() {
    let text = "镇X，".repeat(50_000);
    let template = format!(
        "[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"{text}\"\n[figures]\n\"镇X\" = {{ repeat = true, kind = \"text\" }}\n"
    );
    let report = format!("{ON_A}[figures]\n\"镇X\" = \"{}\"\n", "甲".repeat(10_000));
    assert_eq!(codes(&with_templates(&report, &[("a.toml", template.into_bytes())])), ["limit-exceeded"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_two_files(
        report in "(template = \"a.toml\"\n|\\[\\[section\\]\\]\n|id = \"[ab]\"\n|after = \"[ab]\"\n|drop = true\n|text = \"X[次户]\"\n|\\[figures\\]\n|\"([ab]>)?X[次户]\" = (1|\"X\"|\\{ value = 2 \\})\n){0,9}",
        template in "(\\[report\\]\ntitle = \"X镇\"\n)?(\\[\\[section\\]\\]\n|id = \"[ab]\"\n|text = \"X[次户]\"\n|\\[section.figures\\]\n|\"X[次户]\" = (1|\\{ kind = \"integer\" \\}|\\{ compute = '1' \\})\n){0,9}",
    ) {
        with_templates(&format!("{ON_A}{report}"), &[("a.toml", template.into_bytes())]);
    }
}
