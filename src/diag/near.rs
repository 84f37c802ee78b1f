//! Which of the names that are there a mistyped one was meant to be.

use super::Text;
use crate::{hanzi, text};

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

/// What tells two texts apart that look alike: the first characters that differ, with their code points. None where they
/// can be told apart by eye.
pub fn told_apart(one: &str, other: &str) -> Option<Text> {
    let mut pairs = one.chars().zip(other.chars());
    let same = one.chars().count() == other.chars().count() && pairs.clone().all(|(a, b)| look(a) == look(b));
    let (a, b) = pairs.find(|(a, b)| a != b).filter(|_| same)?;
    let (code_a, code_b) = (u32::from(a), u32::from(b));
    Some(text!(
        "“{a}”是 U+{code_a:04X}，“{b}”是 U+{code_b:04X}，看起来一样，是两个字",
        "`{a}` is U+{code_a:04X} and `{b}` is U+{code_b:04X}: they look alike and are two characters"
    ))
}

/// One character for all that look like `c`.
fn look(c: char) -> char {
    const ALIKE: [&str; 22] = [
        "AΑА",
        "BΒВ",
        "CС",
        "EΕЕ",
        "HΗН",
        "IΙІ",
        "KΚК",
        "MΜМ",
        "OΟО",
        "PΡР",
        "TΤТ",
        "XΧХ",
        "aа",
        "cс",
        "eе",
        "oοо",
        "pрρ",
        "xх",
        "-‐‑‒–—−－",
        "·•・‧∙",
        "○〇◯",
        "　 \u{a0}\t\u{2002}\u{2003}\u{2009}",
    ];
    let c = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => hanzi::meant(c).unwrap_or(c),
    };
    ALIKE.iter().find(|alike| alike.contains(c)).and_then(|alike| alike.chars().next()).unwrap_or(c)
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
    fn what_looks_alike_is_told_by_its_code_points() {
        let told = |one, other| told_apart(one, other).map(|text| text.zh);
        let expected = "“Ａ”是 U+FF21，“А”是 U+0410，看起来一样，是两个字";
        assert_eq!(told("Ａ类X户", "А类X户").as_deref(), Some(expected));
        assert!(told("⼯作X次", "工作X次").unwrap().contains("U+2F2F"));
        assert!(told("走 访X户", "走\u{a0}访X户").unwrap().contains("U+00A0"));
        assert_eq!(told("走访X户", "走访X人"), None);
        assert_eq!(told("走访X户", "走访X户"), None);
        assert_eq!(told("走访X", "走访X户"), None);
    }

    #[test]
    fn what_is_long_is_compared_with_nothing() {
        let long = "甲".repeat(100_000);
        assert_eq!(did_you_mean(&long, [long.as_str()].into_iter()), None);
        assert!(likeness(&long, &long) < 0.1);
    }
}
