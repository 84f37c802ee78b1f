//! Characters that can't be set.

use std::collections::BTreeSet;

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::fonts::{Fonts, Role};
use crate::manifest::literal::Form;
use crate::manifest::{self, Given, Located};
use crate::text;
use crate::visible::is_hidden;

/// Control characters, zero-width and bidirectional controls, and noncharacters: none may stand in a report.
pub(super) fn control_characters(context: &Context<'_>, diags: &mut Diagnostics) {
    for text in texts(context) {
        for (at, c) in text.text().char_indices().filter(|&(_, c)| is_control(c)) {
            let code = u32::from(c);
            let range = at..at + c.len_utf8();
            let fault = Diagnostic::new(
                Code::ControlCharacter,
                text!("这里有一个看不见的控制字符 U+{code:04X}", "an invisible control character U+{code:04X}"),
            )
            .at(text.span(range.clone()));
            let help = text!("删去这个字符", "delete it");
            diags.push(match text.edit(range, "") {
                Some(edit) => fault.fix(help, vec![edit]),
                None => fault.help(help),
            });
        }
    }
}

/// What looks like hanzi and is none in values that come from tables; a report file is looked at as it is read.
pub(super) fn look_alikes(context: &Context<'_>, diags: &mut Diagnostics) {
    diags.extend(
        values(context).into_iter().filter(|value| value.form() == Form::Plain).filter_map(manifest::look_alikes),
    );
}

/// Whether `c` is a control that has no place in a text. Tabs and line ends are blanks.
pub(crate) fn is_control(c: char) -> bool {
    is_hidden(c) && !matches!(c, '\t' | '\n' | '\r')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0080}'..='\u{e01ef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Characters that no face has, each reported once a text.
pub(super) fn glyphs(context: &Context<'_>, diags: &mut Diagnostics) {
    let fields = context.manifest.fields();
    let holes = |index: usize| context.fill.fields.get(index).map_or(&[][..], |filled| filled.replacements.as_slice());
    let fields = fields.iter().enumerate().map(|(index, field)| (field.text, holes(index)));
    for (text, holes) in fields.chain(values(context).into_iter().map(|value| (value, &[][..]))) {
        // What a hole is written with is not printed.
        let mut holes = holes.iter().map(|hole| &hole.range).peekable();
        let mut seen = BTreeSet::new();
        for (at, c) in text.text().char_indices() {
            while holes.next_if(|hole| hole.end <= at).is_some() {}
            let in_hole = holes.peek().is_some_and(|hole| hole.contains(&at));
            if in_hole || c.is_whitespace() || is_control(c) || has_glyph(context.fonts, c) || !seen.insert(c) {
                continue;
            }
            let code = u32::from(c);
            diags.push(
                Diagnostic::new(
                    Code::NoGlyph,
                    text!("字体里没有“{c}”（U+{code:04X}）", "no face has `{c}` (U+{code:04X})"),
                )
                .at(text.span(at..at + c.len_utf8()))
                .help(text!("换一个字，或检查是否误粘贴了符号", "use another character; a pasted symbol perhaps")),
            );
        }
    }
}

fn has_glyph(fonts: &Fonts, c: char) -> bool {
    // Hanzi and marks of the text are the quick case; every face falls back to 宋体.
    fonts.glyph(Role::Body, c).is_some()
}

/// Everything that is printed: the report's texts and the values.
fn texts<'c>(context: &'c Context<'_>) -> Vec<&'c Located> {
    let fields = context.manifest.fields().into_iter().map(|field| field.text);
    fields.chain(values(context)).collect()
}

/// The values that are texts.
fn values<'c>(context: &'c Context<'_>) -> Vec<&'c Located> {
    let mut texts = Vec::new();
    for figure in 0..context.manifest.figures.len() {
        given_texts(&context.fill.ledger.value(figure).value, &mut texts);
    }
    texts
}

fn given_texts<'g>(given: &'g Given, texts: &mut Vec<&'g Located>) {
    match given {
        Given::Text(text) => texts.push(text),
        Given::List(names, _) => texts.extend(names),
        Given::Several(items) => items.iter().for_each(|item| given_texts(&item.value, texts)),
        Given::Number(_) | Given::Date(_) | Given::Missing | Given::Faulty => {}
    }
}

#[cfg(test)]
mod tests {
    use super::is_control;

    #[test]
    fn controls() {
        for c in ['\u{0}', '\u{7}', '\u{200b}', '\u{202e}', '\u{feff}', '\u{fffe}', '\u{1ffff}', '\u{fdd0}'] {
            assert!(is_control(c), "U+{:04X}", u32::from(c));
        }
        for c in ['\n', '\r', '\t', ' ', '\u{a0}', '\u{3000}', '镇', '—', '𠮷'] {
            assert!(!is_control(c), "U+{:04X}", u32::from(c));
        }
    }
}
