//! The text of a section as CommonMark, with each placeholder one opaque sign.
//!
//! Authors paste drafts; what is Markdown by accident is text: indented code, raw HTML, entities, autolinks, setext
//! headings, rules and link definitions do not exist, and a line of a draft is a paragraph.

use std::collections::BTreeMap;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, LineColumn, ListDelimType, ListType, NodeList, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::element::{Element, ElementKind, PipeTable, Stretch, Unset};
use super::lines::Source;
use super::marks::Marks;
use super::signs::{self, Piece};
use super::table::Align;
use crate::fill::Filled;

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
pub(super) fn parse(filled: &Filled<'_>, item_mark: char) -> Parsed {
    let marks = Marks::of(filled.field.text.text(), &filled.replacements);
    let source = Source::new(filled, &marks);
    let mut options = Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.table = true;
    options.parse.ignore_setext = true;
    let arena = Arena::new();
    let root = parse_document(&arena, &source.markdown, &options);
    let lines = source.markdown.lines().collect();
    let mut reading = Reading { source: &source, lines, item_mark, elements: Vec::new() };
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

struct Reading<'s> {
    source: &'s Source,
    /// The lines of the Markdown.
    lines: Vec<&'s str>,
    /// What stands after the number of a list's item.
    item_mark: char,
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
                    let marker = marker(list, typed, self.item_mark);
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
fn marker(list: &NodeList, typed: Option<&str>, item_mark: char) -> String {
    let number = || typed.map_or_else(|| list.start.to_string(), str::to_owned);
    match (list.list_type, list.delimiter) {
        (ListType::Bullet, _) => "• ".to_owned(),
        (ListType::Ordered, ListDelimType::Period) => format!("{}{item_mark}", number()),
        (ListType::Ordered, ListDelimType::Paren) => format!("{})", number()),
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
            (NodeValue::Link(link), false) if link.title.is_empty() => &format!("（{}）", link.url),
            (NodeValue::Link(link), false) => &format!("（{} {}）", link.url, link.title),
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
