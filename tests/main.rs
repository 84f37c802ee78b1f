//! The tests of the library and of the program, each file a module: `cargo test --test all NAME::` runs those of one.
//!
//! They are one program, since each program has all faces linked in. Tests that hand files to other programs are in
//! `tests/tools`.

mod example;
mod program;
#[path = "bench/report.rs"]
mod report;

mod agreement;
mod architecture;
mod archive;
mod batch;
mod ci_files;
mod cli;
mod closing;
mod contents;
mod determinism;
mod examples;
mod faces;
mod fill;
mod formats;
mod forms;
mod fuzz;
mod hostile;
mod import;
mod issued;
mod last;
mod layout_properties;
mod links;
mod lint;
mod names;
mod notes;
mod pages;
mod pictures;
mod rings;
mod rollup;
mod rules_properties;
mod schema;
mod sheets;
mod suggest;
mod suite;
mod tables;
mod towns;
mod widths;
