//! From a template's files to a bundle.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{Bundle, BundleFault, CONTENTS, MOST_BYTES, MOST_FILES, check_name, contents, folded};

impl Bundle {
    /// The bundle as a file; the same bundle gives the same bytes.
    ///
    /// # Errors
    /// [`BundleFault`] for what [`Bundle::read`] would refuse.
    pub fn pack(&self) -> Result<Vec<u8>, BundleFault> {
        self.check()?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .system(System::Unix);
        let failed = |error: &dyn std::fmt::Display| BundleFault::Damaged(error.to_string());
        let contents = contents::write(self);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        for (name, bytes) in std::iter::once((CONTENTS, contents.as_bytes())).chain(files) {
            zip.start_file(name, options).map_err(|error| failed(&error))?;
            zip.write_all(bytes).map_err(|error| failed(&error))?;
        }
        Ok(zip.finish().map_err(|error| failed(&error))?.into_inner())
    }

    fn check(&self) -> Result<(), BundleFault> {
        if !self.files.contains_key(&self.template) {
            return Err(BundleFault::NoTemplate);
        }
        if self.files.len() > MOST_FILES {
            return Err(BundleFault::TooMany);
        }
        if self.files.values().map(|bytes| bytes.len() as u64).sum::<u64>() > MOST_BYTES {
            return Err(BundleFault::TooLarge);
        }
        let mut seen = BTreeSet::from([folded(CONTENTS)]);
        for name in self.files.keys() {
            check_name(name)?;
            if !seen.insert(folded(name)) {
                return Err(BundleFault::Twice(name.clone()));
            }
        }
        Ok(())
    }
}
