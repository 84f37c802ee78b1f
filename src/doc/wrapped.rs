//! Lines that a draft broke within a sentence.

use super::escape::is_item;
use super::signs;
use crate::placeholder::is_hanzi;

/// True if a line after one that ends in `last` goes on with it.
pub(super) fn goes_on(last: Option<char>, line: &str) -> bool {
    let joint = last.zip(line.chars().next());
    !is_item(line) && joint.is_some_and(|(last, next)| is_sentence(last, next))
}

/// True if a line that ends in `last` goes on with one that begins with `next`: both are part of Latin words, one
/// at least by a letter. `增长3.2%` and `2024年` are two lines of a draft, and so two paragraphs.
fn is_sentence(last: char, next: char) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_hanzi(c) && !signs::is_sign(c);
    let is_part = |c: char| is_letter(c) || c.is_ascii_digit() || ",.;:'\"()-".contains(c);
    is_part(last) && is_part(next) && (is_letter(last) || is_letter(next))
}
