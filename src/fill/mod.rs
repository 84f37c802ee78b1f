//! Fills the holes of a report: finds them, gives each to a figure, and says what is wrong.

mod around;
mod cut;
mod days;
mod faults;
mod format;
mod left_out;
mod missing;
mod name;
mod named;
mod offer;
mod pending;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use missing::{Gap, Missing, Shape};
pub use name::OwnWord;

use crate::diag::Diagnostics;
use crate::ledger::{Draft, Hole, Index, KeyRead, Ledger, Read};
use crate::manifest::{Field, Figure, Given, Manifest, Part};
use crate::placeholder::{
    Claims, Key, Kind, Occurrence, Passage, Phrase, Scan, Scope, TooMany, claim, date_shape, scan,
};

/// What takes the place of a stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The stretch, in bytes of the decoded text.
    pub range: Range<usize>,
    /// What is printed instead.
    pub text: String,
    /// What the hole still waits for, if it is open; `text` is its marker.
    pub gap: Option<Gap>,
    /// The figure that fills it.
    pub figure: Option<usize>,
}

/// A text of the report with what fills its holes.
#[derive(Clone, Debug)]
pub struct Filled<'a> {
    /// The text.
    pub field: Field<'a>,
    /// The replacements, in order; they do not overlap.
    pub replacements: Vec<Replacement>,
    /// Places of the backslashes that are no part of the text.
    pub escapes: Vec<usize>,
}

impl Filled<'_> {
    /// The text with every hole filled, for texts that are no Markdown.
    pub fn plain(&self) -> String {
        self.plain_with(|replacement| &replacement.text)
    }

    /// As [`Filled::plain`], for a file's name: an open hole is X, whatever it is written with (no name can have a
    /// star).
    fn plain_name(&self) -> String {
        self.plain_with(|replacement| if replacement.gap.is_some() { "X" } else { &replacement.text })
    }

    fn plain_with<'r>(&'r self, print: impl Fn(&'r Replacement) -> &'r str) -> String {
        let text = self.field.text.text();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let drops = self.escapes.iter().map(|&at| (at..at + 1, ""));
        let mut changes: Vec<(Range<usize>, &str)> =
            self.replacements.iter().map(|r| (r.range.clone(), print(r))).chain(drops).collect();
        changes.sort_by_key(|(range, _)| range.start);
        for (range, replacement) in changes {
            out += &text[at..range.start];
            out += replacement;
            at = range.end;
        }
        out + &text[at..]
    }
}

/// A place that a figure fills, or would fill if it had a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the text in [`Fill::fields`].
    pub field: usize,
    /// From its first hole to the end of its last, in bytes of the decoded text.
    pub range: Range<usize>,
    /// What fills its holes.
    pub shape: Shape,
    /// Whether they are parts of a day: `X年X月X日`, `X月X日`, `X年X月`.
    pub is_date: bool,
    /// What the text says of the first of them.
    pub hole: Hole,
}

/// All texts of the report, filled.
#[derive(Debug)]
pub struct Fill<'a> {
    /// In the order of [`Manifest::fields`].
    pub fields: Vec<Filled<'a>>,
    /// Which sections `when` leaves out.
    pub left_out: Vec<bool>,
    /// What every figure comes to.
    pub ledger: Ledger<'a>,
    /// The places of each figure, by its number, in the order of the text.
    pub places: Vec<Vec<Place>>,
    /// How many figures the report asks for.
    pub figures: usize,
    /// How many of them have a value.
    pub filled: usize,
    /// Those without one, in the order of the text.
    pub missing: Vec<Missing>,
    /// Those that print a word of their own in the place of one of the text.
    pub own_words: Vec<OwnWord>,
}

impl Fill<'_> {
    /// `[report] output` with its holes filled, as a file's name has it; none where the report does not say it.
    pub fn output(&self) -> Option<String> {
        let output = self.fields.iter().find(|field| field.field.part == Part::Output)?;
        Some(output.plain_name().trim().to_owned())
    }
}

/// Fills the holes of `manifest` with its figures.
pub fn fill<'a>(manifest: &'a Manifest, diags: &mut Diagnostics) -> Fill<'a> {
    let texts: Vec<Read<'a>> = manifest
        .fields()
        .into_iter()
        .map(|field| {
            let mut scan = scan(field.text.text(), &manifest.literals);
            name_cell(manifest, &field, &mut scan);
            let phrase = Phrase::new(field.text.text(), &scan);
            Read { field, scan, phrase }
        })
        .collect();
    let keys: Vec<KeyRead> = manifest
        .figures
        .iter()
        .map(|figure| {
            let scan = scan(figure.phrase(), &manifest.literals);
            KeyRead { phrase: Phrase::new(figure.phrase(), &scan), scan }
        })
        .collect();
    faults::markers(&texts, diags);

    let ignored = faults::duplicates(&manifest.figures, &keys, diags);
    let index = Index::new(manifest, &keys, &ignored);
    let (claims, too_many) = match claims(&manifest.figures, &texts, &keys, &ignored) {
        Ok(claims) => (claims, None),
        Err(excess) => (Claims::default(), Some(faults::too_many(&manifest.figures, &excess))),
    };
    let named = named::places(&texts, &index);
    let of_names: Vec<_> = named.figures().collect();
    let draft = Draft { texts: &texts, keys: &keys, claims: &claims, named: &of_names };
    let ledger = Ledger::new(manifest, &draft, &index, diags);
    let left_out = left_out::sections(manifest, &ledger, diags);
    let work = Work { manifest, texts: &texts, keys: &keys, claims: &claims, ledger: &ledger, left_out: &left_out };
    if let Some(fault) = too_many.or_else(|| faults::swollen(&work, &named)) {
        diags.push(fault);
        let places = vec![Vec::new(); manifest.figures.len()];
        let (fields, missing, own_words) = (Vec::new(), Vec::new(), Vec::new());
        return Fill { fields, left_out, ledger, places, figures: 0, filled: 0, missing, own_words };
    }
    faults::rivals(&work, diags);
    faults::repeated(&work, diags);
    faults::unused(&work, &named, &ignored, diags);
    left_out::defaults(&work, &named, diags);
    let unasked = left_out::unasked(&work, &named, diags);
    let (fields, filled, mut missing) = work.replace(&named, diags);
    missing.extend(unasked);
    let places = work.all_places(&named);
    let own_words = name::own_words(&texts, &fields);
    Fill { fields, figures: filled + missing.len(), filled, missing, left_out, ledger, places, own_words }
}

/// The one hole of a table's cell is filled by the figure of the cell's own address, since it has no words around it.
fn name_cell(manifest: &Manifest, field: &Field<'_>, scan: &mut Scan) {
    let Part::Cell { section, table, row, column } = field.part else { return };
    let [hole] = scan.holes.as_mut_slice() else { return };
    // The first column holds the names of the rows.
    if column > 0
        && !is_named(&hole.kind)
        && let Some(address) = manifest.sections[section].tables[table].address(row, column)
        && self::scan(&address, &manifest.literals).holes.is_empty()
    {
        hole.kind = Kind::Named(address);
    }
}

/// What is known when every place has its figure.
struct Work<'w, 'a> {
    manifest: &'a Manifest,
    texts: &'w [Read<'a>],
    keys: &'w [KeyRead],
    claims: &'w Claims,
    ledger: &'w Ledger<'a>,
    /// By section.
    left_out: &'w [bool],
}

fn claims(figures: &[Figure], texts: &[Read<'_>], keys: &[KeyRead], ignored: &[bool]) -> Result<Claims, TooMany> {
    let passages: Vec<_> =
        texts.iter().map(|text| Passage { phrase: &text.phrase, scope: text.field.scope() }).collect();
    // A key that is ignored keeps its number, but can be nowhere.
    let nowhere = Phrase::default();
    let keys: Vec<_> = figures
        .iter()
        .zip(keys)
        .zip(ignored)
        .map(|((figure, key), &ignored)| Key {
            phrase: if ignored { &nowhere } else { &key.phrase },
            scope: figure.scope,
        })
        .collect();
    claim(&passages, &keys)
}

impl<'a> Work<'_, 'a> {
    /// The places that each figure fills, by figure.
    fn places(&self) -> BTreeMap<usize, Vec<&Occurrence>> {
        let mut places: BTreeMap<usize, Vec<&Occurrence>> = BTreeMap::new();
        for place in &self.claims.filled {
            places.entry(place.key).or_default().push(place);
        }
        places
    }

    /// The places of every figure, also those of holes that name it.
    fn all_places(&self, named: &named::Named) -> Vec<Vec<Place>> {
        let mut places = vec![Vec::new(); self.manifest.figures.len()];
        for place in &self.claims.filled {
            places[place.key].push(self.place(place.passage, &place.holes));
        }
        for (text, hole, figure) in named.figures() {
            places[figure].push(self.place(text, &(hole..hole + 1)));
        }
        for places in &mut places {
            places.sort_by_key(|place| (place.field, place.range.start));
        }
        places
    }

    /// The place of `holes` in a text.
    fn place(&self, text: usize, holes: &Range<usize>) -> Place {
        let read = &self.texts[text];
        let (shape, hole) = (Shape::of(read, holes), read.hole(holes.start));
        let holes = &read.scan.holes[holes.clone()];
        let range = holes.first().map_or(0, |hole| hole.range.start)..holes.last().map_or(0, |hole| hole.range.end);
        let is_date = date_shape(read.field.text.text(), holes).is_some_and(|parts| parts.len() == holes.len());
        Place { field: text, range, shape, is_date, hole }
    }

    /// The stretch of a text from a place's first hole to its last.
    fn range(&self, place: &Occurrence) -> Range<usize> {
        let holes = &self.texts[place.passage].scan.holes[place.holes.clone()];
        match holes {
            [first, .., last] => first.range.start..last.range.end,
            [only] => only.range.clone(),
            [] => 0..0,
        }
    }

    /// The replacements of every text; how many figures that it asks for have a value, and those that have none.
    fn replace(&self, named: &named::Named, diags: &mut Diagnostics) -> (Vec<Filled<'a>>, usize, Vec<Missing>) {
        let mut fields: Vec<Filled<'a>> = self
            .texts
            .iter()
            .map(|text| Filled { field: text.field, replacements: Vec::new(), escapes: text.scan.escapes.clone() })
            .collect();
        let mut open = offer::Open::new(self.texts);
        for place in &self.claims.filled {
            let printed = match &self.ledger.value(place.key).value {
                Given::Missing => {
                    open.pending(place.passage, place.holes.clone(), place.key);
                    continue;
                }
                Given::Faulty => None,
                Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::Several(_) | Given::List(..) => {
                    value::print(self, place, diags)
                }
            };
            // What could not be printed has been reported, or waits for others; the place counts as filled.
            match printed {
                Some(replacements) => {
                    open.fill(place.passage, place.holes.clone());
                    fields[place.passage].replacements.extend(replacements);
                }
                None if value::is_incomplete(&self.ledger.value(place.key).value) => {
                    open.told(place.passage, place.holes.clone(), place.key);
                }
                None => open.wait(place.passage, place.holes.clone()),
            }
        }
        for rivals in &self.claims.rivals {
            for place in [&rivals.first, &rivals.second] {
                open.wait(place.passage, place.holes.clone());
            }
        }
        named.fill(self, &mut fields, &mut open, diags);
        for text in (0..self.texts.len()).filter(|&text| self.is_left_out(text)) {
            open.fill(text, 0..self.texts[text].scan.holes.len());
        }
        let missing = open.report(self, &mut fields, diags);
        let without: BTreeSet<usize> = missing.iter().filter_map(|missing| missing.figure).collect();
        for field in &mut fields {
            field.replacements.sort_by_key(|replacement| replacement.range.start);
        }
        days::check(&fields, self.ledger, diags);
        let placed = self.places();
        let filled = (0..self.manifest.figures.len())
            .filter(|&index| {
                let is_used = named.uses(index) || placed.contains_key(&index) || self.ledger.reader(index).is_some();
                is_used && self.ledger.value(index).value != Given::Missing && !without.contains(&index)
            })
            .count();
        (fields, filled, missing)
    }
}

/// Whether a hole names its figure.
fn is_named(kind: &Kind) -> bool {
    matches!(kind, Kind::Named(_))
}

/// Whether a figure of `figure` may fill a text of `text`.
fn reaches(figure: Scope, text: Scope) -> bool {
    figure == Scope::Report || figure == text
}
