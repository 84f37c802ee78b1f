//! Holes in a text: finding them, and matching phrases to them.

mod groups;
mod matching;
mod measure;
mod phrase;
mod places;
mod scan;
mod signs;
mod words;

pub use groups::{DatePart, ListShape, date_shape, list_shape};
pub use matching::{Claims, Key, Occurrence, Passage, Rivals, Scope, TooMany, claim};
pub use measure::{Measure, measure};
pub use phrase::{HOLE, Phrase};
pub use places::{Joint, bare, is_town_word, joined, joint, misfit};
pub use scan::{Fault, FaultKind, Kind, Literals, Placeholder, Scan, code_spans, only_hole, scan};
pub use signs::{is_marker, plain_marker};
pub use words::{follows_star, is_blank, is_hanzi, right_word, title_at_end, unit};
