//! Addresses of the web in the text, as relationships of the document.

use std::collections::BTreeSet;

use crate::doc::Doc;

/// The addresses of a report, each once.
#[derive(Debug)]
pub(super) struct Links(Vec<String>);

impl Links {
    pub(super) fn of(doc: &Doc) -> Self {
        let urls: BTreeSet<String> =
            doc.blocks.iter().flat_map(|block| block.addresses()).map(|address| address.url).collect();
        Links(urls.into_iter().collect())
    }

    /// The relationship id of an address.
    pub(super) fn id(&self, url: &str) -> Option<String> {
        let number = self.0.binary_search_by(|own| own.as_str().cmp(url)).ok()?;
        Some(id(number))
    }

    /// Relationship id and address of each.
    pub(super) fn targets(&self) -> impl Iterator<Item = (String, &str)> {
        self.0.iter().enumerate().map(|(number, url)| (id(number), url.as_str()))
    }
}

fn id(number: usize) -> String {
    format!("rIdLink{}", number + 1)
}
