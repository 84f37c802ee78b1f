//! The glyphs of a face that were looked up before.
//!
//! A report asks for some thousands of characters three times over, and its towns for much the same; to find one in the
//! tables of a face is a search in two of them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ttf_parser::GlyphId;

/// Characters of a block; the basic plane has as many blocks.
const BLOCK: usize = 256;
/// Set where the character was looked up.
const LOOKED_UP: u64 = 1 << 63;
/// Set where the face has it.
const THERE: u64 = 1 << 62;

/// What is known of the characters of the basic plane, in blocks that are made when first asked for. What a thread finds
/// depends on the face alone, so that nobody need wait for another.
#[derive(Debug)]
pub(super) struct Glyphs([OnceLock<Box<[AtomicU64; BLOCK]>>; BLOCK]);

impl Default for Glyphs {
    fn default() -> Self {
        Glyphs([const { OnceLock::new() }; BLOCK])
    }
}

impl Glyphs {
    /// The glyph of `c` and its advance, as `find` finds them if nobody has yet.
    pub(super) fn get(&self, c: char, find: impl FnOnce() -> Option<(GlyphId, u16)>) -> Option<(GlyphId, u16)> {
        let code = c as usize;
        let Some(block) = self.0.get(code / BLOCK) else { return find() };
        let block = block.get_or_init(|| Box::new([const { AtomicU64::new(0) }; BLOCK]));
        let place = &block[code % BLOCK];
        let known = place.load(Ordering::Relaxed);
        if known & LOOKED_UP != 0 {
            return (known & THERE != 0).then_some((GlyphId((known >> 16) as u16), known as u16));
        }
        let found = find();
        let noted = found.map_or(0, |(id, advance)| THERE | u64::from(id.0) << 16 | u64::from(advance));
        place.store(LOOKED_UP | noted, Ordering::Relaxed);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_looked_up_no_more() {
        let glyphs = Glyphs::default();
        let all = [
            ('\0', Some((GlyphId(0), 0))),
            ('镇', Some((GlyphId(u16::MAX), 1000))),
            ('\u{ffff}', Some((GlyphId(7), u16::MAX))),
            ('汇', None),
        ];
        for (c, found) in all {
            assert_eq!(glyphs.get(c, || found), found);
        }
        for (c, found) in all {
            assert_eq!(glyphs.get(c, || panic!("{c} is known")), found);
        }
        assert_eq!(glyphs.get('𠮷', || None), None);
        let rare = Some((GlyphId(3), 500));
        assert_eq!(glyphs.get('𠮷', || rare), rare, "beyond the plane nothing is kept");
    }
}
