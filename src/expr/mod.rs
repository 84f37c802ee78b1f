//! Expressions over figures: rules (勾稽关系), conditions of sections, computed figures.
//!
//! [`Condition::parse`] and [`Formula::parse`] read text, and a [`SyntaxFault`] says where it goes wrong.
//! What is read has a type: a condition is true or false, a formula is a value. Both list the
//! figures that they read, so that cycles are found before anything is worked out.
//! [`Condition::judge`] and [`Formula::compute`] then work in exact fractions over an [`Env`],
//! and round once, at the end. Length and depth of what is read are limited and there are no
//! loops, so every expression comes to an end.

mod bounds;
mod call;
mod env;
mod eval;
mod fault;
mod judge;
mod parse;
mod print;
mod token;
mod towns;
mod tree;
pub(crate) mod unit;
mod worked;

#[cfg(test)]
mod tests;

pub use env::{Entry, Env, Origin, Resolved, Value};
pub use eval::{Fault, UnitMix};
pub use fault::{Advice, SyntaxFault};
pub use judge::{Computed, Options, Outcome, Verdict};
pub use tree::{Condition, Formula, Reference, Scope};
pub use worked::{Comparison, Piece, Side};

/// The longest text of an expression, in bytes: some two hundred figures.
pub const MAX_LENGTH: usize = 8 * 1024;

/// How deep brackets and functions may stand in each other.
pub const MAX_DEPTH: usize = 32;
