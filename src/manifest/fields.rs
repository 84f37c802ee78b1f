//! The texts of a report in which holes may stand.

use super::literal::Located;
use super::{Day, DocumentItem, Figure, Manifest, Table};
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
    /// `[report] date`, in words.
    Date,
    /// `[report] salutation`.
    Salutation,
    /// A text of `[document]`: its item, and its own number in it.
    Document(DocumentItem, usize),
    /// The caption of a table: the number of its section, and its own in it.
    Caption(usize, usize),
    /// The caption of a picture: the number of its section, and its own in it.
    Under(usize, usize),
    /// What a picture shows, likewise.
    Alt(usize, usize),
    /// A cell of a table.
    Cell {
        /// Number of the section.
        section: usize,
        /// Number of the table in it.
        table: usize,
        /// Row, the head being 0.
        row: usize,
        /// Column.
        column: usize,
    },
    /// The signature with this number.
    Signature(usize),
    /// `[report] signed_on`, in words.
    SignedOn,
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
    /// The section that the text belongs to.
    pub fn section(self) -> Option<usize> {
        match self {
            Part::Heading(section)
            | Part::Text(section)
            | Part::Caption(section, _)
            | Part::Under(section, _)
            | Part::Alt(section, _)
            | Part::Cell { section, .. } => Some(section),
            Part::Title
            | Part::Subtitle
            | Part::Author
            | Part::Date
            | Part::Salutation
            | Part::Document(..)
            | Part::Signature(_)
            | Part::SignedOn
            | Part::Attachment(_)
            | Part::Output => None,
        }
    }

    /// Whether a key that stands here may stand in several places unasked: the office's own name does.
    pub fn names_the_office(self) -> bool {
        if let Part::Document(item, _) = self {
            return item.names_the_office();
        }
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
        self.part.section().map_or(Scope::Report, Scope::Section)
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
            (Part::Date, report.date.as_ref().and_then(Day::words)),
            (Part::Salutation, report.salutation.as_ref()),
        ];
        let sections = self.sections.iter().enumerate().flat_map(|(index, section)| {
            let words = [(Part::Heading(index), section.heading.as_ref()), (Part::Text(index), section.text.as_ref())];
            let tables = section.tables.iter().enumerate();
            let pictures = section.pictures.iter().enumerate().flat_map(move |(number, picture)| {
                [
                    (Part::Under(index, number), picture.caption.as_ref()),
                    (Part::Alt(index, number), picture.alt.as_ref()),
                ]
            });
            let tables = tables.flat_map(move |(number, table)| table_fields(index, number, table));
            words.into_iter().chain(tables).chain(pictures)
        });
        let signatures = report.signatures.iter().enumerate();
        let signatures = signatures.map(|(index, text)| (Part::Signature(index), Some(text)));
        let attachments = report.attachments.iter().enumerate();
        let attachments = attachments.map(|(index, attachment)| (Part::Attachment(index), Some(&attachment.title)));
        let document = |above| {
            let fields = self.document.iter().flat_map(move |document| document.fields(above));
            fields.map(|(item, index, text)| (Part::Document(item, index), Some(text)))
        };
        document(true)
            .chain(head)
            .chain(sections)
            .chain(attachments)
            .chain(signatures)
            .chain([(Part::SignedOn, report.signed_on.as_ref().and_then(Day::words))])
            .chain(document(false))
            .chain([(Part::Output, report.output.as_ref())])
            .filter_map(|(part, text)| text.map(|text| Field { part, text }))
            .collect()
    }
}

/// The texts of a table: its caption, then its cells row by row.
fn table_fields(section: usize, table: usize, it: &Table) -> impl Iterator<Item = (Part, Option<&Located>)> {
    let caption = (Part::Caption(section, table), it.caption.as_ref());
    let cells = it.rows.iter().enumerate().flat_map(move |(row, cells)| {
        let part = move |column| Part::Cell { section, table, row, column };
        cells.iter().enumerate().map(move |(column, cell)| (part(column), Some(cell)))
    });
    std::iter::once(caption).chain(cells)
}
