//! Holes without a value, and the key that is offered for each.

use std::collections::BTreeMap;
use std::ops::Range;

use super::around::{self, Around, Ask, Unique, Words};
use super::missing::{Gap, Missing, Shape};
use super::pending::{self, value_to_paste};
use super::{Filled, Read, Replacement, Work, is_named};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::manifest::{Part, key_literal};
use crate::placeholder::{
    HOLE, Kind, ListShape, Literals, Phrase, Scope, date_shape, list_shape, plain_marker, right_word, scan,
};
use crate::text;

/// The most holes of one list: more is none that anybody wrote.
const LONGEST: usize = 32;

/// Which holes are still open.
pub(super) struct Open {
    /// By text and hole: whether a value was found, or its figure has none yet.
    states: Vec<Vec<State>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Filled,
    /// Its figure has no value yet.
    Pending {
        figure: usize,
        /// Which of the figure's holes.
        hole: usize,
        /// That has been reported.
        told: bool,
    },
    /// Its figure waits for others, or its fault has been reported.
    Waiting,
}

/// A figure without a value, and its holes.
struct FoundMissing {
    missing: Missing,
    /// Text and number of each of its holes.
    places: Vec<(usize, usize)>,
    /// Which of the figure's holes each is.
    holes: Vec<usize>,
}

/// A place for which no figure has a value: one hole, or several that are filled together.
#[derive(Clone)]
struct Place {
    text: usize,
    holes: Range<usize>,
}

impl Open {
    pub(super) fn new(texts: &[Read<'_>]) -> Self {
        Open { states: texts.iter().map(|text| vec![State::Open; text.scan.holes.len()]).collect() }
    }

    /// A figure with a value fills the holes.
    pub(super) fn fill(&mut self, text: usize, holes: Range<usize>) {
        self.states[text][holes].fill(State::Filled);
    }

    /// The figure of the holes has no value yet.
    pub(super) fn pending(&mut self, text: usize, holes: Range<usize>, figure: usize) {
        for (hole, state) in self.states[text][holes].iter_mut().enumerate() {
            *state = State::Pending { figure, hole, told: false };
        }
    }

    /// As [`Open::pending`], where that has been reported.
    pub(super) fn told(&mut self, text: usize, holes: Range<usize>, figure: usize) {
        for (hole, state) in self.states[text][holes].iter_mut().enumerate() {
            *state = State::Pending { figure, hole, told: true };
        }
    }

    /// The figure of the holes can't be printed, for a reason that lies elsewhere.
    pub(super) fn wait(&mut self, text: usize, holes: Range<usize>) {
        self.states[text][holes].fill(State::Waiting);
    }

    /// Reports all open holes, and keeps their markers in the text as gaps. Returns the figures that are missing, in
    /// the order of the text.
    pub(super) fn report(
        &self,
        work: &Work<'_, '_>,
        fields: &mut [Filled<'_>],
        diags: &mut Diagnostics,
    ) -> Vec<Missing> {
        let mut found = self.report_pending(work, diags);
        found.extend(self.report_open(work, diags));
        found.sort_by_key(|found| found.places.first().copied());
        let mut gaps: BTreeMap<(usize, usize), Gap> = BTreeMap::new();
        for (missing, found) in found.iter().enumerate() {
            // `X{id}` repeats all of a figure with several holes, and is none of them.
            let is_one = |&(text, hole): &(usize, usize)| {
                found.missing.shape == Shape::One || !is_named(&work.texts[text].scan.holes[hole].kind)
            };
            let holes = found.places.iter().zip(&found.holes).filter(|(at, _)| is_one(at));
            gaps.extend(holes.map(|(&at, &hole)| (at, Gap::Figure { missing, hole })));
        }
        for (text, states) in self.states.iter().enumerate() {
            let holes = work.texts[text].scan.holes.iter().zip(states).enumerate();
            let open = holes.filter(|(_, (_, state))| **state != State::Filled).map(|(number, (hole, _))| {
                let marker = &work.texts[text].field.text.text()[hole.range.clone()];
                let marker = marker.chars().map(plain_marker).collect();
                let gap = gaps.get(&(text, number)).copied().unwrap_or(Gap::Others);
                Replacement { range: hole.range.clone(), text: marker, gap: Some(gap), figure: None }
            });
            fields[text].replacements.extend(open);
        }
        found.into_iter().map(|found| found.missing).collect()
    }

    /// Holes whose figure is there, without a value: one fault a figure.
    fn report_pending(&self, work: &Work<'_, '_>, diags: &mut Diagnostics) -> Vec<FoundMissing> {
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        let mut found: Vec<FoundMissing> = Vec::new();
        let placed = work.places();
        let shape = |figure| {
            let first = placed.get(&figure).and_then(|places| places.first());
            first.map_or(Shape::One, |place| Shape::of(&work.texts[place.passage], &place.holes))
        };
        for (text, states) in self.states.iter().enumerate() {
            for (at, state) in states.iter().enumerate() {
                let State::Pending { figure: index, hole, told } = *state else { continue };
                let read = &work.texts[text];
                let place = read.field.text.span(read.scan.holes[at].range.clone());
                let known = seen.len();
                let number = *seen.entry(index).or_insert(known);
                if let Some(found) = found.get_mut(number) {
                    found.places.push((text, at));
                    found.holes.push(hole);
                    continue;
                }
                let shape = shape(index);
                let missing = work.missing(index, shape, place);
                found.push(FoundMissing { missing, places: vec![(text, at)], holes: vec![hole] });
                if told {
                    continue;
                }
                diags.push(pending::fault(work.manifest, &work.manifest.figures[index], &work.keys[index], place));
            }
        }
        found
    }

    fn report_open(&self, work: &Work<'_, '_>, diags: &mut Diagnostics) -> Vec<FoundMissing> {
        let mut offers: BTreeMap<(Scope, String), (Offer, Vec<Place>)> = BTreeMap::new();
        let mut order = Vec::new();
        for (gap, offer) in Offers::new(work).of(self.gaps(work)) {
            let name = (offer.table, offer.key.clone());
            let (_, places) = offers.entry(name.clone()).or_insert((offer, Vec::new()));
            if places.is_empty() {
                order.push(name);
            }
            places.push(gap);
        }
        let mut found = Vec::with_capacity(order.len());
        for name in &order {
            let (offer, places) = &offers[name];
            let Some(gap) = places.first() else { continue };
            let read = &work.texts[gap.text];
            let range = read.scan.holes[gap.holes.start].range.start..read.scan.holes[gap.holes.end - 1].range.end;
            let place = read.field.text.span(range);
            let missing = Missing {
                key: offer.key.clone(),
                scope: offer.table,
                section: work.manifest.section_id(offer.table).map(str::to_owned),
                figure: None,
                shape: Shape::of(read, &gap.holes),
                unnamed: offer.named,
                kind: None,
                span: place,
                value_span: place,
                places: places.iter().map(|gap| work.place(gap.text, &gap.holes)).collect(),
            };
            let holes = |gap: &Place| gap.holes.clone().map(|hole| (gap.text, hole)).enumerate().collect::<Vec<_>>();
            let (holes, at) = places.iter().flat_map(holes).unzip();
            found.push(FoundMissing { missing, places: at, holes });
            let name = &offer.key;
            let message = match places.len() {
                1 => text!("“{name}”没有填数", "no figure for `{name}`"),
                n => text!("“{name}”没有填数，共 {n} 处", "no figure for `{name}`, in {n} places"),
            };
            let fault = Diagnostic::new(Code::MissingFigure, message).at(place);
            diags.push(offer.help().into_iter().fold(fault, Diagnostic::help));
        }
        found
    }

    /// The open holes in order; those of a list or a date go together.
    fn gaps(&self, work: &Work<'_, '_>) -> Vec<Place> {
        let mut gaps = Vec::new();
        for (text, states) in self.states.iter().enumerate() {
            let read = &work.texts[text];
            let mut at = 0;
            while at < states.len() {
                let open = states[at..].iter().take(LONGEST).take_while(|state| **state == State::Open).count();
                if open == 0 {
                    at += 1;
                    continue;
                }
                let holes = &read.scan.holes[at..at + open];
                let source = read.field.text.text();
                let len = list_shape(source, holes)
                    .map(|list| list.names + usize::from(list.counted))
                    .or_else(|| date_shape(source, holes).map(|date| date.len()))
                    .unwrap_or(1);
                gaps.push(Place { text, holes: at..at + len });
                at += len;
            }
        }
        gaps
    }
}

/// A key to paste.
struct Offer {
    key: String,
    /// Which table it belongs in.
    table: Scope,
    /// The `[section.figures]` it belongs in, in words.
    section: Option<Text>,
    /// What to write after it.
    value: &'static str,
    /// The hole has to be written so, since no phrase tells it from others.
    named: bool,
    /// What to do where the hole stands in a template, which is not the user's to change.
    asks: Option<Text>,
}

impl Offer {
    fn help(&self) -> Vec<Text> {
        let line = format!("{} = {}", key_literal(&self.key), self.value);
        let mut help = Vec::new();
        if let Some(asks) = &self.asks {
            if self.named {
                let hole = format!("X{{{}}}", self.key);
                help.push(text!(
                    "模板里这一处要写成 {hole}，由维护模板的人改",
                    "the template must write this hole as {hole}; ask those who keep it"
                ));
            }
            help.push(asks.clone());
            return help;
        }
        if self.named {
            let hole = format!("X{{{}}}", self.key);
            help.push(text!("正文里把这一处写成 {hole}", "write this hole as {hole} in the text"));
        }
        help.push(match &self.section {
            None => text!("在 [figures] 下加一行：{line}", "add under [figures]: {line}"),
            Some(section) => Text {
                zh: format!("在{}的 [section.figures] 下加一行：{line}", section.zh),
                en: format!("add under [section.figures] of {}: {line}", section.en),
            },
        });
        help
    }
}

/// What is offered for the holes of a report.
struct Offers<'w, 'a> {
    work: &'w Work<'w, 'a>,
    /// Phrases of the title, the author line and the output name: hole and word, by the word.
    own: BTreeMap<&'w str, String>,
    /// The headings of the sections.
    headings: BTreeMap<usize, &'w str>,
    /// How many holes stand before each text.
    before: Vec<usize>,
}

impl<'w, 'a> Offers<'w, 'a> {
    fn new(work: &'w Work<'w, 'a>) -> Self {
        let mut offers = Offers { work, own: BTreeMap::new(), headings: BTreeMap::new(), before: Vec::new() };
        let mut before = 0;
        for read in work.texts {
            offers.before.push(before);
            before += read.scan.holes.len();
            if let Part::Heading(section) = read.field.part {
                offers.headings.insert(section, read.field.text.text());
            }
            if read.field.part.names_the_office() {
                for (hole, placeholder) in read.scan.holes.iter().enumerate() {
                    let Some(around) = Around::new(read, &(hole..hole + 1)) else { continue };
                    let Some(word) = right_word(around.right) else { continue };
                    let marker = &read.field.text.text()[placeholder.range.clone()];
                    offers.own.entry(word).or_insert_with(|| format!("{marker}{word}"));
                }
            }
        }
        offers
    }

    /// The gaps with their keys: always the same for the same text. Where no key fills the holes of a gap together
    /// they are offered one by one, since only a hole alone can be given a name.
    fn of(&self, gaps: Vec<Place>) -> Vec<(Place, Offer)> {
        let together = self.unique(&gaps, |gap| gap.holes.len() > 1);
        let gaps: Vec<Place> = (gaps.into_iter().enumerate())
            .flat_map(|(index, gap)| {
                let apart = gap.holes.len() > 1 && !together.contains_key(&index);
                let alone =
                    gap.holes.clone().filter(|_| apart).map(|hole| Place { text: gap.text, holes: hole..hole + 1 });
                let alone: Vec<Place> = alone.collect();
                if apart { alone } else { vec![gap] }
            })
            .collect();
        let keys = self.unique(&gaps, |_| true);
        (gaps.into_iter().enumerate()).map(|(index, gap)| (gap.clone(), self.offer(&gap, keys.get(&index)))).collect()
    }

    /// The words that make a key for each of the `gaps` that are `wanted`, by number.
    fn unique(&self, gaps: &[Place], wanted: impl Fn(&Place) -> bool) -> BTreeMap<usize, Unique<'w>> {
        let gap = |index: usize| -> &Place { &gaps[index] };
        let asks = (gaps.iter().enumerate())
            .filter(|(_, gap)| wanted(gap))
            .filter_map(|(index, gap)| Some((index, self.ask(gap)?)))
            .collect();
        around::unique(self.work.texts, &asks, |index, words| {
            let Words { left, inner, right } = words;
            let has_words = !(left.is_empty() && right.is_empty());
            has_words && is_phrase(&self.key(gap(index), words), &format!("{left}{inner}{right}"))
        })
    }

    fn ask(&self, gap: &Place) -> Option<Ask<'w>> {
        let read = &self.work.texts[gap.text];
        let around = Around::new(read, &gap.holes)?;
        let list = self.list(gap).filter(|list| !list.counted && around.right.starts_with(&list.words));
        let unit = match list {
            Some(list) => &around.right[..list.words.len()],
            None => right_word(around.right).unwrap_or_default(),
        };
        Some(Ask::new(around, gap.holes.len(), unit))
    }

    fn list(&self, gap: &Place) -> Option<ListShape> {
        let read = &self.work.texts[gap.text];
        list_shape(read.field.text.text(), &read.scan.holes[gap.holes.clone()])
    }

    /// Words as a key, with the markers of the text.
    fn key(&self, gap: &Place, words: Words<'_>) -> String {
        let read = &self.work.texts[gap.text];
        let holes = &read.scan.holes[gap.holes.clone()];
        let range = holes.first().map_or(0, |hole| hole.range.start)..holes.last().map_or(0, |hole| hole.range.end);
        format!("{}{}{}", words.left, &read.field.text.text()[range], words.right)
    }

    /// The offer for a gap; one in a template is asked for in the user's own file, by its address.
    fn offer(&self, gap: &Place, unique: Option<&Unique<'w>>) -> Offer {
        let mut offer = self.offer_here(gap, unique);
        let owner = &self.work.manifest.owner;
        if !owner.owns(self.work.texts[gap.text].field.text.whole()) {
            let id = self.work.manifest.section_id(offer.table);
            let address = id.map_or_else(|| offer.key.clone(), |id| format!("{id}>{}", offer.key));
            offer.asks = owner.asks(&address, offer.value);
        }
        offer
    }

    fn offer_here(&self, gap: &Place, unique: Option<&Unique<'w>>) -> Offer {
        let read = &self.work.texts[gap.text];
        let hole = &read.scan.holes[gap.holes.start];
        let plain = |key| Offer {
            key,
            table: Scope::Report,
            section: None,
            value: value_to_paste(1),
            named: false,
            asks: None,
        };
        if let Kind::Named(name) = &hole.kind {
            return plain(name.clone());
        }
        if let Some(key) = self.own_key(gap) {
            return plain(key);
        }
        let Some(unique) = unique else {
            let number = self.before[gap.text] + gap.holes.start + 1;
            return Offer { named: true, ..plain(format!("n{number}")) };
        };
        let value = match gap.holes.len() {
            1 => value_to_paste(1),
            _ if self.list(gap).is_some() => "{ list = [\"\", \"\"] }",
            n => value_to_paste(n),
        };
        let section = read.field.part.section().filter(|_| !unique.everywhere);
        Offer {
            key: self.key(gap, unique.words),
            table: section.map_or(Scope::Report, Scope::Section),
            section: section.map(|section| self.section(section)),
            value,
            named: false,
            asks: None,
        }
    }

    /// The office's own name is one figure, wherever it stands.
    fn own_key(&self, gap: &Place) -> Option<String> {
        let read = &self.work.texts[gap.text];
        let around = Around::new(read, &gap.holes).filter(|_| gap.holes.len() == 1)?;
        let unit = right_word(around.right).unwrap_or_default();
        self.own.get(unit).filter(|key| is_phrase(key, &format!("{HOLE}{unit}"))).cloned()
    }

    /// A section in words: by its heading, else by its number.
    fn section(&self, section: usize) -> Text {
        let number = section + 1;
        match self.headings.get(&section) {
            Some(heading) => text!("“{heading}”一节", "the section “{heading}”"),
            None => text!("第 {number} 节", "section {number}"),
        }
    }
}

/// Whether `key`, read as a key, is the phrase that is meant.
fn is_phrase(key: &str, phrase: &str) -> bool {
    let scan = scan(key, &Literals::default());
    !scan.holes.iter().any(|hole| is_named(&hole.kind)) && Phrase::new(key, &scan).text() == phrase
}
