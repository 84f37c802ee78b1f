//! The part of a face with PostScript outlines that a PDF carries: a fresh CID-keyed CFF of the outlines asked for
//! (Adobe Technical Notes 5176 and 5177), in an OpenType file of the tables that it needs.
//!
//! The outlines are written anew, in an em of 1,000 and without hints, so that no byte of an unknown font file gets
//! into a PDF, and each shape has a glyph of its own.

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::{OutlineBuilder, Tag};

use super::Face;
use super::shape::{Code, Cut, Shape, SubsetError, advance, units};
use super::twins::assemble;

/// How a file with PostScript outlines begins.
const OTTO: u32 = 0x4F54_544F;
/// Units of the em that is written.
const EM: i32 = 1000;
/// Operators of DICTs; of two bytes where the first is 12.
mod op {
    pub(super) const FONT_BBOX: &[u8] = &[5];
    pub(super) const CHARSET: &[u8] = &[15];
    pub(super) const CHAR_STRINGS: &[u8] = &[17];
    pub(super) const PRIVATE: &[u8] = &[18];
    pub(super) const DEFAULT_WIDTH: &[u8] = &[20];
    pub(super) const NOMINAL_WIDTH: &[u8] = &[21];
    pub(super) const ROS: &[u8] = &[12, 30];
    pub(super) const CID_COUNT: &[u8] = &[12, 34];
    pub(super) const FD_ARRAY: &[u8] = &[12, 36];
    pub(super) const FD_SELECT: &[u8] = &[12, 37];
}
/// Operators of char strings.
const RMOVETO: u8 = 21;
const RLINETO: u8 = 5;
const RRCURVETO: u8 = 8;
const ENDCHAR: u8 = 14;
/// Number of the first string that a file brings itself.
const FIRST_STRING: i32 = 391;

/// `face` cut down to `shapes`: glyph and code of each are its number, from 1.
pub(super) fn subset(face: &Face, shapes: &BTreeSet<Shape>) -> Result<Cut, SubsetError> {
    let count = u16::try_from(shapes.len() + 1).map_err(|e| SubsetError::Refused(e.to_string()))?;
    let em = i32::from(face.units_per_em());
    let mut codes = BTreeMap::new();
    // The first glyph is the empty one.
    let mut outlines = vec![Outline::new(0, 0, em)];
    for (cid, &shape) in (1..count).zip(shapes) {
        let glyph = face.glyph(shape.c).ok_or(SubsetError::NoGlyph(shape.c))?;
        let advance = advance(shape, &glyph)?;
        let mut outline = Outline::new(i32::from(advance), i32::from(units(shape.left, &glyph)), em);
        // A blank has none.
        face.tables().outline_glyph(glyph.id, &mut outline);
        outlines.push(outline);
        codes.insert(shape, Code { cid, advance });
    }
    let bounds = outlines.iter().filter_map(|outline| outline.bounds).reduce(joined).unwrap_or([0; 4]);
    let cff = table(&outlines, bounds);
    let hmtx: Vec<u8> = outlines
        .iter()
        .flat_map(|outline| [outline.advance as i16, outline.bounds.map_or(0, |bounds| bounds[0] as i16)])
        .flat_map(i16::to_be_bytes)
        .collect();
    let [x_min, y_min, x_max, y_max] = bounds.map(|bound| bound as i16 as u16);
    let widest = outlines.iter().map(|outline| outline.advance).max().unwrap_or(0) as u16;
    // Tables of fixed fields (OpenType 1.9); those left at 0 say nothing to a PDF.
    let head = words(&[1, 0, 0, 0, 0, 0, 0x5F0F, 0x3CF5, 0, EM as u16, 0, 0, 0, 0, 0, 0, 0, 0])
        .into_iter()
        .chain(words(&[x_min, y_min, x_max, y_max, 0, 8, 2, 0, 0]))
        .collect::<Vec<u8>>();
    let hhea = words(&[1, 0, y_max, y_min, 0, widest, 0, 0, x_max, 1, 0, 0, 0, 0, 0, 0, 0, count]);
    let maxp = words(&[0, 0x5000, count]);
    let tables: [(&[u8; 4], &[u8]); 5] =
        [(b"CFF ", &cff), (b"head", &head), (b"hhea", &hhea), (b"hmtx", &hmtx), (b"maxp", &maxp)];
    Ok((assemble(OTTO, &tables.map(|(tag, table)| (Tag::from_bytes(tag), table))), codes))
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn joined(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The table `CFF `.
fn table(outlines: &[Outline], bounds: [i32; 4]) -> Vec<u8> {
    let count = outlines.len() as u16;
    let last = count - 1;
    let char_strings: Vec<Vec<u8>> = outlines.iter().map(Outline::char_string).collect();
    let strings = index(&[b"Adobe".to_vec(), b"Identity".to_vec()]);
    let private = [dict(&[(&[0], op::DEFAULT_WIDTH), (&[0], op::NOMINAL_WIDTH)])].concat();
    let mut charset = Vec::new();
    if last > 0 {
        // One range: code and glyph are one number.
        charset.push(2);
        charset.extend(words(&[1, last - 1]));
    } else {
        charset.push(0);
    }
    let mut select = vec![3];
    select.extend(words(&[1, 0]));
    select.push(0);
    select.extend(words(&[count]));
    let char_strings = index(&char_strings);

    let mut file = vec![1, 0, 4, 4];
    file.extend(index(&[b"Subset".to_vec()]));
    // Numbers of a fixed length, so that the places of what follows are known before they are written.
    let top = |places: [i32; 4]| {
        let [charset, select, char_strings, array] = places;
        index(&[dict(&[
            (&[FIRST_STRING, FIRST_STRING + 1, 0], op::ROS),
            (&bounds, op::FONT_BBOX),
            (&[i32::from(count)], op::CID_COUNT),
            (&[charset], op::CHARSET),
            (&[select], op::FD_SELECT),
            (&[char_strings], op::CHAR_STRINGS),
            (&[array], op::FD_ARRAY),
        ])])
    };
    let no_subroutines = index(&[]);
    let start = file.len() + top([0; 4]).len() + strings.len() + no_subroutines.len();
    let at_select = start + charset.len();
    let at_strings = at_select + select.len();
    let at_private = at_strings + char_strings.len();
    let at_array = at_private + private.len();
    let array = index(&[dict(&[(&[private.len() as i32, at_private as i32], op::PRIVATE)])]);
    file.extend(top([start, at_select, at_strings, at_array].map(|place| place as i32)));
    for part in [strings, no_subroutines, charset, select, char_strings, private, array] {
        file.extend(part);
    }
    file
}

/// An INDEX.
fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut index = words(&[items.len() as u16]);
    if items.is_empty() {
        return index;
    }
    index.push(4);
    let mut offset = 1_u32;
    index.extend(offset.to_be_bytes());
    for item in items {
        offset += item.len() as u32;
        index.extend(offset.to_be_bytes());
    }
    index.extend(items.concat());
    index
}

/// A DICT, its numbers in five bytes each.
fn dict(entries: &[(&[i32], &[u8])]) -> Vec<u8> {
    let mut dict = Vec::new();
    for (numbers, operator) in entries {
        for number in *numbers {
            dict.push(29);
            dict.extend(number.to_be_bytes());
        }
        dict.extend_from_slice(operator);
    }
    dict
}

/// An outline on its way into a char string.
struct Outline {
    /// Advance width, in units of the em that is written.
    advance: i32,
    /// How far it is moved to the right, in units of the face.
    shift: i32,
    /// Units of the face's em.
    em: i32,
    /// What draws it, after its width.
    drawing: Vec<u8>,
    /// Where the pen is, in units of the em that is written.
    pen: [i32; 2],
    /// Least and greatest x and y of its points.
    bounds: Option<[i32; 4]>,
}

impl Outline {
    fn new(advance: i32, shift: i32, em: i32) -> Self {
        let em = em.max(1);
        // Cut off, as the widths in the document are.
        let advance = (advance * EM / em).min(i32::from(i16::MAX));
        Outline { advance, shift, em, drawing: Vec::new(), pen: [0; 2], bounds: None }
    }

    fn char_string(&self) -> Vec<u8> {
        let mut string = Vec::with_capacity(self.drawing.len() + 8);
        number(&mut string, self.advance);
        string.extend_from_slice(&self.drawing);
        string.push(ENDCHAR);
        string
    }

    /// Draws from the pen over `points`, in units of the face.
    fn draw(&mut self, points: &[(f32, f32)], operator: u8) {
        for &(x, y) in points {
            let scale = |value: f32| {
                let scaled = (value * EM as f32 / self.em as f32).round();
                scaled.clamp(f32::from(i16::MIN / 2), f32::from(i16::MAX / 2)) as i32
            };
            let to = [scale(x + self.shift as f32), scale(y)];
            number(&mut self.drawing, to[0] - self.pen[0]);
            number(&mut self.drawing, to[1] - self.pen[1]);
            self.pen = to;
            let point = [to[0], to[1], to[0], to[1]];
            self.bounds = Some(self.bounds.map_or(point, |bounds| joined(bounds, point)));
        }
        self.drawing.push(operator);
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.draw(&[(x, y)], RMOVETO);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.draw(&[(x, y)], RLINETO);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // PostScript has no such curves; this one is drawn by its chord's cubic.
        let start = self.pen.map(|at| at as f32 * self.em as f32 / EM as f32);
        let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
        let x0 = start[0] - self.shift as f32;
        let points = [(third(x0, x1), third(start[1], y1)), (third(x, x1), third(y, y1)), (x, y)];
        self.draw(&points, RRCURVETO);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.draw(&[(x1, y1), (x2, y2), (x, y)], RRCURVETO);
    }

    fn close(&mut self) {
        // A contour closes by itself.
    }
}

/// A number of a char string.
fn number(string: &mut Vec<u8>, number: i32) {
    match number {
        -107..=107 => string.push((number + 139) as u8),
        108..=1131 => {
            let rest = number - 108;
            string.extend([(247 + rest / 256) as u8, (rest % 256) as u8]);
        }
        -1131..=-108 => {
            let rest = -number - 108;
            string.extend([(251 + rest / 256) as u8, (rest % 256) as u8]);
        }
        _ => {
            string.push(28);
            string.extend((number as i16).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one glyph, which draws a square of half an em of 2,000.
    fn square() -> Vec<u8> {
        let mut outline = Outline::new(2000, 100, 2000);
        outline.move_to(0.0, 0.0);
        outline.line_to(1000.0, 0.0);
        outline.line_to(1000.0, 1000.0);
        outline.quad_to(500.0, 1000.0, 0.0, 1000.0);
        outline.close();
        let bounds = outline.bounds.unwrap();
        table(&[Outline::new(0, 0, 2000), outline], bounds)
    }

    #[test]
    fn what_is_written_reads_back() {
        let bytes = square();
        let cff = ttf_parser::cff::Table::parse(&bytes).unwrap();
        assert_eq!(cff.number_of_glyphs(), 2);
        struct Nothing;
        impl OutlineBuilder for Nothing {
            fn move_to(&mut self, _: f32, _: f32) {}
            fn line_to(&mut self, _: f32, _: f32) {}
            fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
            fn close(&mut self) {}
        }
        let bounds = cff.outline(ttf_parser::GlyphId(1), &mut Nothing).unwrap();
        assert_eq!((bounds.x_min, bounds.x_max, bounds.y_min, bounds.y_max), (50, 550, 0, 500));
    }

    #[test]
    fn numbers_of_all_sizes_read_back() {
        for wanted in [0, 107, -107, 108, -108, 1131, -1131, 1132, -1132, 16000, -16000] {
            let mut bytes = Vec::new();
            number(&mut bytes, wanted);
            let found = match bytes.as_slice() {
                &[b] => i32::from(b) - 139,
                &[b, w] if b >= 251 => -(i32::from(b) - 251) * 256 - i32::from(w) - 108,
                &[b, w] => (i32::from(b) - 247) * 256 + i32::from(w) + 108,
                &[_, high, low] => i32::from(i16::from_be_bytes([high, low])),
                other => panic!("{other:?}"),
            };
            assert_eq!(found, wanted);
        }
    }
}
