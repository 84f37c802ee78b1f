//! A copy of a file with its slips mended, and the way back from places in it.
//!
//! The rest of a file with a slip is read as if the author had written it right, so that one fault stays one fault.

use std::ops::Range;

/// A replacement of a stretch of the original text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::manifest) struct Patch {
    /// The bytes of the original.
    pub(in crate::manifest) range: Range<usize>,
    /// What stands there instead.
    pub(in crate::manifest) text: String,
}

/// The mended copy.
#[derive(Debug)]
pub(in crate::manifest) struct Patched {
    text: String,
    places: Vec<Place>,
}

/// Where a patch came to stand.
#[derive(Debug)]
struct Place {
    original: Range<usize>,
    mended: Range<usize>,
}

impl Patched {
    /// `original` with `patches`; of two that overlap the one that begins first holds.
    pub(in crate::manifest) fn new(original: &str, mut patches: Vec<Patch>) -> Self {
        patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
        let mut text = String::with_capacity(original.len() + patches.len());
        let mut places: Vec<Place> = Vec::with_capacity(patches.len());
        let mut at = 0;
        for patch in patches {
            if patch.range.start < at {
                continue;
            }
            text.push_str(&original[at..patch.range.start]);
            let start = text.len();
            text.push_str(&patch.text);
            at = patch.range.end;
            places.push(Place { original: patch.range, mended: start..text.len() });
        }
        text.push_str(&original[at..]);
        Patched { text, places }
    }

    /// The bytes `range` of `original` with `patches`, which lie in them.
    pub(in crate::manifest) fn of(original: &str, range: Range<usize>, mut patches: Vec<Patch>) -> Self {
        for patch in &mut patches {
            patch.range = patch.range.start - range.start..patch.range.end - range.start;
        }
        Patched::new(&original[range], patches)
    }

    /// The mended text.
    pub(in crate::manifest) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was mended.
    pub(in crate::manifest) fn is_untouched(&self) -> bool {
        self.places.is_empty()
    }

    /// Where the bytes `mended` of the copy stand in the original; a patch counts as a whole.
    pub(in crate::manifest) fn original(&self, mended: Range<usize>) -> Range<usize> {
        let start = match self.last(|place| place.mended.start <= mended.start) {
            Some(place) if mended.start < place.mended.end => place.original.start,
            Some(place) => place.original.end + (mended.start - place.mended.end),
            None => mended.start,
        };
        let end = match self.last(|place| place.mended.start < mended.end) {
            Some(place) if mended.end <= place.mended.end => place.original.end,
            Some(place) => place.original.end + (mended.end - place.mended.end),
            None => mended.end,
        };
        start..end.max(start)
    }

    /// `mended`, cut where a patch begins or ends.
    pub(in crate::manifest) fn pieces(&self, mended: Range<usize>) -> Vec<Range<usize>> {
        let first = self.places.partition_point(|place| place.mended.end <= mended.start);
        let mut pieces = Vec::new();
        let mut at = mended.start;
        let cuts = self.places[first..].iter().take_while(|place| place.mended.start < mended.end);
        for cut in cuts.flat_map(|place| [place.mended.start, place.mended.end]) {
            if at < cut && cut < mended.end {
                pieces.push(at..cut);
                at = cut;
            }
        }
        pieces.push(at..mended.end);
        pieces
    }

    fn last(&self, before: impl FnMut(&Place) -> bool) -> Option<&Place> {
        self.places.partition_point(before).checked_sub(1).map(|index| &self.places[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(range: Range<usize>, text: &str) -> Patch {
        Patch { range, text: text.to_string() }
    }

    #[test]
    fn places_in_the_copy_lead_back_to_the_original() {
        // 0123456789
        // k = 1,200 x
        let mended = Patched::new("k = 1,200 x", vec![patch(5..6, ""), patch(0..0, "\""), patch(1..1, "\"")]);
        assert_eq!(mended.text(), "\"k\" = 1200 x");
        assert_eq!(mended.original(0..3), 0..1, "the key with its new quotes");
        assert_eq!(mended.original(6..10), 4..9, "the number with its comma");
        assert_eq!(mended.original(11..12), 10..11, "what follows");
        assert_eq!(mended.pieces(6..10), [6..7, 7..10]);
    }

    #[test]
    fn of_overlapping_patches_the_first_holds() {
        let mended = Patched::new("abcdef", vec![patch(2..5, "X"), patch(1..3, "Y")]);
        assert_eq!(mended.text(), "aYdef");
    }
}
