//! The files that this run has read: its template, values, pictures, the last report, whatever it was. None of them is
//! an output of the same run.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What tells a file from others, by whatever name it is called.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = std::path::PathBuf;

/// One list for the run, since files are read in many places and by several threads.
static SEEN: Mutex<BTreeSet<Identity>> = Mutex::new(BTreeSet::new());

/// Notes that the file at `path` is read.
pub(super) fn note(path: &Path) {
    if let Some(identity) = identity(path) {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(identity);
    }
}

/// Whether the file at `path` was read, by this name or another: through a link, or spelt otherwise.
pub(super) fn was_read(path: &Path) -> bool {
    identity(path).is_some_and(|identity| SEEN.lock().unwrap_or_else(PoisonError::into_inner).contains(&identity))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|known| (known.dev(), known.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.canonicalize().ok()
}
