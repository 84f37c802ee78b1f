//! The faults of a batch, as many of them as people are shown.

use std::collections::BTreeMap;

use report_gen::batch::{Outcome, Towns};
use report_gen::diag::{Diagnostic, Diagnostics, Text};
use report_gen::text;

use super::super::show::SHOWN;

/// The faults of the towns that are done. For people those beyond the first [`SHOWN`] are only counted, and dropped at
/// once: thousands of faulty towns need no more memory than a few.
#[derive(Default)]
pub(super) struct Told {
    for_people: bool,
    kept: BTreeMap<usize, Outcome>,
    /// How many faults `kept` has.
    faults: usize,
    /// Columns that towns lack: the first town that does, its fault, and how many do.
    lacking: BTreeMap<Text, (usize, Diagnostic, usize)>,
    /// The towns and faults that are only counted.
    dropped: (usize, usize),
    /// By key, word of the text and word of the name: how many towns keep the name's.
    own_words: BTreeMap<[String; 3], usize>,
}

impl Told {
    pub(super) fn new(for_people: bool) -> Self {
        Told { for_people, ..Told::default() }
    }

    /// Keeps the faults of a town.
    pub(super) fn add(&mut self, towns: &Towns, town: usize, mut outcome: Outcome) {
        for (key, word) in std::mem::take(&mut outcome.own_words) {
            *self.own_words.entry([key, word.word, word.own]).or_default() += 1;
        }
        if self.for_people {
            let lacks = |fault: &mut Diagnostic| towns.towns()[town].lacks_column(fault);
            for fault in outcome.diagnostics.extract_if(.., lacks) {
                let message = fault.message.clone();
                let (first, told, count) = self.lacking.entry(message).or_insert_with(|| (town, fault.clone(), 0));
                *count += 1;
                if town < *first {
                    (*first, *told) = (town, fault);
                }
            }
        }
        self.keep(town, outcome);
    }

    fn keep(&mut self, town: usize, outcome: Outcome) {
        if outcome.diagnostics.is_empty() {
            return;
        }
        self.faults += outcome.diagnostics.len();
        self.kept.insert(town, outcome);
        let most = if self.for_people { SHOWN } else { usize::MAX };
        while let Some(last) = self.kept.last_entry() {
            let faults = last.get().diagnostics.len();
            if self.faults - faults < most {
                return;
            }
            last.remove();
            self.faults -= faults;
            self.dropped = (self.dropped.0 + 1, self.dropped.1 + faults);
        }
    }

    /// The names that kept a word of their own where the text has another, with the number of towns.
    pub(super) fn own_words(&self) -> impl Iterator<Item = Text> {
        self.own_words.iter().map(|([key, word, own], towns)| {
            text!(
                "“{key}”：{towns} 镇的名称自带“{own}”，“{word}”印作“{own}”\n",
                "`{key}`: {towns} towns bring {own}, which takes the place of {word}\n"
            )
        })
    }

    /// The faults in the order of the towns, and for people how many are not shown.
    pub(super) fn finish(mut self, towns: &Towns) -> (Vec<Outcome>, Option<Text>) {
        // A column that all towns lack is told once, with the first.
        for (_, (town, mut fault, count)) in std::mem::take(&mut self.lacking) {
            if count > 1 {
                let others = count - 1;
                fault.help.push(text!("另有 {others} 镇也没有这一列", "{others} other towns lack the column too"));
            }
            let mut outcome = self
                .kept
                .remove(&town)
                .unwrap_or_else(|| Outcome { sources: towns.sources().clone(), ..Outcome::default() });
            self.faults -= outcome.diagnostics.len();
            let mut all = Diagnostics::new();
            all.extend(std::mem::take(&mut outcome.diagnostics));
            all.push(fault);
            outcome.diagnostics = all.into_sorted();
            self.keep(town, outcome);
        }
        let (towns, faults) = self.dropped;
        let rest = (towns > 0).then(|| {
            text!(
                "另有 {towns} 镇的 {faults} 处没有列出，各镇的结果见汇总；--message-format json 全部列出\n",
                "{faults} more in {towns} towns; the summary has all towns, and --message-format json all faults\n"
            )
        });
        (self.kept.into_values().collect(), rest)
    }
}
