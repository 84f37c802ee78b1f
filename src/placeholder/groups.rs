//! Holes that belong together: growing lists and dates.

use std::ops::Range;

use super::scan::{Kind, Placeholder};
use super::words::{is_blank, is_hanzi};

/// `X村、X村和X村等X个村`: names with the same words after each, and perhaps their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListShape {
    /// How many holes are names; they come first.
    pub names: usize,
    /// From the first name's hole to the end of the last one's words, in bytes of the text.
    pub range: Range<usize>,
    /// The words after each name: 村.
    pub words: String,
    /// What joins the last two names: 、 or 和.
    pub last_joint: &'static str,
    /// The last hole is the number of the names.
    pub counted: bool,
}

/// Joints of a list; all but the first only before the last name.
const JOINTS: [&str; 4] = ["、", "和", "及", "与"];
/// More characters after a name than this are a clause and no name's words.
const MAX_WORDS: usize = 8;

/// The list that `holes` begin, as many of them as belong to it; at least two names.
pub fn list_shape(text: &str, holes: &[Placeholder]) -> Option<ListShape> {
    let gap = |i: usize| holes.get(i + 1).map(|next| &text[holes[i].range.end..next.range.start]);
    if holes.iter().take(2).any(|hole| hole.kind != Kind::Run) {
        return None;
    }
    let first = gap(0)?;
    let joint = JOINTS.into_iter().find(|joint| first.ends_with(joint))?;
    let words = first.strip_suffix(joint)?;
    if words.chars().count() > MAX_WORDS || !words.chars().all(is_hanzi) {
        return None;
    }
    let mut names = 1;
    let mut last_joint = "、";
    while let Some(joint) =
        gap(names - 1).and_then(|gap| gap.strip_prefix(words)).and_then(|rest| JOINTS.into_iter().find(|&j| j == rest))
    {
        names += 1;
        last_joint = joint;
        if joint != "、" {
            break;
        }
    }
    let end = holes[names - 1].range.end + words.len();
    if !text[holes[names - 1].range.end..].starts_with(words) {
        return None;
    }
    let counted = gap(names - 1).is_some_and(|gap| gap.strip_prefix(words) == Some("等"));
    (names >= 2).then(|| ListShape {
        names,
        range: holes[0].range.start..end,
        words: words.to_owned(),
        last_joint,
        counted,
    })
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// 年.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
}

/// `X年X月X日`, `X月X日` or `X年X月`: what each of `holes` is, as many of them as belong to the date.
pub fn date_shape(text: &str, holes: &[Placeholder]) -> Option<Vec<DatePart>> {
    let mut parts = Vec::new();
    for (index, hole) in holes.iter().enumerate().take(3) {
        let after = text[hole.range.end..].trim_start_matches(is_blank);
        let part = match after.chars().next()? {
            '年' => DatePart::Year,
            '月' => DatePart::Month,
            '日' => DatePart::Day,
            _ => break,
        };
        let follows = match (parts.last(), part) {
            (None, _) | (Some(DatePart::Year), DatePart::Month) | (Some(DatePart::Month), DatePart::Day) => true,
            (Some(_), _) => false,
        };
        if !follows {
            break;
        }
        parts.push(part);
        let adjoins = holes
            .get(index + 1)
            .is_some_and(|next| text[hole.range.end..next.range.start].chars().filter(|&c| !is_blank(c)).count() == 1);
        if !adjoins {
            break;
        }
    }
    (parts.len() >= 2).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placeholder::{Literals, scan};

    fn list(text: &str) -> Option<(usize, String, bool, String)> {
        let scan = scan(text, &Literals::default());
        list_shape(text, &scan.holes).map(|s| (s.names, s.words, s.counted, text[s.range].to_owned()))
    }

    #[test]
    fn lists() {
        let some = |names, words: &str, counted, range: &str| Some((names, words.into(), counted, range.into()));
        assert_eq!(list("形成XXX、XXX、XXX等X篇"), some(3, "", true, "XXX、XXX、XXX"));
        assert_eq!(list("X村、X村和X村等X个村"), some(3, "村", true, "X村、X村和X村"));
        assert_eq!(list("X村、X村"), some(2, "村", false, "X村、X村"));
        assert_eq!(list("X村、X镇"), None);
        assert_eq!(list("X户，X人"), None);
        assert_eq!(list("X.X、X.X"), None);
    }

    #[test]
    fn dates() {
        let date = |text: &str| date_shape(text, &scan(text, &Literals::default()).holes);
        use DatePart::{Day, Month, Year};
        assert_eq!(date("20XX年X月X日"), Some(vec![Year, Month, Day]));
        assert_eq!(date("X 月 X 日上午X时"), Some(vec![Month, Day]));
        assert_eq!(date("X年X月，X人"), Some(vec![Year, Month]));
        assert_eq!(date("X月至X月"), None);
        assert_eq!(date("X年X次"), None);
    }
}
