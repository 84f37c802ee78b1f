//! The proofreader on whole files: clean prose is left in peace, and a mended file says what it said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "the hits of each rule are for whoever asks with --nocapture")]

mod judged;
mod mended;
mod prose;
