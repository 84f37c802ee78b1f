//! Numbers of headings, typed as text.

use crate::manifest::{Numbering, Style};
use crate::number::numeral;

/// Counts headings, level by level.
#[derive(Debug)]
pub(super) struct Counter {
    numbering: Numbering,
    /// What stands after 1.
    mark: char,
    counts: [u64; 4],
    /// The level of the last heading; 0 before the first.
    last: u8,
}

impl Counter {
    /// A counter for a report with the look of `style`.
    pub(super) fn new(style: &Style) -> Self {
        Counter { numbering: style.numbering, mark: style.item_mark, counts: [0; 4], last: 0 }
    }

    /// The number of the next heading of `level`, 1 to 4, and whether a level was skipped before it.
    ///
    /// Block headings are numbered 一、（一）1.（1） (GB/T 9704 7.3.3), run-in ones 一是, then （1） and 1. within.
    pub(super) fn next(&mut self, level: u8) -> (String, bool) {
        let index = usize::from(level.clamp(1, 4)) - 1;
        self.counts[index] += 1;
        self.counts[index + 1..].fill(0);
        let skipped = level > self.last + 1;
        self.last = level;
        let n = self.counts[index];
        let number = match (self.numbering, index) {
            (Numbering::None, _) => String::new(),
            (Numbering::RunIn, 0) => format!("{}是", numeral(n)),
            (Numbering::Block, 0) => format!("{}、", numeral(n)),
            (Numbering::Block | Numbering::RunIn, 1) => format!("（{}）", numeral(n)),
            (Numbering::Block | Numbering::RunIn, 2) => format!("{n}{}", self.mark),
            (Numbering::Block | Numbering::RunIn, _) => format!("（{n}）"),
        };
        (number, skipped)
    }

    /// A name for the heading just counted, unique in the report: `s2_1`.
    pub(super) fn id(&self) -> String {
        let depth = usize::from(self.last.clamp(1, 4));
        let path: Vec<String> = self.counts[..depth].iter().map(u64::to_string).collect();
        format!("s{}", path.join("_"))
    }
}

/// The number that a text brings along, where the program writes the numbers of `numbering`.
///
/// `1.` and `（1）` are numbers of headings only: a paragraph may be an item that the author counts.
pub(super) fn typed_number(text: &str, numbering: Numbering, heading: bool) -> Option<&str> {
    const NUMERALS: &str = "一二三四五六七八九十百";
    let is_numeral = |c: char| NUMERALS.contains(c);
    let is_digit = |c: char| heading && c.is_ascii_digit();
    let run = |text: &str, test: &dyn Fn(char) -> bool| text.find(|c| !test(c)).unwrap_or(text.len());
    let marked = |end: usize, marks: &[char]| {
        let mark = text[end..].chars().next().filter(|c| end > 0 && marks.contains(c))?;
        Some(end + mark.len_utf8())
    };
    let bracketed = || {
        let inner = text.strip_prefix(['（', '('])?;
        let end = run(inner, &is_numeral).max(run(inner, &is_digit));
        let close = inner[end..].chars().next().filter(|c| end > 0 && matches!(c, '）' | ')'))?;
        Some(text.len() - inner.len() + end + close.len_utf8())
    };
    let marks: &[char] = match numbering {
        Numbering::None => return None,
        Numbering::RunIn => &['是', '、'],
        Numbering::Block => &['、'],
    };
    let digits = run(text, &is_digit);
    // `1.5` is a number of the text.
    let decimal = text[digits..].starts_with('.') && text[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
    let end = marked(run(text, &is_numeral), marks)
        .or_else(|| marked(digits, &['.', '．', '、']).filter(|_| !decimal))
        .or_else(bracketed)?;
    Some(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_past_ten_and_start_again_below() {
        let mut counter = Counter::new(&Style { numbering: Numbering::RunIn, ..Style::default() });
        let numbers: Vec<String> = (0..21).map(|_| counter.next(1).0).collect();
        assert_eq!(
            (&*numbers[9], &*numbers[10], &*numbers[19], &*numbers[20]),
            ("十是", "十一是", "二十是", "二十一是")
        );

        let mut counter = Counter::new(&Style { numbering: Numbering::Block, ..Style::default() });
        let mut next = |level| counter.next(level).0;
        assert_eq!(
            [next(1), next(2), next(2), next(3), next(4), next(1), next(2)],
            ["一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）"]
        );
    }

    #[test]
    fn a_skipped_level_is_noticed() {
        let mut counter = Counter::new(&Style { numbering: Numbering::Block, ..Style::default() });
        assert_eq!([1, 3, 2, 1, 2].map(|level| counter.next(level).1), [false, true, false, false, false]);
    }

    #[test]
    fn typed_numbers() {
        let typed_number = |text, numbering| typed_number(text, numbering, false);
        assert_eq!(typed_number("一是聚焦", Numbering::RunIn), Some("一是"));
        assert_eq!(typed_number("十一、聚焦", Numbering::Block), Some("十一、"));
        assert_eq!(typed_number("（二）聚焦", Numbering::Block), Some("（二）"));
        assert_eq!(typed_number("一是聚焦", Numbering::Block), None);
        assert_eq!(typed_number("一个月来", Numbering::RunIn), None);
        assert_eq!(typed_number("是", Numbering::RunIn), None);
        assert_eq!(typed_number("1.抓好排查", Numbering::Block), None);
        let of_heading = |text| super::typed_number(text, Numbering::Block, true);
        assert_eq!(of_heading("1.抓好排查"), Some("1."));
        assert_eq!(of_heading("（12）抓好排查"), Some("（12）"));
        assert_eq!(of_heading("1.5万亩良田"), None);
        assert_eq!(of_heading("12345工作"), None);
    }
}
