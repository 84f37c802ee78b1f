//! `manifest.toml` of a bundle: what it says of itself, and its list of files.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml::de::{DeTable, DeValue};

use super::{About, Bundle, BundleFault, sha256};

/// The form of bundles that this version writes, and the latest that it reads.
const FORM: i64 = 1;

/// What the list of a bundle says.
pub(super) struct Contents {
    pub(super) about: About,
    pub(super) template: String,
    /// [`Bundle::digest`] when it was packed.
    pub(super) digest: String,
    /// The SHA-256 of each file.
    pub(super) files: BTreeMap<String, String>,
}

/// The list of `bundle`.
pub(super) fn write(bundle: &Bundle) -> String {
    let About { name, version, requires } = &bundle.about;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "[bundle]\nform = {FORM}");
    for (key, value) in [("name", name), ("version", version), ("requires", requires)] {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    let _ = writeln!(out, "template = {}", quoted(&bundle.template));
    let _ = writeln!(out, "sha256 = \"{}\"\n\n[files]", bundle.digest());
    for (name, bytes) in &bundle.files {
        let _ = writeln!(out, "{} = \"{}\"", quoted(name), sha256(bytes));
    }
    out
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// Reads the list of a bundle.
///
/// # Errors
/// [`BundleFault::Contents`], or [`BundleFault::Later`] for a form that this version does not know.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, BundleFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| BundleFault::Contents)?;
    let document = DeTable::parse(text).map_err(|_| BundleFault::Contents)?;
    let table = |name: &str| match document.get_ref().get(name).map(toml::Spanned::get_ref) {
        Some(DeValue::Table(table)) => Ok(table),
        Some(_) | None => Err(BundleFault::Contents),
    };
    let (head, listed) = (table("bundle")?, table("files")?);
    let string = |key: &str| head.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
    let form = head.get("form").and_then(|value| value.get_ref().as_integer()?.as_str().parse::<i64>().ok());
    match form {
        Some(FORM) => {}
        Some(later) if later > FORM => return Err(BundleFault::Later(later)),
        Some(_) | None => return Err(BundleFault::Contents),
    }
    let about = About { name: string("name"), version: string("version"), requires: string("requires") };
    let files = listed
        .iter()
        .map(|(name, digest)| Some((name.get_ref().to_string(), digest.get_ref().as_str()?.to_owned())))
        .collect::<Option<_>>()
        .ok_or(BundleFault::Contents)?;
    let needed = |key| string(key).ok_or(BundleFault::Contents);
    Ok(Contents { about, template: needed("template")?, digest: needed("sha256")?, files })
}
