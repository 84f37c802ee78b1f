//! Which columns of a table are printed, and in what order (`only`).

use super::literal::Located;
use super::table::Table;
use crate::diag::{Code, Diagnostic, Diagnostics, near};
use crate::sheet::{Total, is_nothing, total};
use crate::text;

/// Whether a cell is the first of a row of totals.
fn is_total(cell: &str) -> bool {
    total(cell).is_some_and(|total| total != Total::Average)
}

impl Table {
    /// Keeps the columns that `only` names, in its order; all where it names none.
    pub(super) fn choose(&mut self, diags: &mut Diagnostics) {
        if self.only.is_empty() || self.rows.is_empty() {
            return;
        }
        let mut chosen: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for key in &self.only {
            match self.column(key.text()) {
                Some(column) if chosen.contains(&column) => {
                    let name = key.text();
                    let message = text!("“{name}”这一列选了两次", "the column `{name}` is chosen twice");
                    found.push(Diagnostic::new(Code::BadTable, message).at(key.whole()));
                }
                Some(column) => chosen.push(column),
                None => found.push(self.unknown_column(key)),
            }
        }
        if chosen.is_empty() {
            return diags.extend(found);
        }
        let old = std::mem::take(&mut self.rows);
        self.rows = old.iter().map(|row| kept(row, &chosen)).collect();
        for (old, row) in old.iter().zip(&mut self.rows) {
            let total = old.first().filter(|first| is_total(first.text()));
            let Some(total) = total.filter(|_| !row.first().is_some_and(|first| is_total(first.text()))) else {
                continue;
            };
            // Without its name the row would be one of the others, and be added to the total.
            match row.first_mut().filter(|first| is_nothing(first.text().trim())) {
                Some(first) => *first = total.clone(),
                None => {
                    let message =
                        text!("合计行的名称在没有选的列里", "the row of totals has its name in a column left out");
                    found.push(Diagnostic::new(Code::BadTable, message).at(total.whole()).help(text!(
                        "在 only 里先写这一列，或者删去合计行，用 sum = true 由程序算",
                        "name that column first in `only`, or delete the row and have it worked out by sum = true"
                    )));
                }
            }
        }
        diags.extend(found);
    }

    /// `unknown-column`, with the head that was meant.
    pub(super) fn unknown_column(&self, key: &Located) -> Diagnostic {
        let name = key.text();
        let heads: Vec<&str> =
            (0..self.rows.first().map_or(0, Vec::len)).filter_map(|column| self.head(column)).collect();
        let message = text!("表里没有“{name}”这一列", "the table has no column `{name}`");
        let fault = Diagnostic::new(Code::UnknownColumn, message).at(key.whole());
        let fault = match near::did_you_mean(name, heads.iter().copied()) {
            Some(near) => fault.help(text!("是不是“{near}”？", "did you mean `{near}`?")),
            None => fault,
        };
        let heads = heads.into_iter().take(20).collect::<Vec<_>>().join("、");
        fault.help(text!("表头有：{heads}", "its heads are: {heads}"))
    }
}

/// The cells of a row in the columns `chosen`. One that is joined to a cell at its left that does not stand there any more
/// has that cell's words itself.
fn kept(row: &[Located], chosen: &[usize]) -> Vec<Located> {
    let joined = |column: usize| row[column].text().trim() == "<";
    let mut cells = Vec::with_capacity(chosen.len());
    for (place, &column) in chosen.iter().enumerate() {
        let beside = column.checked_sub(1);
        let stays = place.checked_sub(1).is_some_and(|left| beside == Some(chosen[left]));
        let owner = if stays { Some(column) } else { (0..=column).rev().find(|&column| !joined(column)) };
        cells.push(row[owner.unwrap_or(column)].clone());
    }
    cells
}
