//! The first page of a document, which shows some of its text (GB/T 9704 7.3.3); a head and a colophon that have room on a
//! page.

use super::grid::room;
use super::pages::{Page, Part};
use super::{NoGlyph, issued, paginate};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::{BlockKind, Doc, Zone};
use crate::fonts::Fonts;
use crate::text;

/// `first-page`: the first page of a document has none of its text. `document-too-tall`: 版头 or 版记 is taller than a page, so
/// that some of it would stand beside the paper. A character that no face has is told elsewhere.
pub fn check(doc: &Doc, fonts: &Fonts, diags: &mut Diagnostics) {
    if let Some(fault) = overfull(doc, fonts).unwrap_or_default() {
        diags.push(fault);
        return;
    }
    let Some(first) = doc.blocks.first().filter(|block| block.kind.look().zone == Zone::Head) else { return };
    if shows_text(doc, fonts).unwrap_or(true) {
        return;
    }
    let message = text!("首页没有正文", "the first page shows none of the text");
    diags.push(Diagnostic::new(Code::FirstPage, message).at(first.span).help(text!(
        "缩短标题、减少主送机关，或用 mark 写一个短的标志（GB/T 9704 第 7.3.3 条）",
        "shorten the title, name fewer addressees, or give a short `mark` (GB/T 9704 7.3.3)"
    )));
}

fn overfull(doc: &Doc, fonts: &Fonts) -> Result<Option<Diagnostic>, NoGlyph> {
    let of = |zone: Zone| doc.blocks.iter().find(move |block| block.kind.look().zone == zone);
    let too_tall = |zone, message| {
        let fault = Diagnostic::new(Code::DocumentTooTall, message);
        Some(match of(zone) {
            Some(block) => fault.at(block.span),
            None => fault,
        })
    };
    let room = room(&doc.style);
    if issued::head(doc, fonts)?.is_some_and(|head| head.end > room) {
        return Ok(too_tall(
            Zone::Head,
            text!("版头比一页还高，印不下", "the head of the document is taller than a page"),
        ));
    }
    if issued::colophon(doc, fonts)?.is_some_and(|colophon| colophon.height > room) {
        return Ok(too_tall(Zone::Foot, text!("版记比一页还高，印不下", "the colophon is taller than a page")));
    }
    Ok(None)
}

fn shows_text(doc: &Doc, fonts: &Fonts) -> Result<bool, NoGlyph> {
    let is_text = |block: usize| {
        doc.blocks.get(block).is_some_and(|block| {
            matches!(block.kind, BlockKind::Heading(_)) || matches!(block.kind.look().zone, Zone::Text | Zone::Float)
        })
    };
    let has_text = |page: &Page| {
        page.lines().any(|line| match line.part {
            Part::Block(block) | Part::Cell { block, .. } => is_text(block),
            Part::RepeatedHead | Part::PageOf(_) | Part::Note(_) | Part::PageNumber | Part::DraftMark => false,
        })
    };
    let pages = paginate::pages(doc, fonts)?;
    // A document of one page has no more to show.
    Ok(pages.pages.first().is_none_or(has_text) || !pages.pages.iter().skip(1).any(has_text))
}
