//! Footnotes at the foot of the page where their sign stands (脚注), under a short rule.
//!
//! GB/T 9704 has no word on notes; what is chosen is what Word does by default, in 小五. The text gives up whole lines of
//! its grid, from below, so that the lines above stay where they are. A line goes to the next page when its note would
//! push it out, or, from half a page on or where two lines of the note have room, the note goes on at the next page's
//! foot. Each page takes a line of text or of notes, so that there is an end however long they are.

use std::collections::VecDeque;

use super::NoGlyph;
use super::grid::{ASCENT, place_line, room};
use super::line::{SetLine, place};
use super::linebreak;
use super::pages::{Area, Destination, Item, Line, Link, Page, Pages, Part, Run};
use super::segment::Segment;
use super::sign::TypeSpec;
use crate::doc::Doc;
use crate::fonts::Fonts;
use crate::length::Length;
use crate::manifest::Style;

/// Size of the type of notes: 小五.
pub(crate) const SIZE: Length = Length::pt(9);
/// From one line of a note to the next: one and a half times the size.
pub(crate) const PITCH: Length = Length::centi_pt(1350);
/// From the text to the first line of the first note.
pub(crate) const GAP: Length = Length::pt(10);
/// From the top of that gap to the rule.
const TO_RULE: Length = Length::pt(4);
/// How long the rule is: two inches, as Word's own, about a third of the line.
const RULE: Length = Length::pt(144);
/// How thick the rule is.
const THICK: Length = Length::centi_pt(50);
/// The least lines of a note that stand on the page of its sign.
const LEAST: usize = 2;

/// The notes on their way to the pages.
pub(super) struct Foot {
    /// The lines of each note, until its sign is on a page.
    notes: Vec<Vec<SetLine>>,
    /// The lines whose page is still to come, each with its note's number.
    waiting: VecDeque<(usize, SetLine)>,
    /// The lines that the page being filled has to have.
    wanted: usize,
    /// Whether the page has a note that goes on over it.
    is_full: bool,
    /// Where the first line of each note stands: its page, from 0, and its top.
    places: Vec<Option<(usize, Length)>>,
}

impl Foot {
    /// The notes of `doc`, set in lines.
    pub(super) fn new(doc: &Doc, fonts: &Fonts) -> Result<Foot, NoGlyph> {
        let spec = TypeSpec {
            size: SIZE,
            tracking: Length::ZERO,
            latin_gap: doc.style.latin_gap,
            keep: Some(&doc.style.keep),
        };
        let measure = doc.style.page.measure();
        let mut notes = Vec::with_capacity(doc.notes.len());
        for (number, note) in (1..).zip(&doc.notes) {
            let mut lines = Vec::new();
            for segment in Segment::of_paragraph(&note.printed(number), spec, fonts)? {
                let ranges = linebreak::justified(&segment, measure, measure).0;
                let last = ranges.len().saturating_sub(1);
                let line = |(k, range)| place(&segment, range, Length::ZERO, measure, k == last);
                lines.extend(ranges.iter().enumerate().map(line));
            }
            notes.push(lines);
        }
        let places = vec![None; notes.len()];
        Ok(Foot { notes, waiting: VecDeque::new(), wanted: 0, is_full: false, places })
    }

    /// Whether no line waits for a page.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// A page begins.
    pub(super) fn begin_page(&mut self, style: &Style) {
        self.wanted = self.waiting.len().min(most(half(style)));
        self.is_full = self.wanted < self.waiting.len();
    }

    /// Whether the page has room for `height` more of text, of which `left` is left, with the signs of the notes `signs`.
    pub(super) fn admits(&mut self, signs: &[usize], height: Length, left: Length, style: &Style) -> bool {
        let fits = |lines: usize| height + taken(lines, style) <= left;
        let own: usize = signs.iter().map(|&note| self.lines_of(note)).sum();
        if own == 0 {
            return fits(self.wanted);
        }
        if self.is_full {
            return false;
        }
        let most = most(half(style));
        let whole = self.wanted + own;
        if whole <= most && fits(whole) {
            self.wanted = whole;
            return true;
        }
        let part = (self.wanted + own.min(LEAST)..=most.min(whole)).rev().find(|&lines| fits(lines));
        if let Some(part) = part {
            self.wanted = part;
            self.is_full = true;
        }
        part.is_some()
    }

    /// The signs of the page's text, in order; what it has no room for stands on the next ones.
    pub(super) fn sign(&mut self, signs: impl IntoIterator<Item = usize>) {
        for number in signs {
            let lines = number.checked_sub(1).and_then(|index| self.notes.get_mut(index)).map(std::mem::take);
            self.waiting.extend(lines.into_iter().flatten().map(|line| (number, line)));
        }
    }

    /// Places the notes of the page `number`, from 0, which its text leaves the height `left`; gives the height that they
    /// take of it.
    pub(super) fn place(&mut self, page: &mut Page, number: usize, left: Length, style: &Style) -> Length {
        // A page without text takes a line in any case, whatever its size.
        let least = usize::from(page.items.is_empty());
        let count = most(left).max(least).min(self.waiting.len());
        let lines: Vec<(usize, SetLine)> = self.waiting.drain(..count).collect();
        let height = PITCH * lines.len() as i64;
        let taken = if lines.is_empty() { Length::ZERO } else { GAP + height };
        let mut top = style.page.top + room(style) - height;
        if !lines.is_empty() {
            let y = top - GAP + TO_RULE;
            page.items.push(Item::Rule(Area { x: style.page.left, y, width: RULE, height: THICK }));
        }
        for (note, line) in lines {
            if let Some(place) = self.places.get_mut(note - 1) {
                place.get_or_insert((number, top));
            }
            place_line(page, line, Part::Note(note), (top, PITCH), style.page.left);
            top += PITCH;
        }
        taken
    }

    fn lines_of(&self, note: usize) -> usize {
        note.checked_sub(1).and_then(|index| self.notes.get(index)).map_or(0, Vec::len)
    }

    /// Makes the signs in the text links to their notes.
    pub(super) fn link(&self, pages: &mut Pages) {
        if self.notes.is_empty() {
            return;
        }
        for page in &mut pages.pages {
            let links: Vec<Link> = page.lines().flat_map(|line| self.links(line)).collect();
            page.links.extend(links);
        }
    }

    fn links(&self, line: &Line) -> Vec<Link> {
        let Part::Block(block) = line.part else { return Vec::new() };
        let link = |run: &Run| {
            let note = run.note?;
            let (page, y) = (*self.places.get(note.checked_sub(1)?)?)?;
            let (first, last) = (run.glyphs.first()?, run.glyphs.last()?);
            let top = line.baseline - run.rise() - run.size.scale(ASCENT, 100);
            let area = Area { x: first.x, y: top, width: last.x + last.advance - first.x, height: run.size };
            Some(Link { block, words: note.to_string(), area, target: Destination::Note { note, page, y } })
        };
        line.runs.iter().filter_map(link).collect()
    }
}

/// How many lines of notes a height has room for.
fn most(height: Length) -> usize {
    usize::try_from((height - GAP).to_emu() / PITCH.to_emu()).unwrap_or(0)
}

/// What notes of so many lines take from the text: whole lines of the grid.
fn taken(lines: usize, style: &Style) -> Length {
    if lines == 0 {
        return Length::ZERO;
    }
    let height = GAP + PITCH * lines as i64;
    let pitch = style.line_pitch.to_emu().max(1);
    Length::emu((height.to_emu() + pitch - 1) / pitch * pitch)
}

/// As much of a page as notes may have while there is text.
fn half(style: &Style) -> Length {
    style.line_pitch * i64::from(style.lines / 2)
}
