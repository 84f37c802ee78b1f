//! Numbers that a draft has filled in already: of the author's own office, or left from another's.

use std::ops::Range;

use crate::placeholder::{is_blank, unit};

/// What a number with a unit after it would be other than a figure: a part of a date, a floor, an item.
const NO_FIGURES: [&str; 13] = ["年", "月", "日", "号", "时", "分", "秒", "期", "届", "周年", "级", "路", "版"];

/// The numbers of `text` that have a unit; `holes` are looked over.
pub(super) fn numbers(text: &str, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut holes = holes.iter().peekable();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        at = start + text[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len() - start);
        let number = text[start..at].trim_end_matches('.');
        let end = start + number.len();
        while holes.next_if(|hole| hole.end <= start).is_some() {}
        let free = holes.peek().is_none_or(|hole| hole.start >= end);
        let before = text[..start].chars().next_back();
        let apart = before.is_none_or(|c| !c.is_alphanumeric() || crate::placeholder::is_hanzi(c) && c != '第')
            && !before.is_some_and(|c| ".-—－/:：*×+〔（(".contains(c));
        let unit = unit(text[end..].trim_start_matches(is_blank)).unwrap_or_default();
        if free && apart && is_plain(number) && !unit.is_empty() && !NO_FIGURES.contains(&unit) {
            found.push(start..end);
        }
    }
    found
}

/// Whether a report file can have the number without quotes: no zero before it, one point at most.
fn is_plain(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0')) && number.len() <= 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units_are_found() {
        let found = |text: &str| numbers(text, &[]).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("开展学习27次，培训16 人，增长3.20%"), ["27", "16", "3.20"]);
        assert_eq!(found("2023年5月1日第3次会议，3-5次，1+3次，007个，1.2.3个，A5张"), [""; 0]);
        assert_eq!(found("投入6.3万元，共X户1人").len(), 2);
        assert!(numbers("5人", std::slice::from_ref(&(0..1))).is_empty());
    }
}
