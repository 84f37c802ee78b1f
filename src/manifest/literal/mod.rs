//! Strings of a report file that know where each of their characters stands.
//!
//! A hole is found in the decoded text of a TOML string, but has to be shown, and edited, in the file.

mod decode;
mod edit;
mod look_alikes;
#[cfg(test)]
mod tests;

pub(super) use decode::{character, continuation};
pub(super) use edit::is_bare;
pub use edit::{key, quote, quote_lines};
pub use look_alikes::look_alikes;

use super::patched::Patched;
use crate::source::{FileId, Span};
use std::ops::Range;

/// How a string is written in TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A key without quotes.
    Bare,
    /// `"…"`.
    Basic,
    /// `"""…"""`.
    MultilineBasic,
    /// `'…'`.
    Literal,
    /// `'''…'''`.
    MultilineLiteral,
    /// Not written in TOML: a cell of a table, a file's stem.
    Plain,
    /// A stretch of a file that is no TOML and says what it says: a line of a `.txt` draft.
    Verbatim,
}

/// A string and the place of each of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    text: String,
    whole: Span,
    form: Form,
    /// Offset in the file of the first byte of content, after the opening quotes and the line break they swallow.
    content: u32,
    /// Whether the opening quotes swallowed a line break.
    trimmed: bool,
    runs: Vec<Run>,
}

/// A stretch of text that stands in the file byte for byte, or one escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where it begins in the decoded text.
    text: u32,
    /// Where it begins in the file.
    source: u32,
    /// How many bytes of the file it takes; as many as of the text, unless it is an escape.
    width: u32,
}

impl Located {
    /// The string that the literal `raw`, which begins at the byte `start` of `file`, denotes.
    ///
    /// A damaged literal gives what can be read of it.
    pub fn read(file: FileId, start: usize, raw: &str) -> Self {
        let decoded = decode::decode(raw, start as u32);
        Located {
            text: decoded.text,
            whole: Span::new(file, start..start + raw.len()),
            form: decoded.form,
            content: decoded.content,
            trimmed: decoded.trimmed,
            runs: decoded.runs,
        }
    }

    /// A text that comes from no literal; every place in it is `span`.
    pub fn plain(text: impl Into<String>, span: Span) -> Self {
        let text = text.into();
        Located { text, whole: span, form: Form::Plain, content: span.start, trimmed: false, runs: Vec::new() }
    }

    /// The stretch of `file` that begins at the byte `start` and holds `text` as it is.
    pub fn verbatim(file: FileId, start: usize, text: impl Into<String>) -> Self {
        let text = text.into();
        let width = text.len();
        let run = Run { text: 0, source: start as u32, width: width as u32 };
        Located {
            text,
            whole: Span::new(file, start..start + width),
            form: Form::Verbatim,
            content: start as u32,
            trimmed: false,
            runs: vec![run],
        }
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it is written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The whole literal, with its quotes.
    pub fn whole(&self) -> Span {
        self.whole
    }

    /// Where the bytes `range` of [`Located::text`] stand: from the first of these characters to the last, as they are
    /// written in the file. An empty range is the point after the character before it.
    pub fn span(&self, range: Range<usize>) -> Span {
        if self.form == Form::Plain {
            return self.whole;
        }
        let (start, end) = (range.start as u32, range.end as u32);
        if start < end {
            Span { file: self.whole.file, start: self.source_start(start), end: self.source_end(end) }
        } else {
            let point = if start == 0 { self.source_start(0) } else { self.source_end(start) };
            Span { file: self.whole.file, start: point, end: point }
        }
    }

    /// Where the character that begins at `at` begins in the file.
    fn source_start(&self, at: u32) -> u32 {
        let next = self.runs.partition_point(|run| run.text <= at);
        let Some(index) = next.checked_sub(1) else { return self.content };
        let (run, length) = self.run(index);
        match at - run.text {
            inside if inside >= length => run.source + run.width,
            inside if run.width == length => run.source + inside,
            _ => run.source,
        }
    }

    /// Where the character that ends at `at` ends in the file.
    fn source_end(&self, at: u32) -> u32 {
        let next = self.runs.partition_point(|run| run.text < at);
        let Some(index) = next.checked_sub(1) else { return self.content };
        let (run, length) = self.run(index);
        if run.width == length { run.source + (at - run.text).min(length) } else { run.source + run.width }
    }

    /// The run `index`, and its length in the decoded text.
    fn run(&self, index: usize) -> (Run, u32) {
        let run = self.runs[index];
        let end = self.runs.get(index + 1).map_or(self.text.len() as u32, |next| next.text);
        (run, end - run.text)
    }

    /// The same string with its places in the file, where it was read from a mended copy of it.
    pub(super) fn in_original(mut self, mended: &Patched) -> Self {
        if mended.is_untouched() {
            return self;
        }
        let mut runs = Vec::with_capacity(self.runs.len());
        for index in 0..self.runs.len() {
            let (run, length) = self.run(index);
            let source = run.source as usize..(run.source + run.width) as usize;
            if run.width != length {
                let span = mended.original(source);
                runs.push(Run { text: run.text, source: span.start as u32, width: span.len() as u32 });
                continue;
            }
            for piece in mended.pieces(source.clone()) {
                let span = mended.original(piece.clone());
                let text = run.text + (piece.start - source.start) as u32;
                runs.push(Run { text, source: span.start as u32, width: span.len() as u32 });
            }
        }
        self.runs = runs;
        self.content = mended.original(self.content as usize..self.content as usize).start as u32;
        self.whole = Span::new(self.whole.file, mended.original(self.whole.range()));
        self
    }
}
