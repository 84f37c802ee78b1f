//! The proofreader on whole files: clean prose is left in peace, and a mended file says what it said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "lint/prose.rs"]
mod prose;
#[path = "lint/mended.rs"]
mod mended;
