//! Temporary files beside their targets. A run locks its own, so that another run in the same folder sweeps away only
//! those of a run that was killed: its locks are gone with it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// How the name of a temporary file begins.
const PREFIX: &str = ".report-gen-";
/// How many characters follow that no other file has there.
const RANDOM: usize = 6;
/// How the name of a temporary file ends.
const FILE: &str = "tmp";
/// How the name of a temporary folder ends; the file of the same name holds its lock.
const FOLDER: &str = "dir";
/// How often a file is made again that was swept away before it was locked.
const TRIES: usize = 8;

/// A temporary file in `folder` with all of `bytes`, on the disk.
///
/// # Errors
/// Whatever the file system says.
pub(super) fn file(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let suffix = format!(".{FILE}");
    builder.prefix(PREFIX).rand_bytes(RANDOM).suffix(&suffix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: readable by whom the umask lets read, not by the owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut tries = 0;
    let mut file = loop {
        let file = builder.tempfile_in(folder)?;
        // Where a system has no locks nothing is swept either.
        let _ = file.as_file().lock();
        tries += 1;
        if file.path().exists() || tries == TRIES {
            break file;
        }
    };
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A new folder beside others, gone with its lock unless it has got another name.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: NamedTempFile,
}

impl Folder {
    /// An empty one in `parent`.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        let lock = file(parent, &[])?;
        let path = lock.path().with_extension(FOLDER);
        std::fs::create_dir(&path)?;
        Ok(Folder { path, _lock: lock })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It is not there where it has got its name.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Removes what runs that were killed left in `folder`.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut folders = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        match kind(&path) {
            Some(FILE) if is_free(&path) => drop(std::fs::remove_file(&path)),
            Some(FOLDER) => folders.push(path),
            Some(_) | None => {}
        }
    }
    for path in folders.iter().filter(|path| !path.with_extension(FILE).exists()) {
        let _ = std::fs::remove_dir_all(path);
    }
}

/// The ending of a temporary name; none where the name is another.
fn kind(path: &Path) -> Option<&str> {
    let (random, kind) = path.file_name()?.to_str()?.strip_prefix(PREFIX)?.split_once('.')?;
    (random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(kind)
}

/// Whether no run holds a file.
#[expect(clippy::disallowed_methods, reason = "a temporary file of this program")]
fn is_free(path: &Path) -> bool {
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|known| known.is_file());
    is_file && std::fs::File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the disk is what is tested")]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_holds_stays_and_what_a_killed_one_left_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let held = file(folder.path(), b"held").unwrap();
        let unpacked = Folder::new(folder.path()).unwrap();
        for name in [".report-gen-abc123.tmp", ".report-gen-notes.tmp", ".report-gen-abc123"] {
            std::fs::write(path(name), "left").unwrap();
        }
        std::fs::create_dir(path(".report-gen-dead00.dir")).unwrap();
        std::fs::write(path(".report-gen-dead00.dir/a"), "left").unwrap();
        sweep(folder.path());
        assert!(held.path().exists() && unpacked.path().exists());
        assert!(!path(".report-gen-abc123.tmp").exists() && !path(".report-gen-dead00.dir").exists());
        assert!(path(".report-gen-notes.tmp").exists() && path(".report-gen-abc123").exists(), "no names of ours");
    }
}
