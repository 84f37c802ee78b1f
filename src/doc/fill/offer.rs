//! Holes without a value, and the key that is offered for each.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::groups::{date_shape, list_shape};
use super::{Filled, Read, Replacement, Work, is_named};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::manifest::{Figure, Part, key_literal};
use crate::placeholder::{HOLE, Kind, Literals, Phrase, Scope, is_hanzi, right_word, scan};
use crate::text;

/// The fewest and the most hanzi that an offered key takes from the left of its hole.
const LEFT: Range<usize> = 2..13;
/// The most hanzi that it takes from the right where the left is not enough.
const RIGHT: usize = 12;

/// Which holes are still open.
pub(super) struct Open {
    /// By text and hole: whether a value was found, or its figure has none yet.
    states: Vec<Vec<State>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Filled,
    Pending(usize),
}

/// A place for which no figure has a value: one hole, or several that are filled together.
struct Gap {
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
        self.states[text][holes].fill(State::Pending(figure));
    }

    /// Reports all open holes, and keeps their markers in the text as gaps. Returns how many figures are missing.
    pub(super) fn report(&self, work: &Work<'_, '_>, fields: &mut [Filled<'_>], diags: &mut Diagnostics) -> usize {
        for (text, states) in self.states.iter().enumerate() {
            let holes = work.texts[text].scan.holes.iter().zip(states);
            fields[text].replacements.extend(holes.filter(|(_, state)| **state != State::Filled).map(|(hole, _)| {
                let marker = &work.texts[text].field.text.text()[hole.range.clone()];
                Replacement { range: hole.range.clone(), text: marker.to_owned(), gap: true, figure: None }
            }));
        }
        self.report_pending(work, diags) + self.report_open(work, diags)
    }

    /// Holes whose figure is there, without a value: one fault a figure.
    fn report_pending(&self, work: &Work<'_, '_>, diags: &mut Diagnostics) -> usize {
        let mut seen = BTreeSet::new();
        for (text, states) in self.states.iter().enumerate() {
            for (hole, state) in states.iter().enumerate() {
                let State::Pending(figure) = *state else { continue };
                if !seen.insert(figure) {
                    continue;
                }
                let read = &work.texts[text];
                let figure = &work.figures[figure];
                let name = figure.key.text();
                let fault =
                    Diagnostic::new(Code::MissingFigure, text!("“{name}”还没有填", "`{name}` has no value yet"))
                        .at(read.field.text.span(read.scan.holes[hole].range.clone()))
                        .label(figure.value.span, text!("在这里填", "fill it in here"));
                diags.push(declared_help(figure).into_iter().fold(fault, Diagnostic::help));
            }
        }
        seen.len()
    }

    fn report_open(&self, work: &Work<'_, '_>, diags: &mut Diagnostics) -> usize {
        let gaps = self.gaps(work);
        let offers = Offers::new(work, &gaps);
        let mut groups: BTreeMap<(Scope, String), Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        let gaps: Vec<Gap> = gaps.into_iter().flat_map(|gap| offers.apart(work, gap)).collect();
        for (index, gap) in gaps.iter().enumerate() {
            let offer = offers.offer(work, gap);
            let group = groups.entry((offer.table, offer.key.clone())).or_default();
            if group.is_empty() {
                order.push(offer);
            }
            group.push(index);
        }
        for offer in &order {
            let places = &groups[&(offer.table, offer.key.clone())];
            let first = &gaps[places[0]];
            let read = &work.texts[first.text];
            let range = read.scan.holes[first.holes.start].range.start..read.scan.holes[first.holes.end - 1].range.end;
            let name = &offer.key;
            let message = match places.len() {
                1 => text!("“{name}”没有填数", "no figure for `{name}`"),
                n => text!("“{name}”没有填数，共 {n} 处", "no figure for `{name}`, in {n} places"),
            };
            let fault = Diagnostic::new(Code::MissingFigure, message).at(read.field.text.span(range));
            diags.push(offer.help().into_iter().fold(fault, Diagnostic::help));
        }
        order.len()
    }

    /// The open holes in order; those of a list or a date go together.
    fn gaps(&self, work: &Work<'_, '_>) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for (text, states) in self.states.iter().enumerate() {
            let read = &work.texts[text];
            let mut at = 0;
            while at < states.len() {
                // More holes than this in one group are no list that anybody wrote.
                let open = states[at..].iter().take(32).take_while(|state| **state == State::Open).count();
                if open == 0 {
                    at += 1;
                    continue;
                }
                let holes = &read.scan.holes[at..at + open];
                let source = read.field.text.text();
                // More holes than this in one group is no list that anybody wrote.
                let near = &holes[..holes.len().min(32)];
                let len = list_shape(source, near)
                    .map(|list| list.names + usize::from(list.counted))
                    .or_else(|| date_shape(source, near).map(|date| date.len()))
                    .unwrap_or(1);
                gaps.push(Gap { text, holes: at..at + len });
                at += len;
            }
        }
        gaps
    }
}

/// What a declaration says to whoever is to fill it in.
pub(super) fn declared_help(figure: &Figure) -> Vec<Text> {
    let Some(declaration) = &figure.declaration else { return Vec::new() };
    let mut help = Vec::new();
    if let Some(hint) = &declaration.hint {
        help.push(Text::verbatim(hint.text()));
    }
    if let Some(owner) = &declaration.owner {
        let owner = owner.text();
        help.push(text!("由{owner}填", "to be filled in by {owner}"));
    }
    if declaration.default.is_some() && !declaration.optional {
        help.push(text!(
            "写了 default，还要写 optional = true 才会用它",
            "its default is used only with optional = true"
        ));
    }
    help
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
}

impl Offer {
    fn help(&self) -> Vec<Text> {
        let line = format!("{} = {}", key_literal(&self.key), self.value);
        let mut help = Vec::new();
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

/// A hole with the words around it, as keys see it.
#[derive(Clone, Copy)]
struct Context<'p> {
    scope: Scope,
    /// Hanzi before the hole, up to the last 12.
    left: &'p str,
    /// All that follows.
    right: &'p str,
}

impl<'p> Context<'p> {
    fn new(read: &'p Read<'_>, holes: &Range<usize>) -> Option<Self> {
        let phrase = read.phrase.text();
        let at = read.phrase.hole(holes.start)?;
        let end = read.phrase.hole(holes.end - 1)? + HOLE.len_utf8();
        let left = phrase[..at].char_indices().rev().take(LEFT.end - 1).take_while(|&(_, c)| is_hanzi(c)).last();
        let left = left.map_or("", |(start, _)| &phrase[start..at]);
        Some(Context { scope: read.field.scope(), left, right: &phrase[end..] })
    }

    /// The last `n` hanzi before the hole, if there are so many.
    fn left(&self, n: usize) -> Option<&'p str> {
        let start = match n.checked_sub(1) {
            None => self.left.len(),
            Some(n) => self.left.char_indices().rev().nth(n)?.0,
        };
        Some(&self.left[start..])
    }

    /// The words after the hole, hanzi by hanzi, as far as the clause goes.
    fn rights(&self) -> impl Iterator<Item = &'p str> + use<'p> {
        let right = self.right;
        let hanzi = right.char_indices().take(RIGHT).take_while(|&(_, c)| is_hanzi(c));
        hanzi.map(move |(i, c)| &right[..i + c.len_utf8()])
    }
}

/// Which phrases around holes stand how often.
struct Offers<'w> {
    counts: HashMap<(Option<Scope>, &'w str, &'w str), usize>,
    /// Phrases of the title, the author line and the output name: hole and word.
    own: BTreeMap<&'w str, String>,
    /// By text: how many holes the texts before it have.
    before: Vec<usize>,
    /// How many bytes may still be searched for longer phrases; after that holes get names. It bounds the time that
    /// a text of nothing but the same phrase takes, and is never used up by a report.
    budget: Cell<usize>,
}

/// See [`Offers::budget`].
const BUDGET: usize = 256 * 1024 * 1024;

impl<'w> Offers<'w> {
    /// Counts, in one pass over the holes, what the open ones may need.
    fn new(work: &Work<'w, '_>, gaps: &[Gap]) -> Self {
        let mut units: BTreeSet<&str> = BTreeSet::new();
        // The holes of a group too: where no phrase tells it from another, they are offered one by one.
        for (text, hole) in gaps.iter().flat_map(|gap| gap.holes.clone().map(|hole| (gap.text, hole))) {
            if let Some(context) = Context::new(&work.texts[text], &(hole..hole + 1)) {
                units.insert(right_word(context.right).unwrap_or_default());
            }
        }
        let before = work.texts.iter().scan(0, |holes, text| {
            let before = *holes;
            *holes += text.scan.holes.len();
            Some(before)
        });
        let mut offers = Offers {
            counts: HashMap::new(),
            own: BTreeMap::new(),
            before: before.collect(),
            budget: Cell::new(BUDGET),
        };
        if gaps.is_empty() {
            return offers;
        }
        for read in work.texts {
            for (hole, placeholder) in read.scan.holes.iter().enumerate() {
                let Some(context) = Context::new(read, &(hole..hole + 1)) else { continue };
                for &unit in units.iter().filter(|unit| context.right.starts_with(**unit)) {
                    offers.count(context, unit);
                }
                if read.field.part.names_the_office()
                    && let Some(word) = right_word(context.right)
                {
                    let marker = &read.field.text.text()[placeholder.range.clone()];
                    offers.own.entry(word).or_insert_with(|| format!("{marker}{word}"));
                }
            }
        }
        offers
    }

    fn count(&mut self, context: Context<'w>, right: &'w str) {
        for left in (0..LEFT.end).map_while(|n| context.left(n)) {
            for scope in [Some(context.scope), None] {
                *self.counts.entry((scope, left, right)).or_default() += 1;
            }
        }
    }

    fn times(&self, scope: Option<Scope>, left: &str, right: &str) -> usize {
        self.counts.get(&(scope, left, right)).copied().unwrap_or(0)
    }

    /// A gap, or its holes one by one where no key fills them together: only a hole alone can be given a name.
    fn apart(&self, work: &Work<'w, '_>, gap: Gap) -> Vec<Gap> {
        if gap.holes.len() == 1 || !self.offer(work, &gap).named {
            return vec![gap];
        }
        gap.holes.clone().map(|hole| Gap { text: gap.text, holes: hole..hole + 1 }).collect()
    }

    /// The key for a gap: always the same for the same text.
    fn offer(&self, work: &Work<'w, '_>, gap: &Gap) -> Offer {
        let read = &work.texts[gap.text];
        let hole = &read.scan.holes[gap.holes.start];
        let source = read.field.text.text();
        if let Kind::Named(name) = &hole.kind {
            return Offer { key: name.clone(), table: Scope::Report, section: None, value: "\"\"", named: false };
        }
        let offered = Context::new(read, &gap.holes).and_then(|context| match gap.holes.len() {
            1 => self.single(work, read, gap, context, &source[hole.range.clone()]),
            _ => self.group(work, read, gap, context),
        });
        offered.unwrap_or_else(|| {
            let key = format!("n{}", self.before[gap.text] + gap.holes.start + 1);
            Offer { key, table: Scope::Report, section: None, value: "\"\"", named: true }
        })
    }

    fn single(
        &self,
        work: &Work<'w, '_>,
        read: &Read<'_>,
        gap: &Gap,
        context: Context<'w>,
        marker: &str,
    ) -> Option<Offer> {
        let unit = right_word(context.right).unwrap_or_default();
        // The office's own name is one figure, wherever it stands.
        if let Some(key) = self.own.get(unit).filter(|key| is_phrase(key, &format!("{HOLE}{unit}"))) {
            return Some(Offer { key: key.clone(), table: Scope::Report, section: None, value: "\"\"", named: false });
        }
        let available = context.left.chars().count();
        let least = LEFT.start.min(available);
        for left in (least..LEFT.end).map_while(|n| context.left(n)) {
            if self.times(Some(context.scope), left, unit) == 1 {
                let key = format!("{left}{marker}{unit}");
                if is_phrase(&key, &format!("{left}{HOLE}{unit}")) && !(left.is_empty() && unit.is_empty()) {
                    let everywhere = self.times(None, left, unit) == 1;
                    return Some(placed(work, read, key, everywhere, "\"\""));
                }
            }
        }
        // The left is not enough: words of the right, as far as the clause goes.
        let left = context.left(available.min(LEFT.end - 1))?;
        for right in context.rights().filter(|right| right.len() > unit.len()) {
            let (here, everywhere) = self.occurrences(work, read, &format!("{left}{HOLE}{right}"))?;
            if here == 1 {
                let key = format!("{left}{marker}{right}");
                return is_phrase(&key, &format!("{left}{HOLE}{right}"))
                    .then(|| placed(work, read, key, everywhere == 1, "\"\""));
            }
        }
        debug_assert!(gap.holes.len() == 1);
        None
    }

    /// A list or a date, with the fewest hanzi before it.
    fn group(&self, work: &Work<'w, '_>, read: &Read<'_>, gap: &Gap, context: Context<'w>) -> Option<Offer> {
        let source = read.field.text.text();
        let holes = &read.scan.holes[gap.holes.clone()];
        let list = list_shape(source, holes);
        let unit = match &list {
            Some(list) if !list.counted => list.words.as_str(),
            _ => right_word(context.right).unwrap_or_default(),
        };
        let phrase = read.phrase.text();
        let start = read.phrase.hole(gap.holes.start)?;
        let inner = &phrase[start..phrase.len() - context.right.len()];
        let original = &source[holes.first()?.range.start..holes.last()?.range.end];
        let available = context.left.chars().count();
        let most = context.left(available)?;
        let lefts = (LEFT.start.min(available)..LEFT.end).map_while(|n| context.left(n)).map(|left| (left, unit));
        let rights = context.rights().filter(|right| right.len() > unit.len()).map(|right| (most, right));
        for (left, right) in lefts.chain(rights) {
            let sought = format!("{left}{inner}{right}");
            let (here, everywhere) = self.occurrences(work, read, &sought)?;
            let key = format!("{left}{original}{right}");
            if here == 1 && is_phrase(&key, &sought) {
                let value =
                    if list.is_some() { "{ list = [\"\", \"\"] }" } else { GROUP_VALUES[gap.holes.len().min(3)] };
                return Some(placed(work, read, key, everywhere == 1, value));
            }
        }
        None
    }

    /// How often the phrase `sought` stands in the scope of `read`, and in the whole report; `None` when the budget
    /// is used up.
    fn occurrences(&self, work: &Work<'_, '_>, read: &Read<'_>, sought: &str) -> Option<(usize, usize)> {
        let (mut here, mut everywhere) = (0, 0);
        for text in work.texts {
            let phrase = text.phrase.text();
            self.budget.set(self.budget.get().checked_sub(phrase.len() + 64)?);
            let n = phrase.matches(sought).count();
            everywhere += n;
            here += if text.field.scope() == read.field.scope() { n } else { 0 };
        }
        Some((here, everywhere))
    }
}

/// A value to paste for a date of so many holes.
const GROUP_VALUES: [&str; 4] = ["\"\"", "\"\"", "[\"\", \"\"]", "[\"\", \"\", \"\"]"];

/// Whether `key`, read as a key, is the phrase that is meant.
fn is_phrase(key: &str, phrase: &str) -> bool {
    let scan = scan(key, &Literals::default());
    !scan.holes.iter().any(|hole| is_named(&hole.kind)) && Phrase::new(key, &scan).text() == phrase
}

/// An offer in the table it belongs in: the report's where the phrase is unique in the report, else its section's.
fn placed(work: &Work<'_, '_>, read: &Read<'_>, key: String, everywhere: bool, value: &'static str) -> Offer {
    let section = match read.field.part {
        Part::Heading(section) | Part::Text(section) if !everywhere => Some(section),
        Part::Heading(_)
        | Part::Text(_)
        | Part::Title
        | Part::Subtitle
        | Part::Author
        | Part::Salutation
        | Part::Output => None,
    };
    let heading = |section: usize| {
        let heading = work.texts.iter().find(|text| text.field.part == Part::Heading(section));
        let number = section + 1;
        heading.map_or_else(
            || text!("第 {number} 节", "section {number}"),
            |heading| {
                let heading = heading.field.text.text();
                text!("“{heading}”一节", "the section “{heading}”")
            },
        )
    };
    Offer {
        key,
        table: section.map_or(Scope::Report, Scope::Section),
        section: section.map(heading),
        value,
        named: false,
    }
}
