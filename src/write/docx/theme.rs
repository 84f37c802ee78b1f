//! `word/theme/theme1.xml`: the least theme that Word takes. No style of ours refers to it, but WPS reports
//! missing faces where there is none.

use super::family::Families;
use super::xml::Element;
use crate::fonts::Role;

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// Black, white and greys, as a report is printed (GB/T 9704 5.2.4).
const COLORS: [(&str, &str); 12] = [
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "262626"),
    ("lt2", "F2F2F2"),
    ("accent1", "404040"),
    ("accent2", "595959"),
    ("accent3", "7F7F7F"),
    ("accent4", "A6A6A6"),
    ("accent5", "BFBFBF"),
    ("accent6", "D9D9D9"),
    ("hlink", "000000"),
    ("folHlink", "000000"),
];

pub(super) fn theme(families: &Families<'_>) -> Element {
    let colors = COLORS
        .map(|(name, value)| Element::new(&format!("a:{name}")).child(Element::new("a:srgbClr").with("val", value)));
    let elements = Element::new("a:themeElements")
        .child(Element::new("a:clrScheme").with("name", "report-gen").extended(colors))
        .child(
            Element::new("a:fontScheme")
                .with("name", "report-gen")
                .child(faces("a:majorFont", families, Role::Heading1))
                .child(faces("a:minorFont", families, Role::Body)),
        )
        .child(formats());
    Element::new("a:theme").with("xmlns:a", A).with("name", "report-gen").child(elements)
}

fn faces(name: &str, families: &Families<'_>, role: Role) -> Element {
    let face = |name: &str, family: &str| Element::new(name).with("typeface", family);
    Element::new(name)
        .child(face("a:latin", families.ascii(role)))
        .child(face("a:ea", families.name(role)))
        .child(face("a:cs", ""))
        .child(face("a:font", families.name(role)).with("script", "Hans"))
}

/// Three of each are asked for: subtle, moderate, intense.
fn formats() -> Element {
    let fill = || Element::new("a:solidFill").child(Element::new("a:schemeClr").with("val", "phClr"));
    let line = || Element::new("a:ln").with("w", 6350).child(fill());
    let effect = || Element::new("a:effectStyle").child(Element::new("a:effectLst"));
    Element::new("a:fmtScheme")
        .with("name", "report-gen")
        .child(Element::new("a:fillStyleLst").extended([fill(), fill(), fill()]))
        .child(Element::new("a:lnStyleLst").extended([line(), line(), line()]))
        .child(Element::new("a:effectStyleLst").extended([effect(), effect(), effect()]))
        .child(Element::new("a:bgFillStyleLst").extended([fill(), fill(), fill()]))
}
