//! The pitch of the lines where a signature would stand on a page without a word of the text (GB/T 9704 7.3.5.5: the pitch and
//! the spacing of characters are adjusted then).

use super::pages::Pages;
use super::{NoGlyph, kept, layout};
use crate::doc::Doc;
use crate::fonts::Fonts;
use crate::manifest::Style;

/// The lines of a page that are tried, the nearest to the standard's 22 first: more, which take the signature back to the
/// page before, and fewer, which give its page more of the text. The pitch stays between 26 and 32 points, which offices are used to.
const TRIED: [u32; 4] = [23, 21, 24, 20];

/// Sets `doc` on pages, and gives its lines another pitch where that keeps its signature with the text and the report has the
/// standard's own pitch. `None` for a report without a signature, for which nothing is to be settled; the lines that a page
/// got, where they were changed.
///
/// # Errors
/// [`NoGlyph`] for the first character that no face has.
pub fn settle(doc: &mut Doc, fonts: &Fonts) -> Result<Option<(Pages, Option<u32>)>, NoGlyph> {
    if !doc.blocks.iter().any(|block| block.kind.is_closing()) {
        return Ok(None);
    }
    let pages = layout(doc, fonts)?;
    let usual = Style::default();
    let is_usual =
        (doc.style.line_pitch, doc.style.lines, doc.style.page) == (usual.line_pitch, usual.lines, usual.page);
    if !is_usual || kept::taken_along(doc, &pages) == 0 {
        return Ok(Some((pages, None)));
    }
    let (pitch, lines) = (doc.style.line_pitch, doc.style.lines);
    for tried in TRIED {
        doc.style.fit_lines(tried);
        let settled = layout(doc, fonts)?;
        if kept::taken_along(doc, &settled) == 0 {
            return Ok(Some((settled, Some(tried))));
        }
    }
    (doc.style.line_pitch, doc.style.lines) = (pitch, lines);
    Ok(Some((pages, None)))
}
