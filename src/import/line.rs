//! A line of a draft with what the draft itself says of it.

use super::mapped::Mapped;

/// A line of a draft: a paragraph, once lines are joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: Mapped,
    /// The draft itself says that it is a heading of this level.
    pub(super) level: Option<u8>,
    /// The draft itself says that it is the title.
    pub(super) title: bool,
    /// An item of a list without numbers; depth from 1.
    pub(super) item: Option<u8>,
    /// The look that it has there.
    pub(super) look: Look,
    /// It is Markdown already.
    pub(super) markdown: bool,
    /// It is a row of a table, whose cells stand apart by [`CELL`].
    pub(super) row: Option<Row>,
    /// It is a picture, which will be this file; the words are its caption.
    pub(super) picture: Option<String>,
}

impl Line {
    /// It is a paragraph, as far as the draft says.
    pub(super) fn is_plain(&self) -> bool {
        self.level.is_none() && self.item.is_none() && self.row.is_none() && self.picture.is_none()
    }
}

/// The look of a line in its draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) place: Place,
    /// The size of its characters in half-points, where the draft says it.
    pub(super) size: Option<u16>,
    /// The face of its hanzi, where the draft says it.
    pub(super) face: Option<String>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// At the left margin.
    #[default]
    Margin,
    /// In the middle.
    Centre,
    /// At the right margin.
    Right,
    /// Far from the left margin, by blanks.
    Moved,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The first.
    Head,
    /// Another.
    Body,
}

/// Stands between two cells of a row: a noncharacter, which no draft has.
pub(super) const CELL: char = '\u{fdd2}';
