//! Which key fills which holes: the longest first, then the nearer scope, then the leftmost.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};

use super::phrase::Phrase;

/// Where a text or a key belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The section with this number: its own figures and texts.
    Section(usize),
    /// The whole report.
    Report,
}

/// A stretch of text in which keys are looked for. A key never crosses from one to the next.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// Its text.
    pub phrase: &'a Phrase,
    /// Where it belongs.
    pub scope: Scope,
}

/// A key that may fill holes.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// Its phrase.
    pub phrase: &'a Phrase,
    /// Where it may fill holes: a section's key in that section alone.
    pub scope: Scope,
}

/// A place where a key fills holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Number of the key.
    pub key: usize,
    /// Number of the passage.
    pub passage: usize,
    /// Numbers of the holes in the passage's scan.
    pub holes: Range<usize>,
}

/// Two keys with an equal claim to a place; neither gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rivals {
    /// The place, as the first key claims it.
    pub first: Occurrence,
    /// The place, as the other key claims it: the same first hole, and perhaps more or fewer holes.
    pub second: Occurrence,
}

/// Who fills what.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The places filled, in the order of the text.
    pub filled: Vec<Occurrence>,
    /// Places that two keys claim alike.
    pub rivals: Vec<Rivals>,
    /// For a key that fills nothing, though its phrase is in the text: the keys that took its places.
    pub beaten: BTreeMap<usize, usize>,
}

/// Why keys can't be matched.
#[derive(Clone, Debug)]
pub enum TooMany {
    /// All together are too long for an automaton (some gigabytes).
    Keys(BuildError),
    /// They stand at over two million places, most of them over each other; `key` is one of them.
    Places {
        /// Number of the key.
        key: usize,
    },
}

/// Places are kept in memory and sorted. A key that holds another's words stands where that one stands, so their
/// number can grow faster than the file; no report has ten keys for a hole and a hundred thousand holes.
const MOST_PLACES: usize = 2_000_000;

/// Gives every place of `passages` to at most one of `keys`.
///
/// All occurrences of all keys are found in one pass over the text.
///
/// # Errors
/// [`TooMany`] keys, or places where they stand.
pub fn claim(passages: &[Passage<'_>], keys: &[Key<'_>]) -> Result<Claims, TooMany> {
    let mut candidates = candidates(passages, keys)?;
    let rank = |c: &Occurrence| {
        let key = keys[c.key];
        (std::cmp::Reverse(key.phrase.chars()), key.scope == Scope::Report, c.passage, c.holes.start, c.key)
    };
    candidates.sort_by_key(rank);
    let equal = |a: &Occurrence, b: &Occurrence| {
        let (a, b) = (rank(a), rank(b));
        (a.0, a.1, a.2, a.3) == (b.0, b.1, b.2, b.3)
    };

    let mut claims = Claims::default();
    let mut owners: Vec<Vec<Option<usize>>> =
        passages.iter().map(|passage| vec![None; passage.phrase.holes_in_scan()]).collect();
    let mut rest = candidates.into_iter().peekable();
    while let Some(candidate) = rest.next() {
        let places = &mut owners[candidate.passage][candidate.holes.clone()];
        if let Some(owner) = places.iter().flatten().next() {
            claims.beaten.insert(candidate.key, *owner);
            continue;
        }
        places.fill(Some(candidate.key));
        match rest.next_if(|next| equal(&candidate, next)) {
            Some(rival) => {
                owners[rival.passage][rival.holes.clone()].fill(Some(candidate.key));
                claims.rivals.push(Rivals { first: candidate, second: rival });
            }
            None => claims.filled.push(candidate),
        }
    }
    claims.filled.sort_by_key(|place| (place.passage, place.holes.start));
    Ok(claims)
}

/// Every place where a key's phrase stands in a passage that it may fill.
fn candidates(passages: &[Passage<'_>], keys: &[Key<'_>]) -> Result<Vec<Occurrence>, TooMany> {
    // The same phrase may be a key of several sections: it is looked for once.
    let mut by_phrase: BTreeMap<&str, BTreeMap<Scope, usize>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate().filter(|(_, key)| key.phrase.hole_count() > 0) {
        by_phrase.entry(key.phrase.text()).or_default().entry(key.scope).or_insert(index);
    }
    let (phrases, owners): (Vec<&str>, Vec<BTreeMap<Scope, usize>>) = by_phrase.into_iter().unzip();
    // The other kind, which few keys would get by default, takes time in the square of a key's length to build.
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let automaton = AhoCorasick::builder().kind(kind).build(&phrases).map_err(TooMany::Keys)?;
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let holes: Vec<(usize, usize)> =
            (0..passage.phrase.holes_in_scan()).filter_map(|hole| Some((passage.phrase.hole(hole)?, hole))).collect();
        for place in automaton.find_overlapping_iter(passage.phrase.text()) {
            let first = holes.partition_point(|&(at, _)| at < place.start());
            let last = holes.partition_point(|&(at, _)| at < place.end());
            // A phrase with a hole covers one, and the holes of a phrase follow one another.
            let (Some(&(_, start)), Some(&(_, end))) = (holes.get(first), holes.get(last - 1)) else { continue };
            let owners = &owners[place.pattern().as_usize()];
            let own = (passage.scope != Scope::Report).then(|| owners.get(&passage.scope)).flatten();
            for &key in own.into_iter().chain(owners.get(&Scope::Report)) {
                if found.len() == MOST_PLACES {
                    return Err(TooMany::Places { key });
                }
                found.push(Occurrence { key, passage: index, holes: start..end + 1 });
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placeholder::{Literals, scan};

    fn phrase(text: &str) -> Phrase {
        Phrase::new(text, &scan(text, &Literals::default()))
    }

    /// Claims by keys of the report on one text, as `(key, holes)`.
    fn claims(text: &str, keys: &[(&str, Scope)]) -> (Vec<(usize, Range<usize>)>, Claims) {
        let text = phrase(text);
        let phrases: Vec<_> = keys.iter().map(|(key, _)| phrase(key)).collect();
        let keys: Vec<_> =
            keys.iter().zip(&phrases).map(|((_, scope), phrase)| Key { phrase, scope: *scope }).collect();
        let claims = claim(&[Passage { phrase: &text, scope: Scope::Section(0) }], &keys).unwrap();
        (claims.filled.iter().map(|place| (place.key, place.holes.clone())).collect(), claims)
    }

    #[test]
    fn the_longest_key_wins_and_the_shorter_fills_the_rest() {
        let keys = [("X次", Scope::Report), ("党委会X次", Scope::Report)];
        assert_eq!(claims("党委会X次，集体学习X次", &keys).0, [(1, 0..1), (0, 1..2)]);
    }

    #[test]
    fn of_equal_keys_the_sections_own_wins() {
        let keys = [("会议X次", Scope::Report), ("会议X次", Scope::Section(0)), ("会议X次", Scope::Section(1))];
        let (filled, claims) = claims("会议X次", &keys);
        assert_eq!(filled, [(1, 0..1)]);
        assert_eq!(claims.beaten, BTreeMap::from([(0, 1)]));
    }

    #[test]
    fn a_key_takes_all_its_holes_or_none() {
        let keys = [("X月X日", Scope::Report), ("召开会议X月", Scope::Report)];
        let (filled, _) = claims("召开会议X月X日", &keys);
        assert_eq!(filled, [(1, 0..1)], "the longer key took the first hole, so the date takes neither");
        assert_eq!(claims("X月X日X月X日", &keys[..1]).0, [(0, 0..2), (0, 2..4)]);
    }

    #[test]
    fn equal_claims_are_nobodys() {
        let keys = [("委会X", Scope::Report), ("会X次", Scope::Report), ("X次", Scope::Report)];
        let (filled, claims) = claims("党委会X次", &keys);
        assert!(filled.is_empty());
        assert_eq!((claims.rivals[0].first.key, claims.rivals[0].second.key), (0, 1));
    }

    #[test]
    fn keys_over_each_other_are_too_many() {
        let text = phrase(&"X、".repeat(40_000));
        let phrases: Vec<_> = (1..60).map(|holes| phrase(&"X、".repeat(holes))).collect();
        let keys: Vec<_> = phrases.iter().map(|phrase| Key { phrase, scope: Scope::Report }).collect();
        let claims = claim(&[Passage { phrase: &text, scope: Scope::Report }], &keys);
        assert!(matches!(claims, Err(TooMany::Places { .. })));
    }
}
