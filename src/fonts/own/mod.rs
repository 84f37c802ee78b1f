//! The faces that an office brings: `--font-dir`, and `[style] fonts`.
//!
//! `names` reads what the faces of a file are called, and nothing else of it; `library` knows all that were found, and
//! reads a file whole when one of its faces is used; `candidates` are the names of a role's faces on Chinese computers;
//! `choose` gives each role its face, and says why.
//!
//! A font file is as trusted as any file from elsewhere. It is read by parsers that look before they step, and the
//! libraries that cut it down are watched by `guard`: what they choke on is a fault of the file.

mod candidates;
mod choose;
mod library;
mod names;

pub use choose::{Asked, Choice, Chosen, Used, Why};
pub use library::Library;
