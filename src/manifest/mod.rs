//! The report file, read and checked.

mod style;

pub use style::{Embed, Faces, Lead, Numbering, PageNumber, PageStyle, Sizes, Style};
