//! The files of a report: itself, and the templates that it builds on.

use crate::bundle::BundleFault;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::inherit::{self, Layers, MAX_FILE};
use crate::manifest::raw;
use crate::source::{FileId, Sources, Span};
use crate::text;
use crate::world::{World, folder};

/// Reads the report file `path` and the templates that it builds on; `None` where one of them can't be had, which is told.
///
/// # Errors
/// Where the file can't be read.
pub fn layers(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<Layers>> {
    Ok(open(path, world, sources, diags)?.and_then(|file| inherit::load(file, world, sources, diags)))
}

/// As [`layers`], of a file that is used as a template, and so names no file outside of its folder.
pub(crate) fn template(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<Layers>> {
    Ok(open(path, world, sources, diags)?.and_then(|file| inherit::load_template(file, world, sources, diags)))
}

/// Adds the report file or template `path`, or that of the bundle `path`, to the sources.
pub(super) fn open(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> std::io::Result<Option<FileId>> {
    let read = world.template(folder(path), path).and_then(|file| Ok((world.read(&file)?, file)));
    match read {
        Ok((bytes, file)) => Ok(load(&file, bytes, sources, diags)),
        Err(error) => match BundleFault::of(&error) {
            Some(fault) => {
                let at = Span::new(sources.add(path, ""), 0..0);
                diags.push(fault.diagnostic(path, at));
                Ok(None)
            }
            None => Err(error),
        },
    }
}

/// Adds a report file to the sources, if it is one by its size and encoding.
pub(super) fn load(path: &str, bytes: Vec<u8>, sources: &mut Sources, diags: &mut Diagnostics) -> Option<FileId> {
    if bytes.len() as u64 <= MAX_FILE {
        return raw::load(path, bytes, sources, diags);
    }
    let file = sources.add(path, "");
    let message = text!("文件超过 16 MB，不像报告", "the file is over 16 MB, which is no report");
    diags.push(Diagnostic::new(Code::LimitExceeded, message).at(Span::new(file, 0..0)));
    None
}
