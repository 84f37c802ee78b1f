//! The county's own report, worked out of the towns' values.

use std::collections::BTreeMap;

use super::{Failure, Input, Job, Outcome, finish, layers, lock};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::manifest::{TownValues, inherit};
use crate::sheet;
use crate::source::Span;
use crate::text;
use crate::world::World;

/// Makes the report of `job`, in whose expressions `towns."key"` is a column of the tables `values`, a row a town.
///
/// # Errors
/// [`Failure`] where the machine or the program fails.
pub fn roll_up(job: &Job, values: &[Input], world: &dyn World, fonts: &Fonts) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut diags = Diagnostics::new();
    let layers = layers(&job.path, world, &mut outcome.sources, &mut diags).map_err(Failure::Read)?;
    let mut towns = TownValues::default();
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    for input in values {
        if input.path.to_ascii_lowercase().ends_with(".toml") {
            let at = Span::new(outcome.sources.add(input.path.as_str(), ""), 0..0);
            let message = text!("汇总用 .csv 或 .xlsx 的数表", "a roll-up takes tables, .csv or .xlsx");
            diags.push(Diagnostic::new(Code::BadTable, message).at(at));
            continue;
        }
        let Some(sheet) = sheet::read(&input.path, &input.bytes, None, &mut outcome.sources, &mut diags) else {
            continue;
        };
        for name in sheet.rows.iter().filter_map(|row| row.first()).filter(|name| !name.is_empty()) {
            if let Some(first) = names.insert(name.text.clone(), name.span) {
                let name_of = &name.text;
                let message = text!("“{name_of}”有两行，会算两遍", "`{name_of}` has two rows and would count twice");
                let fault = Diagnostic::new(Code::DuplicateTown, message).at(name.span);
                diags.push(fault.label(first, text!("另一行", "the other one")));
            }
        }
        towns.add(&sheet);
    }
    if let Some(layers) = &layers {
        lock::check(&job.path, layers, world, fonts, &mut diags)?;
    }
    let layers = layers.map(|layers| inherit::Layers { towns: Some(towns), ..layers });
    finish(job, layers, outcome, diags, world, fonts)
}
