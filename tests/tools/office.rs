//! LibreOffice.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Said, run};

/// Has LibreOffice save `files` as `format` in the folder `out`.
///
/// It runs with a profile in `folder`: a process that runs already, or a face that it loaded before, must not help.
pub(crate) fn save(files: &[PathBuf], format: &str, folder: &Path, out: &Path) -> Said {
    run(command(folder, format, out).args(files))
}

/// The file as LibreOffice saves it in another format.
pub(crate) fn convert(file: &Path, folder: &Path, format: &str) -> PathBuf {
    let out = folder.join("out");
    let said = save(&[file.to_owned()], format, folder, &out);
    let converted = out.join(file.with_extension(format).file_name().unwrap());
    assert!(converted.exists(), "{}", said.all());
    converted
}

/// True where LibreOffice is here and has the part that reads `from` and writes `to`.
pub(crate) fn converts(from: &str, to: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("probe").with_extension(from);
    std::fs::write(&file, "镇,次\n1,2\n").unwrap();
    let ended = command(folder.path(), to, folder.path()).arg(&file).output();
    ended.is_ok() && file.with_extension(to).exists()
}

fn command(folder: &Path, format: &str, out: &Path) -> Command {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", format, "--outdir"]).arg(out);
    command
}
