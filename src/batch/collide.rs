//! Towns that get in each other's way: twice the same, or two whose outputs have one name.

use std::collections::BTreeMap;

use super::Towns;
use super::towns::Of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fill::fill;
use crate::manifest::inherit::{Base, Columns};
use crate::placeholder::{bare, is_town_word, only_hole};
use crate::sheet;
use crate::text;
use crate::world::folder;

impl Towns {
    /// Tells of towns that are there twice; none of them is built.
    pub(super) fn twice(&mut self) {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, town) in self.towns.iter().enumerate() {
            by_name.entry(town.plain_name()).or_default().push(index);
        }
        // 青石 beside 青石镇 is the same town; 青石乡 is another.
        let short: Vec<(String, Vec<usize>)> = by_name
            .iter()
            .filter(|(name, _)| bare(name) == name.as_str())
            .map(|(name, towns)| (name.clone(), towns.clone()))
            .collect();
        let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, towns) in by_name.iter().filter(|(name, _)| bare(name) != name.as_str()) {
            full.entry(bare(name).to_owned()).or_default().extend(towns);
        }
        for (name, mut towns) in short {
            if let Some(others) = full.remove(&name) {
                towns.extend(others);
                by_name.insert(name, towns);
            }
        }
        let twice: Vec<Vec<usize>> = by_name.into_values().filter(|towns| towns.len() > 1).collect();
        for towns in twice {
            for &index in &towns {
                let name = &self.towns[index].name;
                let fault = Diagnostic::new(
                    Code::DuplicateTown,
                    text!(
                        "“{name}”有 {} 份，不知以哪一份为准",
                        "there are {} of `{name}`; which one holds?",
                        towns.len()
                    ),
                )
                .at(self.towns[index].place);
                let others = towns.iter().filter(|&&other| other != index).take(4);
                let fault = others
                    .fold(fault, |fault, &other| fault.label(self.towns[other].place, text!("另一份", "another one")));
                self.towns[index].faults.push(fault);
            }
        }
    }

    /// Tells of towns whose own name in the text, `XXX镇`, is that of another town: a line that was copied down.
    pub(super) fn borrowed_names(&mut self) {
        let plain = |name: &str| bare(&sheet::plain(name)).to_owned();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, town) in self.towns.iter().enumerate() {
            known.entry(plain(&town.name)).or_insert(index);
        }
        let own_columns: Vec<Vec<usize>> = self.tables.iter().map(|columns| self.own_names(columns)).collect();
        let mut faults: Vec<(usize, Diagnostic)> = Vec::new();
        for (index, town) in self.towns.iter().enumerate() {
            let Of::Row(table, cells) = &town.of else { continue };
            for cell in own_columns[*table].iter().filter_map(|&column| cells.get(column)) {
                let own = plain(&cell.text);
                let Some(&other) = known.get(&own).filter(|&&other| other != index && own != plain(&town.name)) else {
                    continue;
                };
                let (name, other_name) = (&town.name, &self.towns[other].name);
                let message = text!(
                    "“{name}”这一行里填的是另一个镇的名称：{}",
                    "the row of `{name}` has the name of another town: {}",
                    cell.text
                );
                let fault = Diagnostic::new(Code::DuplicateTown, message).at(cell.span);
                let fault = fault.label(self.towns[other].place, text!("{other_name} 在这里", "{other_name} is here"));
                faults.push((index, fault));
            }
        }
        for (index, fault) in faults {
            self.towns[index].faults.push(fault);
        }
    }

    /// The columns of a table, but for the one that names the town, whose figure is the town's own name: a hole and the word
    /// of a town.
    fn own_names(&self, columns: &Columns) -> Vec<usize> {
        let is_own = |column: &usize| {
            let Some(key) = self.base.figure_of(columns, *column) else { return false };
            let phrase = key.rsplit('>').next().unwrap_or_default();
            only_hole(phrase).is_some_and(|hole| hole.range.start == 0 && is_town_word(&phrase[hole.range.end..]))
        };
        (0..columns.heads().count()).filter(|column| *column != columns.name).filter(is_own).collect()
    }

    /// Works out what the outputs are called, and tells of towns that would write one file.
    pub(super) fn name_outputs(&mut self, out: Option<&str>) {
        let names = self.base.without_texts();
        for index in 0..self.towns.len() {
            self.towns[index].stem = self.stem(&names, index).unwrap_or_default();
        }
        let mut by_target: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for (index, town) in self.towns.iter().enumerate().filter(|(_, town)| !town.stem.is_empty()) {
            // Windows and macOS tell no capitals.
            let target = (out.unwrap_or_else(|| folder(&town.values)), town.stem.to_lowercase());
            by_target.entry(target).or_default().push(index);
        }
        let shared: Vec<Vec<usize>> = by_target.into_values().filter(|towns| towns.len() > 1).collect();
        for towns in shared {
            for &index in &towns {
                let Some(&other) = towns.iter().find(|&&other| self.towns[other].name != self.towns[index].name) else {
                    // The same town twice, which is told already.
                    continue;
                };
                let (stem, name) = (&self.towns[index].stem, &self.towns[other].name);
                let fault = Diagnostic::new(
                    Code::OutputCollision,
                    text!("“{stem}”也是“{name}”的文件名", "`{stem}` is also the file name of `{name}`"),
                )
                .at(self.towns[index].place)
                .label(self.towns[other].place, text!("另一个", "the other one"))
                .help(text!(
                    "模板的 [report] output 里要有各镇不同的指标，如 XXX镇",
                    "`output` in [report] of the template needs a figure that differs, such as XXX镇"
                ));
                self.towns[index].faults.push(fault);
            }
        }
    }

    /// The outputs' file stem of a town, of which faults are told when its report is made.
    fn stem(&self, names: &Base, town: usize) -> Option<String> {
        let town = &self.towns[town];
        let mut diags = Diagnostics::new();
        let layers = match &town.of {
            Of::Row(table, cells) => names.row(&self.tables[*table], cells, &mut diags),
            Of::File(_) => self.layers(&town.of, &mut diags)?,
        };
        let mut manifest = layers.into_manifest(&mut diags)?;
        if manifest.report.output.is_none() {
            return Some(town.name.trim().to_owned());
        }
        // No other text says anything of the name.
        for section in &mut manifest.sections {
            (section.heading, section.text, section.when) = (None, None, None);
        }
        manifest.rules.clear();
        fill(&manifest, &mut diags).output()
    }
}
