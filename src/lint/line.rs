//! A line of a text as rules see it: characters, each of which knows its place, and signs for what is none of their
//! business.

use std::ops::Range;

use super::letters::{HOLE, KEPT, is_blank};
use crate::diag::{Code, Diagnostic, Text};
use crate::manifest::Located;
use crate::text;

/// What a text is in its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The title, or the subtitle.
    Title,
    /// A heading.
    Heading,
    /// An author, a signature, whom the report is for.
    Name,
    /// Running text.
    Body,
}

/// What Markdown's signs at its start make of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// A paragraph.
    None,
    /// A heading.
    Heading,
    /// An item of a list, or a quotation.
    Item,
}

/// A line: a paragraph, mostly.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// What it belongs to.
    pub(super) place: Place,
    /// What leads it.
    pub(super) lead: Lead,
    located: &'t Located,
    chars: Vec<char>,
    /// For each character, and for the end: where it begins in the text.
    starts: Vec<u32>,
    /// For each character: where it ends in the text.
    ends: Vec<u32>,
}

/// How the signs of Markdown are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// They are text.
    Text,
    /// They are left out.
    Markdown,
}

impl<'t> Line<'t> {
    /// The line that stands at `range` of the text; `signs` are those of the whole text.
    pub(super) fn new(
        located: &'t Located,
        range: Range<usize>,
        signs: &mut std::iter::Peekable<std::slice::Iter<'_, (Range<usize>, char)>>,
        place: Place,
        markup: Markup,
    ) -> Self {
        let text = located.text();
        let content = text[range.clone()].trim_end_matches(['\r', '\n']);
        let end = range.start + content.len();
        let body = content.trim_start_matches(is_blank);
        let (lead, body) = if markup == Markup::Markdown { lead(body) } else { (Lead::None, body) };
        let mut line = Line {
            place,
            lead,
            located,
            chars: Vec::with_capacity(body.len() / 2),
            starts: Vec::with_capacity(body.len() / 2),
            ends: Vec::with_capacity(body.len() / 2),
        };
        let mut at = end - body.len();
        while let Some(c) = text[at..end].chars().next() {
            while signs.next_if(|(sign, _)| sign.end <= at).is_some() {}
            let width = match signs.peek() {
                Some((sign, c)) if sign.start <= at => {
                    line.push(*c, at..sign.end);
                    at = sign.end;
                    if at > end {
                        break;
                    }
                    continue;
                }
                Some(_) | None => c.len_utf8(),
            };
            let is_emphasis = markup == Markup::Markdown && matches!(c, '*');
            if !is_emphasis {
                // Noncharacters stand for signs, and are no text.
                line.push(if matches!(c, '\u{fdd0}'..='\u{fdef}') { KEPT } else { c }, at..at + width);
            }
            at += width;
        }
        while line.chars.last().copied().is_some_and(is_blank) {
            line.chars.pop();
            line.starts.pop();
            line.ends.pop();
        }
        let end = line.ends.last().copied().unwrap_or(end as u32);
        line.starts.push(end);
        line
    }

    fn push(&mut self, c: char, range: Range<usize>) {
        self.chars.push(c);
        self.starts.push(range.start as u32);
        self.ends.push(range.end as u32);
    }

    /// Its characters.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character `i`.
    pub(super) fn get(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// The character before the character `i`.
    pub(super) fn before(&self, i: usize) -> Option<char> {
        self.get(i.checked_sub(1)?)
    }

    /// Whether `words` stand at `i`.
    pub(super) fn has(&self, i: usize, words: &str) -> bool {
        let mut at = i;
        words.chars().all(|c| {
            at += 1;
            self.get(at - 1) == Some(c)
        })
    }

    /// Whether the character `i` stands right behind the one before it, with no mark of emphasis between them.
    pub(super) fn touches(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| self.ends[before] == self.starts[i])
    }

    /// Which of `words` stands at `i`; the first that does.
    pub(super) fn any<'w>(&self, i: usize, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| self.has(i, word))
    }

    /// Whether one of `words` ends right before `i`.
    pub(super) fn follows(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| i.checked_sub(word.chars().count()).is_some_and(|start| self.has(start, word)))
    }

    /// Where a clause begins that the character `i` belongs to begin with: at the line's start, or after a mark.
    pub(super) fn begins_clause(&self, i: usize) -> bool {
        self.before(i).is_none_or(|c| super::letters::is_stop(c) || super::letters::is_opening(c) || is_blank(c))
    }

    /// Whether it is a reference, whose marks are half-width (GB/T 7714): `李四.县域经济[J].农业经济,2020.`
    pub(super) fn is_reference(&self) -> bool {
        const KINDS: [&str; 9] = ["[J]", "[M]", "[D]", "[C]", "[N]", "[R]", "[S]", "[EB/OL]", "[J/OL]"];
        (0..self.len()).any(|i| self.chars[i] == '[' && self.any(i, &KINDS).is_some())
    }

    /// The characters of `range` as a string; signs are left out.
    pub(super) fn slice(&self, range: Range<usize>) -> String {
        self.chars[range].iter().filter(|c| !matches!(**c, HOLE | KEPT)).collect()
    }

    /// The text as it is written from the character `i` to the line's end.
    pub(super) fn rest(&self, i: usize) -> &'t str {
        let end = self.ends.last().map_or(0, |end| *end as usize);
        self.located.text().get(self.starts[i] as usize..end).unwrap_or_default()
    }

    /// The characters `range` as they are written.
    pub(super) fn written(&self, range: Range<usize>) -> &'t str {
        &self.located.text()[self.bytes(range)]
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let start = self.starts[range.start] as usize;
        let end = if range.is_empty() { start } else { self.ends[range.end - 1] as usize };
        start..end
    }

    /// A fault at the characters `range`.
    pub(super) fn fault(&self, code: Code, range: Range<usize>, message: Text) -> Diagnostic {
        Diagnostic::new(code, message).at(self.located.span(self.bytes(range)))
    }

    /// `fault`, with the other place `range`.
    pub(super) fn label(&self, fault: Diagnostic, range: Range<usize>, message: Text) -> Diagnostic {
        fault.label(self.located.span(self.bytes(range)), message)
    }

    /// `fault`, with the fix that puts `new` in the place of `range`, said as the help `description`; as help alone
    /// where the file can't be edited so.
    pub(super) fn mend(&self, fault: Diagnostic, range: Range<usize>, new: &str) -> Diagnostic {
        let old = self.written(range.clone());
        let shown = old.trim();
        let description = match (new.is_empty(), shown.is_empty()) {
            (true, true) => text!("删去空格", "leave the blank out"),
            (true, false) => text!("删去“{shown}”", "leave `{shown}` out"),
            (false, _) => text!("改为“{new}”", "write `{new}`"),
        };
        self.mend_all(fault, &[(range, new)], description)
    }

    /// `fault`, with the fix that makes all of `changes`.
    pub(super) fn mend_all(
        &self,
        fault: Diagnostic,
        changes: &[(Range<usize>, &str)],
        description: Text,
    ) -> Diagnostic {
        let edits = changes.iter().map(|(range, new)| {
            // Marks of emphasis stand between the characters, and would go with them.
            let widths: u32 = range.clone().map(|i| self.ends[i] - self.starts[i]).sum();
            let bytes = self.bytes(range.clone());
            (widths as usize == bytes.len()).then(|| self.located.edit(bytes, new)).flatten()
        });
        match edits.collect::<Option<Vec<_>>>() {
            Some(edits) => fault.fix(description, edits),
            None => fault.help(description),
        }
    }

    /// `fault`, with the advice to write `new`, which is to be looked at first.
    pub(super) fn propose(&self, fault: Diagnostic, new: &str) -> Diagnostic {
        fault.help(text!("改为“{new}”", "write `{new}`"))
    }
}

/// What leads a line of Markdown, and the rest of it.
fn lead(body: &str) -> (Lead, &str) {
    let mut rest = body;
    let mut found = Lead::None;
    loop {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if (1..=6).contains(&hashes) && rest[hashes..].starts_with(is_blank) {
            return (Lead::Heading, rest[hashes..].trim_start_matches(is_blank));
        }
        let Some(item) = ["- ", "* ", "+ ", "> "].iter().find_map(|sign| rest.strip_prefix(sign)) else {
            return (found, rest);
        };
        found = Lead::Item;
        rest = item.trim_start_matches(is_blank);
    }
}
