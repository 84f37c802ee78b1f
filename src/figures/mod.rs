//! The figures of a report as a list: what each is, what it comes to, where it stands, who owes it.
//!
//! [`rows`] makes the list of a filled report; [`table`](mod@table), [`csv`](mod@csv), [`json`](mod@json) and
//! [`xlsx`](mod@xlsx) write it. [`start`](mod@start) begins a report file with it, [`questions`] asks for the values that
//! are missing and knows where the answers are written; [`suggest`](mod@suggest) proposes rules.

pub mod csv;
pub mod json;
mod question;
mod sentence;
pub mod start;
pub mod suggest;
pub mod table;
#[cfg(test)]
mod tests;
pub mod written;
pub mod xlsx;

pub use question::{Question, Refusal, questions};
pub use sentence::Sentence;

use std::collections::BTreeSet;

use crate::diag::{Lang, Text};
use crate::fill::{Fill, OwnWord, Place, Shape};
use crate::manifest::{Figure, Given, Kind, Manifest};
use crate::number::Date;
use crate::placeholder::{Scope, is_blank, unit};
use crate::source::Span;
use crate::text;

/// A figure that the report has, or that its text asks for.
#[derive(Clone, Debug)]
pub struct Row {
    /// The phrase or name; for a hole without a figure the key that `missing-figure` offers.
    pub key: String,
    /// The key, with the section's `id` before it where the figure belongs to a section that has one: `study>培训X人`.
    pub address: String,
    /// Its own name, `id`.
    pub id: Option<String>,
    /// What lists call it.
    pub label: Option<String>,
    /// What it comes to, without its unit; names joined by 、, days as `2023-11-20`.
    pub value: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its unit, as declared or as the text has it.
    pub unit: Option<String>,
    /// Who fills it in.
    pub owner: Option<String>,
    /// How to come by it.
    pub hint: Option<String>,
    /// Where it is from.
    pub source: Option<String>,
    /// The day at which it was so.
    pub as_of: Option<Date>,
    /// Whether there is a value, and whence.
    pub state: State,
    /// What fills its holes.
    pub shape: Shape,
    /// Whether its holes are parts of a day.
    pub is_date: bool,
    /// The table that the figure stands in, or belongs in.
    pub scope: Scope,
    /// Where it fills the text, in the order of the text.
    pub places: Vec<Span>,
    /// The same places among the texts of the report.
    pub(crate) places_in_text: Vec<Place>,
    /// Its first sentence of the text.
    pub sentence: Option<Sentence>,
    /// Which figure of the manifest it is; none for a hole without one.
    pub figure: Option<usize>,
    /// Whether the hole has to be written `X{key}`, since no phrase tells it from others.
    pub named: bool,
    /// The words that its value brings in the place of those of the text.
    pub own_words: Vec<OwnWord>,
}

/// Whether a figure has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It has one.
    Filled,
    /// It is asked for and has none.
    Missing,
    /// Its default stands for it.
    Default,
    /// It is worked out; without a value where what it needs is missing.
    Computed,
    /// Its value is none that could be used, which `check` reports.
    Faulty,
    /// It fills nothing.
    Unused,
    /// It has no value and needs none: its section is left out.
    LeftOut,
}

impl State {
    /// Its word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            State::Filled => "filled",
            State::Missing => "missing",
            State::Default => "default",
            State::Computed => "computed",
            State::Faulty => "faulty",
            State::Unused => "unused",
            State::LeftOut => "left-out",
        }
    }

    /// Its word for people.
    pub fn describe(self) -> Text {
        match self {
            State::Filled => text!("已填", "filled"),
            State::Missing => text!("未填", "missing"),
            State::Default => text!("默认", "default"),
            State::Computed => text!("计算", "computed"),
            State::Faulty => text!("有误", "faulty"),
            State::Unused => text!("没用上", "unused"),
            State::LeftOut => text!("不用填", "left out"),
        }
    }

    /// Whether the report asks for the figure.
    pub fn is_asked(self) -> bool {
        match self {
            State::Filled | State::Missing | State::Default | State::Computed | State::Faulty => true,
            State::Unused | State::LeftOut => false,
        }
    }
}

/// How many of `rows` have a value, and how many the report asks for.
pub fn tally(rows: &[Row]) -> (usize, usize) {
    let asked = rows.iter().filter(|row| row.state.is_asked());
    let filled = asked.clone().filter(|row| row.state != State::Missing).count();
    (filled, asked.count())
}

/// The line that closes a list for people: `17/20 filled`.
pub fn closing(rows: &[Row], lang: Lang) -> String {
    let (filled, asked) = tally(rows);
    text!("已填 {filled}/{asked}", "{filled}/{asked} filled").get(lang).to_owned()
}

/// Every figure of the report and every hole without one, in the order of the text; then those that stand nowhere in it,
/// in the order of the file.
pub fn rows(manifest: &Manifest, fill: &Fill<'_>) -> Vec<Row> {
    let pending: BTreeSet<usize> = fill.missing.iter().filter_map(|missing| missing.figure).collect();
    let figures = (manifest.figures.iter().enumerate()).map(|(number, figure)| {
        let places = &fill.places[number];
        let state = match pending.contains(&number) {
            true => State::Missing,
            false => state(fill, number, figure, places),
        };
        (order(places), figure_row(manifest, fill, number, figure, state))
    });
    let gaps = fill.missing.iter().filter(|missing| missing.figure.is_none()).map(|missing| {
        let first = missing.places.first();
        let unit = first.and_then(|place| unit_after(fill, place));
        let is_date = first.is_some_and(|place| place.is_date);
        let kind = match missing.shape {
            Shape::List { .. } => Kind::List,
            Shape::One | Shape::Several(_) if is_date => Kind::Date,
            Shape::One | Shape::Several(_) => first.and_then(|place| place.hole.kind).unwrap_or(Kind::Text),
        };
        let row = Row {
            address: missing.address(),
            key: missing.key.clone(),
            id: None,
            label: None,
            value: None,
            kind,
            // 年 and 月 are part of a day, and no unit.
            unit: unit.filter(|_| kind != Kind::Date),
            owner: None,
            hint: None,
            source: None,
            as_of: None,
            state: State::Missing,
            shape: missing.shape,
            is_date,
            scope: missing.scope,
            places: spans(fill, &missing.places),
            places_in_text: missing.places.clone(),
            sentence: first.map(|place| Sentence::around(fill, place)),
            figure: None,
            named: missing.unnamed,
            own_words: Vec::new(),
        };
        (order(&missing.places), row)
    });
    let mut rows: Vec<_> = figures.chain(gaps).collect();
    rows.sort_by_key(|(order, _)| *order);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Where in the text a row stands: what stands nowhere comes last.
fn order(places: &[Place]) -> (bool, usize, usize) {
    places.first().map_or((true, 0, 0), |place| (false, place.field, place.range.start))
}

fn figure_row(manifest: &Manifest, fill: &Fill<'_>, number: usize, figure: &Figure, state: State) -> Row {
    let places = &fill.places[number];
    let declaration = figure.declaration.as_deref();
    let words = |word: Option<&crate::manifest::Located>| word.map(|word| word.text().trim().to_owned());
    let declared = |pick: fn(&crate::manifest::Declaration) -> Option<&crate::manifest::Located>| {
        words(declaration.and_then(pick))
    };
    let kind = fill.ledger.kind(number);
    Row {
        key: figure.phrase().to_owned(),
        address: manifest.address(figure),
        id: words(figure.id.as_ref()),
        label: declared(|declaration| declaration.label.as_ref()),
        value: shown(&fill.ledger.value(number).value),
        kind,
        unit: fill.ledger.unit(number).filter(|unit| !unit.is_empty() && kind != Kind::Date).map(str::to_owned),
        owner: declared(|declaration| declaration.owner.as_ref()),
        hint: declared(|declaration| declaration.hint.as_ref()),
        source: declared(|declaration| declaration.source.as_ref()),
        as_of: declaration.and_then(|declaration| declaration.as_of.as_ref()).map(|day| day.value),
        state,
        shape: places.first().map_or(Shape::One, |place| place.shape),
        is_date: places.first().is_some_and(|place| place.is_date),
        scope: figure.scope,
        places: spans(fill, places),
        places_in_text: places.clone(),
        sentence: places.first().map(|place| Sentence::around(fill, place)),
        figure: Some(number),
        named: false,
        own_words: fill.own_words.iter().filter(|word| word.figure == number).cloned().collect(),
    }
}

/// The state of a figure that is not missing.
fn state(fill: &Fill<'_>, number: usize, figure: &Figure, places: &[Place]) -> State {
    if places.is_empty() && fill.ledger.reader(number).is_none() {
        return State::Unused;
    }
    if figure.declaration.as_ref().is_some_and(|declaration| declaration.compute.is_some()) {
        return State::Computed;
    }
    match &fill.ledger.value(number).value {
        Given::Missing => State::LeftOut,
        Given::Faulty => State::Faulty,
        Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::Several(_) | Given::List(..) => {
            if fill.ledger.is_default(number) { State::Default } else { State::Filled }
        }
    }
}

fn spans(fill: &Fill<'_>, places: &[Place]) -> Vec<Span> {
    places.iter().map(|place| fill.fields[place.field].field.text.span(place.range.clone())).collect()
}

/// The unit right of a place's last hole, as it stands in the text.
fn unit_after(fill: &Fill<'_>, place: &Place) -> Option<String> {
    let text = fill.fields[place.field].field.text.text();
    unit(text[place.range.end..].trim_start_matches(is_blank)).map(str::to_owned)
}

/// A value as lists show it.
fn shown(given: &Given) -> Option<String> {
    Some(match given {
        Given::Number(number) => number.to_string(),
        Given::Text(text) => text.text().trim().to_owned(),
        Given::Date(date) => day(*date),
        Given::List(names, _) => names.iter().map(|name| name.text().trim()).collect::<Vec<_>>().join("、"),
        Given::Several(items) => items.iter().filter_map(|item| shown(&item.value)).collect::<Vec<_>>().join("、"),
        Given::Missing | Given::Faulty => return None,
    })
}

/// A day as TOML and every program writes it: `2023-11-20`.
fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
