//! A text to proofread, whatever file it comes from.

use super::kept::signs;
use super::line::{Line, Markup, Place};
use crate::manifest::{Located, Words};
use crate::placeholder::{Literals, code_spans};

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Medium {
    /// A report file: the program numbers its headings, and asks for what its holes lack.
    Report,
    /// A draft in Markdown.
    Markdown,
    /// A plain draft.
    Text,
    /// A Word file, a paragraph a line.
    Word,
}

impl Medium {
    fn markup(self) -> Markup {
        match self {
            Medium::Report | Medium::Markdown => Markup::Markdown,
            Medium::Text | Medium::Word => Markup::Text,
        }
    }
}

/// One text, in lines.
#[derive(Debug)]
pub(super) struct Passage<'t> {
    /// Its lines, in order; empty ones are among them.
    pub(super) lines: Vec<Line<'t>>,
}

/// All texts of a file, and what is known of them.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    /// Whose they are.
    pub(super) medium: Medium,
    /// The texts, in order.
    pub(super) passages: Vec<Passage<'t>>,
    /// The office's own words.
    pub(super) words: &'t Words,
    /// Whether headings stand alone on their lines.
    pub(super) block_headings: bool,
    /// Whether the text has a date of its own.
    pub(super) dated: bool,
    /// The mark that the office puts after 1 of an item: `.` or `．`.
    pub(super) item_mark: char,
    /// How many attachments are declared beside the text.
    pub(super) attachments: Option<usize>,
}

impl<'t> Draft<'t> {
    /// A draft of `texts`, of which nothing else is known.
    pub(super) fn new(
        medium: Medium,
        texts: &[(Place, &'t Located)],
        literals: &Literals,
        words: &'t Words,
    ) -> Draft<'t> {
        let passages = texts.iter().map(|(place, text)| passage(medium, *place, text, literals)).collect();
        let mut draft =
            Draft { medium, passages, words, block_headings: true, dated: false, item_mark: '.', attachments: None };
        if medium != Medium::Report && draft.is_full_width() {
            draft.item_mark = '．';
        }
        draft
    }

    /// Whether all items have `．`, and so many that it is no slip: the office wants it so.
    fn is_full_width(&self) -> bool {
        let mark = |line: &Line<'_>| {
            let digits = line.chars().iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            line.get(digits).filter(|c| (1..=2).contains(&digits) && matches!(c, '.' | '．'))
        };
        let (full, half): (Vec<char>, Vec<char>) = self.lines().filter_map(mark).partition(|&c| c == '．');
        full.len() > 1 && half.is_empty()
    }

    /// All lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line<'t>> {
        self.passages.iter().flat_map(|passage| &passage.lines)
    }
}

fn passage<'t>(medium: Medium, place: Place, located: &'t Located, literals: &Literals) -> Passage<'t> {
    let text = located.text();
    let signs = signs(text, literals, medium.markup());
    let mut signs = signs.iter().peekable();
    let mut lines = Vec::new();
    let mut start = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
    let mut fence: Option<&str> = None;
    for line in text[start..].split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if medium.markup() == Markup::Markdown {
            let marks = fence_of(line);
            match (fence, marks) {
                (Some(open), Some(marks)) if marks.starts_with(open) => fence = None,
                (Some(_), _) => {}
                (None, Some(marks)) => fence = Some(marks),
                (None, None) => lines.push(Line::new(located, range, &mut signs, place, medium.markup())),
            }
            continue;
        }
        lines.push(Line::new(located, range, &mut signs, place, medium.markup()));
    }
    Passage { lines }
}

/// The marks with which `line` opens or closes a block of code (CommonMark 4.5).
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marks = &line[..line.len() - line.trim_start_matches(mark).len()];
    (marks.len() >= 3 && code_spans(line).is_empty()).then_some(marks)
}
