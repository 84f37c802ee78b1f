//! The lines of a section's text as the Markdown that is parsed, with each hole and each note's mark one opaque sign.
//!
//! A line of a draft is a paragraph, and what is Markdown by accident is escaped.

use super::element::{Unset, UnsetKind};
use super::escape::{escape, fence, is_item};
use super::marks::Marks;
use super::signs;
use super::wrapped::goes_on;
use crate::fill::Filled;
use crate::placeholder::is_blank;

/// The Markdown that is parsed, and where its lines come from.
pub(super) struct Source {
    pub(super) markdown: String,
    /// For each line of `markdown`: start and end of the line of the section's text.
    lines: Vec<(usize, usize)>,
    pub(super) unset: Vec<Unset>,
}

impl Source {
    pub(super) fn new(filled: &Filled<'_>, marks: &Marks) -> Self {
        let text = filled.field.text.text();
        let empty = || Source { markdown: String::new(), lines: Vec::new(), unset: Vec::new() };
        // A note stands between lines that belong together, and parts nothing: notes come first, each by itself.
        let (mut source, mut notes) = (empty(), empty());
        source.markdown.reserve(text.len() * 2);
        let mut signs = marks.marks.iter().enumerate().peekable();
        let mut holes = filled.replacements.iter().enumerate().peekable();
        let mut escapes = filled.escapes.iter().copied().peekable();
        let mut start = 0;
        let mut state = Lines::default();
        // The note whose words the last line was.
        let mut open: Option<Lines> = None;
        let mut raws = text.split_inclusive('\n').peekable();
        while let Some(raw) = raws.next() {
            state.see(raw, raws.peek().copied());
            let line = raw.trim_end_matches(['\n', '\r']);
            let end = start + line.len();
            // A list of names may go over a line's end: its replacement then takes that end with it.
            let mut out = String::with_capacity(line.len());
            let mut at = start;
            let mut is_note = false;
            while at < end {
                if let Some((index, mark)) = signs.next_if(|(_, mark)| mark.range.start <= at) {
                    if mark.range.start == at {
                        signs::push(&mut out, filled.replacements.len() + index);
                    }
                    is_note |= mark.note.is_none();
                    at = mark.range.end.max(at);
                    continue;
                }
                if let Some((index, hole)) = holes.next_if(|(_, hole)| hole.range.start <= at) {
                    if hole.range.start == at {
                        signs::push(&mut out, index);
                    }
                    at = hole.range.end.max(at);
                    continue;
                }
                if escapes.next_if_eq(&at).is_some() {
                    at += 1;
                }
                let Some(c) = text[at..end.max(at)].chars().next() else { break };
                out.push(c);
                at += c.len_utf8();
            }
            if is_note {
                open.insert(Lines::default()).push(&mut notes, &out, (start, end));
            } else if let Some(note) = open.as_mut().filter(|note| goes_on(note.last, out.trim_matches(is_space))) {
                note.push(&mut notes, &out, (start, end));
            } else {
                open = None;
                state.push(&mut source, &out, (start, end));
            }
            start += raw.len();
        }
        if let Some(Fence { origin: (start, end), .. }) = state.fence {
            source.unset.push(Unset { what: UnsetKind::OpenFence, start, end });
        }
        if !notes.lines.is_empty() {
            notes.markdown += &source.markdown;
            notes.lines.extend(source.lines);
            notes.unset.extend(source.unset);
            return notes;
        }
        source
    }

    /// Where the line of this number, from 1, comes from: its start and end in the section's text.
    pub(super) fn line(&self, number: usize) -> (usize, usize) {
        self.lines.get(number.saturating_sub(1)).or(self.lines.last()).copied().unwrap_or_default()
    }
}

/// A block of code.
struct Fence {
    /// How many backticks begin it.
    ticks: usize,
    /// Where its first line stands in the section's text.
    origin: (usize, usize),
}

/// An item of a list.
struct Item {
    /// How far it is indented in the text.
    typed: usize,
    /// How far its words are in the Markdown.
    words: usize,
}

/// What the lines so far mean for the next.
#[derive(Default)]
struct Lines {
    /// The last line's last sign, if it had one.
    last: Option<char>,
    in_list: bool,
    /// The items that the next may stand in.
    items: Vec<Item>,
    /// The block of code that is open.
    fence: Option<Fence>,
    /// How many cells the head of the table has in which the line stands.
    table: Option<usize>,
    /// Whether the line begins a table.
    begins_table: bool,
}

impl Lines {
    /// Looks at a line of the text and the one after it, before [`Lines::push`] takes it: a table begins where a line
    /// under its head rules off the columns.
    fn see(&mut self, line: &str, next: Option<&str>) {
        let is_row = line.trim_matches(is_space).starts_with('|') && self.fence.is_none();
        self.begins_table = false;
        self.table = match self.table {
            Some(width) if is_row => Some(width),
            _ if is_row && next.is_some_and(is_delimiter) => {
                self.begins_table = true;
                next.map(cells)
            }
            _ => None,
        };
    }

    /// How far the item that `line` begins, whose words are `content`, has to be indented: as the words of the one that
    /// it stands in.
    fn indent(&mut self, line: &str, content: &str) -> usize {
        let typed = line.chars().take_while(|&c| is_blank(c)).count();
        while self.items.last().is_some_and(|item| item.typed >= typed) {
            self.items.pop();
        }
        let indent = self.items.last().map_or(0, |item| item.words);
        let marker = content.find(is_blank).unwrap_or_default();
        self.items.push(Item { typed, words: indent + marker + 1 });
        indent
    }

    /// Adds a line, with an empty one before it where it begins a paragraph of its own.
    fn push(&mut self, source: &mut Source, line: &str, origin: (usize, usize)) {
        let mut add = |markdown: &str| {
            source.markdown += markdown;
            source.markdown.push('\n');
            source.lines.push(origin);
        };
        let content = line.trim_matches(|c: char| is_blank(c) || c == '\r');
        let ticks = fence(content, self.fence.as_ref().map(|fence| fence.ticks));
        if self.fence.is_some() || ticks.is_some() {
            // Its lines are as they are, and so are those that begin and end it.
            if self.fence.is_none() {
                add("");
            }
            add(content);
            let named = content.trim_start_matches('`').trim_matches(is_blank);
            if self.fence.is_none() && !named.is_empty() {
                let (start, end) = origin;
                source.unset.push(Unset { what: UnsetKind::FenceName, start, end });
            }
            self.fence = match (ticks, self.fence.take()) {
                (Some(ticks), None) => Some(Fence { ticks, origin }),
                (Some(_), Some(_)) => None,
                (None, fence) => fence,
            };
            self.last = None;
            return;
        }
        let is_item = is_item(content);
        let goes_on = goes_on(self.last, content);
        let in_table = self.table.is_some() && !self.begins_table;
        if content.is_empty() || !(goes_on || in_table) {
            add("");
        }
        self.last = content.chars().next_back();
        if content.is_empty() {
            return;
        }
        self.in_list = is_item || (goes_on && self.in_list);
        // Only a list inside a list is told by its indentation; other blanks at a line's start are the draft's.
        let indent = if is_item { self.indent(line, content) } else { 0 };
        if !self.in_list {
            self.items.clear();
        }
        add(&format!("{}{}", " ".repeat(indent), escape(content)));
        let (start, end) = origin;
        let fault = match self.table {
            Some(width) => match cells(content).cmp(&width) {
                std::cmp::Ordering::Less => Some(UnsetKind::NarrowRow),
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => Some(UnsetKind::WideRow),
            },
            None if content.starts_with('|') && content.len() > 1 && content.ends_with('|') => Some(UnsetKind::Table),
            None => None,
        };
        source.unset.extend(fault.map(|what| Unset { what, start, end }));
        if content.contains("![") && content.contains("](") && crate::manifest::image(content).is_none() {
            source.unset.push(Unset { what: UnsetKind::Image, start, end });
        }
        if has_html_image(content) {
            source.unset.push(Unset { what: UnsetKind::Html, start, end });
        }
    }
}

/// Whether a line has a picture as web pages write it.
pub(crate) fn has_html_image(line: &str) -> bool {
    let begins = |(at, _): (usize, &str)| {
        !line[..at].ends_with('\\') && line.get(at + 1..at + 5).is_some_and(|word| word.eq_ignore_ascii_case("img "))
    };
    line.match_indices('<').any(begins)
}

/// A blank at a line's end, or the end itself.
fn is_space(c: char) -> bool {
    is_blank(c) || matches!(c, '\n' | '\r')
}

/// Whether a line rules off the columns of a table: `|---|:-:|`.
pub(crate) fn is_delimiter(line: &str) -> bool {
    let line = line.trim_matches(is_space);
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c))
}

/// How many cells a row has: one for each `|` that is not escaped, less that at its end.
pub(crate) fn cells(line: &str) -> usize {
    let line = line.trim_matches(is_space);
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut escaped = false;
    let mut bars = 0;
    let mut ends = false;
    for c in line.chars() {
        ends = c == '|' && !escaped;
        bars += usize::from(ends);
        escaped = c == '\\' && !escaped;
    }
    bars + usize::from(!ends)
}
