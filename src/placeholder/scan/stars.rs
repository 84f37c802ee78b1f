//! Asterisks that open and close an emphasis, told from those that are holes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Fault, FaultKind, Scan};

/// The asterisks of a line so far, by the length of their runs: an emphasis closes with as many as it opened.
#[derive(Debug, Default)]
pub(super) struct Emphasis {
    /// Runs that opened an emphasis which nothing has closed.
    open: BTreeMap<usize, Vec<Delimiter>>,
    /// Runs that were taken for holes.
    holes: BTreeMap<usize, Vec<usize>>,
    /// How many holes the scan had when the line began.
    earlier: usize,
}

#[derive(Debug)]
struct Delimiter {
    start: usize,
    /// A character that is no blank stands before it, so it could close.
    closes: bool,
}

impl Emphasis {
    /// Whether `marker` has an open run of its length to close.
    pub(super) fn could_close(&self, marker: &str) -> bool {
        is_markdown(marker) && self.open.contains_key(&marker.len())
    }

    /// A run that is no hole: it closes the last open run of its length, else it opens.
    pub(super) fn delimiter(&mut self, range: Range<usize>, text: &str) {
        let marker = &text[range.clone()];
        if !is_markdown(marker) {
            return;
        }
        let closes = text[..range.start].chars().next_back().is_some_and(|c| !c.is_whitespace());
        if closes && let Some(openers) = self.open.get_mut(&marker.len()) {
            openers.pop();
            if openers.is_empty() {
                self.open.remove(&marker.len());
            }
        } else {
            self.open.entry(marker.len()).or_default().push(Delimiter { start: range.start, closes });
        }
    }

    /// A run that is a hole.
    pub(super) fn hole(&mut self, range: Range<usize>, text: &str) {
        if is_markdown(&text[range.clone()]) {
            self.holes.entry(range.len()).or_default().push(range.start);
        }
    }

    /// Ends the line. A hole before a run that could close and found nothing open (`**镇党委**带头`) may
    /// have been the opening: it is as ambiguous as a hole that could close.
    pub(super) fn end_line(&mut self, scan: &mut Scan) {
        let mut ambiguous = BTreeSet::new();
        for (len, closers) in std::mem::take(&mut self.open) {
            let Some(holes) = self.holes.get_mut(&len) else { continue };
            for closer in closers.iter().rev().filter(|delimiter| delimiter.closes) {
                while holes.last().is_some_and(|&hole| hole > closer.start) {
                    holes.pop();
                }
                ambiguous.extend(holes.pop());
            }
        }
        self.holes.clear();
        if !ambiguous.is_empty() {
            let line = scan.holes.split_off(self.earlier);
            let (faults, holes): (Vec<_>, Vec<_>) =
                line.into_iter().partition(|hole| ambiguous.contains(&hole.range.start));
            scan.holes.extend(holes);
            scan.faults.extend(faults.into_iter().map(|hole| Fault { range: hole.range, kind: FaultKind::Ambiguous }));
        }
        self.earlier = scan.holes.len();
    }
}

/// Full-width asterisks are no Markdown.
fn is_markdown(marker: &str) -> bool {
    marker.bytes().all(|b| b == b'*')
}
