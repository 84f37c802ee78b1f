//! Days on lines of their own: under the title, and at the end of a draft.

use super::forms::turned;
use super::mapped::Mapped;
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest;
use crate::number::{Date, WrittenDay};
use crate::placeholder::{is_blank, is_marker};
use crate::text;

/// A day of a draft.
#[derive(Clone, Debug)]
pub(super) enum Day {
    /// A day of the calendar.
    Known(Date),
    /// Words for one: with holes, without a day, in hanzi.
    Words(Mapped),
}

impl Day {
    /// The day, if it is one of the calendar.
    pub(super) fn known(&self) -> Option<Date> {
        if let Day::Known(date) = self { Some(*date) } else { None }
    }

    /// The words, if it is none.
    pub(super) fn words(&self) -> Option<&Mapped> {
        if let Day::Words(words) = self { Some(words) } else { None }
    }
}

/// The day that a line is, with or without brackets around it. One that the program prints otherwise, `2026年07月01日`, is
/// told.
pub(super) fn day(line: &Mapped, notes: &mut Notes) -> Option<Day> {
    let text = line.text();
    let start = text.len() - text.trim_start_matches(['（', '(']).len();
    let bare = line.slice(start..text.trim_end_matches(['）', ')']).len().max(start)).trimmed();
    let words = bare.text();
    if let Some(date) = WrittenDay::read(words).and_then(WrittenDay::date) {
        let printed = date.to_string();
        if printed != words {
            let message = text!("日期“{words}”写成“{printed}”", "the day `{words}` is printed as `{printed}`");
            notes.push(Note::new(Code::Guessed, message, line.source(0..text.len())));
        }
        return Some(Day::Known(date));
    }
    let mut filled = words.to_owned();
    for (range, x) in turned(words, &[], false).into_iter().rev() {
        filled.replace_range(range, &x);
    }
    (is_day(words) && manifest::Day::takes(&filled)).then_some(Day::Words(bare))
}

/// True if nothing but parts of a day stands in `words`: digits, hanzi for digits, and what stands for them.
fn is_day(words: &str) -> bool {
    let is_part = |c: char| {
        "年月日〇○零一二三四五六七八九十□_＿".contains(c) || is_marker(c) || c.is_ascii_digit() || is_blank(c)
    };
    words.contains('年') && words.contains('月') && words.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_other_lines() {
        let read = |text: &str| {
            let mut notes = Notes::default();
            let day = day(&Mapped::new(text, 0), &mut notes)?;
            let words = match day {
                Day::Known(date) => format!("{date}"),
                Day::Words(words) => format!("“{}”", words.text()),
            };
            Some((words, notes.notes.len()))
        };
        for (text, expected) in [
            ("2026年7月1日", ("2026年7月1日", 0)),
            ("（2026年7月1日）", ("2026年7月1日", 0)),
            ("2026年07月01日", ("2026年7月1日", 1)),
            ("2026.7.1", ("2026年7月1日", 1)),
            ("20XX年X月X日", ("“20XX年X月X日”", 0)),
            ("2026年X月", ("“2026年X月”", 0)),
            ("二〇二六年七月一日", ("“二〇二六年七月一日”", 0)),
            ("2026年7月", ("“2026年7月”", 0)),
        ] {
            assert_eq!(read(text), Some((expected.0.to_owned(), expected.1)), "{text}");
        }
        for text in ["2026年", "截至2026年7月1日", "7月1日", "2026年7月1日印发", "2026年13月1日", "年月"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
