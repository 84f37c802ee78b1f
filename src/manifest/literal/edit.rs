//! From a text back to a literal: quoting, and edits inside of strings.

use super::{Form, Located};
use crate::diag::Edit;
use crate::source::Span;
use crate::visible::{is_command, is_hidden};
use std::ops::Range;

/// `text` as a basic string, quotes and all.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", escaped(text, Form::Basic))
}

/// `text` as a key: bare where TOML lets it be, else quoted.
pub fn key(text: &str) -> String {
    if is_bare(text) { text.to_string() } else { quote(text) }
}

/// Whether TOML lets `text` be a key without quotes.
pub(in crate::manifest) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

impl Located {
    /// The edit of the file that puts `replacement` in the place of the bytes `range` of the text, written as the
    /// literal asks: escaped in basic strings; a bare key that can't stay bare is quoted.
    ///
    /// `None` where the literal can't hold the result (a `'` in a literal string) and where there is no literal.
    pub fn edit(&self, range: Range<usize>, replacement: &str) -> Option<Edit> {
        let (before, after) = (self.text.get(..range.start)?, self.text.get(range.end..)?);
        let span = self.edited_span(&range);
        let text = match self.form {
            Form::Plain => return None,
            Form::Bare => {
                let whole = format!("{before}{replacement}{after}");
                if !is_bare(&whole) {
                    return Some(Edit { span: self.whole, text: quote(&whole) });
                }
                replacement.to_string()
            }
            Form::Verbatim => replacement.to_string(),
            Form::Basic => escaped(replacement, self.form),
            Form::Literal => Some(replacement).filter(|r| fits_literal(r) && !r.contains('\n'))?.to_string(),
            Form::MultilineBasic | Form::MultilineLiteral => {
                let mark = if self.form == Form::MultilineBasic { '"' } else { '\'' };
                // Quotes that stood apart would meet, and might close the string.
                if replacement.is_empty() && after.starts_with(mark) && (before.is_empty() || before.ends_with(mark)) {
                    return None;
                }
                // A CR may not lose its LF.
                if before.ends_with('\r')
                    && !replacement.starts_with('\n')
                    && self.text[range.start..].starts_with('\n')
                {
                    return None;
                }
                let text = if self.form == Form::MultilineLiteral {
                    Some(replacement).filter(|r| fits_literal(r))?.to_string()
                } else {
                    escaped(replacement, self.form)
                };
                self.keep_first_break(before, text, after)
            }
        };
        Some(Edit { span, text })
    }

    /// As [`Located::span`], but from the end of the character before, so that blanks after a trimmed line break
    /// are not trimmed with it.
    fn edited_span(&self, range: &Range<usize>) -> Span {
        let start = if range.start == 0 { self.content } else { self.source_end(range.start as u32) };
        let end = if range.is_empty() { start } else { self.source_end(range.end as u32) };
        Span { file: self.whole.file, start, end }
    }

    /// The opening quotes swallow one line break; a text that begins with one needs another before it.
    fn keep_first_break(&self, before: &str, text: String, after: &str) -> String {
        let first = if text.is_empty() { after } else { text.as_str() };
        let breaks = first.starts_with('\n') || first.starts_with("\r\n");
        if before.is_empty() && breaks && !self.trimmed { format!("\n{text}") } else { text }
    }
}

/// `text` as a basic string of several lines, each on a line of its own.
pub fn quote_lines(text: &str) -> String {
    format!("\"\"\"\n{}\n\"\"\"", escaped(text, Form::MultilineBasic))
}

/// Whether a literal string can hold `text`.
fn fits_literal(text: &str) -> bool {
    let fits = |(at, c)| c != '\'' && (!is_hidden(c) || matches!(c, '\t' | '\n')) && !is_command(text, at);
    text.char_indices().all(fits)
}

/// `text` as it stands inside of a basic string of `form`. What would act on a terminal or in a log is an escape, since
/// report files are printed there, too.
fn escaped(text: &str, form: Form) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if form == Form::Basic => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' | '\n' => out.push(c),
            c if is_hidden(c) || is_command(text, at) => {
                let code = u32::from(c);
                out.push_str(&if code > 0xffff { format!("\\U{code:08X}") } else { format!("\\u{code:04X}") });
            }
            c => out.push(c),
        }
    }
    out
}
