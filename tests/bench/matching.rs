//! Finding, matching and filling: time by the number of holes and keys. Linear means that a tenfold number takes
//! tenfold time. `cargo bench -- matching`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use report_gen::batch::{Job, run};
use report_gen::fonts::Fonts;
use report_gen::world::Memory;
use std::time::Instant;

fn report(holes: usize, keys: bool) -> Vec<u8> {
    let phrase = |n: usize| format!("第{n}项工作开展X次");
    let mut file = String::from("[report]\ntitle = \"汇报\"\n[[section]]\ntext = \"\"\"\n");
    for n in 0..holes {
        file += &phrase(n);
        file += if n % 20 == 19 { "。\n" } else { "，" };
    }
    file += "\"\"\"\n";
    if keys {
        file += "[figures]\n";
        file.extend((0..holes).map(|n| format!("\"{}\" = {n}\n", phrase(n))));
    }
    file.into_bytes()
}

pub(crate) fn bench() {
    let fonts = Fonts::bundled();
    println!("{:>8}  {:>12}  {:>12}", "holes", "filled, ms", "open, ms");
    for holes in [1_000, 10_000, 100_000] {
        let time = |keys: bool| {
            let world = Memory { files: [("r.toml".to_owned(), report(holes, keys))].into(), epoch: None };
            let job = Job { path: "r.toml".into(), ..Job::default() };
            let started = Instant::now();
            let outcome = run(&job, &world, &fonts).expect("the file is in memory");
            assert_eq!(outcome.filled, if keys { holes } else { 0 });
            started.elapsed().as_secs_f64() * 1000.0
        };
        println!("{holes:>8}  {:>12.1}  {:>12.1}", time(true), time(false));
    }
}
