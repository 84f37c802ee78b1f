//! A table of contents that was typed by hand: 目录, and lines that end with dots and the number of a page.

use super::line::Line;
use super::{Note, Notes};
use crate::diag::Code;
use crate::placeholder::is_blank;
use crate::text;

/// The most lines that go before it: a title, and who made it.
const MOST_BEFORE: usize = 6;

/// Takes the contents off `lines`, since the program makes them itself; true if there were some.
pub(super) fn take(lines: &mut Vec<Line>, notes: &mut Notes) -> bool {
    let is_head = |line: &Line| line.text.text().chars().filter(|c| !is_blank(*c)).eq("目录".chars());
    let Some(start) = lines.iter().take(MOST_BEFORE).position(is_head) else { return false };
    let count = lines[start + 1..].iter().take_while(|line| is_entry(line.text.text())).count();
    if count < 2 {
        return false;
    }
    let taken: Vec<Line> = lines.drain(start..=start + count).collect();
    if let (Some(first), Some(last)) = (taken.first(), taken.last()) {
        let ends = [first, last].map(|line| line.text.source(0..line.text.text().len()));
        let message = text!(
            "目录没有照抄，写成了 toc = true，由程序编排",
            "the contents are not copied: with toc = true the program makes them"
        );
        notes.push(Note::new(Code::NotImported, message, ends[0].start..ends[1].end));
    }
    true
}

/// True of words, dots or blanks, and the number of a page.
fn is_entry(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - words.len();
    let is_leader = |c: char| matches!(c, '.' | '…' | '·' | '．' | '-' | '_' | '\t') || is_blank(c);
    let rest = words.trim_end_matches(is_leader);
    let leaders = &words[rest.len()..];
    let is_led = leaders.chars().count() >= 3 || leaders.contains(['…', '\t']);
    (1..=3).contains(&digits) && is_led && !rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapped::Mapped;

    fn left(text: &str) -> (Vec<String>, usize) {
        let line = |text| Line { text: Mapped::new(text, 0), ..Line::default() };
        let mut lines: Vec<Line> = text.split('\n').map(line).collect();
        let mut notes = Notes::default();
        take(&mut lines, &mut notes);
        (lines.iter().map(|line| line.text.text().to_owned()).collect(), notes.notes.len())
    }

    #[test]
    fn contents_that_were_typed_are_left_out_and_told() {
        let text = "目　录\n一、情况……………1\n（一）做法........2\n三、打算\t12\n甲镇总结\n一、情况";
        assert_eq!(left(text), (vec!["甲镇总结".to_owned(), "一、情况".to_owned()], 1));
        for text in ["目录\n一、情况\n二、打算", "目录\n一、情况……1\n正文。", "甲镇总结\n培训……12"]
        {
            assert_eq!(left(text).1, 0, "{text}");
        }
    }
}
