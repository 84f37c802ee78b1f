//! Which of the names that are there a mistyped one was meant to be.

/// How alike (0 to 1, Jaro-Winkler) a mistyped name must be to the one that was meant.
const ALIKE: f64 = 0.75;
/// The longest text, in characters, that is taken for a mistyped name: to compare longer ones takes time in the square.
const LONGEST: usize = 64;

/// The name in `names` that `name` was most likely meant to be; of two as likely the first by the alphabet.
pub fn did_you_mean<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if is_long(name) {
        return None;
    }
    names
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// How alike two keys are, from 0 to 1 (Damerau-Levenshtein); 0 where one is too long to be compared.
pub fn likeness(one: &str, other: &str) -> f64 {
    if is_long(one) || is_long(other) { 0.0 } else { strsim::normalized_damerau_levenshtein(one, other) }
}

/// Whether `text` is too long for a mistyped name.
pub fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant_and_none_that_is_far() {
        assert_eq!(did_you_mean("titel", ["text", "title"].into_iter()), Some("title"));
        assert_eq!(did_you_mean("zzz", ["text", "title"].into_iter()), None);
        assert_eq!(did_you_mean("ab", ["abd", "abc"].into_iter()), Some("abc"));
        assert!(likeness("走防X户", "走访X户") > 0.7);
    }

    #[test]
    fn what_is_long_is_compared_with_nothing() {
        let long = "甲".repeat(100_000);
        assert_eq!(did_you_mean(&long, [long.as_str()].into_iter()), None);
        assert!(likeness(&long, &long) < 0.1);
    }
}
