//! What was made before and is wanted again: the reports of a batch use much the same characters, and to cut a face down
//! and deflate it is most of the work of a report.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// The most results that are kept. A template has some six faces; the rest is for towns that have characters in common.
const MOST_KEPT: usize = 48;
/// The most keys that are remembered.
const MOST_SEEN: usize = 1 << 16;

/// Results by what they are made of. What is wanted for the second time is kept: most of what a single town needs, a
/// face with the characters of its name, no other will want. What is made depends on the key alone, so that nobody can
/// tell whether it was kept.
#[derive(Debug)]
pub(crate) struct Memo<K, V>(Mutex<Kept<K, V>>);

#[derive(Debug)]
struct Kept<K, V> {
    /// Hashes of the keys that were wanted once.
    seen: BTreeSet<u64>,
    made: BTreeMap<K, Arc<V>>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(Mutex::new(Kept { seen: BTreeSet::new(), made: BTreeMap::new() }))
    }
}

impl<K: Ord + Clone + Hash, V> Memo<K, V> {
    /// What was made of `key`, else what `make` makes.
    ///
    /// # Errors
    /// Those of `make`.
    pub(crate) fn get<E>(&self, key: &K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = kept().made.get(key) {
            return Ok(Arc::clone(made));
        }
        // Others need not wait meanwhile.
        let made = Arc::new(make()?);
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let mut kept = kept();
        if kept.seen.len() == MOST_SEEN {
            kept.seen.clear();
        }
        if !kept.seen.insert(hasher.finish()) && kept.made.len() < MOST_KEPT {
            kept.made.insert(key.clone(), Arc::clone(&made));
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_wanted_twice_is_made_no_third_time() {
        let (memo, made) = (Memo::default(), Cell::new(0));
        let get = |key: u32| {
            *memo
                .get(&key, || {
                    made.set(made.get() + 1);
                    Ok::<u32, ()>(key * 2)
                })
                .unwrap()
        };
        assert_eq!([get(1), get(1), get(1), get(1)], [2; 4]);
        assert_eq!(made.get(), 2);
        assert_eq!([get(2), get(3), get(4)], [4, 6, 8]);
        assert_eq!(memo.0.lock().unwrap().made.len(), 1, "once is not kept");
        assert_eq!(memo.get(&9, || Err::<u32, &str>("refused")), Err("refused"));
        let all: u32 = (0..200).chain(0..200).map(get).sum();
        assert_eq!(all, 4 * 199 * 100);
        assert_eq!(memo.0.lock().unwrap().made.len(), MOST_KEPT);
    }
}
