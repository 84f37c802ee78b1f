//! A line of a file as the terminal shows it: clipped round what is marked in it, in columns of the terminal.
//!
//! A hanzi takes two columns, a tab four. The paragraphs of a report are lines of hundreds of hanzi.

use crate::visible::{is_command, is_hidden};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Columns kept before and after a mark.
const AROUND: usize = 20;
/// A line as wide as this is not clipped.
const UNCLIPPED: usize = 76;
/// A mark wider than this is itself clipped in its middle.
const WIDEST_MARK: usize = 60;
/// Stands for what is left out. `…` would do, but Chinese consoles disagree whether it takes one column or two.
const CUT: &str = "...";
/// Columns that a tab is shown as.
const TAB: usize = 4;

/// A clipped line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ShownLine {
    /// What is printed.
    pub(super) text: String,
    /// Columns of the marks, from 0; the end is exclusive and after the start.
    pub(super) marks: Vec<Range<usize>>,
}

/// Shows `line`, in which the bytes `marks` are marked.
pub(super) fn show(line: &str, marks: &[Range<usize>]) -> ShownLine {
    let marks: Vec<Range<usize>> = marks.iter().map(|mark| on_boundaries(line, mark)).collect();
    let mut shown = ShownLine { text: String::new(), marks: vec![0..0; marks.len()] };
    let mut column = 0;
    let mut last_end = 0;
    for piece in pieces(line, &marks) {
        if piece.start > last_end {
            shown.text.push_str(CUT);
            column += CUT.len();
        }
        let mut note = |at: usize, column: usize| {
            for (mark, columns) in marks.iter().zip(&mut shown.marks) {
                if mark.start == at {
                    columns.start = column;
                }
                if mark.end == at {
                    columns.end = column;
                }
            }
        };
        for (at, c) in line[piece.clone()].char_indices() {
            note(piece.start + at, column);
            let c = if is_command(line, piece.start + at) { char::REPLACEMENT_CHARACTER } else { c };
            column += push(&mut shown.text, c);
        }
        note(piece.end, column);
        last_end = piece.end;
    }
    if last_end < line.len() {
        shown.text.push_str(CUT);
    }
    for columns in &mut shown.marks {
        // A point is shown as one column.
        columns.end = columns.end.max(columns.start + 1);
    }
    shown
}

/// The width of `c` on the terminal.
fn width(c: char) -> usize {
    match c {
        '\t' => TAB,
        '\u{feff}' => 0,
        c if is_hidden(c) => 1,
        c => c.width().unwrap_or(1),
    }
}

/// The width of `text` on the terminal.
pub(super) fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// Adds `c` as it is shown, and gives its width.
fn push(out: &mut String, c: char) -> usize {
    match c {
        '\t' => out.push_str(&" ".repeat(TAB)),
        '\u{feff}' => {}
        c if is_hidden(c) => out.push(char::REPLACEMENT_CHARACTER),
        c => out.push(c),
    }
    width(c)
}

fn on_boundaries(line: &str, mark: &Range<usize>) -> Range<usize> {
    let mut start = mark.start.min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = mark.end.clamp(start, line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The stretches of `line` that are shown, in order and apart.
fn pieces(line: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    // A column takes at most 4 bytes, but for marks that combine; those lines may as well be clipped.
    if line.len() <= UNCLIPPED * 4 && width_of(line) <= UNCLIPPED {
        return std::iter::once(0..line.len()).collect();
    }
    let mut kept: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        if after(line, mark.start, WIDEST_MARK) < mark.end {
            kept.push(before(line, mark.start, AROUND)..after(line, mark.start, AROUND));
            kept.push(before(line, mark.end, AROUND)..after(line, mark.end, AROUND));
        } else {
            kept.push(before(line, mark.start, AROUND)..after(line, mark.end, AROUND));
        }
    }
    kept.sort_by_key(|piece| piece.start);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in kept {
        match pieces.last_mut() {
            // What would be left out is hardly wider than what stands for it.
            Some(last) if piece.start <= after(line, last.end, 4) => last.end = last.end.max(piece.end),
            _ => pieces.push(piece),
        }
    }
    if let Some(first) = pieces.first_mut().filter(|first| before(line, first.start, 4) == 0) {
        first.start = 0;
    }
    if let Some(last) = pieces.last_mut().filter(|last| after(line, last.end, 4) == line.len()) {
        last.end = line.len();
    }
    pieces
}

/// The offset at most `columns` before `at`.
fn before(line: &str, at: usize, columns: usize) -> usize {
    reach(line[..at].char_indices().rev(), at, columns)
}

/// The offset at most `columns` after `at`.
fn after(line: &str, at: usize, columns: usize) -> usize {
    reach(line[at..].char_indices().map(|(from, c)| (at + from + c.len_utf8(), c)), at, columns)
}

/// Walks over `chars`, each with the offset behind it, as far as `columns` reach.
fn reach(chars: impl Iterator<Item = (usize, char)>, from: usize, columns: usize) -> usize {
    let mut left = columns;
    let mut reached = from;
    for (offset, c) in chars {
        let Some(rest) = left.checked_sub(width(c)) else { break };
        left = rest;
        reached = offset;
    }
    reached
}
