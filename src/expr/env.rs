//! Where an expression's figures come from.

use std::borrow::Cow;

use super::tree::Reference;
use crate::number::{Date, Decimal};

/// The figures of a report, as expressions see them.
pub trait Env {
    /// What is known of the figure that `reference` names; asked once for each figure of an expression.
    fn resolve(&self, reference: &Reference) -> Resolved<'_>;

    /// The names of the towns in a roll-up, in the order in which `towns."key"` has their values; none elsewhere.
    fn towns(&self) -> &[String] {
        &[]
    }
}

/// What is known of a figure.
#[derive(Clone, Debug)]
pub enum Resolved<'a> {
    /// No figure has the key.
    Unknown,
    /// It has no value yet.
    Missing,
    /// Its values: one, or one a hole, a cell of a column, a town. An empty cell is no value and is left out.
    Known(Cow<'a, [Entry]>),
}

/// One value of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// Its unit, as the text has it: 万元, 处, %.
    pub unit: Option<String>,
    /// Whether the digits are all there are, as with money; if not, a number with a point is known to half its last digit.
    pub exact: bool,
    /// Where it was written.
    pub origin: Origin,
}

/// A place that the [`Env`]'s owner knows, as a number of its own: a cell of a table has no line and column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin(pub u32);

/// A value that an expression can read, or come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, with its printed digits.
    Number(Decimal),
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// Names; as a number it is their count, as in `等5篇`.
    List {
        /// The names.
        names: Vec<String>,
        /// How many there are, perhaps more than are named.
        count: Decimal,
    },
}
