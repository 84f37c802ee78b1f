//! The faces of folders: all are known by name, and read when they are used.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use owned_ttf_parser::{AsFaceRef, OwnedFace};
use ttf_parser::{Permissions, Tag};

use super::names::{Found, faces, plain};
use crate::diag::Text;
use crate::fonts::Cuts;
use crate::fonts::guard::guarded;
use crate::fonts::own_face::{Embedding, OwnFace};
use crate::text;
use crate::world::World;

/// Most bytes of a font file; the largest of Chinese faces have some 60 million.
const MOST_BYTES: u64 = 128 << 20;
/// What font files end in.
const ENDINGS: [&str; 4] = [".ttf", ".ttc", ".otf", ".otc"];

/// The faces of some folders.
pub struct Library {
    found: Vec<Found>,
    unreadable: Vec<(String, Text)>,
    /// Faces that were read, or why they can't be used, by file and number. All reports of a batch share them.
    read: Mutex<BTreeMap<(String, u32), Outcome>>,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("found", &self.found.len()).finish_non_exhaustive()
    }
}

/// A face, or why it can't be used.
type Outcome = Result<Arc<OwnFace>, Refusal>;

/// Why a face can't be used.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// Its maker does not allow it.
    Forbidden(Text),
    /// It is damaged, or of a kind that the program can't set.
    Bad(Text),
}

impl Library {
    /// The faces of the files in `folders`, and below them, in this order; files of a folder by name.
    ///
    /// # Errors
    /// The folder that can't be read, and why.
    pub fn open(folders: &[String], world: &dyn World) -> Result<Self, (String, io::Error)> {
        let mut library = Library { found: Vec::new(), unreadable: Vec::new(), read: Mutex::default() };
        for folder in folders {
            let files = world.list(folder).map_err(|error| (folder.clone(), error))?;
            for file in files {
                let name = file.to_lowercase();
                if !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                    continue;
                }
                match faces(&file, world) {
                    Ok(faces) => library.found.extend(faces),
                    Err(why) => library.unreadable.push((file, why)),
                }
            }
        }
        Ok(library)
    }

    /// How many faces it has.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The font files that can't be read, and why.
    pub fn unreadable(&self) -> &[(String, Text)] {
        &self.unreadable
    }

    /// What tells these faces from others, or from other versions of them: for whoever keeps what was made with them.
    pub fn stamp(&self) -> String {
        let faces = self.found.iter().map(|face| format!("{} {} {:08x}\n", face.path, face.index, face.stamp));
        faces.collect()
    }

    /// The first face that is called `name`.
    pub(super) fn find(&self, name: &str) -> Option<&Found> {
        let name = plain(name);
        self.found.iter().find(|face| face.names.contains(&name))
    }

    /// All names of families, for advice.
    pub(super) fn families(&self) -> impl Iterator<Item = &str> {
        self.found.iter().flat_map(|face| [face.family_zh.as_str(), face.family.as_str()])
    }

    /// Reads a face, once.
    pub(super) fn read(&self, face: &Found, world: &dyn World) -> Outcome {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry((face.path.clone(), face.index)).or_insert_with(|| OwnFace::read(face, world).map(Arc::new)).clone()
    }
}

impl OwnFace {
    fn read(face: &Found, world: &dyn World) -> Result<Self, Refusal> {
        let bytes = world.read_part(&face.path, 0, MOST_BYTES + 1);
        let bytes = bytes.map_err(|error| Refusal::Bad(text!("读不了：{error}", "it cannot be read: {error}")))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Refusal::Bad(text!("超过 128 MB", "it is over 128 MB")));
        }
        let damaged =
            |error: ttf_parser::FaceParsingError| Refusal::Bad(text!("文件坏了：{error}", "damaged: {error}"));
        let tables = guarded(|| OwnedFace::from_vec(bytes, face.index))
            .map_err(|_| Refusal::Bad(text!("文件坏了", "damaged")))?
            .map_err(damaged)?;
        let parsed = tables.as_face_ref();
        let has = |tag: &[u8; 4]| parsed.raw_face().table(Tag::from_bytes(tag)).is_some();
        if has(b"fvar") {
            let why = text!("可变字体，请换成普通的字体文件", "a variable face; take one of a single weight");
            return Err(Refusal::Bad(why));
        }
        let is_postscript = parsed.tables().cff.is_some() && parsed.tables().glyf.is_none();
        if parsed.tables().cmap.is_none()
            || parsed.tables().hmtx.is_none()
            || !is_postscript && parsed.tables().glyf.is_none()
        {
            return Err(Refusal::Bad(text!("里面没有字形", "it has no outlines of characters")));
        }
        let embedding = embedding(parsed)?;
        let postscript_name = face.postscript_name.clone();
        Ok(OwnFace { index: face.index, postscript_name, is_postscript, embedding, cuts: Cuts::default(), tables })
    }
}

/// Where a face may be put (OpenType 1.9, OS/2 `fsType`).
fn embedding(face: &ttf_parser::Face<'_>) -> Result<Embedding, Refusal> {
    let Some(os2) = face.tables().os2 else { return Ok(Embedding::Editable) };
    if !os2.is_subsetting_allowed() || !os2.is_outline_embedding_allowed() {
        return Err(Refusal::Forbidden(text!(
            "字体不允许只嵌入用到的字",
            "it does not allow that the characters used alone are embedded"
        )));
    }
    match os2.permissions() {
        Some(Permissions::Installable | Permissions::Editable) => Ok(Embedding::Editable),
        Some(Permissions::PreviewAndPrint) => Ok(Embedding::Printable),
        Some(Permissions::Restricted) | None => {
            Err(Refusal::Forbidden(text!("字体不允许嵌入", "it does not allow that it is embedded")))
        }
    }
}
