//! What a signature took along to its page (GB/T 9704 7.3.5.5).

use super::pages::{Pages, Part};
use crate::doc::Doc;

/// How many lines of the text stand on the page of the signature, or of the names of attachments before it, that would
/// have had room on the page before: with none of them it would be without a word of the text. 0 where nothing moved.
pub(super) fn taken_along(doc: &Doc, pages: &Pages) -> usize {
    let Some(text) = doc.blocks.iter().position(|block| block.kind.is_closing()).and_then(|end| end.checked_sub(1))
    else {
        return 0;
    };
    let first = |page: &super::Page| {
        page.lines().find_map(|line| if let Part::Block(block) = line.part { Some(block) } else { None })
    };
    // The page that begins with the text before the end; it was moved if the one before it has room for a line.
    let Some(page) = pages.pages.iter().skip(1).position(|page| first(page) == Some(text)).map(|before| before + 1)
    else {
        return 0;
    };
    let style = &doc.style;
    // The text ends where the notes of its page begin.
    let notes =
        pages.pages[page - 1].lines().filter(|line| matches!(line.part, Part::Note(_))).map(|line| line.baseline);
    let foot =
        (style.page.top + style.line_pitch * i64::from(style.lines)).min(notes.min().unwrap_or(style.page.height));
    let before = pages.pages[page - 1].lines().filter(|line| matches!(line.part, Part::Block(_) | Part::Cell { .. }));
    let last = before.map(|line| line.baseline).max().unwrap_or_default();
    let of_text = pages.pages[page].lines().filter(|line| line.part == Part::Block(text)).count();
    if doc.blocks[text].kind.is_text() && last + style.line_pitch < foot { of_text } else { 0 }
}
