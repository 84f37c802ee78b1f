//! A head of several rows, made one: 会议情况 over 党委会（次） and 专题会（次）.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Cell, CellKind, Merge, Sheet};

/// The most rows of a head.
const MOST: usize = 4;

impl Sheet {
    /// Makes one row of a head of several: each column has the lowest of its cells, with those above before it where that
    /// alone stands over another column as well. Merged cells tell how many rows a head has; in a file without them, a row of
    /// words below the empty cells of the first.
    pub(super) fn join_head(&mut self) {
        let count = self.head_rows();
        if count < 2 {
            return;
        }
        let mut rows: Vec<Vec<Cell>> = vec![std::mem::take(&mut self.head)];
        rows.extend(self.rows.drain(..count - 1));
        self.hidden_rows.drain(..count - 1);
        let width = rows[0].len();
        // The first cell of the merge that each place is part of.
        let mut owners: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for merge in self.merges.iter().filter(|merge| merge.rows.start < count) {
            let first = (merge.rows.start, merge.columns.start);
            let places = merge.rows.clone().take_while(|row| *row < count);
            owners.extend(places.flat_map(|row| merge.columns.clone().map(move |column| ((row, column), first))));
        }
        let paths: Vec<Vec<Cell>> = (0..width).map(|column| self.path(&rows, &owners, column)).collect();
        let mut leaves: BTreeMap<&str, usize> = BTreeMap::new();
        for leaf in paths.iter().filter_map(|path| path.last()) {
            *leaves.entry(leaf.text.as_str()).or_default() += 1;
        }
        let joined = |path: &Vec<Cell>, column: usize| match path.split_last() {
            Some((leaf, above)) if leaves[leaf.text.as_str()] > 1 => {
                let text = above.iter().chain([leaf]).map(|cell| cell.text.as_str()).collect();
                Cell::new(text, CellKind::Text, leaf.span)
            }
            Some((leaf, _)) => leaf.clone(),
            None => rows[0][column].clone(),
        };
        let head = paths.iter().enumerate().map(|(column, path)| joined(path, column)).collect();
        let below = |merge: Merge| {
            let rows =
                merge.rows.start.checked_sub(count - 1).filter(|start| *start > 0)?..merge.rows.end - (count - 1);
            Some(Merge { rows, ..merge })
        };
        self.merges = std::mem::take(&mut self.merges).into_iter().filter_map(below).collect();
        self.head = head;
    }

    /// The number of rows of the head: its first, and those that its merges reach, or that stand under a merge across.
    fn head_rows(&self) -> usize {
        let is_of_words = |row: usize, columns: &Range<usize>| {
            let cells = self.rows.get(row - 1).map(|row| &row[columns.clone()]);
            cells.is_some_and(|cells| {
                let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
                filled.peek().is_some() && filled.all(|cell| cell.kind == CellKind::Text)
            })
        };
        let mut count = 1;
        for _ in 0..MOST {
            let reached = |merge: &Merge| {
                let is_of_head = merge.rows.start < count;
                let is_across = merge.columns.len() > 1 && merge.columns.len() < self.head.len();
                let is_parent = is_across && merge.rows.end == count && is_of_words(count, &merge.columns);
                if is_of_head && is_parent {
                    count + 1
                } else if is_of_head {
                    merge.rows.end
                } else {
                    0
                }
            };
            count = self.merges.iter().map(reached).max().unwrap_or(0).max(count);
        }
        if count == 1 && self.merges.is_empty() && self.is_under_gaps() {
            count = 2;
        }
        if count > MOST || count > self.rows.len() { 1 } else { count }
    }

    /// True if the row below the first is words, and stands where the first is empty and not where the town's name does.
    fn is_under_gaps(&self) -> bool {
        let Some(below) = self.rows.first() else { return false };
        let mut pairs = self.head.iter().zip(below);
        let fills = pairs.clone().any(|(head, below)| head.is_empty() && !below.is_empty());
        let is_of_words = below.iter().all(|cell| cell.is_empty() || cell.kind == CellKind::Text);
        let starts_empty = pairs.next().is_some_and(|(head, below)| !head.is_empty() && below.is_empty());
        fills && is_of_words && starts_empty && self.rows.len() > 1
    }

    /// The cells over a column, the highest first, each once; a merged one stands over all of its columns.
    fn path(&self, rows: &[Vec<Cell>], owners: &BTreeMap<(usize, usize), (usize, usize)>, column: usize) -> Vec<Cell> {
        let mut path: Vec<Cell> = Vec::new();
        for row in 0..rows.len() {
            let cell = match owners.get(&(row, column)) {
                Some(&(row, column)) => &rows[row][column],
                None => self.own_or_left(rows, row, column),
            };
            if !cell.is_empty() && path.last().is_none_or(|last| last.span != cell.span) {
                path.push(cell.clone());
            }
        }
        path
    }

    /// The cell itself; without merges a parent that is written once stands over the empty cells at its right as well.
    fn own_or_left<'r>(&self, rows: &'r [Vec<Cell>], row: usize, column: usize) -> &'r Cell {
        let own = &rows[row][column];
        let is_last = row + 1 == rows.len();
        if !own.is_empty() || is_last || !self.merges.is_empty() {
            return own;
        }
        rows[row][..column].iter().rev().find(|cell| !cell.is_empty()).unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    /// A sheet of these cells, and its merges: rows and columns.
    fn sheet(cells: &[&[&str]], merges: &[(Range<usize>, Range<usize>)]) -> Sheet {
        let mut at = 0;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for row in cells {
            rows.push(Vec::new());
            for text in *row {
                at += 1;
                let span = Span::new(FileId::default(), at..at + 1);
                rows.last_mut().unwrap().push(Cell::written(text, span));
            }
        }
        let head = rows.remove(0);
        let merges =
            merges.iter().map(|(rows, columns)| Merge { rows: rows.clone(), columns: columns.clone() }).collect();
        Sheet {
            file: FileId::default(),
            preface: Vec::new(),
            hidden_rows: vec![false; rows.len()],
            hidden_columns: vec![false; head.len()],
            head,
            rows,
            merges,
            faults: Vec::new(),
            struck: Vec::new(),
        }
    }

    fn joined(cells: &[&[&str]], merges: &[(Range<usize>, Range<usize>)]) -> (String, usize) {
        let mut sheet = sheet(cells, merges);
        sheet.join_head();
        (sheet.head.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(","), sheet.rows.len())
    }

    #[test]
    fn a_head_of_several_rows_becomes_one() {
        let rows: &[&[&str]] =
            &[&["镇", "会议", "", "培训", ""], &["", "党委会", "人数", "期数", "人数"], &["甲镇", "1", "2", "3", "4"]];
        let expected = ("镇,党委会,会议人数,期数,培训人数".to_owned(), 1);
        assert_eq!(joined(rows, &[(0..2, 0..1), (0..1, 1..3), (0..1, 3..5)]), expected);
        let two: &[&[&str]] = &[rows[0], rows[1], rows[2], rows[2]];
        assert_eq!(joined(two, &[]), (expected.0, 2), "without merges, as in CSV");
    }

    #[test]
    fn a_head_of_one_row_stays() {
        let rows: &[&[&str]] = &[&["镇", "会议", "备注"], &["甲镇", "1", "好"], &["乙镇", "2", "好"]];
        assert_eq!(joined(rows, &[]), ("镇,会议,备注".to_owned(), 2));
        assert_eq!(joined(rows, &[(1..3, 2..3)]), ("镇,会议,备注".to_owned(), 2), "merged below the head");
        let gaps: &[&[&str]] = &[&["镇", "", "备注"], &["甲镇", "好", ""], &["乙镇", "好", ""]];
        assert_eq!(joined(gaps, &[]), ("镇,,备注".to_owned(), 2), "the name stands in the row");
    }
}
