//! Other programs that judge our files. Where one is missing the test says so and passes; with
//! `REPORT_GEN_REQUIRE_TOOLS=1` it fails.
#![allow(dead_code, reason = "each of those that share this file uses what it needs")]

use std::io::ErrorKind;
use std::process::Command;

/// What a program printed, and whether it was content.
pub(crate) struct Said {
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
    /// Whether it ended with 0.
    pub(crate) good: bool,
}

impl Said {
    /// All that it printed.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Runs a program; `None` where there is none of that name.
pub(crate) fn run(command: &mut Command) -> Option<Said> {
    match command.output() {
        Ok(output) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            Some(Said { out: text(&output.stdout), err: text(&output.stderr), good: output.status.success() })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            is_here(&command.get_program().to_string_lossy(), false);
            None
        }
        Err(error) => panic!("{command:?}: {error}"),
    }
}

/// Says that `tool` is missing, unless it is `here`; returns whether it is.
pub(crate) fn is_here(tool: &str, here: bool) -> bool {
    if !here {
        let required = std::env::var("REPORT_GEN_REQUIRE_TOOLS").is_ok_and(|value| value == "1");
        assert!(!required, "{tool} is required, and is not here");
        eprintln!("skipped: {tool} is not here");
    }
    here
}
