//! The lines of a section's text as the Markdown that is parsed, with each hole and each note's mark one opaque sign.
//!
//! A line of a draft is a paragraph, and what is Markdown by accident is escaped.

use super::fill::Filled;
use super::markdown::{Unset, UnsetKind};
use super::note::Marks;
use super::signs;
use crate::placeholder::{code_spans, is_blank, is_hanzi};

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

/// What the lines so far mean for the next.
#[derive(Default)]
struct Lines {
    /// The last line's last sign, if it had one.
    last: Option<char>,
    in_list: bool,
    in_fence: bool,
    /// How many cells the head of the table has in which the line stands.
    table: Option<usize>,
    /// Whether the line begins a table.
    begins_table: bool,
}

impl Lines {
    /// Looks at a line of the text and the one after it, before [`Lines::push`] takes it: a table begins where a line
    /// under its head rules off the columns.
    fn see(&mut self, line: &str, next: Option<&str>) {
        let is_row = line.trim_matches(is_space).starts_with('|') && !self.in_fence;
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

    /// Adds a line, with an empty one before it where it begins a paragraph of its own.
    fn push(&mut self, source: &mut Source, line: &str, origin: (usize, usize)) {
        let mut add = |markdown: &str| {
            source.markdown += markdown;
            source.markdown.push('\n');
            source.lines.push(origin);
        };
        let content = line.trim_matches(|c: char| is_blank(c) || c == '\r');
        let is_item = is_list_item(content);
        if content.starts_with("```") {
            self.in_fence = !self.in_fence;
        }
        let goes_on = goes_on(self.last, content);
        let in_table = self.table.is_some() && !self.begins_table;
        if content.is_empty() || !(goes_on || self.in_fence || in_table) {
            add("");
        }
        self.last = content.chars().next_back();
        if content.is_empty() {
            return;
        }
        self.in_list = is_item || (goes_on && self.in_list);
        // Only a list inside a list is told by its indentation; other blanks at a line's start are the draft's.
        let indent = if is_item { line.chars().take_while(|&c| is_blank(c)).count().min(12) } else { 0 };
        let content_escaped = if self.in_fence { content.to_owned() } else { escape(content) };
        add(&format!("{}{content_escaped}", " ".repeat(indent)));
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
    }
}

/// Whether a line after one that ends in `last` goes on with it.
pub(super) fn goes_on(last: Option<char>, line: &str) -> bool {
    let joint = last.zip(line.chars().next());
    !is_list_item(line) && joint.is_some_and(|(last, next)| is_sentence(last, next))
}

/// Whether a line that ends in `last` goes on with one that begins with `next`: both are part of Latin words, one
/// at least by a letter. `增长3.2%` and `2024年` are two lines of a draft, and so two paragraphs.
fn is_sentence(last: char, next: char) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_hanzi(c) && !signs::is_sign(c);
    let is_part = |c: char| is_letter(c) || c.is_ascii_digit() || ",.;:'\"()-".contains(c);
    is_part(last) && is_part(next) && (is_letter(last) || is_letter(next))
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

/// Whether a line begins an item: a bullet or a number of one or two digits, and a blank.
fn is_list_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        1 | 2 => line[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    rest.is_some_and(|rest| rest.starts_with(is_blank))
}

/// The asterisks that begin at `start`, and whether they stand between digits: those of a product or of a masked
/// number are no emphasis.
fn asterisks(line: &str, start: usize) -> (usize, bool) {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let end = line[start..].find(|c| c != '*').map_or(line.len(), |len| start + len);
    (end, line[..start].ends_with(digit) && line[end..].starts_with(digit))
}

/// Where the first `**` of a line stands that could be a mark: not escaped, not in a code span, not between digits.
pub(super) fn bold_mark(line: &str) -> Option<usize> {
    let mut at = 0;
    // The backticks that opened a code span, until as many close it.
    let mut code = None;
    while let Some(c) = line[at..].chars().next() {
        match c {
            '`' => {
                let len = line[at..].find(|c| c != '`').unwrap_or(line.len() - at);
                code = match code {
                    None => Some(len),
                    Some(open) => Some(open).filter(|&open| open != len),
                };
                at += len;
                continue;
            }
            '\\' => at += line[at + 1..].chars().next().map_or(0, char::len_utf8),
            '*' => {
                let (end, between_digits) = asterisks(line, at);
                if end - at >= 2 && !between_digits && code.is_none() {
                    return Some(at);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// More signs of quotation than this at a line's start are text: nobody quotes so deep.
const MOST_QUOTES: usize = 8;

/// A line with a backslash before what is no Markdown here.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut chars = line.char_indices();
    let mut kept = (0, false);
    let is_rule = line.len() >= 3
        && ["-", "*", "_"].iter().any(|sign| line.replace(' ', "").chars().all(|c| sign.starts_with(c)));
    let quotes = line.chars().take_while(|&c| c == '>' || is_blank(c)).filter(|&c| c == '>').count();
    if is_rule || quotes > MOST_QUOTES || (line.starts_with('[') && line.contains("]:")) || line.starts_with("~~~") {
        out.push('\\');
        out.extend(chars.next().map(|(_, c)| c));
    }
    let mut code = code_spans(line).into_iter().peekable();
    let mut escaped = false;
    for (i, c) in chars {
        code.next_if(|span| span.end <= i);
        // In a code span a backslash is a sign like others, and one that the author wrote is enough elsewhere.
        let in_code = code.peek().is_some_and(|span| span.contains(&i));
        let is_year = digits > 2 && i == digits && matches!(c, '.' | ')');
        let is_image = (c == '!' && line[i + 1..].starts_with('[')) || (c == '[' && line[..i].ends_with('!'));
        if c == '*' && i >= kept.0 {
            kept = asterisks(line, i);
        }
        let is_kept = c == '*' && kept.1;
        if (matches!(c, '<' | '&') || is_year || is_image || is_kept) && !in_code && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(if is_blank(c) && c != '\u{3000}' { ' ' } else { c });
    }
    // A backslash at a line's end would be a line break.
    if line.ends_with('\\') && !line.ends_with("\\\\") {
        out.push('\\');
    }
    out
}
