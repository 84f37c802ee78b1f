//! Footnotes (脚注) of a report, and their signs in its text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::element::Element;
use super::marks::Mark;
use super::{Address, Block, Doc, Inline, address};
use crate::fonts::Role;
use crate::source::Span;

/// A footnote of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its words, without its number.
    pub content: Vec<Inline>,
    /// Where it was written.
    pub span: Span,
}

impl Note {
    /// The note as it stands at a page's foot: its `number`, which counts from 1, a blank, its words.
    pub fn printed(&self, number: usize) -> Vec<Inline> {
        let blank = Inline::new(" ", Role::Body);
        [Inline::reference(number, Role::Body), blank].into_iter().chain(self.content.iter().cloned()).collect()
    }
}

impl Doc {
    /// The addresses in a block, or in a footnote as it is printed: those are counted on after the blocks.
    pub fn addresses(&self, part: usize) -> Vec<Address> {
        match (self.blocks.get(part), part.checked_sub(self.blocks.len())) {
            (Some(block), _) => block.addresses(),
            (None, note) => {
                let note = note.and_then(|index| Some(self.notes.get(index)?.printed(index + 1)));
                note.map(|words| address::in_words(&words)).unwrap_or_default()
            }
        }
    }
}

impl Inline {
    /// The sign of the note `number` in a text of `role`.
    pub(super) fn reference(number: usize, role: Role) -> Inline {
        Inline { note: Some(number), ..Inline::new(number.to_string(), role) }
    }
}

impl Block {
    /// The signs of notes in it: the note's number, and which characters of the block it is, line ends not counted.
    pub fn signs(&self) -> Vec<(usize, Range<usize>)> {
        let mut signs = Vec::new();
        let mut before = 0;
        for inline in &self.content {
            let end = before + inline.text.chars().filter(|&c| c != '\n').count();
            signs.extend(inline.note.map(|note| (note, before..end)));
            before = end;
        }
        signs
    }
}

/// The notes of a section's text.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionNotes {
    pub marks: Vec<Mark>,
    /// Their words, by the number of the mark before them.
    pub notes: BTreeMap<usize, Element>,
}

impl SectionNotes {
    /// The words that the sign with this number refers to; they are taken.
    pub(super) fn take(&mut self, sign: usize) -> Option<Element> {
        let note = self.marks.get(sign)?.note?;
        self.notes.remove(&note)
    }
}
