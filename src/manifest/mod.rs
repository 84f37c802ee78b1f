//! The report file, read and checked.
//!
//! [`raw`] knows TOML and its places, [`inherit`] puts a report over its template; this module knows what a report is.
//! Below here nothing is unchecked.

mod attachment;
mod chosen;
mod day;
mod declared;
mod dimensions;
mod document;
mod expression;
mod fields;
mod figure;
mod figures;
mod given;
pub mod inherit;
mod kind;
mod last;
mod lints;
mod owner;
mod patched;
pub mod literal;
mod picture;
pub mod raw;
mod read;
mod rule;
pub mod schema;
mod slips;
mod statements;
mod style;
mod table;
mod towns;
mod typed;
mod words;

pub use attachment::Attachment;
pub use day::Day;
pub use document::{CopyNumber, Document, DocumentForm, DocumentItem, Seal};
pub use expression::Expression;
pub use fields::{Field, Part};
pub use figure::{Declaration, Figure};
pub use given::Given;
pub(crate) use given::{bad_number, given_of, is_pending, split_names};
pub use kind::{Format, Kind, Pattern, Round};
pub use last::{Last, LastValues};
pub use literal::{Located, key as key_literal, look_alikes, quote, quote_lines};
pub use owner::Owner;
pub use picture::{Image, Images, PictureEntry, image, is_on_the_web};
pub use read::{read, read_figures};
pub use rule::{Accept, Rule};
pub use style::{Embed, Faces, Lead, Numbering, PageNumber, PageStyle, PdfStandard, Sizes, Style, TableLines};
pub use table::{Column, Source, Table};
pub use towns::TownValues;
pub(crate) use towns::normal as normal_key;
pub use typed::{Answer, AnswerValue, Typed, TypedFault};
pub use words::Words;

use crate::diag::Diagnostics;
use crate::diag::level::Levels;
use crate::expr::Condition;
use crate::placeholder::Literals;
use crate::source::{Sources, Span};
use crate::world::World;

/// A report file.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// `[report]`.
    pub report: Report,
    /// `[document]`; none for a report that is not issued as a document.
    pub document: Option<Document>,
    /// `[style]`.
    pub style: Style,
    /// `[[section]]`, in order.
    pub sections: Vec<Section>,
    /// All figures: those of `[figures]`, then those of each section.
    pub figures: Vec<Figure>,
    /// `[[rule]]`, in order.
    pub rules: Vec<Rule>,
    /// `[[accept]]`, in order.
    pub accepts: Vec<Accept>,
    /// `[placeholders] literal`.
    pub literals: Literals,
    /// `[lints]`.
    pub levels: Levels,
    /// What the towns gave, in a roll-up.
    pub towns: Option<TownValues>,
    /// What the figures came to last time.
    pub last: Last,
    /// Whose file is to be changed, where the report builds on a template.
    pub owner: Owner,
    /// `[words]`.
    pub words: Words,
}

/// `[report]`.
#[derive(Clone, Debug)]
pub struct Report {
    /// The title; its own line breaks are kept.
    pub title: Located,
    /// A second title under it.
    pub subtitle: Option<Located>,
    /// Who reports.
    pub author: Option<Located>,
    /// The report's date.
    pub date: Option<Day>,
    /// 称谓.
    pub salutation: Option<Located>,
    /// 署名, in order.
    pub signatures: Vec<Located>,
    /// 成文日期.
    pub signed_on: Option<Day>,
    /// 附件, in order.
    pub attachments: Vec<Attachment>,
    /// The outputs' file stem; by default the file's own.
    pub output: Option<Located>,
    /// BCP 47; `zh-CN` by default.
    pub lang: String,
}

/// A `[[section]]`.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its name in addresses.
    pub id: Option<Located>,
    /// Its heading; a section without one is opening or closing paragraphs.
    pub heading: Option<Located>,
    /// Level of the heading, 1 to 4.
    pub level: u8,
    /// Its text, CommonMark.
    pub text: Option<Located>,
    /// Its tables, in order.
    pub tables: Vec<Table>,
    /// Its pictures, in order.
    pub pictures: Vec<PictureEntry>,
    /// The pictures that its text names, once they are read.
    pub images: Images,
    /// Whether it begins a page.
    pub page_break: bool,
    /// It is left out unless this holds.
    pub when: Option<Expression<Condition>>,
    /// Its head.
    pub span: Span,
}

impl Section {
    /// One without anything.
    pub(crate) fn empty(span: Span) -> Self {
        Section {
            id: None,
            heading: None,
            level: 1,
            text: None,
            tables: Vec::new(),
            pictures: Vec::new(),
            images: Images::new(),
            page_break: false,
            when: None,
            span,
        }
    }
}

impl Manifest {
    /// Reads the files that the report names: the spreadsheets of its tables, and its pictures. Each stands in the folder
    /// of the file that names it, be it the report's or a template's, or below it. Pictures that are `known`, by their
    /// paths, are not read again; those that were read are known from then on.
    pub fn load(&mut self, known: &mut Images, world: &dyn World, sources: &mut Sources, diags: &mut Diagnostics) {
        for table in self.sections.iter_mut().flat_map(|section| &mut section.tables) {
            table.load(world, sources, diags);
            table.check_columns(diags);
        }
        for section in &mut self.sections {
            for picture in &mut section.pictures {
                picture.load(known, world, sources, diags);
            }
            if let Some(text) = &section.text {
                section.images = picture::images(text, known, world, sources, diags);
            }
        }
    }
}
