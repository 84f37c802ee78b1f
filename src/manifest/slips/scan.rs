//! A walk over one statement, as a lenient reader takes it, that notes each slip on its way.

use super::bare::{self, is_mark};
use super::quotes::{self, Within, is_wide_quote};
use super::{Kind, Slip};
use crate::manifest::literal::{self, quote};
use crate::manifest::patched::Patch;
use crate::manifest::statements::{Kind as StatementKind, LISTS, Statement, Unclosed};
use std::ops::Range;

/// The slips of `statement`, a statement of `text`, in the order of their places.
pub(in crate::manifest) fn find(text: &str, statement: &Statement) -> Vec<Slip> {
    let text = &text[..statement.range.end];
    let mut scan = Scan { text, at: statement.range.start, line_end: 0, slips: Vec::new(), text_open: None };
    if scan.peek() == Some('\u{feff}') {
        scan.at += '\u{feff}'.len_utf8();
    }
    if let Some(unclosed) = &statement.unclosed {
        scan.unclosed(unclosed);
    }
    scan.blanks();
    match statement.kind {
        StatementKind::Blank => {}
        StatementKind::Head => scan.head(),
        StatementKind::Entry => scan.entry(),
    }
    scan.slips.sort_by_key(|slip| slip.place.start);
    scan.slips
}

fn is_wide_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// Walks one statement.
pub(super) struct Scan<'t> {
    /// The file up to the statement's end.
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// The end of the line that was asked for last; a line may be long and have many values.
    line_end: usize,
    pub(super) slips: Vec<Slip>,
    /// The quotes of a text that goes on to the statement's end, though nothing closes it there.
    pub(super) text_open: Option<Range<usize>>,
}

impl<'t> Scan<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn line_end(&mut self) -> usize {
        if self.line_end < self.at || self.line_end == 0 {
            let line = self.rest().split('\n').next().unwrap_or_default();
            self.line_end = self.at + line.trim_end_matches('\r').len();
        }
        self.line_end
    }

    /// What is left of the line.
    fn line(&mut self) -> &'t str {
        let end = self.line_end();
        &self.text[self.at..end]
    }

    pub(super) fn slip(&mut self, kind: Kind, place: Range<usize>, text: impl Into<String>) {
        let patches = vec![Patch { range: place.clone(), text: text.into() }];
        self.slips.push(Slip { kind, place, patches });
    }

    /// Notes that `text` is missing before `place`.
    fn missing_before(&mut self, kind: Kind, place: Range<usize>, text: &str) {
        let patches = vec![Patch { range: place.start..place.start, text: text.to_string() }];
        self.slips.push(Slip { kind, place, patches });
    }

    fn unclosed(&mut self, unclosed: &Unclosed) {
        let patch = |range: Range<usize>, text: &str| Patch { range, text: text.to_string() };
        let end = self.text.len();
        let (kind, place, patches) = match unclosed.clone() {
            Unclosed::Text { open, quotes } => {
                let place = open..open + quotes.len();
                self.text_open = Some(place.clone());
                (Kind::UnclosedText, place, vec![patch(end..end, &format!("\n{quotes}"))])
            }
            Unclosed::OneLineQuotes { open, close } => {
                let place = open..open + 1;
                self.text_open = Some(place.clone());
                let patches = vec![patch(place.clone(), "\"\"\""), patch(close..close + 1, "\"\"\"")];
                (Kind::OneLineQuotes, place, patches)
            }
            Unclosed::WideText { open, close } => {
                self.text_open = Some(open.clone());
                let closing = if close.is_empty() { "\n\"\"\"" } else { "\"\"\"" };
                (Kind::WideTextQuotes, open.clone(), vec![patch(open, "\"\"\""), patch(close, closing)])
            }
            Unclosed::Bracket { open, close, at } => {
                (Kind::UnclosedBracket, open..open + 1, vec![patch(at..at, &close)])
            }
        };
        self.slips.push(Slip { kind, place, patches });
    }

    /// Skips blanks, and notes those that TOML does not take for blanks.
    fn blanks(&mut self) {
        while let Some(c) = self.peek().filter(|&c| c.is_whitespace()) {
            let start = self.at;
            if is_wide_blank(c) {
                let run = self.rest().find(|c| !is_wide_blank(c)).unwrap_or(self.rest().len());
                self.at += run;
                let count = self.text[start..self.at].chars().count();
                self.slip(Kind::WideBlank, start..self.at, " ".repeat(count));
            } else {
                self.at += c.len_utf8();
            }
        }
    }

    /// `[name]`, `[[name]]`.
    fn head(&mut self) {
        let line = self.at..self.line_end();
        let content = &self.text[line.clone()];
        let content = content[..content.find(['#', '＃']).unwrap_or(content.len())].trim_end();
        let opens = |c: char| matches!(c, '[' | '［' | '【');
        let closes = |c: char| matches!(c, ']' | '］' | '】');
        let name = content.trim_start_matches(opens).trim_end_matches(closes);
        let start = line.start + (content.len() - content.trim_start_matches(opens).len());
        let end = start + name.len();
        let (head, tail) = (&self.text[line.start..start], &self.text[end..line.start + content.len()]);
        let counts = (head.chars().count(), tail.chars().count());
        let count = match counts {
            (open, close) if open == close => open.min(2),
            _ if LISTS.contains(&name.trim()) => 2,
            _ => 1,
        };
        let name_bare = name.split('.').all(|part| literal::is_bare(part.trim()));
        if !name_bare && !name.contains(['"', '\'']) {
            let trimmed = name.trim();
            let from = start + name.find(trimmed).unwrap_or(0);
            if !trimmed.is_empty() {
                let quoted: Vec<String> = trimmed.split('.').map(|part| literal::key(part.trim())).collect();
                self.slip(Kind::UnquotedKey, from..from + trimmed.len(), quoted.join("."));
            }
        }
        let wide = |part: &str| !part.is_ascii();
        for (place, bracket) in [(line.start..start, "["), (end..end + tail.len(), "]")] {
            let part = &self.text[place.clone()];
            if wide(part) {
                self.slip(Kind::WideBracket, place, bracket.repeat(count));
            } else if part.len() != count {
                let patch = Patch { range: place, text: bracket.repeat(count) };
                let place = line.start..line.start + content.len();
                self.slips.push(Slip { kind: Kind::UnclosedHead, place, patches: vec![patch] });
            }
        }
    }

    /// `key = value`.
    fn entry(&mut self) {
        if !self.key() {
            return;
        }
        let key_end = self.at;
        self.blanks();
        let start = self.at;
        match self.peek() {
            Some('=') => {
                self.at += 1;
                let more = self.rest().bytes().take_while(|&b| b == b'=').count();
                if more > 0 {
                    self.at += more;
                    self.slip(Kind::ExtraEquals, start + 1..self.at, "");
                }
            }
            Some(c @ ('＝' | ':' | '：')) => {
                self.at += c.len_utf8();
                let kind = if c == '＝' { Kind::WideEquals } else { Kind::Colon };
                let before = if key_end == start { " " } else { "" };
                let after = if self.peek().is_some_and(char::is_whitespace) { "" } else { " " };
                self.slip(kind, start..self.at, format!("{before}={after}"));
            }
            Some(c) if !self.line().is_empty() && !is_mark(c) && !matches!(c, ']' | '}' | '#') => {
                let patch = Patch { range: key_end..start, text: " = ".to_string() };
                self.slips.push(Slip { kind: Kind::MissingEquals, place: key_end..start, patches: vec![patch] });
            }
            _ => return,
        }
        self.value();
    }

    /// The key; `false` where the line has neither `=` nor anything that could be a value, and is no entry.
    fn key(&mut self) -> bool {
        loop {
            match self.peek() {
                Some('"' | '\'') => self.string(Within::Key),
                Some(c) if is_wide_quote(c) => self.wide_string(Within::Key),
                _ => return self.bare_key(),
            }
            let before = self.at;
            self.blanks();
            if self.peek() != Some('.') {
                self.at = before;
                return true;
            }
            self.at += 1;
            self.blanks();
        }
    }

    fn bare_key(&mut self) -> bool {
        let start = self.at;
        let line = self.line();
        let end = line.find(['=', '＝']).or_else(|| line.find([':', '：'])).or_else(|| missing_equals(line));
        let Some(end) = end else { return false };
        let key = line[..end].trim_end();
        self.at = start + key.len();
        let right = key.is_empty() || key.split('.').all(|part| literal::is_bare(part.trim()));
        if quotes::is_unopened(key) {
            self.missing_before(Kind::UnopenedString, start..self.at, "\"");
        } else if !right && !key.contains(['"', '\'']) {
            self.slip(Kind::UnquotedKey, start..self.at, quote(key));
        }
        true
    }

    /// Everything after the `=`.
    fn value(&mut self) {
        let mut depth = 0usize;
        let mut complete = false;
        loop {
            self.blanks();
            let Some(c) = self.peek() else { break };
            let here = self.at..self.at + c.len_utf8();
            match c {
                '#' => {
                    self.at = self.line_end();
                    continue;
                }
                c if complete && depth == 0 => {
                    let tail = self.line().split('#').next().unwrap_or_default().trim_end();
                    if is_mark(c) && tail.chars().all(is_mark) {
                        self.slip(Kind::TrailingMark, self.at..self.at + tail.len(), "");
                        self.at += tail.len();
                        continue;
                    }
                    // Nothing we know; the parser has the word.
                    break;
                }
                _ if self.opens_text() => self.text(),
                '"' | '\'' => self.string(if depth > 0 { Within::Brackets } else { Within::Line }),
                c if is_wide_quote(c) => self.wide_string(if depth > 0 { Within::Brackets } else { Within::Line }),
                '[' | '{' | '［' | '｛' => {
                    depth += 1;
                    self.bracket(here, c);
                    continue;
                }
                ']' | '}' | '］' | '｝' => {
                    depth = depth.saturating_sub(1);
                    self.bracket(here, c);
                }
                ',' | '=' if depth > 0 => self.at = here.end,
                '，' | '、' | '；' | ';' if depth > 0 => {
                    self.at = here.end;
                    let blank = if self.peek().is_some_and(char::is_whitespace) { "," } else { ", " };
                    self.slip(Kind::WideComma, here, blank);
                }
                '＝' if depth > 0 => {
                    self.at = here.end;
                    self.slip(Kind::WideEquals, here, "=");
                }
                _ => self.bare_value(depth > 0),
            }
            complete = true;
        }
    }

    fn bracket(&mut self, place: Range<usize>, c: char) {
        self.at = place.end;
        let narrow = match c {
            '［' => "[",
            '］' => "]",
            '｛' => "{",
            '｝' => "}",
            _ => return,
        };
        self.slip(Kind::WideBracket, place, narrow);
    }

    fn bare_value(&mut self, in_brackets: bool) {
        let start = self.at;
        let line = self.line();
        let end = line
            .char_indices()
            .find(|&(at, c)| match c {
                '#' => at == 0 || line[..at].ends_with(char::is_whitespace),
                ',' | '，' | '、' | '；' | ';' | ']' | '}' | '］' | '｝' | '=' | '＝' => in_brackets,
                _ => false,
            })
            .map_or(line.len(), |(at, _)| at);
        let token = line[..end].trim_end();
        // Something is always taken, so that the walk goes on.
        self.at = start + token.len().max(line.chars().next().map_or(0, char::len_utf8));
        let is_key = in_brackets && line[end..].starts_with(['=', '＝']);
        let place = start..start + token.len();
        if quotes::is_unopened(token) {
            self.missing_before(Kind::UnopenedString, place, "\"");
        } else if is_key {
            if !token.split('.').all(|part| literal::is_bare(part.trim())) {
                self.slip(Kind::UnquotedKey, place, quote(token));
            }
        } else if token.contains("\"\"\"") {
            // Not one line's affair.
        } else if let Some((kind, text)) = bare::read(token) {
            self.slip(kind, place, text);
        }
    }
}

/// Where a key ends on a line without any `=`: before a quoted value, or before a last word that reads as a number.
fn missing_equals(line: &str) -> Option<usize> {
    let quoted = line.char_indices().find(|&(at, c)| {
        (c == '"' || is_wide_quote(c)) && line[..at].ends_with(char::is_whitespace) && !line[..at].trim().is_empty()
    });
    if let Some((at, _)) = quoted {
        return Some(at);
    }
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let (at, blank) = line.char_indices().rev().find(|(_, c)| c.is_whitespace())?;
    bare::is_value_like(&line[at + blank.len_utf8()..]).then_some(at)
}
