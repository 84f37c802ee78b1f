//! Office prose with the hits of every rule judged by hand: the files of `tests/judged`.
//!
//! A text is what stands between two lines `---`. Below a line of it stand the hits on that line: `^ code words` for one
//! that is right and must stay, `~ code words` for one that is wrong and is known to come. Nothing else may come.
#![expect(clippy::disallowed_methods, reason = "the prose is files")]

use std::collections::BTreeMap;
use std::path::Path;

use report_gen::diag::{Code, Severity};
use report_gen::lint::{self, Job};
use report_gen::world::Memory;

/// A hit: the line, the code, the words.
type Hit = (usize, String, String);

/// A text, and its hits, each with whether it is right.
struct Judged {
    name: String,
    text: String,
    hits: Vec<(Hit, bool)>,
}

fn judged() -> Vec<Judged> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judged");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for (index, text) in std::fs::read_to_string(&path).unwrap().split("\n---\n").enumerate() {
            let mut judged = Judged { name: format!("{name} {}", index + 1), text: String::new(), hits: Vec::new() };
            let mut count = 0;
            for line in text.lines() {
                let mark = line.strip_prefix("^ lint-").map(|hit| (hit, true));
                match mark.or_else(|| line.strip_prefix("~ lint-").map(|hit| (hit, false))) {
                    Some((hit, right)) => {
                        let (code, words) = hit.split_once(' ').unwrap();
                        judged.hits.push(((count, format!("lint-{code}"), words.to_owned()), right));
                    }
                    None => {
                        judged.text += line;
                        judged.text.push('\n');
                        count += 1;
                    }
                }
            }
            all.push(judged);
        }
    }
    all
}

fn found(text: &str) -> Vec<Hit> {
    let world = Memory { files: [("稿.txt".into(), text.into())].into(), epoch: None };
    let outcome = lint::run(&Job { path: "稿.txt".into(), ..Job::default() }, &world).unwrap();
    let hit = |fault: &report_gen::diag::Diagnostic| {
        let span = fault.span().unwrap();
        let line = outcome.sources.positions(span).0.line;
        (line, fault.code.name().to_owned(), outcome.sources.text(span).to_owned())
    };
    outcome.diagnostics.iter().map(hit).collect()
}

#[test]
fn every_hit_is_judged_and_every_judged_hit_comes() {
    let mut wrong = Vec::new();
    for judged in judged() {
        let mut expected: Vec<&Hit> = judged.hits.iter().map(|(hit, _)| hit).collect();
        for hit in found(&judged.text) {
            match expected.iter().position(|expected| **expected == hit) {
                Some(at) => drop(expected.remove(at)),
                None => wrong.push(format!("{}: not judged: {hit:?}", judged.name)),
            }
        }
        wrong.extend(expected.into_iter().map(|hit| format!("{}: does not come: {hit:?}", judged.name)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A rule that is no hint is right nine times in ten.
#[test]
fn rules_are_right_nine_times_in_ten_or_give_hints() {
    let texts = judged();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ((_, code, _), right) in texts.iter().flat_map(|judged| &judged.hits) {
        let count = counts.entry(code).or_default();
        *(if *right { &mut count.0 } else { &mut count.1 }) += 1;
    }
    let sentences: usize = texts.iter().map(|judged| judged.text.matches(['。', '\n']).count()).sum();
    println!("right and wrong hits in {sentences} sentences: {counts:?}");
    assert!(sentences > 300, "only {sentences} sentences");
    for (name, (right, wrong)) in counts {
        let code = Code::from_name(name).unwrap();
        assert!(code.severity() == Severity::Hint || right >= 9 * wrong, "{name}: {right} right, {wrong} wrong");
    }
}
