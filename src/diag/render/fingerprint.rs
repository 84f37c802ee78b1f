//! What tells a fault from others across runs, so that a server knows an old fault from a new one.

use super::super::Diagnostic;
use super::bare;
use crate::source::{SourceFile, Sources, Span};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Characters of the line on each side of the fault that tell it from its like: `X` alone is every hole.
const AROUND: usize = 12;

/// Gives the faults of a run their fingerprints, one after the other.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How often each was there before.
    seen: BTreeMap<[u8; 32], u32>,
}

impl Fingerprints {
    /// The fingerprint of `diagnostic`: 32 hexadecimal digits from its code, its file and the words about it.
    ///
    /// Lines don't count, so a fault that moves stays itself; neither does the message, so it does in another language.
    /// Of two alike in all of that the second is the second.
    pub(super) fn next(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let digest: [u8; 32] = digest(diagnostic, sources).into();
        let times = self.seen.entry(digest).or_default();
        let own = if *times == 0 {
            digest
        } else {
            Sha256::new().chain_update(digest).chain_update(times.to_le_bytes()).finalize().into()
        };
        *times += 1;
        own[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn digest(diagnostic: &Diagnostic, sources: &Sources) -> sha2::digest::Output<Sha256> {
    let (file, words) = match diagnostic.span() {
        Some(span) => {
            let file = sources.file(span.file);
            (bare(file.name()), about(file, span))
        }
        None => ("", diagnostic.message.zh.as_str()),
    };
    let mut hash = Sha256::new();
    for part in [diagnostic.code.name(), file, words] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
}

/// The text of `span` with a few characters of its line on each side.
fn about(file: &SourceFile, span: Span) -> &str {
    let text = file.text();
    let (before, after) = (text.get(..span.start as usize), text.get(span.end as usize..));
    let (Some(before), Some(after)) = (before, after) else { return "" };
    let start = before.char_indices().rev().take(AROUND).take_while(|(_, c)| *c != '\n').last();
    let end = after.char_indices().take(AROUND).take_while(|(_, c)| !matches!(c, '\r' | '\n')).last();
    let start = start.map_or(before.len(), |(at, _)| at);
    let end = span.end as usize + end.map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..end]
}
