//! The `report-gen` command.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Gives back what a batch has done with, which glibc's own keeps.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect()) {
        Ok(status) => status.into(),
        Err(error) => cli::fatal(&error),
    }
}
