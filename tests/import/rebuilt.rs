//! The words of a draft, built again from its report file.

use report_gen::doc::{BlockKind, Doc};
use report_gen::import::Imported;
use report_gen::world::Memory;

use super::{cases, clean, imported};
use crate::example::compiled;

/// The sign of a hole.
const HOLE: &str = "□";

/// What a report file prints, its holes open.
pub(super) fn document(toml: &str) -> Doc {
    compiled(&Memory { files: [("report.toml".into(), toml.into())].into(), epoch: None }).0
}

/// The words that a report file prints, each open hole a sign, without blanks; notes stand after their paragraphs, and
/// their numbers are left out.
pub(super) fn printed(toml: &str) -> String {
    let Doc { blocks, notes, .. } = document(toml);
    let inlines = blocks.into_iter().flat_map(|block| {
        if let BlockKind::Table(table) = block.kind {
            return table.rows.into_iter().flatten().flatten().flat_map(|cell| cell.content).collect();
        }
        let signs = block.signs();
        let words = block.content.into_iter().filter(|inline| inline.note.is_none());
        words.chain(signs.into_iter().flat_map(|(note, _)| notes[note - 1].content.clone())).collect::<Vec<_>>()
    });
    let words: String =
        inlines.map(|inline| if inline.gap.is_some() { HOLE.to_owned() } else { inline.text }).collect();
    bare(&words)
}

/// The words of a draft, each of its holes a sign, without blanks.
pub(super) fn drafted(text: &str, imported: &Imported) -> String {
    let mut words = String::new();
    let mut at = 0;
    for hole in imported.holes.iter().map(|span| span.range()) {
        words += &text[at..hole.start];
        words += HOLE;
        at = hole.end;
    }
    bare(&(words + &text[at..]))
}

/// Without blanks, and numbers as the program writes them.
fn bare(text: &str) -> String {
    let plain = |c: char| match c {
        '(' => '（',
        ')' => '）',
        '．' => '.',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

#[test]
fn no_word_of_a_draft_is_lost() {
    for case in cases("import/drafts").into_iter().chain(clean()) {
        let imported = imported(&case.name, &case.text, false);
        let toml = imported.toml.as_deref().unwrap();
        let (mut printed, mut drafted) = (printed(toml), drafted(&case.text, &imported));
        if case.name.ends_with(".md") {
            // The marks of Markdown become looks.
            for words in [&mut printed, &mut drafted] {
                *words = words.replace(['*', '#', '`', '•', '-', '|', ':'], "");
            }
        }
        assert_eq!(printed, drafted, "{}\n{toml}", case.name);
    }
}

#[test]
fn the_words_hold_where_numbers_are_figures() {
    for case in cases("import/drafts") {
        let imported = imported(&case.name, &case.text, true);
        let toml = imported.toml.as_deref().unwrap();
        // A number that is a figure prints its value, which is no hole.
        let plain: String = printed(toml).replace(HOLE, "");
        let draft = bare(&case.text);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        assert_eq!(digits(&plain), digits(&draft) - open_digits(&case.text, &imported), "{}\n{toml}", case.name);
    }
}

/// The digits in holes that have no value: of a year, 20XX.
fn open_digits(text: &str, imported: &Imported) -> usize {
    let open = imported.holes.iter().map(|span| &text[span.range()]).filter(|hole| !hole.chars().all(is_number));
    open.flat_map(str::chars).filter(char::is_ascii_digit).count()
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}
