//! The small parts: settings, the list of faces, properties, content types and relationships.

use super::family::Families;
use super::links::Links;
use super::notes;
use super::picture::Media;
use super::runs::check;
use super::seal;
use super::styles::{R, W};
use super::xml::Element;
use crate::doc::Meta;
use crate::fonts::Role;
use crate::manifest::{PageNumber, Style};
use crate::number::Moment;
use crate::write::WriteError;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORDML: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A face in the file.
#[derive(Debug)]
pub(super) struct FontPart {
    pub(super) role: Role,
    /// Name of its part under `word/`.
    pub(super) target: &'static str,
    /// Key of its obfuscation.
    pub(super) key: String,
}

/// `word/settings.xml`.
pub(super) fn settings(style: &Style, language: &str, embedded: bool, notes: bool) -> Element {
    let embedding = embedded.then(|| [Element::new("w:embedTrueTypeFonts"), Element::new("w:saveSubsetFonts")]);
    let outer = (style.page_number == PageNumber::Outer).then(|| Element::new("w:evenAndOddHeaders"));
    let setting = |name, value: i32| {
        Element::new("w:compatSetting")
            .with("w:name", name)
            .with("w:uri", "http://schemas.microsoft.com/office/word")
            .with("w:val", value)
    };
    let compat = Element::new("w:compat")
        // A forced line end in justified text must not stretch its line.
        .child(Element::new("w:doNotExpandShiftReturn"))
        .child(Element::new("w:useFELayout"))
        .child(setting("compatibilityMode", 15))
        .child(setting("overrideTableStyleFontSizeAndJustification", 1))
        .child(setting("enableOpenTypeFeatures", 1))
        .child(setting("doNotFlipMirrorIndents", 1))
        .child(setting("differentiateMultirowTableHeaders", 1));
    Element::new("w:settings")
        .with("xmlns:w", W)
        .child(Element::new("w:zoom").with("w:percent", 100))
        .extended(embedding.into_iter().flatten())
        .child(Element::val("w:defaultTabStop", style.sizes.body.to_twips()))
        .maybe(outer)
        .child(Element::val("w:characterSpacingControl", "compressPunctuation"))
        .maybe(notes.then(notes::settings))
        .child(compat)
        .child(Element::val("w:themeFontLang", "en-US").with("w:eastAsia", language))
        .child(color_mapping())
        .child(Element::val("w:decimalSymbol", "."))
        .child(Element::val("w:listSeparator", ","))
}

fn color_mapping() -> Element {
    let places = [("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2")];
    let accents = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"].map(|name| (name, name));
    let links = [("hyperlink", "hyperlink"), ("followedHyperlink", "followedHyperlink")];
    places
        .into_iter()
        .chain(accents)
        .chain(links)
        .fold(Element::new("w:clrSchemeMapping"), |mapping, (place, color)| mapping.with(&format!("w:{place}"), color))
}

/// `word/fontTable.xml`: the families that the document names, with those that it carries.
pub(super) fn font_table(families: &Families<'_>, named: &[Role], embedded: &[FontPart]) -> Element {
    let font = |name: &str| Element::new("w:font").with("w:name", name);
    let chinese = named.iter().map(|&role| {
        let embed = embedded.iter().position(|part| part.role == role).map(|index| {
            Element::new("w:embedRegular").with("r:id", rid(index)).with("w:fontKey", &embedded[index].key)
        });
        font(families.name(role))
            .child(Element::val("w:altName", families.other_name(role)))
            .child(Element::val("w:charset", "86"))
            .child(Element::val("w:family", if role == Role::Heading1 { "swiss" } else { "roman" }))
            .child(Element::val("w:pitch", "variable"))
            .maybe(embed)
    });
    let latin = families.foreign_ascii().map(|family| {
        font(family)
            .child(Element::val("w:charset", "00"))
            .child(Element::val("w:family", "roman"))
            .child(Element::val("w:pitch", "variable"))
    });
    Element::new("w:fonts").with("xmlns:w", W).with("xmlns:r", R).extended(chinese).extended(latin)
}

/// `word/_rels/fontTable.xml.rels`.
pub(super) fn font_relationships(embedded: &[FontPart]) -> Element {
    relationships(embedded.iter().enumerate().map(|(index, part)| (rid(index), "font", part.target)))
}

fn rid(index: usize) -> String {
    format!("rId{}", index + 1)
}

/// `word/_rels/document.xml.rels`. `marginal` are relationship id, kind, name and root of headers and footers.
pub(super) fn document_relationships(
    marginal: &[(&str, &str, String, Element)],
    media: &Media,
    links: &Links,
) -> Element {
    let own = [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")]
        .into_iter()
        .chain([("theme", "theme/theme1.xml")])
        .enumerate()
        .map(|(index, (kind, target))| (rid(index), kind, target));
    let own = own.map(|(id, kind, target)| (id, kind, target.to_owned()));
    let marginal = marginal.iter().map(|(id, kind, name, _)| ((*id).to_owned(), *kind, name.clone()));
    let pictures = media.parts().map(|(id, name, _)| (id, "image", name));
    relationships(own.chain(marginal).chain(pictures)).extended(hyperlinks(links))
}

/// `word/_rels/footnotes.xml.rels`.
pub(super) fn note_relationships(links: &Links) -> Element {
    relationships(std::iter::empty::<(String, &str, String)>()).extended(hyperlinks(links))
}

fn hyperlinks(links: &Links) -> impl Iterator<Item = Element> {
    let link = |(id, url): (String, String)| relationship(&id, &format!("{R}/hyperlink"), &url);
    links.targets().map(move |target| link(target).with("TargetMode", "External"))
}

/// `_rels/.rels`.
pub(super) fn package_relationships() -> Element {
    let office = |id: &str, kind, target| relationship(id, &format!("{R}/{kind}"), target);
    Element::new("Relationships")
        .with("xmlns", RELATIONSHIPS)
        .child(office("rId1", "officeDocument", "word/document.xml"))
        .child(relationship("rId2", &format!("{RELATIONSHIPS}/metadata/core-properties"), "docProps/core.xml"))
        .child(office("rId3", "extended-properties", "docProps/app.xml"))
        .child(office("rId4", "custom-properties", seal::PART))
}

fn relationships<'a>(targets: impl Iterator<Item = (String, &'a str, impl AsRef<str>)>) -> Element {
    Element::new("Relationships")
        .with("xmlns", RELATIONSHIPS)
        .extended(targets.map(|(id, kind, target)| relationship(&id, &format!("{R}/{kind}"), target.as_ref())))
}

fn relationship(id: &str, kind: &str, target: &str) -> Element {
    Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

/// `[Content_Types].xml`. `marginal` are relationship id, kind, name and root of headers and footers.
pub(super) fn content_types(marginal: &[(&str, &str, String, Element)], media: &Media) -> Element {
    let extension = |extension, kind| Element::new("Default").with("Extension", extension).with("ContentType", kind);
    let part = |name: &str, kind: &str| Element::new("Override").with("PartName", name).with("ContentType", kind);
    Element::new("Types")
        .with("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
        .child(extension("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(extension("xml", "application/xml"))
        .child(extension("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"))
        .extended(media.types().map(|(name, kind)| extension(name, kind)))
        .child(part("/word/document.xml", &format!("{WORDML}.document.main+xml")))
        .child(part("/word/styles.xml", &format!("{WORDML}.styles+xml")))
        .child(part("/word/settings.xml", &format!("{WORDML}.settings+xml")))
        .child(part("/word/fontTable.xml", &format!("{WORDML}.fontTable+xml")))
        .child(part("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"))
        .extended(
            marginal.iter().map(|(_, kind, name, _)| part(&format!("/word/{name}"), &format!("{WORDML}.{kind}+xml"))),
        )
        .child(part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
        .child(part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"))
        .child(part(&format!("/{}", seal::PART), "application/vnd.openxmlformats-officedocument.custom-properties+xml"))
}

/// `docProps/core.xml`. There is a time only where [`Meta::created`] gives one.
///
/// # Errors
///
/// [`WriteError::Library`] for a control character in the title, the author or the language.
pub(super) fn core_properties(meta: &Meta) -> Result<Element, WriteError> {
    let author = meta.author.as_deref().unwrap_or_default();
    for c in meta.title.chars().chain(author.chars()).chain(meta.lang.chars()) {
        check(c)?;
    }
    let said = |name: &str, text: &str| (!text.is_empty()).then(|| Element::new(name).text(text));
    let created = meta.created.and_then(Moment::from_epoch).map(|moment| moment.iso());
    let time = |name: &str| {
        created.as_deref().map(|created| Element::new(name).with("xsi:type", "dcterms:W3CDTF").text(created))
    };
    Ok(Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .maybe(said("dc:title", &meta.title))
        .maybe(said("dc:creator", author))
        .maybe(said("cp:lastModifiedBy", author))
        .maybe(time("dcterms:created"))
        .maybe(time("dcterms:modified"))
        .maybe(said("dc:language", &meta.lang)))
}

/// `docProps/app.xml`.
pub(super) fn app_properties() -> Element {
    Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::new("Application").text("report-gen"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_say_what_is_known_and_refuse_control_characters() {
        let meta = Meta { title: "甲&乙".to_owned(), ..Meta::default() };
        let core = String::from_utf8(core_properties(&meta).unwrap().to_part()).unwrap();
        assert!(core.contains("<dc:title>甲&amp;乙</dc:title>"));
        assert!(!core.contains("dc:creator") && !core.contains("dcterms:created"));
        assert!(core_properties(&Meta { author: Some("甲\u{b}".to_owned()), ..meta }).is_err());
    }
}
