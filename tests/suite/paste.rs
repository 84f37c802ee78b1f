//! What a missing figure's help says is done to the letter: pasted, the fault is gone and no other has come.

use std::ops::Range;

use report_gen::batch::Outcome;
use report_gen::diag::{Code, Diagnostic, Lang};

use super::case::{advice, cases};

/// A change of the file that the help of a fault asks for.
type Change = (Range<usize>, String);

/// Words for the empty quotes of the help, neither a number nor a unit.
const WORD: &str = "\"甲\"";

/// What the help of `fault` asks for.
fn asked(text: &str, fault: &Diagnostic, outcome: &Outcome) -> Vec<Change> {
    let place = fault.span().unwrap().range();
    let mut changes = Vec::new();
    for help in advice(fault) {
        if let Some(hole) = help.strip_prefix("正文里把这一处写成 ") {
            changes.push((place.clone(), hole.to_owned()));
        } else if let Some(line) = help.strip_prefix("在 [figures] 下加一行：") {
            changes.push(insert(text, "[figures]", 0..text.len(), line));
        } else if let Some(line) = help.strip_prefix("在 report.toml 的 [figures] 下加一行：") {
            // The hole stands in a template.
            changes.push(insert(text, "[figures]", 0..text.len(), line));
        } else if let Some((section, line)) =
            help.strip_prefix('在').and_then(|help| help.split_once("的 [section.figures] 下加一行："))
        {
            changes.push(insert(text, "[section.figures]", named_section(text, section), line));
        } else {
            // A hint of the template is for people; the second label then says where to write.
            assert!(fault.labels.len() > 1, "a help that cannot be followed: {help}");
        }
    }
    if changes.is_empty() {
        // The figure is there, without a value: its second label says where to write it.
        let label = fault.labels.get(1).expect("a missing figure says what to do");
        let label = match label.message.get(Lang::Zh) {
            "填到这里" => &fault.labels[0],
            message => {
                assert_eq!(message, "在这里填");
                label
            }
        };
        assert!(!outcome.sources.text(label.span).is_empty());
        changes.push((label.span.range(), WORD.to_owned()));
    }
    changes
}

/// Adds `line`, its empty quotes filled, under the table `head` in `within`, which gets the head if it has none.
fn insert(text: &str, head: &str, within: Range<usize>, line: &str) -> Change {
    let line = line.replace("\"\"", WORD);
    let found = text[within.clone()].match_indices(head).map(|(at, _)| within.start + at);
    let at_line_start = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
    match found.into_iter().find(at_line_start) {
        Some(at) => {
            let after = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            (after..after, format!("{line}\n"))
        }
        None => (within.end..within.end, format!("\n{head}\n{line}\n")),
    }
}

/// The lines of the section that a help names: “抓学习”一节 by its heading, 第 2 节 by its number.
fn named_section(text: &str, name: &str) -> Range<usize> {
    let starts: Vec<usize> = text.match_indices("[[section]]").map(|(at, _)| at).collect();
    let end = |start: usize| {
        let next = ["\n[[section]]", "\n[figures]"].iter().filter_map(|head| text[start..].find(head)).min();
        next.map_or(text.len(), |end| start + end + 1)
    };
    let sections: Vec<Range<usize>> = starts.iter().map(|&start| start..end(start)).collect();
    if let Some(number) = name.strip_prefix("第 ").and_then(|name| name.strip_suffix(" 节")) {
        return sections[number.parse::<usize>().unwrap() - 1].clone();
    }
    let heading = name.strip_prefix('“').and_then(|name| name.strip_suffix("”一节"));
    let heading = heading.unwrap_or_else(|| panic!("no section is called {name}"));
    let mut own = sections.into_iter().filter(|section| text[section.clone()].contains(&format!("\"{heading}\"")));
    let found = own.next().unwrap_or_else(|| panic!("no section is called {heading}"));
    assert!(own.next().is_none(), "two sections are called {heading}");
    found
}

/// The file with the changes; those of one place are made in their order, and each once.
fn changed(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(range, _)| range.start);
    changes.dedup();
    let mut out = String::new();
    let mut at = 0;
    let mut last = None;
    for (range, new) in changes {
        out += &text[at..range.start];
        let head =
            |new: &str| new.strip_prefix('\n').and_then(|new| new.split_once('\n')).map(|(head, _)| head.to_owned());
        // The head of a table that one change brings serves the others of the same place.
        match head(&new).filter(|head| last.as_ref() == Some(&(range.start, head.clone()))) {
            Some(head) => out += &new[head.len() + 2..],
            None => out += &new,
        }
        last = head(&new).map(|head| (range.start, head));
        at = range.end;
    }
    out + &text[at..]
}

/// The faults of a file by code and message, but that a word is pasted where an expression calculates, or where a number
/// belongs.
fn names(outcome: &Outcome) -> Vec<(Code, String)> {
    let faults = outcome.diagnostics.iter().filter(|fault| fault.code != Code::RuleUndefined);
    let faults = faults.map(|fault| (fault.code, fault.message.get(Lang::Zh).to_owned()));
    faults.filter(|(code, message)| *code != Code::WrongKind || !message.contains("“甲”")).collect()
}

fn others_of(names: &[(Code, String)]) -> Vec<(Code, String)> {
    names.iter().filter(|(code, _)| *code != Code::MissingFigure).cloned().collect()
}

#[test]
fn each_line_to_paste_fills_its_hole_and_does_no_harm() {
    let mut wrong = Vec::new();
    let mut pasted = 0;
    for case in cases() {
        let before = case.run(&case.text);
        let faults = names(&before);
        let missing: Vec<&Diagnostic> =
            before.diagnostics.iter().filter(|fault| fault.code == Code::MissingFigure).collect();
        let mut all = Vec::new();
        for fault in &missing {
            pasted += 1;
            let changes = asked(&case.text, fault, &before);
            all.extend(changes.clone());
            let file = changed(&case.text, changes);
            let own = (fault.code, fault.message.get(Lang::Zh).to_owned());
            let after = names(&case.run(&file));
            let count = |all: &[(Code, String)]| all.iter().filter(|name| **name == own).count();
            // Where one of two like holes has its name, the other may be offered a phrase: its fault reads otherwise.
            let gone = count(&after) < count(&faults) && after.len() < faults.len();
            if !gone || others_of(&after) != others_of(&faults) {
                wrong.push(format!("{}: pasting for {}\n{after:?}\n{file}", case.name, own.1));
            }
        }
        let file = changed(&case.text, all);
        let after = names(&case.run(&file));
        if !missing.is_empty() && after != others_of(&faults) {
            wrong.push(format!("{}: all pasted leave {after:?}\n{file}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(pasted > 30, "only {pasted} holes are missing a figure");
}
