//! The files that the user named: how they are called, and why one can't be read.

use std::io;
use std::path::{Path, PathBuf};

use report_gen::batch::Outcome;
use report_gen::bundle::TEMPLATE;
use report_gen::diag::{Code, Diagnostic, Text};

/// How a file is named in diagnostics and to the disk: as it was typed, with `/`, which every system takes.
pub(super) fn name(file: &Path) -> String {
    let name = file.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() }
}

/// The template that stands in the folder `path`, else the file itself.
pub(super) fn template(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(TEMPLATE) } else { path.to_owned() }
}

/// What comes of a file that can't be read.
pub(super) fn unreadable(file: &Path, error: &io::Error) -> Outcome {
    Outcome::of(&name(file), Diagnostic::new(Code::Io, cannot_read(file, error)))
}

/// Why `file` can't be read, in the author's words where it is one of the usual reasons.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds say themselves what they are")]
pub(super) fn cannot_read(file: &Path, error: &io::Error) -> Text {
    let file = name(file);
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
        _ => error.to_string(),
    };
    Text { zh: format!("读不了 {file}：{reason}"), en: format!("cannot read {file}: {error}") }
}

/// The folder of the file `target`.
pub(super) fn folder(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
