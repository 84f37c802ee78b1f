//! The county's own report, worked out of the towns' values.

use std::collections::BTreeMap;

use super::intake::{named_column, not_read, wanted};
use super::towns::Reading;
use super::units::{self, Unit};
use super::{Failure, Input, Job, Outcome, finish, last, layers, load, lock};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::fonts::Fonts;
use crate::manifest::inherit::Layers;
use crate::manifest::raw::{self, Table};
use crate::manifest::{Last, TownValues, normal_key};
use crate::placeholder::bare;
use crate::sheet::{self, without_unit};
use crate::source::{Sources, Span};
use crate::text;
use crate::world::World;

/// Makes the report of `job`, in whose expressions `towns."key"` is a column of `values`: tables with a row a town, and
/// files of one town each.
///
/// `before` are the towns' values of last time: `last."key"` is then what this very report's figure would have come to, or
/// a column of theirs; `reading` says which column names the town and which sheet is read. Where [`Job::against`] names the last report itself, `before` is empty.
///
/// # Errors
/// [`Failure`] where the machine or the program fails.
pub fn roll_up(
    job: &Job,
    values: &[Input],
    before: &[Input],
    reading: Reading<'_>,
    world: &dyn World,
    fonts: &Fonts,
) -> Result<Outcome, Failure> {
    let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
    let layers = layers(&job.path, world, &mut sources, &mut diags).map_err(Failure::Read)?;
    if let Some(layers) = &layers {
        lock::check(&job.path, layers, world, fonts, &mut diags)?;
    }
    let towns = towns(values, reading, &mut sources, &mut diags);
    let layers = layers.map(|layers| Layers { towns: Some(towns), ..layers });
    let layers = layers.map(|layers| {
        if before.is_empty() {
            return layers;
        }
        let mut old = Diagnostics::new();
        let towns = self::towns(before, reading, &mut sources, &mut old);
        old.retain(|fault| fault.severity == Severity::Error);
        let faults = old.into_sorted();
        if !faults.is_empty() {
            diags.extend(faults);
            return Layers { last: Last::Unreadable, ..layers };
        }
        let then = last::values(Layers { towns: Some(towns.clone()), ..layers.clone() });
        Layers { last: Last::Known(then.with_towns(towns)), ..layers }
    });
    finish(job, layers, sources, diags, world, fonts)
}

/// Reads the values of all towns, and tells of those that are there twice.
fn towns(values: &[Input], reading: Reading<'_>, sources: &mut Sources, diags: &mut Diagnostics) -> TownValues {
    let asked = asked(sources);
    let mut towns = TownValues::default();
    let mut files: Vec<(String, Span, Table)> = Vec::new();
    let mut names = Names::default();
    for input in values {
        if not_read(input, sources, diags) {
            continue;
        }
        if let Some(name) = input.town() {
            let Some(file) = load(&input.path, input.bytes.clone(), sources, diags) else { continue };
            let start = Span::new(file, 0..0);
            diags.extend(names.add(name, start));
            files.push((name.to_owned(), start, raw::read(file, sources, diags)));
            continue;
        }
        let is_asked = |head: &str| asked.contains_key(&normal_key(without_unit(head).0));
        let wanted = wanted(reading, &is_asked);
        let Some(sheet) = sheet::open(&input.path, &input.bytes, &wanted, sources, diags) else { continue };
        let named = match reading.name.map(|name| named_column(&sheet, name)).transpose() {
            Ok(named) => named,
            Err(fault) => {
                diags.push(*fault);
                continue;
            }
        };
        let mut table = sheet.into_towns(named, diags);
        diags.extend(table.faults_of(|column| column == table.name));
        let unit = |head: &str| asked.get(&normal_key(without_unit(head).0)).cloned().flatten();
        let units: Vec<Option<Unit>> = table.sheet.head.iter().map(|head| unit(&head.text)).collect();
        for (column, unit) in units.iter().enumerate() {
            let Some(unit) = unit else { continue };
            units::read_percentages(&mut table, column, unit);
            diags.extend(units::fractions(&table, column, unit));
        }
        for name in table.sheet.rows.iter().filter_map(|row| row.get(table.name)) {
            diags.extend(match name.is_empty() {
                true => Some(nameless(name.span)),
                false => names.add(&name.text, name.span),
            });
        }
        towns.add(&table);
    }
    towns.add_files(&files);
    if towns.names().next().is_none() && !diags.has_errors() {
        let message =
            text!("数里一个镇也没有，没有什么可以汇总", "the values have no town, and there is nothing to roll up");
        diags.push(Diagnostic::new(Code::MissingTown, message));
    }
    towns
}

/// The heads that the report and its templates ask for, with their units: what stands in `towns."…"`.
fn asked(sources: &Sources) -> BTreeMap<String, Option<Unit>> {
    let texts = sources.ids().map(|id| sources.file(id).text());
    let keys = texts.flat_map(|text| text.split("towns.").skip(1)).filter_map(|rest| {
        let key = rest.trim_start_matches('\\').strip_prefix('"')?;
        let key = key.split(['"', '\\']).next()?;
        Some((normal_key(key), units::of_phrase(key)))
    });
    keys.collect()
}

/// A row that counts as a town and is none by name, such as one with the totals.
fn nameless(span: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingTown, text!("这一行没有写是哪个镇", "this row does not say which town it is"))
        .at(span)
        .help(text!("写上镇名；合计行不是镇，要删去", "write its name; a row of totals is no town, and is deleted"))
}

/// The towns that have been read, by their names without blanks.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, Span>,
    /// The first of those with a word such as 镇, by their names without it.
    full: BTreeMap<String, Span>,
}

impl Names {
    /// Notes a town; tells if it has been noted before, also with other blanks, or without its 镇.
    fn add(&mut self, name: &str, span: Span) -> Option<Diagnostic> {
        let plain = sheet::plain(name);
        let short = bare(&plain).to_owned();
        let other = if short == plain { self.full.get(&plain) } else { self.known.get(&short) }.copied();
        if short != plain {
            self.full.entry(short).or_insert(span);
        }
        let first = self.known.insert(plain, span).or(other)?;
        let message = text!("“{name}”有两份，会算两遍", "`{name}` is there twice and would count twice");
        Some(Diagnostic::new(Code::DuplicateTown, message).at(span).label(first, text!("另一份", "the other one")))
    }
}
