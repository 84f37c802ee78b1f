//! The marks of footnotes in a text: which `[^1]` refers to a note, and which line `[^1]: …` is its text.
//!
//! All of it is settled before Markdown is read: what has no counterpart stays text, and is told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::escape::fence;
use super::wrapped::goes_on;
use crate::diag::{Code, Diagnostic, Text};
use crate::fill::Replacement;
use crate::manifest::{Located, image};
use crate::placeholder::{code_spans, is_blank};
use crate::text;

/// The marks of the notes of a text, each with its counterpart, and what is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// In the order of the text.
    pub marks: Vec<Mark>,
    pub faults: Vec<Fault>,
}

/// A mark that is not printed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// In bytes of the text; of the mark before a note's words the colon and blanks are part.
    pub range: Range<usize>,
    /// For the sign in the text, the number of the mark of its note's words among [`Marks::marks`].
    pub note: Option<usize>,
}

/// What is printed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub kind: FaultKind,
    /// In bytes of the text.
    pub range: Range<usize>,
}

/// Why a mark is printed as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A sign without a note.
    NoText,
    /// A note without a sign.
    NoSign,
    /// A second note of the same name.
    SecondText,
    /// A second sign of the same name.
    SecondSign,
    /// A name with a hole in it.
    Hole,
    /// In a heading, a title or another text that is no paragraph.
    Heading,
    Table,
    /// In the words of a picture.
    Picture,
    /// In another note.
    Note,
}

/// A mark before it is known whether it has a counterpart.
struct Candidate<'t> {
    range: Range<usize>,
    name: &'t str,
    is_text: bool,
    /// Why it can be none.
    fault: Option<FaultKind>,
}

impl Marks {
    /// The marks of `text`, whose holes stand where `replacements` are.
    pub(super) fn of(text: &str, replacements: &[Replacement]) -> Marks {
        let mut candidates = candidates(text);
        let mut holes = replacements.iter().map(|hole| &hole.range).peekable();
        for candidate in &mut candidates {
            while holes.next_if(|hole| hole.end <= candidate.range.start).is_some() {}
            let name = candidate.range.start + SIGN.len();
            if holes.peek().is_some_and(|hole| hole.start < name + candidate.name.len()) {
                candidate.fault = Some(FaultKind::Hole);
            }
        }
        // The first sign and the first note of a name go together.
        let mut notes = BTreeSet::new();
        for it in candidates.iter_mut().filter(|it| it.is_text && it.fault.is_none()) {
            it.fault = (!notes.insert(it.name)).then_some(FaultKind::SecondText);
        }
        let mut signs = BTreeSet::new();
        for it in candidates.iter_mut().filter(|it| !it.is_text && it.fault.is_none()) {
            it.fault = if !notes.contains(it.name) {
                Some(FaultKind::NoText)
            } else {
                (!signs.insert(it.name)).then_some(FaultKind::SecondSign)
            };
        }
        for it in candidates.iter_mut().filter(|it| it.is_text && it.fault.is_none()) {
            it.fault = (!signs.contains(it.name)).then_some(FaultKind::NoSign);
        }
        let mut marks = Marks::default();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for it in candidates.iter().filter(|it| it.fault.is_none()) {
            if it.is_text {
                numbers.insert(it.name, marks.marks.len());
            }
            marks.marks.push(Mark { range: it.range.clone(), note: None });
        }
        let kept = candidates.iter().filter(|it| it.fault.is_none());
        for (mark, it) in marks.marks.iter_mut().zip(kept) {
            mark.note = numbers.get(it.name).copied().filter(|_| !it.is_text);
        }
        marks.faults.extend(candidates.into_iter().filter_map(|it| Some(Fault { kind: it.fault?, range: it.range })));
        marks
    }
}

/// What a mark begins with.
const SIGN: &str = "[^";

fn candidates(text: &str) -> Vec<Candidate<'_>> {
    let mut found = Vec::new();
    let mut open_fence = None;
    // The last sign of the line before, if that is a note's.
    let mut note_end = None;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let content = raw.trim_matches(|c: char| is_blank(c) || matches!(c, '\n' | '\r'));
        let at = start + raw.len() - raw.trim_start_matches(|c: char| is_blank(c) || matches!(c, '\n' | '\r')).len();
        start += raw.len();
        let ticks = fence(content, open_fence);
        let in_fence = open_fence.is_some() || ticks.is_some();
        if ticks.is_some() {
            open_fence = if open_fence.is_some() { None } else { ticks };
        }
        // The words of a note may be wrapped.
        let is_wrapped = note_end.take().is_some_and(|end| goes_on(Some(end), content)) && !in_fence;
        if is_wrapped {
            note_end = content.chars().next_back();
        }
        if in_fence || !content.contains(SIGN) {
            continue;
        }
        let hashes = content.bytes().take_while(|&byte| byte == b'#').count();
        let mut fault = if is_wrapped {
            Some(FaultKind::Note)
        } else if (1..=6).contains(&hashes) && content[hashes..].starts_with(is_blank) {
            Some(FaultKind::Heading)
        } else if content.starts_with('|') {
            Some(FaultKind::Table)
        } else {
            image(content).map(|_| FaultKind::Picture)
        };
        for (range, name) in signs(content) {
            let words = words(content, &range).filter(|_| fault.is_none());
            let is_text = words.is_some();
            let end = words.unwrap_or(range.end);
            found.push(Candidate { range: at + range.start..at + end, name, is_text, fault });
            if is_text {
                fault = Some(FaultKind::Note);
                note_end = content.chars().next_back();
            }
        }
    }
    found
}

/// The marks of a line and their names, code aside.
fn signs(line: &str) -> Vec<(Range<usize>, &str)> {
    let mut code = code_spans(line).into_iter().peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(SIGN).map(|start| at + start) {
        at = start + SIGN.len();
        let Some(len) = line[at..].find([']', '[']) else { break };
        let name = &line[at..at + len];
        let backslashes = line[..start].bytes().rev().take_while(|&byte| byte == b'\\').count();
        while code.next_if(|span| span.end <= start).is_some() {}
        let is_code = code.peek().is_some_and(|span| span.contains(&start));
        if line[at + len..].starts_with(']') && !name.trim().is_empty() && backslashes % 2 == 0 && !is_code {
            found.push((start..at + len + 1, name));
        }
        at += len;
    }
    found
}

/// Where the words of the note begin that the line is, if it is one that `sign` leads.
fn words(line: &str, sign: &Range<usize>) -> Option<usize> {
    let rest = line[sign.end..].strip_prefix([':', '：']).filter(|_| sign.start == 0)?;
    let words = rest.trim_start_matches(is_blank);
    (!words.is_empty()).then_some(line.len() - words.len())
}

/// What to say of `fault`, which stands in `text`.
pub(super) fn told(fault: &Fault, text: &Located) -> Diagnostic {
    let sign = text.text()[fault.range.clone()].trim_end_matches(|c| is_blank(c) || matches!(c, ':' | '：'));
    let (message, help): (Text, Option<Text>) = match fault.kind {
        FaultKind::NoText => (
            text!("脚注“{sign}”没有注文，照原样印出", "footnote `{sign}` has no text and prints as it stands"),
            Some(text!(
                "在这一节的正文里另起一行写“{sign}: 注文”",
                "write its text on a line of its own in this section: `{sign}: …`"
            )),
        ),
        FaultKind::NoSign => (
            text!(
                "注文“{sign}”没有引用，照原样印出",
                "nothing refers to the footnote `{sign}`, which prints as it stands"
            ),
            Some(text!(
                "在这一节要加注的字后面写“{sign}”",
                "write `{sign}` after the words of this section that it is on"
            )),
        ),
        FaultKind::SecondText => (
            text!(
                "“{sign}”的注文前面已经有了，这一条照原样印出",
                "`{sign}` has a text already; this one prints as it stands"
            ),
            Some(text!("换一个标号，或删去一条", "give it another name, or delete one")),
        ),
        FaultKind::SecondSign => (
            text!(
                "“{sign}”前面已经引用过了，这一处照原样印出",
                "`{sign}` stands further up already; here it prints as it stands"
            ),
            Some(text!("换一个标号，另写一条注文", "give it another name and a text of its own")),
        ),
        FaultKind::Hole => (
            text!(
                "脚注的标号里不能有要填的空，照原样印出",
                "the name of a footnote can't have a hole; it prints as it stands"
            ),
            Some(text!("标号写成数字，比如 [^1]", "make it a number: [^1]")),
        ),
        FaultKind::Heading => (
            text!(
                "标题这类文字里不能加脚注，“{sign}”照原样印出",
                "there are no footnotes in titles and headings: `{sign}` prints as it stands"
            ),
            Some(text!("把脚注加在下面的正文里", "put it into a paragraph of the text")),
        ),
        FaultKind::Table => (
            text!(
                "表格里不能加脚注，“{sign}”照原样印出",
                "there are no footnotes in tables: `{sign}` prints as it stands"
            ),
            Some(text!("在表后写一段“注：……”", "write a paragraph after the table instead")),
        ),
        FaultKind::Picture => (
            text!(
                "图题里不能加脚注，“{sign}”照原样印出",
                "there are no footnotes in captions: `{sign}` prints as it stands"
            ),
            None,
        ),
        FaultKind::Note => (
            text!(
                "注文里不能再加脚注，“{sign}”照原样印出",
                "there are no footnotes in footnotes: `{sign}` prints as it stands"
            ),
            None,
        ),
    };
    let told = Diagnostic::new(Code::BadMarkdown, message).at(text.span(fault.range.clone()));
    match help {
        Some(help) => told.help(help),
        None => told,
    }
}

/// The signs in a text that is no Markdown, where there are no notes; it is a title's, or a cell's of a table.
pub(super) fn in_plain(text: &str, is_cell: bool) -> Vec<Fault> {
    let kind = if is_cell { FaultKind::Table } else { FaultKind::Heading };
    candidates(text).into_iter().map(|it| Fault { kind, range: it.range }).collect()
}
