//! Which figure a key, an address or a name means.

use std::collections::BTreeMap;

use super::KeyRead;
use crate::manifest::Manifest;
use crate::placeholder::{Kind, Literals, Phrase, Scope, scan};

/// The figures by phrase and by name.
pub(crate) struct Index<'i> {
    phrases: BTreeMap<(&'i str, Scope), usize>,
    names: BTreeMap<(&'i str, Scope), usize>,
    /// Sections by their `id`.
    sections: BTreeMap<&'i str, usize>,
    literals: &'i Literals,
}

/// What a key of an expression means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This figure.
    Figure(usize),
    /// These figures of several sections, of which none is nearer.
    Several(Vec<usize>),
    /// A hole of the texts, here and there, for which no figure stands yet.
    Open(Vec<Scope>),
    /// Nothing.
    Unknown,
}

/// A key of an expression, read.
pub(super) struct Sought {
    /// The section of an address.
    pub(super) section: Option<usize>,
    /// The phrase with its holes as signs; a name where it has none.
    pub(super) phrase: String,
    /// Whether it is a name.
    pub(super) is_name: bool,
}

/// At most so many sections are named where a key stands in several.
const SHOWN: usize = 3;

impl<'i> Index<'i> {
    /// The figures of `manifest`, whose keys are read; a figure that is `ignored` is not found.
    pub(crate) fn new(manifest: &'i Manifest, keys: &'i [KeyRead], ignored: &[bool]) -> Self {
        let mut index = Index {
            phrases: BTreeMap::new(),
            names: BTreeMap::new(),
            sections: BTreeMap::new(),
            literals: &manifest.literals,
        };
        for (number, section) in manifest.sections.iter().enumerate() {
            if let Some(id) = &section.id {
                index.sections.entry(id.text()).or_insert(number);
            }
        }
        for (number, (figure, key)) in manifest.figures.iter().zip(keys).enumerate().filter(|(n, _)| !ignored[*n]) {
            if key.phrase.hole_count() > 0 {
                index.phrases.entry((key.phrase.text(), figure.scope)).or_insert(number);
            }
            let name = key.scan.holes.is_empty().then(|| figure.phrase());
            for name in name.into_iter().chain(figure.id.as_ref().map(|id| id.text())) {
                index.names.entry((name, figure.scope)).or_insert(number);
            }
        }
        index
    }

    /// The figure that `X{name}` takes in a text of `scope`: the section's own before the report's.
    pub(crate) fn named(&self, name: &str, scope: Scope) -> Option<usize> {
        [scope, Scope::Report].into_iter().find_map(|scope| self.names.get(&(name, scope)).copied())
    }

    /// Reads a key of an expression: `党委会X次`, `town`, `X{town}`, `study>培训X人`.
    pub(super) fn read(&self, key: &str) -> Sought {
        let address = key.split_once('>').and_then(|(id, phrase)| Some((*self.sections.get(id.trim())?, phrase)));
        let (section, key) = address.map_or((None, key), |(section, phrase)| (Some(section), phrase));
        let scan = scan(key, self.literals);
        let (phrase, is_name) = match scan.holes.as_slice() {
            [] => (key.trim().to_owned(), true),
            [hole]
                if let Kind::Named(name) = &hole.kind
                    && hole.range == (0..key.len()) =>
            {
                (name.clone(), true)
            }
            _ => (Phrase::new(key.trim(), &self::scan(key.trim(), self.literals)).text().to_owned(), false),
        };
        Sought { section, phrase, is_name }
    }

    /// The figure that `sought` means in an expression of `scope`: the section's own before the report's; one of another
    /// section only where no more than one has the phrase.
    pub(super) fn find(&self, sought: &Sought, scope: Scope) -> Option<Found> {
        let of_names = [&self.names, &self.phrases];
        let maps = if sought.is_name { &of_names[..] } else { &of_names[1..] };
        let phrase = sought.phrase.as_str();
        let own = sought.section.map_or(scope, Scope::Section);
        for map in maps {
            let near = [own, Scope::Report].into_iter().find_map(|scope| map.get(&(phrase, scope)));
            if let Some(&figure) = near {
                return Some(Found::Figure(figure));
            }
        }
        if sought.section.is_some() {
            return None;
        }
        maps.iter().find_map(|map| {
            let sections = (phrase, Scope::Section(0))..(phrase, Scope::Report);
            let figures: Vec<usize> = map.range(sections).map(|(_, &figure)| figure).take(SHOWN).collect();
            match figures.as_slice() {
                [] => None,
                [figure] => Some(Found::Figure(*figure)),
                _ => Some(Found::Several(figures)),
            }
        })
    }
}
