//! The one rule for outputs: a file that is there is replaced only where this program wrote it and nobody has touched it
//! since, or where `--force` asks for it; then the earlier file is kept beside it. `known` tells whose a file is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use report_gen::diag::{Code, Diagnostic, Lang};
use report_gen::text;
use report_gen::world::KEPT;
use report_gen::write::{Format, Made};

use super::args::Options;
use super::disk;
use super::known::{Kind, from, marked, record};
use super::paths::{cannot_read, folder};
use super::replace::{self, File, NotWritten, Place};
use super::{seen, show, temporary};

/// The most files that are kept of one name.
const MOST_KEPT: usize = 1000;

/// An output to be written.
#[derive(Debug)]
pub(super) struct Output<'b> {
    pub(super) target: PathBuf,
    pub(super) bytes: &'b [u8],
    pub(super) kind: Kind,
}

impl<'b> Output<'b> {
    /// A report that is to go to `target`.
    pub(super) fn report(target: &Path, (format, bytes): &'b (Format, Vec<u8>)) -> Self {
        Output { target: target.to_owned(), bytes, kind: Kind::Report(*format) }
    }
}

/// How the outputs of a run may be written.
#[derive(Debug)]
pub(super) struct Outputs<'o> {
    options: &'o Options,
    /// The folders in which nothing is left of runs that were killed.
    swept: Mutex<BTreeSet<PathBuf>>,
}

/// Why an output is not replaced, and the file that is kept if it is all the same.
struct Objection {
    why: Why,
    /// Its bytes.
    earlier: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Input,
    Edited,
    Foreign,
}

impl<'o> Outputs<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Outputs { options, swept: Mutex::default() }
    }

    /// Tells before the work which targets will not be replaced.
    ///
    /// # Errors
    /// [`NotWritten`], with all of them.
    pub(super) fn check(&self, targets: &[(&Path, Kind)]) -> Result<(), NotWritten> {
        let mut faults = Vec::new();
        for (target, kind) in targets {
            let judged = Place::of(target).and_then(|place| objection(target, &place, *kind, None));
            match judged {
                Ok(Some(objection)) if !self.options.force => {
                    faults.push((target.to_path_buf(), fault(target, *kind, &objection)))
                }
                Ok(_) => {}
                Err(refused) => faults.extend(refused.0),
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(NotWritten(faults)) }
    }

    /// Writes all outputs or none.
    ///
    /// # Errors
    /// [`NotWritten`], with each output that stands in the way; the files are then as they were.
    pub(super) fn write(&self, outputs: &[Output<'_>]) -> Result<(), NotWritten> {
        replace::all_differ(outputs.iter().map(|output| output.target.as_path()))?;
        let (mut faults, mut files, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for output in outputs {
            let Output { target, bytes, kind } = output;
            let bytes = marked(bytes, *kind);
            let judged = Place::of(target).and_then(|place| {
                let objection = objection(target, &place, *kind, Some(&bytes))?;
                Ok((place, objection))
            });
            match judged {
                Err(refused) => faults.extend(refused.0),
                Ok((_, Some(objection))) if !self.options.force => {
                    faults.push((target.to_path_buf(), fault(target, *kind, &objection)))
                }
                Ok((place, objection)) => {
                    if let Some(objection) = objection
                        && let Some(beside) = free_name(&place.path, &objection.earlier)
                    {
                        kept.push((target.as_path(), beside, objection.earlier));
                    }
                    files.push((output, place, bytes));
                }
            }
        }
        if !faults.is_empty() {
            return Err(NotWritten(faults));
        }
        let records: Vec<(PathBuf, String)> =
            files.iter().filter_map(|(output, place, bytes)| record(output.kind, place, bytes)).collect();
        let linked: Vec<&Path> = files
            .iter()
            .filter(|(_, place, _)| place.has_other_names())
            .map(|(own, ..)| own.target.as_path())
            .collect();
        let mut all = Vec::new();
        // Those that are kept are on the disk before what they were is replaced.
        let beside = kept.iter().map(|(_, beside, bytes)| (beside, bytes.as_slice()));
        let beside = beside.chain(records.iter().map(|(path, text)| (path, text.as_bytes())));
        for (path, bytes) in beside {
            let place = Place::of(path)?;
            all.push(File { target: path.clone(), place, bytes });
        }
        let told = (self.told(&kept), self.told_of_names(&linked));
        all.extend(files.iter_mut().map(|(output, place, bytes)| File {
            target: output.target.clone(),
            place: std::mem::take(place),
            bytes,
        }));
        self.put(&all)?;
        // What can't be said does not undo what was written.
        let _ = show::err(&(told.0 + &told.1));
        Ok(())
    }

    /// Writes files that were read and are meant to be changed.
    ///
    /// # Errors
    /// [`NotWritten`]; the files are then as they were.
    pub(super) fn rewrite(&self, files: &[(PathBuf, &[u8])]) -> Result<(), NotWritten> {
        let (mut faults, mut all, mut linked) = (Vec::new(), Vec::new(), Vec::new());
        for (target, bytes) in files {
            match Place::of(target) {
                Ok(place) => {
                    if place.has_other_names() {
                        linked.push(target.as_path());
                    }
                    all.push(File { target: target.clone(), place, bytes });
                }
                Err(refused) => faults.extend(refused.0),
            }
        }
        if !faults.is_empty() {
            return Err(NotWritten(faults));
        }
        let told = self.told_of_names(&linked);
        self.put(&all)?;
        let _ = show::err(&told);
        Ok(())
    }

    /// Puts aside a file that is to be taken for none of the program's own, where `--force` lets it.
    ///
    /// # Errors
    /// [`NotWritten`] where it may not be, or the machine refuses.
    pub(super) fn put_aside(&self, target: &Path, kind: Kind) -> Result<(), NotWritten> {
        self.check(&[(target, kind)])?;
        let place = Place::of(target)?;
        let Some(objection) = objection(target, &place, kind, None)? else { return Ok(()) };
        if let Some(beside) = free_name(&place.path, &objection.earlier) {
            let new = Place::of(&beside)?;
            self.put(&[File { target: beside.clone(), place: new, bytes: &objection.earlier }])?;
            let _ = show::err(&self.told(&[(target, beside, Vec::new())]));
        }
        disk::remove(&place.path);
        Ok(())
    }

    fn put(&self, files: &[File<'_>]) -> Result<(), NotWritten> {
        for file in files {
            let folder = folder(&file.place.path);
            let is_new = self.swept.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
            if is_new {
                temporary::sweep(folder);
            }
        }
        replace::write(files)
    }

    /// Where the earlier files are.
    fn told(&self, kept: &[(&Path, PathBuf, Vec<u8>)]) -> String {
        let line = |(target, beside, _): &(&Path, PathBuf, Vec<u8>)| {
            let (target, beside) = (target.display(), beside.display());
            match self.options.lang {
                Lang::Zh => format!("{target} 原来的内容留在 {beside}\n"),
                Lang::En => format!("what {target} was is kept as {beside}\n"),
            }
        };
        kept.iter().map(line).collect()
    }

    /// That the other names of a file keep what it was.
    fn told_of_names(&self, linked: &[&Path]) -> String {
        let line = |target: &&Path| {
            let target = target.display();
            match self.options.lang {
                Lang::Zh => format!("{target} 还有别的名字（硬链接），那些名字下还是原来的内容\n"),
                Lang::En => format!("{target} has other names (hard links), which keep what it was\n"),
            }
        };
        linked.iter().map(line).collect()
    }
}

/// Why the file at `place` is not to be replaced by `new`; none where it may be.
///
/// # Errors
/// [`NotWritten`] for a file that can't be read.
fn objection(target: &Path, place: &Place, kind: Kind, new: Option<&[u8]>) -> Result<Option<Objection>, NotWritten> {
    if !place.is_taken() {
        return Ok(None);
    }
    let earlier = disk::look(&place.path)
        .map_err(|error| NotWritten::of(target, Diagnostic::new(Code::Io, cannot_read(target, &error))))?;
    if seen::was_read(&place.path) {
        return Ok(Some(Objection { why: Why::Input, earlier }));
    }
    let why = match from(&earlier, &place.path, kind) {
        Made::Untouched => return Ok(None),
        // Nothing is lost by what is there already.
        Made::Elsewhere if new == Some(&earlier) => return Ok(None),
        Made::Edited => Why::Edited,
        Made::Elsewhere => Why::Foreign,
    };
    Ok(Some(Objection { why, earlier }))
}

/// The name under which `earlier` is kept beside `path`; none where it is kept already.
fn free_name(path: &Path, earlier: &[u8]) -> Option<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let names = (1..MOST_KEPT).map(|number| match number {
        1 => path.with_file_name(format!("{stem}{KEPT}{extension}")),
        _ => path.with_file_name(format!("{stem}{KEPT}{number}{extension}")),
    });
    for name in names {
        match std::fs::symlink_metadata(&name) {
            Ok(_) if disk::look(&name).is_ok_and(|kept| kept == earlier) => return None,
            Ok(_) => {}
            Err(_) => return Some(name),
        }
    }
    None
}

/// The fault of an output that is not replaced.
fn fault(target: &Path, kind: Kind, objection: &Objection) -> Diagnostic {
    let path = target.display();
    let (code, message) = match objection.why {
        Why::Input => (
            Code::OutputIsInput,
            text!(
                "{path} 是这一次读的文件，没有把结果写进去",
                "{path} is a file that this run reads, and was left as it is"
            ),
        ),
        Why::Edited => (
            Code::EditedOutput,
            text!("{path} 生成以后有人改过，没有替换它", "{path} was edited after it was made, and was left as it is"),
        ),
        Why::Foreign => (
            Code::ForeignOutput,
            text!(
                "{path} 已经有了，又不是这个程序写的，没有改动它",
                "{path} is there already, was not written by this program, and was left as it is"
            ),
        ),
    };
    let mut fault = Diagnostic::new(code, message);
    if objection.why == Why::Edited && kind == Kind::Report(Format::Docx) {
        fault = fault.help(text!(
            "要改动的内容：report-gen collect \"{path}\" 报告文件，收回填的数，并指出改过的段落",
            "to take the edits back: report-gen collect \"{path}\" REPORT gives the figures and names the paragraphs"
        ));
    }
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let extension = target.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    if kind == Kind::Lock {
        return fault.help(text!(
            "要替换它：--force，原来的留作 {stem}{KEPT}{extension}",
            "to replace it: --force, which keeps the old one as {stem}{KEPT}{extension}"
        ));
    }
    fault.help(text!(
        "换个地方写：-o；要替换它：--force，原来的留作 {stem}{KEPT}{extension}",
        "to write elsewhere: -o; to replace it: --force, which keeps the old one as {stem}{KEPT}{extension}"
    ))
}
