//! The three exit statuses.

use std::process::ExitCode;

/// How a run ended; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ExitStatus {
    /// Nothing is wrong.
    Clean = 0,
    /// Faults in the author's files.
    Findings = 1,
    /// The program could not do its work.
    Failed = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> ExitCode {
        ExitCode::from(status as u8)
    }
}
