//! The room for seals: where signatures stand on which something is pressed (GB/T 9704 7.3.5.1, 7.3.5.3).

use crate::doc::{Block, BlockKind, Doc, Inline};
use crate::fonts::Fonts;
use crate::layout::line::{SetLine, place};
use crate::layout::{NoGlyph, paragraph};
use crate::length::Length;

/// From the middle of a seal to the middle of the next in its row: seals of 42 mm, the size of a county's, do not touch.
const APART: Length = Length::mm(45);
/// Characters between the date under a seal, or a signet, and the right edge.
const BLANK: i64 = 4;
/// Characters that the room of a signet takes.
const SIGNET: i64 = 6;

/// The middles of the signatures of the row `index`, from the left edge of the type area: the last one's is that of the date
/// under them, which ends four characters from the right edge.
///
/// # Errors
/// [`NoGlyph`] for the first character of these blocks that no face has.
pub fn centres(doc: &Doc, index: usize, fonts: &Fonts) -> Result<Vec<Length>, NoGlyph> {
    let Some(Block { kind: BlockKind::SealRow(seats), .. }) = doc.blocks.get(index) else { return Ok(Vec::new()) };
    let style = &doc.style;
    let measure = style.page.measure();
    let date = doc.blocks[index..].iter().take_while(|block| block.kind.is_closing());
    let date = date.into_iter().find(|block| block.kind == BlockKind::SignedOn);
    let date = date.map(|date| paragraph::widest(date, style, fonts)).transpose()?;
    let widths = seat_widths(doc, index, fonts)?;
    let right = measure - style.cell * BLANK;
    // A name wider than the date stays on the page, and so does its seal.
    let half = widths.last().copied().unwrap_or_default() / 2;
    let last = (right - date.unwrap_or(half * 2) / 2).min(measure - half);
    let count = seats.len() as i64;
    let apart = widths.windows(2).map(|pair| (pair[0] + pair[1]) / 2 + style.cell).max().unwrap_or_default().max(APART);
    Ok((0..count).map(|seat| (last - apart * (count - 1 - seat)).max(widths[seat as usize] / 2)).collect())
}

/// The line of the row `index`: each signature in its place.
///
/// # Errors
/// [`NoGlyph`] for the first of its characters that no face has.
pub(in crate::layout) fn line(doc: &Doc, index: usize, fonts: &Fonts) -> Result<SetLine, NoGlyph> {
    let block = &doc.blocks[index];
    let mut row = SetLine { size: doc.style.sizes.body, ..SetLine::default() };
    let widths = seat_widths(doc, index, fonts)?;
    for ((content, centre), width) in seats(block).into_iter().zip(centres(doc, index, fonts)?).zip(widths) {
        // A name on a seal is not broken.
        for segment in paragraph::segments(&seat(block, content), &doc.style, fonts)? {
            let line = place(&segment, &(0..segment.signs.len()), centre - width / 2, width, true);
            row.runs.extend(line.runs);
            row.holes.extend(line.holes);
        }
    }
    Ok(row)
}

/// The widths of the signatures of the row `index`.
fn seat_widths(doc: &Doc, index: usize, fonts: &Fonts) -> Result<Vec<Length>, NoGlyph> {
    let block = &doc.blocks[index];
    seats(block).into_iter().map(|content| paragraph::widest(&seat(block, content), &doc.style, fonts)).collect()
}

/// The words of each signature of a row.
fn seats(block: &Block) -> Vec<&[Inline]> {
    let BlockKind::SealRow(seats) = &block.kind else { return Vec::new() };
    let mut rest = block.content.as_slice();
    let mut parts = Vec::with_capacity(seats.len());
    for &count in seats {
        let (own, others) = rest.split_at(count.min(rest.len()));
        parts.push(own);
        rest = others;
    }
    parts
}

/// A signature of a row as a block of its own.
fn seat(row: &Block, content: &[Inline]) -> Block {
    Block { kind: BlockKind::Signature, content: content.to_vec(), outline: None, space_after: 0, span: row.span }
}

/// The room between the right edge and a post, or a date under a signet or a seal: four characters, and the room
/// of the signet itself where no name stands in it.
pub(in crate::layout) fn from_right(kind: &BlockKind, cell: Length) -> Length {
    let is_signet_alone = matches!(kind, BlockKind::Signet { is_named: false });
    cell * if is_signet_alone { BLANK + SIGNET + 2 } else { BLANK }
}
