//! The texts of a report in which holes may stand.

use super::Manifest;
use super::literal::Located;
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
    /// The signature with this number.
    Signature(usize),
    /// The title of the attachment with this number.
    Attachment(usize),
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
        matches!(self, Part::Title | Part::Author | Part::Signature(_) | Part::Output)
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
            Part::Title
            | Part::Subtitle
            | Part::Author
            | Part::Salutation
            | Part::Signature(_)
            | Part::Attachment(_)
            | Part::Output => Scope::Report,
        }
    }
}

impl Manifest {
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
        let signatures = report.signatures.iter().enumerate();
        let signatures = signatures.map(|(index, text)| (Part::Signature(index), Some(text)));
        let attachments = report.attachments.iter().enumerate();
        let attachments = attachments.map(|(index, attachment)| (Part::Attachment(index), Some(&attachment.title)));
        head.into_iter()
            .chain(sections)
            .chain(attachments)
            .chain(signatures)
            .chain([(Part::Output, report.output.as_ref())])
            .filter_map(|(part, text)| text.map(|text| Field { part, text }))
            .collect()
    }
}
