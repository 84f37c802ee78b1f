//! What a report file says, apart from the marks of its text: what a cure of the proofreader must not change.

use std::collections::BTreeMap;

use super::report::Report;
use crate::diag::Code;
use crate::doc::{self, BlockKind};
use crate::fill::fill;
use crate::world::World;

/// What a report file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Of every text: what fills each hole, by the number of the figure, and what is printed there.
    holes: Vec<Vec<(Option<usize>, String)>>,
    /// How many faults there are of each code; in a template the missing figures word for word, since the towns'
    /// files quote the words beside its holes.
    faults: BTreeMap<(Code, String), usize>,
    /// What its paragraphs are.
    blocks: Vec<String>,
}

impl State {
    /// What the report file `text` says.
    pub(super) fn of(path: &str, text: &str, world: &dyn World) -> State {
        let Report { root, manifest, mut diags, .. } = Report::read(path, text, world);
        let shared = root.get("template").is_some();
        let mut state = State { holes: Vec::new(), faults: BTreeMap::new(), blocks: Vec::new() };
        if let Some(manifest) = manifest {
            let filled = fill(&manifest, &mut diags);
            let printed = |replacement: &crate::fill::Replacement| {
                (replacement.figure, if replacement.gap.is_some() { String::new() } else { replacement.text.clone() })
            };
            state.holes = filled.fields.iter().map(|field| field.replacements.iter().map(printed).collect()).collect();
            let doc = doc::build(&manifest, &filled, None, &mut diags);
            state.blocks = doc.blocks.iter().map(|block| shape(&block.kind)).collect();
        }
        for fault in diags.into_sorted() {
            let words = if shared && fault.code == Code::MissingFigure { fault.message.zh } else { String::new() };
            *state.faults.entry((fault.code, words)).or_default() += 1;
        }
        state
    }
}

/// What a paragraph is, without words that it holds.
fn shape(kind: &BlockKind) -> String {
    if let BlockKind::Table(table) = kind {
        return format!("{} columns, {} rows, {} of the head", table.columns.len(), table.rows.len(), table.head);
    }
    if matches!(kind, BlockKind::Picture(_)) { "picture".to_owned() } else { format!("{kind:?}") }
}
