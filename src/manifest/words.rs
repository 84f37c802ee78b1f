//! `[words]`: what the proofreader is to look for in this office's texts, and the names that lines keep whole.

use super::literal::Located;
use super::raw::{Reader, Table, wrong_type};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::text;

/// `[words]`.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Words that may not occur.
    pub banned: Vec<Located>,
    /// Words, each with what takes its place.
    pub preferred: Vec<(Located, Located)>,
    /// The office's own names, and those of its villages and neighbours that may occur.
    pub names: Vec<Located>,
    /// Names that no line parts, besides those of leaders.
    pub keep: Vec<Located>,
}

/// Reads `[words]`.
pub(super) fn words(table: &Table, diags: &mut Diagnostics) -> Words {
    let mut reader = Reader::new(table, "[words]", diags);
    let banned = reader.take_strings("banned").unwrap_or_default();
    let preferred = reader.take_table("preferred");
    let names = reader.take_strings("names").unwrap_or_default();
    let keep = reader.take_strings("keep").unwrap_or_default();
    reader.finish();
    let mut words = Words::default();
    for entry in preferred.into_iter().flat_map(|table| &table.entries) {
        match entry.value.as_string() {
            Some(word) if is_word(&entry.key, diags) => words.preferred.push((entry.key.clone(), word.clone())),
            Some(_) => {}
            None => diags.push(wrong_type("preferred", &entry.value, &text!("带引号的文字", "text in quotes"))),
        }
    }
    words.banned = banned.into_iter().filter(|word| is_word(word, diags)).cloned().collect();
    words.names = names.into_iter().filter(|word| is_word(word, diags)).cloned().collect();
    words.keep = keep.into_iter().filter(|word| is_word(word, diags)).cloned().collect();
    words
}

/// Whether `word` can be looked for; one without characters would be everywhere.
fn is_word(word: &Located, diags: &mut Diagnostics) -> bool {
    let is = !word.text().trim().is_empty();
    if !is {
        diags.push(Diagnostic::new(Code::WrongType, text!("这个词是空的", "the word is empty")).at(word.whole()));
    }
    is
}
