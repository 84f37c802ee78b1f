//! Footnotes of a draft, which become those of the report file: `[^1]` in the text, and `[^1]: …` after its paragraph.
//!
//! Until a text is written, the sign of a note is a row of noncharacters, which no draft has and nothing reads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::Line;
use super::texts::{Way, Words};
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest::Part;
use crate::text;

/// The beginning of a sign, and its end.
const ENDS: [char; 2] = ['\u{fdd3}', '\u{fdd4}'];
/// The digit 0 of a sign's number; the others follow it.
const ZERO: u32 = 0xfdd5;
/// Stands between a sign and the words of its note.
pub(super) const COLON: &str = ": ";

/// The sign of the note `number`.
pub(super) fn sign(number: usize) -> String {
    let digits = number.to_string();
    let digits = digits.chars().filter_map(|c| char::from_u32(ZERO + c.to_digit(10)?));
    std::iter::once(ENDS[0]).chain(digits).chain([ENDS[1]]).collect()
}

/// Whether `c` is part of a sign.
pub(super) fn is_sign(c: char) -> bool {
    written(c).is_some()
}

/// What a report file has for a part of a sign.
pub(super) fn written(c: char) -> Option<char> {
    match c {
        '\u{fdd3}' => Some('^'),
        '\u{fdd4}' => Some(']'),
        '\u{fdd5}'..='\u{fdde}' => char::from_digit(u32::from(c) - ZERO, 10),
        _ => None,
    }
}

/// The signs in a text.
pub(super) fn signs(text: &str) -> Vec<Range<usize>> {
    let end = |start: usize| text[start..].find(ENDS[1]).map(|len| start + len + ENDS[1].len_utf8());
    text.match_indices(ENDS[0]).filter_map(|(start, _)| Some(start..end(start)?)).collect()
}

/// Takes away the signs that have no counterpart in the paragraphs of their section, and tells of them: no note stands
/// in a heading or a table, or where nothing is Markdown.
pub(super) fn settle(words: &mut [Words], plain: &BTreeSet<usize>, notes: &mut Notes) {
    // For each part and sign: how often it stands in the text, and before a note's words.
    let mut seen: BTreeMap<(Part, String), [usize; 2]> = BTreeMap::new();
    let takes = |words: &Words| {
        words.row.is_none() && words.way == Way::Escaped && words.part.section().is_none_or(|it| !plain.contains(&it))
    };
    for words in words.iter().filter(|words| takes(words)) {
        let text = words.text.text();
        for range in signs(text) {
            let is_note = is_note(text, &range);
            let counts = seen.entry((words.part, text[range].to_owned())).or_default();
            counts[usize::from(is_note)] += 1;
        }
    }
    for words in words {
        let text = words.text.text();
        let mut edits = Vec::new();
        for range in signs(text) {
            let counts = seen.get(&(words.part, text[range.clone()].to_owned()));
            if takes(words) && counts == Some(&[1, 1]) {
                continue;
            }
            if is_note(text, &range) {
                edits.push((range.start..range.end + COLON.len(), String::new()));
            } else {
                let message = text!("脚注成了这一段后面的一段", "a note became a paragraph after this one");
                let source = words.text.source(range.clone());
                notes.push(Note::in_part(Code::NotImported, message, source, words.part));
                edits.push((range, String::new()));
            }
        }
        if !edits.is_empty() {
            words.text = words.text.edited(&edits);
        }
    }
}

/// Whether a sign stands before the words of its note.
fn is_note(text: &str, sign: &Range<usize>) -> bool {
    sign.start == 0 && text[sign.end..].starts_with(COLON)
}

/// Puts the notes of a Markdown draft, which stand anywhere in it, after the paragraphs that refer to them; what has no
/// counterpart is no Markdown any more, and `told`.
pub(super) fn gather(lines: Vec<Line>, mut told: impl FnMut(&Line)) -> Vec<Line> {
    let is_paragraph = |line: &Line| line.markdown && line.level.is_none() && line.row.is_none();
    let mut texts: BTreeMap<String, Line> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| is_paragraph(line)) {
        match named(line.text.text()) {
            Some(name) => *counts.entry(name.to_owned()).or_default() += 1,
            None => referred(line.text.text()).for_each(|name| *counts.entry(name.to_owned()).or_default() += 1),
        }
    }
    // One sign and one text.
    let mut rest = Vec::with_capacity(lines.len());
    for line in lines {
        match named(line.text.text()).filter(|name| is_paragraph(&line) && counts.get(*name) == Some(&2)) {
            Some(name) if !texts.contains_key(name) => {
                texts.insert(name.to_owned(), line);
            }
            Some(_) | None => rest.push(line),
        }
    }
    let mut out = Vec::with_capacity(rest.len() + texts.len());
    for mut line in rest {
        let text = line.text.text();
        if !text.contains("[^") {
            out.push(line);
            continue;
        }
        let own: Vec<String> = referred(text).map(str::to_owned).collect();
        let is_sound = is_paragraph(&line) && named(text).is_none() && own.iter().all(|name| texts.contains_key(name));
        if !is_sound {
            told(&line);
            line.markdown = false;
            if line.level.is_some() {
                // A heading is no Markdown: there would be no backslash before the sign.
                let edits: Vec<_> = references(text).map(|range| (range, String::new())).collect();
                line.text = line.text.edited(&edits);
            }
            out.push(line);
            continue;
        }
        out.push(line);
        out.extend(own.iter().filter_map(|name| texts.remove(name)));
    }
    for mut line in texts.into_values() {
        told(&line);
        line.markdown = false;
        out.push(line);
    }
    out
}

/// The signs of notes in a line: `[^1]`.
fn references(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("[^").filter_map(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        let len = rest.find([']', '[']).filter(|&len| rest[len..].starts_with(']'))?;
        Some(at..at + sign.len() + len + 1)
    })
}

/// The names of the notes that a line refers to.
fn referred(text: &str) -> impl Iterator<Item = &str> {
    references(text).map(|range| &text[range.start + 2..range.end - 1])
}

/// The name of the note whose words a line is.
fn named(text: &str) -> Option<&str> {
    let (name, words) = text.strip_prefix("[^")?.split_once(']')?;
    let words = words.strip_prefix([':', '：'])?;
    (!words.trim().is_empty()).then_some(name)
}
