//! Pictures: PNG and JPEG, read within limits, turned as EXIF says, and made smaller where far more was taken than is
//! printed.
//!
//! `jpeg` and `png` look through a file before a decoder sees it: whether it is whole (`entropy`), how large, and what
//! of it no page shows, which goes no further. What is left of a JPEG goes into the outputs byte for byte, unless its
//! colours are ones that readers take differently. `decode` has the libraries, and watches them.

mod decode;
mod entropy;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat};

use self::decode::{decode, encode};
use self::jpeg::{Colours, Jpeg};
use self::png::Png;
use crate::length::Length;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most pixels that are decoded: a photograph of 100 megapixels.
pub const MAX_PIXELS: u64 = 100_000_000;
/// The most pixels in a row or a column, as in a JPEG. Decoders keep some rows in memory beside the picture.
const MAX_SIDE: u32 = 65_535;
/// Pixels an inch that printing can show.
const DPI: i64 = 300;

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
    /// It is damaged; what is wrong, in English.
    Damaged(String),
    /// It is a JPEG as few programs write it: arithmetic coded, lossless, of more than 8 bits.
    Kind,
    /// It has more than [`MAX_PIXELS`], a side over 65,535 pixels, or takes more memory than decoding may; width and
    /// height.
    TooLarge(u32, u32),
}

impl Picture {
    /// Reads a picture from the bytes of its file.
    ///
    /// # Errors
    /// [`Fault`] where it is none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Fault> {
        let (format, read) = match image::guess_format(&bytes) {
            Ok(ImageFormat::Png) => (Format::Png, Read::from(Png::read(&bytes)?)),
            Ok(ImageFormat::Jpeg) => (Format::Jpeg, Read::from(Jpeg::read(&bytes)?)),
            Ok(_) | Err(_) => return Err(Fault::Format),
        };
        drop(bytes);
        let mut image = decode(&read.bytes, format)?;
        if let Some(filled) = &read.filled
            && decode(filled, format)? != image
        {
            return Err(Fault::Damaged("a pixel has the number of no colour".into()));
        }
        if read.orientation == Orientation::NoTransforms && read.colours == Colours::Plain {
            return Ok(Picture::new(format, read.bytes, &image));
        }
        image.apply_orientation(read.orientation);
        encode(&image, format)
    }

    fn new(format: Format, bytes: Vec<u8>, image: &DynamicImage) -> Self {
        let (width, height, gray) = (image.width(), image.height(), !image.color().has_color());
        Picture { format, bytes, width, height, gray, fitted: OnceLock::new() }
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
        let image = decode(&self.bytes, self.format)?;
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
        let image = decode(&self.bytes, self.format)?;
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

/// What was read of a file before its pixels.
struct Read {
    bytes: Vec<u8>,
    colours: Colours,
    orientation: Orientation,
    /// The same picture, if each of its pixels has a colour: [`Png::filled`].
    filled: Option<Vec<u8>>,
}

impl From<Png> for Read {
    fn from(png: Png) -> Self {
        let Png { bytes, orientation, filled } = png;
        Read { bytes, colours: Colours::Plain, orientation, filled }
    }
}

impl From<Jpeg> for Read {
    fn from(jpeg: Jpeg) -> Self {
        let Jpeg { bytes, colours, orientation } = jpeg;
        Read { bytes, colours, orientation, filled: None }
    }
}

/// Whether so many pixels are read at all, by the header alone and before anything is made of its size.
fn check_size(width: u32, height: u32) -> Result<(), Fault> {
    let is_large = width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if is_large { Err(Fault::TooLarge(width, height)) } else { Ok(()) }
}
