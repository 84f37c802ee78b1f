//! Standard output and standard error: the one place that writes to them.
//!
//! A reader that closed its end, as `head` does, has what it wanted: what is still to come is dropped, and the run ends
//! with the status that its work gives it. Output that is lost in another way, on a full disk, is a failure.

use std::io::{self, BufWriter, ErrorKind, Write, stderr, stdout};

use anyhow::Result;
use report_gen::visible;

/// Where something is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Writes words to standard output, as [`visible::lines`] makes them fit.
///
/// # Errors
/// The output is full.
pub(in crate::cli) fn out(text: &str) -> Result<()> {
    raw(visible::lines(text).as_bytes())
}

/// Writes a result for programs to standard output, byte for byte.
///
/// # Errors
/// The output is full.
pub(in crate::cli) fn raw(bytes: &[u8]) -> Result<()> {
    stream(Stream::Out, |out| out.write_all(bytes))
}

/// Writes words to standard error, as [`visible::lines`] makes them fit.
///
/// # Errors
/// The output is full.
pub(in crate::cli) fn err(text: &str) -> Result<()> {
    styled(&visible::lines(text))
}

/// Writes to standard error what has the terminal's colours, and whose words [`visible`] made fit.
///
/// # Errors
/// The output is full.
pub(in crate::cli) fn styled(text: &str) -> Result<()> {
    stream(Stream::Err, |err| err.write_all(text.as_bytes()))
}

/// Writes what `write` gives, piece by piece.
///
/// # Errors
/// The output is full.
pub(super) fn stream(stream: Stream, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut to: BufWriter<Box<dyn Write>> = BufWriter::new(match stream {
        Stream::Out => Box::new(stdout().lock()),
        Stream::Err => Box::new(stderr().lock()),
    });
    match write(&mut to).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
