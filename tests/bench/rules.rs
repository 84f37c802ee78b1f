//! How long a check takes of a report with ten thousand figures and two thousand rules; the target is 200 ms.
//!
//! `cargo bench -- rules`. With half and twice as much of both it also shows how the time grows.
#![expect(clippy::print_stdout, reason = "a bench reports to its user")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;

const ROUNDS: u32 = 10;
/// Figures of a section.
const OF_A_SECTION: usize = 100;

/// A report of `figures` figures, a fifth of them in tables of their own and a tenth computed, and `rules` rules, of
/// which one in a hundred is broken.
fn report(figures: usize, rules: usize) -> String {
    let mut file = "[report]\ntitle = \"青石镇工作汇报\"\n".to_owned();
    for section in 0..figures / OF_A_SECTION {
        let _ = write!(file, "\n[[section]]\nheading = \"第{section}项工作\"\ntext = \"\"\"\n");
        for n in (section * OF_A_SECTION..).take(OF_A_SECTION) {
            let _ = writeln!(file, "第{n}号台账登记隐患X处。");
        }
        file += "\"\"\"\n";
    }
    file += "\n[figures]\n";
    for n in 0..figures {
        let value = match n % 10 {
            3 => format!("{{ value = {n}, kind = \"integer\", min = 0, max = 1000000 }}"),
            7 => format!("{{ compute = '\"第{}号台账登记隐患X处\" + 1' }}", n - 1),
            _ => n.to_string(),
        };
        let _ = writeln!(file, "\"第{n}号台账登记隐患X处\" = {value}");
    }
    for n in 0..rules {
        let (a, b) = (n % figures, (n * 7 + 1) % figures);
        let right = if n % 100 == 0 { "+ 1" } else { "+ 0" };
        let key = |n: usize| format!("\"第{n}号台账登记隐患X处\"");
        let (a, b) = (key(a), key(b));
        let _ = writeln!(file, "\n[[rule]]\nid = \"r{n}\"\ncheck = '{a} + {b} == {b} + {a} {right}'");
    }
    file
}

fn mean(mut job: impl FnMut()) -> Duration {
    job();
    let start = Instant::now();
    for _ in 0..ROUNDS {
        job();
    }
    start.elapsed() / ROUNDS
}

pub(crate) fn bench() {
    let fonts = Fonts::bundled();
    for (figures, rules) in [(5_000, 1_000), (10_000, 2_000), (20_000, 4_000)] {
        let file = report(figures, rules);
        let bytes = file.len();
        let world = Memory { files: [("report.toml".into(), file.into())].into(), epoch: None };
        let job = Job { path: "report.toml".into(), ..Job::default() };
        let outcome = run(&job, &world, &fonts).expect("memory can be read");
        let faults = outcome.diagnostics.len();
        assert_eq!((faults, outcome.filled), (rules / 100, figures), "the report is as it was meant");
        let took = mean(|| {
            black_box(run(black_box(&job), &world, &fonts).ok());
        });
        println!("{figures} figures, {rules} rules, {} kB, {faults} faults: {took:?}", bytes / 1000);
    }
}
