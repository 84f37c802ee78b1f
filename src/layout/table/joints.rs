//! Where the words of a cell part that lines of the text keep whole: a column may be narrower than any line.
//!
//! An address or a long code parts at its marks before the type gets smaller. A number, a date, a telephone number, a
//! range or a short code parts there only where nothing else is left, which is told.

use super::super::punct::{Class, Turn};
use super::super::segment::Segment;
use super::super::sign::{Gap, Sign};
use crate::length::Length;

/// A code of letters that is no wider than so many ems is kept whole.
const SHORT: i64 = 7;

/// Makes the joints of what stands in a cell turns.
pub(super) fn part(segment: &mut Segment) {
    let (size, signs, gaps) = (segment.size, &segment.signs, &mut segment.gaps);
    // Ranges, times, numbers and their units.
    for gap in gaps.iter_mut().filter(|gap| gap.turn == Turn::Soft) {
        gap.turn = Turn::Joint;
    }
    let mut start = 0;
    while start < signs.len() {
        let run = signs[start..].iter().take_while(|sign| sign.c.is_ascii_graphic()).count();
        let run = start..start + run;
        start = run.end + 1;
        if signs[run.clone()].iter().any(|sign| sign.c.is_ascii_alphabetic()) {
            let is_long = signs[run.clone()].iter().map(|sign| sign.width).sum::<Length>() > size * SHORT;
            code(&signs[run.clone()], &mut gaps[run.start..], if is_long { Turn::Soft } else { Turn::Joint });
        } else {
            number(&signs[run.clone()], &mut gaps[run.start..]);
        }
    }
    with_hanzi(signs, gaps);
}

/// An address, a mail address, or a code: `www.qingshi.gov.invalid/a-b`, `GB/T9704-2012`.
fn code(signs: &[Sign], gaps: &mut [Gap], turn: Turn) {
    for at in 1..signs.len().saturating_sub(1) {
        let joins = matches!(signs[at].c, '-' | '/' | '.' | '_' | '@' | '?' | '&' | '=' | ':' | '#' | ',' | ';' | '+');
        if joins && signs[at + 1].c.is_ascii_alphanumeric() {
            gaps[at].turn = turn;
        }
    }
}

/// A number without letters: a date, a telephone number, a range; several of them with commas between.
fn number(signs: &[Sign], gaps: &mut [Gap]) {
    let digits_around = |at: usize| {
        matches!(signs[at - 1].class, Class::Digit | Class::Tail | Class::LatinCloser)
            && matches!(signs[at + 1].class, Class::Digit | Class::LatinOpener)
    };
    let is_grouped = is_grouped(signs);
    for at in (1..signs.len().saturating_sub(1)).filter(|&at| digits_around(at)) {
        match signs[at].c {
            '-' | '/' | ':' => gaps[at].turn = Turn::Joint,
            ',' if !is_grouped => gaps[at].turn = Turn::Soft,
            ';' => gaps[at].turn = Turn::Soft,
            _ => {}
        }
    }
}

/// Whether the commas of a number tell thousands: three digits follow each.
fn is_grouped(signs: &[Sign]) -> bool {
    let mut groups = signs.split(|sign| sign.c == ',');
    groups.next();
    groups.all(|group| {
        let digits = group.iter().take_while(|sign| sign.class == Class::Digit).count();
        digits == 3 && group.get(3).is_none_or(|sign| sign.class != Class::Hyphen)
    })
}

/// Years, months and days, extensions of telephone numbers, and names with dots.
fn with_hanzi(signs: &[Sign], gaps: &mut [Gap]) {
    for at in 1..signs.len() {
        if matches!(signs[at].c, '年' | '月' | '日') && signs[at - 1].class == Class::Digit {
            gaps[at - 1].turn = Turn::Joint;
            // 2026年3月15日 is one date; 1月、2月 are two.
            if signs[at].c != '日' && signs.get(at + 1).is_some_and(|next| next.class == Class::Digit) {
                gaps[at].turn = Turn::Joint;
            }
        }
    }
    for at in 1..signs.len().saturating_sub(1) {
        let [before, here, after] = [&signs[at - 1], &signs[at], &signs[at + 1]];
        if here.c == '转' && before.class == Class::Digit && after.class == Class::Digit {
            gaps[at - 1].turn = Turn::Joint;
            gaps[at].turn = Turn::Joint;
        } else if here.c == '·' && before.class == Class::Hanzi && after.class == Class::Hanzi {
            gaps[at].turn = Turn::Soft;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sign::TypeSpec;
    use super::*;
    use crate::doc::Inline;
    use crate::fonts::{Fonts, Role};

    /// `text` with `|` where a line may turn, `¦` where it better does not and `:` at a last resort.
    fn turns(text: &str) -> String {
        let inline = Inline::new(text, Role::Body);
        let spec = TypeSpec { size: Length::pt(12), tracking: Length::ZERO, latin_gap: 0, keep: None };
        let mut segment = Segment::of_paragraph(&[inline], spec, &Fonts::bundled()).unwrap().remove(0);
        part(&mut segment);
        let mut out = String::new();
        for (at, sign) in segment.signs.iter().enumerate() {
            out.push(sign.c);
            match segment.gaps.get(at).map(|gap| gap.turn) {
                Some(Turn::Free) => out.push('|'),
                Some(Turn::Soft) => out.push('¦'),
                Some(Turn::Joint) => out.push('⁞'),
                Some(Turn::Word | Turn::Never) | None => {}
            }
        }
        out
    }

    #[test]
    fn what_stands_in_a_cell_parts_at_its_joints_alone() {
        for (why, marked) in [
            ("a date", "2024-⁞03-⁞02"),
            ("a telephone number", "0572-⁞8812345"),
            ("with its extension", "0572-⁞8812345⁞转⁞803"),
            ("a number does not", "12,345,678.95"),
            ("nor one below zero", "-3.5%"),
            ("nor one of eighteen digits", "330502199001011234"),
            ("two numbers with a comma between do", "13800000001,¦13800000002"),
            ("a range", "2024-⁞2026"),
            ("with a dash", "3—⁞5"),
            ("a time", "9:⁞30"),
            ("a fraction", "3/⁞4"),
            ("a number and its unit, as in the text", "1,234.5|万|元"),
            ("a date in hanzi", "2024⁞年⁞11⁞月⁞2⁞日"),
            ("two months", "1⁞月、|2⁞月"),
            ("a short code", "GB/⁞T"),
            ("a long one", "DB33/¦T1234.¦5-¦2024"),
            ("an address", "https://¦www.¦qingshi.¦gov.¦invalid/¦a-¦b"),
            ("a mail address", "zhang_¦san@¦qingshi.¦gov.¦invalid"),
            ("a word does not", "Internationalization"),
            ("a name with its dot", "买|买|提·¦阿|不|都"),
        ] {
            let text: String = marked.chars().filter(|&c| !matches!(c, '|' | '¦' | '⁞')).collect();
            assert_eq!(turns(&text), marked, "{why}");
        }
    }
}
