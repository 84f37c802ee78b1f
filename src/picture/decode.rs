//! Pixels of a file and back, by libraries that are watched: what they choke on is a fault of the file.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{Fault, Format, Picture};

/// The most memory that the pixels of a picture take, in bytes: a hundred million of them with their clearness.
const MAX_MEMORY: u64 = 400_000_000;
/// Quality of a JPEG that is written anew, of 100.
const QUALITY: u8 = 90;

/// The pixels of the file `bytes`.
///
/// # Errors
/// [`Fault`] where it is damaged, or takes more memory than [`MAX_MEMORY`].
pub(super) fn decode(bytes: &[u8], format: Format) -> Result<DynamicImage, Fault> {
    guarded(|| {
        let format = match format {
            Format::Png => ImageFormat::Png,
            Format::Jpeg => ImageFormat::Jpeg,
        };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        let decoder = reader.into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        if decoder.total_bytes() > MAX_MEMORY {
            return Err(Fault::TooLarge(width, height));
        }
        DynamicImage::from_decoder(decoder).map_err(damaged)
    })
}

/// A file of the picture `image`.
///
/// # Errors
/// [`Fault`] where the library refuses.
pub(super) fn encode(image: &DynamicImage, format: Format) -> Result<Picture, Fault> {
    let mut bytes = Vec::new();
    let done = match (format, image.color().has_color()) {
        (Format::Png, _) => image.write_with_encoder(PngEncoder::new(&mut bytes)),
        (Format::Jpeg, false) => {
            image.to_luma8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        }
        (Format::Jpeg, true) => image.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)),
    };
    done.map_err(damaged)?;
    Ok(Picture::new(format, bytes, image))
}

/// What `work` gives, or that a library broke off.
fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let broken = |_| Err(Fault::Damaged("the decoder broke off".into()));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(broken)
}

fn damaged(error: image::ImageError) -> Fault {
    Fault::Damaged(error.to_string())
}
