//! Which bracket of a line closes which.

use super::prelude::*;

/// The pairs of a line: where each opens and closes, in the order in which they close.
#[derive(Default)]
pub(super) struct Pairs {
    /// Round brackets, half or full width.
    pub(super) round: Vec<(usize, usize)>,
}

/// The pairs of `line`.
pub(super) fn pairs(line: &Line<'_>) -> Pairs {
    let mut pairs = Pairs::default();
    let mut open = Vec::new();
    for (i, &c) in line.chars().iter().enumerate() {
        match c {
            '(' | '（' => open.push(i),
            ')' | '）' => pairs.round.extend(open.pop().map(|start| (start, i))),
            _ => {}
        }
    }
    pairs
}

/// Quoted and titled stretches that are not nested: where each opens and closes.
pub(super) fn quoted(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, &c) in line.chars().iter().enumerate() {
        match (c, open) {
            ('“', None) => open = Some((i, '”')),
            ('《', None) => open = Some((i, '》')),
            (c, Some((start, close))) if c == close => {
                found.push((start, i));
                open = None;
            }
            _ => {}
        }
    }
    found
}
