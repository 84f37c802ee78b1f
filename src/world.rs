//! The world outside a report: files, and the date of the build.

use std::collections::BTreeMap;
use std::io;

/// Where files and the date come from, so that nothing below the command line is ambient.
pub trait World {
    /// The bytes of the file `path`, which uses `/`.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Seconds since 1970 that metadata dates take, from `SOURCE_DATE_EPOCH`; `None` where it is not set.
    fn epoch(&self) -> Option<i64>;
}

/// Files in memory, for tests and fuzzing.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Contents by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// See [`World::epoch`].
    pub epoch: Option<i64>,
}

impl World for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn epoch(&self) -> Option<i64> {
        self.epoch
    }
}
