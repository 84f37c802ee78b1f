//! What printpdf has no word for, and the file's bytes.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};

use super::faces::PdfFace;
use super::structure::Structure;
use super::{links, metadata, outline, seal, srgb};
use crate::doc::Doc;
use crate::fonts::Role;
use crate::layout::Pages;
use crate::manifest::PdfStandard;
use crate::write::WriteError;

/// Deflate's level: past it the outlines of faces get no smaller, only slower.
const LEVEL: Compression = Compression::new(6);

pub(super) fn finish(
    mut document: Document,
    pages: &Pages,
    doc: &Doc,
    mut structure: Structure,
    faces: &BTreeMap<Role, PdfFace>,
) -> Result<Vec<u8>, WriteError> {
    let (meta, standard) = (&doc.meta, doc.style.pdf_standard);
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for (id, placed) in page_ids.iter().zip(&pages.pages) {
        if let Ok(page) = document.get_dictionary_mut(*id) {
            page.remove(b"Annots");
            if placed.turned {
                // Shown as it is read; the paper lies as it did.
                page.set("Rotate", 90);
            }
        }
    }
    links::write(&mut document, &page_ids, pages, &mut structure);
    let outline = outline::write(&mut document, &page_ids, pages);
    let tree = structure.write(&mut document, &page_ids);
    let info = document.add_object(metadata::info(meta));
    if let Ok(Object::Reference(old)) = document.trailer.get(b"Info") {
        document.objects.remove(&old.clone());
    }
    document.trailer.set("Info", info);
    let xmp = metadata::xmp(meta, standard).into_bytes();
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp)
        // Readers of files look for the packet without knowing PDF; PDF/A-1 asks for it (ISO 19005-1, 6.7.2).
        .with_compression(false);
    let xmp = document.add_object(xmp);
    let intent = (standard != PdfStandard::None).then(|| output_intent(&mut document)).transpose()?;
    let catalog = document.catalog_mut().map_err(refused)?;
    catalog.set("Metadata", xmp);
    catalog.set("Lang", text_string(metadata::language(meta)));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(intent) = intent {
        catalog.set("OutputIntents", vec![intent]);
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    if standard == PdfStandard::A1b {
        list_glyphs(&mut document, faces);
    }
    compress(&mut document, faces)?;
    let id = Object::String(vec![0; seal::LENGTH], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    match standard {
        PdfStandard::A1b => {
            document.version = "1.4".to_string();
            document.save_to(&mut bytes).map_err(refused)?;
        }
        PdfStandard::A2b | PdfStandard::A2a | PdfStandard::None => {
            document.version = "1.7".to_string();
            document.save_modern(&mut bytes).map_err(refused)?;
        }
    }
    seal::seal(bytes)
}

/// What the colours of the file are those of (ISO 32000-1, 14.11.5).
fn output_intent(document: &mut Document) -> Result<Object, WriteError> {
    // The same in every report.
    static DEFLATED: OnceLock<Vec<u8>> = OnceLock::new();
    let deflated = match DEFLATED.get() {
        Some(deflated) => deflated,
        None => {
            let deflated = Deflater::default().deflate(&srgb::profile())?;
            DEFLATED.get_or_init(|| deflated)
        }
    };
    let mut profile = Stream::new(dictionary! { "N" => 3 }, deflated.clone());
    profile.dict.set("Filter", "FlateDecode");
    let profile = document.add_object(profile);
    let condition = Object::string_literal(srgb::CONDITION);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => condition.clone(),
        "Info" => condition,
        "DestOutputProfile" => profile,
    };
    Ok(intent.into())
}

/// Tells which glyphs each face has: all, up to its last (`CIDSet`; ISO 19005-1, 6.3.5). Later parts need no such list.
fn list_glyphs(document: &mut Document, faces: &BTreeMap<Role, PdfFace>) {
    for face in faces.values() {
        let mut bits = vec![0xFF; usize::from(face.glyphs / 8)];
        if face.glyphs % 8 > 0 {
            bits.push(0xFF << (8 - face.glyphs % 8));
        }
        let set = document.add_object(Stream::new(dictionary! {}, bits));
        let descriptor = document.objects.values_mut().find_map(|object| {
            let dictionary = object.as_dict_mut().ok()?;
            let name = dictionary.get(b"FontName").and_then(Object::as_name).ok()?;
            (name == face.cut.subset.name.as_bytes()).then_some(dictionary)
        });
        if let Some(descriptor) = descriptor {
            descriptor.set("CIDSet", set);
        }
    }
}

/// Deflates every stream that may be. lopdf would do it at deflate's highest level, at twice the time.
fn compress(document: &mut Document, faces: &BTreeMap<Role, PdfFace>) -> Result<(), WriteError> {
    // One for all: to set up its tables takes as long as to deflate a short stream.
    let mut deflater = Deflater::default();
    for object in document.objects.values_mut() {
        let Ok(stream) = object.as_stream_mut() else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let face = faces.values().find(|face| face.cut.subset.program == stream.content);
        let packed = match face.map(|face| &face.cut.deflated) {
            None => deflater.deflate(&stream.content)?,
            Some(known) => match known.get() {
                Some(packed) => packed.clone(),
                None => {
                    let packed = deflater.deflate(&stream.content)?;
                    known.get_or_init(|| packed).clone()
                }
            },
        };
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    Ok(())
}

/// Deflates one stream after the other, each by itself.
struct Deflater(ZlibEncoder<Vec<u8>>);

impl Default for Deflater {
    fn default() -> Self {
        Deflater(ZlibEncoder::new(Vec::new(), LEVEL))
    }
}

impl Deflater {
    /// `content`, deflated.
    ///
    /// # Errors
    /// [`WriteError::Library`] where the library refuses.
    fn deflate(&mut self, content: &[u8]) -> Result<Vec<u8>, WriteError> {
        let packed = self.0.write_all(content).and_then(|()| self.0.reset(Vec::new()));
        packed.map_err(|error| WriteError::Library(error.to_string()))
    }
}

fn refused(error: impl std::fmt::Display) -> WriteError {
    WriteError::Library(error.to_string())
}
