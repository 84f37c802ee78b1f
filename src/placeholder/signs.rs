//! The signs that holes are made of, in all scripts in which people write them.

/// X in all its scripts: Latin, full width, Cyrillic, Greek.
pub(super) fn is_x(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | 'Х' | 'х' | 'Χ')
}

/// Signs drawn as a cross: the sign of multiplication, and those that keyboards and fonts give for it.
pub(super) fn is_times(c: char) -> bool {
    matches!(c, '×' | '✕' | '╳' | '✖' | '⨉' | '⨯')
}

/// Rings: two of them are a hole, one may be a zero.
pub(super) fn is_ring(c: char) -> bool {
    matches!(c, '○' | '〇' | '◯')
}

/// Filled rings and boxes: a mark of a list or a form where one stands alone.
pub(super) fn is_box(c: char) -> bool {
    matches!(c, '●' | '■' | '□')
}

/// Letters that look like X and are a number: the Roman ten, and an old hanzi for five.
pub(super) fn is_ten(c: char) -> bool {
    matches!(c, 'Ⅹ' | 'ⅹ' | '㐅')
}

/// Asterisks, half and full width.
pub(super) fn is_star(c: char) -> bool {
    matches!(c, '*' | '＊')
}

/// Arabic digits, half and full width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// A letter of the Latin, Greek or Cyrillic alphabet other than X.
pub(super) fn is_letter(c: char) -> bool {
    let is_any = c.is_ascii_alphabetic()
        || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Α'..='ω' | 'Ѐ'..='џ');
    is_any && !is_x(c)
}

/// The Roman numerals that are signs of their own.
pub(super) fn is_roman(c: char) -> bool {
    matches!(c, 'Ⅰ'..='ↂ')
}

/// Whether a hole can be made of `c`.
pub fn is_marker(c: char) -> bool {
    is_x(c) || is_times(c) || is_ring(c) || is_box(c) || is_ten(c) || is_star(c)
}

/// The sign of the same kind that every face has: × for ✕. Any other is itself.
pub fn plain_marker(c: char) -> char {
    match c {
        c if is_times(c) => '×',
        '◯' => '○',
        c if is_ten(c) => 'X',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_sign_makes_the_same_holes() {
        for c in "XxＸｘХхΧ×✕╳✖⨉⨯○〇◯●■□Ⅹⅹ㐅*＊".chars() {
            assert!(is_marker(c) && is_marker(plain_marker(c)), "{c}");
        }
        for c in "口Y0一+χ".chars() {
            assert!(!is_marker(c), "{c}");
        }
    }
}
