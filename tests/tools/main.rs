//! Tests that hand files to other programs, or run a shell: `cargo test --test tools`.
//!
//! Each test names the tools that it needs. A tool is asked whether it does what the tests need of it, not whether a
//! program of its name is there: LibreOffice may have Writer and lack Calc. Where a tool is missing its tests are
//! skipped, which the first lines and the last line of the run say. With `REPORT_GEN_REQUIRE_TOOLS=1` they fail.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stderr, reason = "a skipped test says so, and numbers are there to be read")]
#![allow(clippy::disallowed_methods, reason = "the tests hand files to other programs, and a switch rules them")]

#[path = "../example/mod.rs"]
mod example;
#[path = "../program/mod.rs"]
mod program;
#[path = "../bench/report.rs"]
mod report;

mod docx;
mod faces;
mod fidelity;
mod forms;
mod measured;
mod office;
mod pdf;
mod run;
#[cfg(unix)]
mod scale;
mod tool;

use std::collections::BTreeMap;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use tool::{Test, Tool};

fn main() -> ExitCode {
    let required = std::env::var("REPORT_GEN_REQUIRE_TOOLS").is_ok_and(|value| value == "1");
    let arguments = Arguments::from_args();
    let tests = all();
    let wanted: Vec<&Test> = tests.iter().filter(|test| is_wanted(&arguments, test)).collect();
    let missing = if arguments.list { Vec::new() } else { Tool::missing(&wanted) };
    let mut skipped: BTreeMap<Tool, usize> = BTreeMap::new();
    let trials = tests.into_iter().map(|test| {
        let lacks = test.needs.iter().copied().find(|tool| missing.contains(tool));
        let trial = Trial::test(test.name, move || match lacks {
            Some(tool) => Err(format!("{tool} is required, and is not here").into()),
            None => {
                (test.run)();
                Ok(())
            }
        });
        if let Some(tool) = lacks.filter(|_| !required) {
            *skipped.entry(tool).or_default() += 1;
            return trial.with_ignored_flag(true);
        }
        trial
    });
    let trials: Vec<Trial> = trials.collect();
    for (tool, count) in skipped {
        eprintln!("skipped: {count} tests, since {tool} is not here");
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests of all files here.
fn all() -> Vec<Test> {
    let mut all = vec![];
    all.extend(docx::tests());
    all.extend(faces::tests());
    all.extend(fidelity::tests());
    all.extend(forms::tests());
    all.extend(measured::tests());
    all.extend(pdf::tests());
    #[cfg(unix)]
    all.extend(scale::tests());
    all
}

/// True where the command line leaves the test in, so that no tool is asked for a test that does not run.
fn is_wanted(arguments: &Arguments, test: &Test) -> bool {
    let is_named = |filter: &String| if arguments.exact { test.name == filter } else { test.name.contains(filter) };
    arguments.filter.as_ref().is_none_or(is_named) && !arguments.skip.iter().any(is_named)
}
