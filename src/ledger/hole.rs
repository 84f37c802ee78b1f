//! What the text says of a hole.

use crate::manifest::Kind;
use crate::placeholder::{Placeholder, is_blank, unit};

/// What the words beside a hole, and its own shape, say of its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hole {
    /// The unit right of it: 次, 万元.
    pub unit: Option<String>,
    /// The kind of number that it takes; none where anything may fill it.
    pub kind: Option<Kind>,
}

impl Hole {
    /// The hole `hole` of `text`.
    pub(super) fn new(text: &str, hole: &Placeholder) -> Self {
        // The marks of Markdown are not printed: `**X**次`.
        let unseen = |c| is_blank(c) || matches!(c, '*' | '_' | '`' | '~');
        let left = text[..hole.range.start].trim_end_matches(unseen);
        let right = text[hole.range.end..].trim_start_matches(unseen);
        Hole {
            unit: unit(right).map(str::to_owned),
            kind: Kind::of_hole(&hole.kind, &text[hole.range.clone()], left, right),
        }
    }
}
