//! What the towns of a roll-up gave.

use std::collections::BTreeMap;

use super::given::is_pending;
use super::raw::{Entry, Table, Value, ValueKind};
use crate::diag::Diagnostic;
use crate::placeholder::{Literals, Phrase, scan};
use crate::sheet::{Cell, CellKind, TownTable, plain, without_unit};
use crate::source::Span;

/// The columns of the towns' tables, by their heads: `towns."党委会X次"` in expressions.
///
/// Each has a cell for every town, in the order in which the towns were added. What others give and a town does not is an
/// empty cell at the place that names the town.
#[derive(Clone, Debug, Default)]
pub struct TownValues {
    /// What each town is called, and where.
    towns: Vec<(String, Span)>,
    columns: BTreeMap<String, Vec<Cell>>,
    /// The faults of cells that can't be read, which matter where they are used.
    faults: BTreeMap<Span, Diagnostic>,
}

impl TownValues {
    /// Adds a table with a row a town. Of two columns with one head the first is taken.
    pub fn add(&mut self, table: &TownTable) {
        let sheet = &table.sheet;
        let mut seen = BTreeMap::new();
        for (number, head) in sheet.head.iter().enumerate() {
            seen.entry(normal(&plain(&head.text))).or_insert(number);
        }
        for (head, number) in seen {
            let cells = sheet.rows.iter().filter_map(|row| row.get(number)).cloned();
            padded(&mut self.columns, head, &self.towns).extend(cells);
        }
        let names = sheet.rows.iter().filter_map(|row| row.get(table.name));
        self.towns.extend(names.map(|name| (name.text.clone(), name.span)));
        self.faults.extend(sheet.faults.iter().filter_map(|cell| Some((cell.fault.span()?, cell.fault.clone()))));
        self.pad();
    }

    /// The fault of a cell that can't be read.
    pub fn fault(&self, cell: &Cell) -> Option<&Diagnostic> {
        self.faults.get(&cell.span)
    }

    /// Adds towns that have a file each, by their names and where their files begin, with what stands under `[figures]` and
    /// in sections that have an `id`.
    pub fn add_files(&mut self, files: &[(String, Span, Table)]) {
        for (name, file, table) in files {
            for (head, cell) in figures(table) {
                padded(&mut self.columns, head, &self.towns).push(cell);
            }
            self.towns.push((name.clone(), *file));
        }
        self.pad();
    }

    /// Makes all columns as long as there are towns.
    fn pad(&mut self) {
        for cells in self.columns.values_mut() {
            fill_up(cells, &self.towns);
        }
    }

    /// The names of the towns, in the order of the cells of every column.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.towns.iter().map(|(name, _)| name.as_str())
    }

    /// The column that `key` means: its head, how many X ever it has; the one head with that words and a unit in brackets
    /// behind them; a key without the id of a section means the one column of any section.
    pub fn column(&self, key: &str) -> Option<&[Cell]> {
        let key = normal(key);
        if let Some(cells) = self.columns.get(&key).or_else(|| self.columns.get(&normal(&plain(&key)))) {
            return Some(cells);
        }
        let bare = plain(&key);
        let mut with_unit = self.columns.iter().filter(|(head, _)| without_unit(head).0 == bare);
        if let (Some((_, cells)), None) = (with_unit.next(), with_unit.next()) {
            return Some(cells);
        }
        let of_section = |head: &&String| head.split_once('>').is_some_and(|(_, phrase)| phrase == key);
        let mut sections = self.columns.keys().filter(of_section);
        let only = sections.next().filter(|_| sections.next().is_none())?;
        self.columns.get(only).map(Vec::as_slice)
    }

    /// The heads, for a did-you-mean.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

/// The column of `head`, with a cell for each of `towns`.
fn padded<'c>(
    columns: &'c mut BTreeMap<String, Vec<Cell>>,
    head: String,
    towns: &[(String, Span)],
) -> &'c mut Vec<Cell> {
    let cells = columns.entry(head).or_default();
    fill_up(cells, towns);
    cells
}

fn fill_up(cells: &mut Vec<Cell>, towns: &[(String, Span)]) {
    let open = towns.iter().skip(cells.len());
    cells.extend(open.map(|&(_, span)| Cell::empty(span)));
}

/// The figures of a report file that have a value, as cells.
fn figures(file: &Table) -> BTreeMap<String, Cell> {
    let mut found = BTreeMap::new();
    let mut add = |id: Option<&str>, figures: &Table| {
        for Entry { key, value } in &figures.entries {
            let key = normal(key.text());
            let head = id.map_or_else(|| key.clone(), |id| format!("{id}>{key}"));
            if let Some(cell) = cell(value) {
                found.entry(head).or_insert(cell);
            }
        }
    };
    if let Some(figures) = file.get("figures").and_then(|entry| entry.value.as_table()) {
        add(None, figures);
    }
    let sections = file.get("section").and_then(|entry| entry.value.as_array()).unwrap_or_default();
    for section in sections.iter().filter_map(Value::as_table) {
        let id = section.get("id").and_then(|entry| entry.value.as_string());
        let figures = section.get("figures").and_then(|entry| entry.value.as_table());
        if let (Some(id), Some(figures)) = (id, figures) {
            add(Some(id.text().trim()), figures);
        }
    }
    found
}

/// A value of a report file as the cell of a table would have it; none where there is none.
fn cell(value: &Value) -> Option<Cell> {
    let names = |items: &[Value]| {
        let names: Vec<String> = items.iter().filter_map(|item| Some(cell(item)?.text)).collect();
        Cell::new(names.join("、"), CellKind::Text, value.span)
    };
    match &value.kind {
        ValueKind::String(text) if is_pending(text) => None,
        ValueKind::String(text) => Some(Cell::written(text.text(), value.span)),
        ValueKind::Integer(digits) | ValueKind::Float(digits) => Some(Cell::written(digits, value.span)),
        ValueKind::Date(date) => Some(Cell::new(date.to_string(), CellKind::Date(*date), value.span)),
        ValueKind::Array(items) => Some(names(items)).filter(|cell| !cell.text.is_empty()),
        ValueKind::Table(table) => {
            let given = table.get("value").or_else(|| table.get("list"))?;
            cell(&given.value)
        }
        ValueKind::Boolean(_) | ValueKind::DateTime(_) => None,
    }
}

/// A head or key as they are compared.
pub(crate) fn normal(key: &str) -> String {
    let key = key.trim();
    let scan = scan(key, &Literals::default());
    if scan.holes.is_empty() { key.to_owned() } else { Phrase::new(key, &scan).text().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::Sources;

    #[test]
    fn a_column_is_found_by_its_phrase_or_label() {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let table = "乡镇,党委会X次,fire>护林员XX名,面积\n青石,12,5,1\n柳林,8,6,2\n";
        let sheet = crate::sheet::read("t.csv", table.as_bytes(), None, &mut sources, &mut diags).unwrap();
        let sheet = sheet.into_towns(None, &mut diags);
        let mut values = TownValues::default();
        values.add(&sheet);
        let found = |key: &str| values.column(key).map(|cells| cells[1].text.clone());
        assert_eq!(found("党委会XXX次").as_deref(), Some("8"));
        assert_eq!(found("护林员X名").as_deref(), Some("6"));
        assert_eq!(found("fire>护林员X名").as_deref(), Some("6"));
        assert_eq!(found("面积").as_deref(), Some("2"));
        assert_eq!(found("water>护林员X名"), None);
    }

    #[test]
    fn every_column_has_a_cell_for_every_town() {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let mut values = TownValues::default();
        for table in ["乡镇,会议X次\n青石,12\n", "乡镇,面积,会议X次\n柳林,8,\n白沙,9,3\n", "乡镇,面积\n黄花,7\n"]
        {
            let sheet = crate::sheet::read("t.csv", table.as_bytes(), None, &mut sources, &mut diags).unwrap();
            values.add(&sheet.into_towns(None, &mut diags));
        }
        let column =
            |key: &str| -> Vec<&str> { values.column(key).unwrap().iter().map(|cell| cell.text.as_str()).collect() };
        assert_eq!(values.names().collect::<Vec<_>>(), ["青石", "柳林", "白沙", "黄花"]);
        assert_eq!(column("会议X次"), ["12", "", "3", ""]);
        assert_eq!(column("面积"), ["", "8", "9", "7"]);
    }
}
