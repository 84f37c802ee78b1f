//! A table with a row a town: which column names the town, which rows are none, and the units of the columns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::head::{is_running, plain, unit_above, without_unit};
use super::sums::check_totals;
use super::total::{Total, total};
use super::{Cell, CellKind, Sheet};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::number::Decimal;
use crate::placeholder::unit;
use crate::source::Span;
use crate::text;

/// The most rows that are named in one message.
const NAMED: usize = 4;
/// The words that lines below a table begin with.
const FOOTERS: [&str; 20] = [
    "填表",
    "填报",
    "制表",
    "审核",
    "负责人",
    "联系人",
    "联系电话",
    "单位负责人",
    "单位（盖章",
    "盖章",
    "签字",
    "备注：",
    "备注:",
    "注：",
    "注:",
    "说明：",
    "说明:",
    "填表说明",
    "本表",
    "报送",
];

/// A table with a row a town. Its sheet has no other rows any more.
#[derive(Clone, Debug)]
pub struct TownTable {
    /// The table.
    pub sheet: Sheet,
    /// The column that names the town.
    pub name: usize,
    /// The unit of each column, by its head or by a row of units below, and where it stands.
    pub units: Vec<Option<(String, Span)>>,
    /// The unit that a line above the head names for the table.
    pub unit_above: Option<(String, Span)>,
}

/// The kinds of rows of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Town,
    Total(Total),
    /// Units of the columns, or their numbers.
    OfColumns,
    /// A line below the table, or a row that is prepared and empty.
    Other,
}

impl TownTable {
    /// The faults of cells in columns that are `used`.
    pub fn faults_of(&self, used: impl Fn(usize) -> bool) -> Vec<Diagnostic> {
        let columns: BTreeMap<Span, usize> = self
            .sheet
            .rows
            .iter()
            .flat_map(|row| row.iter().enumerate().map(|(column, cell)| (cell.span, column)))
            .filter(|(_, column)| used(*column))
            .collect();
        let faults = self.sheet.faults.iter().map(|cell| &cell.fault);
        faults.filter(|fault| fault.span().is_some_and(|span| columns.contains_key(&span))).cloned().collect()
    }
}

impl Sheet {
    /// The first column that does not count the rows, nor names groups of them in cells that are merged downwards.
    pub fn name_column(&self) -> usize {
        let counts = |column: usize| {
            is_running(&self.head[column].text)
                || self.head[column].is_empty() && self.rows.iter().all(|row| is_whole_number(&row[column]))
        };
        let groups: BTreeSet<usize> = self
            .merges
            .iter()
            .filter(|merge| merge.rows.start > 0 && merge.rows.len() > 1)
            .flat_map(|merge| merge.columns.clone())
            .collect();
        (0..self.head.len()).find(|&column| !counts(column) && !groups.contains(&column)).unwrap_or(0)
    }

    /// The table with a row a town, which the column `name` names, the first that does not count the rows by default.
    ///
    /// Rows that are no town are left out and told (`left-out`): totals, which are held against the sums
    /// (`wrong-total`), units, numbers of the columns, footers. What the spreadsheet hides counts, and is told
    /// (`hidden-cells`).
    pub fn into_towns(mut self, name: Option<usize>, diags: &mut Diagnostics) -> TownTable {
        let name = name.unwrap_or_else(|| self.name_column()).min(self.head.len().saturating_sub(1));
        self.fill_merged();
        let mut units: Vec<Option<(String, Span)>> = self.head.iter().map(unit_of_head).collect();
        let mut kinds = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let directly_below = kinds.iter().all(|kind| *kind == Row::OfColumns);
            let kind = kind_of(row, name, &self.head, directly_below);
            if kind == Row::OfColumns {
                for (own, cell) in units.iter_mut().zip(row).filter(|(_, cell)| is_unit(&cell.text)) {
                    own.get_or_insert_with(|| (plain_unit(&cell.text), cell.span));
                }
            }
            kinds.push(kind);
        }
        let totals = |number: usize| if let Row::Total(total) = kinds[number] { Some(total) } else { None };
        let is_town = |number: usize| kinds[number] == Row::Town;
        check_totals(&self, &units, name, &totals, &is_town, diags);
        self.tell_left_out(&kinds, diags);
        self.tell_struck(diags);
        self.tell_hidden(&kinds, name, diags);
        let unit_above = unit_above(&self.preface).map(|(cell, unit)| (plain_unit(&unit), cell.span));
        let mut number = 0;
        let keep = |kinds: &[Row], number: &mut usize| {
            *number += 1;
            kinds[*number - 1] == Row::Town
        };
        self.rows.retain(|_| keep(&kinds, &mut number));
        number = 0;
        self.hidden_rows.retain(|_| keep(&kinds, &mut number));
        self.merges.clear();
        give_units(&mut self.rows, &units, unit_above.as_ref());
        TownTable { sheet: self, name, units, unit_above }
    }

    /// Gives the cells below a merged one its words, since each row is a town's; a number would count twice.
    fn fill_merged(&mut self) {
        for merge in self.merges.iter().filter(|merge| merge.rows.start > 0 && merge.columns.len() == 1) {
            let column = merge.columns.start;
            let Some(cell) = self.rows.get(merge.rows.start - 1).map(|row| row[column].clone()) else { continue };
            if cell.kind != CellKind::Text || total(&cell.text).is_some() {
                continue;
            }
            for row in merge.rows.clone().skip(1) {
                if let Some(below) = self.rows.get_mut(row - 1).map(|row| &mut row[column]).filter(|own| own.is_empty())
                {
                    *below = Cell { span: below.span, ..cell.clone() };
                }
            }
        }
    }

    fn tell_left_out(&self, kinds: &[Row], diags: &mut Diagnostics) {
        // A row of units is used.
        let says = |row: &[Cell]| {
            let mut filled = row.iter().filter(|cell| !cell.is_empty());
            filled.clone().find(|cell| total(&cell.text).is_some()).or_else(|| filled.next()).cloned()
        };
        let rows = self.rows.iter().zip(kinds).filter(|(_, kind)| matches!(kind, Row::Total(_) | Row::Other));
        let left: Vec<Cell> = rows.filter_map(|(row, _)| says(row)).collect();
        let Some(at) = left.first() else { return };
        let names: Vec<String> = left.iter().take(NAMED).map(|cell| shortened(&cell.text)).collect();
        let (names, count) = (names.join("、"), left.len());
        let message = text!(
            "{count} 行不是镇，没有算：{names}{}",
            "{count} rows are no towns and do not count: {names}{}",
            if count > NAMED { "……" } else { "" }
        );
        diags.push(labelled(
            Diagnostic::new(Code::LeftOut, message).at(at.span),
            left.iter().skip(1).map(|cell| cell.span),
        ));
    }

    /// Tells of words that are struck out.
    pub fn tell_struck(&self, diags: &mut Diagnostics) {
        let Some(first) = self.struck.first() else { return };
        let count = self.struck.len();
        let message = text!("{count} 格里有划掉的字，没有算", "words of {count} cells are struck out and do not count");
        let fault = Diagnostic::new(Code::LeftOut, message).at(*first);
        diags.push(labelled(fault, self.struck.iter().skip(1).copied()));
    }

    fn tell_hidden(&self, kinds: &[Row], name: usize, diags: &mut Diagnostics) {
        let rows = self.rows.iter().zip(&self.hidden_rows).zip(kinds);
        let rows = rows.filter(|((_, hidden), kind)| **hidden && **kind == Row::Town).map(|((row, _), _)| &row[name]);
        let columns = self.head.iter().zip(&self.hidden_columns).filter(|(head, hidden)| **hidden && !head.is_empty());
        let hidden: Vec<&Cell> = rows.chain(columns.map(|(head, _)| head)).collect();
        let Some(first) = hidden.first() else { return };
        let names: Vec<String> = hidden.iter().take(NAMED).map(|cell| shortened(&cell.text)).collect();
        let (names, more) = (names.join("、"), if hidden.len() > NAMED { "……" } else { "" });
        let message = text!("隐藏的行、列也算：{names}{more}", "hidden rows and columns count as well: {names}{more}");
        let fault = Diagnostic::new(Code::HiddenCells, message)
            .at(first.span)
            .help(text!("不要的就删去，要的就取消隐藏", "delete what is not wanted, and show what is"));
        diags.push(labelled(fault, hidden.iter().skip(1).map(|cell| cell.span)));
    }
}

/// Gives every number its unit: what is shown behind it, else the one of its column, else that of the table.
fn give_units(rows: &mut [Vec<Cell>], units: &[Option<(String, Span)>], above: Option<&(String, Span)>) {
    let shared: Vec<Option<Arc<str>>> =
        units.iter().map(|own| own.as_ref().or(above).map(|(unit, _)| Arc::from(unit.as_str()))).collect();
    for row in rows {
        for (cell, shared) in row.iter_mut().zip(&shared) {
            if matches!(cell.kind, CellKind::Number(_)) {
                let behind = cell.shown.as_deref().map(|shown| plain_unit(behind_digits(shown)));
                cell.unit = behind.filter(|own| is_unit(own)).map(Arc::from).or_else(|| shared.clone());
            }
        }
    }
}

/// The words behind the digits of a number as it is shown.
fn behind_digits(shown: &str) -> &str {
    shown.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | '(' | ' '))
}

impl Cell {
    /// The number and the unit right behind it where both are typed as words: 12次, 98.7%.
    pub fn typed_with_unit(&self) -> Option<(Decimal, String)> {
        let behind = behind_digits(&self.text);
        let number = self.text[..self.text.len() - behind.len()].trim_end();
        // 3.5万 has no unit, but is a number of another kind.
        let is_multiple = behind.chars().all(|c| "十百千万亿余多几来".contains(c));
        let is_typed = self.kind == CellKind::Text && is_unit(behind) && !is_multiple;
        is_typed.then(|| Some((Decimal::parse(number).ok()?, plain_unit(behind))))?
    }
}

fn labelled(fault: Diagnostic, others: impl Iterator<Item = Span>) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let others = others.filter(|span| seen.insert(*span)).take(NAMED - 1);
    others.fold(fault, |fault, span| fault.label(span, text!("还有这里", "and here")))
}

/// As much of a cell as a message shows.
fn shortened(text: &str) -> String {
    let plain = plain(text);
    if plain.chars().count() <= 12 { plain } else { plain.chars().take(12).chain(['…']).collect() }
}

fn kind_of(row: &[Cell], name: usize, head: &[Cell], directly_below: bool) -> Row {
    let filled = || row.iter().filter(|cell| !cell.is_empty());
    let own = &row[name];
    // The word stands in any column that names the row: those before its first number.
    let naming = row.iter().take_while(|cell| !matches!(cell.kind, CellKind::Number(_) | CellKind::Faulty));
    let by_any = naming.filter(|cell| cell.kind == CellKind::Text).find_map(|cell| total(&cell.text));
    if let Some(total) = by_any.or_else(|| total(&own.text)) {
        return Row::Total(total);
    }
    let count = filled().count();
    if directly_below {
        let is_unit_row = count > 0
            && row.iter().enumerate().all(|(column, cell)| {
                cell.is_empty() || is_unit(&cell.text) || column == name && plain(&cell.text).ends_with("单位")
            });
        let numbers = || row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let is_numbered = count > 1
            && count + 1 >= head.len()
            && numbers().zip(1..).all(|((_, cell), number)| {
                plain(&cell.text).trim_matches(['（', '）', '(', ')']) == number.to_string()
            });
        if is_unit_row || is_numbered {
            return Row::OfColumns;
        }
    }
    let first = filled().next().map(|cell| plain(&cell.text)).unwrap_or_default();
    let is_footer = FOOTERS.iter().any(|words| first.starts_with(words))
        && !filled().skip(1).any(|cell| matches!(cell.kind, CellKind::Number(_)));
    let is_prepared = own.is_empty()
        && row.iter().enumerate().all(|(column, cell)| cell.is_empty() || is_running(&head[column].text));
    if is_footer || is_prepared { Row::Other } else { Row::Town }
}

fn is_whole_number(cell: &Cell) -> bool {
    cell.is_empty() || matches!(&cell.kind, CellKind::Number(number) if number.is_integer())
}

/// True if words are a unit and nothing else.
fn is_unit(words: &str) -> bool {
    let plain = plain_unit(words);
    !plain.is_empty() && unit(&plain) == Some(plain.as_str())
}

/// A unit as units are compared.
fn plain_unit(words: &str) -> String {
    let plain = plain(words);
    let inside = plain.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')'])).unwrap_or(&plain);
    inside.trim_start_matches("单位：").trim_start_matches("单位:").replace('％', "%")
}

fn unit_of_head(head: &Cell) -> Option<(String, Span)> {
    let plain = plain(&head.text);
    let (_, unit) = without_unit(&plain);
    unit.filter(|unit| is_unit(unit)).map(|unit| (plain_unit(unit), head.span))
}
