//! No rings: of the files and folders that stand side by side, none sees another that sees it.
//!
//! A folder's `mod.rs` and what stands in the folder are one: a parent gives its children their types, and calls them.
//! The rooms of `src` have their order in `architecture`. Read from the text of the sources, without a parser.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{code, files, items, root};

/// A module by its names from the crate's root.
type Module = Vec<String>;

/// The sources without comments and tests, by module.
fn sources() -> BTreeMap<Module, String> {
    let is_test = |file: &str| file.split('/').any(|part| matches!(part.trim_end_matches(".rs"), "tests" | "testing"));
    files(&root().join("src"))
        .into_iter()
        .filter(|(file, _)| !is_test(file) && file != "main.rs")
        .map(|(file, text)| (module(&file), without_tests(&code(&text)).to_owned()))
        .collect()
}

fn module(file: &str) -> Module {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect()
}

fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// The paths of a `use`, its groups taken apart; what is renamed keeps its own name.
fn paths(written: &str) -> Vec<String> {
    let written = written.trim();
    let Some((before, group)) = written.split_once('{') else {
        return vec![written.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    items(group).iter().flat_map(|item| paths(&format!("{}{}", before.trim(), item.trim()))).collect()
}

/// The paths that a module sees, and those that it gives on to others by a name.
#[derive(Default)]
struct Named {
    seen: BTreeSet<String>,
    given_on: BTreeMap<String, String>,
}

fn named(code: &str) -> Named {
    let mut named = Named::default();
    for statement in code.split(';') {
        let Some((before, written)) = statement.rsplit_once("use ") else { continue };
        let is_public = before.lines().last().is_some_and(|line| line.trim_start().starts_with("pub"));
        for path in paths(written) {
            let path = path.strip_suffix("::self").map(str::to_owned).unwrap_or(path);
            if is_public && let Some(name) = path.rsplit("::").next() {
                named.given_on.insert(name.to_owned(), path);
            } else {
                named.seen.insert(path);
            }
        }
    }
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '{')) {
                let is_path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
                let path: String = code[at..].chars().take_while(is_path).collect();
                named.seen.insert(path.trim_end_matches(':').to_owned());
            }
        }
    }
    named
}

/// The module that `path`, written in `from`, leads to.
fn target(from: &[String], path: &str, all: &BTreeMap<Module, Named>, depth: usize) -> Option<Module> {
    let mut at = from.to_vec();
    let mut names = path.split("::").peekable();
    match *names.peek()? {
        "crate" => {
            at.clear();
            names.next();
        }
        "self" => {
            names.next();
        }
        "super" => {
            while names.next_if_eq(&"super").is_some() {
                at.pop();
            }
        }
        first => {
            let child: Module = at.iter().map(String::as_str).chain([first]).map(str::to_owned).collect();
            all.get(&child)?;
        }
    }
    while let Some(&name) = names.peek() {
        let child: Module = at.iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        if !all.contains_key(&child) {
            break;
        }
        at = child;
        names.next();
    }
    let given_on = names.peek().and_then(|name| all.get(&at)?.given_on.get(*name));
    match given_on {
        Some(path) if depth < 8 => target(&at, path, all, depth + 1).or(Some(at)),
        Some(_) | None => Some(at),
    }
}

/// The arrows between modules side by side in a folder, by folder: the one sees the other.
fn arrows(sources: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<(String, String)>> {
    let all: BTreeMap<Module, Named> = sources.iter().map(|(module, code)| (module.clone(), named(code))).collect();
    let mut arrows: BTreeMap<Module, BTreeSet<(String, String)>> = BTreeMap::new();
    for (from, names) in &all {
        for to in names.seen.iter().filter_map(|path| target(from, path, &all, 0)) {
            let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(from_here), Some(to_here)) = (from.get(same), to.get(same)) {
                arrows.entry(from[..same].to_vec()).or_default().insert((from_here.clone(), to_here.clone()));
            }
        }
    }
    arrows
}

/// The arrows of a folder that are part of a ring, or lead from one ring to another.
fn rings(mut arrows: BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    loop {
        let before = arrows.len();
        let (froms, tos): (BTreeSet<String>, BTreeSet<String>) = arrows.iter().cloned().unzip();
        arrows.retain(|(from, to)| tos.contains(from) && froms.contains(to));
        if arrows.len() == before {
            return arrows;
        }
    }
}

#[test]
fn no_room_has_a_ring() {
    let found: Vec<String> = arrows(&sources())
        .into_iter()
        .flat_map(|(folder, arrows)| {
            let folder = folder.join("/");
            rings(arrows).into_iter().map(move |(from, to)| format!("src/{folder}: {from} sees {to}"))
        })
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_ring_is_found_and_what_is_none_is_not() {
    let tree = |files: &[(&str, &str)]| -> Vec<String> {
        let sources = files.iter().map(|(file, text)| (module(file), (*text).to_owned())).collect();
        let arrows = arrows(&sources).into_values().flat_map(rings);
        arrows.map(|(from, to)| format!("{from}-{to}")).collect()
    };
    let root = ("lib.rs", "pub mod a;");
    let names = ("a/mod.rs", "mod b;\nmod c;\npub use c::{Given, other as renamed};\nstruct Own;");
    for (why, files, expected) in [
        ("two that name each other", [("a/b.rs", "use super::c;"), ("a/c.rs", "use super::b::{x, y};")], "b-c c-b"),
        (
            "through a name that the parent gives on",
            [("a/b.rs", "use super::{Given, Own};"), ("a/c.rs", "fn f() { crate::a::b::g() }")],
            "b-c c-b",
        ),
        ("a child and its parent", [("a/b.rs", "use super::Own;"), ("a/c.rs", "")], ""),
        ("one way", [("a/b.rs", "use super::c::x;"), ("a/c.rs", "use super::Own;")], ""),
    ] {
        assert_eq!(tree(&[&[root, names][..], &files[..]].concat()).join(" "), expected, "{why}");
    }
    let deep =
        [root, ("a/mod.rs", ""), ("a/b/mod.rs", ""), ("a/b/d.rs", "use crate::a::c::x;"), ("a/c.rs", "use super::b;")];
    assert_eq!(tree(&deep).join(" "), "b-c c-b", "from within a folder");
}
