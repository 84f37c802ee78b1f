//! The order of the modules, and what only the command line may do.
//!
//! A module sees only those above it in [`ROWS`]; those of one row are strangers to each other. Read from the text of
//! the sources, without a parser: comments are left out, and a path through `crate::` or `super::` is looked at.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "the sources are files")]

use std::path::{Path, PathBuf};

/// The modules of `src/lib.rs`, a row below the other.
const ROWS: &[&[&str]] = &[
    &["encoding", "hanzi", "length", "source", "visible", "words"],
    &["diag"],
    &["wordfile", "world"],
    &["bundle", "fonts"],
    &["number", "placeholder"],
    &["picture", "sheet"],
    &["expr"],
    &["manifest"],
    &["ledger"],
    &["fill"],
    &["doc"],
    &["check", "layout", "lint"],
    &["write"],
    &["figures", "form"],
    &["batch"],
    &["collect", "import"],
    &["diff"],
];

/// What only `cli` and `main.rs` may name: the command line, the disk, the terminal, the environment, the clock.
const OF_THE_COMMAND_LINE: &[&str] = &[
    "clap",
    "std::fs",
    "std::env::",
    "std::process",
    "stdout",
    "stderr",
    "println!",
    "print!",
    "SystemTime",
    "Instant",
];

/// The most lines of a file.
const MOST_LINES: usize = 600;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below `folder`, with their path from it and their text.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no sources below {}", folder.display());
    files
}

/// A source without its comments.
pub(crate) fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// The module of `src` that a file belongs to, and how deep in it the file stands: `diag`, 2 for `diag/code.rs`.
fn module(file: &str) -> (&str, usize) {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    (path.split('/').next().unwrap_or(path), path.split('/').count())
}

/// The items of a group, whose opening brace is left out: what stands between commas up to the closing one. Groups in
/// them stay whole.
pub(crate) fn items(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().unwrap().push(c);
    }
    items.retain(|item| !item.trim().is_empty());
    items
}

/// The names that begin a path's rest: `a` of `a::b`, and `a` and `c` of `{a::b, c}`.
fn heads(rest: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    items(group).iter().map(|item| word(item.trim_start())).filter(|item| !item.is_empty()).collect()
}

/// The modules of the crate that a file names.
fn named(file: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let mut names: Vec<String> = code
        .match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .flat_map(|(at, path)| heads(&code[at + path.len()..]))
        .collect();
    // A path that climbs as far as `super` goes leads into the crate's root.
    let climb = "super::".repeat(module(file).1);
    names.extend(code.match_indices(&climb).flat_map(|(at, path)| heads(&code[at + path.len()..])));
    // The one macro of the crate stands in `diag`.
    names.iter_mut().filter(|name| *name == "text").for_each(|name| *name = "diag".into());
    names.sort();
    names.dedup();
    names.into_iter().filter(|name| row(name).is_some()).collect()
}

/// What is against the order in a file of `src`.
fn disorder(file: &str, text: &str) -> Vec<String> {
    let (own, _) = module(file);
    if matches!(own, "lib" | "main" | "cli") {
        return Vec::new();
    }
    let Some(place) = row(own) else { return vec![format!("{file}: {own} stands in no row")] };
    let low = named(file, text).into_iter().filter(|name| name != own && row(name).is_none_or(|row| row >= place));
    low.map(|name| format!("{file}: {own} must not see {name}")).collect()
}

/// What of the command line's own a file below it names.
fn ambient(file: &str, text: &str) -> Vec<String> {
    // Tests may take the time.
    let is_test = file.split('/').any(|part| part.trim_end_matches(".rs") == "tests");
    if is_test || matches!(module(file).0, "main" | "cli") {
        return Vec::new();
    }
    let code = code(text);
    let found = OF_THE_COMMAND_LINE.iter().filter(|word| code.contains(**word));
    found.map(|word| format!("{file}: {word} belongs to cli")).collect()
}

fn too_long(file: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > MOST_LINES).then(|| format!("{file}: {lines} lines"))
}

/// The modules that `lib.rs` declares.
fn declared(lib: &str) -> Vec<&str> {
    let name =
        |line: &'_ str| line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';').map(str::len);
    lib.lines().filter_map(|line| name(line).map(|len| &line[line.len() - 1 - len..line.len() - 1])).collect()
}

/// The modules that the comment of `lib.rs` does not name.
fn unnamed(lib: &str) -> Vec<&str> {
    let comment: String = lib.lines().filter(|line| line.starts_with("//!")).collect();
    declared(lib)
        .into_iter()
        .filter(|module| !comment.contains(&format!("[`{module}`]")) && !comment.contains(&format!("[`{module}::")))
        .collect()
}

#[test]
fn a_module_sees_only_those_above_it() {
    let found: Vec<String> = files(&root().join("src")).iter().flat_map(|(file, text)| disorder(file, text)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_modules_stand_in_the_order_of_the_rows() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert_eq!(declared(&lib), ROWS.concat());
}

#[test]
fn the_comment_of_the_library_names_every_module() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert_eq!(unnamed(&lib), [""; 0]);
}

#[test]
fn the_document_names_every_module() {
    let read = |file: &str| std::fs::read_to_string(root().join(file)).unwrap();
    let (lib, document) = (read("src/lib.rs"), read("ARCHITECTURE.md"));
    let unnamed: Vec<&str> =
        declared(&lib).into_iter().filter(|module| !document.contains(&format!("`{module}`"))).collect();
    assert_eq!(unnamed, [""; 0]);
}

#[test]
fn nothing_below_the_command_line_is_ambient() {
    let found: Vec<String> = files(&root().join("src")).iter().flat_map(|(file, text)| ambient(file, text)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let long =
        |folder: &str| files(&root().join(folder)).iter().filter_map(|(file, text)| too_long(file, text)).collect();
    let found: Vec<String> = ["src", "tests"].into_iter().flat_map(|folder| -> Vec<String> { long(folder) }).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_broken_order_is_found() {
    for (file, text) in [
        ("diag/mod.rs", "use crate::fonts::Fonts;"),
        ("diag/render/json.rs", "use crate::{source::Sources, write::{Format, docx}};"),
        ("number/date.rs", "let scan = crate::placeholder::scan(text);"),
        ("check/mod.rs", "pub use super::layout;"),
        ("fonts/subset.rs", "use super::super::doc::Doc;"),
        ("length.rs", "use crate::text;"),
        ("newcomer/mod.rs", ""),
    ] {
        assert_eq!(disorder(file, text).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("diag/mod.rs", "use crate::source::{Span, Sources};\n// use crate::write;"),
        ("write/pdf/mod.rs", "use crate::{fonts::{Fonts, Role}, layout};\nuse super::Format;"),
        ("diag/render/mod.rs", "use super::super::Code;"),
        ("doc/mod.rs", "use crate::fill;"),
        ("cli/mod.rs", "use report_gen::batch;"),
        ("manifest/read.rs", "use crate::text; my_crate::doc::x();"),
    ] {
        assert_eq!(disorder(file, text), [""; 0], "{file}: {text}");
    }
}

#[test]
fn what_is_ambient_is_found() {
    assert_eq!(ambient("batch/mod.rs", "let x = std::fs::read(path);").len(), 1);
    assert_eq!(ambient("doc/mod.rs", "println!(\"{x}\"); clap::Parser").len(), 2);
    assert!(ambient("doc/mod.rs", "// no std::fs here").is_empty());
    assert!(ambient("cli/disk.rs", "std::fs::read(path)").is_empty());
    assert!(ambient("expr/tests/judge.rs", "Instant::now()").is_empty());
    assert!(ambient("main.rs", "use std::process::ExitCode;").is_empty());
}

#[test]
fn a_long_file_and_a_module_without_a_word_are_found() {
    assert!(too_long("a.rs", &"x\n".repeat(MOST_LINES)).is_none());
    assert!(too_long("a.rs", &"x\n".repeat(MOST_LINES + 1)).is_some());
    assert_eq!(unnamed("//! 1. [`doc`] and layout\n\npub mod doc;\npub mod layout;\n"), ["layout"]);
}
