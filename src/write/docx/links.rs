//! Addresses of the web in the text, as relationships of the document.

use std::collections::BTreeSet;

use crate::doc::Doc;
use crate::doc::address::{in_text, uri};

/// The addresses of a report, each once.
#[derive(Debug)]
pub(super) struct Links(Vec<String>);

impl Links {
    pub(super) fn of(doc: &Doc) -> Self {
        let urls: BTreeSet<String> =
            doc.blocks.iter().flat_map(|block| block.addresses()).map(|address| address.url).collect();
        Links(urls.into_iter().collect())
    }

    /// Those of the notes, which are a part of their own.
    pub(super) fn of_notes(doc: &Doc) -> Self {
        let texts = doc.notes.iter().flat_map(|note| &note.content).map(|inline| inline.text.as_str());
        let urls: BTreeSet<String> =
            texts.flat_map(|text| in_text(text).into_iter().map(|range| text[range].to_owned())).collect();
        Links(urls.into_iter().collect())
    }

    /// The relationship id of an address.
    pub(super) fn id(&self, url: &str) -> Option<String> {
        let number = self.0.binary_search_by(|own| own.as_str().cmp(url)).ok()?;
        Some(id(number))
    }

    /// Relationship id and address of each.
    pub(super) fn targets(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().enumerate().map(|(number, url)| (id(number), uri(url)))
    }
}

fn id(number: usize) -> String {
    format!("rIdLink{}", number + 1)
}
