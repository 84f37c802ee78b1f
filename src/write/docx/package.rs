//! The zip file, with its parts in a fixed order and at a fixed time.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::sync::{Arc, LazyLock};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::fonts::embed::embed;
use crate::fonts::{Fonts, Memo, PackedPart, Role};
use crate::write::WriteError;

/// How hard XML is deflated.
const LEVEL: i64 = 6;
/// How hard faces are deflated, most of the time of a Word file: level 6 takes 1.4 times as long as this one
/// and makes them 2.5 per cent smaller.
const FACE_LEVEL: i64 = 2;

/// Zip files with one part, by its name and contents.
type Shared = Memo<(String, Vec<u8>), Vec<u8>>;

/// The parts so far.
pub(super) struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    pub(super) fn new() -> Self {
        Package(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// A finished package, to add to.
    pub(super) fn again(package: Vec<u8>) -> Result<Self, WriteError> {
        Ok(Package(ZipWriter::new_append(Cursor::new(package)).map_err(failed)?))
    }

    /// Adds a part.
    pub(super) fn add(&mut self, name: &str, part: &[u8]) -> Result<(), WriteError> {
        self.deflate(name, part, LEVEL)
    }

    /// Adds a part that other reports of a batch have, too: it is deflated once for all of them.
    pub(super) fn share(&mut self, name: &str, part: Vec<u8>) -> Result<(), WriteError> {
        static PACKED: LazyLock<Shared> = LazyLock::new(Memo::default);
        let part = (name.to_owned(), part);
        let packed = PACKED.get(&part, || {
            let mut package = Package::new();
            package.add(&part.0, &part.1)?;
            package.finish()
        })?;
        self.merge(&packed)
    }

    /// Adds a part that has been packed in its own way, as it is.
    pub(super) fn store(&mut self, name: &str, part: &[u8]) -> Result<(), WriteError> {
        let options = options().compression_method(CompressionMethod::Stored);
        self.0.start_file(name, options).map_err(failed)?;
        self.0.write_all(part).map_err(failed)
    }

    fn deflate(&mut self, name: &str, part: &[u8], level: i64) -> Result<(), WriteError> {
        self.0.start_file(name, options().compression_level(Some(level))).map_err(failed)?;
        self.0.write_all(part).map_err(failed)
    }

    /// Adds a face that was packed before, as it is.
    pub(super) fn add_face(&mut self, face: &PackedFace) -> Result<(), WriteError> {
        self.merge(&face.packed.archive)
    }

    fn merge(&mut self, archive: &[u8]) -> Result<(), WriteError> {
        let archive = ZipArchive::new(Cursor::new(archive)).map_err(failed)?;
        self.0.merge_archive(archive).map_err(failed)
    }

    /// The whole file.
    pub(super) fn finish(self) -> Result<Vec<u8>, WriteError> {
        Ok(self.0.finish().map_err(failed)?.into_inner())
    }
}

/// The same on every system: `zip` otherwise notes the one it was built for.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
}

fn failed(error: impl std::fmt::Display) -> WriteError {
    WriteError::Library(format!("the Word file could not be packed: {error}"))
}

/// A face cut down to some characters, obfuscated and deflated: most of the work of a Word file. It depends
/// on the face and the characters alone, so that reports with the same characters can share it.
#[derive(Clone, Debug)]
pub(super) struct PackedFace {
    /// The face.
    pub(super) role: Role,
    packed: Arc<PackedPart>,
}

impl PackedFace {
    /// Packs the part of the face of `role` that sets `chars`, or takes what was packed before.
    ///
    /// # Errors
    ///
    /// [`WriteError::Library`] for a face that cannot be read.
    pub(super) fn new(fonts: &Fonts, role: Role, chars: &BTreeSet<char>) -> Result<Self, WriteError> {
        let packed = fonts.face(role).cuts().in_word.get(&(role, chars.clone()), || {
            let embedded = embed(fonts.face(role), chars).map_err(WriteError::Library)?;
            let mut package = Package::new();
            package.deflate(&format!("word/{}", target(role)), &embedded.data, FACE_LEVEL)?;
            Ok::<_, WriteError>(PackedPart { key: embedded.key, archive: package.finish()? })
        })?;
        Ok(PackedFace { role, packed })
    }

    /// Key of the obfuscation, a GUID in braces.
    pub(super) fn key(&self) -> &str {
        &self.packed.key
    }

    /// Name of the part under `word/`.
    pub(super) fn target(&self) -> &'static str {
        target(self.role)
    }
}

fn target(role: Role) -> &'static str {
    match role {
        Role::Body => "fonts/body.odttf",
        Role::Heading1 => "fonts/heading1.odttf",
        Role::Heading2 => "fonts/heading2.odttf",
        Role::Title => "fonts/title.odttf",
        Role::Song => "fonts/song.odttf",
        Role::Rare => "fonts/rare.odttf",
        Role::Latin => "fonts/latin.odttf",
        Role::SpareBody => "fonts/bodySpare.odttf",
        Role::SpareHeading1 => "fonts/heading1Spare.odttf",
        Role::SpareHeading2 => "fonts/heading2Spare.odttf",
        Role::SpareTitle => "fonts/titleSpare.odttf",
        Role::SpareSong => "fonts/songSpare.odttf",
        Role::SpareRare => "fonts/rareSpare.odttf",
    }
}
