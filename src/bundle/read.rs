//! From a file that came by mail to a bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Bundle, BundleFault, CONTENTS, MOST_BYTES, MOST_FILES, check_name, contents, folded, sha256};

/// The record at the end of a zip archive, without a comment.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// The bits of a Unix mode that tell what a file is, and those of a plain file.
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;

impl Bundle {
    /// Reads a bundle and holds it to its own list.
    ///
    /// # Errors
    /// [`BundleFault`] for the first thing that is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, BundleFault> {
        let entries = entries(bytes)?;
        if entries > MOST_FILES + 1 {
            return Err(BundleFault::TooMany);
        }
        let failed = |error: zip::result::ZipError| BundleFault::Damaged(error.to_string());
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
        let mut seen = BTreeSet::new();
        let mut files = BTreeMap::new();
        let mut left = MOST_BYTES;
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(failed)?;
            let name = std::str::from_utf8(file.name_raw()).unwrap_or(file.name()).to_owned();
            let mode = file.unix_mode().unwrap_or(PLAIN) & KIND;
            let special = file.encrypted() || file.is_symlink() || (mode != 0 && mode != PLAIN && !file.is_dir());
            let folder = file.is_dir();
            drop(file);
            if special {
                return Err(BundleFault::Special(name));
            }
            // Other programs pack folders as entries of their own; they hold nothing.
            check_name(if folder { name.trim_end_matches('/') } else { &name })?;
            if !seen.insert(folded(&name)) {
                return Err(BundleFault::Twice(name));
            }
            if folder {
                continue;
            }
            let mut unpacked = Vec::new();
            zip.by_index(index)
                .map_err(failed)?
                .take(left + 1)
                .read_to_end(&mut unpacked)
                .map_err(|error| BundleFault::Damaged(error.to_string()))?;
            left = left.checked_sub(unpacked.len() as u64).ok_or(BundleFault::TooLarge)?;
            files.insert(name, unpacked);
        }
        // The reader keeps the last of two entries with one name.
        if zip.len() != entries {
            return Err(BundleFault::Damaged(format!("{entries} entries, {} names", zip.len())));
        }
        listed(files)
    }
}

/// The number of entries that the end of the archive tells.
fn entries(bytes: &[u8]) -> Result<usize, BundleFault> {
    let end = bytes.len().checked_sub(END_LENGTH).map(|start| &bytes[start..]);
    match end {
        Some(end) if end.starts_with(END) => Ok(usize::from(u16::from_le_bytes([end[10], end[11]]))),
        Some(_) | None => Err(BundleFault::Damaged("no end of a zip archive".into())),
    }
}

/// The bundle of `files`, if they are those of their list.
fn listed(mut files: BTreeMap<String, Vec<u8>>) -> Result<Bundle, BundleFault> {
    let contents = contents::read(&files.remove(CONTENTS).ok_or(BundleFault::Contents)?)?;
    if let Some(name) = contents.files.keys().find(|name| !files.contains_key(*name)) {
        return Err(BundleFault::Missing(name.clone()));
    }
    for (name, bytes) in &files {
        match contents.files.get(name) {
            None => return Err(BundleFault::Unlisted(name.clone())),
            Some(digest) if *digest != sha256(bytes) => return Err(BundleFault::Changed(name.clone())),
            Some(_) => {}
        }
    }
    if !files.contains_key(&contents.template) {
        return Err(BundleFault::NoTemplate);
    }
    let bundle = Bundle { about: contents.about, template: contents.template, files };
    if bundle.digest() == contents.digest { Ok(bundle) } else { Err(BundleFault::ChangedWhole) }
}
