//! The tree of elements that a PDF has.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::name;

/// An element of the structure: its type, and in order its children and its marks (page, number).
pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) entries: Dictionary,
    pub(crate) kids: Vec<Kid>,
}

pub(crate) enum Kid {
    Element(Element),
    Mark(ObjectId, i64),
    Annotation,
}

fn element(document: &Document, id: ObjectId, parent: ObjectId) -> Element {
    let dictionary = document.get_dictionary(id).unwrap();
    assert_eq!(dictionary.get(b"P").unwrap().as_reference().unwrap(), parent);
    let page = dictionary.get(b"Pg").and_then(Object::as_reference).ok();
    // An empty cell has none.
    let kids = dictionary
        .get(b"K")
        .map_or_else(|_| Vec::new(), |kids| kids.as_array().cloned().unwrap_or_else(|_| vec![kids.clone()]));
    let kids = kids.iter().map(|kid| match kid {
        Object::Integer(mcid) => Kid::Mark(page.unwrap(), *mcid),
        Object::Dictionary(link) if name(link, b"Type") == "OBJR" => {
            assert!(document.get_dictionary(link.get(b"Obj").unwrap().as_reference().unwrap()).is_ok());
            Kid::Annotation
        }
        Object::Dictionary(mark) => {
            assert_eq!(name(mark, b"Type"), "MCR");
            Kid::Mark(mark.get(b"Pg").unwrap().as_reference().unwrap(), mark.get(b"MCID").unwrap().as_i64().unwrap())
        }
        other => Kid::Element(element(document, other.as_reference().unwrap(), id)),
    });
    Element { tag: name(dictionary, b"S"), entries: dictionary.clone(), kids: kids.collect() }
}

/// The tree of a file.
pub(crate) fn tree(document: &Document) -> Element {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let top = document.get_dictionary(root).unwrap().get(b"K").unwrap().as_reference().unwrap();
    element(document, top, root)
}

impl Element {
    pub(crate) fn marks(&self) -> Vec<(ObjectId, i64)> {
        let marks = self.kids.iter().flat_map(|kid| match kid {
            Kid::Element(element) => element.marks(),
            Kid::Mark(page, mcid) => vec![(*page, *mcid)],
            Kid::Annotation => Vec::new(),
        });
        marks.collect()
    }

    /// All elements of the tree, this one first.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let below = self.kids.iter().flat_map(|kid| match kid {
            Kid::Element(element) => element.all(),
            Kid::Mark(..) | Kid::Annotation => Vec::new(),
        });
        std::iter::once(self).chain(below).collect()
    }

    pub(crate) fn children(&self) -> Vec<&Element> {
        self.kids.iter().filter_map(|kid| if let Kid::Element(element) = kid { Some(element) } else { None }).collect()
    }

    /// An attribute, such as `Scope`.
    pub(crate) fn attribute(&self, key: &[u8]) -> Option<&Object> {
        self.entries.get(b"A").ok()?.as_dict().ok()?.get(key).ok()
    }
}
