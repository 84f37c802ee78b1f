//! Figures of a file set in its template: which one a key means, and what becomes of its declaration.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::literal::{Located, quote};
use crate::manifest::raw::{Entry, Table, Value, ValueKind};
use crate::placeholder::{Kind, Literals, Phrase, scan};
use crate::sheet::plain;
use crate::source::{FileId, Span};
use crate::text;

/// What gives a figure its value; a nearer file's takes the place of any other.
const VALUES: [&str; 4] = ["value", "list", "count", "compute"];

/// A figure of the template: the table that has it, a section's or the report's, and which entry of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) section: Option<usize>,
    pub(super) entry: usize,
}

/// What a key means: the phrase with its holes as signs, or a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Phrase(String),
    Word(String),
}

/// The figures of a template by what means them.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// By name and section; a name of no section is the report's.
    named: BTreeMap<(Name, Option<usize>), Slot>,
    labels: BTreeMap<String, Vec<Slot>>,
    /// The keys as they are written.
    keys: BTreeSet<String>,
    sections: BTreeMap<String, usize>,
}

/// Which figure of a template a key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This one.
    One(Slot),
    /// One of these, with their addresses.
    Several(Vec<String>),
    /// None.
    New,
}

/// The figures of a template while a nearer file sets them.
#[derive(Debug)]
pub(super) struct Set<'t> {
    report: &'t mut Table,
    sections: &'t mut [Table],
    literals: Literals,
    /// The template's keys that were set, and the keys that did.
    set: BTreeMap<Span, Span>,
}

impl<'t> Set<'t> {
    /// The figures of the table `[figures]` and those in the sections.
    pub(super) fn new(report: &'t mut Table, sections: &'t mut [Table], literals: Literals) -> Self {
        Set { report, sections, literals, set: BTreeMap::new() }
    }

    /// The figures of templates by what means them; those of `own`, the file that sets them, are none.
    pub(super) fn slots(&self, own: Option<FileId>) -> Slots {
        let mut slots = Slots::default();
        for (number, section) in self.sections.iter().enumerate() {
            if let Some(id) = section.get("id").and_then(|id| id.value.as_string()) {
                slots.sections.entry(id.text().to_owned()).or_insert(number);
            }
        }
        slots.enter(&self.report.entries, None, own, &self.literals);
        for (number, section) in self.sections.iter().enumerate() {
            if let Some(figures) = section.get("figures").and_then(|figures| figures.value.as_table()) {
                slots.enter(&figures.entries, Some(number), own, &self.literals);
            }
        }
        slots
    }

    /// Gives the figure `key`, of the section `section` or of the report, its value: a figure of the template, else a
    /// phrase of the file's own.
    pub(super) fn give(
        &mut self,
        slots: &Slots,
        key: &Located,
        section: Option<usize>,
        value: Value,
        diags: &mut Diagnostics,
    ) {
        match slots.meaning(key.text(), section, &self.literals) {
            Meaning::One(slot) => self.set(slot, key, value, diags),
            Meaning::Several(addresses) => diags.push(ambiguous(key, &addresses)),
            Meaning::New => {
                let entry = Entry { key: key.clone(), value };
                match section {
                    None => self.report.entries.push(entry),
                    Some(section) => {
                        if let Some(figures) = figures_of(&mut self.sections[section], key.whole()) {
                            figures.entries.push(entry);
                        }
                    }
                }
            }
        }
    }

    /// Gives a phrase of the template's text its value, for which no figure is declared.
    pub(super) fn add(&mut self, key: &Located, value: Value) {
        self.report.entries.push(Entry { key: key.clone(), value });
    }

    /// Which X are no holes.
    pub(super) fn literals(&self) -> &Literals {
        &self.literals
    }

    /// Gives the figure of `slot` its value.
    pub(super) fn set(&mut self, slot: Slot, key: &Located, value: Value, diags: &mut Diagnostics) {
        let Some(entry) = self.entry(slot) else { return };
        let place = entry.key.whole();
        if let Some(first) = self.set.get(&place) {
            diags.push(twice(key.text(), key.whole(), *first));
            return;
        }
        self.set.insert(place, key.whole());
        if let Some(entry) = self.entry(slot) {
            put(entry, key, value, diags);
        }
    }

    fn entry(&mut self, slot: Slot) -> Option<&mut Entry> {
        match slot.section {
            None => self.report.entries.get_mut(slot.entry),
            Some(section) => figures_of(&mut self.sections[section], Span::default())?.entries.get_mut(slot.entry),
        }
    }

    /// The template's keys that were set, and the keys that did.
    pub(super) fn finish(self) -> BTreeMap<Span, Span> {
        self.set
    }
}

/// The table of a section's figures, which is made where it has none; none where something else stands there.
fn figures_of(section: &mut Table, span: Span) -> Option<&mut Table> {
    if section.get("figures").is_none() {
        let value = Value { kind: ValueKind::Table(Table { entries: Vec::new(), span }), span };
        section.entries.push(Entry { key: Located::plain("figures", span), value });
    }
    section.entries.iter_mut().find(|entry| entry.key.text() == "figures")?.value.as_table_mut()
}

impl Slots {
    fn enter(&mut self, entries: &[Entry], section: Option<usize>, own: Option<FileId>, literals: &Literals) {
        let inherited = entries.iter().enumerate().filter(|(_, entry)| Some(entry.key.whole().file) != own);
        for (entry, Entry { key, value }) in inherited {
            let slot = Slot { section, entry };
            self.keys.insert(key.text().to_owned());
            let (address, name) = self.read(key.text(), literals);
            let own = section.or(address);
            self.named.entry((name, own)).or_insert(slot);
            let Some(declaration) = value.as_table() else { continue };
            let word = |name: &str| declaration.get(name).and_then(|entry| entry.value.as_string()).map(Located::text);
            if let Some(id) = word("id") {
                self.named.entry((Name::Word(id.trim().to_owned()), own)).or_insert(slot);
            }
            if let Some(label) = word("label") {
                self.labels.entry(plain(label)).or_default().push(slot);
            }
        }
    }

    /// The section that a key names, and the rest of it.
    pub(super) fn read(&self, key: &str, literals: &Literals) -> (Option<usize>, Name) {
        let address = key.split_once('>').and_then(|(id, phrase)| Some((*self.sections.get(id.trim())?, phrase)));
        let (section, key) = address.map_or((None, key), |(section, phrase)| (Some(section), phrase));
        let key = key.trim();
        let scan = scan(key, literals);
        let name = match scan.holes.as_slice() {
            [] => Name::Word(key.to_owned()),
            [hole] if hole.range == (0..key.len()) => match &hole.kind {
                Kind::Named(name) => Name::Word(name.clone()),
                Kind::Run | Kind::Decimal(_) | Kind::Year => Name::Phrase(Phrase::new(key, &scan).text().to_owned()),
            },
            _ => Name::Phrase(Phrase::new(key, &scan).text().to_owned()),
        };
        (section, name)
    }

    /// Which figure `key` means in `[figures]` of the report or of a section.
    pub(super) fn meaning(&self, key: &str, section: Option<usize>, literals: &Literals) -> Meaning {
        let (address, name) = self.read(key, literals);
        let own = section.or(address);
        if let Some(slot) = self.named.get(&(name.clone(), own)) {
            return Meaning::One(*slot);
        }
        if own.is_some() {
            return Meaning::New;
        }
        let of_sections = self.named.range((name.clone(), Some(0))..=(name, Some(usize::MAX)));
        let slots: Vec<(Option<usize>, Slot)> = of_sections.map(|((_, section), slot)| (*section, *slot)).collect();
        match slots.as_slice() {
            [] => Meaning::New,
            [(_, slot)] => Meaning::One(*slot),
            _ => {
                let id = |number: usize| self.sections.iter().find(|(_, section)| **section == number);
                let ids = slots.iter().filter_map(|(section, _)| Some(id((*section)?)?.0));
                Meaning::Several(ids.map(|id| format!("{id}>{key}")).collect())
            }
        }
    }
}

impl Slots {
    /// The figures with this label, whatever blanks and line breaks are in it.
    pub(super) fn labelled(&self, label: &str) -> &[Slot] {
        self.labels.get(&plain(label)).map(Vec::as_slice).unwrap_or_default()
    }

    /// All words that mean a figure, but phrases as they are compared.
    pub(super) fn heads(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str).chain(self.keys.iter().map(String::as_str))
    }

    /// The figure of `slot`, which has this key, as it is named under `[figures]` of the report.
    pub(super) fn address(&self, slot: Slot, key: &str) -> String {
        let id = self.sections.iter().find(|(_, section)| Some(**section) == slot.section);
        id.map_or_else(|| key.to_owned(), |(id, _)| format!("{id}>{key}"))
    }
}

/// A head of a table that means several figures.
pub(super) fn ambiguous_head(head: &Located, addresses: &[String]) -> Diagnostic {
    let name = head.text();
    let message =
        text!("模板里有好几个“{name}”，分不清是哪一个", "the template has several `{name}`; which one is meant?");
    let heads = addresses.join(" ");
    Diagnostic::new(Code::AmbiguousFigure, message)
        .at(head.whole())
        .help(text!("表头写成其中之一：{heads}", "write the head as one of: {heads}"))
}

fn ambiguous(key: &Located, addresses: &[String]) -> Diagnostic {
    let name = key.text();
    let message = text!(
        "模板里好几节都有“{name}”，要写明是哪一节的",
        "several sections of the template have `{name}`; which one?"
    );
    let fault = Diagnostic::new(Code::AmbiguousFigure, message).at(key.whole());
    if addresses.is_empty() {
        return fault.help(text!(
            "请维护模板的人给这几节写上 id",
            "those who keep the template should give the sections an id"
        ));
    }
    let quoted: Vec<String> = addresses.iter().map(|address| format!("{} = …", quote(address))).collect();
    let lines = quoted.join("\n");
    fault.help(text!("写成：\n{lines}", "write:\n{lines}"))
}

/// Gives a figure its value, or changes its declaration.
fn put(entry: &mut Entry, key: &Located, value: Value, diags: &mut Diagnostics) {
    let gives = value.as_table().is_none_or(|table| VALUES.iter().any(|name| table.get(name).is_some()));
    let declared = entry.value.as_table();
    if let Some(compute) = declared.and_then(|table| table.get("compute")).filter(|_| gives) {
        let name = key.text();
        diags.push(
            Diagnostic::new(
                Code::DuplicateFigure,
                text!("“{name}”由模板算出，不用填", "`{name}` is worked out by the template and takes no value"),
            )
            .at(key.whole())
            .label(compute.value.span, text!("这样算出", "worked out so"))
            .help(text!("删去这一项", "leave it out")),
        );
        return;
    }
    match (&mut entry.value.kind, value.kind) {
        (ValueKind::Table(there), ValueKind::Table(nearer)) => {
            if gives {
                there.entries.retain(|entry| !VALUES.contains(&entry.key.text()));
            }
            for entry in nearer.entries {
                match there.entries.iter_mut().find(|there| there.key.text() == entry.key.text()) {
                    Some(there) => *there = entry,
                    None => there.entries.push(entry),
                }
            }
        }
        (ValueKind::Table(there), kind) => {
            let is_list = there.get("list").is_some()
                || there.get("kind").and_then(|kind| kind.value.as_string()).is_some_and(|kind| kind.text() == "list");
            let name = if is_list && matches!(kind, ValueKind::Array(_)) { "list" } else { "value" };
            there.entries.retain(|entry| !VALUES.contains(&entry.key.text()));
            let value = Value { kind, span: value.span };
            there.entries.push(Entry { key: Located::plain(name, key.whole()), value });
        }
        (there, ValueKind::Table(mut nearer)) => {
            if !gives {
                let kind = there.clone();
                let value = Value { kind, span: entry.value.span };
                nearer.entries.push(Entry { key: Located::plain("value", entry.key.whole()), value });
            }
            entry.value = Value { kind: ValueKind::Table(nearer), span: value.span };
        }
        (_, kind) => entry.value = Value { kind, span: value.span },
    }
}

/// Where two keys of one file give one figure of its template.
pub(super) fn twice(name: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateFigure, text!("“{name}”写了两次", "`{name}` is given twice"))
        .at(second)
        .label(first, text!("第一次在这里", "first given here"))
        .help(text!("X 的多少不算区别，只留一个", "the number of X makes no difference; keep one of them"))
}
