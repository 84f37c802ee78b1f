//! The proofreader: a megabyte of prose, of faults, and of what a careless rule would read again and again. Linear
//! means that a tenfold size takes tenfold time. `cargo bench -- lint`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use report_gen::lint::{Job, run};
use report_gen::world::Memory;
use std::time::Instant;

const KB: usize = 1024;

pub(crate) fn bench() {
    let prose = include_str!("../prose/汇报.txt");
    let kinds = [
        ("prose", prose),
        ("faults", "清理3处,效果\"好\".截止5月1号(含)完成３处、等。\n"),
        ("“", "“"),
        ("、", "、"),
        ("digits", "1"),
        ("1-", "1-"),
        ("1,111", "1,111,"),
        ("（", "（"),
        ("” on one line", "甲”"),
        ("《", "《甲》、"),
        ("a@", "a@"),
        ("](", "]("),
        ("X", "X、"),
        (".", "."),
        ("年", "二零二零年"),
        ("blank", " "),
        ("附件", "附件1"),
        ("%", "由1%到2%提高1%"),
    ];
    println!("{:>16}  {:>12}  {:>12}  {:>8}", "text", "100 kB, ms", "1 MB, ms", "faults");
    for (name, piece) in kinds {
        let time = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let world = Memory { files: [("a.md".to_owned(), text.into_bytes())].into(), epoch: None };
            let started = Instant::now();
            let outcome = run(&Job { path: "a.md".into(), ..Job::default() }, &world).expect("the file is in memory");
            (started.elapsed().as_secs_f64() * 1000.0, outcome.diagnostics.len())
        };
        let ((small, _), (large, faults)) = (time(100 * KB), time(1024 * KB));
        println!("{name:>16}  {small:>12.1}  {large:>12.1}  {faults:>8}");
    }
}
