//! Pictures: PNG and JPEG, read within limits, turned as EXIF says, and made smaller where far more was taken than is
//! printed.
//!
//! A JPEG that needs nothing goes into the outputs byte for byte.

use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::length::Length;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most pixels that are decoded: a photograph of 100 megapixels.
pub const MAX_PIXELS: u64 = 100_000_000;
/// The most memory that decoding takes, in bytes.
const MAX_MEMORY: u64 = 1024 * 1024 * 1024;
/// Pixels an inch that printing can show.
const DPI: i64 = 300;
/// Quality of a JPEG that is made smaller, of 100.
const QUALITY: u8 = 90;

/// How a picture is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG, of one or three components a pixel.
    Jpeg,
    /// PNG.
    Png,
}

/// A picture as it goes into the outputs.
#[derive(Clone)]
pub struct Picture {
    /// How it is stored.
    pub format: Format,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Whether it has no colours.
    pub gray: bool,
    /// The same with fewer pixels across, once that was asked for: a batch shows one picture in many reports.
    fitted: OnceLock<(u32, Arc<Picture>)>,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.format, it.width, it.height, it.gray);
        of(self) == of(other) && self.bytes == other.bytes
    }
}

impl Eq for Picture {}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}×{}, {} bytes", self.format, self.width, self.height, self.bytes.len())
    }
}

/// Why a file is no picture that can be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is neither PNG nor JPEG.
    Format,
    /// It is damaged; what the decoder says.
    Damaged(String),
    /// It has more than [`MAX_PIXELS`], or takes more memory than decoding may; width and height.
    TooLarge(u32, u32),
}

impl Picture {
    /// Reads a picture from the bytes of its file.
    ///
    /// # Errors
    /// [`Fault`] where it is none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Fault> {
        let format = match image::guess_format(&bytes) {
            Ok(ImageFormat::Png) => Format::Png,
            Ok(ImageFormat::Jpeg) => Format::Jpeg,
            Ok(_) | Err(_) => return Err(Fault::Format),
        };
        let (image, orientation, plain) = decode(&bytes, format)?;
        let gray = !image.color().has_color();
        if orientation == Orientation::NoTransforms && plain {
            let (width, height) = (image.width(), image.height());
            return Ok(Picture { format, bytes, width, height, gray, fitted: OnceLock::new() });
        }
        let mut image = image;
        image.apply_orientation(orientation);
        encode(&image, format)
    }

    /// The same, with no more pixels than `width` shows in print; as it is where it has few enough.
    ///
    /// # Errors
    /// [`Fault`] where the library refuses.
    pub fn for_width(self: &Arc<Self>, width: Length) -> Result<Arc<Self>, Fault> {
        let shown = width.scale(DPI, Length::pt(72).to_emu()).to_emu();
        let shown = u32::try_from(shown).unwrap_or(u32::MAX).max(1);
        if u64::from(self.width) * 2 <= u64::from(shown) * 3 {
            return Ok(Arc::clone(self));
        }
        if let Some((across, fitted)) = self.fitted.get()
            && *across == shown
        {
            return Ok(Arc::clone(fitted));
        }
        let height = u64::from(self.height) * u64::from(shown) / u64::from(self.width.max(1));
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        let (image, ..) = decode(&self.bytes, self.format)?;
        let fitted = Arc::new(encode(&image.resize_exact(shown, height, FilterType::Triangle), self.format)?);
        // Where it is shown in a second width, that one is made each time.
        let _ = self.fitted.set((shown, Arc::clone(&fitted)));
        Ok(fitted)
    }

    /// Its pixels on white paper, row by row: a byte each where it is [`gray`](Picture::gray), else red, green, blue.
    ///
    /// # Errors
    /// [`Fault`] where it cannot be decoded again.
    pub fn samples(&self) -> Result<Vec<u8>, Fault> {
        let (image, ..) = decode(&self.bytes, self.format)?;
        if !image.color().has_alpha() {
            return Ok(if self.gray { image.into_luma8().into_raw() } else { image.into_rgb8().into_raw() });
        }
        let on_white = |value: u8, alpha: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        let channels = if self.gray { 1 } else { 3 };
        let pixels = image.to_rgba8();
        let on_white = |pixel: &image::Rgba<u8>| {
            let [red, green, blue, alpha] = pixel.0;
            [red, green, blue].into_iter().take(channels).map(move |value| on_white(value, alpha))
        };
        Ok(pixels.pixels().flat_map(on_white).collect())
    }
}

/// The picture, how it lies, and whether every reader of its format shows it alike.
fn decode(bytes: &[u8], format: Format) -> Result<(DynamicImage, Orientation, bool), Fault> {
    let format = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Fault::TooLarge(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    // Of four components, readers disagree about what they are.
    let plain = !matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8);
    Ok((DynamicImage::from_decoder(decoder).map_err(damaged)?, orientation, plain))
}

fn encode(image: &DynamicImage, format: Format) -> Result<Picture, Fault> {
    let gray = !image.color().has_color();
    let mut bytes = Vec::new();
    let done = match (format, gray) {
        (Format::Png, _) => image.write_with_encoder(PngEncoder::new(&mut bytes)),
        (Format::Jpeg, true) => image.to_luma8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)),
        (Format::Jpeg, false) => image.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)),
    };
    done.map_err(damaged)?;
    let (width, height) = (image.width(), image.height());
    Ok(Picture { format, bytes, width, height, gray, fitted: OnceLock::new() })
}

fn damaged(error: image::ImageError) -> Fault {
    Fault::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let pixels =
            image::RgbaImage::from_fn(width, height, |x, _| image::Rgba([255, 0, 0, if x == 0 { 0 } else { 255 }]));
        encode(&DynamicImage::ImageRgba8(pixels), Format::Png).unwrap().bytes
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 128]));
        encode(&DynamicImage::ImageRgb8(pixels), Format::Jpeg).unwrap().bytes
    }

    /// A JPEG with an EXIF segment that says how it lies.
    fn lying(orientation: u8) -> Vec<u8> {
        let plain = jpeg(40, 20);
        let tiff =
            [b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation, 0, 0][..], b"\0\0\0\0"].concat();
        let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
        let length = (exif.len() as u16 + 2).to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn a_jpeg_goes_through_byte_for_byte_unless_it_lies_on_its_side() {
        let bytes = jpeg(40, 20);
        let picture = Picture::read(bytes.clone()).unwrap();
        assert_eq!((picture.width, picture.height, picture.bytes == bytes, picture.gray), (40, 20, true, false));
        let upright = Picture::read(lying(1)).unwrap();
        assert_eq!((upright.width, upright.height), (40, 20));
        let turned = Picture::read(lying(6)).unwrap();
        assert_eq!((turned.width, turned.height, turned.format), (20, 40, Format::Jpeg));
        assert_eq!(Picture::read(turned.bytes.clone()).unwrap(), turned, "and lies upright from then on");
    }

    #[test]
    fn what_is_clear_is_white_on_paper() {
        let picture = Picture::read(png(2, 1)).unwrap();
        assert_eq!(picture.samples().unwrap(), [255, 255, 255, 255, 0, 0]);
    }

    #[test]
    fn far_more_pixels_than_are_printed_are_made_fewer() {
        let picture = Arc::new(Picture::read(jpeg(900, 300)).unwrap());
        // An inch shows 300 pixels; half as many more stay.
        assert_eq!(picture.for_width(Length::pt(144)).unwrap(), picture);
        let small = picture.for_width(Length::pt(72)).unwrap();
        assert_eq!((small.width, small.height), (300, 100));
        assert!(Arc::ptr_eq(&picture.for_width(Length::pt(72)).unwrap(), &small), "and that is done once");
        assert_eq!(picture.for_width(Length::pt(36)).unwrap().width, 150);
    }

    #[test]
    fn what_is_no_picture_is_told() {
        assert_eq!(Picture::read(b"GIF89a".to_vec()), Err(Fault::Format));
        assert_eq!(Picture::read(Vec::new()), Err(Fault::Format));
        let mut cut = png(20, 20);
        cut.truncate(60);
        assert!(matches!(Picture::read(cut), Err(Fault::Damaged(_))));
    }

    #[test]
    fn a_bomb_is_refused_by_its_size_alone() {
        let mut bomb = png(20, 20);
        // Width and height stand in the first chunk, whose checksum is then wrong: so it is made anew.
        bomb[16..24].copy_from_slice(&[0, 1, 0x11, 0x70, 0, 1, 0x11, 0x70]);
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(Picture::read(bomb), Err(Fault::TooLarge(70_000, 70_000)));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
