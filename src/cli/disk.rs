//! The disk: reading report files, and writing outputs whole or not at all.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use report_gen::bundle::Shelf;
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::number::Moment;
use report_gen::text;
use report_gen::world::{Overlay, World};

use super::paths::{folder, name};
use super::replace::NotWritten;
use super::{seen, show, temporary};

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

/// Reads a file that the user named, of at most 256 MiB.
///
/// # Errors
/// `FileTooLarge`, or what the machine says.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_up_to(path, LARGEST)
}

/// The largest file that is read whole, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Looks at a file that is no input of the run: an earlier output, of at most 256 MiB.
///
/// # Errors
/// `InvalidInput` for what is no file, `FileTooLarge`, or what the machine says.
pub(super) fn look(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe would be waited for without an end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    bounded(path, LARGEST)
}

/// The contents of a file, or so much of it that it is seen to have more than `limit` bytes.
///
/// # Errors
/// Whatever the file system says.
pub(super) fn read_within(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    seen::note(path);
    taken(path, limit)
}

/// Gives the program itself to `take`, piece by piece: it is large, since the faces are linked into it.
///
/// # Errors
/// Where the system does not say which file it is, or refuses it.
#[expect(clippy::disallowed_methods, reason = "this is where the disk is")]
pub(super) fn program(mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = std::fs::File::open(std::env::current_exe()?)?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(()),
            read => take(&piece[..read]),
        }
    }
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
        read(Path::new(path))
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
        read_up_to(&path, limit)
    }

    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>> {
        seen::note(Path::new(path));
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
            files.push(name(&path));
        }
    }
    Ok(())
}

/// The bytes of a file that has at most `limit`.
///
/// # Errors
/// `FileTooLarge`, or what the machine says.
pub(super) fn read_up_to(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    seen::note(path);
    bounded(path, limit)
}

#[expect(clippy::disallowed_methods, reason = "this is where the disk is")]
fn taken(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let bytes = taken(path, limit)?;
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

/// Makes the folder `dir` of outputs, and those that it stands in, where it is not there.
///
/// # Errors
/// [`NotWritten`]: a file has the name, or the machine refuses.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say themselves what they are")]
pub(super) fn make_folder(dir: &Path) -> Result<(), NotWritten> {
    std::fs::create_dir_all(dir).map_err(|error| {
        let name = dir.display();
        let message = match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                text!("{name} 不是文件夹", "{name} is no folder")
            }
            _ => text!("建不了文件夹 {name}：{error}", "cannot make the folder {name}: {error}"),
        };
        NotWritten::of(
            dir,
            Diagnostic::new(Code::Io, message).help(text!("用 -o 换一个文件夹", "name another folder with -o")),
        )
    })
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// `AlreadyExists`, or what the machine refuses.
pub(super) fn create(target: &Path, bytes: &[u8]) -> io::Result<()> {
    temporary::file(folder(target), bytes)?.persist_noclobber(target).map(|_| ()).map_err(|refused| refused.error)
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
    temporary::sweep(parent);
    let made = temporary::Folder::new(parent)?;
    for (name, bytes) in files {
        let target = made.path().join(name);
        std::fs::create_dir_all(folder(&target))?;
        std::fs::write(&target, bytes)?;
    }
    std::fs::rename(made.path(), dir)
}
