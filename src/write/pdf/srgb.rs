//! The colours of the file: an ICC profile of sRGB.
//!
//! Built here from the numbers of IEC 61966-2-1, so that no profile of someone else's has to be carried: a display
//! profile of version 2 (ICC.1:2001-04), which PDF 1.4 and all later ones read.

/// Where the profile's colours come from, as the PDF names them.
pub(super) const CONDITION: &str = "sRGB IEC61966-2.1";

/// White of the profile connection space, D50, and the primaries of sRGB adapted to it (Bradford), as XYZ in 1/65536.
const WHITE: [u32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
const RED: [u32; 3] = [0x6FA0, 0x38F5, 0x0390];
const GREEN: [u32; 3] = [0x6297, 0xB787, 0x18D9];
const BLUE: [u32; 3] = [0x249F, 0x0F84, 0xB6C3];

/// Steps of the curve between which readers draw straight lines.
const STEPS: u32 = 256;

/// The profile's file. The same on every machine: it is worked out with the four operations alone.
pub(super) fn profile() -> Vec<u8> {
    let tags: [(&[u8; 4], Vec<u8>); 6] = [
        (b"desc", description("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(WHITE)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
    ];
    // The three channels share one curve.
    let curves: [&[u8; 4]; 3] = [b"rTRC", b"gTRC", b"bTRC"];
    let mut table = ((tags.len() + curves.len()) as u32).to_be_bytes().to_vec();
    let mut at = HEADER + 4 + 12 * (tags.len() + curves.len());
    let mut data = Vec::new();
    let mut entry = |name: &[u8; 4], at: usize, length: usize| {
        table.extend(name);
        table.extend((at as u32).to_be_bytes());
        table.extend((length as u32).to_be_bytes());
    };
    for (name, content) in tags {
        entry(name, at, content.len());
        at += content.len().next_multiple_of(4);
        data.extend(&content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let curve = curve();
    for name in curves {
        entry(name, at, curve.len());
    }
    data.extend(curve);
    let mut profile = header((HEADER + table.len() + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// Length of the header.
const HEADER: usize = 128;

fn header(length: u32) -> Vec<u8> {
    let mut header = vec![0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &length.to_be_bytes());
    // Version 2.4; a display's profile from RGB to XYZ.
    put(8, &[2, 0x40, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // A date is asked for; that of the version.
    put(24, &[0x07, 0xD1, 0, 4, 0, 1]);
    put(36, b"acsp");
    for (at, part) in [68, 72, 76].into_iter().zip(WHITE) {
        put(at, &part.to_be_bytes());
    }
    header
}

fn typed(kind: &[u8; 4]) -> Vec<u8> {
    [&kind[..], &[0; 4]].concat()
}

fn text(words: &str) -> Vec<u8> {
    let mut tag = typed(b"text");
    tag.extend(words.bytes());
    tag.push(0);
    tag
}

/// A description, whose Unicode and Macintosh forms are empty.
fn description(words: &str) -> Vec<u8> {
    let mut tag = typed(b"desc");
    tag.extend((words.len() as u32 + 1).to_be_bytes());
    tag.extend(words.bytes());
    tag.push(0);
    tag.extend([0; 4 + 4 + 2 + 1 + 67]);
    tag
}

fn xyz(parts: [u32; 3]) -> Vec<u8> {
    let mut tag = typed(b"XYZ ");
    tag.extend(parts.into_iter().flat_map(u32::to_be_bytes));
    tag
}

fn curve() -> Vec<u8> {
    let mut tag = typed(b"curv");
    tag.extend(STEPS.to_be_bytes());
    for step in 0..STEPS {
        let light = linear(f64::from(step) / f64::from(STEPS - 1));
        tag.extend(((light * 65535.0 + 0.5) as u16).to_be_bytes());
    }
    tag
}

/// The light of a value of sRGB, both from 0 to 1: ((v + 0.055) / 1.055)^2.4, and v / 12.92 near black.
fn linear(value: f64) -> f64 {
    if value <= 0.04045 {
        return value / 12.92;
    }
    let base = (value + 0.055) / 1.055;
    let square = base * base;
    // To the power of 2.4: the square, times its fifth root.
    square * fifth_root(square)
}

/// Newton's way to the fifth root of a number up to 1. `powf` may differ from machine to machine in the last bit.
fn fifth_root(of: f64) -> f64 {
    let mut root = 1.0;
    for _ in 0..64 {
        root = (4.0 * root + of / (root * root * root * root)) / 5.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_that_of_the_standard() {
        for step in 0..=100 {
            let value = f64::from(step) / 100.0;
            let exact = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055_f64).powf(2.4) };
            assert!((linear(value) - exact).abs() < 1e-12, "{value}");
        }
        let curve = curve();
        assert_eq!(curve[12..14], [0, 0]);
        assert_eq!(curve[curve.len() - 2..], [255, 255]);
    }

    #[test]
    fn full_red_green_and_blue_make_white() {
        for n in 0..3 {
            assert!((RED[n] + GREEN[n] + BLUE[n]).abs_diff(WHITE[n]) <= 1, "{n}");
        }
    }

    #[test]
    fn every_tag_lies_within_the_file() {
        let profile = profile();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        for n in 0..number(HEADER) {
            let entry = HEADER + 4 + n * 12;
            let (at, length) = (number(entry + 4), number(entry + 8));
            assert!(at % 4 == 0 && at + length <= profile.len(), "tag {n}");
        }
    }
}
