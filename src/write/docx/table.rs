//! Tables. docx-rs sets the paragraphs of their cells one after the other; here they are put into rows.

use docx_rs::{AlignmentType, Paragraph};

use super::contents::Numbers;
use super::measures::{IssuedMeasures, Measures, twips};
use super::picture::Media;
use super::turned::{Sections, narrow};
use super::xml::{Element, Node};
use super::{contents, issued, styles};
use crate::doc::{Align, BlockKind, Cell, Doc, Table};
use crate::layout::{self, TableMeasure};
use crate::length::Length;
use crate::manifest::{Style, TableLines};

/// The cells of a table with their places, row by row.
pub(super) fn cells(table: &Table) -> impl Iterator<Item = (usize, usize, &Cell)> {
    table.rows.iter().enumerate().flat_map(|(row, cells)| {
        cells.iter().enumerate().filter_map(move |(column, cell)| Some((row, column, cell.as_ref()?)))
    })
}

/// The paragraph of a cell, without its words.
pub(super) fn paragraph(
    table: &Table,
    (row, column): (usize, usize),
    measure: &TableMeasure,
    style: &Style,
) -> Paragraph {
    let paragraph = Paragraph::new().style(styles::of_cells(measure.size, style));
    match (table.align(row, column), measure.from_right[row][column]) {
        // The point's place, counted from the right: what comes to the same in every program.
        (Align::Decimal, Some(right)) => {
            paragraph.align(AlignmentType::Right).indent(None, None, Some(twips(right)), None)
        }
        (Align::Centre | Align::Decimal, _) => paragraph,
        (Align::Left, _) => paragraph.align(AlignmentType::Left),
        (Align::Right, _) => paragraph.align(AlignmentType::Right),
    }
}

/// Puts the paragraphs of cells into their tables, and pictures in their places, in a document that holds one paragraph
/// for each block that has one and one for each cell, in order.
pub(super) fn wrap(
    document: &mut Element,
    doc: &Doc,
    tables: &Measures,
    media: &Media,
    numbers: &Numbers,
    issued: &IssuedMeasures,
) {
    let Some(body) = document.elements_mut().find(|element| element.name == "w:body") else { return };
    let mut sections = Sections::of(body, &doc.style);
    let mut nodes = std::mem::take(&mut body.children).into_iter();
    let mut colophon = Vec::new();
    for (index, block) in doc.blocks.iter().enumerate() {
        if let Some(sections) = &mut sections {
            sections.next(&mut body.children, doc.is_turned(index));
        }
        match (&block.kind, tables.get(&index)) {
            (BlockKind::PageBreak, _) => {}
            (BlockKind::Picture(placed), _) => {
                let on_new_page = index > 0 && doc.blocks[index - 1].kind == BlockKind::PageBreak;
                let keep = doc.stays_with_next(index);
                body.children.push(Node::Element(media.paragraph(index, placed, keep, on_new_page)));
            }
            (BlockKind::Table(table), Some(measure)) => {
                body.children.push(Node::Element(self::table(table, measure, &mut nodes, &doc.style)));
                // Two tables without a paragraph between are one to Word, and a document can't end in one.
                let next = doc.blocks.get(index + 1).map(|next| &next.kind);
                if next.is_none_or(|next| matches!(next, BlockKind::Table(_) | BlockKind::PageBreak)) {
                    body.children.push(Node::Element(narrow()));
                }
            }
            (BlockKind::IssuerMark(_), _) if let Some(names) = self::issued::joint_names(block) => {
                body.children.extend(issued.joint_mark(index, names, &mut nodes));
            }
            (kind, _) => {
                let mut node = nodes.next();
                if let Some(Node::Element(paragraph)) = &mut node {
                    contents::complete(paragraph, index, doc, numbers);
                    issued.complete(paragraph, index, doc);
                }
                if matches!(kind, BlockKind::Colophon(_)) {
                    colophon.extend(node);
                } else {
                    body.children.extend(node);
                }
            }
        }
    }
    let is_section = |node: &Node| matches!(node, Node::Element(element) if element.name == "w:sectPr");
    body.children.extend(nodes.filter(|node| !is_section(node)));
    let mut last = sections.map(Sections::last);
    if !colophon.is_empty() {
        issued.end(body, colophon, last.as_mut(), &doc.style);
    }
    body.children.extend(last.map(Node::Element));
}

fn table(table: &Table, measure: &TableMeasure, nodes: &mut std::vec::IntoIter<Node>, style: &Style) -> Element {
    let twips = |length: Length| length.to_twips();
    let total: Length = measure.widths.iter().copied().sum();
    let side = |name: &str, width: Length| Element::new(name).with("w:w", twips(width)).with("w:type", "dxa");
    let margins = Element::new("w:tblCellMar")
        .child(side("w:top", layout::PAD_Y))
        .child(side("w:left", layout::PAD_X))
        .child(side("w:bottom", layout::PAD_Y))
        .child(side("w:right", layout::PAD_X));
    let properties = Element::new("w:tblPr")
        .child(side("w:tblW", total))
        .child(Element::val("w:jc", "center"))
        .child(borders(table.lines))
        .child(Element::new("w:tblLayout").with("w:type", "fixed"))
        .child(margins);
    let grid = measure.widths.iter().map(|&width| Element::new("w:gridCol").with("w:w", twips(width)));
    let mut root = Element::new("w:tbl").child(properties).child(Element::new("w:tblGrid").extended(grid));
    // What covers a place from above: the columns that it takes, and the rows that it still reaches down.
    let mut above: Vec<(usize, usize)> = vec![(1, 0); table.columns.len()];
    for (row, places) in table.rows.iter().enumerate() {
        let head = (row < table.head).then(|| Element::new("w:tblHeader"));
        let properties = Element::new("w:trPr").child(Element::new("w:cantSplit")).maybe(head);
        let mut tr = Element::new("w:tr").child(properties);
        let mut column = 0;
        while column < places.len() {
            let (columns, merge) = match &places[column] {
                Some(cell) => {
                    above[column] = (cell.columns, cell.rows - 1);
                    (cell.columns, (cell.rows > 1).then_some("restart"))
                }
                None => {
                    let (columns, rows) = above[column];
                    above[column] = (columns, rows.saturating_sub(1));
                    (columns, Some("continue"))
                }
            };
            let width: Length = measure.widths[column..column + columns].iter().copied().sum();
            let under_head = row + 1 == table.head && table.lines == TableLines::Three;
            let border = under_head.then(|| Element::new("w:tcBorders").child(line("w:bottom", layout::MIDDLE)));
            let properties = Element::new("w:tcPr")
                .child(side("w:tcW", width))
                .maybe((columns > 1).then(|| Element::val("w:gridSpan", columns)))
                .maybe(merge.map(|merge| Element::val("w:vMerge", merge)))
                .maybe(border)
                .child(Element::val("w:vAlign", "center"));
            let own = if places[column].is_some() { nodes.next() } else { None };
            let mut cell = Element::new("w:tc").child(properties);
            cell.children.push(own.unwrap_or_else(|| Node::Element(covered(measure.size, style))));
            tr = tr.child(cell);
            column += columns;
        }
        root = root.child(tr);
    }
    root
}

/// The paragraph of a place that a merged cell covers: Word wants one.
fn covered(size: Length, style: &Style) -> Element {
    let id = Element::val("w:pStyle", styles::of_cells(size, style));
    Element::new("w:p").child(Element::new("w:pPr").child(id))
}

fn borders(lines: TableLines) -> Element {
    let all = |names: &[&str], width| names.iter().map(|name| line(name, width)).collect::<Vec<_>>();
    let lines = match lines {
        TableLines::Grid => all(&["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"], layout::THIN),
        TableLines::Three => all(&["w:top", "w:bottom"], layout::THICK),
    };
    Element::new("w:tblBorders").extended(lines)
}

/// A line, whose thickness Word counts in eighths of a point.
fn line(name: &str, width: Length) -> Element {
    let eighths = width.to_emu() * 8 / Length::pt(1).to_emu();
    let line = Element::val(name, "single").with("w:sz", eighths);
    line.with("w:space", 0).with("w:color", "000000")
}
