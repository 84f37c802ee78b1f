//! What paragraphs and runs take from their styles.

use std::collections::BTreeMap;

use super::Align;
use super::xml::Element;

/// The longest chain of styles that is followed; Word allows eleven.
const DEEPEST: usize = 32;

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: Option<String>,
    based_on: Option<String>,
    outline: Option<u8>,
    /// `numId` and `ilvl`, each if given.
    list: (Option<String>, Option<u8>),
    bold: Option<bool>,
    hidden: Option<bool>,
    align: Option<Align>,
    size: Option<u16>,
    face: Option<String>,
}

impl Styles {
    pub(super) fn new(root: Option<&Element>) -> Self {
        let mut styles = Styles::default();
        for element in root.into_iter().flat_map(Element::elements).filter(|element| element.name == "w:style") {
            let Some(id) = element.attribute("w:styleId") else { continue };
            if element.attribute("w:type") == Some("paragraph")
                && matches!(element.attribute("w:default"), Some("1" | "true" | "on"))
            {
                styles.default = Some(id.to_owned());
            }
            let paragraph = element.child("w:pPr");
            let run = element.child("w:rPr");
            let val = |name| element.child(name).and_then(Element::val).map(str::to_owned);
            styles.by_id.insert(
                id.to_owned(),
                Style {
                    name: val("w:name"),
                    based_on: val("w:basedOn"),
                    outline: paragraph.and_then(outline),
                    list: paragraph.map(list).unwrap_or_default(),
                    bold: run.and_then(|run| run.switch("w:b")),
                    hidden: run.and_then(|run| run.switch("w:vanish")),
                    align: paragraph.and_then(align),
                    size: run.and_then(size),
                    face: run.and_then(face),
                },
            );
        }
        styles
    }

    /// The name of a style.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.by_id.get(id)?.name.as_deref()
    }

    /// The outline level that the style gives, 0 to 8, and 9 for text.
    pub(super) fn outline(&self, id: Option<&str>) -> Option<u8> {
        self.first(id, |style| style.outline)
    }

    /// `numId` and `ilvl` that the style gives.
    pub(super) fn list(&self, id: Option<&str>) -> (Option<&str>, Option<u8>) {
        (self.first(id, |style| style.list.0.as_deref()), self.first(id, |style| style.list.1))
    }

    /// Whether the style is bold, if it says so.
    pub(super) fn bold(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.bold)
    }

    /// Whether the style hides its words, if it says so.
    pub(super) fn hidden(&self, id: Option<&str>) -> Option<bool> {
        self.first(id, |style| style.hidden)
    }

    /// Where the style puts lines, if it says so.
    pub(super) fn align(&self, id: Option<&str>) -> Option<Align> {
        self.first(id, |style| style.align)
    }

    /// The size of the style in half-points, if it says so.
    pub(super) fn size(&self, id: Option<&str>) -> Option<u16> {
        self.first(id, |style| style.size)
    }

    /// The face of the style for hanzi, if it says so.
    pub(super) fn face(&self, id: Option<&str>) -> Option<&str> {
        self.first(id, |style| style.face.as_deref())
    }

    /// The style of paragraphs that name none.
    pub(super) fn default_style(&self) -> Option<&str> {
        self.default.as_deref()
    }

    /// What the nearest of a style and those that it is based on says.
    fn first<'s, T>(&'s self, id: Option<&str>, says: impl Fn(&'s Style) -> Option<T>) -> Option<T> {
        let mut style = self.by_id.get(id?);
        for _ in 0..DEEPEST {
            let current = style?;
            if let Some(said) = says(current) {
                return Some(said);
            }
            style = self.by_id.get(current.based_on.as_deref()?);
        }
        None
    }
}

/// `w:outlineLvl` of paragraph properties.
pub(super) fn outline(paragraph: &Element) -> Option<u8> {
    paragraph.child("w:outlineLvl")?.val()?.trim().parse().ok().filter(|level| *level <= 9)
}

/// `w:jc` of paragraph properties.
pub(super) fn align(paragraph: &Element) -> Option<Align> {
    Some(match paragraph.child("w:jc")?.val()? {
        "center" => Align::Centre,
        "right" | "end" => Align::End,
        _ => Align::Start,
    })
}

/// `w:sz` of run properties, in half-points.
pub(super) fn size(run: &Element) -> Option<u16> {
    run.child("w:sz")?.val()?.trim().parse().ok()
}

/// The face of run properties for hanzi.
pub(super) fn face(run: &Element) -> Option<String> {
    run.child("w:rFonts")?.attribute("w:eastAsia").map(str::to_owned)
}

/// `w:numId` and `w:ilvl` of paragraph properties.
pub(super) fn list(paragraph: &Element) -> (Option<String>, Option<u8>) {
    let Some(list) = paragraph.child("w:numPr") else { return (None, None) };
    let id = list.child("w:numId").and_then(Element::val).map(|id| id.trim().to_owned());
    let level = list.child("w:ilvl").and_then(Element::val).and_then(|level| level.trim().parse().ok());
    (id, level.filter(|level: &u8| *level < 9))
}
