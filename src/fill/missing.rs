//! Figures that have no value: what a draft leaves open.

use std::ops::Range;

use super::{Place, Read, Work};
use crate::manifest::Kind;
use crate::placeholder::{Scope, list_shape};
use crate::source::Span;

/// What an open hole waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A figure without a value.
    Figure {
        /// Its number among [`Fill::missing`](super::Fill::missing).
        missing: usize,
        /// Which of the holes that it fills at one place, from 0.
        hole: usize,
    },
    /// The figures that it is computed from.
    Others,
}

/// A figure that has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its key: as written, or as offered where the report file has none yet.
    pub key: String,
    /// Where it may fill holes.
    pub scope: Scope,
    /// The `id` of the section that it belongs to, if the section has one.
    pub section: Option<String>,
    /// Its number in the report file; none where it is not there yet.
    pub figure: Option<usize>,
    /// What its value is made of.
    pub shape: Shape,
    /// Whether the hole has first to be written as `X{key}`, since no phrase tells it from others.
    pub unnamed: bool,
    /// What its table says that it is (`kind`).
    pub kind: Option<Kind>,
    /// Its first place in the text, or the expression that reads it.
    pub span: Span,
    /// Where the report file has its value, still empty; its place in the text where the file has no such figure.
    pub value_span: Span,
    /// Where the text asks for it, where the report file does not have it yet.
    pub places: Vec<Place>,
}

/// What the value of a figure is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One,
    /// A value for each of so many holes.
    Several(usize),
    /// Names, as many as there are.
    List {
        /// How many holes are names; they come first.
        names: usize,
        /// Whether a last hole is their number.
        counted: bool,
    },
}

impl Shape {
    /// What fills `holes` of a text.
    pub(super) fn of(read: &Read<'_>, holes: &Range<usize>) -> Self {
        let list = list_shape(read.field.text.text(), &read.scan.holes[holes.clone()]);
        match list {
            Some(list) if list.names + usize::from(list.counted) == holes.len() => {
                Shape::List { names: list.names, counted: list.counted }
            }
            Some(_) | None if holes.len() == 1 => Shape::One,
            Some(_) | None => Shape::Several(holes.len()),
        }
    }

    /// How many holes it fills at a place.
    pub fn holes(self) -> usize {
        match self {
            Shape::One => 1,
            Shape::Several(holes) => holes,
            Shape::List { names, counted } => names + usize::from(counted),
        }
    }
}

impl Missing {
    /// The key as it can stand in `[figures]` or in a values file: with the section's id before it where it belongs
    /// to one that has an id.
    pub fn address(&self) -> String {
        match &self.section {
            Some(section) => format!("{section}>{}", self.key),
            None => self.key.clone(),
        }
    }

    /// Whether only the `[section.figures]` of its section can hold it, for want of an id to name the section by.
    pub fn is_unaddressed(&self) -> bool {
        self.section.is_none() && matches!(self.scope, Scope::Section(_))
    }
}

impl Work<'_, '_> {
    /// A figure of the report file that has no value.
    pub(super) fn missing(&self, figure: usize, shape: Shape, span: Span) -> Missing {
        let key = self.manifest.figures[figure].phrase().to_owned();
        let scope = self.manifest.figures[figure].scope;
        Missing {
            key,
            scope,
            section: self.manifest.section_id(scope).map(str::to_owned),
            figure: Some(figure),
            shape,
            unnamed: false,
            kind: self.manifest.figures[figure]
                .declaration
                .as_ref()
                .and_then(|declared| declared.kind.as_ref())
                .map(|kind| kind.value),
            span,
            value_span: self.manifest.figures[figure].value.span,
            places: Vec::new(),
        }
    }
}
