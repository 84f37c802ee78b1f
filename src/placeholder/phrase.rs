//! Phrases: text with its holes as one sign, compared without what does not count.

use super::scan::{Kind, Scan};
use super::words::is_blank;
use crate::hanzi::meant;

/// The sign of a hole in a [`Phrase`]: a noncharacter, which no text may hold.
pub const HOLE: char = '\u{fdd0}';

/// A text as keys are matched: each hole is [`HOLE`], blanks beside it and Markdown's marks are left out.
///
/// `"X镇"`, `"XXX镇"` and `"xxx 镇"` are the same phrase. Named holes are not part of it, since they have no
/// words beside them: they stand as a line end, which no key can hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    /// For each character of `text`: where it is in the original, in bytes.
    origins: Vec<u32>,
    /// For each hole of the scan: its character's place in `text` in bytes; none for named holes.
    holes: Vec<Option<u32>>,
}

impl Phrase {
    /// The phrase of `text`, whose holes `scan` found.
    pub fn new(text: &str, scan: &Scan) -> Self {
        let mut phrase = Phrase::default();
        let mut holes = scan.holes.iter().peekable();
        let mut escapes = scan.escapes.iter().copied().peekable();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if let Some(hole) = holes.next_if(|hole| hole.range.start == at) {
                let named = matches!(hole.kind, Kind::Named(_));
                if !named {
                    phrase.trim_blanks();
                }
                phrase.holes.push((!named).then_some(phrase.text.len() as u32));
                phrase.push(if named { '\n' } else { HOLE }, at);
                at = hole.range.end;
                continue;
            }
            // The sign of a note, `[^1]`, is a mark as well.
            let sign =
                note_sign(&text[at..]).filter(|len| holes.peek().is_none_or(|hole| hole.range.start >= at + len));
            if let Some(len) = sign {
                at += len;
                while escapes.next_if(|&escape| escape < at).is_some() {}
                continue;
            }
            let escape = escapes.next_if_eq(&at).is_some();
            // `**X** 户`: the blank stands beside the hole, since the marks are skipped.
            let beside_hole = is_blank(c) && phrase.text.ends_with(HOLE);
            if !escape && !beside_hole && !matches!(c, '*' | '_' | '`' | '~') {
                phrase.push(c, at);
            }
            at += c.len_utf8();
        }
        phrase
    }

    fn push(&mut self, c: char, origin: usize) {
        // What only looks like a hanzi is a fault of its own, and the words are the same to those who read them.
        self.text.push(meant(c).unwrap_or(c));
        self.origins.push(origin as u32);
    }

    fn trim_blanks(&mut self) {
        while self.text.ends_with(is_blank) {
            self.text.pop();
            self.origins.pop();
        }
    }

    /// The phrase itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For each of its characters: where it is in [`Phrase::text`] and where in the original, in bytes.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.text.char_indices().zip(&self.origins).map(|((at, _), origin)| (at, *origin as usize))
    }

    /// Its length in characters, each hole one.
    pub fn chars(&self) -> usize {
        self.origins.len()
    }

    /// How many holes it has, named ones aside.
    pub fn hole_count(&self) -> usize {
        self.holes.iter().flatten().count()
    }

    /// How many holes its scan had, named ones included.
    pub(super) fn holes_in_scan(&self) -> usize {
        self.holes.len()
    }

    /// Where the hole number `hole` of the scan stands in [`Phrase::text`], in bytes; `None` for a named one.
    pub fn hole(&self, hole: usize) -> Option<usize> {
        self.holes.get(hole).copied().flatten().map(|at| at as usize)
    }
}

/// How long the sign of a note is that `text` begins with.
fn note_sign(text: &str) -> Option<usize> {
    let name = text.strip_prefix("[^")?;
    let len = name.find([']', '[', '\n']).filter(|&len| name[len..].starts_with(']'))?;
    Some("[^".len() + len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placeholder::{Literals, scan};

    fn phrase(text: &str) -> Phrase {
        Phrase::new(text, &scan(text, &Literals::default()))
    }

    #[test]
    fn markers_blanks_and_marks_do_not_count() {
        let same = [
            "走访X户",
            "走访 xxx 户",
            "走访××\u{3000}户",
            "走访**X**户",
            "走访 **X** 户",
            "走访x.x户",
            "走访[^1]X户",
            "走访X[^注]户",
        ];
        for text in same {
            assert_eq!(phrase(text).text(), format!("走访{HOLE}户"), "{text}");
        }
        assert_ne!(phrase("走 访X户").text(), phrase("走访X户").text());
        assert_eq!(phrase("⾏政村X个").text(), phrase("行政村X个").text());
        assert_eq!(phrase("20XX年").text(), format!("{HOLE}年"));
    }

    #[test]
    fn named_holes_are_no_part() {
        let phrase = phrase("X{town}镇X次");
        assert_eq!(phrase.text(), format!("\n镇{HOLE}次"));
        assert_eq!((phrase.hole(0), phrase.hole(1), phrase.hole_count()), (None, Some(4), 1));
    }
}
