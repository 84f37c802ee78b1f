//! Writing files whole or not at all, through the path that the user named: a link leads to its target, and a file that
//! was there keeps its mode and its owner.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use report_gen::diag::{Code, Diagnostic};
use report_gen::text;
use tempfile::NamedTempFile;

use super::paths::folder;
use super::temporary;

/// Which files were not written, and why. What was there before is there still.
#[derive(Debug)]
pub(super) struct NotWritten(pub(super) Vec<(PathBuf, Diagnostic)>);

impl NotWritten {
    /// For one reason.
    pub(super) fn of(target: &Path, fault: Diagnostic) -> Self {
        NotWritten(vec![(target.to_owned(), fault)])
    }
}

/// A file to write.
#[derive(Debug)]
pub(super) struct File<'b> {
    /// The path, as the user knows it.
    pub(super) target: PathBuf,
    /// Where it leads.
    pub(super) place: Place,
    pub(super) bytes: &'b [u8],
}

/// Where a path leads when links are followed.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// What the file system knows of the file; none where it is not there yet.
    known: Option<Metadata>,
}

impl Place {
    /// Follows `target`.
    ///
    /// # Errors
    /// What stands there is no file, can't be replaced, or may not be.
    pub(super) fn of(target: &Path) -> Result<Place, NotWritten> {
        let path = match std::fs::symlink_metadata(target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Place { path: target.to_owned(), known: None });
            }
            Ok(known) if known.is_symlink() => target.canonicalize().map_err(|error| {
                let is_lost = error.kind() == io::ErrorKind::NotFound;
                if is_lost { leads_nowhere(target) } else { refused(target, &error) }
            })?,
            Ok(_) => target.to_owned(),
            Err(error) => return Err(refused(target, &error)),
        };
        let known = std::fs::metadata(&path).map_err(|error| refused(target, &error))?;
        if !known.is_file() {
            return Err(no_file(target, known.is_dir()));
        }
        if known.permissions().readonly() {
            return Err(read_only(target));
        }
        // Word and WPS on Windows let nobody write to a file that they show.
        std::fs::OpenOptions::new().write(true).open(&path).map_err(|error| busy(target, &error))?;
        Ok(Place { path, known: Some(known) })
    }

    /// Whether there is a file.
    pub(super) fn is_taken(&self) -> bool {
        self.known.is_some()
    }

    /// Whether the file has other names: hard links, which keep the old file when this one is replaced.
    #[cfg(unix)]
    pub(super) fn has_other_names(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        self.known.as_ref().is_some_and(|known| known.nlink() > 1)
    }

    #[cfg(not(unix))]
    pub(super) fn has_other_names(&self) -> bool {
        false
    }
}

fn no_file(target: &Path, is_folder: bool) -> NotWritten {
    let path = target.display();
    let message = match is_folder {
        true => text!("写不了 {path}：这是一个文件夹", "cannot write {path}: it is a folder"),
        false => text!(
            "写不了 {path}：这不是普通文件，是管道或设备",
            "cannot write {path}: it is a pipe or a device, and no file"
        ),
    };
    NotWritten::of(
        target,
        Diagnostic::new(Code::Io, message).help(text!("用 -o 换一个文件名", "name another file with -o")),
    )
}

fn leads_nowhere(target: &Path) -> NotWritten {
    let path = target.display();
    let message =
        text!("写不了 {path}：这是一个链接，它指的文件不在了", "cannot write {path}: it is a link to no file");
    NotWritten::of(
        target,
        Diagnostic::new(Code::Io, message)
            .help(text!("删去这个链接，或者用 -o 换一个文件名", "remove the link, or name another file with -o")),
    )
}

fn read_only(target: &Path) -> NotWritten {
    let path = target.display();
    NotWritten::of(
        target,
        Diagnostic::new(Code::Io, text!("写不了 {path}：文件是只读的", "cannot write {path}: the file is read-only"))
            .help(text!(
                "先去掉文件的“只读”属性；原来的文件没有动",
                "make it writable first; the old file is untouched"
            )),
    )
}

fn busy(target: &Path, error: &io::Error) -> NotWritten {
    let path = target.display();
    NotWritten::of(
        target,
        Diagnostic::new(Code::OutputBusy, text!("换不了 {path}：{error}", "cannot replace {path}: {error}")).help(
            text!(
                "在 Word 或 WPS 里关掉这个文件再试；原来的文件没有动",
                "close the file in Word or WPS and try again; the old files are untouched"
            ),
        ),
    )
}

fn refused(target: &Path, error: &io::Error) -> NotWritten {
    let path = target.display();
    // The note beside an output is called as it is, with a dot before it: what is missing is the folder of both.
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        let folder = folder.display();
        let message = text!("没有“{folder}”这个文件夹", "there is no folder `{folder}`");
        let fault = Diagnostic::new(Code::Io, message);
        return NotWritten::of(target, fault.help(text!("先建好这个文件夹，或改 -o", "make it first, or change -o")));
    }
    NotWritten::of(
        target,
        Diagnostic::new(Code::Io, text!("写不了 {path}：{error}", "cannot write {path}: {error}")).help(text!(
            "看看磁盘是否已满、文件夹能不能写；原来的文件没有动",
            "see whether the disk is full or the folder is read-only; the old files are untouched"
        )),
    )
}

/// Refuses two of `targets` that are one file: by their folder, however it is written, and their name, in which Windows
/// and macOS tell no capitals.
///
/// # Errors
/// [`NotWritten`], with the second of each two.
pub(super) fn all_differ<'t>(targets: impl Iterator<Item = &'t Path>) -> Result<(), NotWritten> {
    let mut seen: BTreeMap<(PathBuf, String), &Path> = BTreeMap::new();
    let mut faults = Vec::new();
    for target in targets {
        let first = *seen.entry(identity(target)).or_insert(target);
        if !std::ptr::eq(first, target) {
            let (first, second) = (first.display(), target.display());
            let message = text!("{second} 和 {first} 是同一个文件", "{second} and {first} are one file");
            faults.push((target.to_owned(), Diagnostic::new(Code::OutputCollision, message)));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(NotWritten(faults)) }
}

/// What makes two targets one file.
pub(super) fn identity(target: &Path) -> (PathBuf, String) {
    // A folder that is not there yet is the one of `-o`, which all share.
    let folder = folder(target);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    (folder, target.file_name().unwrap_or_default().to_string_lossy().to_lowercase())
}

/// A file whose bytes are on the disk, under a temporary name.
struct Ready<'f> {
    file: &'f File<'f>,
    new: NamedTempFile,
    /// The file that it replaces, kept in case its twin can't be replaced.
    old: Option<NamedTempFile>,
    /// The new file can't be given to the owner of the old one, so that the old one gets the new bytes instead.
    in_place: bool,
}

/// Writes every file or none: all are complete in temporary files beside their targets before the first is renamed.
///
/// # Errors
/// [`NotWritten`]; the targets are then as they were.
pub(super) fn write(files: &[File<'_>]) -> Result<(), NotWritten> {
    let mut ready = Vec::new();
    for file in files {
        let made = prepare(file, files.len() > 1);
        ready.push(made.map_err(|error| refused(&file.target, &error))?);
    }
    let mut replaced: Vec<(&Path, Option<NamedTempFile>)> = Vec::new();
    for Ready { file, new, old, in_place } in ready {
        let place = &file.place;
        let done = match () {
            () if in_place => overwrite(&place.path, file.bytes),
            () if place.is_taken() => new.persist(&place.path).map(drop).map_err(|refused| refused.error),
            // What has come there since is not ours to replace.
            () => new.persist_noclobber(&place.path).map(drop).map_err(|refused| refused.error),
        };
        if let Err(error) = done {
            restore(replaced);
            return Err(busy(&file.target, &error));
        }
        replaced.push((&place.path, old));
    }
    Ok(())
}

fn prepare<'f>(file: &'f File<'f>, has_twin: bool) -> io::Result<Ready<'f>> {
    let Place { path, known } = &file.place;
    let new = temporary::file(folder(path), file.bytes)?;
    let Some(known) = known else { return Ok(Ready { file, new, old: None, in_place: false }) };
    let in_place = !inherit(&new, known);
    let old = match has_twin {
        true => {
            let mut old = temporary::file(folder(path), &[])?;
            io::copy(&mut std::fs::OpenOptions::new().read(true).open(path)?, &mut old)?;
            inherit(&old, known);
            Some(old)
        }
        false => None,
    };
    Ok(Ready { file, new, old, in_place })
}

/// Gives `file` the mode and the owner of the file that is `known`. False where the owner can't be given.
#[cfg(unix)]
fn inherit(file: &NamedTempFile, known: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.as_file().metadata();
    let is_same = own.is_ok_and(|own| (own.uid(), own.gid()) == (known.uid(), known.gid()));
    let is_given = is_same || fchown(file.as_file(), Some(known.uid()), Some(known.gid())).is_ok();
    // After the owner, whose change takes bits away.
    is_given && file.as_file().set_permissions(known.permissions()).is_ok()
}

#[cfg(not(unix))]
fn inherit(_: &NamedTempFile, _: &Metadata) -> bool {
    true
}

/// Gives the file at `path` other bytes. A kill in the middle leaves it cut; so it is only done to another's file, which
/// would become one's own otherwise.
fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Puts back what was replaced before a twin failed.
fn restore(replaced: Vec<(&Path, Option<NamedTempFile>)>) {
    for (path, old) in replaced {
        // The first failure is the one to tell; a second one can't be mended here.
        let _ = match old {
            Some(old) => old.persist(path).map(drop).map_err(|refused| refused.error),
            None => std::fs::remove_file(path),
        };
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the disk is what is tested")]
mod tests {
    use super::*;

    fn all(files: &[(&Path, &[u8])]) -> Result<(), NotWritten> {
        let file = |(target, bytes): &(&Path, &'static [u8])| {
            Place::of(target).map(|place| File { target: target.to_path_buf(), place, bytes })
        };
        let files: Vec<(&Path, &'static [u8])> =
            files.iter().map(|(target, bytes)| (*target, &*bytes.to_vec().leak())).collect();
        let files: Result<Vec<File<'_>>, NotWritten> = files.iter().map(file).collect();
        write(&files?)
    }

    #[test]
    fn a_target_that_can_t_be_replaced_leaves_its_twin() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (dir.path().join("a.docx"), dir.path().join("a.pdf"));
        all(&[(&first, b"one")]).unwrap();
        let [a, b] = [&first, &second].map(|target| Place::of(target).unwrap());
        // It comes after it was looked for.
        std::fs::write(&second, "another's").unwrap();
        let files = [
            File { target: first.clone(), place: a, bytes: b"new" },
            File { target: second.clone(), place: b, bytes: b"new" },
        ];
        assert_eq!(write(&files).unwrap_err().0[0].1.code, Code::OutputBusy);
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(&second).unwrap(), "another's");
        std::fs::remove_file(&second).unwrap();
        std::fs::create_dir(&second).unwrap();
        assert!(all(&[(&first, b"new"), (&second, b"new")]).is_err());
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "one");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "no temporary file is left");
    }

    #[test]
    fn names_that_differ_in_case_alone_are_one_file() {
        let differ = |names: &[&str]| all_differ(names.iter().map(Path::new)).is_ok();
        assert!(differ(&["a.csv", "b.csv"]));
        assert!(!differ(&["a.csv", "A.csv"]));
        assert!(!differ(&["a.csv", "./a.csv"]));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_the_mode_is_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real.txt"), dir.path().join("link.txt"));
        std::fs::write(&real, "old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.txt", &link).unwrap();
        all(&[(&link, b"new")]).unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o440)).unwrap();
        assert!(all(&[(&link, b"newer")]).is_err(), "it is read-only");
        std::fs::remove_file(&real).unwrap();
        assert!(all(&[(&link, b"newer")]).is_err(), "the link leads nowhere");
    }
}
