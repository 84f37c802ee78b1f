//! Addresses of the web on the pages.

use super::grid::ASCENT;
use super::pages::{Area, Destination, Item, Link, Pages, Part, PlacedGlyph};
use crate::doc::{Address, Doc};
use crate::length::Length;

/// Makes the addresses in the text links, one for each line that an address stands on.
pub(super) fn add(pages: &mut Pages, doc: &Doc) {
    // The footnotes are counted on after the blocks.
    let parts = doc.blocks.len() + doc.notes.len();
    let addresses: Vec<Vec<Address>> = (0..parts).map(|part| doc.addresses(part)).collect();
    if addresses.iter().all(Vec::is_empty) {
        return;
    }
    // The characters of each block that stand on the lines so far, and the addresses that end among them.
    let mut before = vec![0; parts];
    let mut done = vec![0; parts];
    for page in &mut pages.pages {
        let lines = page.items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Tint(_) | Item::Rule(_) | Item::RedRule(_) | Item::Picture(_) => None,
        });
        for line in lines {
            let block = match line.part {
                Part::Block(block) => block,
                Part::Note(number) => doc.blocks.len() + number - 1,
                Part::Cell { .. } | Part::RepeatedHead | Part::PageOf(_) | Part::PageNumber | Part::DraftMark => {
                    continue;
                }
            };
            let glyphs: Vec<&PlacedGlyph> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
            let size = line.runs.iter().map(|run| run.size).max().unwrap_or_default();
            let start = before[block];
            before[block] += glyphs.len();
            for (number, address) in addresses[block].iter().enumerate().skip(done[block]) {
                if address.chars.start >= before[block] {
                    break;
                }
                done[block] = if address.chars.end <= before[block] { number + 1 } else { number };
                let from = address.chars.start.max(start) - start;
                let to = address.chars.end.min(before[block]).saturating_sub(start);
                let (Some(first), Some(last)) = (glyphs.get(from), to.checked_sub(1).and_then(|to| glyphs.get(to)))
                else {
                    continue;
                };
                if from < to {
                    let (x, y) = (first.x, line.baseline - size.scale(ASCENT, 100));
                    let area = Area { x, y, width: last.x + last.advance - x, height: size.max(Length::emu(1)) };
                    let (words, target) = (address.url.clone(), Destination::Address(number));
                    page.links.push(Link { block, words, area, target });
                }
            }
        }
    }
}
