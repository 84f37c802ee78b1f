//! The texts of a report file, and the words of a draft on their way to them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::Row;
use super::mapped::Mapped;
use crate::manifest::Part;
use crate::number::Date;
use crate::placeholder::{Fault, FaultKind, Literals, Scan, scan};

/// The texts of a report file.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    /// Title, subtitle, author, salutation, headings and texts.
    pub(super) parts: BTreeMap<Part, String>,
    /// The holes of each, in order.
    pub(super) holes: BTreeMap<Part, Vec<Origin>>,
    /// The holes of words that stand twice in the draft and once in the report file.
    pub(super) copies: Vec<Origin>,
    /// The level of each section's heading.
    pub(super) levels: Vec<u8>,
    /// The attachment that each section is part of.
    pub(super) attached: Vec<Option<usize>>,
    pub(super) date: Option<Date>,
    pub(super) signed_on: Option<Date>,
    pub(super) numbering: Option<&'static str>,
    /// `[style] toc`.
    pub(super) has_contents: bool,
    pub(super) literals: Vec<String>,
    /// The part whose last line was a row or a picture.
    pub(super) apart: Option<Part>,
}

/// Where a hole comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// In bytes of the draft.
    pub(super) source: Range<usize>,
    /// Something else than X stood there.
    pub(super) turned: bool,
    /// The number that stood there, where it was made a figure.
    pub(super) value: Option<String>,
}

/// The way in which a stretch of words is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// No Markdown is read there: a title, a heading.
    Plain,
    /// Markdown of the draft.
    Markdown,
    /// Words that must print as they are.
    Escaped,
}

/// Words of the draft with where they belong.
pub(super) struct Words {
    pub(super) part: Part,
    pub(super) way: Way,
    pub(super) text: Mapped,
    pub(super) item: Option<u8>,
    pub(super) row: Option<Row>,
    /// The file of the picture whose caption they are.
    pub(super) picture: Option<String>,
    /// Numbers that became X, by their place in `text`.
    pub(super) values: BTreeMap<usize, String>,
    /// Stretches of `text` that look like holes and are none, in order.
    pub(super) kept: Vec<Range<usize>>,
    /// The same words once more, which the program prints by itself.
    pub(super) is_copy: bool,
}

/// The demands on the texts of a report file.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// Numbers become figures.
    pub(super) figures_too: bool,
    /// But not those that begin there in the draft, nor are they holes if they are no X: no key of their own would
    /// fill them.
    pub(super) refused: BTreeSet<usize>,
    /// Words that have a sign of a hole in them and can't have one.
    pub(super) literals: Vec<String>,
    /// Sections in which nothing is Markdown, since what the draft has is not what the program reads.
    pub(super) plain: BTreeSet<usize>,
}

/// The holes of the words as the report file will have them. What is kept is a fault among them: text, and told.
pub(super) fn scanned(words: &Words, literals: &Literals) -> Scan {
    let mut found = written(words, literals);
    if words.kept.is_empty() {
        return found;
    }
    let apart = |range: &Range<usize>| {
        let next = words.kept.partition_point(|kept| kept.end <= range.start);
        words.kept.get(next).is_none_or(|kept| range.end <= kept.start)
    };
    found.holes.retain(|hole| apart(&hole.range));
    found.faults.retain(|fault| apart(&fault.range));
    found.faults.extend(words.kept.iter().map(|range| Fault { range: range.clone(), kind: FaultKind::Damaged }));
    found.faults.sort_by_key(|fault| fault.range.start);
    found
}

/// As [`scanned`], before anything is kept.
fn written(words: &Words, literals: &Literals) -> Scan {
    let text = words.text.text();
    // Signs of Markdown that will have a backslash before them, and be signs no more.
    const SIGNS: [char; 5] = ['`', '\\', '*', '_', '['];
    if words.way != Way::Escaped || !text.contains(SIGNS) {
        return scan(text, literals);
    }
    let first = scan(&text.replace(['`', '\\'], "|"), literals);
    let mut holes = first.holes.iter().map(|hole| &hole.range).peekable();
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        while holes.next_if(|hole| hole.end <= at).is_some() {}
        let in_hole = holes.peek().is_some_and(|hole| hole.start <= at);
        plain.push(if SIGNS.contains(&c) && !in_hole { '|' } else { c });
    }
    scan(&plain, literals)
}
