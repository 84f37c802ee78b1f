//! Reports a second: the report of this repository, both files, in one process on one and on two threads.
//! `cargo bench -- build`; `tests/bench/compare.sh` times whole processes.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use report_gen::write::Format;
use std::thread;
use std::time::Instant;

const REPORTS: usize = 100;

pub(crate) fn bench() {
    let file = include_bytes!("../../report.toml").to_vec();
    let world = Memory { files: [("r.toml".to_owned(), file)].into(), epoch: None };
    let fonts = Fonts::bundled();
    let build = |format: Format| {
        let job = Job { path: "r.toml".into(), formats: vec![format], ..Job::default() };
        run(&job, &world, &fonts).expect("the report builds").files
    };
    for format in Format::ALL {
        let started = Instant::now();
        let bytes = build(format)[0].1.len();
        let first = started.elapsed().as_secs_f64() * 1000.0;
        let started = Instant::now();
        (0..20).for_each(|_| drop(build(format)));
        let warm = started.elapsed().as_secs_f64() * 1000.0 / 20.0;
        println!("{:<5} {bytes:>7} bytes  first {first:>6.1} ms  then {warm:>6.1} ms", format.extension());
    }
    for threads in [1, 2] {
        let started = Instant::now();
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for _ in 0..REPORTS / threads {
                        Format::ALL.into_iter().for_each(|format| drop(build(format)));
                    }
                });
            }
        });
        let rate = REPORTS as f64 / started.elapsed().as_secs_f64();
        println!("{threads} threads: {rate:.0} reports a second, both files");
    }
}
