//! The note in a Word file of what it said when it was written.

use super::package::Package;
use super::xml::Element;
use crate::bundle::sha256;
use crate::wordfile;
use crate::write::{Made, WriteError};

/// The part with the properties that programs give a file.
pub(super) const PART: &str = "docProps/custom.xml";
/// The part with the dates of the file.
const DATES: &str = "docProps/core.xml";
/// The property's name.
const NAME: &str = "report-gen";
/// The beginning of the property; it changes where the notation of [`wordfile::content`] or [`wordfile::checksums`] does.
/// The hash of the content follows, a blank, and the hash of the other parts.
const KIND: &str = "content-2 ";
/// The set that properties of programs belong to (ISO/IEC 29500-1, 22.3).
const SET: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// `package` with the note of its content.
///
/// # Errors
/// [`WriteError::Library`] where the package can't be read back.
pub(super) fn sealed(package: Vec<u8>) -> Result<Vec<u8>, WriteError> {
    let note = note(&package).map_err(|refused| WriteError::Library(refused.to_string()))?;
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006";
    let property = Element::new("property")
        .with("fmtid", SET)
        // The first two numbers are taken.
        .with("pid", 2)
        .with("name", NAME)
        .child(Element::new("vt:lpwstr").text(&note));
    let properties = Element::new("Properties")
        .with("xmlns", format!("{namespace}/custom-properties"))
        .with("xmlns:vt", format!("{namespace}/docPropsVTypes"))
        .child(property);
    let mut package = Package::again(package)?;
    package.add(PART, &properties.to_part())?;
    package.finish()
}

/// What the property of a file with this content says.
fn note(file: &[u8]) -> Result<String, wordfile::Refused> {
    Ok(format!("{KIND}{} {}", content(file)?, parts(file)?))
}

fn content(file: &[u8]) -> Result<String, wordfile::Refused> {
    Ok(sha256(wordfile::content(file)?.as_bytes()))
}

fn parts(file: &[u8]) -> Result<String, wordfile::Refused> {
    Ok(sha256(wordfile::checksums(file, &[PART, DATES])?.as_bytes()))
}

/// True if `file` is as `noted`. The table of its parts tells it of a file that nobody has opened since, in a fraction of
/// the time that its words take.
fn is_as_noted(file: &[u8], noted: &str) -> bool {
    let Some((words, rest)) = noted.strip_prefix(KIND).and_then(|hashes| hashes.split_once(' ')) else { return false };
    parts(file).is_ok_and(|parts| parts == rest) || content(file).is_ok_and(|content| content == words)
}

/// Tells a Word file of this program from others, and one that was edited since; that another program only saved it
/// again, as LibreOffice does, is no edit.
pub fn made(file: &[u8]) -> Made {
    match wordfile::property(file, NAME) {
        Ok(Some(noted)) if is_as_noted(file, &noted) => Made::Untouched,
        Ok(Some(_)) => Made::Edited,
        Ok(None) | Err(_) => Made::Elsewhere,
    }
}
