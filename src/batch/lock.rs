//! `report.lock`: with which template a report was checked.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::ErrorKind;

use toml::de::{DeTable, DeValue};

use super::pack::pack;
use super::{Failure, Job, LOCK, Outcome, finish, layers};
use crate::diag::level::Levels;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::manifest::inherit::Layers;
use crate::manifest::{Located, quote};
use crate::source::{Sources, Span};
use crate::text;
use crate::world::{World, beside, folder, template};

/// The largest that is read, in bytes.
const MOST: u64 = 1024 * 1024;
/// What a hash begins with.
const HASH: &str = "sha256:";

/// What stands at the head of the file.
const HEAD: &str = "# 由 report-gen lock 写成：各报告是按哪个模板检查的。模板换了，check 会说；\n\
                    # 先看 report-gen diff 旧模板 新模板，再运行 report-gen lock --update。\n";

/// The templates of the reports in a folder, by the path that the reports name them by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What is known of each.
    pub templates: BTreeMap<String, Locked>,
}

/// A template as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Its version, if it has one.
    pub version: Option<String>,
    /// [`Bundle::digest`](crate::bundle::Bundle::digest) of it, packed or not.
    pub hash: String,
}

impl Lock {
    /// Reads the file; none where it is no such file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let document = DeTable::parse(std::str::from_utf8(bytes).ok()?).ok()?;
        let mut lock = Lock::default();
        let Some(entries) = document.get_ref().get("lock") else { return Some(lock) };
        let DeValue::Array(entries) = entries.get_ref() else { return None };
        for entry in entries.iter() {
            let DeValue::Table(entry) = entry.get_ref() else { return None };
            let string = |key: &str| entry.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
            let hash = string("hash")?.strip_prefix(HASH)?.to_owned();
            lock.templates.insert(string("template")?, Locked { version: string("version"), hash });
        }
        Some(lock)
    }

    /// The file.
    pub fn write(&self) -> String {
        let mut out = HEAD.to_owned();
        for (template, Locked { version, hash }) in &self.templates {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n[[lock]]\ntemplate = {}\n", quote(template));
            if let Some(version) = version {
                let _ = writeln!(out, "version = {}", quote(version));
            }
            let _ = writeln!(out, "hash = {}", quote(&format!("{HASH}{hash}")));
        }
        out
    }
}

/// The template of a report, to be locked.
#[derive(Debug)]
pub struct ToLock {
    /// The path by which the report names it, and what it is now; none where there is none, or it can't be read.
    pub template: Option<(String, Locked)>,
    /// Where the report names it.
    pub named: Option<Span>,
    /// What is wrong with the report.
    pub outcome: Outcome,
}

/// Reads the template of the report `path`.
///
/// # Errors
/// [`Failure::Read`] where a file can't be read.
pub fn to_lock(path: &str, levels: &Levels, world: &dyn World, fonts: &Fonts) -> Result<ToLock, Failure> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let layers = layers(path, world, &mut sources, &mut diags).map_err(Failure::Read)?;
    let named = layers.as_ref().and_then(|layers| layers.base.clone());
    // Whether the figures are right is no matter of the template's version.
    let job = Job { path: path.to_owned(), template: true, levels: levels.clone(), ..Job::default() };
    if layers.is_none() {
        let outcome = finish(&job, layers, sources, diags, world, fonts)?;
        return Ok(ToLock { template: None, named: None, outcome });
    }
    let template = match &named {
        Some(named) => current(path, named, world, fonts)?,
        None => None,
    };
    let outcome = Outcome { sources, ..Outcome::default() };
    Ok(ToLock { template, named: named.map(|named| named.whole()), outcome })
}

/// The template that the report `path` calls `named`: its path as it is locked, and what it is now.
fn current(path: &str, named: &Located, world: &dyn World, fonts: &Fonts) -> Result<Option<(String, Locked)>, Failure> {
    let Ok(key) = template("", named.text()) else { return Ok(None) };
    Ok(now(path, named, world, fonts)?.map(|now| (key, now)))
}

/// What the template that the report `path` calls `named` is now; none where it can't be packed.
///
/// # Errors
/// [`Failure`] where the machine or the program fails.
pub(super) fn now(path: &str, named: &Located, world: &dyn World, fonts: &Fonts) -> Result<Option<Locked>, Failure> {
    let Ok(file) = template(path, named.text()) else { return Ok(None) };
    let bundle = pack(&file, &Levels::default(), world, fonts)?.bundle;
    Ok(bundle.map(|bundle| Locked { version: bundle.about.version.clone(), hash: bundle.digest() }))
}

/// The bytes of the `report.lock` beside the report `path`; none where there is none.
///
/// # Errors
/// Those of the disk.
pub(super) fn bytes(path: &str, world: &dyn World) -> std::io::Result<Option<Vec<u8>>> {
    let Ok(file) = beside(path, LOCK) else { return Ok(None) };
    match world.read_in(folder(path), &file, MOST) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Holds the template of the report `path` against the `report.lock` beside it, if there is one (`template-changed`).
pub(super) fn check(
    path: &str,
    layers: &Layers,
    world: &dyn World,
    fonts: &Fonts,
    diags: &mut Diagnostics,
) -> Result<(), Failure> {
    check_with(path, layers, world, diags, |named| now(path, named, world, fonts))
}

/// The same, with what the template is `now` asked for only where there is something to hold it against.
pub(super) fn check_with(
    path: &str,
    layers: &Layers,
    world: &dyn World,
    diags: &mut Diagnostics,
    now: impl FnOnce(&Located) -> Result<Option<Locked>, Failure>,
) -> Result<(), Failure> {
    let Some(named) = &layers.base else { return Ok(()) };
    let (Some(bytes), Ok(file)) = (bytes(path, world).map_err(Failure::Read)?, beside(path, LOCK)) else {
        return Ok(());
    };
    let changed = |message| {
        Diagnostic::new(Code::TemplateChanged, message).at(named.whole()).help(text!(
            "看改了什么：report-gen diff 旧模板 新模板；看过以后：report-gen lock --update {path}",
            "to see what changed: report-gen diff OLD NEW; then: report-gen lock --update {path}"
        ))
    };
    let Some(lock) = Lock::read(&bytes) else {
        diags.push(changed(text!(
            "{file} 读不出来，不知道模板换过没有",
            "{file} can't be read, so the template may be another"
        )));
        return Ok(());
    };
    let (Ok(template), Some(now)) = (template("", named.text()), now(named)?) else { return Ok(()) };
    let Some(was) = lock.templates.get(&template) else {
        diags.push(changed(text!("{file} 里没有模板 {template}", "{file} has no template {template}")));
        return Ok(());
    };
    if was.hash == now.hash {
        return Ok(());
    }
    let message = match (&was.version, &now.version) {
        (Some(was), Some(now)) if was != now => text!(
            "模板 {template} 换了：{file} 记的是 {was} 版，现在是 {now} 版",
            "the template {template} has changed: {file} has version {was}, and this is {now}"
        ),
        _ => text!(
            "模板 {template} 改过，不是 {file} 记的那一份",
            "the template {template} has changed: it is not the one in {file}"
        ),
    };
    diags.push(changed(message));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let locked =
            |version: Option<&str>, hash: &str| Locked { version: version.map(str::to_owned), hash: hash.into() };
        let templates =
            [("县.rgt".to_owned(), locked(Some("1\"2"), "ab")), ("../t.toml".to_owned(), locked(None, "cd"))];
        let lock = Lock { templates: templates.into() };
        assert_eq!(Lock::read(lock.write().as_bytes()), Some(lock));
        assert_eq!(Lock::read(b""), Some(Lock::default()));
        for broken in
            [&b"\xff"[..], b"lock = 1", b"[[lock]]\ntemplate = \"a\"", b"[[lock]]\ntemplate = \"a\"\nhash = \"md5:1\""]
        {
            assert_eq!(Lock::read(broken), None);
        }
    }
}
