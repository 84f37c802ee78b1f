//! The list of words, with what each costs.

use std::sync::LazyLock;

use fst::raw::Fst;

/// The most hanzi of a word that is looked for.
pub(super) const LONGEST: usize = 20;

/// Made of `data/words.txt` by the test that holds it to that list.
static BYTES: &[u8] = include_bytes!("data/words.fst");

/// Reads the head and the foot of [`BYTES`] and no more.
static WORDS: LazyLock<Option<Fst<&[u8]>>> = LazyLock::new(|| Fst::new(BYTES).ok());

/// Added to the cost of a term.
pub(super) const TERM: u64 = 1 << 8;

/// A word of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// How many hanzi it has.
    pub(super) length: usize,
    /// The negative binary logarithm of how much of all text it is, in eighths of a bit.
    pub(super) cost: u32,
    /// Whether it is a term of offices, made of words.
    pub(super) is_term: bool,
}

/// Calls `found` with each word with which `text` begins, the shortest first.
pub(super) fn words_at(text: &[char], mut found: impl FnMut(Word)) {
    let Some(fst) = WORDS.as_ref() else { return };
    let mut node = fst.root();
    let mut cost = 0_u64;
    let mut bytes = [0; 4];
    for (at, c) in text.iter().take(LONGEST).enumerate() {
        for &byte in c.encode_utf8(&mut bytes).as_bytes() {
            let Some(next) = node.find_input(byte) else { return };
            let step = node.transition(next);
            cost += step.out.value();
            node = fst.node(step.addr);
        }
        if node.is_final() {
            let value = cost + node.final_output().value();
            let is_term = value >= TERM;
            found(Word { length: at + 1, cost: u32::try_from(value % TERM).unwrap_or(u32::MAX), is_term });
        }
    }
}
