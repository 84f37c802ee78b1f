//! The chunks of a PNG (ISO/IEC 15948, 5 and 11): what its header says, and the file without what no page shows:
//! EXIF, remarks, times, the other pictures of an animation, what follows its end.

use std::ops::Range;

use flate2::Crc;
use image::metadata::Orientation;

use super::Fault;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The chunks that a picture is shown by; what is not known and begins with a capital is left to the decoder to refuse.
const SHOWN: &[&[u8]] = &[b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"];
/// The colour type of a picture whose pixels are numbers of colours.
const INDEXED: u8 = 3;

/// A PNG, read but not decoded.
#[derive(Debug)]
pub(super) struct Png {
    /// The file without what no page shows.
    pub(super) bytes: Vec<u8>,
    /// How it lies, by EXIF.
    pub(super) orientation: Orientation,
    /// The file with white for the numbers that no colour has; none where each number has one. A decoder takes another
    /// colour for them and says nothing, so that the two look alike only if no pixel has such a number.
    pub(super) filled: Option<Vec<u8>>,
}

impl Png {
    /// Reads the chunks of `bytes`.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where a part is missing, or the colours of an indexed picture are none; [`Fault::TooLarge`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let damaged = |why: &str| Fault::Damaged(why.into());
        let mut rest = bytes.strip_prefix(SIGNATURE).ok_or_else(|| damaged("its signature is wrong"))?;
        let (first, after) = chunk(rest)?;
        let header = first.strip_prefix(b"\0\0\0\x0dIHDR").ok_or_else(|| damaged("it has no header"))?;
        let &[w3, w2, w1, w0, h3, h2, h1, h0, depth, colour, ..] = header else { return Err(cut()) };
        let (width, height) = (u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]));
        super::check_size(width, height)?;
        let mut orientation = Orientation::NoTransforms;
        let mut colours = None;
        let mut palette = None;
        let mut out = [SIGNATURE, first].concat();
        rest = after;
        loop {
            let (whole, after) = chunk(rest)?;
            let (kind, body) = (&whole[4..8], &whole[8..whole.len() - 4]);
            match kind {
                b"PLTE" => colours = Some(body.len()),
                b"eXIf" => orientation = Orientation::from_exif_chunk(body).unwrap_or(orientation),
                b"IDAT" if colour == INDEXED && !colours.is_some_and(|bytes| is_palette(bytes, depth)) => {
                    return Err(damaged("its colours are missing or not whole"));
                }
                _ => {}
            }
            if kind[0].is_ascii_uppercase() || SHOWN.contains(&kind) {
                if kind == b"PLTE" {
                    palette = Some(out.len()..out.len() + whole.len());
                }
                out.extend(whole);
            }
            if kind == b"IEND" {
                let palette = palette.filter(|_| colour == INDEXED);
                let filled = palette.and_then(|palette| filled(&out, palette, depth));
                return Ok(Png { bytes: out, orientation, filled });
            }
            rest = after;
        }
    }
}

/// The first chunk of `bytes`, with its length and checksum, and what follows.
fn chunk(bytes: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let length = bytes.first_chunk().map(|length| u32::from_be_bytes(*length) as usize).ok_or_else(cut)?;
    length.checked_add(12).and_then(|whole| bytes.split_at_checked(whole)).ok_or_else(cut)
}

/// Whether so many bytes are colours, and no more than a pixel of `depth` bits can number (11.2.2).
fn is_palette(bytes: usize, depth: u8) -> bool {
    bytes > 0 && bytes.is_multiple_of(3) && bytes / 3 <= 1 << depth.min(8)
}

/// `file` with as many colours in its `palette` as a pixel of `depth` bits can number, the new ones white; none where it has
/// them.
fn filled(file: &[u8], palette: Range<usize>, depth: u8) -> Option<Vec<u8>> {
    let mut body = file.get(palette.start + 4..palette.end - 4)?.to_vec();
    let whole = b"PLTE".len() + 3 * (1 << depth.min(8));
    if body.len() >= whole {
        return None;
    }
    body.resize(whole, 0xff);
    let mut sum = Crc::new();
    sum.update(&body);
    let length = u32::try_from(whole - b"PLTE".len()).ok()?.to_be_bytes();
    let (before, after) = (&file[..palette.start], &file[palette.end..]);
    Some([before, &length, &body, &sum.sum().to_be_bytes(), after].concat())
}

fn cut() -> Fault {
    Fault::Damaged("it is cut short".into())
}
