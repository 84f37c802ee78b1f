//! Days and years of a draft with blanks or lines in the place of their parts: `20__年`, `  年  月  日`.

use super::forms::{Here, Hole};
use super::stars::run;
use crate::placeholder::{is_blank, is_hanzi};

impl Here<'_> {
    /// `20__年`: the last two digits of a year.
    pub(super) fn year_of_underscores(&self) -> Hole {
        let len = run(self.rest, |c| matches!(c, '_' | '＿'));
        self.is_year(len).then_some((len, 2))
    }

    /// True if the stretch of `len` bytes is the end of a year: `20__年`.
    pub(super) fn is_year(&self, len: usize) -> bool {
        self.is_behind_century() && self.rest[len..].starts_with('年')
    }

    /// True behind 20 or 19 that is a word of its own.
    pub(super) fn is_behind_century(&self) -> bool {
        let before = &self.text[..self.at];
        let rest = before.strip_suffix("20").or_else(|| before.strip_suffix("19"));
        rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.'))
    }

    /// `20  年  月  日`: blanks in the place of the parts of a day, of which one at least is blank where the month or the
    /// day belongs.
    pub(super) fn blank_of_day(&self) -> Hole {
        let len = run(self.rest, is_blank);
        let after = &self.rest[len..];
        let part = after.chars().next().filter(|c| matches!(c, '年' | '月' | '日'))?;
        let before = self.text[..self.at].trim_end_matches(is_blank);
        let wide = self.rest[..len].chars().count() >= 2;
        // 一年 月均, 3月 日均: a single blank before a word is no hole.
        let day = after[part.len_utf8()..].trim_start_matches(is_blank);
        let is_blank_month = |text: &str| {
            let month = text.strip_prefix('年')?;
            let blank = run(month, is_blank);
            Some(blank > 0 && month[blank..].starts_with('月'))
        };
        match part {
            '年' if self.is_behind_century() => wide.then_some((len, 2)),
            '年' => (is_blank_month(after)? && !before.ends_with(|c: char| c.is_ascii_digit())).then_some((len, 1)),
            '月' => {
                let is_known = before.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十个每".contains(c));
                let is_of_day = day.starts_with('日') && after['月'.len_utf8()..].starts_with(is_blank);
                let is_of_year = before.ends_with('年') && (wide || day.starts_with('日'));
                (is_of_year || wide && is_of_day && !is_known).then_some((len, 1))
            }
            _ => {
                let is_word = day.starts_with(['均', '常', '益', '报']);
                (before.ends_with('月') && !is_word && (wide || !day.starts_with(is_hanzi))).then_some((len, 1))
            }
        }
    }

    /// `年  月  日` where nothing at all stands before 年.
    pub(super) fn year_without_blank(&self) -> Hole {
        let month = self.rest.strip_prefix('年')?;
        let blank = run(month, is_blank);
        let is_first = self.before().is_none_or(|c| "：:，。；（(".contains(c));
        (is_first && blank > 0 && month[blank..].starts_with('月')).then_some((0, 1))
    }
}
