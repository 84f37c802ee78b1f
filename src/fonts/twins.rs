//! Glyphs added to a font file: an outline that it has, moved sideways and given another advance.
//!
//! A twin is a composite glyph of one part (OpenType `glyf`, “Composite glyph description”), 20 bytes long.

use ttf_parser::{RawFace, Tag};

/// A glyph that draws another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Twin {
    /// The glyph that it draws.
    pub(super) of: u16,
    /// How far to the right, in units of the face.
    pub(super) shift: i16,
    /// Its advance width, in units of the face.
    pub(super) advance: u16,
}

/// Both arguments are words, and a way to move the part.
const WORDS_AND_XY: u16 = 0x0003;

/// The font file `program` with `twins` after its last glyph, and the number of the first of them.
///
/// # Errors
/// A message where the file lacks a table, or has no room for so many glyphs.
pub(super) fn append(program: &[u8], twins: &[Twin]) -> Result<(Vec<u8>, u16), String> {
    let face = RawFace::parse(program, 0).map_err(|e| e.to_string())?;
    let table =
        |tag: &[u8; 4]| face.table(Tag::from_bytes(tag)).ok_or_else(|| format!("no {}", String::from_utf8_lossy(tag)));
    let mut head = table(b"head")?.to_vec();
    let mut hhea = table(b"hhea")?.to_vec();
    let mut maxp = table(b"maxp")?.to_vec();
    let mut glyf = table(b"glyf")?.to_vec();
    let glyphs = word(&maxp, 4)?;
    let mut loca = offsets(table(b"loca")?, word(&head, 50)? == 0, glyphs)?;
    let mut metrics = long_metrics(table(b"hmtx")?, word(&hhea, 34)?, glyphs)?;
    for twin in twins {
        let of = usize::from(twin.of);
        let (Some(&start), Some(&end)) = (loca.get(of), loca.get(of + 1)) else {
            return Err(format!("no glyph {of}"));
        };
        let mut bearing = 0;
        if start < end {
            let (left, bottom) = (word(&glyf, start + 2)?, word(&glyf, start + 4)?);
            let (right, top) = (word(&glyf, start + 6)?, word(&glyf, start + 8)?);
            let moved = |x: u16| (x as i16).wrapping_add(twin.shift) as u16;
            bearing = moved(left);
            let one_part = u16::MAX;
            let words = [one_part, bearing, bottom, moved(right), top, WORDS_AND_XY, twin.of, twin.shift as u16, 0, 0];
            glyf.extend(words.into_iter().flat_map(u16::to_be_bytes));
        }
        loca.push(glyf.len());
        metrics.push((twin.advance, bearing));
    }
    let count = u16::try_from(metrics.len()).map_err(|_| "more than 65535 glyphs".to_string())?;
    let widest = metrics.iter().map(|&(advance, _)| advance).max().unwrap_or_default();
    set(&mut maxp, 4, count)?;
    set(&mut hhea, 34, count)?;
    set(&mut hhea, 10, widest)?;
    // Offsets of four bytes each, whatever the file had: the outlines may have grown past the short form.
    set(&mut head, 50, 1)?;
    // A twin has the points and contours of one glyph, one part, and one more depth than that glyph.
    for (composite, simple) in [(10, 6), (12, 8)] {
        let most = word(&maxp, composite)?.max(word(&maxp, simple)?);
        set(&mut maxp, composite, most)?;
    }
    let (parts, depth) = (word(&maxp, 28)?.max(1), word(&maxp, 30)?.saturating_add(1));
    set(&mut maxp, 28, parts)?;
    set(&mut maxp, 30, depth)?;
    let loca: Vec<u8> = loca.into_iter().flat_map(|offset| (offset as u32).to_be_bytes()).collect();
    let hmtx: Vec<u8> = metrics.into_iter().flat_map(|(a, b)| [a.to_be_bytes(), b.to_be_bytes()].concat()).collect();
    let tables: Vec<(Tag, &[u8])> = face
        .table_records
        .into_iter()
        .filter_map(|record| {
            let data: &[u8] = match &record.tag.to_bytes() {
                b"head" => &head,
                b"hhea" => &hhea,
                b"maxp" => &maxp,
                b"glyf" => &glyf,
                b"loca" => &loca,
                b"hmtx" => &hmtx,
                _ => face.table(record.tag)?,
            };
            Some((record.tag, data))
        })
        .collect();
    Ok((assemble(TRUE_TYPE, &tables), glyphs))
}

fn word(table: &[u8], at: usize) -> Result<u16, String> {
    match table.get(at..at + 2) {
        Some(&[high, low]) => Ok(u16::from_be_bytes([high, low])),
        _ => Err(format!("a table ends before byte {at}")),
    }
}

fn set(table: &mut [u8], at: usize, value: u16) -> Result<(), String> {
    let place = table.get_mut(at..at + 2).ok_or_else(|| format!("a table ends before byte {at}"))?;
    place.copy_from_slice(&value.to_be_bytes());
    Ok(())
}

/// Where each glyph's outline begins, and where the last ends.
fn offsets(loca: &[u8], short: bool, glyphs: u16) -> Result<Vec<usize>, String> {
    (0..=usize::from(glyphs))
        .map(|n| {
            if short {
                Ok(usize::from(word(loca, n * 2)?) * 2)
            } else {
                Ok((usize::from(word(loca, n * 4)?) << 16) + usize::from(word(loca, n * 4 + 2)?))
            }
        })
        .collect()
}

/// Advance and left side bearing of each glyph; the file leaves out the advances that repeat at its end.
fn long_metrics(hmtx: &[u8], long: u16, glyphs: u16) -> Result<Vec<(u16, u16)>, String> {
    let long = usize::from(long).max(1);
    (0..usize::from(glyphs))
        .map(|n| {
            let advance = word(hmtx, n.min(long - 1) * 4)?;
            let bearing = if n < long { word(hmtx, n * 4 + 2)? } else { word(hmtx, long * 4 + (n - long) * 2)? };
            Ok((advance, bearing))
        })
        .collect()
}

/// How a file with TrueType outlines begins.
pub(super) const TRUE_TYPE: u32 = 0x0001_0000;

/// A font file of `tables`, which are in order of their tags; `version` says whose outlines they are.
pub(super) fn assemble(version: u32, tables: &[(Tag, &[u8])]) -> Vec<u8> {
    let count = tables.len() as u16;
    let log = count.max(1).ilog2();
    let range = 16_u16 << log;
    let mut file = version.to_be_bytes().to_vec();
    for value in [count, range, log as u16, (count * 16).saturating_sub(range)] {
        file.extend(value.to_be_bytes());
    }
    let mut at = file.len() + tables.len() * 16;
    for (tag, data) in tables {
        file.extend(tag.to_bytes());
        for value in [checksum(data, *tag), at as u32, data.len() as u32] {
            file.extend(value.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, data) in tables {
        if *tag == Tag::from_bytes(b"head") {
            head = Some(file.len());
        }
        file.extend_from_slice(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    if let Some(place) = head.and_then(|head| file.get_mut(head + 8..head + 12)) {
        place.fill(0);
        let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&file));
        if let Some(place) = head.and_then(|head| file.get_mut(head + 8..head + 12)) {
            place.copy_from_slice(&adjustment.to_be_bytes());
        }
    }
    file
}

/// The sum of a table; that of `head` is taken without the adjustment that it holds.
fn checksum(data: &[u8], tag: Tag) -> u32 {
    let adjustment = match data.get(8..12) {
        Some(&[a, b, c, d]) if tag == Tag::from_bytes(b"head") => u32::from_be_bytes([a, b, c, d]),
        _ => 0,
    };
    sum(data).wrapping_sub(adjustment)
}

fn sum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum, chunk| {
        let mut bytes = [0; 4];
        bytes[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_none_is_refused() {
        assert!(append(b"no font", &[]).is_err());
        assert!(append(&assemble(TRUE_TYPE, &[]), &[]).is_err());
    }

    #[test]
    fn the_sum_of_a_whole_file_is_the_one_that_the_format_asks_for() {
        let head = [7; 54];
        let file = assemble(TRUE_TYPE, &[(Tag::from_bytes(b"cvt "), &[1, 2, 3]), (Tag::from_bytes(b"head"), &head)]);
        assert_eq!(sum(&file), 0xB1B0_AFBA);
    }
}
