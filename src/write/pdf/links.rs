//! Areas that lead to other places.

use lopdf::{Document, Object, ObjectId, dictionary, text_string};

use super::structure::Structure;
use crate::doc::address::uri;
use crate::layout::{Destination, Pages};
use crate::length::Length;

/// Puts the links of `pages` on the pages of the file, each with its place in `structure` (ISO 14289-1, 7.18.5).
pub(super) fn write(document: &mut Document, page_ids: &[ObjectId], pages: &Pages, structure: &mut Structure) {
    let at = |length: Length| Object::Real(length.to_pt() as f32);
    for (number, (page, own)) in pages.pages.iter().zip(page_ids).enumerate() {
        let mut annotations: Vec<Object> = Vec::new();
        for link in &page.links {
            let area = link.area;
            let bottom = pages.height - area.y - area.height;
            let corners = [area.x, bottom, area.x + area.width, bottom + area.height];
            let id = document.new_object_id();
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners.into_iter().map(at).collect::<Vec<Object>>(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Shown in print as well, as PDF/A asks of all.
                "F" => 4,
                "Contents" => text_string(&link.words),
            };
            match link.target {
                Destination::Place { page, y } => {
                    let Some(&target) = page_ids.get(page) else { continue };
                    let place = vec![target.into(), "XYZ".into(), Object::Null, at(pages.height - y), Object::Null];
                    annotation.set("Dest", place);
                    annotation.set("StructParent", structure.link(structure.whole(link.block), number, id));
                }
                Destination::Note { note, page, y } => {
                    let Some(&target) = page_ids.get(page) else { continue };
                    let place = vec![target.into(), "XYZ".into(), Object::Null, at(pages.height - y), Object::Null];
                    annotation.set("Dest", place);
                    annotation.set("StructParent", structure.link(structure.reference(note), number, id));
                }
                Destination::Address(address) => {
                    let uri = Object::string_literal(uri(&link.words));
                    annotation.set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => uri });
                    let element = structure.address(link.block, address);
                    annotation.set("StructParent", structure.link(element, number, id));
                }
            }
            document.objects.insert(id, annotation.into());
            annotations.push(id.into());
        }
        if let Ok(page) = document.get_dictionary_mut(*own)
            && !annotations.is_empty()
        {
            page.set("Annots", annotations);
        }
    }
}
