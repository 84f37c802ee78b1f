//! Classes of characters.

pub(super) use crate::placeholder::{HOLE, is_hanzi};

/// Stands for what no rule may look into: a code span, an address of the web, a phrase kept as it is.
pub(super) const KEPT: char = '\u{fdd1}';

/// Marks that part clauses and sentences (点号, GB/T 15834 4.1 to 4.7).
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '？' | '！' | '、')
}

/// Marks that end a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '？' | '！')
}

/// Marks that open what another closes.
pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '〈' | '〔' | '【' | '「' | '『')
}

/// Marks that close what another opened.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '》' | '〉' | '〕' | '】' | '」' | '』')
}

/// Marks that are as wide as a hanzi.
pub(super) fn is_wide_mark(c: char) -> bool {
    is_stop(c) || is_opening(c) || is_closing(c) || matches!(c, '…' | '—' | '～')
}

/// A letter of the Latin alphabet.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// A hanzi that is a digit or a power of ten.
pub(super) fn is_numeral(c: char) -> bool {
    is_hanzi_digit(c) || matches!(c, '十' | '百' | '千')
}

/// 一 to 九 and the zeros.
pub(super) fn is_hanzi_digit(c: char) -> bool {
    value(c).is_some() || matches!(c, '零' | '○')
}

/// What 〇 to 九 are worth.
pub(super) fn value(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|digit| digit == c).map(|value| value as u32)
}

/// Blanks inside of a line.
pub(super) fn is_blank(c: char) -> bool {
    crate::placeholder::is_blank(c)
}
