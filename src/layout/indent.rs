//! Left edges that hang on the width of words: 附件说明, 署名 and 成文日期.

use std::collections::BTreeMap;

use super::NoGlyph;
use super::issued;
use super::paragraph::{self, Indent};
use crate::doc::{BlockKind, Doc};
use crate::fonts::Fonts;
use crate::length::Length;

/// The left edges of the blocks that have edges of their own, by number.
///
/// # Errors
/// [`NoGlyph`] for the first character of these blocks that no face has.
pub fn indents(doc: &Doc, fonts: &Fonts) -> Result<BTreeMap<usize, Indent>, NoGlyph> {
    let style = &doc.style;
    let mut indents = BTreeMap::new();
    let edges = |left: Length, width: Length| {
        let from_right = (style.page.measure() - left - width).max(Length::ZERO);
        Indent { first: left, rest: left, from_right: Some(from_right) }
    };
    let mut signers: Vec<(usize, Length)> = Vec::new();
    let mut is_under_a_seal = false;
    for (index, block) in doc.blocks.iter().enumerate() {
        if let BlockKind::AttachmentNote { indent, lead } = block.kind {
            let first = style.cell * i64::from(indent);
            let rest = first + paragraph::lead_width(block, lead, style, fonts)?;
            let rest = rest.min(style.page.measure() / 2);
            indents.insert(index, Indent { first, rest, from_right: None });
        } else if block.kind == BlockKind::Signature {
            signers.push((index, paragraph::widest(block, style, fonts)?));
        } else if let BlockKind::Attendance { lead } = block.kind {
            let first = style.cell * 2;
            let rest = (first + paragraph::lead_width(block, lead, style, fonts)?).min(style.page.measure() / 2);
            indents.insert(index, Indent { first, rest, from_right: None });
        } else if let BlockKind::SealRow(_) | BlockKind::Signet { .. } = block.kind {
            is_under_a_seal = true;
            if let BlockKind::Signet { .. } = block.kind {
                let width = paragraph::widest(block, style, fonts)?;
                let left = style.page.measure() - issued::from_right(&block.kind, style.cell) - width;
                indents.insert(index, edges(left.max(Length::ZERO), width));
            }
        } else if block.kind == BlockKind::SignedOn && is_under_a_seal {
            let width = paragraph::widest(block, style, fonts)?;
            let left = style.page.measure() - issued::from_right(&block.kind, style.cell) - width;
            indents.insert(index, edges(left.max(Length::ZERO), width));
        } else if block.kind == BlockKind::SignedOn {
            let date = paragraph::widest(block, style, fonts)?;
            let (signer, left) = signed(&signers, Some(date), doc);
            indents.extend(signers.drain(..).map(|(index, width)| (index, edges(signer, width))));
            indents.insert(index, edges(left, date));
        }
    }
    let (signer, _) = signed(&signers, None, doc);
    indents.extend(signers.iter().map(|&(index, width)| (index, edges(signer, width))));
    Ok(indents)
}

/// Left edges of signatures and of their date (GB/T 9704 7.3.5.2): the widest signature ends two characters from the
/// right edge, the others begin with it, and the date two characters right of it; a date that is wider than they are
/// ends two characters from the right edge, and they begin two characters left of it. A date without a signature ends
/// four characters from the right edge, as under a seal.
fn signed(signers: &[(usize, Length)], date: Option<Length>, doc: &Doc) -> (Length, Length) {
    let (measure, two) = (doc.style.page.measure(), doc.style.cell * 2);
    let from_right = |width: Length| (measure - two - width).max(Length::ZERO);
    let signer = signers.iter().map(|&(_, width)| width).max();
    match (signer, date) {
        (Some(signer), Some(date)) if date > signer => {
            let left = from_right(date);
            ((left - two).max(Length::ZERO), left)
        }
        (Some(signer), date) => {
            let left = from_right(signer);
            (left, left + if date.is_some() { two } else { Length::ZERO })
        }
        (None, date) => (Length::ZERO, from_right(date.unwrap_or_default() + two)),
    }
}
