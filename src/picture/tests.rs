//! What becomes of pictures of every kind, and of what is none.

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
    let tiff = [b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation, 0, 0][..], b"\0\0\0\0"].concat();
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

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let crc = crc32(&[kind, body].concat()).to_be_bytes();
    [(body.len() as u32).to_be_bytes().as_slice(), kind, body, &crc].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A JPEG of one block, each component of which is one sample; `transform` is Adobe's.
fn flat(samples: &[u8], transform: Option<u8>) -> Vec<u8> {
    fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
        out.extend([0xff, marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    }
    let names = 1..=samples.len() as u8;
    let mut out = vec![0xff, 0xd8];
    if let Some(transform) = transform {
        segment(&mut out, 0xee, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat());
    }
    segment(&mut out, 0xdb, &[[0].as_slice(), &[8; 64]].concat());
    let components: Vec<u8> = names.clone().flat_map(|name| [name, 0x11, 0]).collect();
    segment(&mut out, 0xc0, &[[8, 0, 8, 0, 8, samples.len() as u8].as_slice(), &components].concat());
    // The sizes 0 to 11 in four bits each; the end of a block in one.
    let counts = |length: usize, count: u8| (1..=16).map(move |n| if n == length { count } else { 0 });
    let sizes: Vec<u8> = [0].into_iter().chain(counts(4, 12)).chain(0..12).collect();
    let end: Vec<u8> = [0x10].into_iter().chain(counts(1, 1)).chain([0]).collect();
    segment(&mut out, 0xc4, &[sizes, end].concat());
    let selectors: Vec<u8> = names.flat_map(|name| [name, 0]).collect();
    segment(&mut out, 0xda, &[[samples.len() as u8].as_slice(), &selectors, &[0, 63, 0]].concat());
    let mut bits = String::new();
    for &sample in samples {
        let value = i32::from(sample) - 128;
        let size = (32 - value.unsigned_abs().leading_zeros()) as usize;
        let shown = if value < 0 { value - 1 + (1 << size) } else { value };
        bits += &format!("{size:04b}");
        bits += &if size > 0 { format!("{shown:0size$b}") } else { String::new() };
        bits.push('0');
    }
    bits += &"1".repeat(bits.len().next_multiple_of(8) - bits.len());
    for byte in bits.as_bytes().chunks(8) {
        let byte = byte.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
        out.extend([byte].into_iter().chain((byte == 0xff).then_some(0)));
    }
    out.extend([0xff, 0xd9]);
    out
}

/// The colour that all of a picture has, within what a JPEG loses.
fn colour(bytes: Vec<u8>) -> [u8; 3] {
    let samples = Picture::read(bytes).unwrap().samples().unwrap();
    assert!(samples.chunks(3).all(|pixel| pixel == &samples[..3]));
    [samples[0], samples[1], samples[2]].map(|value| value.saturating_add(2) / 5 * 5)
}

#[test]
fn inks_become_the_colours_that_they_print() {
    for (samples, transform, expected) in [
        ([255, 255, 255, 255].as_slice(), Some(0), [255; 3]),
        (&[0, 255, 255, 255], Some(0), [0, 255, 255]),
        (&[255, 255, 255, 0], Some(0), [0; 3]),
        (&[255, 255, 0, 255], None, [255, 255, 0]),
        // Luminance, differences and black: the stored inks are what is left of the colour.
        (&[0, 128, 128, 255], Some(2), [255; 3]),
        (&[255, 128, 128, 255], Some(2), [0; 3]),
        // Red, green and blue as they are, and as luminance and differences.
        (&[255, 0, 0], Some(0), [255, 0, 0]),
        (&[255, 128, 128], Some(1), [255; 3]),
        (&[255, 128, 128], None, [255; 3]),
    ] {
        assert_eq!(colour(flat(samples, transform)), expected, "{samples:?} {transform:?}");
    }
    let inks = Picture::read(flat(&[0, 255, 255, 255], Some(0))).unwrap();
    assert_eq!(image::load_from_memory(&inks.bytes).unwrap().color(), image::ColorType::Rgb8);
    let components = inks.bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap() + 9;
    assert_eq!(inks.bytes[components], 3, "what goes into the outputs is no longer in four inks");
}

#[test]
fn a_jpeg_that_lacks_anything_is_refused() {
    let progressive = include_bytes!("../../tests/photos/progressive.jpg").to_vec();
    assert!(Picture::read(progressive.clone()).is_ok());
    for whole in [jpeg(40, 20), progressive] {
        let end = whole.len() - 2;
        for length in 2..end {
            let cut = &whole[..length];
            assert!(Picture::read(cut.to_vec()).is_err(), "{length} bytes of {end}");
            let closed = [cut, &[0xff, 0xd9]].concat();
            assert!(Picture::read(closed).is_err(), "{length} bytes of {end} and an end");
        }
    }
    // What has all of its picture needs no mark of the end.
    let whole = jpeg(40, 20);
    assert_eq!(Picture::read(whole[..whole.len() - 2].to_vec()), Picture::read(whole));
}

#[test]
fn a_jpeg_whose_header_does_not_fit_its_picture_is_refused() {
    let whole = jpeg(40, 20);
    let frame = whole.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let changed = |at: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[frame + at] = byte;
        Picture::read(bytes)
    };
    assert!(matches!(changed(6, 40), Err(Fault::Damaged(_))), "taller");
    assert!(matches!(changed(6, 4), Err(Fault::Damaged(_))), "lower");
    assert!(matches!(changed(6, 0), Err(Fault::Damaged(_))), "of no height");
    assert_eq!(changed(5, 0xff).and(changed(7, 0xff)), changed(7, 0xff), "large");
    assert_eq!(changed(4, 12), Err(Fault::Kind), "12 bits");
    for kind in [0xc3, 0xc5, 0xc9, 0xca, 0xcf] {
        assert_eq!(changed(1, kind), Err(Fault::Kind), "lossless, hierarchical or arithmetic");
    }
}

#[test]
fn no_page_carries_where_a_picture_was_taken() {
    let secret = b"N 29.55 E 120.88";
    let segment = |marker: u8, name: &[u8]| {
        let body = [name, secret].concat();
        [&[0xff, marker], (body.len() as u16 + 2).to_be_bytes().as_slice(), &body].concat()
    };
    let plain = jpeg(40, 20);
    let noted = [
        &plain[..2],
        &segment(0xe1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0"),
        &segment(0xe2, b"MPF\0"),
        &segment(0xed, b"Photoshop 3.0\0"),
        &segment(0xfe, b""),
        &plain[2..],
        // Cameras put a second picture after the first.
        &plain[..2],
        &segment(0xe1, b"Exif\0\0"),
        &plain[2..],
    ]
    .concat();
    assert_eq!(Picture::read(noted).unwrap().bytes, plain);

    let whole = png(4, 4);
    let (head, rest) = whole.split_at(33);
    let text = [b"Comment\0".as_slice(), secret].concat();
    let noted =
        [head, &chunk(b"tEXt", &text), &chunk(b"eXIf", secret), &chunk(b"acTL", &[0; 8]), rest, secret].concat();
    assert_eq!(Picture::read(noted).unwrap().bytes, whole);
    let exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = Picture::read([head, &chunk(b"eXIf", exif), rest].concat()).unwrap();
    assert_eq!(turned.format, Format::Png, "and still lies as it says");
}

/// Four pixels of two bits each, the byte `pixels`, whose colours are `palette`; the stream is stored, with its sum
/// (Adler-32).
fn indexed(palette: Option<&[u8]>, pixels: u8) -> Result<Picture, Fault> {
    let header = chunk(b"IHDR", &[0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 0, 0, 0]);
    let palette = palette.map(|colours| chunk(b"PLTE", colours)).unwrap_or_default();
    let data = [0x78, 0x01, 1, 2, 0, 0xfd, 0xff, 0, pixels, 0, pixels + 2, 0, pixels + 1];
    let (data, end) = (chunk(b"IDAT", &data), chunk(b"IEND", b""));
    Picture::read([b"\x89PNG\r\n\x1a\n".as_slice(), &header, &palette, &data, &end].concat())
}

#[test]
fn a_png_of_no_colours_is_refused() {
    assert_eq!(indexed(Some(&[200, 0, 0]), 0).unwrap().samples().unwrap(), [200, 0, 0].repeat(4));
    for colours in [None, Some([].as_slice()), Some(&[1, 2, 3, 4]), Some(&[1; 15])] {
        assert!(matches!(indexed(colours, 0), Err(Fault::Damaged(_))), "{colours:?}");
    }
}

#[test]
fn a_pixel_with_the_number_of_no_colour_is_damage() {
    // The second pixel has colour 1.
    let read = |colours: &[u8]| indexed(Some(colours), 0x10);
    assert_eq!(read(&[200, 0, 0, 9, 9, 9]).unwrap().samples().unwrap(), [200, 0, 0, 9, 9, 9, 200, 0, 0, 200, 0, 0]);
    assert!(matches!(read(&[200, 0, 0]), Err(Fault::Damaged(_))));
    assert!(matches!(read(&[0, 0, 0]), Err(Fault::Damaged(_))), "black is a colour as well");
}

#[test]
fn a_strip_of_pixels_is_refused_by_its_header() {
    let mut strip = png(20, 20);
    strip[16..24].copy_from_slice(&[0x05, 0xf5, 0xe1, 0x00, 0, 0, 0, 1]);
    assert_eq!(Picture::read(strip), Err(Fault::TooLarge(100_000_000, 1)));
}
