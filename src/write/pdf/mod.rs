//! A PDF of placed pages.
//!
//! `fit` gives each glyph the shape that its place asks for; `faces` cuts down the faces to those shapes;
//! `structure` says what the lines are part of; `content` writes each page's drawing; printpdf makes a document of
//! them; `finish` adds what printpdf has no word for (the structure, `links`, the outline, `metadata`, the colours of
//! `srgb`) and writes the file as the standard that was asked for has it; `seal` gives it the identity by which it is
//! known again. The same pages give the same bytes.

mod content;
mod faces;
mod finish;
mod fit;
mod metadata;
mod links;
mod outline;
mod pictures;
mod seal;
mod srgb;
mod structure;

use fit::FittedLine;
use pictures::Pictures;
use printpdf::{PdfDocument, PdfSaveOptions};
pub use seal::made;
use structure::Structure;

use crate::doc::Doc;
use crate::fonts::Fonts;
use crate::layout::Pages;
use crate::write::WriteError;

/// The PDF of `pages`, on which `doc` was set. `doc.meta` becomes its properties; without `doc.meta.created` it has
/// no dates. `doc.style.pdf_standard` says what it keeps for archives; it is tagged in any case.
///
/// # Errors
/// [`WriteError::NoGlyph`] where `fonts` are not those that the pages were set with,
/// [`WriteError::Library`] where a library refuses.
pub fn write(pages: &Pages, doc: &Doc, fonts: &Fonts) -> Result<Vec<u8>, WriteError> {
    let fitted: Vec<Vec<FittedLine>> = pages.pages.iter().map(|page| fit::fit(page, fonts)).collect();
    let faces = faces::used(&fitted, fonts)?;
    let mut structure = Structure::of(&doc.blocks, &doc.notes, pages.pages.len());
    let mut document = PdfDocument::new("");
    for face in faces.values() {
        document.resources.fonts.map.insert(face.id.clone(), face.font.clone());
    }
    let pictures = Pictures::of(pages);
    document.resources.xobjects.map.extend(pictures.objects()?);
    let drawing = content::Drawing { pages, faces: &faces, pictures: &pictures };
    let drawn = fitted.iter().enumerate().map(|(n, lines)| content::page(n, lines, drawing, &mut structure));
    document.pages = drawn.collect::<Result<_, WriteError>>()?;
    let mut warnings = Vec::new();
    let drawn = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(WriteError::Library(warning.msg.clone()));
    }
    finish::finish(drawn, pages, doc, structure, &faces)
}

#[cfg(test)]
mod tests;
