//! The disk: reading report files, and writing outputs whole or not at all.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::bundle::Shelf;
use report_gen::diag::Lang;
use report_gen::number::Moment;
use report_gen::world::{Overlay, World};
use tempfile::NamedTempFile;

use super::show;

/// The real world, its bundles open.
#[derive(Debug)]
pub(super) struct Disk(Shelf<Files>);

/// The files as they are.
#[derive(Debug)]
struct Files {
    epoch: Option<i64>,
}

impl Disk {
    /// Reads the environment once.
    pub(super) fn new() -> Self {
        Disk(Shelf::new(Files { epoch: epoch().ok().flatten() }))
    }

    /// The date of the build as it goes into the hash of a report.
    pub(super) fn epoch_text(&self) -> Option<String> {
        self.0.epoch().map(|seconds| seconds.to_string())
    }
}

impl Overlay for Disk {
    fn below(&self) -> &dyn World {
        &self.0
    }
}

/// `SOURCE_DATE_EPOCH`, in seconds since 1970; none where it is not set.
///
/// # Errors
/// What it is instead.
fn epoch() -> Result<Option<i64>, String> {
    let Some(written) = show::variable("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = written.trim().parse().ok().filter(|&seconds| Moment::from_epoch(seconds).is_some());
    seconds.map(Some).ok_or(written)
}

/// Refuses an environment that asks for what can't be: a date that is none would silently leave the date out.
///
/// # Errors
/// What is wrong with which variable.
pub(super) fn check_environment(lang: Lang) -> Result<()> {
    epoch().map(|_| ()).map_err(|written| {
        anyhow!(match lang {
            Lang::Zh => format!("SOURCE_DATE_EPOCH 要写从 1970 年起的秒数，写的是“{written}”"),
            Lang::En => format!("SOURCE_DATE_EPOCH takes seconds since 1970, not `{written}`"),
        })
    })
}

/// Reads a file that the user named.
///
/// # Errors
/// Whatever the file system says.
#[expect(clippy::disallowed_methods, reason = "this is where the disk is")]
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// The program itself.
///
/// # Errors
/// Where the system does not say which file it is, or refuses it.
pub(super) fn program() -> io::Result<Vec<u8>> {
    read(&std::env::current_exe()?)
}

/// The files in a folder, by name; none of the folders in it.
///
/// # Errors
/// Whatever the file system says.
pub(super) fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "this is where the disk is")]
impl World for Files {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let folder = std::fs::canonicalize(if folder.is_empty() { "." } else { folder })?;
        let path = std::fs::canonicalize(path)?;
        if !path.starts_with(&folder) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        // A pipe would be waited for without an end.
        if !std::fs::metadata(&path)?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        std::fs::File::open(&path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>> {
        let mut file = std::fs::File::open(path)?;
        file.seek(io::SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(len).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let mut files = Vec::new();
        below(Path::new(path), DEEPEST, &mut files)?;
        files.sort();
        Ok(files)
    }

    fn epoch(&self) -> Option<i64> {
        self.epoch
    }
}

/// How many folders deep files are looked for.
const DEEPEST: usize = 4;
/// Most files of a folder and those below it.
const MOST_FILES: usize = 50_000;

/// Adds the files in `folder` and at most `deeper` folders below it.
fn below(folder: &Path, deeper: usize, files: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // A folder below that can't be read has nothing to offer.
        if path.is_dir() {
            if deeper > 0 {
                let _ = below(&path, deeper - 1, files);
            }
        } else if path.is_file() && files.len() < MOST_FILES {
            files.push(super::check::name(&path));
        }
    }
    Ok(())
}

/// The bytes of a file that has at most `limit`.
///
/// # Errors
/// `FileTooLarge`, or what the machine says.
#[expect(clippy::disallowed_methods, reason = "a file named on the command line")]
pub(super) fn read_up_to(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A file that lines are added to.
#[derive(Debug)]
pub(super) struct Appended(std::fs::File);

impl Appended {
    /// Opens it, and makes it where it is not there.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        std::fs::OpenOptions::new().append(true).create(true).open(path).map(Appended)
    }

    /// Adds `text`, in one piece. What can't be written is lost, as it is when the program is stopped.
    pub(super) fn add(&mut self, text: &str) {
        let _ = self.0.write_all(text.as_bytes());
    }
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
}

/// Removes the temporary files that a stopped run of [`write_as`] with the same `label` left in `folder`.
pub(super) fn sweep(folder: &Path, label: &str) {
    let prefix = prefix(label);
    for file in files_of(folder).unwrap_or_default() {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix)) {
            remove(&file);
        }
    }
}

/// How the temporary files of a run begin.
fn prefix(label: &str) -> String {
    format!(".report-gen-{label}")
}

/// Why outputs were not written. What was there before is there still.
#[derive(Debug)]
pub(super) enum NotWritten {
    /// The target can't be replaced: another program has it open, most likely.
    Busy(PathBuf, io::Error),
    /// The machine refused, for a full disk perhaps.
    Io(PathBuf, io::Error),
}

/// Writes every file or none: all are complete in temporary files beside their targets before the first is renamed.
///
/// # Errors
/// [`NotWritten`]; the targets are then as they were.
pub(super) fn write(files: &[(PathBuf, &[u8])]) -> Result<(), NotWritten> {
    write_as("", files)
}

/// As [`write`]; the names of the temporary files have a `label`, by which [`sweep`] finds those of a run that was stopped.
///
/// # Errors
/// As [`write`].
pub(super) fn write_as(label: &str, files: &[(PathBuf, &[u8])]) -> Result<(), NotWritten> {
    let mut ready = Vec::new();
    for (target, bytes) in files {
        replaceable(target).map_err(|error| NotWritten::Busy(target.clone(), error))?;
        let refused = |error| NotWritten::Io(target.clone(), error);
        let file = complete(label, target, bytes).map_err(refused)?;
        ready.push((target, file, previous(label, target).map_err(refused)?));
    }
    let mut replaced: Vec<(&PathBuf, Option<NamedTempFile>)> = Vec::new();
    for (target, file, previous) in ready {
        if let Err(refused) = file.persist(target) {
            restore(replaced);
            return Err(NotWritten::Busy(target.clone(), refused.error));
        }
        replaced.push((target, previous));
    }
    Ok(())
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// `AlreadyExists`, or what the machine refuses.
pub(super) fn create(target: &Path, bytes: &[u8]) -> io::Result<()> {
    complete("", target, bytes)?.persist_noclobber(target).map(|_| ()).map_err(|refused| refused.error)
}

/// Makes the folder `dir`, which must not be there yet or be empty, with these files: all of them, or nothing.
///
/// # Errors
/// `AlreadyExists`, or what the machine refuses.
#[expect(clippy::disallowed_methods, reason = "this is where the disk is")]
pub(super) fn create_folder(dir: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    if dir.exists() {
        if !dir.is_dir() || std::fs::read_dir(dir)?.next().is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        std::fs::remove_dir(dir)?;
    }
    let parent = folder(dir);
    std::fs::create_dir_all(parent)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".report-gen-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    let made = builder.tempdir_in(parent)?;
    for (name, bytes) in files {
        let target = made.path().join(name);
        std::fs::create_dir_all(folder(&target))?;
        std::fs::write(&target, bytes)?;
    }
    std::fs::rename(made.path(), dir)
}

/// A temporary file beside `target` with all of `bytes`, on the disk.
fn complete(label: &str, target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let prefix = prefix(label);
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: readable by whom the umask lets read, not by the owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder(target))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether `target`, if it is there, can be replaced: Word and WPS on Windows let nobody write to a file they show.
fn replaceable(target: &Path) -> io::Result<()> {
    match std::fs::OpenOptions::new().write(true).open(target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file that will be replaced, kept in case its twin can't be.
fn previous(label: &str, target: &Path) -> io::Result<Option<NamedTempFile>> {
    if !target.exists() {
        return Ok(None);
    }
    let kept = tempfile::Builder::new().prefix(&prefix(label)).tempfile_in(folder(target))?;
    std::fs::copy(target, kept.path())?;
    Ok(Some(kept))
}

/// Puts back what was replaced before a twin failed.
fn restore(replaced: Vec<(&PathBuf, Option<NamedTempFile>)>) {
    for (target, previous) in replaced {
        // The first failure is the one to tell; a second one can't be mended here.
        let _ = match previous {
            Some(previous) => previous.persist(target).map(|_| ()).map_err(|refused| refused.error),
            None => std::fs::remove_file(target),
        };
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the disk is what is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_can_t_be_replaced_leaves_its_twin() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (dir.path().join("a.docx"), dir.path().join("a.pdf"));
        let files = [(first.clone(), b"one".as_slice()), (second.clone(), b"two".as_slice())];
        write(&files).unwrap();
        std::fs::remove_file(&second).unwrap();
        std::fs::create_dir(&second).unwrap();
        assert!(matches!(write(&[(first.clone(), b"new"), (second, b"new")]), Err(NotWritten::Busy(..))));
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "one");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "no temporary file is left");
    }
}
