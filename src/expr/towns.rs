//! Towns picked by a condition: `names(towns."党委会X次" == 0)`, `count(towns."整改率X%" < 60)`.
//!
//! Within the condition `towns."key"` is the value of one town after the other. What takes all values at once means all
//! towns there as it does elsewhere: `towns."整改率X%" < mean(towns."整改率X%")` is true of those below the mean.

use std::collections::BTreeMap;

use super::eval::{Fault, Figures, Town, UnitMix, Worth};
use super::tree::{Node, Test};
use crate::diag::Text;

impl<'a> Figures<'a> {
    /// The places of the towns of which `test` is true, in the order of their tables.
    pub(super) fn picked(&self, test: &Test, mixes: &mut Vec<UnitMix>) -> Result<Vec<usize>, Fault> {
        let mut nodes = Vec::new();
        test.wholes(&mut nodes);
        // Worked out once, lest a mean within the condition be a loop of towns within a loop of towns.
        let wholes: BTreeMap<_, _> = nodes.into_iter().map(|node| (place(node), self.worth(node, mixes))).collect();
        let mut picked = Vec::new();
        for number in 0..self.towns.len() {
            let figures = Figures { town: Some(Town { number, wholes: &wholes }), ..*self };
            if figures.is_true(test, mixes).map_err(|fault| of_town(self.name(number), fault))? {
                picked.push(number);
            }
        }
        Ok(picked)
    }

    /// The name of a town.
    pub(super) fn name(&self, town: usize) -> &'a str {
        self.towns.get(town).map(String::as_str).unwrap_or_default()
    }

    /// What `node` came to for all towns at once, within a condition that picks them.
    pub(super) fn known(&self, node: &Node) -> Option<Result<Worth<'a>, Fault>> {
        self.town?.wholes.get(&place(node)).cloned()
    }
}

fn place(node: &Node) -> (usize, usize) {
    (node.range.start, node.range.end)
}

/// A fault that a town's value makes, with its name.
fn of_town(town: &str, fault: Fault) -> Fault {
    let Text { zh, en } = fault.message;
    Fault { message: Text { zh: format!("{town}：{zh}"), en: format!("{town}: {en}") }, ..fault }
}
