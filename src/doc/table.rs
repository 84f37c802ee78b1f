//! Tables, with merged cells and the alignment of columns.

use super::Inline;
use crate::length::Length;
use crate::manifest::TableLines;
use crate::source::Span;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its columns, at least one.
    pub columns: Vec<Column>,
    /// How many of its first rows are the head, repeated on every page: at least one.
    pub head: usize,
    /// Its rows, each with a place for every column; none where a merged cell covers the place.
    pub rows: Vec<Vec<Option<Cell>>>,
    /// How it is ruled.
    pub lines: TableLines,
    /// Whether it stands across the paper, on pages of its own (横排, GB/T 9704 8).
    pub landscape: bool,
}

impl Table {
    /// How the cell at a place is aligned: the head's, and those that are merged of several columns, in the middle.
    pub fn align(&self, row: usize, column: usize) -> Align {
        let is_wide = self.rows[row][column].as_ref().is_some_and(|cell| cell.columns > 1);
        if row < self.head || is_wide { Align::Centre } else { self.columns[column].align }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its width; by default what its words and the measure ask for.
    pub width: Option<Length>,
    /// How its cells are aligned, those of the head aside, which are centred.
    pub align: Align,
}

/// How the cells of a column are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// Numbers: in the middle of the column, one point under the other.
    Decimal,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub content: Vec<Inline>,
    /// Columns that it takes.
    pub columns: usize,
    /// Rows that it takes.
    pub rows: usize,
    /// Where it was written.
    pub span: Span,
}
