//! How many numbers a text has, by what stands behind them.

/// The numbers of a text, counted by `lint-bare-number`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Holes before a unit: a figure fills them.
    pub figures: usize,
    /// Years, document numbers, ordinals, clauses, names.
    pub exempt: usize,
    /// All others.
    pub bare: usize,
}

impl Tally {
    /// The numbers of both.
    #[must_use]
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            figures: self.figures + other.figures,
            exempt: self.exempt + other.exempt,
            bare: self.bare + other.bare,
        }
    }
}
