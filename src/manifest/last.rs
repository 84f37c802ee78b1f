//! What the figures came to last time: `last."党委会X次"` in expressions.

use std::collections::BTreeMap;

use super::TownValues;
use crate::expr::Entry;
use crate::source::Span;

/// What is known of the last period.
#[derive(Clone, Debug, Default)]
pub enum Last {
    /// Nobody said where to look.
    #[default]
    NotGiven,
    /// There is nothing of this report, where one looked.
    Absent,
    /// It could not be read, which has been told: what is missing of it is told no more.
    Unreadable,
    /// The figures of that time.
    Known(LastValues),
}

/// What the figures of the last report came to, by what means them.
#[derive(Clone, Debug, Default)]
pub struct LastValues {
    figures: Vec<Vec<(Entry, Span)>>,
    /// By the phrase with its holes as signs, or a name; then by the `id` of the section.
    found: BTreeMap<String, BTreeMap<Option<String>, usize>>,
    /// What the towns gave then, in a roll-up.
    towns: Option<TownValues>,
}

impl LastValues {
    /// Adds a figure with its values and where they stand; none where it has none. `phrase` has its holes as signs, and
    /// may begin with the section's `id` and `>`. Of two figures of one name the first is taken.
    pub fn add(&mut self, section: Option<&str>, phrases: &[&str], values: Vec<(Entry, Span)>) {
        for phrase in phrases {
            let (section, phrase) = address(section, phrase);
            let sections = self.found.entry(phrase.to_owned()).or_default();
            sections.entry(section.map(str::to_owned)).or_insert(self.figures.len());
        }
        self.figures.push(values);
    }

    /// The same with the towns' tables of that time, whose columns are figures where no other is so called.
    pub fn with_towns(self, towns: TownValues) -> Self {
        LastValues { towns: Some(towns), ..self }
    }

    /// The values of the figure `phrase` of the section with this `id`. Where that section had none, it is the one figure
    /// of that phrase.
    ///
    /// None where there is no such figure, empty where it had no value.
    pub fn find(&self, section: Option<&str>, phrase: &str) -> Option<&[(Entry, Span)]> {
        let (section, phrase) = address(section, phrase);
        let sections = self.found.get(phrase)?;
        let only = || if sections.len() == 1 { sections.values().next() } else { sections.get(&None) };
        let figure = sections.get(&section.map(str::to_owned)).or_else(only)?;
        Some(&self.figures[*figure])
    }

    /// The tables of the towns of that time, in a roll-up.
    pub fn towns(&self) -> Option<&TownValues> {
        self.towns.as_ref()
    }
}

/// The section of an address, and the rest of it.
fn address<'p>(section: Option<&'p str>, phrase: &'p str) -> (Option<&'p str>, &'p str) {
    match (section, phrase.split_once('>')) {
        (None, Some((section, phrase))) => (Some(section.trim()), phrase.trim()),
        (section, _) => (section, phrase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Origin, Value};
    use crate::number::Decimal;

    #[test]
    fn a_figure_is_found_by_its_section_or_alone() {
        let value = |number| {
            let entry =
                Entry { value: Value::Number(Decimal::from(number)), unit: None, exact: false, origin: Origin(0) };
            vec![(entry, Span::default())]
        };
        let mut last = LastValues::default();
        last.add(None, &["会议"], value(1));
        last.add(None, &["study>培训", "trained"], value(2));
        last.add(Some("a"), &["走访"], value(3));
        last.add(Some("b"), &["走访"], value(4));
        last.add(None, &["空"], Vec::new());
        let found = |section, phrase| last.find(section, phrase).map(<[_]>::to_vec);
        assert_eq!(found(None, "会议"), Some(value(1)));
        assert_eq!(found(Some("moved"), "会议"), Some(value(1)), "it may have stood elsewhere");
        assert_eq!(found(Some("study"), "培训"), Some(value(2)));
        assert_eq!(found(None, "培训"), Some(value(2)));
        assert_eq!(found(None, "trained"), Some(value(2)));
        assert_eq!(found(None, "b>走访"), Some(value(4)));
        assert_eq!(found(None, "走访"), None, "two sections had it");
        assert_eq!(found(None, "空"), Some(Vec::new()));
        assert_eq!(found(None, "无"), None);
    }
}
