//! A text that knows where each of its words stands in the draft.

use std::ops::Range;

/// A text made of pieces of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mapped {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch that stands in the draft as it is, or something that takes a stretch's place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text.
    text: usize,
    /// What it comes from, in bytes of the draft.
    source: Range<usize>,
    /// It is not as it stands there.
    replaced: bool,
}

impl Mapped {
    /// A text that stands at `start` of the draft as it is.
    #[cfg(test)]
    pub(super) fn new(text: &str, start: usize) -> Self {
        let mut mapped = Mapped::default();
        mapped.push(text, start);
        mapped
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds what stands at `start` of the draft.
    pub(super) fn push(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if !last.replaced && last.source.end == start => last.source.end += text.len(),
            _ => {
                let source = start..start + text.len();
                self.pieces.push(Piece { text: self.text.len(), source, replaced: false });
            }
        }
        self.text += text;
    }

    /// Adds `text` in the place of the stretch `source` of the draft.
    pub(super) fn push_replaced(&mut self, text: &str, source: Range<usize>) {
        if !text.is_empty() {
            self.pieces.push(Piece { text: self.text.len(), source, replaced: true });
            self.text += text;
        }
    }

    /// Adds another text.
    pub(super) fn append(&mut self, other: &Mapped) {
        for (index, piece) in other.pieces.iter().enumerate() {
            let text = &other.text[piece.text..other.piece_end(index)];
            match piece.replaced {
                true => self.push_replaced(text, piece.source.clone()),
                false => self.push(text, piece.source.start),
            }
        }
    }

    /// The stretch `range` of it, on character boundaries.
    pub(super) fn slice(&self, range: Range<usize>) -> Mapped {
        let mut out = Mapped::default();
        for index in self.at(range.start)..self.pieces.len() {
            let piece = &self.pieces[index];
            let (start, end) = (piece.text.max(range.start), self.piece_end(index).min(range.end));
            if start >= end {
                break;
            }
            match piece.replaced {
                true => out.push_replaced(&self.text[start..end], piece.source.clone()),
                false => out.push(&self.text[start..end], piece.source.start + start - piece.text),
            }
        }
        out
    }

    /// It without blanks at its ends.
    pub(super) fn trimmed(&self) -> Mapped {
        let start = self.text.len() - self.text.trim_start().len();
        self.slice(start..start.max(self.text.trim_end().len()))
    }

    /// With each of `edits`, in order and apart, in the place of its stretch.
    pub(super) fn edited(&self, edits: &[(Range<usize>, String)]) -> Mapped {
        let mut out = Mapped::default();
        let mut at = 0;
        for (range, text) in edits {
            out.append(&self.slice(at..range.start));
            out.push_replaced(text, self.source(range.clone()));
            at = range.end;
        }
        out.append(&self.slice(at..self.text.len()));
        out
    }

    /// Whether the sign at `at` stands in the place of something else.
    pub(super) fn is_replaced(&self, at: usize) -> bool {
        self.pieces.get(self.at(at)).is_some_and(|piece| piece.replaced)
    }

    /// Where the stretch `range` comes from, in bytes of the draft.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return 0..0;
        }
        let first = &self.pieces[self.at(range.start)];
        let start = if first.replaced { first.source.start } else { first.source.start + range.start - first.text };
        let last = &self.pieces[self.at(range.end.saturating_sub(1).max(range.start))];
        let end =
            if last.replaced { last.source.end } else { last.source.start + range.end.max(last.text) - last.text };
        start..end.max(start)
    }

    /// The number of the piece in which `at` stands.
    fn at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.text <= at).saturating_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_through_edits_and_slices() {
        let mut line = Mapped::new("召开", 10);
        line.push_replaced("X", 16..20);
        line.push("次会议", 20);
        assert_eq!(line.text(), "召开X次会议");
        assert_eq!(line.source(6..7), 16..20);
        assert_eq!(line.source(7..10), 20..23);
        assert_eq!(line.source(3..10), 13..23);

        let edited = line.edited(&[(0..6, "开".into()), (10..16, String::new())]);
        assert_eq!(edited.text(), "开X次");
        assert_eq!((edited.source(0..3), edited.source(4..7)), (10..16, 20..23));
        assert_eq!(line.slice(6..10).source(0..4), 16..23);
        assert_eq!(Mapped::new("  a ", 5).trimmed(), Mapped::new("a", 7));
        assert_eq!(Mapped::new("  ", 5).trimmed().text(), "");
    }
}
