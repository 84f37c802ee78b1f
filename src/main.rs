//! The `report-gen` command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect()) {
        Ok(status) => status.into(),
        Err(error) => cli::fatal(&error),
    }
}
