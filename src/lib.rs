//! Reports from a text full of holes. (The pipeline's prose follows with the modules.)

pub mod diag;
pub mod doc;
pub mod expr;
pub mod fonts;
pub mod layout;
pub mod length;
pub mod manifest;
pub mod number;
pub mod source;
pub mod world;
pub mod write;
