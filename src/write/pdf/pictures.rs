//! The pictures of the pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{CurTransMat, DictItem, ExternalStream, ExternalXObject, Op, XObject, XObjectId, XObjectTransform};

use crate::layout::{Item, Pages, PlacedPicture};
use crate::length::Length;
use crate::picture::{Format, Picture};
use crate::write::WriteError;

/// The pictures of a document, each once however often it is shown.
pub(super) struct Pictures(Vec<Arc<Picture>>);

impl Pictures {
    pub(super) fn of(pages: &Pages) -> Self {
        let mut pictures = Pictures(Vec::new());
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Item::Picture(placed) = item
                && pictures.number(&placed.picture).is_none()
            {
                pictures.0.push(Arc::clone(&placed.picture));
            }
        }
        pictures
    }

    fn number(&self, picture: &Arc<Picture>) -> Option<usize> {
        self.0.iter().position(|own| Arc::ptr_eq(own, picture) || own == picture)
    }

    /// What the document's resources hold of them.
    pub(super) fn objects(&self) -> Result<BTreeMap<XObjectId, XObject>, WriteError> {
        let object = |(number, picture): (usize, &Arc<Picture>)| Ok((id(number), XObject::External(object(picture)?)));
        self.0.iter().enumerate().map(object).collect()
    }

    /// Draws a picture.
    pub(super) fn draw(&self, placed: &PlacedPicture, height: Length) -> Vec<Op> {
        let Some(number) = self.number(&placed.picture) else { return Vec::new() };
        let pt = |length: Length| length.to_pt() as f32;
        let area = placed.area;
        let matrix = [pt(area.width), 0.0, 0.0, pt(area.height), pt(area.x), pt(height - area.y - area.height)];
        vec![
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) },
            Op::UseXobject {
                id: id(number),
                transform: XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() },
            },
            Op::RestoreGraphicsState,
        ]
    }
}

fn id(number: usize) -> XObjectId {
    XObjectId(format!("Picture{}", number + 1))
}

/// An image (ISO 32000-1, 8.9.5): a JPEG as it is, the pixels of a PNG.
fn object(picture: &Picture) -> Result<ExternalXObject, WriteError> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(picture.width.into())),
        ("Height".to_owned(), DictItem::Int(picture.height.into())),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name(if picture.gray { "DeviceGray" } else { "DeviceRGB" })),
    ]);
    let (content, compress) = match picture.format {
        Format::Jpeg => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
            (picture.bytes.clone(), false)
        }
        Format::Png => (picture.samples().map_err(|fault| WriteError::Library(format!("{fault:?}")))?, true),
    };
    let stream = ExternalStream { dict, content, compress };
    Ok(ExternalXObject { stream, width: None, height: None, dpi: None })
}
