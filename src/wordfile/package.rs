//! The zip file of an office document, Word file or workbook: its parts, within limits, and how they refer to each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refused;
use super::xml::{self, Element};

/// The most entries of a package.
const MOST_ENTRIES: usize = 2_000;
/// The most bytes of a part, unpacked.
const MOST_OF_PART: u64 = 32 * 1024 * 1024;
/// The most bytes of all parts that are read, unpacked.
const MOST_IN_ALL: u64 = 64 * 1024 * 1024;
/// What an OLE file begins with: old Word files, and encrypted new ones.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// A package that is being read.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// What a part refers to, by relationship id.
#[derive(Debug, Default)]
pub(crate) struct Relationships(BTreeMap<String, Relationship>);

#[derive(Debug)]
struct Relationship {
    /// The last part of its type's name: `styles`.
    kind: String,
    /// The part's name; none where it lies outside the package.
    part: Option<String>,
    /// The address of what lies outside the package.
    address: Option<String>,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Refused> {
        if bytes.starts_with(OLE) {
            return Err(Refused::OldOrLocked);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refused::Zip(error.to_string()))?;
        if archive.len() > MOST_ENTRIES {
            return Err(Refused::Limit("2000 entries"));
        }
        Ok(Package { archive, left: MOST_IN_ALL })
    }

    /// The root of a part; none where the package has no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Element>, Refused> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text =
            decoded(&bytes).ok_or_else(|| Refused::Part { part: name.to_owned(), why: "not UTF-8".to_owned() })?;
        xml::parse(&text, name).map(Some)
    }

    /// The bytes of a part; none where the package has no such part.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        let damaged = |why: String| Refused::Part { part: name.to_owned(), why };
        let limit = MOST_OF_PART.min(self.left);
        let entry = self.archive.by_name(name).map_err(|error| damaged(error.to_string()))?;
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Refused::Limit("32 MiB a part, 64 MiB in all"));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// The name of the part that has the text.
    pub(super) fn main_part(&mut self) -> Result<String, Refused> {
        Ok(self.relationships("")?.of_kind("officeDocument").unwrap_or("word/document.xml").to_owned())
    }

    /// The CRC-32 and the size in bytes of a part, as the package has noted them; none where it has no such part.
    pub(super) fn checksum(&mut self, name: &str) -> Option<(u32, u64)> {
        let number = self.archive.index_for_name(name)?;
        let entry = self.archive.by_index_raw(number).ok()?;
        Some((entry.crc32(), entry.size()))
    }

    /// The name, CRC-32 and size of every part, as the package has noted them.
    pub(super) fn checksums(&mut self) -> Result<Vec<(String, u32, u64)>, Refused> {
        let count = self.archive.len();
        let archive = &mut self.archive;
        let noted = |number| {
            let entry = archive.by_index_raw(number).map_err(|error| Refused::Zip(error.to_string()))?;
            Ok((entry.name().to_owned(), entry.crc32(), entry.size()))
        };
        (0..count).map(noted).collect()
    }

    /// What the part `name` refers to; of the whole package where `name` is empty.
    pub(crate) fn relationships(&mut self, name: &str) -> Result<Relationships, Refused> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(root) = self.part(&format!("{beside}_rels/{file}.rels"))? else {
            return Ok(Relationships::default());
        };
        let read = root.elements().filter_map(|element| {
            let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
            let outside = element.attribute("TargetMode") == Some("External");
            let target = element.attribute("Target");
            let part = target.filter(|_| !outside).and_then(|target| resolved(folder, target));
            let address = target.filter(|_| outside).map(str::to_owned);
            Some((element.attribute("Id")?.to_owned(), Relationship { kind, part, address }))
        });
        Ok(Relationships(read.collect()))
    }
}

impl Relationships {
    /// The part that the relationship `id` leads to.
    pub(crate) fn part(&self, id: &str) -> Option<&str> {
        self.0.get(id)?.part.as_deref()
    }

    /// The address outside the package that the relationship `id` leads to.
    pub(super) fn address(&self, id: &str) -> Option<&str> {
        self.0.get(id)?.address.as_deref()
    }

    /// The first part of the kind `kind`.
    pub(crate) fn of_kind(&self, kind: &str) -> Option<&str> {
        self.0.values().find(|relationship| relationship.kind == kind)?.part.as_deref()
    }

    /// All parts of the kind `kind`.
    pub(super) fn all_of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.0.values().filter(move |relationship| relationship.kind == kind).filter_map(|found| found.part.as_deref())
    }
}

/// The name of the part that `target` means beside the parts of `folder`.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        path.extend(folder.split('/').filter(|part| !part.is_empty()));
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// A part as text: UTF-8, or UTF-16 with its mark.
pub(crate) fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]),
        None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_beside_their_part_or_from_the_root() {
        assert_eq!(resolved("word", "media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!(resolved("word", "/word/./styles.xml").as_deref(), Some("word/styles.xml"));
        assert_eq!(resolved("word", "../docProps/app.xml").as_deref(), Some("docProps/app.xml"));
        assert_eq!(resolved("", "../a"), None);
    }
}
