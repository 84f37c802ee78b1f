//! The words around holes, and the fewest of them that tell a place from all others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::{Read, cut};
use crate::placeholder::{HOLE, Scope, is_hanzi};

/// The fewest hanzi that a key takes from the left of its hole, where there are so many and no word begins.
const LEAST: usize = 2;
/// The most hanzi that it takes from the left, and from the right where the left is not enough.
const MOST: usize = 12;

/// A hole, or several that go together, with the words around as keys see them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'p> {
    scope: Scope,
    /// Hanzi before the first hole, up to the last 12.
    left: &'p str,
    /// All that precedes.
    before: &'p str,
    /// From the first hole to the last.
    inner: &'p str,
    /// All that follows.
    pub(super) right: &'p str,
}

impl<'p> Around<'p> {
    /// None for a hole that names its figure, which has no words.
    pub(super) fn new(read: &'p Read<'_>, holes: &Range<usize>) -> Option<Self> {
        let phrase = read.phrase.text();
        let at = read.phrase.hole(holes.start)?;
        let end = read.phrase.hole(holes.end - 1)? + HOLE.len_utf8();
        let left = phrase[..at].char_indices().rev().take(MOST).take_while(|&(_, c)| is_hanzi(c)).last();
        let left = left.map_or("", |(start, _)| &phrase[start..at]);
        Some(Around {
            scope: read.field.scope(),
            left,
            before: &phrase[..at],
            inner: &phrase[at..end],
            right: &phrase[end..],
        })
    }

    /// The last `n` hanzi before the hole, if there are so many.
    fn left(&self, n: usize) -> Option<&'p str> {
        let Some(n) = n.checked_sub(1) else { return Some("") };
        let (start, _) = self.left.char_indices().rev().nth(n)?;
        Some(&self.left[start..])
    }

    /// The first `n` characters after the hole, if there are so many.
    fn right(&self, n: usize) -> Option<&'p str> {
        let Some(n) = n.checked_sub(1) else { return Some("") };
        let (start, c) = self.right.char_indices().nth(n)?;
        Some(&self.right[..start + c.len_utf8()])
    }
}

/// Words with holes between: what a key would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Words<'p> {
    pub(super) left: &'p str,
    pub(super) inner: &'p str,
    pub(super) right: &'p str,
}

/// A place that wants a key of its own.
#[derive(Clone, Debug)]
pub(super) struct Ask<'p> {
    around: Around<'p>,
    /// How many holes it has.
    holes: usize,
    /// The words right of it that its key has in any case: a unit.
    unit: &'p str,
    /// How many hanzi of the left to try, in this order: where a word begins, then any.
    lefts: Vec<usize>,
}

impl<'p> Ask<'p> {
    /// What `holes` with these words around ask for; `unit` belongs to the key in any case.
    pub(super) fn new(around: Around<'p>, holes: usize, unit: &'p str) -> Self {
        let available = around.left.chars().count();
        let mut lefts = cut::starts(around.left, around.before);
        let any: Vec<usize> = (LEAST.min(available)..=available).filter(|n| !lefts.contains(n)).collect();
        lefts.extend(any);
        Ask { around, holes, unit, lefts }
    }

    /// What to try in the given round: hanzi of the left, where a word begins and then one more each time; then all of
    /// those and hanzi of the right, as far as the clause goes.
    fn words(&self, round: usize) -> Option<Words<'p>> {
        let around = &self.around;
        if let Some(left) = self.lefts.get(round).and_then(|&n| around.left(n)) {
            return Some(Words { left, inner: around.inner, right: self.unit });
        }
        let mut rights = (1..=MOST).map_while(|n| around.right(n)).take_while(|right| right.ends_with(is_hanzi));
        let further = round.checked_sub(self.lefts.len())?;
        let right = rights.by_ref().filter(|right| right.len() > self.unit.len()).nth(further)?;
        Some(Words { left: around.left, inner: around.inner, right })
    }
}

/// Words that stand once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unique<'p> {
    pub(super) words: Words<'p>,
    /// Once in the whole report, not only in its section.
    pub(super) everywhere: bool,
}

/// For each of `asks`, by its number, the fewest words that stand once in its section and that `fits` takes.
///
/// Each round is one pass over all holes, which counts what the places still open try next; there are some two
/// dozen at most, and for most reports one.
pub(super) fn unique<'p>(
    texts: &'p [Read<'_>],
    asks: &BTreeMap<usize, Ask<'p>>,
    fits: impl Fn(usize, Words<'p>) -> bool,
) -> BTreeMap<usize, Unique<'p>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<usize> = asks.keys().copied().collect();
    for round in 0.. {
        let tries: Vec<_> = open.iter().filter_map(|&ask| Some((ask, asks[&ask].words(round)?))).collect();
        if tries.is_empty() {
            break;
        }
        let counts = Counts::new(texts, asks, &tries);
        open.clear();
        for (ask, words) in tries {
            let times = |scope| counts.times.get(&(scope, words)).copied();
            if times(Some(asks[&ask].around.scope)) == Some(1) && fits(ask, words) {
                found.insert(ask, Unique { words, everywhere: times(None) == Some(1) });
            } else {
                open.push(ask);
            }
        }
    }
    found
}

/// How often words stand in a scope, and in the whole report.
struct Counts<'p> {
    times: HashMap<(Option<Scope>, Words<'p>), usize>,
}

impl<'p> Counts<'p> {
    fn new(texts: &'p [Read<'_>], asks: &BTreeMap<usize, Ask<'p>>, tries: &[(usize, Words<'p>)]) -> Self {
        let mut counts = Counts { times: HashMap::new() };
        // Of all stretches around a hole, only those of a size that is asked for are looked up.
        let mut sizes: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
        let mut longest = 0;
        for (ask, words) in tries {
            let ask = &asks[ask];
            counts.times.insert((Some(ask.around.scope), *words), 0);
            counts.times.insert((None, *words), 0);
            let size = (words.left.chars().count(), words.right.chars().count());
            sizes.entry(ask.holes).or_default().insert(size);
            longest = longest.max(words.inner.len());
        }
        for read in texts {
            for first in 0..read.scan.holes.len() {
                for (&holes, sizes) in &sizes {
                    let around = Around::new(read, &(first..first + holes));
                    if let Some(around) = around.filter(|around| around.inner.len() <= longest) {
                        counts.count(&around, sizes);
                    }
                }
            }
        }
        counts
    }

    fn count(&mut self, around: &Around<'p>, sizes: &BTreeSet<(usize, usize)>) {
        for &(left, right) in sizes {
            let (Some(left), Some(right)) = (around.left(left), around.right(right)) else { continue };
            let words = Words { left, inner: around.inner, right };
            for scope in [Some(around.scope), None] {
                if let Some(times) = self.times.get_mut(&(scope, words)) {
                    *times += 1;
                }
            }
        }
    }
}
