//! The segments of a JPEG (ITU-T T.81, annex B): what its header says, whether its picture is all there, and the file
//! without what no page shows: the place and the camera of EXIF, remarks, previews, what follows its end.

use image::metadata::Orientation;

use super::Fault;
use super::entropy::{Frame, Scans};

/// Start of image, end of image, start of scan.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;

/// What the samples of a pixel are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colours {
    /// Grey, or the luminance and two colour differences of JFIF: all readers agree.
    Plain,
    /// Red, green and blue as they are.
    Rgb,
    /// Four inks, 255 being none, also as luminance, differences and black: so Adobe's programs write them, and so
    /// browsers and the decoder take them, while a PDF and many others want 0 for none.
    Inks,
}

/// A JPEG, read but not decoded.
#[derive(Debug)]
pub(super) struct Jpeg {
    /// The file without what no page shows.
    pub(super) bytes: Vec<u8>,
    /// What its samples are.
    pub(super) colours: Colours,
    /// How it lies, by EXIF.
    pub(super) orientation: Orientation,
}

/// A marker and what belongs to it.
struct Segment<'b> {
    marker: u8,
    /// Without its length.
    body: &'b [u8],
    /// What follows the header of a scan, up to the next marker.
    data: &'b [u8],
}

impl Jpeg {
    /// Reads the segments of `bytes`, which begin as a JPEG does.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where a part is missing or a scan ends early, [`Fault::Kind`] where it is coded as few
    /// programs can read it, [`Fault::TooLarge`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let (segments, has_end) = segments(bytes)?;
        let mut frames = segments.iter().filter(|segment| is_frame(segment.marker));
        let (Some(header), None) = (frames.next(), frames.next()) else {
            return Err(Fault::Damaged("it has no picture, or several".into()));
        };
        let frame = Frame::read(header.marker, header.body)?;
        super::check_size(frame.width, frame.height)?;
        let adobe = segments.iter().find_map(Segment::adobe);
        let has_jfif = segments.iter().any(Segment::is_jfif);
        let colours = match (frame.components.as_slice(), adobe) {
            ([_, _, _, _], _) => Colours::Inks,
            ([_, _, _], Some(0)) => Colours::Rgb,
            ([r, g, b], None) if !has_jfif && [r.id, g.id, b.id] == *b"RGB" => Colours::Rgb,
            _ => Colours::Plain,
        };
        let mut scans = Scans::new(&frame);
        let mut orientation = Orientation::NoTransforms;
        let mut out = vec![0xff, SOI];
        for segment in &segments {
            scans.take(segment.marker, segment.body, segment.data)?;
            if let Some(exif) = segment.exif() {
                orientation = Orientation::from_exif_chunk(exif).unwrap_or(orientation);
            }
            segment.write(colours, &frame, &mut out);
        }
        scans.finish(has_end)?;
        out.extend([0xff, EOI]);
        Ok(Jpeg { bytes: out, colours, orientation })
    }
}

/// Whether a picture's header follows the marker.
fn is_frame(marker: u8) -> bool {
    // C4, C8 and CC are tables and an extension.
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// The segments up to the end of the image, and whether that end is marked.
fn segments(bytes: &[u8]) -> Result<(Vec<Segment<'_>>, bool), Fault> {
    let cut = || Fault::Damaged("it is cut short".into());
    let mut segments = Vec::new();
    let mut at = 2;
    while let Some(skipped) = bytes.get(at..).and_then(|rest| rest.windows(2).position(is_marker)) {
        at += skipped;
        let marker = bytes[at + 1];
        at += 2;
        match marker {
            EOI => return Ok((segments, true)),
            // Signs that stand alone.
            SOI | 0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = bytes.get(at..at + 2).map(|length| usize::from(u16::from_be_bytes([length[0], length[1]])));
        let length = length.ok_or_else(cut)?;
        let body = bytes.get(at + 2..at + length.max(2)).ok_or_else(cut)?;
        at += length.max(2);
        let start = at;
        if marker == SOS {
            let is_end = |pair: &[u8]| is_marker(pair) && !matches!(pair[1], 0xd0..=0xd7);
            let rest = &bytes[start..];
            at = start + rest.windows(2).position(is_end).unwrap_or(rest.len());
        }
        segments.push(Segment { marker, body, data: &bytes[start..at] });
    }
    Ok((segments, false))
}

/// Whether two bytes are a marker: 0xff and what is neither a stuffed zero nor a filling 0xff.
fn is_marker(pair: &[u8]) -> bool {
    pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff)
}

impl<'b> Segment<'b> {
    /// The transform of Adobe's segment (Adobe technical note 5116, 18).
    fn adobe(&self) -> Option<u8> {
        let body = Some(self.body).filter(|_| self.marker == 0xee)?;
        body.strip_prefix(b"Adobe")?.get(6).copied()
    }

    fn is_jfif(&self) -> bool {
        self.marker == 0xe0 && self.body.starts_with(b"JFIF\0") && self.body.len() >= 14
    }

    fn exif(&self) -> Option<&'b [u8]> {
        Some(self.body).filter(|_| self.marker == 0xe1)?.strip_prefix(b"Exif\0\0")
    }

    /// Writes the segment, if a page needs it.
    fn write(&self, colours: Colours, frame: &Frame, out: &mut Vec<u8>) {
        let mut body = self.body.to_vec();
        match self.marker {
            0xe0 if self.is_jfif() => {
                // The preview that may follow is none of the picture.
                body.truncate(14);
                body[12..].fill(0);
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {}
            0xee if self.adobe().is_some() && colours != Colours::Rgb => {}
            0xe0..=0xef | 0xfe => return,
            // Decoders know red, green and blue by the names of their components.
            marker if colours == Colours::Rgb && is_frame(marker) => {
                let names = body.get_mut(6..).unwrap_or_default().chunks_mut(3);
                names.zip(*b"RGB").for_each(|(component, name)| component[0] = name);
            }
            SOS if colours == Colours::Rgb => {
                let count = usize::from(body.first().copied().unwrap_or_default());
                for selector in body.get_mut(1..1 + 2 * count).unwrap_or_default().chunks_mut(2) {
                    let index = frame.components.iter().position(|component| component.id == selector[0]);
                    selector[0] = index.map_or(selector[0], |index| b"RGB"[index]);
                }
            }
            _ => {}
        }
        let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
        out.extend([0xff, self.marker]);
        out.extend(length.to_be_bytes());
        out.extend(body);
        out.extend(self.data);
    }
}
