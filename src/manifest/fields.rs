//! The texts of a report in which holes may stand.

use super::literal::Located;
use super::{Figure, Manifest};
use crate::placeholder::Scope;

/// Which text of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `[report] title`.
    Title,
    /// `[report] subtitle`.
    Subtitle,
    /// `[report] author`.
    Author,
    /// `[report] salutation`.
    Salutation,
    /// `[report] output`.
    Output,
    /// The heading of the section with this number.
    Heading(usize),
    /// The text of the section with this number.
    Text(usize),
}

impl Part {
    /// Whether a key that stands here may stand in several places unasked: the office's own name does.
    pub fn names_the_office(self) -> bool {
        matches!(self, Part::Title | Part::Author | Part::Output)
    }
}

/// A text of a report.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Which it is.
    pub part: Part,
    /// The text.
    pub text: &'a Located,
}

impl Field<'_> {
    /// Whose figures fill it.
    pub fn scope(&self) -> Scope {
        match self.part {
            Part::Heading(section) | Part::Text(section) => Scope::Section(section),
            Part::Title | Part::Subtitle | Part::Author | Part::Salutation | Part::Output => Scope::Report,
        }
    }
}

impl Manifest {
    /// The `id` of the section of `scope`, if it has one.
    pub fn section_id(&self, scope: Scope) -> Option<&str> {
        match scope {
            Scope::Section(section) => Some(self.sections.get(section)?.id.as_ref()?.text()),
            Scope::Report => None,
        }
    }

    /// The key of `figure` as it is written under `[figures]` of the whole report: with the `id` of its section, where
    /// that has one.
    pub fn address(&self, figure: &Figure) -> String {
        match self.section_id(figure.scope) {
            Some(id) => format!("{id}>{}", figure.phrase()),
            None => figure.key.text().to_owned(),
        }
    }

    /// All texts of the report that may have holes, in the order of the pages; the output name last.
    pub fn fields(&self) -> Vec<Field<'_>> {
        let report = &self.report;
        let head = [
            (Part::Title, Some(&report.title)),
            (Part::Subtitle, report.subtitle.as_ref()),
            (Part::Author, report.author.as_ref()),
            (Part::Salutation, report.salutation.as_ref()),
        ];
        let sections = self.sections.iter().enumerate().flat_map(|(index, section)| {
            [(Part::Heading(index), section.heading.as_ref()), (Part::Text(index), section.text.as_ref())]
        });
        head.into_iter()
            .chain(sections)
            .chain([(Part::Output, report.output.as_ref())])
            .filter_map(|(part, text)| text.map(|text| Field { part, text }))
            .collect()
    }
}
