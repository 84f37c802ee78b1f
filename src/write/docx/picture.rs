//! Pictures, as DrawingML in a paragraph of their own.

use std::sync::Arc;

use super::styles::R;
use super::xml::Element;
use crate::doc::{BlockKind, Doc, Placed};
use crate::picture::{Format, Picture};

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// The pictures of a report, each once however often it is shown.
#[derive(Debug)]
pub(super) struct Media(Vec<Arc<Picture>>);

impl Media {
    pub(super) fn of(doc: &Doc) -> Self {
        let mut media = Media(Vec::new());
        for block in &doc.blocks {
            if let BlockKind::Picture(placed) = &block.kind
                && media.number(&placed.picture).is_none()
            {
                media.0.push(Arc::clone(&placed.picture));
            }
        }
        media
    }

    fn number(&self, picture: &Arc<Picture>) -> Option<usize> {
        self.0.iter().position(|own| Arc::ptr_eq(own, picture) || own == picture)
    }

    /// Relationship id, name under `word/`, and bytes of each.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, String, &[u8])> {
        self.0.iter().enumerate().map(|(number, picture)| {
            let extension = extension(picture.format);
            (id(number), format!("media/image{}.{extension}", number + 1), picture.bytes.as_slice())
        })
    }

    /// The extensions of the parts with their content types.
    pub(super) fn types(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let types = [(Format::Jpeg, "image/jpeg"), (Format::Png, "image/png")];
        types
            .into_iter()
            .filter(|(format, _)| self.0.iter().any(|picture| picture.format == *format))
            .map(|(format, kind)| (extension(format), kind))
    }

    /// The paragraph of a picture, the block of number `index`.
    pub(super) fn paragraph(&self, index: usize, placed: &Placed, keep: bool, on_new_page: bool) -> Element {
        let properties = Element::new("w:pPr")
            .child(Element::val("w:pStyle", super::styles::PICTURE))
            .maybe(keep.then(|| Element::new("w:keepNext")))
            .maybe(on_new_page.then(|| Element::new("w:pageBreakBefore")));
        let paragraph = Element::new("w:p").child(properties);
        match self.number(&placed.picture) {
            Some(number) => paragraph.child(Element::new("w:r").child(drawing(index, &id(number), placed))),
            None => paragraph,
        }
    }
}

fn id(number: usize) -> String {
    format!("rIdImage{}", number + 1)
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "jpeg",
        Format::Png => "png",
    }
}

fn drawing(index: usize, id: &str, placed: &Placed) -> Element {
    let (across, down) = (placed.width.to_emu(), placed.height.to_emu());
    let number = index + 1;
    let name = format!("图片 {number}");
    let extent = |name: &str| Element::new(name).with("cx", across).with("cy", down);
    let offset = Element::new("a:off").with("x", 0).with("y", 0);
    let shape = Element::new("pic:spPr")
        .child(Element::new("a:xfrm").child(offset).child(extent("a:ext")))
        .child(Element::new("a:prstGeom").with("prst", "rect").child(Element::new("a:avLst")));
    let fill = Element::new("pic:blipFill")
        .child(Element::new("a:blip").with("xmlns:r", R).with("r:embed", id))
        .child(Element::new("a:stretch").child(Element::new("a:fillRect")));
    let named = Element::new("pic:nvPicPr")
        .child(Element::new("pic:cNvPr").with("id", number).with("name", &name).with("descr", &placed.alt))
        .child(Element::new("pic:cNvPicPr"));
    let picture = Element::new("pic:pic").with("xmlns:pic", PIC).child(named).child(fill).child(shape);
    let graphic = Element::new("a:graphic")
        .with("xmlns:a", A)
        .child(Element::new("a:graphicData").with("uri", PIC).child(picture));
    let locks = Element::new("a:graphicFrameLocks").with("xmlns:a", A).with("noChangeAspect", 1);
    let inline = Element::new("wp:inline")
        .with("xmlns:wp", WP)
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .child(extent("wp:extent"))
        .child(Element::new("wp:docPr").with("id", number).with("name", &name).with("descr", &placed.alt))
        .child(Element::new("wp:cNvGraphicFramePr").child(locks))
        .child(graphic);
    Element::new("w:drawing").child(inline)
}
