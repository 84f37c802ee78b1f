//! A file that is no TOML, cut into what its author most likely meant as statements.
//!
//! The parser stops making sense of a file at an unclosed `"""` or `[`: it takes what follows for text. Here such a
//! statement ends before the next line that begins as a statement does.

use std::ops::Range;

/// Tables of which a report has several, so that their heads have two brackets.
pub(super) const LISTS: [&str; 5] = ["section", "rule", "accept", "section.table", "section.picture"];

/// A heading, an entry or a blank line, without the line break that ends it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::manifest) struct Statement {
    /// Its bytes.
    pub(in crate::manifest) range: Range<usize>,
    /// What it is.
    pub(in crate::manifest) kind: Kind,
    /// What it leaves open.
    pub(in crate::manifest) unclosed: Option<Unclosed>,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::manifest) enum Kind {
    /// Blank, or a comment.
    Blank,
    /// `[report]`, `[[section]]`.
    Head,
    /// `key = value`, or what should be.
    Entry,
}

/// What a statement of several lines leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::manifest) enum Unclosed {
    /// `"""` or `'''`, at `open`.
    Text {
        /// Offset of the quotes.
        open: usize,
        /// The quotes.
        quotes: &'static str,
    },
    /// A text of several lines in quotes for one line, which stand at these offsets.
    OneLineQuotes {
        /// Offset of the first quote.
        open: usize,
        /// Offset of the last.
        close: usize,
    },
    /// A text between curly or full-width quotes, three and three.
    WideText {
        /// The opening quotes.
        open: Range<usize>,
        /// The closing quotes; empty where there are none.
        close: Range<usize>,
    },
    /// `[` or `{`, at `open`, perhaps with others inside of it.
    Bracket {
        /// Offset of the bracket.
        open: usize,
        /// The brackets that are missing, from the inside out.
        close: String,
        /// Where it is missing.
        at: usize,
    },
}

/// Cuts `text`, all of it.
pub(in crate::manifest) fn cut(text: &str) -> Vec<Statement> {
    let mut cutter = Cutter { text, bytes: text.as_bytes(), at: 0, no_lone_quote_before: 0 };
    let mut statements = Vec::new();
    while cutter.at < text.len() {
        let statement = cutter.statement();
        // On to the next line, past the line break.
        cutter.at = statement.range.end + 1;
        statements.push(statement);
    }
    statements
}

/// Whether `line` begins as a statement does: a heading, or `key =` with a bare or quoted key. A line of prose does not.
pub(super) fn begins_statement(line: &str) -> bool {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix('[') {
        let name = rest.trim_start_matches('[');
        let Some(close) = name.find(']') else { return false };
        let after = name[close..].trim_start_matches(']').trim_start();
        let mut parts = name[..close].split('.').map(str::trim);
        let plain = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic()) && super::literal::is_bare(part);
        return parts.all(plain) && (after.is_empty() || after.starts_with('#'));
    }
    let after = match line.strip_prefix('"') {
        Some(rest) => rest.find('"').map(|close| &rest[close + 1..]),
        None => {
            let end =
                line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(line.len());
            (end > 0).then(|| &line[end..])
        }
    };
    after.is_some_and(|after| after.trim_start().starts_with(['=', '＝']))
}

fn is_double_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '＂')
}

/// The brackets of an entry.
#[derive(Default)]
struct Brackets {
    /// Those that are open: which, and where.
    open: Vec<(u8, usize)>,
    /// The first that something else closed.
    unclosed: Option<Unclosed>,
}

impl Brackets {
    /// Closes the bracket that `close` fits; those inside of it are left open, and end at `at`.
    fn close(&mut self, close: u8, at: usize) {
        let fitting = if close == b']' { b'[' } else { b'{' };
        let Some(depth) = self.open.iter().rposition(|&(bracket, _)| bracket == fitting) else { return };
        self.leave_open(depth + 1, at);
        self.open.truncate(depth);
    }

    /// The entry ends at `at`: what it leaves open.
    fn end(mut self, at: usize) -> Option<Unclosed> {
        self.leave_open(0, at);
        self.unclosed
    }

    /// Notes that the brackets from `depth` on are not closed before `at`.
    fn leave_open(&mut self, depth: usize, at: usize) {
        let inside = &self.open[depth..];
        if let Some(&(_, open)) = inside.first() {
            let close = inside.iter().rev().map(|&(bracket, _)| if bracket == b'[' { ']' } else { '}' }).collect();
            self.unclosed.get_or_insert(Unclosed::Bracket { open, close, at });
        }
    }
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// A search for the end of a text in quotes for one line found none before this offset.
    no_lone_quote_before: usize,
}

impl Cutter<'_> {
    fn statement(&mut self) -> Statement {
        let start = self.at;
        let line = &self.text[start..self.line_end(start)];
        let first = line.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        if first.is_empty() || first.starts_with('#') {
            return Statement { range: start..start + line.len(), kind: Kind::Blank, unclosed: None };
        }
        if first.starts_with(['[', '［', '【']) {
            return Statement { range: start..start + line.len(), kind: Kind::Head, unclosed: None };
        }
        // Quotes alone on a line close a text whose beginning was damaged; they open none.
        let quotes = first.trim_end();
        if quotes == "\"\"\"" || quotes == "'''" {
            return Statement { range: start..start + line.len(), kind: Kind::Entry, unclosed: None };
        }
        let (end, unclosed) = self.entry_end(start);
        Statement { range: start..end, kind: Kind::Entry, unclosed }
    }

    /// Where the entry that begins at `start` ends, and what it leaves open.
    fn entry_end(&mut self, start: usize) -> (usize, Option<Unclosed>) {
        let mut at = start;
        let mut in_value = false;
        let mut brackets = Brackets::default();
        // The end of the last thing that is neither blank nor comment, and its last byte.
        let mut significant = start;
        let mut line_end = self.line_end(start);
        while at < self.bytes.len() {
            if at > line_end {
                line_end = self.line_end(at);
            }
            let byte = self.bytes[at];
            match byte {
                b'#' => {
                    at = line_end;
                    continue;
                }
                b'\n' => {
                    let Some(&(bracket, _)) = brackets.open.last() else { return (at, brackets.unclosed) };
                    let next = &self.text[at + 1..self.line_end(at + 1)];
                    let expects_more = matches!(self.bytes[significant - 1], b',' | b'{');
                    if begins_statement(next)
                        && (bracket == b'[' || !expects_more || next.trim_start().starts_with('['))
                    {
                        return (at, brackets.end(significant));
                    }
                }
                b'=' => in_value = true,
                _ if self.bytes[at..].starts_with("＝".as_bytes()) => in_value = true,
                0xe2 | 0xef if in_value && self.wide_quotes(at..at + 9) => return self.wide_text(at..at + 9),
                // Where the `=` is missing a value follows a blank.
                b'[' | b'{' if in_value || self.text[..at].ends_with(' ') => brackets.open.push((byte, at)),
                b']' | b'}' => brackets.close(byte, significant),
                b'"' | b'\'' => {
                    let quotes = if byte == b'"' { "\"\"\"" } else { "'''" };
                    let end = if self.text[at..].starts_with(quotes) {
                        self.text_end(at, quotes)
                    } else {
                        self.line_string_end(at, line_end).map(|end| match end {
                            Some(end) => end,
                            // Not closed: it takes no more than what can't be anything else.
                            None if in_value && brackets.open.is_empty() => line_end,
                            None => at + 1,
                        })
                    };
                    match end {
                        Ok(end) => at = end,
                        Err((end, unclosed)) => return (end, Some(unclosed)),
                    }
                    significant = at;
                    continue;
                }
                _ => {}
            }
            at += 1;
            if !byte.is_ascii_whitespace() {
                significant = at;
            }
        }
        (self.bytes.len(), brackets.end(significant))
    }

    /// The end of the text whose `quotes` of three open at `open`.
    fn text_end(&self, open: usize, quotes: &'static str) -> Result<usize, (usize, Unclosed)> {
        if let Some(close) = self.find_unescaped(open + 3..self.text.len(), quotes) {
            // `text = """` on a later line opens the next text: ours was never closed.
            // Looked for in the text alone: a line of a great many quotes would else be gone through for each.
            let last_line = self.text[open..close].rfind('\n').map(|at| &self.text[open + at + 1..close]);
            let opens_another = last_line.is_some_and(|line| line.trim_end().ends_with('=') && begins_statement(line));
            if !opens_another {
                // Two more quotes may stand before the closing ones.
                let more = self.text[close + 3..].bytes().take(2).take_while(|&b| b == quotes.as_bytes()[0]).count();
                return Ok(close + 3 + more);
            }
        }
        let stop = self.end_before_statement(open);
        match self.closing_quotes(open + 3..stop) {
            Some(close) => Err((self.line_end(close.end), Unclosed::WideText { open: open..open + 3, close })),
            None => Err((stop, Unclosed::Text { open, quotes })),
        }
    }

    /// The end of a text whose quotes are curly or full-width already where it opens.
    fn wide_text(&self, open: Range<usize>) -> (usize, Option<Unclosed>) {
        let stop = self.end_before_statement(open.end);
        let close = self.closing_quotes(open.end..stop).unwrap_or(stop..stop);
        (self.line_end(close.end), Some(Unclosed::WideText { open, close }))
    }

    /// The first three quotes of any shape in `range`.
    fn closing_quotes(&self, range: Range<usize>) -> Option<Range<usize>> {
        self.text.get(range.clone())?.char_indices().find_map(|(at, c)| {
            let at = range.start + at;
            let straight = c == '"' && self.bytes[at..].starts_with(b"\"\"\"");
            let wide = is_double_quote(c) && self.wide_quotes(at..at + 9);
            [(straight, 3), (wide, 9)].into_iter().find_map(|(is, length)| is.then_some(at..at + length))
        })
    }

    /// Whether `range` holds three curly or full-width double quotes, of three bytes each.
    fn wide_quotes(&self, range: Range<usize>) -> bool {
        self.text.get(range).is_some_and(|quotes| quotes.chars().count() == 3 && quotes.chars().all(is_double_quote))
    }

    /// The end of the string of one line whose quote opens at `open`; `None` where the line ends before it does.
    fn line_string_end(&mut self, open: usize, line_end: usize) -> Result<Option<usize>, (usize, Unclosed)> {
        let quote = &self.text[open..open + 1];
        if let Some(close) = self.find_unescaped(open + 1..line_end, quote) {
            return Ok(Some(close + 1));
        }
        if quote == "\"" && open >= self.no_lone_quote_before {
            let stop = self.end_before_statement(open);
            let mut line = line_end + 1;
            while line < stop {
                let end = self.line_end(line);
                let content = self.text[line..end].trim_end();
                if content.ends_with('"') && content.matches('"').count() == 1 {
                    let close = line + content.len() - 1;
                    return Err((end, Unclosed::OneLineQuotes { open, close }));
                }
                line = end + 1;
            }
            self.no_lone_quote_before = stop;
        }
        Ok(None)
    }

    /// The offset of `quotes` in `range`, not escaped where escapes are.
    fn find_unescaped(&self, range: Range<usize>, quotes: &str) -> Option<usize> {
        let mut from = range.start;
        loop {
            let found = from + self.text.get(from..range.end)?.find(quotes)?;
            let backslashes = self.bytes[range.start..found].iter().rev().take_while(|&&b| b == b'\\').count();
            if quotes.starts_with('\'') || backslashes % 2 == 0 {
                return Some(found);
            }
            from = found + 1;
        }
    }

    /// The end of the last line after `open`'s that has content and comes before a line that begins a statement.
    fn end_before_statement(&self, open: usize) -> usize {
        let mut end = self.line_end(open);
        let mut at = end + 1;
        while at < self.text.len() {
            let next = self.line_end(at);
            let line = &self.text[at..next];
            if begins_statement(line) {
                break;
            }
            if !line.trim().is_empty() {
                end = next;
            }
            at = next + 1;
        }
        end
    }

    fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |found| at + found)
    }
}
