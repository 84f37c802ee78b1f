//! What printpdf has no word for, and the file's bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};
use sha2::{Digest, Sha256};

use super::metadata;
use crate::doc::Meta;
use crate::layout::{Bookmark, Pages};
use crate::length::Length;
use crate::write::WriteError;

/// Deflate's level: past it the outlines of faces get no smaller, only slower.
const LEVEL: Compression = Compression::new(6);

pub(super) fn finish(mut document: Document, pages: &Pages, meta: &Meta) -> Result<Vec<u8>, WriteError> {
    document.version = "1.7".to_string();
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for id in &page_ids {
        if let Ok(page) = document.get_dictionary_mut(*id) {
            page.remove(b"Annots");
        }
    }
    links(&mut document, pages, &page_ids);
    let outline = outline(&mut document, &pages.outline, &page_ids, pages);
    let info = document.add_object(metadata::info(meta));
    if let Ok(Object::Reference(old)) = document.trailer.get(b"Info") {
        document.objects.remove(&old.clone());
    }
    document.trailer.set("Info", info);
    let xmp = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, metadata::xmp(meta).into_bytes())
        // Readers of files look for the packet without knowing PDF.
        .with_compression(false);
    let xmp = document.add_object(xmp);
    let catalog = document.catalog_mut().map_err(refused)?;
    catalog.set("Metadata", xmp);
    catalog.set("Lang", text_string(metadata::language(meta)));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    compress(&mut document)?;
    let id = Object::String(identity(&document), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).map_err(refused)?;
    Ok(bytes)
}

/// What can be clicked (ISO 32000-1, 12.5.6.5).
fn links(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) {
    for (page, &own) in pages.pages.iter().zip(page_ids) {
        let mut annotations: Vec<Object> = Vec::new();
        for link in &page.links {
            let Some(&target) = page_ids.get(link.page) else { continue };
            let (area, at) = (link.area, |length: Length| Object::Real(length.to_pt() as f32));
            let bottom = pages.height - area.y - area.height;
            let corners = [area.x, bottom, area.x + area.width, bottom + area.height];
            let place = vec![target.into(), "XYZ".into(), Object::Null, at(pages.height - link.y), Object::Null];
            let annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners.into_iter().map(at).collect::<Vec<Object>>(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Shown in print as well, as PDF/A asks of all.
                "F" => 4,
                "Dest" => place,
            };
            annotations.push(document.add_object(annotation).into());
        }
        if let Ok(page) = document.get_dictionary_mut(own)
            && !annotations.is_empty()
        {
            page.set("Annots", annotations);
        }
    }
}

/// The outline as a tree of objects (ISO 32000-1, 12.3.3); its root, where there is a line in it.
///
/// A line is under the nearest line before it that is of a lower level, so that a level left out by the
/// author leaves no hole.
fn outline(document: &mut Document, bookmarks: &[Bookmark], page_ids: &[ObjectId], pages: &Pages) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let mut nodes = vec![Node::new(root, 0, None)];
    let mut open = vec![0];
    for bookmark in bookmarks {
        while open.len() > 1 && open.last().is_some_and(|&node: &usize| nodes[node].level >= bookmark.level.max(1)) {
            open.pop();
        }
        let parent = open.last().copied().unwrap_or(0);
        let node = nodes.len();
        nodes.push(Node::new(document.new_object_id(), bookmark.level.max(1), Some(parent)));
        nodes[parent].children.push(node);
        open.push(node);
    }
    // All are shown open, so each counts all that is under it.
    let mut below = vec![0_i64; nodes.len()];
    for node in (1..nodes.len()).rev() {
        if let Some(parent) = nodes[node].parent {
            below[parent] += below[node] + 1;
        }
    }
    for (n, node) in nodes.iter().enumerate() {
        let mut entry = Dictionary::new();
        match n.checked_sub(1).and_then(|n| bookmarks.get(n)) {
            None => entry.set("Type", "Outlines"),
            Some(bookmark) => {
                entry.set("Title", text_string(&bookmark.title));
                let top = (pages.height - bookmark.y).to_pt() as f32;
                if let Some(&page) = page_ids.get(bookmark.page) {
                    let place = vec![page.into(), "XYZ".into(), Object::Null, top.into(), Object::Null];
                    entry.set("Dest", place);
                }
            }
        }
        if let (Some(first), Some(last)) = (node.children.first(), node.children.last()) {
            entry.set("First", nodes[*first].id);
            entry.set("Last", nodes[*last].id);
            entry.set("Count", below[n]);
        }
        if let Some(parent) = node.parent {
            entry.set("Parent", nodes[parent].id);
        }
        document.objects.insert(node.id, entry.into());
    }
    for node in &nodes {
        for pair in node.children.windows(2) {
            let (one, next) = (nodes[pair[0]].id, nodes[pair[1]].id);
            for (at, key, to) in [(one, "Next", next), (next, "Prev", one)] {
                if let Ok(entry) = document.get_dictionary_mut(at) {
                    entry.set(key, to);
                }
            }
        }
    }
    Some(root)
}

struct Node {
    id: ObjectId,
    level: u8,
    parent: Option<usize>,
    children: Vec<usize>,
}

impl Node {
    fn new(id: ObjectId, level: u8, parent: Option<usize>) -> Node {
        Node { id, level, parent, children: Vec::new() }
    }
}

/// Deflates every stream that may be. lopdf would do it at deflate's highest level, at twice the time.
fn compress(document: &mut Document) -> Result<(), WriteError> {
    for object in document.objects.values_mut() {
        let Ok(stream) = object.as_stream_mut() else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 2), LEVEL);
        let packed = encoder.write_all(&stream.content).and_then(|()| encoder.finish());
        let packed = packed.map_err(|error| WriteError::Library(error.to_string()))?;
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    Ok(())
}

/// Sixteen bytes that tell this file from others: a hash of its streams, which hold its text, its faces and
/// its metadata.
fn identity(document: &Document) -> Vec<u8> {
    let mut hash = Sha256::new();
    for object in document.objects.values() {
        if let Ok(stream) = object.as_stream() {
            hash.update(&stream.content);
        }
    }
    hash.finalize().iter().take(16).copied().collect()
}

fn refused(error: impl std::fmt::Display) -> WriteError {
    WriteError::Library(error.to_string())
}
