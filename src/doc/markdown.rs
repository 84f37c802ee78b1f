//! The text of a section as CommonMark, with each placeholder one opaque sign.
//!
//! Authors paste drafts; what is Markdown by accident is text: indented code, raw HTML, entities, autolinks, setext
//! headings, rules and link definitions do not exist, and a line of a draft is a paragraph.

use std::collections::BTreeMap;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, LineColumn, ListDelimType, ListType, NodeList, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::fill::Filled;
use super::note::Marks;
use super::signs::{self, Piece};
use super::table::Align;
use crate::placeholder::{code_spans, is_blank, is_hanzi};

/// A block of a section's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub kind: ElementKind,
    pub content: Vec<Stretch>,
    /// The table, where it is one.
    pub table: Option<PipeTable>,
    /// Where its first line begins, in bytes of the section's text.
    pub start: usize,
    /// Where its first line ends.
    pub end: usize,
}

impl Element {
    /// The words and the file of the picture that it is and nothing else.
    pub(super) fn image(&self) -> Option<(&str, &str)> {
        match self.content.as_slice() {
            [only] if self.kind == ElementKind::Paragraph => {
                let image = crate::manifest::image(&only.text)?;
                Some((&only.text[image.words], &only.text[image.file]))
            }
            _ => None,
        }
    }

    /// The id of the table that is to stand here: `{{id}}` and nothing else.
    pub(super) fn places(&self) -> Option<&str> {
        match self.content.as_slice() {
            [only] if self.kind == ElementKind::Paragraph => {
                let id = only.text.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
                (!id.is_empty() && !id.contains(['{', '}'])).then_some(id)
            }
            _ => None,
        }
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// `#` to `######`.
    Heading(u8),
    Paragraph,
    /// An item of a list; depth from 1. Its marker is the first stretch.
    Item(u8),
    Quote,
    Table,
}

/// A pipe table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PipeTable {
    /// What the line under the head says of each column.
    pub aligns: Vec<Option<Align>>,
    /// Its rows, the head first; the words of each cell.
    pub rows: Vec<Vec<Vec<Stretch>>>,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
}

/// Something that this version sets as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unset {
    pub what: UnsetKind,
    pub start: usize,
    pub end: usize,
}

/// What is set as plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnsetKind {
    /// A line of a table without the line under its head.
    Table,
    /// A row with more cells than its head.
    WideRow,
    /// A row with fewer.
    NarrowRow,
    Image,
}

/// A section's text, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Parsed {
    /// Its blocks; holes are [`signs`] in their words, and after them come the marks of notes, counted on.
    pub elements: Vec<Element>,
    /// The words of notes, by the number of the mark before them.
    pub notes: BTreeMap<usize, Element>,
    pub marks: Marks,
    pub unset: Vec<Unset>,
}

/// The blocks of a filled text.
pub(super) fn parse(filled: &Filled<'_>) -> Parsed {
    let marks = Marks::of(filled.field.text.text(), &filled.replacements);
    let source = Source::new(filled, &marks);
    let mut options = Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.table = true;
    options.parse.ignore_setext = true;
    let arena = Arena::new();
    let root = parse_document(&arena, &source.markdown, &options);
    let lines = source.markdown.lines().collect();
    let mut reading = Reading { source: &source, lines, elements: Vec::new() };
    reading.blocks(root);
    let elements = reading.elements;
    let mut parsed = Parsed { marks, unset: source.unset, ..Parsed::default() };
    for mut element in elements {
        match leading_mark(&mut element, filled.replacements.len(), &parsed.marks) {
            Some(mark) => {
                parsed.notes.insert(mark, element);
            }
            None => parsed.elements.push(element),
        }
    }
    parsed
}

/// The number of the mark before the words of a note, if the element is one; the mark is taken away.
fn leading_mark(element: &mut Element, holes: usize, marks: &Marks) -> Option<usize> {
    let first = element.content.first_mut()?;
    let Some(Piece::Sign(sign)) = signs::pieces(&first.text).into_iter().next() else { return None };
    let mark = sign.checked_sub(holes)?;
    marks.marks.get(mark).filter(|mark| mark.note.is_none())?;
    let rest = first.text.trim_start_matches(|c| signs::is_sign(c) && c != signs::END);
    first.text = rest.strip_prefix(signs::END).unwrap_or(rest).to_owned();
    Some(mark)
}

/// The Markdown that is parsed, and where its lines come from.
struct Source {
    markdown: String,
    /// For each line of `markdown`: start and end of the line of the section's text.
    lines: Vec<(usize, usize)>,
    unset: Vec<Unset>,
}

impl Source {
    fn new(filled: &Filled<'_>, marks: &Marks) -> Self {
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
                Lines::default().push(&mut notes, &out, (start, end));
            } else {
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

    fn line(&self, number: usize) -> (usize, usize) {
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
        let joint = self.last.zip(content.chars().next());
        let goes_on = !is_item && joint.is_some_and(|(last, next)| is_sentence(last, next));
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
fn is_delimiter(line: &str) -> bool {
    let line = line.trim_matches(is_space);
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c))
}

/// How many cells a row has: one for each `|` that is not escaped, less that at its end.
fn cells(line: &str) -> usize {
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

struct Reading<'s> {
    source: &'s Source,
    /// The lines of the Markdown.
    lines: Vec<&'s str>,
    elements: Vec<Element>,
}

/// A block that holds the one being read.
enum Holder {
    /// Where the list's next item is numbered from.
    List(NodeList),
    /// Its depth among lists, and its marker until a paragraph takes it.
    Item(u8, Option<String>),
    Quote,
}

impl<'s> Reading<'s> {
    /// Reads all blocks below `root`. No function calls itself here: how deep an author's quotes are must not be
    /// what the stack holds.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "comrak has some fifty kinds of node, most of them of extensions that are off"
    )]
    fn blocks<'a>(&mut self, root: &'a AstNode<'a>) {
        let mut holders = Vec::new();
        let mut lists: u8 = 0;
        for edge in root.traverse() {
            let node = match edge {
                NodeEdge::Start(node) => node,
                NodeEdge::End(node) => {
                    self.end(node, &mut holders, &mut lists);
                    continue;
                }
            };
            let data = node.data.borrow();
            let line = data.sourcepos.start.line;
            match &data.value {
                NodeValue::List(list) => {
                    lists = lists.saturating_add(1);
                    holders.push(Holder::List(*list));
                }
                NodeValue::Item(_) => {
                    let Some(Holder::List(list)) = holders.last_mut() else { continue };
                    let typed = self.typed_number(data.sourcepos.start);
                    let marker = marker(list, typed);
                    list.start += 1;
                    holders.push(Holder::Item(lists, Some(marker)));
                }
                NodeValue::BlockQuote => holders.push(Holder::Quote),
                NodeValue::CodeBlock(code) => {
                    for text in code.literal.lines() {
                        self.push(ElementKind::Paragraph, vec![plain(text.to_owned())], line);
                    }
                }
                NodeValue::Table(table) => {
                    let (start, end) = self.source.line(line);
                    let aligns = table.alignments.iter().map(align).collect();
                    let table = Some(PipeTable { aligns, rows: Vec::new() });
                    self.elements.push(Element { kind: ElementKind::Table, content: Vec::new(), table, start, end });
                }
                NodeValue::TableRow(_) => {
                    if let Some(table) = self.table() {
                        table.rows.push(Vec::new());
                    }
                }
                NodeValue::TableCell => {
                    let words = inlines(node);
                    if let Some(row) = self.table().and_then(|table| table.rows.last_mut()) {
                        row.push(words);
                    }
                }
                NodeValue::Heading(heading) => self.push(ElementKind::Heading(heading.level), inlines(node), line),
                NodeValue::Paragraph => {
                    let (kind, marker) = match holders.last_mut() {
                        Some(Holder::Item(depth, marker)) => match marker.take() {
                            Some(marker) => (ElementKind::Item(*depth), Some(plain(marker))),
                            None => (ElementKind::Paragraph, None),
                        },
                        Some(Holder::Quote) => (ElementKind::Quote, None),
                        Some(Holder::List(_)) | None => (ElementKind::Paragraph, None),
                    };
                    self.push(kind, marker.into_iter().chain(inlines(node)).collect(), line);
                }
                // Words, which their paragraph has taken, and kinds of block that the options leave out.
                _ => {}
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "as above")]
    fn end<'a>(&mut self, node: &'a AstNode<'a>, holders: &mut Vec<Holder>, lists: &mut u8) {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::List(_) => *lists = lists.saturating_sub(1),
            NodeValue::Item(_) | NodeValue::BlockQuote => {}
            _ => return,
        }
        // An item without words is its marker alone.
        if let Some(Holder::Item(depth, Some(marker))) = holders.pop() {
            self.push(ElementKind::Item(depth), vec![plain(marker)], data.sourcepos.start.line);
        }
    }

    /// The table that is being read.
    fn table(&mut self) -> Option<&mut PipeTable> {
        self.elements.last_mut()?.table.as_mut()
    }

    /// The number of an item as the author typed it: Markdown counts on from the first, a draft may begin anew.
    fn typed_number(&self, item: LineColumn) -> Option<&'s str> {
        let line = self.lines.get(item.line.checked_sub(1)?)?;
        let marker = line.get(item.column.checked_sub(1)?..)?;
        let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| &marker[..digits])
    }

    fn push(&mut self, kind: ElementKind, content: Vec<Stretch>, line: usize) {
        let (start, end) = self.source.line(line);
        if content.iter().any(|stretch| !stretch.text.is_empty()) {
            self.elements.push(Element { kind, content, table: None, start, end });
        }
    }
}

/// What the line under a table's head says of a column.
fn align(alignment: &TableAlignment) -> Option<Align> {
    match alignment {
        TableAlignment::None => None,
        TableAlignment::Left => Some(Align::Left),
        TableAlignment::Center => Some(Align::Centre),
        TableAlignment::Right => Some(Align::Right),
    }
}

/// What stands before the next item of a list, which may have a number of its own.
fn marker(list: &NodeList, typed: Option<&str>) -> String {
    let number = || typed.map_or_else(|| list.start.to_string(), str::to_owned);
    match (list.list_type, list.delimiter) {
        (ListType::Bullet, _) => "• ".to_owned(),
        (ListType::Ordered, ListDelimType::Period) => format!("{}.", number()),
        (ListType::Ordered, ListDelimType::Paren) => format!("{}）", number()),
    }
}

fn plain(text: String) -> Stretch {
    Stretch { text, strong: false, emphasis: false }
}

/// The words below a node, joined where they look alike.
fn inlines<'a>(node: &'a AstNode<'a>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    // How many marks of each kind are open.
    let (mut strong, mut emphasis) = (0_usize, 0_usize);
    for edge in node.traverse() {
        let (node, starts) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        let data = node.data.borrow();
        let text = match (&data.value, starts) {
            (NodeValue::Text(text), true) => text,
            (NodeValue::Code(code), true) => code.literal.as_str(),
            (NodeValue::SoftBreak, true) => " ",
            (NodeValue::LineBreak, true) => "\n",
            // A page on paper has no links: the address is said.
            (NodeValue::Link(link), false) => &format!("（{}）", link.url),
            (NodeValue::Strong, true) => {
                strong += 1;
                continue;
            }
            (NodeValue::Strong, false) => {
                strong -= 1;
                continue;
            }
            (NodeValue::Emph, true) => {
                emphasis += 1;
                continue;
            }
            (NodeValue::Emph, false) => {
                emphasis -= 1;
                continue;
            }
            _ => continue,
        };
        let (strong, emphasis) = (strong > 0, emphasis > 0);
        match out.last_mut() {
            Some(last) if (last.strong, last.emphasis) == (strong, emphasis) => last.text += text,
            _ => out.push(Stretch { text: text.to_owned(), strong, emphasis }),
        }
    }
    out
}
