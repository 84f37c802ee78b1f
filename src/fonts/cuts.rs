//! Faces cut down to what outputs use, kept for the next report that uses the same.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Role;
use super::memo::Memo;
use super::shape::{Shape, Subset};

/// What a face was cut down to, for the roles that it has.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// To some characters, as Word files carry them.
    pub(crate) in_word: Memo<(Role, BTreeSet<char>), PackedPart>,
    /// To some shapes, as PDFs carry them.
    pub(crate) in_pdf: Memo<(Role, BTreeSet<Shape>), PackedSubset>,
    /// What Word files are cut from, once many of them are.
    pub(super) stem: Stem,
}

/// A face as a Word file carries it.
#[derive(Debug)]
pub(crate) struct PackedPart {
    /// Key of the obfuscation, a GUID in braces.
    pub(crate) key: String,
    /// A zip file with the one part.
    pub(crate) archive: Vec<u8>,
}

/// A face as a PDF carries it.
#[derive(Debug)]
pub(crate) struct PackedSubset {
    /// The cut-down face.
    pub(crate) subset: Subset,
    /// Its program, deflated; made when first wanted.
    pub(crate) deflated: OnceLock<Vec<u8>>,
}

/// So many parts are cut from the whole face before it is worth while to make a smaller one to cut from.
const FROM_WHOLE: usize = 8;

/// A face without the many characters that hardly a report uses: to cut a part from it takes a fraction of the time, since
/// the whole character map is read for each.
#[derive(Debug, Default)]
pub(super) struct Stem {
    wanted: AtomicUsize,
    made: OnceLock<Option<(BTreeSet<char>, Vec<u8>)>>,
}

impl Stem {
    /// The font file that the part with `chars` is cut from, if it is not the face itself; `make` makes the one with the
    /// characters that it is given.
    pub(super) fn of(
        &self,
        chars: &BTreeSet<char>,
        make: impl FnOnce(&BTreeSet<char>) -> Option<(BTreeSet<char>, Vec<u8>)>,
    ) -> Option<&[u8]> {
        if self.wanted.fetch_add(1, Ordering::Relaxed) < FROM_WHOLE {
            return None;
        }
        let (held, file) = self.made.get_or_init(|| make(chars)).as_ref()?;
        chars.is_subset(held).then_some(file.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_made_once_and_for_many() {
        let stem = Stem::default();
        let chars = |text: &str| -> BTreeSet<char> { text.chars().collect() };
        let file = |text: &str, made: Option<&[u8]>| {
            let found = stem.of(&chars(text), |wanted| made.map(|file| (wanted | &chars("镇"), file.to_vec())));
            found.map(<[u8]>::to_vec)
        };
        for _ in 0..FROM_WHOLE {
            assert_eq!(file("甲乙", Some(b"early")), None);
        }
        assert_eq!(file("甲乙", Some(b"stem")), Some(b"stem".to_vec()));
        assert_eq!(file("镇甲", Some(b"another")), Some(b"stem".to_vec()));
        assert_eq!(file("丙", Some(b"another")), None, "what it lacks is cut from the whole");
    }
}
