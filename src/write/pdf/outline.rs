//! The outline, which viewers show beside the pages.

use lopdf::{Dictionary, Document, Object, ObjectId, text_string};

use crate::layout::{Bookmark, Pages};

/// The outline as a tree of objects (ISO 32000-1, 12.3.3); its root, where there is a line in it.
///
/// A line is under the nearest line before it that is of a lower level, so that a level left out by the
/// author leaves no hole.
pub(super) fn write(document: &mut Document, page_ids: &[ObjectId], pages: &Pages) -> Option<ObjectId> {
    let bookmarks: &[Bookmark] = &pages.outline;
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
