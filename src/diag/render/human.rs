//! For people: the fault, the line with the hole underlined, and what to do.

use super::super::{Code, Diagnostic, Label, Lang, Severity};
use super::line::{self, ShownLine};
use super::{on_one_line, severity_word};
use crate::source::{FileId, SourceFile, Sources};
use crate::visible;
use std::collections::BTreeMap;
use std::ops::Range;

/// How diagnostics are shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Human {
    /// The language of the sentences.
    pub lang: Lang,
    /// Whether to use the terminal's colours (ANSI escapes).
    pub color: bool,
    /// After so many diagnostics the rest is only counted, by code.
    pub limit: usize,
}

impl Human {
    /// Fifty diagnostics, without colours.
    pub fn plain(lang: Lang) -> Self {
        Human { lang, color: false, limit: 50 }
    }
}

/// `diags` as rustc would show them, with a blank line after each.
pub fn human(diags: &[Diagnostic], sources: &Sources, options: Human) -> String {
    let mut page = Page { out: String::new(), options, gutter: 0 };
    let (shown, rest) = diags.split_at(options.limit.min(diags.len()));
    for diagnostic in shown {
        page.diagnostic(diagnostic, sources);
        page.out.push('\n');
    }
    page.rest(rest);
    page.out
}

/// What a stretch of output is, and so its colour.
#[derive(Clone, Copy)]
enum Ink {
    Severity(Severity),
    Message,
    Gutter,
    Secondary,
    Help,
}

impl Ink {
    fn ansi(self) -> &'static str {
        match self {
            Ink::Severity(Severity::Error) => "\x1b[1;31m",
            Ink::Severity(Severity::Warning) => "\x1b[1;33m",
            Ink::Severity(Severity::Hint) => "\x1b[1;35m",
            Ink::Message => "\x1b[1m",
            Ink::Gutter | Ink::Secondary => "\x1b[1;34m",
            Ink::Help => "\x1b[1;36m",
        }
    }
}

struct Page {
    out: String,
    options: Human,
    /// Columns of the line numbers.
    gutter: usize,
}

/// A label on the line where it begins.
struct Mark<'d> {
    bytes: Range<usize>,
    message: String,
    primary: bool,
    label: &'d Label,
}

/// The marked lines of a file by number.
type Lines<'d> = BTreeMap<usize, Vec<Mark<'d>>>;

impl Page {
    fn diagnostic(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        let severity = Ink::Severity(diagnostic.severity);
        let head = format!("{}[{}]", severity_word(diagnostic.severity, self.options.lang), diagnostic.code.name());
        self.ink(severity, &head);
        let message = on_one_line(diagnostic.message.get(self.options.lang));
        self.ink(Ink::Message, &format!(": {message}"));
        self.out.push('\n');
        let files = marked_lines(diagnostic, sources, self.options.lang);
        let highest = files.iter().filter_map(|(_, lines)| lines.keys().next_back()).max();
        self.gutter = highest.map_or(0, |line| line.to_string().len());
        for (number, (file, lines)) in files.iter().enumerate() {
            let file = sources.file(*file);
            self.place(file, lines, number == 0, diagnostic);
            self.lines(file, lines, severity);
        }
        self.advice(diagnostic);
    }

    /// `--> report.toml:14:9`, `--> towns.xlsx:Sheet1!C7` or `--> draft.docx:14:9 (paragraph 14)`: for the first file the
    /// fault's own place.
    fn place(&mut self, file: &SourceFile, lines: &Lines<'_>, first: bool, diagnostic: &Diagnostic) {
        let own = diagnostic.span().filter(|_| first);
        let foremost = || lines.values().flatten().map(|mark| mark.label.span).min();
        let Some(span) = own.or_else(foremost) else { return };
        let arrow = format!("{}{} ", " ".repeat(self.gutter), if first { "-->" } else { ":::" });
        self.ink(Ink::Gutter, &arrow);
        self.out.push_str(&visible::line(&file.place(span.start as usize)));
        if file.has_paragraphs() {
            let number = file.position(span.start as usize).line;
            self.out.push_str(&match self.options.lang {
                Lang::Zh => format!("（第 {number} 段）"),
                Lang::En => format!(" (paragraph {number})"),
            });
        }
        self.out.push('\n');
    }

    fn lines(&mut self, file: &SourceFile, lines: &Lines<'_>, severity: Ink) {
        self.bar("");
        let mut previous = None;
        for (&number, marks) in lines {
            if previous.is_some_and(|previous| previous + 1 < number) {
                self.ink(Ink::Gutter, "...");
                self.out.push('\n');
            }
            previous = Some(number);
            let text = &file.text()[file.line_range(number)];
            let bytes: Vec<Range<usize>> = marks.iter().map(|mark| mark.bytes.clone()).collect();
            let shown = line::show(text, &bytes);
            let number = format!("{number:>width$} | ", width = self.gutter);
            self.ink(Ink::Gutter, number.trim_end());
            self.out.push_str(format!(" {}", shown.text).trim_end());
            self.out.push('\n');
            self.underlines(&shown, marks, severity);
        }
        self.bar("");
    }

    /// The underlines of a line, then the messages: the rightmost beside its underline, the others below theirs.
    fn underlines(&mut self, shown: &ShownLine, marks: &[Mark<'_>], severity: Ink) {
        let mut rows = Rows::default();
        // Secondary underlines first, so that the fault's own is on top.
        for pass in [false, true] {
            for (columns, _) in shown.marks.iter().zip(marks).filter(|(_, mark)| mark.primary == pass) {
                rows.put(0, columns.start, &(if pass { "^" } else { "-" }).repeat(columns.len()), pass);
            }
        }
        let mut spoken: Vec<(Range<usize>, &Mark<'_>)> =
            shown.marks.iter().cloned().zip(marks).filter(|(_, mark)| !mark.message.is_empty()).collect();
        spoken.sort_by_key(|(columns, _)| (columns.start, columns.end));
        let right = shown.marks.iter().map(|columns| columns.end).max().unwrap_or(0);
        if spoken.last().is_some_and(|(columns, _)| columns.end == right)
            && let Some((columns, mark)) = spoken.pop()
        {
            rows.put(0, columns.end + 1, &mark.message, mark.primary);
        }
        if !spoken.is_empty() {
            for (columns, mark) in &spoken {
                rows.put(1, columns.start, "|", mark.primary);
            }
        }
        for row in 0..spoken.len() {
            let (hanging, speaking) = spoken.split_at(spoken.len() - 1 - row);
            for (columns, mark) in hanging {
                rows.put(2 + row, columns.start, "|", mark.primary);
            }
            if let Some((columns, mark)) = speaking.first() {
                rows.put(2 + row, columns.start, &mark.message, mark.primary);
            }
        }
        for row in rows.0 {
            self.ink(Ink::Gutter, &format!("{} |", " ".repeat(self.gutter)));
            self.out.push(' ');
            let mut column = 0;
            for (start, (text, primary)) in row {
                self.out.push_str(&" ".repeat(start.saturating_sub(column)));
                self.ink(if primary { severity } else { Ink::Secondary }, &text);
                column = start + line::width_of(&text);
            }
            self.out.push('\n');
        }
    }

    /// Help, and what the fix would do.
    fn advice(&mut self, diagnostic: &Diagnostic) {
        let (word, padding) = match self.options.lang {
            Lang::Zh => ("帮助", 4),
            Lang::En => ("help", 4),
        };
        let fix = diagnostic.fix.as_ref().map(|fix| &fix.description);
        for text in diagnostic.help.iter().chain(fix) {
            for (number, line) in text.get(self.options.lang).lines().enumerate() {
                let indent = " ".repeat(self.gutter);
                let line = visible::line(line);
                if number == 0 {
                    self.ink(Ink::Gutter, &format!("{indent} = "));
                    self.ink(Ink::Help, word);
                    self.out.push_str(&format!(": {line}\n"));
                } else {
                    self.out.push_str(&format!("{indent}   {}{line}\n", " ".repeat(padding + 2)));
                }
            }
        }
    }

    /// Counts what is not shown.
    fn rest(&mut self, rest: &[Diagnostic]) {
        if rest.is_empty() {
            return;
        }
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for diagnostic in rest {
            *counts.entry(diagnostic.code).or_default() += 1;
        }
        let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{} {count}", code.name())).collect();
        let (total, lang) = (rest.len(), self.options.lang);
        let line = match lang {
            Lang::Zh => format!("另有 {total} 处没有列出：{}\n", counts.join("，")),
            Lang::En => format!("and {total} more: {}\n", counts.join(", ")),
        };
        self.out.push_str(&line);
    }

    fn bar(&mut self, text: &str) {
        self.ink(Ink::Gutter, &format!("{} |{text}", " ".repeat(self.gutter)));
        self.out.push('\n');
    }

    fn ink(&mut self, ink: Ink, text: &str) {
        if self.options.color {
            self.out.push_str(ink.ansi());
            self.out.push_str(text);
            self.out.push_str("\x1b[0m");
        } else {
            self.out.push_str(text);
        }
    }
}

/// Rows below a line: pieces of text by the column where they begin.
#[derive(Default)]
struct Rows(Vec<BTreeMap<usize, (String, bool)>>);

impl Rows {
    /// Puts `text` at `column`; what it covers of the row's other pieces goes.
    fn put(&mut self, row: usize, column: usize, text: &str, primary: bool) {
        while self.0.len() <= row {
            self.0.push(BTreeMap::new());
        }
        let pieces = &mut self.0[row];
        let end = column + line::width_of(text);
        let covered: Vec<usize> = pieces
            .range(..end)
            .filter(|(start, (piece, _))| *start + line::width_of(piece) > column)
            .map(|(start, _)| *start)
            .collect();
        for start in covered {
            let Some((piece, was_primary)) = pieces.remove(&start) else { continue };
            // Only underlines are ever covered, and a column of these is a byte.
            if start < column {
                pieces.insert(start, (piece[..column - start].to_string(), was_primary));
            }
            if start + piece.len() > end {
                pieces.insert(end, (piece[end - start..].to_string(), was_primary));
            }
        }
        pieces.insert(column, (text.to_string(), primary));
    }
}

/// The labels of `diagnostic` by file, its own file first, and by line.
fn marked_lines<'d>(diagnostic: &'d Diagnostic, sources: &Sources, lang: Lang) -> Vec<(FileId, Lines<'d>)> {
    let mut files: Vec<(FileId, Lines<'d>)> = Vec::new();
    for (number, label) in diagnostic.labels.iter().enumerate() {
        let id = label.span.file;
        let file = sources.file(id);
        let line = file.position(label.span.start as usize).line;
        let range = file.line_range(line);
        let within = |offset: u32| (offset as usize).clamp(range.start, range.end) - range.start;
        let mark = Mark {
            // Of several lines the first is shown.
            bytes: within(label.span.start)..within(label.span.end),
            message: on_one_line(label.message.get(lang)),
            primary: number == 0,
            label,
        };
        let index = files.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            files.push((id, Lines::new()));
            files.len() - 1
        });
        files[index].1.entry(line).or_default().push(mark);
    }
    files
}
