//! `date` and `signed_on`: a day, or the words for one that are printed as they are.

use super::literal::Located;
use super::raw::Reader;
use crate::number::Date;
use crate::placeholder::{Literals, scan};
use crate::source::{Span, Spanned};

/// The day of a report.
#[derive(Clone, Debug)]
pub enum Day {
    /// A day of the calendar.
    Known(Spanned<Date>),
    /// Words: a day whose holes figures fill, `20XX年X月X日`, a month, `2026年7月`, or a day in hanzi, `二〇二六年七月一日`.
    Words(Located),
}

impl Day {
    /// Takes `key`: a date, or words for one in quotes.
    pub(super) fn take(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<Self> {
        match reader.take_words(key, is_of_words) {
            Some(words) => Some(Day::Words(words.clone())),
            None => reader.take_date(key).map(Day::Known),
        }
    }

    /// True of words that a report file may have for a day, and has no date for.
    pub(crate) fn takes(words: &str) -> bool {
        is_of_words(words)
    }

    /// The day, if the file has it as a date.
    pub fn known(&self) -> Option<Date> {
        match self {
            Day::Known(date) => Some(date.value),
            Day::Words(_) => None,
        }
    }

    /// The words, if it is written in words.
    pub fn words(&self) -> Option<&Located> {
        match self {
            Day::Known(_) => None,
            Day::Words(words) => Some(words),
        }
    }

    /// Where it stands in the file.
    pub fn span(&self) -> Span {
        match self {
            Day::Known(date) => date.span,
            Day::Words(words) => words.whole(),
        }
    }
}

/// True of words for a day that no date of TOML can stand for.
fn is_of_words(text: &str) -> bool {
    let text = text.trim();
    let holes = scan(text, &Literals::default()).holes;
    if !holes.is_empty() {
        let is_all = matches!(holes.as_slice(), [hole] if hole.range == (0..text.len()));
        return is_all && text.len() > 1 || text.contains('年') && text.contains('月');
    }
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let is_of = |part: &str, test: fn(char) -> bool| !part.is_empty() && part.chars().all(test);
    let is_arabic = |part: &str| is_of(part, |c| c.is_ascii_digit());
    let is_hanzi = |part: &str| is_of(part, |c| "〇○零一二三四五六七八九十".contains(c));
    let is_year = year.chars().count() == 4;
    let is_month_alone = is_arabic(year) && is_arabic(month) && day.is_empty();
    let is_in_hanzi =
        is_hanzi(year) && is_hanzi(month) && (day.is_empty() || day.strip_suffix('日').is_some_and(is_hanzi));
    is_year && (is_month_alone || is_in_hanzi)
}

#[cfg(test)]
mod tests {
    use super::is_of_words;

    #[test]
    fn words_for_a_day_are_told_from_dates_and_other_words() {
        for words in ["20XX年X月X日", "2026年X月", "X{成文日期}", "2026年7月", "二〇二六年七月一日", "二○二六年十二月"]
        {
            assert!(is_of_words(words), "{words}");
        }
        for words in ["2026年7月1日", "2026-07-01", "X日", "近日", "", "26年7月", "二〇二六年", "X"] {
            assert!(!is_of_words(words), "{words}");
        }
    }
}
