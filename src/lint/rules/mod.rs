//! The rules, one a file, and the table of them.

mod attachment_mark;
mod bare_decimal;
mod bare_number;
mod book_mark;
mod comma_in_number;
mod day_word;
mod document_number;
mod document_number_bracket;
mod document_number_form;
mod doubled_estimate;
mod doubled_mark;
mod doubled_unit;
mod ellipsis_form;
mod ellipsis_with_etc;
mod field_error;
mod foreign_name;
mod full_width_character;
mod full_width_slash;
mod half_width_bracket;
mod half_width_mark;
mod half_width_stop;
mod hanzi_zero;
mod heading_stop;
mod level_order;
mod mark_before_etc;
mod mark_between_quotes;
mod mark_in_estimate;
mod missing_attachment;
mod mixed_date;
mod mixed_grouping;
mod mixed_numeral;
mod multiple_down;
mod numbering_mark;
mod numbers;
mod open_hole;
mod ordinal_mark;
mod padded_date;
mod pairs;
mod percent_point;
mod range_mark;
mod range_percent;
mod range_unit;
mod relative_time;
mod short_year;
mod span_mark;
mod straight_quote;
mod stray_blank;
mod sum;
#[cfg(test)]
mod testing;
mod title_mark;
mod unpaired_mark;
mod until_word;
mod words;
mod wrong_time;
mod wrong_weekday;
mod wrong_word;

/// What every rule needs.
mod prelude {
    pub(super) use std::ops::Range;

    pub(super) use super::shown;
    pub(super) use crate::diag::{Code, Diagnostic, Diagnostics};
    pub(super) use crate::lint::draft::{Draft, Medium};
    pub(super) use crate::lint::letters::*;
    pub(super) use crate::lint::line::{Lead, Line, Place};
    pub(super) use crate::placeholder::unit;
    pub(super) use crate::text;
}

use std::ops::Range;

pub(super) use self::bare_number::check as bare_numbers;
use super::draft::Draft;
use super::line::Line;
use crate::diag::Diagnostics;

/// A rule that looks at each line by itself.
type LineRule = fn(&Line<'_>, &mut Diagnostics);
/// A rule that has to see all of the text.
type DraftRule = fn(&Draft<'_>, &mut Diagnostics);

/// Marks (GB/T 15834), then numbers and dates (GB/T 15835), then what GB/T 9704 asks, then usage.
const LINE_RULES: &[LineRule] = &[
    half_width_mark::check,
    half_width_stop::check,
    half_width_bracket::check,
    straight_quote::check,
    mark_between_quotes::check,
    mark_before_etc::check,
    ellipsis_with_etc::check,
    ellipsis_form::check,
    doubled_mark::check,
    ordinal_mark::check,
    title_mark::check,
    book_mark::check,
    full_width_slash::check,
    range_mark::check,
    span_mark::check,
    range_percent::check,
    range_unit::check,
    doubled_estimate::check,
    mark_in_estimate::check,
    hanzi_zero::check,
    mixed_date::check,
    short_year::check,
    padded_date::check,
    day_word::check,
    full_width_character::check,
    bare_decimal::check,
    mixed_numeral::check,
    comma_in_number::check,
    document_number_bracket::check,
    document_number_form::check,
    multiple_down::check,
    percent_point::check,
    until_word::check,
    stray_blank::check,
    wrong_weekday::check,
    wrong_time::check,
    doubled_unit::check,
    field_error::check,
    wrong_word::check,
    sum::check,
];

/// The rules that see all of the text.
const DRAFT_RULES: &[DraftRule] = &[
    unpaired_mark::check,
    numbering_mark::check,
    level_order::check,
    heading_stop::check,
    mixed_grouping::check,
    attachment_mark::check,
    missing_attachment::check,
    open_hole::check,
    relative_time::check,
    words::banned,
    words::preferred,
    foreign_name::check,
];

/// Applies every rule.
pub(super) fn apply(draft: &Draft<'_>, out: &mut Diagnostics) {
    for line in draft.lines() {
        for rule in LINE_RULES {
            rule(line, out);
        }
    }
    for rule in DRAFT_RULES {
        rule(draft, out);
    }
}

/// The characters `range` as messages show them: the first of many, in one line.
fn shown(line: &Line<'_>, range: Range<usize>) -> String {
    const LONGEST: usize = 20;
    let written = line.written(range);
    match written.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    }
}
