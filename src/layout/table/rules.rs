//! The lines of tables.

use super::super::pages::{Area, Item};
use super::TableMeasure;
use crate::doc::Table;
use crate::length::Length;
use crate::manifest::{Style, TableLines};

/// Lines of a grid: half a point.
pub(crate) const THIN: Length = Length::centi_pt(50);
/// The outer lines of three: a point and a half.
pub(crate) const THICK: Length = Length::centi_pt(150);
/// The line under the head of three: three quarters of a point.
pub(crate) const MIDDLE: Length = Length::centi_pt(75);

/// Draws the lines of a table.
pub(super) struct Ruler<'t> {
    table: &'t Table,
    /// The edges of the columns, from the left edge of the paper.
    edges: Vec<Length>,
    /// For each place the row and column of the cell that covers it.
    owners: Vec<Vec<(usize, usize)>>,
}

impl<'t> Ruler<'t> {
    pub(super) fn new(table: &'t Table, measure: &TableMeasure, style: &Style) -> Self {
        let mut edges = vec![style.page.left + measure.left];
        for &width in &measure.widths {
            edges.push(edges.last().copied().unwrap_or_default() + width);
        }
        let mut owners: Vec<Vec<(usize, usize)>> =
            (0..table.rows.len()).map(|row| (0..table.columns.len()).map(|column| (row, column)).collect()).collect();
        for (row, cells) in table.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.as_ref()?))) {
                for places in owners.iter_mut().skip(row).take(cell.rows) {
                    places.iter_mut().skip(column).take(cell.columns).for_each(|owner| *owner = (row, column));
                }
            }
        }
        Ruler { table, edges, owners }
    }

    /// The lines over a row and beside its cells; `first` where it is no piece of a row that began on another page.
    pub(super) fn rules(&self, row: usize, height: Length, first: bool) -> Vec<Item> {
        match self.table.lines {
            TableLines::Three => {
                let width = if row == 0 { THICK } else { MIDDLE };
                let is_ruled = first && (row == 0 || row == self.table.head);
                is_ruled.then(|| self.across(Length::ZERO, width)).into_iter().collect()
            }
            TableLines::Grid => {
                let mut items = self.over(row);
                let columns = self.table.columns.len();
                for edge in 0..=columns {
                    let owner = |column: Option<usize>| Some(self.owners[row][column.filter(|&c| c < columns)?]);
                    if owner(edge.checked_sub(1)) != owner(Some(edge)) {
                        items.push(rule(self.edges[edge] - THIN / 2, -THIN / 2, THIN, height + THIN));
                    }
                }
                items
            }
        }
    }

    /// The line under the last row of a page.
    pub(super) fn closing(&self, height: Length) -> Vec<Item> {
        let width = match self.table.lines {
            TableLines::Grid => THIN,
            TableLines::Three => THICK,
        };
        vec![self.across(height, width)]
    }

    /// The line over a row of a grid, but where a cell reaches across.
    fn over(&self, row: usize) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut from = None;
        for column in 0..=self.table.columns.len() {
            let is_ruled = self.owners[row].get(column).is_some_and(|&(owner, _)| owner == row);
            match (from, is_ruled) {
                (None, true) => from = Some(column),
                (Some(start), false) => {
                    let (left, right): (Length, Length) = (self.edges[start], self.edges[column]);
                    items.push(rule(left, -THIN / 2, right - left, THIN));
                    from = None;
                }
                (None, false) | (Some(_), true) => {}
            }
        }
        items
    }

    /// A line from the left edge to the right one, `width` thick, in the middle of which `y` lies.
    fn across(&self, y: Length, width: Length) -> Item {
        let (left, right) = (self.edges[0], self.edges.last().copied().unwrap_or_default());
        rule(left, y - width / 2, right - left, width)
    }
}

fn rule(x: Length, y: Length, width: Length, height: Length) -> Item {
    Item::Rule(Area { x, y, width, height })
}
