//! Figures: what an author gives for the holes of the text, and what a template declares of them.

use super::expression::Expression;
use super::given::Given;
use super::kind::{Format, Kind, Pattern, Round};
use super::literal::Located;
use crate::expr::Formula;
use crate::number::Date;
use crate::placeholder::Scope;
use crate::source::{Span, Spanned};

/// A figure of the report file: a phrase or a name, and what fills it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The key as written.
    pub key: Located,
    /// Where the phrase begins in the key: after `section-id>` in an address.
    pub phrase: usize,
    /// Where it may fill holes.
    pub scope: Scope,
    /// What fills them.
    pub value: Spanned<Given>,
    /// A name under which `X{id}` repeats it.
    pub id: Option<Located>,
    /// Whether it may fill several places unasked.
    pub repeat: bool,
    /// What its own table says, `{ value = …, min = … }`; none where a plain value stands.
    pub declaration: Option<Box<Declaration>>,
}

impl Figure {
    /// The phrase, without the section of an address.
    pub fn phrase(&self) -> &str {
        &self.key.text()[self.phrase..]
    }

    /// Where the phrase stands.
    pub fn phrase_span(&self) -> Span {
        self.key.span(self.phrase..self.key.text().len())
    }
}

/// What a figure's own table says besides its value, `id` and `repeat`.
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// What it is; inferred where not said.
    pub kind: Option<Spanned<Kind>>,
    /// The least that a number or a day may be.
    pub min: Option<Spanned<Given>>,
    /// The most that a number or a day may be.
    pub max: Option<Spanned<Given>>,
    /// All that it may be; empty where anything may.
    pub choices: Vec<Spanned<Given>>,
    /// What it must look like.
    pub pattern: Option<Pattern>,
    /// Whether it may be left out, and `default` then stands for it.
    pub optional: bool,
    /// What stands for it.
    pub default: Option<Spanned<Given>>,
    /// Its unit; that of the text where not said.
    pub unit: Option<Located>,
    /// Its name in lists.
    pub label: Option<Located>,
    /// How to come by it.
    pub hint: Option<Located>,
    /// Who fills it in.
    pub owner: Option<Located>,
    /// Where it is from.
    pub source: Option<Located>,
    /// The day at which it was so.
    pub as_of: Option<Spanned<Date>>,
    /// How it is printed.
    pub format: Option<Spanned<Format>>,
    /// What it is worked out by.
    pub compute: Option<Expression<Formula>>,
    /// To how many digits it is rounded.
    pub round: Option<Round>,
}
