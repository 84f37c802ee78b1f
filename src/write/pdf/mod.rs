//! A PDF of placed pages.
//!
//! `fit` gives each glyph the shape that its place asks for; `faces` cuts down the faces to those shapes;
//! `content` writes each page's drawing; printpdf makes a document of both; `finish` adds what printpdf has no
//! word for (the outline, metadata) and writes the file. The same pages give the same bytes.

mod content;
mod faces;
mod finish;
mod fit;
mod metadata;
mod pictures;

use fit::FittedLine;
use pictures::Pictures;
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
    let fitted: Vec<Vec<FittedLine>> = pages.pages.iter().map(|page| fit::fit(page, fonts)).collect();
    let faces = faces::used(&fitted, fonts)?;
    let mut document = PdfDocument::new("");
    for face in faces.values() {
        document.resources.fonts.map.insert(face.id.clone(), face.font.clone());
    }
    let pictures = Pictures::of(pages);
    document.resources.xobjects.map.extend(pictures.objects()?);
    let drawn =
        pages.pages.iter().zip(&fitted).map(|(page, lines)| content::page(page, lines, pages, &faces, &pictures));
    document.pages = drawn.collect::<Result<_, WriteError>>()?;
    let mut warnings = Vec::new();
    let drawn = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(WriteError::Library(warning.msg.clone()));
    }
    finish::finish(drawn, pages, meta)
}

#[cfg(test)]
mod tests;
