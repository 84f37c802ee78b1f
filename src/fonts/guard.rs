//! A watch on the libraries that read font files: what they choke on is a fault of the file.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The result of `work`, or the fact that a library broke off.
///
/// # Errors
/// A message where it panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| "its outlines are damaged".to_string())
}
