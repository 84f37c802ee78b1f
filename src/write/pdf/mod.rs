//! A PDF of placed pages.
//!
//! `faces` cuts down the faces that the pages use; `content` writes each page's drawing, with
//! `spans` of text told; printpdf makes a
//! document of both; `finish` adds what printpdf has no word for (the outline, metadata, codes of shared
//! glyphs) and writes the file. The same pages give the same bytes.

mod content;
mod faces;
mod finish;
mod metadata;
mod spans;

use printpdf::{PdfDocument, PdfSaveOptions};

use crate::doc::Meta;
use crate::fonts::Fonts;
use crate::layout::Pages;
use crate::write::WriteError;

/// The PDF of `pages`. `meta` becomes its properties; without `meta.created` it has no dates.
///
/// # Errors
/// [`WriteError::NoGlyph`] where `fonts` are not those that the pages were set with,
/// [`WriteError::Library`] where a library refuses.
pub fn write(pages: &Pages, meta: &Meta, fonts: &Fonts) -> Result<Vec<u8>, WriteError> {
    let faces = faces::used(pages, fonts)?;
    let mut document = PdfDocument::new("");
    for face in faces.values() {
        document.resources.fonts.map.insert(face.id.clone(), face.font.clone());
    }
    document.pages =
        pages.pages.iter().map(|page| content::page(page, pages, &faces)).collect::<Result<_, WriteError>>()?;
    let mut warnings = Vec::new();
    let drawn = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(WriteError::Library(warning.msg.clone()));
    }
    finish::finish(drawn, pages, meta, &faces)
}

#[cfg(test)]
mod tests;
