//! The world outside a report: files, and the date of the build.
//!
//! A file that a report or a template names (a picture, a table, the template that a template builds on) stands in the
//! folder of the file that names it, or below: a shared template is untrusted, and must not print what lies elsewhere on
//! a clerk's disk. [`beside`] judges the words of a path, [`World::read_in`] where it leads. The one exception is the
//! template of a report: its author chooses it himself, so it may stand anywhere ([`template`]).

use std::collections::BTreeMap;
use std::io;

use crate::visible::is_hidden;

/// Where files and the date come from, so that nothing below the command line is ambient.
pub trait World {
    /// The bytes of the file `path`, which uses `/`.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The bytes of the file `path`, which must lie in `folder` or below it when all links are followed, and have at
    /// most `limit` bytes.
    ///
    /// # Errors
    /// `PermissionDenied` where a link leads out of the folder, `FileTooLarge` over the limit, or whatever the file
    /// system says.
    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>>;

    /// The file in which the template `path` is: itself, unless it is a bundle that opens as a folder. The bundle must
    /// lie in `folder` or below it when all links are followed.
    ///
    /// # Errors
    /// `InvalidData` around a [`BundleFault`](crate::bundle::BundleFault), or as [`World::read_in`].
    fn template(&self, _folder: &str, path: &str) -> io::Result<String> {
        Ok(path.to_owned())
    }

    /// At most `len` bytes of the file `path`, from the byte `from` on; fewer where it ends before.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>>;

    /// The files in the folder `path` and below it, by path, in order.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;

    /// Seconds since 1970 that metadata dates take, from `SOURCE_DATE_EPOCH`; `None` where it is not set.
    fn epoch(&self) -> Option<i64>;
}

/// A world laid over another: whatever it does not answer itself, the one below answers.
pub trait Overlay {
    /// The world below.
    fn below(&self) -> &dyn World;

    /// See [`World::read`].
    ///
    /// # Errors
    /// As there.
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.below().read(path)
    }

    /// See [`World::read_in`].
    ///
    /// # Errors
    /// As there.
    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        self.below().read_in(folder, path, limit)
    }

    /// See [`World::template`].
    ///
    /// # Errors
    /// As there.
    fn template(&self, folder: &str, path: &str) -> io::Result<String> {
        self.below().template(folder, path)
    }
}

impl<T: Overlay> World for T {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        Overlay::read(self, path)
    }

    fn read_in(&self, folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        Overlay::read_in(self, folder, path, limit)
    }

    fn template(&self, folder: &str, path: &str) -> io::Result<String> {
        Overlay::template(self, folder, path)
    }

    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>> {
        self.below().read_part(path, from, len)
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        self.below().list(path)
    }

    fn epoch(&self) -> Option<i64> {
        self.below().epoch()
    }
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

    fn read_in(&self, _folder: &str, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn read_part(&self, path: &str, from: u64, len: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let start = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(usize::try_from(len).unwrap_or(usize::MAX)).min(bytes.len());
        Ok(bytes[start..end].to_vec())
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let folder = format!("{path}/");
        let files: Vec<String> = self.files.keys().filter(|file| file.starts_with(&folder)).cloned().collect();
        if files.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(files) }
    }

    fn epoch(&self) -> Option<i64> {
        self.epoch
    }
}

/// Why a path that a file names is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// It names nothing.
    Empty,
    /// It begins at the root, at a drive (`C:`) or at another machine (`\\server`).
    Absolute,
    /// It leaves the folder by `..`.
    Outside,
    /// It has `\`, which is a separator on Windows alone; paths are written with `/`.
    Backslash,
    /// A part of it is a device of Windows (`NUL`, `COM1.txt`), has a character that Windows refuses, or ends with a
    /// dot or blank, which Windows drops: it would be another file there.
    Device,
}

/// The folder of the file `path`, `""` where it names none.
pub fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| if slash == 0 { "/" } else { &path[..slash] })
}

/// The path of the file that `file` calls `named`: relative to the folder of `file`, in it or below it.
///
/// # Errors
/// [`PathFault`], the same on every system, judged by the words alone.
pub fn beside(file: &str, named: &str) -> Result<String, PathFault> {
    if named.trim().is_empty() {
        return Err(PathFault::Empty);
    }
    if named.starts_with(['/', '\\']) || named.as_bytes().get(1) == Some(&b':') {
        return Err(PathFault::Absolute);
    }
    if named.contains('\\') {
        return Err(PathFault::Backslash);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in named.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PathFault::Outside)?;
            }
            part if is_other_on_windows(part) => return Err(PathFault::Device),
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err(PathFault::Empty);
    }
    let parts = parts.join("/");
    Ok(match folder(file) {
        "" => parts,
        "/" => format!("/{parts}"),
        folder => format!("{folder}/{parts}"),
    })
}

/// The path of the template that `file` calls `named`, which may leave the folder by `..`; the `..` of both are worked
/// out, so that one file has one path.
///
/// # Errors
/// [`PathFault`], the same on every system, judged by the words alone.
pub fn template(file: &str, named: &str) -> Result<String, PathFault> {
    let climbs = named.split('/').take_while(|part| matches!(*part, "." | "..")).collect::<Vec<_>>();
    let rest = named.split('/').skip(climbs.len()).collect::<Vec<_>>().join("/");
    let rest = beside("", &rest)?;
    let folder = folder(file);
    let root = if folder.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(climbs).chain(rest.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            // Above the root is the root.
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    Ok(format!("{root}{}", parts.join("/")))
}

/// `path` as [`template`] would write it: one file has one path, however it was typed.
pub fn normal(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    template(path, name).unwrap_or_else(|_| path.to_owned())
}

/// Whether Windows would take the name of a file or folder for something else.
fn is_other_on_windows(part: &str) -> bool {
    is_device_name(part)
        || part.ends_with(['.', ' '])
        || part.contains([':', '*', '?', '"', '<', '>', '|'])
        || part.chars().any(char::is_control)
}

/// What the name of a file has that `--force` kept when it was replaced: `报告.改动.docx`.
pub const KEPT: &str = ".改动";

/// Whether `name` is that of a file that was kept so; it is read with no folder.
pub fn is_kept(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(KEPT)
}

/// Whether every system takes `stem` for the name of a file, an extension after it, in the folder where it is written.
pub fn is_file_stem(stem: &str) -> bool {
    const MAX_BYTES: usize = 200;
    let is_clean = !stem.contains(['/', '\\']) && !is_other_on_windows(stem);
    let is_shown = !stem.contains(is_hidden);
    is_clean && is_shown && !stem.is_empty() && stem.len() <= MAX_BYTES && stem.trim() == stem && !stem.starts_with('.')
}

/// Whether Windows keeps the name for a device, whatever its extension.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let is_numbered = |port| stem.strip_prefix(port).is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || is_numbered("COM")
        || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_file_is_in_the_folder_of_its_file() {
        assert_eq!(beside("report.toml", "site.jpg"), Ok("site.jpg".into()));
        assert_eq!(beside("towns/report.toml", "./照片/site.jpg"), Ok("towns/照片/site.jpg".into()));
        assert_eq!(beside("towns/report.toml", "a/../b.csv"), Ok("towns/b.csv".into()));
        assert_eq!(beside("/srv/report.toml", "b.csv"), Ok("/srv/b.csv".into()));
        assert_eq!(beside("/report.toml", "b.csv"), Ok("/b.csv".into()));
    }

    #[test]
    fn a_template_may_stand_above_its_file() {
        for (file, named, path) in [
            ("report.toml", "template.toml", "template.toml"),
            ("report.toml", "../county/template.toml", "../county/template.toml"),
            ("towns/a/report.toml", "../../county/./template.toml", "county/template.toml"),
            ("../towns/a.toml", "../../x.toml", "../../x.toml"),
            ("./towns/a.toml", "../x/y/../z.toml", "x/z.toml"),
            ("/a/b.toml", "../../../x.toml", "/x.toml"),
        ] {
            assert_eq!(template(file, named).as_deref(), Ok(path), "{file} {named}");
        }
        for (named, fault) in [
            ("/etc/x.toml", PathFault::Absolute),
            ("..", PathFault::Empty),
            ("../C:x", PathFault::Absolute),
            ("..\\x", PathFault::Backslash),
            ("../a/../../x", PathFault::Outside),
        ] {
            assert_eq!(template("a/b.toml", named), Err(fault), "{named}");
        }
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_refused_on_every_system() {
        let refused = [
            ("", PathFault::Empty),
            (" ", PathFault::Empty),
            (".", PathFault::Empty),
            ("../x", PathFault::Outside),
            ("a/../../x", PathFault::Outside),
            ("/etc/hostname", PathFault::Absolute),
            ("\\\\server\\share", PathFault::Absolute),
            ("C:\\x", PathFault::Absolute),
            ("c:x", PathFault::Absolute),
            ("a\\..\\..\\x", PathFault::Backslash),
            ("NUL", PathFault::Device),
            ("a/com1.txt", PathFault::Device),
            ("a/x.csv.", PathFault::Device),
            ("x.csv:stream", PathFault::Device),
        ];
        for (named, fault) in refused {
            assert_eq!(beside("towns/report.toml", named), Err(fault), "{named}");
        }
        assert!(beside("r.toml", "COM10.csv").is_ok());
    }

    #[test]
    fn stems_of_files() {
        for stem in ["青石镇", "a.b", "COM10"] {
            assert!(is_file_stem(stem), "{stem}");
        }
        for stem in [
            "",
            " 青石",
            "../青石",
            "a/b",
            "a\\b",
            "NUL",
            "a:b",
            "a.",
            ".a",
            "a\nb",
            "a\u{202e}fdp",
            "a\u{200b}",
            &"长".repeat(67),
        ] {
            assert!(!is_file_stem(stem), "{stem}");
        }
    }

    #[test]
    fn devices() {
        for name in ["CON", "con", "nul.2023", "Com1", "LPT9.txt"] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["CONSOLE", "COM", "COM10", "青石镇", "报告CON", "a"] {
            assert!(!is_device_name(name), "{name}");
        }
    }
}
