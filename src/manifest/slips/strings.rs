//! Strings with the wrong quotes, with quotes missing, and with wrong escapes in them.

use super::bare::is_mark;
use super::quotes::{Within, is_wide_quote};
use super::scan::Scan;
use super::{Kind, Slip};
use crate::manifest::literal;
use crate::manifest::patched::Patch;
use std::ops::Range;

impl Scan<'_> {
    /// Notes that `text` is missing at the end of `place`.
    fn missing(&mut self, kind: Kind, place: Range<usize>, text: impl Into<String>) {
        let patches = vec![Patch { range: place.end..place.end, text: text.into() }];
        self.slips.push(Slip { kind, place, patches });
    }

    /// Whether the text that takes the rest of the statement begins here.
    pub(super) fn opens_text(&self) -> bool {
        self.text_open.as_ref().is_some_and(|open| open.start == self.at)
    }

    /// The text that takes the rest of the statement.
    pub(super) fn text(&mut self) {
        let Some(open) = self.text_open.clone() else { return };
        let literal = self.text[open.clone()].starts_with('\'');
        let end = self.text.len();
        self.escapes(open.end..end, if literal { '\'' } else { '"' }, true);
        self.at = end;
    }

    /// A string in straight quotes.
    pub(super) fn string(&mut self, within: Within) {
        let open = self.at;
        let mark = self.rest().chars().next().unwrap_or('"');
        let triple = if mark == '"' { "\"\"\"" } else { "'''" };
        if self.rest().starts_with(triple) {
            let end = self.close(open + 3, self.text.len(), triple).unwrap_or(self.text.len());
            self.escapes(open + 3..end, mark, true);
            let more = self.text[end..].bytes().take_while(|&b| b == mark as u8).count();
            self.at = end + more.min(5);
            return;
        }
        let line_end = self.line_end();
        let Some(close) = self.close(open + 1, line_end, if mark == '"' { "\"" } else { "'" }) else {
            return self.unclosed_string(open, mark, within);
        };
        if within == Within::Line && mark == '"' && self.inner_quotes(open, close) {
            return;
        }
        self.escapes(open + 1..close, mark, false);
        self.at = close + 1;
    }

    /// The offset of the closing `quotes` in `from..to`.
    fn close(&self, from: usize, to: usize, quotes: &str) -> Option<usize> {
        let mut at = from;
        while at < to {
            let rest = &self.text[at..to];
            if rest.starts_with(quotes) {
                return Some(at);
            }
            let escape = quotes.starts_with('"') && rest.starts_with('\\');
            at += rest.chars().take(if escape { 2 } else { 1 }).map(char::len_utf8).sum::<usize>();
        }
        None
    }

    /// Notes the wrong escapes between double quotes.
    fn escapes(&mut self, range: Range<usize>, mark: char, multiline: bool) {
        if mark != '"' {
            return;
        }
        let mut at = range.start;
        while let Some(found) = self.text[at..range.end].find('\\') {
            let backslash = at + found;
            let escape = &self.text[backslash..range.end];
            let trimmed = if multiline { literal::continuation(escape) } else { 0 };
            at = match literal::character(escape) {
                Some((_, width)) => backslash + width,
                None if trimmed > 0 => backslash + trimmed,
                None => {
                    let width = escape.chars().take(2).map(char::len_utf8).sum::<usize>();
                    let patches = vec![Patch { range: backslash..backslash, text: "\\".to_string() }];
                    self.slips.push(Slip { kind: Kind::BadEscape, place: backslash..backslash + width, patches });
                    backslash + 1
                }
            };
        }
    }

    /// `"学习"两学一做"活动"`: from the first quote to the line's last one it is one text.
    fn inner_quotes(&mut self, open: usize, close: usize) -> bool {
        let end = self.line_end();
        let line = self.text[..end].trim_end();
        let tail = line.get(close + 1..).unwrap_or_default().trim_start();
        let last = line.len().saturating_sub(1);
        if tail.len() < 2 || tail.starts_with(['#', ',', '，']) || !tail.ends_with('"') || last <= close {
            return false;
        }
        let inner: Vec<usize> = line[close..last].match_indices('"').map(|(at, _)| close + at).collect();
        let paired = inner.len().is_multiple_of(2);
        let marks = ["“", "”"].into_iter().cycle().take(inner.len());
        let patches = inner
            .iter()
            .zip(marks)
            .map(|(&at, mark)| Patch { range: at..at + 1, text: if paired { mark } else { "\\\"" }.to_string() })
            .collect();
        self.slips.push(Slip { kind: Kind::InnerQuotes, place: close..inner[inner.len() - 1] + 1, patches });
        self.escapes(open + 1..close, '"', false);
        self.at = last + 1;
        true
    }

    /// A string whose line ends before it does.
    fn unclosed_string(&mut self, open: usize, mark: char, within: Within) {
        let end = self.string_stop(open + 1, within);
        let body = &self.text[open + 1..end];
        match body.char_indices().rev().find(|&(_, c)| is_wide_quote(c) && !matches!(c, '“' | '‘' | '「' | '『'))
        {
            Some((at, c)) if body[at + c.len_utf8()..].trim().is_empty() => {
                let close = open + 1 + at;
                self.at = close + c.len_utf8();
                self.escapes(open + 1..close, mark, false);
                self.slip(Kind::WideQuotes, close..self.at, mark);
            }
            _ => {
                self.at = end;
                self.escapes(open + 1..end, mark, false);
                self.missing(Kind::UnclosedString, open..end, mark);
            }
        }
    }

    /// Where a string that began before `from` must end, its own quotes aside.
    fn string_stop(&mut self, from: usize, within: Within) -> usize {
        let end = self.line_end();
        let line = &self.text[from..end];
        let stop = match within {
            Within::Key => line.find(['=', '＝', ':', '：']),
            Within::Line => line.find(" #"),
            Within::Brackets => line.find([',', '，', '、', ']', '}', '］', '｝', '=', '＝']),
        };
        from + line[..stop.unwrap_or(line.len())].trim_end().len()
    }

    /// A string in curly or full-width quotes.
    pub(super) fn wide_string(&mut self, within: Within) {
        let open = self.at;
        let body = open + self.peek().map_or(0, char::len_utf8);
        let end = self.line_end();
        let line = &self.text[body..end];
        let ends_here = |after: &str| {
            let after = after.trim_start();
            match within {
                Within::Key => after.starts_with(['=', '＝', ':', '：', '.']),
                Within::Line => after.is_empty() || after.starts_with('#') || after.chars().all(is_mark),
                Within::Brackets => {
                    after.is_empty() || after.starts_with([',', '，', '、', ']', '}', '］', '｝', '=', '＝'])
                }
            }
        };
        let closing = line
            .char_indices()
            .filter(|&(_, c)| c == '"' || is_wide_quote(c))
            .find(|&(at, c)| ends_here(&line[at + c.len_utf8()..]));
        let (close, end) = match closing {
            Some((at, c)) => (body + at, body + at + c.len_utf8()),
            None => {
                let stop = self.string_stop(body, within);
                (stop, stop)
            }
        };
        let mut patches = vec![Patch { range: open..body, text: "\"".to_string() }];
        for (at, _) in self.text[body..close].match_indices(['"', '\\']) {
            patches.push(Patch { range: body + at..body + at, text: "\\".to_string() });
        }
        patches.push(Patch { range: close..end, text: "\"".to_string() });
        self.slips.push(Slip { kind: Kind::WideQuotes, place: open..end, patches });
        self.at = end.max(body);
    }
}
