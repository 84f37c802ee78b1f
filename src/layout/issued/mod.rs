//! The parts of an issued document besides its text: 版头, 版记 and the room for seals.
//!
//! `mark` sets 发文机关标志, `head` places 版头 with its red rules, `colophon` sets 版记, `seals` places signatures under
//! seals. Both outputs ask here, so that they have the same measures.

mod colophon;
mod head;
mod mark;
mod seals;

pub use colophon::{ColophonMeasure, ColophonPage, measure as measure_colophon};
pub use head::{Head, HeadPlace, RedRule, RuleKind, head};
pub use mark::MarkMeasure;
pub use seals::centres;

pub(crate) use colophon::{THICK as COLOPHON_THICK, THIN as COLOPHON_THIN};

pub(super) use colophon::colophon;
pub(super) use head::{Rows, is_letter, rows};
pub(super) use seals::{from_right, line as seal_line};
