//! Characters that look like hanzi and are coded as something else.

use super::Located;
use crate::diag::{Code, Diagnostic};
use crate::hanzi::meant;
use crate::text;

/// So many places of a text are shown; the others are counted.
const MOST_SHOWN: usize = 5;

/// `compatibility-hanzi`, if `text` has radicals or compatibility ideographs: one fault for all of them, whose fix puts
/// the hanzi in their place.
pub fn look_alikes(text: &Located) -> Option<Diagnostic> {
    let found: Vec<(usize, char, char)> =
        text.text().char_indices().filter_map(|(at, c)| Some((at, c, meant(c)?))).collect();
    let &(_, c, hanzi) = found.first()?;
    let n = found.len();
    let (code, new) = (u32::from(c), u32::from(hanzi));
    let message = match n {
        1 => text!(
            "“{c}”是 U+{code:04X}，看起来像“{hanzi}”（U+{new:04X}），却不是这个字",
            "`{c}` is U+{code:04X}: it looks like `{hanzi}` (U+{new:04X}) and is another character"
        ),
        _ => text!(
            "“{c}”是 U+{code:04X}，看起来像“{hanzi}”（U+{new:04X}），却不是这个字；这段文字里这样的字有 {n} 个",
            "`{c}` is U+{code:04X}: it looks like `{hanzi}` (U+{new:04X}) and is another character; the text has {n} such"
        ),
    };
    let span = |&(at, c, _): &(usize, char, char)| text.span(at..at + c.len_utf8());
    let fault = Diagnostic::new(Code::CompatibilityHanzi, message);
    let fault = found.iter().take(MOST_SHOWN).fold(fault, |fault, place| fault.label(span(place), Default::default()));
    let help = text!("换成常用字", "put the usual hanzi in their place");
    let edit = |&(at, c, hanzi): &(usize, char, char)| text.edit(at..at + c.len_utf8(), &hanzi.to_string());
    Some(match found.iter().map(edit).collect() {
        Some(edits) => fault.fix(help, edits),
        None => fault.help(help),
    })
}
