//! Values put into a file as it is written: only the value changes, all else keeps its bytes.

use std::ops::Range;

use super::{Entry, Table, Value, ValueKind};
use crate::manifest::literal;
use crate::manifest::statements::{self, Kind, Statement};
use crate::source::Span;

/// A change of a file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The stretch that is replaced, in bytes; empty to insert.
    pub range: Range<usize>,
    /// What takes its place.
    pub text: String,
    /// Where the value stands in [`Change::text`].
    pub value: Range<usize>,
    /// Whether another change that adds a figure to the same table may stand right behind it.
    pub joins: bool,
}

impl Change {
    /// `text` with all of `changes` made, which do not overlap; what is inserted at one place stands in their order. With it
    /// where the text of each stands then.
    pub fn apply_all(text: &str, changes: &[&Change]) -> (String, Vec<Range<usize>>) {
        let mut order: Vec<usize> = (0..changes.len()).collect();
        order.sort_by_key(|&number| (changes[number].range.start, changes[number].range.end));
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        let mut places = vec![0..0; changes.len()];
        for number in order {
            let change = changes[number];
            out += &text[at..change.range.start];
            places[number] = out.len()..out.len() + change.text.len();
            out += &change.text;
            at = change.range.end;
        }
        (out + &text[at..], places)
    }

    /// `before`, the value and `after` in the place of `range`.
    fn new(range: Range<usize>, before: &str, value: &str, after: &str) -> Self {
        let start = before.len();
        Change { range, text: format!("{before}{value}{after}"), value: start..start + value.len(), joins: true }
    }

    /// One that brings its table along, so that the next has to be made for the file as it is then.
    fn alone(self) -> Self {
        Change { joins: false, ..self }
    }
}

/// Where a value is to stand, which tells how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// After the figure's key: whatever a figure may be.
    Figure,
    /// After `value` in the figure's own table.
    Value,
    /// After `list` in the figure's own table.
    List,
    /// One of several, in an array.
    Item,
    /// In the figure's own table, which says nothing of a value yet.
    Absent,
}

/// Where the value of a figure stands that the file has, still empty.
#[derive(Clone, Copy, Debug)]
pub struct Pending<'t> {
    entry: &'t Entry,
    span: Span,
    /// How the value is written there.
    pub spot: Spot,
    /// Which of several it is.
    pub item: Option<usize>,
}

/// Finds the figure whose key stands at `key` in the file with the tree `root`, and in it the empty value at `value`.
pub fn pending(root: &Table, key: Span, value: Span) -> Option<Pending<'_>> {
    let entry = figures(root).find(|entry| entry.key.whole() == key)?;
    let place = |spot, item| Some(Pending { entry, span: value, spot, item });
    let in_array = |of: &Value| of.as_array()?.iter().position(|item| item.span == value);
    if let Some(item) = in_array(&entry.value) {
        return place(Spot::Item, Some(item));
    }
    let Some(table) = entry.value.as_table() else {
        return place(Spot::Figure, None).filter(|_| entry.value.span == value);
    };
    for (name, spot) in [("list", Spot::List), ("value", Spot::Value)] {
        let Some(own) = table.get(name) else { continue };
        if let Some(item) = in_array(&own.value) {
            return place(Spot::Item, Some(item));
        }
        // Of names in one text, `"甲、"`, all are written anew.
        let is_inside = own.value.span.start <= value.start && value.end <= own.value.span.end;
        return is_inside.then_some(Pending { entry, span: own.value.span, spot, item: None });
    }
    place(Spot::Absent, None)
}

/// The figures of the report and of its sections.
fn figures(root: &Table) -> impl Iterator<Item = &Entry> {
    let sections = root.get("section").and_then(|sections| sections.value.as_array()).unwrap_or_default();
    let tables = std::iter::once(root).chain(sections.iter().filter_map(Value::as_table));
    tables.filter_map(|table| table.get("figures")?.value.as_table()).flat_map(|figures| &figures.entries)
}

impl Pending<'_> {
    /// Means the whole array instead of one of its items.
    pub fn whole(&mut self) {
        if self.spot != Spot::Item {
            return;
        }
        let table = self.entry.value.as_table();
        let own = table.and_then(|table| table.get("value")).map_or(&self.entry.value, |own| &own.value);
        (self.span, self.item) = (own.span, None);
        self.spot = if table.is_some() { Spot::Value } else { Spot::Figure };
    }

    /// Puts `value` there: a right side as TOML writes it; for [`Spot::Absent`] the key comes with it.
    pub fn fill(&self, text: &str, key: &str, value: &str) -> Option<Change> {
        if self.spot != Spot::Absent {
            return Some(Change::new(self.span.range(), "", value, ""));
        }
        let own = self.entry.value.span.range();
        let written = text.get(own.clone())?;
        if written.starts_with('{') {
            let after = own.start + 1;
            let rest = &text[after..own.end];
            let (joint, gap) = match rest.trim_start() {
                "}" => ("", if rest.starts_with(' ') { "" } else { " " }),
                _ => (",", if rest.starts_with(char::is_whitespace) { "" } else { " " }),
            };
            return Some(Change::new(after..after, &format!(" {key} = "), value, &format!("{joint}{gap}")));
        }
        let statements = statements::cut(text);
        let at = self.entry.key.whole().range();
        let statement = &statements[holding(&statements, at.start)?];
        let line = line_break(text);
        let before = match statement.kind {
            Kind::Head => format!("{line}{key} = "),
            // `"X户".owner = "…"`: the key as far as it names the figure.
            Kind::Entry => format!("{line}{}.{key} = ", text[statement.range.start..at.end].trim_start()),
            Kind::Blank => return None,
        };
        let end = end(text, statement);
        Some(Change::new(end..end, &before, value, ""))
    }
}

/// Adds the figure `key` to the figures of the report, or of the section whose head or braces stand at `section`;
/// `value` is written as TOML. `None` where the tables are nested in a way in which nobody writes a report.
pub fn add(text: &str, root: &Table, section: Option<Span>, key: &str, value: &str) -> Option<Change> {
    let table = match section {
        None => root,
        Some(span) => {
            let sections = root.get("section")?.value.as_array()?;
            sections.iter().find(|section| section.span == span)?.as_table()?
        }
    };
    let key = literal::key(key);
    let statements = statements::cut(text);
    let line = line_break(text);
    let figures = table.get("figures");
    if let Some(figures) = figures {
        let own = figures.value.as_table()?;
        let written = text.get(figures.value.span.range())?;
        if written.starts_with('{') {
            return in_braces(text, figures.value.span.range(), own, &format!("{key} = "), value, "");
        }
        let at = holding(&statements, figures.key.whole().range().start)?;
        match statements[at].kind {
            // `[figures]` itself, and not merely the head of one of its figures.
            Kind::Head if is_head_of(text, &statements[at], figures) => {
                let end = end(text, &statements[last_entry(&statements, at)]);
                return Some(Change::new(end..end, &format!("{line}{key} = "), value, ""));
            }
            // `figures."X户" = 12`
            Kind::Entry => {
                let last = own.entries.iter().filter_map(|entry| holding(&statements, entry.key.whole().range().start));
                let end = end(text, &statements[last.max()?]);
                let prefix = text[statements[at].range.start..figures.key.whole().range().end].trim();
                return Some(Change::new(end..end, &format!("{line}{prefix}.{key} = "), value, ""));
            }
            Kind::Head | Kind::Blank => {}
        }
    }
    let Some(span) = section else {
        // At the end of the file, where no other table can be cut in two.
        let end = text.trim_end().len();
        let (gap, rest) = if end == 0 { (String::new(), line) } else { (format!("{line}{line}"), "") };
        let rest = if text[end..].contains('\n') { rest } else { line };
        return Some(Change::new(end..end, &format!("{gap}[figures]{line}{key} = "), value, rest).alone());
    };
    if text.get(span.range())?.starts_with('{') {
        return in_braces(text, span.range(), table, &format!("figures = {{ {key} = "), value, " }").map(Change::alone);
    }
    let head = holding(&statements, span.range().start)?;
    let next = statements[head + 1..].iter().position(|other| {
        other.kind == Kind::Head
            && !text[other.range.clone()].trim_start_matches(['[', ' ', '\t']).starts_with("section.")
    });
    let region = &statements[head..next.map_or(statements.len(), |next| head + 1 + next)];
    let last = region.iter().rfind(|statement| statement.kind != Kind::Blank)?;
    let end = end(text, last);
    Some(Change::new(end..end, &format!("{line}{line}[section.figures]{line}{key} = "), value, "").alone())
}

/// Adds `before` and a value to what stands between braces.
fn in_braces(text: &str, own: Range<usize>, table: &Table, before: &str, value: &str, after: &str) -> Option<Change> {
    let last = table.entries.iter().map(|entry| entry.value.span.range().end).max();
    match last.filter(|&last| last < own.end) {
        Some(last) => Some(Change::new(last..last, &format!(", {before}"), value, after)),
        None => {
            text.get(own.clone())?.strip_suffix('}')?;
            Some(Change::new(own.start + 1..own.end - 1, &format!(" {before}"), value, &format!("{after} ")).alone())
        }
    }
}

/// Whether a head names the table of `entry` itself: its key is the last of the head.
fn is_head_of(text: &str, head: &Statement, entry: &Entry) -> bool {
    let after = &text[entry.key.whole().range().end..head.range.end];
    after.trim_start().starts_with(']') && matches!(entry.value.kind, ValueKind::Table(_))
}

/// The last entry of the table whose head is the statement `head`, else the head.
fn last_entry(statements: &[Statement], head: usize) -> usize {
    let body = statements[head + 1..].iter().take_while(|statement| statement.kind != Kind::Head);
    body.enumerate().filter(|(_, statement)| statement.kind == Kind::Entry).last().map_or(head, |(at, _)| head + 1 + at)
}

/// The statement that holds the byte `at`.
fn holding(statements: &[Statement], at: usize) -> Option<usize> {
    statements.partition_point(|statement| statement.range.start <= at).checked_sub(1)
}

/// Where a statement ends, before its line break.
fn end(text: &str, statement: &Statement) -> usize {
    let range = statement.range.clone();
    range.start + text[range].trim_end_matches('\r').len()
}

/// How the file ends its lines.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
