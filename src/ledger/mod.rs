//! What every figure comes to: given, by default or computed, and as expressions see it.
//!
//! `Ledger::new` finds what each expression of the report reads, puts defaults where nothing is given, works out the
//! computed figures in the order in which they need each other, and holds every value against what was declared of it.

mod compute;
mod days;
mod entries;
mod hole;
mod index;
mod kinds;
mod last;
mod read;
mod reading;
mod towns;
mod unknown;
mod value;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use days::no_such_day;
pub use hole::Hole;
pub use index::Found;
pub(crate) use index::Index;
pub(crate) use read::{KeyRead, Read};
pub use reading::Reader;
pub(crate) use reading::unit_mix;

use crate::diag::Diagnostics;
use crate::expr::{Entry, Env, Origin, Reference, Resolved, Scope as Whose};
use crate::manifest::{Figure, Given, Kind, Manifest};
use crate::placeholder::{self, Claims, DatePart, Placeholder, Scope, date_shape};
use crate::source::{Span, Spanned};
use reading::Reading;

/// The figures of a report with their values.
#[derive(Debug)]
pub struct Ledger<'a> {
    manifest: &'a Manifest,
    lines: Vec<Line<'a>>,
    /// Where the value of each [`Origin`] was written.
    origins: Vec<Span>,
    /// What the keys of expressions mean, by the scope of the expression.
    found: BTreeMap<Scope, BTreeMap<&'a str, Found>>,
    /// The figures that an expression reads.
    read: BTreeMap<usize, Reader>,
    /// What `towns."key"` comes to, in a roll-up; none where a town has nothing yet.
    towns: BTreeMap<&'a str, Option<Vec<Entry>>>,
    /// What the towns are called, in the order of their values.
    town_names: Vec<String>,
    /// What `last."key"` comes to, by the scope of the expression; none where nothing is known of it.
    last: BTreeMap<Scope, BTreeMap<&'a str, Option<Vec<Entry>>>>,
}

/// A figure of the ledger.
#[derive(Debug)]
struct Line<'a> {
    value: Cow<'a, Spanned<Given>>,
    /// Its values as expressions see them; none where it has none, or one that was reported.
    entries: Option<Vec<Entry>>,
    /// Its holes, as the text has them.
    holes: Vec<Hole>,
    /// What parts of a day they are, if all of them are parts of one.
    day: Option<Vec<DatePart>>,
    defaulted: bool,
}

/// The texts and keys of a report, read, and which key fills which hole.
pub(crate) struct Draft<'d, 'a> {
    pub(crate) texts: &'d [Read<'a>],
    pub(crate) keys: &'d [KeyRead],
    pub(crate) claims: &'d Claims,
    /// The holes that name their figure: the text, the hole, the figure.
    pub(crate) named: &'d [(usize, usize, usize)],
}

impl<'a> Ledger<'a> {
    /// The ledger of `manifest`.
    pub(crate) fn new(
        manifest: &'a Manifest,
        draft: &Draft<'_, 'a>,
        index: &Index<'_>,
        diags: &mut Diagnostics,
    ) -> Self {
        let mut ledger = Ledger {
            manifest,
            lines: lines(manifest, draft),
            origins: Vec::new(),
            found: BTreeMap::new(),
            read: BTreeMap::new(),
            towns: BTreeMap::new(),
            town_names: Vec::new(),
            last: BTreeMap::new(),
        };
        let readings = reading::readings(manifest);
        ledger.gather(&readings, diags);
        ledger.recall(&readings, index, diags);
        ledger.find(&readings, draft, index);
        ledger.report_unknown(&readings, diags);
        ledger.note_readers(&readings);
        for number in 0..manifest.figures.len() {
            if reading::formula(&manifest.figures[number]).is_none() {
                ledger.settle(number, diags);
            }
        }
        ledger.compute(diags);
        ledger
    }

    /// The value of a figure, with its default or what it was computed as.
    pub fn value(&self, figure: usize) -> &Spanned<Given> {
        &self.lines[figure].value
    }

    /// Whether a figure's default stands for it.
    pub fn is_default(&self, figure: usize) -> bool {
        self.lines[figure].defaulted
    }

    /// The unit of a figure: as declared, else right of its first hole.
    pub fn unit(&self, figure: usize) -> Option<&str> {
        self.unit_of_hole(figure, 0)
    }

    fn unit_of_hole(&self, figure: usize, hole: usize) -> Option<&str> {
        let declared = self.figure(figure).declaration.as_ref().and_then(|declaration| declaration.unit.as_ref());
        let of_text = || self.lines[figure].holes.get(hole)?.unit.as_deref();
        declared.map(|unit| unit.text().trim()).or_else(of_text)
    }

    /// What a figure is: as declared, else as its hole asks for, else as its value tells.
    pub fn kind(&self, figure: usize) -> Kind {
        if let Some(kind) = self.kind_of_hole(figure, 0) {
            return kind;
        }
        match &self.value(figure).value {
            Given::Number(number) if number.digits() == 0 => Kind::Integer,
            Given::Number(_) => Kind::Number,
            Given::Date(_) => Kind::Date,
            Given::List(..) => Kind::List,
            Given::Text(_) | Given::Several(_) | Given::Missing | Given::Faulty => Kind::Text,
        }
    }

    /// What a hole of a figure takes: as declared, else as its own shape and the words beside it ask for. None where
    /// anything may fill it.
    fn kind_of_hole(&self, figure: usize, hole: usize) -> Option<Kind> {
        let declaration = self.figure(figure).declaration.as_ref();
        if let Some(kind) = declaration.and_then(|declaration| declaration.kind.as_ref()) {
            return Some(kind.value);
        }
        let holes = &self.lines[figure].holes;
        if holes.is_empty()
            && let Some(unit) = declaration.and_then(|declaration| declaration.unit.as_ref())
        {
            return Kind::of_hole(&placeholder::Kind::Run, "X", "", unit.text().trim());
        }
        holes.get(hole)?.kind
    }

    /// The first expression that reads a figure.
    pub fn reader(&self, figure: usize) -> Option<&Reader> {
        self.read.get(&figure)
    }

    /// Where a value that an expression shows was written.
    pub fn place(&self, origin: Origin) -> Span {
        self.origins.get(origin.0 as usize).copied().unwrap_or_default()
    }

    /// The figures as an expression of `scope` sees them.
    pub fn env(&self, scope: Scope) -> View<'_> {
        View { ledger: self, scope }
    }

    /// What `key` means in an expression of `scope`.
    pub fn meaning(&self, scope: Scope, key: &str) -> Option<&Found> {
        self.found.get(&scope)?.get(key)
    }

    fn figure(&self, figure: usize) -> &'a Figure {
        &self.manifest.figures[figure]
    }

    /// Finds what every expression reads; what no figure has may still be a hole of the texts.
    fn find(&mut self, readings: &[Reading<'a>], draft: &Draft<'_, 'a>, index: &Index<'_>) {
        let mut sought = BTreeMap::new();
        for reading in readings {
            for reference in reading.references.iter().filter(|reference| reference.scope == Whose::Own) {
                let key = (reading.scope, reference.key.as_str());
                if self.meaning(key.0, key.1).is_some() || sought.contains_key(&key) {
                    continue;
                }
                let read = index.read(&reference.key);
                match index.find(&read, reading.scope) {
                    Some(found) => {
                        self.found.entry(key.0).or_default().insert(key.1, found);
                    }
                    None => {
                        sought.insert(key, read);
                    }
                }
            }
        }
        for ((scope, key), found) in unknown::in_texts(sought, draft) {
            self.found.entry(scope).or_default().insert(key, found);
        }
    }

    fn note_readers(&mut self, readings: &[Reading<'a>]) {
        for reading in readings {
            for reference in reading.references.iter().filter(|reference| reference.scope == Whose::Own) {
                if let Some(&Found::Figure(figure)) = self.meaning(reading.scope, &reference.key) {
                    self.read.entry(figure).or_insert_with(|| reading.reader(reference));
                }
            }
        }
    }

    /// Puts the default where nothing is given, and holds the value against what was declared.
    fn settle(&mut self, number: usize, diags: &mut Diagnostics) {
        let figure = self.figure(number);
        if let Some(declaration) = &figure.declaration
            && figure.value.value == Given::Missing
            && let (true, Some(default)) = (declaration.optional, &declaration.default)
        {
            self.lines[number].value = Cow::Borrowed(default);
            self.lines[number].defaulted = true;
        }
        self.read_day(number, diags);
        self.hold(number, diags);
    }

    /// Holds a value against what was declared of it, and enters it for the expressions.
    fn hold(&mut self, number: usize, diags: &mut Diagnostics) {
        if value::check(self, number, diags).is_none() {
            let span = self.value(number).span;
            self.lines[number].value = Cow::Owned(Spanned::new(Given::Faulty, span));
        }
        let mut origins = std::mem::take(&mut self.origins);
        self.lines[number].entries = entries::entries(self, number, &mut origins);
        self.origins = origins;
    }

    /// Figures without a value that some expression reads and no text asks for: `asked` are those that a text does.
    pub(crate) fn unasked(&self, asked: &BTreeSet<usize>) -> Vec<usize> {
        let missing = |figure: &usize| self.value(*figure).value == Given::Missing && !asked.contains(figure);
        self.read.keys().copied().filter(missing).collect()
    }
}

/// A line for every figure, with its value as given and its holes.
fn lines<'a>(manifest: &'a Manifest, draft: &Draft<'_, 'a>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = manifest
        .figures
        .iter()
        .map(|figure| Line {
            value: Cow::Borrowed(&figure.value),
            entries: None,
            holes: Vec::new(),
            day: None,
            defaulted: false,
        })
        .collect();
    let day = |text: &str, holes: &[Placeholder]| date_shape(text, holes).filter(|parts| parts.len() == holes.len());
    let named = draft.named.iter().map(|&(text, hole, figure)| (figure, text, hole..hole + 1));
    for (figure, text, holes) in
        draft.claims.filled.iter().map(|place| (place.key, place.passage, place.holes.clone())).chain(named)
    {
        if lines[figure].holes.is_empty() {
            let read = &draft.texts[text];
            lines[figure].day = day(read.field.text.text(), &read.scan.holes[holes.clone()]);
            lines[figure].holes = holes.map(|hole| read.hole(hole)).collect();
        }
    }
    for ((line, figure), key) in lines.iter_mut().zip(&manifest.figures).zip(draft.keys) {
        if line.holes.is_empty() {
            line.day = day(figure.phrase(), &key.scan.holes);
            line.holes = key.scan.holes.iter().map(|hole| Hole::new(figure.phrase(), hole)).collect();
        }
    }
    lines
}

/// The values that were taken from elsewhere for a key.
fn known(entries: Option<&Option<Vec<Entry>>>) -> Resolved<'_> {
    match entries {
        Some(Some(entries)) => Resolved::Known(Cow::Borrowed(entries)),
        Some(None) => Resolved::Missing,
        None => Resolved::Unknown,
    }
}

/// The figures as the expressions of a section, or of the report, see them.
#[derive(Clone, Copy, Debug)]
pub struct View<'l> {
    ledger: &'l Ledger<'l>,
    scope: Scope,
}

impl Env for View<'_> {
    fn resolve(&self, reference: &Reference) -> Resolved<'_> {
        let key = reference.key.as_str();
        match reference.scope {
            Whose::Towns => return known(self.ledger.towns.get(key)),
            Whose::Last => return known(self.ledger.last.get(&self.scope).and_then(|last| last.get(key))),
            Whose::Own => {}
        }
        match self.ledger.meaning(self.scope, key) {
            Some(Found::Figure(figure)) => match &self.ledger.lines[*figure].entries {
                Some(entries) => Resolved::Known(Cow::Borrowed(entries)),
                None => Resolved::Missing,
            },
            Some(Found::Open(_)) => Resolved::Missing,
            Some(Found::Several(_) | Found::Unknown) | None => Resolved::Unknown,
        }
    }

    fn towns(&self) -> &[String] {
        &self.ledger.town_names
    }
}
