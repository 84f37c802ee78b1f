//! What the towns of a roll-up gave.

use std::collections::BTreeMap;

use crate::placeholder::{Literals, Phrase, scan};
use crate::sheet::{Cell, Sheet};

/// The columns of the towns' tables, by their heads: `towns."党委会X次"` in expressions.
#[derive(Clone, Debug, Default)]
pub struct TownValues {
    columns: BTreeMap<String, Vec<Cell>>,
}

impl TownValues {
    /// Adds the columns of a table, a cell a town. Of two columns with one head the first is taken.
    pub fn add(&mut self, sheet: &Sheet) {
        let mut seen = BTreeMap::new();
        for (number, head) in sheet.head.iter().enumerate() {
            seen.entry(normal(&head.text)).or_insert(number);
        }
        for (head, number) in seen {
            let cells = sheet.rows.iter().filter_map(|row| row.get(number)).cloned();
            self.columns.entry(head).or_default().extend(cells);
        }
    }

    /// The column that `key` means: its head, how many X ever it has; a key without the id of a section means the one
    /// column of any section.
    pub fn column(&self, key: &str) -> Option<&[Cell]> {
        let key = normal(key);
        if let Some(cells) = self.columns.get(&key) {
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

/// A head or key as they are compared.
fn normal(key: &str) -> String {
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
        let mut values = TownValues::default();
        values.add(&sheet);
        let found = |key: &str| values.column(key).map(|cells| cells[1].text.clone());
        assert_eq!(found("党委会XXX次").as_deref(), Some("8"));
        assert_eq!(found("护林员X名").as_deref(), Some("6"));
        assert_eq!(found("fire>护林员X名").as_deref(), Some("6"));
        assert_eq!(found("面积").as_deref(), Some("2"));
        assert_eq!(found("water>护林员X名"), None);
    }
}
