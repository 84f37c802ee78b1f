//! The program as its users run it.
#![allow(dead_code, reason = "each test file that runs the program takes what it needs")]
#![expect(clippy::disallowed_methods, reason = "tests of the program make and read real files")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run ended with.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program in `folder`, in Chinese, without what else the environment may ask for.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_report-gen"));
    command.current_dir(folder).env("LANG", "zh_CN.UTF-8");
    for variable in ["LC_ALL", "LANGUAGE", "SOURCE_DATE_EPOCH", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command
}

/// Runs it.
pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what it says is UTF-8");
    let status = output.status.code().expect("it ends by itself");
    Ended { status, out: text(output.stdout), err: text(output.stderr) }
}

/// Runs it in `folder` with `args`.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Ended {
    ended(command(folder).args(args))
}

/// Writes `text` to `folder/name`.
pub(crate) fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is made");
    std::fs::write(&path, text).expect("the file is written");
    path
}

/// The bytes of `folder/name`.
pub(crate) fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    let path = folder.join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of what is in `folder`, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
