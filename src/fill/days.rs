//! Days of the filled text that the calendar does not have: 13月45日, 2月30日, whichever of their parts were filled in.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Filled;
use crate::diag::Diagnostics;
use crate::ledger::{Ledger, no_such_day};
use crate::number::WrittenDay;
use crate::placeholder::is_blank;

/// Tells of every day that has a filled part and that no calendar has.
pub(super) fn check(fields: &[Filled<'_>], ledger: &Ledger<'_>, diags: &mut Diagnostics) {
    for field in fields {
        let (text, filled) = composed(field);
        let mut told = BTreeSet::new();
        for (range, figure) in &filled {
            let Some((month, day)) = day_around(&text, range) else { continue };
            // Digits of two values side by side are no month.
            let next = filled.partition_point(|(other, _)| other.end <= month.start);
            let is_one = filled.get(next).is_none_or(|(other, _)| *other == month || other.start >= month.end);
            if is_one && !day.exists() && told.insert(month.start) {
                let shown: Vec<String> = [
                    day.year.map(|year| format!("{year}年")),
                    Some(format!("{}月", day.month)),
                    day.day.map(|day| format!("{day}日")),
                ]
                .into_iter()
                .flatten()
                .collect();
                diags.push(no_such_day(&shown.concat(), ledger.value(*figure).span));
            }
        }
    }
}

/// The text with its holes filled, and where the value of each figure stands in it.
fn composed(field: &Filled<'_>) -> (String, Vec<(Range<usize>, usize)>) {
    let text = field.field.text.text();
    let (mut out, mut filled, mut at) = (String::new(), Vec::new(), 0);
    for replacement in &field.replacements {
        out += &text[at..replacement.range.start];
        let start = out.len();
        out += &replacement.text;
        if let (Some(figure), None) = (replacement.figure, replacement.gap) {
            filled.push((start..out.len(), figure));
        }
        at = replacement.range.end;
    }
    (out + &text[at..], filled)
}

/// The day that the digits at `range` are a part of, and where its month stands.
fn day_around(text: &str, range: &Range<usize>) -> Option<(Range<usize>, WrittenDay)> {
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&text[range.clone()]) {
        return None;
    }
    let after = text[range.end..].trim_start_matches(is_blank);
    let month = if after.starts_with('月') {
        range.clone()
    } else if let Some(rest) = after.strip_prefix('年') {
        let start = text.len() - rest.trim_start_matches(is_blank).len();
        start..start + digits_ahead(&text[start..])
    } else {
        after.strip_prefix(['日', '号'])?;
        digits_before(text, range.start, '月')?
    };
    let rest = text[month.end..].trim_start_matches(is_blank).strip_prefix('月')?;
    // 18月龄 is an age.
    if rest.starts_with('龄') {
        return None;
    }
    let rest = rest.trim_start_matches(is_blank);
    let digits = &rest[..digits_ahead(rest)];
    let is_day = rest[digits.len()..].trim_start_matches(is_blank).starts_with(['日', '号']);
    let number = |word: &str| word.parse::<u16>().unwrap_or(u16::MAX);
    let year = digits_before(text, month.start, '年').filter(|year| year.len() == 4);
    let day = WrittenDay {
        year: year.map(|year| number(&text[year])),
        month: Some(&text[month.clone()]).filter(|word| is_digits(word)).map(number)?,
        day: (is_day && !digits.is_empty()).then(|| number(digits)),
    };
    Some((month, day))
}

fn digits_ahead(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The digits before `sign`, which ends just before `at`.
fn digits_before(text: &str, at: usize, sign: char) -> Option<Range<usize>> {
    let before = text[..at].trim_end_matches(is_blank).strip_suffix(sign)?.trim_end_matches(is_blank);
    let len = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    (len > 0).then(|| before.len() - len..before.len())
}
