//! The first page of a document, which shows some of its text (GB/T 9704 7.3.3).

use super::pages::{Page, Part};
use super::{NoGlyph, paginate};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::doc::{BlockKind, Doc, Zone};
use crate::fonts::Fonts;
use crate::text;

/// `first-page`: the first page of a document has none of its text. A character that no face has is told elsewhere.
pub fn check(doc: &Doc, fonts: &Fonts, diags: &mut Diagnostics) {
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
