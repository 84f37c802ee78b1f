//! What the program takes, measured: `cargo bench` runs all, `cargo bench -- NAME` those whose names have NAME in them.
//!
//! They are one program, since each program has all faces linked in.

mod batch;
mod build;
mod import;
mod layout;
mod lint;
mod matching;
mod pages;
mod report;
mod rules;

const BENCHES: [(&str, fn()); 8] = [
    ("batch", batch::bench),
    ("build", build::bench),
    ("import", import::bench),
    ("layout", layout::bench),
    ("lint", lint::bench),
    ("matching", matching::bench),
    ("pages", pages::bench),
    ("rules", rules::bench),
];

#[expect(clippy::print_stdout, reason = "a bench reports to its user")]
fn main() {
    // Cargo adds `--bench`; `long` asks the bench of the layout for more.
    let names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--") && arg != "long").collect();
    for (name, bench) in BENCHES {
        if names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str())) {
            println!("== {name}");
            bench();
        }
    }
}
