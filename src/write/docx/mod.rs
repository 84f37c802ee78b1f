//! A report as a Word file.
//!
//! `body` sets the paragraphs through docx-rs, `runs` cutting them where the face changes; `order` then puts
//! in the schema's order what docx-rs wrote in its own. `styles`, `parts` and `theme` are ours, since docx-rs
//! has no settings for Chinese lines, faces in the file, a title or a time. `notes` has the footnotes, `turned` turns
//! the paper for wide tables, `gaps` has what only a draft has. `package` makes the zip file, `seal` notes in it what it
//! says, so that a file that was edited by hand is known.
//!
//! The file holds the words of the [`Doc`] in their order. Word breaks lines and pages itself.

mod body;
mod contents;
mod family;
pub mod gaps;
mod issued;
mod links;
mod measures;
mod notes;
mod order;
mod package;
mod parts;
mod picture;
mod runs;
mod seal;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod theme;
mod turned;
mod xml;

use std::collections::BTreeMap;

use self::body::Parts;
use self::family::Families;
use self::links::Links;
use self::measures::IssuedMeasures;
use self::package::{Package, PackedFace};
use self::parts::FontPart;
use self::picture::Media;
use self::runs::UsedChars;
pub use self::seal::made;
use self::xml::Element;
use crate::doc::Doc;
use crate::fonts::embed::common_chars;
use crate::fonts::{Fonts, Role};
use crate::manifest::Embed;
use crate::write::WriteError;

/// `doc` as a `.docx` file. The same report gives the same bytes.
///
/// # Errors
///
/// [`WriteError::NoGlyph`] for a character that no face has, [`WriteError::Library`] for a control character
/// and for what a library refuses.
pub fn write(doc: &Doc, fonts: &Fonts) -> Result<Vec<u8>, WriteError> {
    let families = Families::new(fonts, doc.style.faces);
    let mut used = UsedChars::default();
    let tables = measures::measures(doc, fonts)?;
    let media = Media::of(doc);
    let numbers = if doc.style.toc { crate::layout::page_numbers(doc, fonts)? } else { BTreeMap::new() };
    let (links, note_links) = (Links::of(doc), Links::of_notes(doc));
    let issued = IssuedMeasures::of(doc, fonts)?;
    let parts = Parts {
        tables: &tables,
        media: &media,
        links: &links,
        note_links: &note_links,
        numbers: &numbers,
        issued: &issued,
    };
    let body = body::body(doc, parts, fonts, &families, &mut used)?;
    let core = parts::core_properties(&doc.meta)?;
    let faces = faces(doc, fonts, &families, &mut used)?;
    let embedded: Vec<FontPart> = faces
        .iter()
        .map(|face| FontPart { role: face.role, target: face.target(), key: face.key().to_owned() })
        .collect();
    // Relationship id, kind and name of the parts at a page's head and foot.
    let footers = body.footers.iter().enumerate();
    let footers =
        footers.map(|(index, (id, footer))| (*id, "footer", format!("footer{}.xml", index + 1), footer.clone()));
    let header = doc.draft.is_some().then(|| (gaps::HEADER_RID, "header", "header1.xml".to_owned(), gaps::header()));
    let notes = body.notes.map(|part| (notes::RID, "footnotes", "footnotes.xml".to_owned(), part));
    let has_notes = notes.is_some();
    let marginal: Vec<(&str, &str, String, Element)> = footers.chain(header).chain(notes).collect();

    let mut package = Package::new();
    package.share("[Content_Types].xml", parts::content_types(&marginal, &media).to_part())?;
    package.share("_rels/.rels", parts::package_relationships().to_part())?;
    package.add("word/document.xml", &body.document.to_part())?;
    package
        .share("word/_rels/document.xml.rels", parts::document_relationships(&marginal, &media, &links).to_part())?;
    for (id, _, name, part) in &marginal {
        let name = format!("word/{name}");
        if *id == notes::RID {
            package.add(&name, &part.to_part())?;
        } else {
            package.share(&name, part.to_part())?;
        }
    }
    if note_links.targets().next().is_some() {
        package.add("word/_rels/footnotes.xml.rels", &parts::note_relationships(&note_links).to_part())?;
    }
    for (_, name, bytes) in media.parts() {
        package.store(&format!("word/{name}"), bytes)?;
    }
    let mut styles = styles::styles(doc, &tables, &issued, &families);
    order::put_in_order(&mut styles);
    package.share("word/styles.xml", styles.to_part())?;
    package.share(
        "word/settings.xml",
        parts::settings(&doc.style, language(doc), !faces.is_empty(), has_notes).to_part(),
    )?;
    package.share("word/theme/theme1.xml", theme::theme(&families).to_part())?;
    let named: Vec<Role> = Role::ALL.into_iter().filter(|&role| is_named(role, fonts, &used)).collect();
    package.add("word/fontTable.xml", &parts::font_table(&families, &named, &embedded).to_part())?;
    if !embedded.is_empty() {
        package.share("word/_rels/fontTable.xml.rels", parts::font_relationships(&embedded).to_part())?;
        for face in &faces {
            package.add_face(face)?;
        }
    }
    package.add("docProps/core.xml", &core.to_part())?;
    package.share("docProps/app.xml", parts::app_properties().to_part())?;
    seal::sealed(package.finish()?)
}

/// Whether the document speaks of the face of `role`: the styles name all but those for single characters.
fn is_named(role: Role, fonts: &Fonts, used: &UsedChars) -> bool {
    match role {
        Role::Body | Role::Heading1 | Role::Heading2 | Role::Title | Role::Song => true,
        Role::Latin => fonts.has(Role::Latin),
        Role::Rare
        | Role::SpareBody
        | Role::SpareHeading1
        | Role::SpareHeading2
        | Role::SpareTitle
        | Role::SpareSong
        | Role::SpareRare => used.of(role).is_some(),
    }
}

/// The language of the Chinese text, BCP 47.
fn language(doc: &Doc) -> &str {
    if doc.meta.lang.is_empty() { "zh-CN" } else { &doc.meta.lang }
}

/// The faces that the file carries: none that no character needs, and none that may not be in it.
fn faces(
    doc: &Doc,
    fonts: &Fonts,
    families: &Families<'_>,
    used: &mut UsedChars,
) -> Result<Vec<PackedFace>, WriteError> {
    // A draft is there to be typed into.
    let unasked = if doc.draft.is_some() { Embed::Common } else { Embed::Used };
    match doc.style.embed.unwrap_or(unasked) {
        Embed::None => return Ok(Vec::new()),
        Embed::Used => {}
        Embed::Common => {
            let ascii_is_ours = families.foreign_ascii().is_none();
            for &c in common_chars() {
                // Of the rest, what the text's own face does not set is left to be typed in 宋体.
                match fonts.glyph(Role::Body, c) {
                    Some(glyph) if glyph.face == Role::Body || (c.is_ascii() && ascii_is_ours) => {
                        used.note(glyph.face, c)
                    }
                    Some(_) | None => {}
                }
            }
        }
    }
    let carried = Role::ALL.into_iter().filter(|&role| fonts.face(role).fits_word());
    carried.filter_map(|role| used.of(role).map(|chars| PackedFace::new(fonts, role, chars))).collect()
}
