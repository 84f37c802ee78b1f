//! The report file, read and checked.

pub mod literal;
pub mod raw;
mod slips;
mod style;

pub use style::{Embed, Faces, Lead, Numbering, PageNumber, PageStyle, Sizes, Style};
