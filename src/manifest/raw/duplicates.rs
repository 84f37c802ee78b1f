//! Keys and tables that are there twice.

use super::named;
use crate::diag::{Code, Diagnostic, Edit};
use crate::manifest::patched::Patch;
use crate::manifest::statements::{Kind as StatementKind, LISTS, Statement};
use crate::source::{FileId, Span};
use crate::text;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where each key and each head stands first.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    /// By the number of the table's head (equal for heads that are one table), then the key as it is written.
    firsts: Option<BTreeMap<(usize, String), Range<usize>>>,
    /// The number of each statement's table.
    tables: Vec<usize>,
}

impl Duplicates {
    /// The diagnostic of the key or head at `place`, in the statement `index`, that was there before.
    pub(super) fn diagnostic(
        &mut self,
        file: FileId,
        text: &str,
        statements: &[Statement],
        index: usize,
        place: Range<usize>,
    ) -> Diagnostic {
        let statement = &statements[index];
        let name = named(text.get(place.clone()).unwrap_or_default());
        let is_head = statement.kind == StatementKind::Head;
        let message = if is_head {
            let head = named(&head_name(text, statement));
            text!("表 [{head}] 写了两次", "the table [{head}] is there twice")
        } else {
            text!("键 {name} 写了两次", "the key {name} is there twice")
        };
        let first = self.first(text, statements, index, &place);
        let mut diagnostic =
            Diagnostic::new(Code::DuplicateKey, message).label(Span::new(file, place), text!("又一次", "again"));
        if let Some(first) = first {
            diagnostic = diagnostic.label(Span::new(file, first), text!("第一次在这里", "first here"));
        }
        diagnostic.help(if is_head {
            text!("把两处的内容并到一个表头下", "put the contents of both under one heading")
        } else {
            text!("只留一处", "keep one of the two")
        })
    }

    fn first(
        &mut self,
        text: &str,
        statements: &[Statement],
        index: usize,
        place: &Range<usize>,
    ) -> Option<Range<usize>> {
        let statement = &statements[index];
        if self.firsts.is_none() {
            self.collect(text, statements);
        }
        let key = (self.tables[index], written_key(text, statement));
        let first = self.firsts.as_ref().and_then(|firsts| firsts.get(&key)).cloned();
        if let Some(first) = first.filter(|first| first.start < statement.range.start) {
            return Some(first);
        }
        // In an inline table: the same word before.
        let before = text.get(statement.range.start..place.start)?;
        let name = text.get(place.clone())?;
        before.find(name).map(|at| statement.range.start + at..statement.range.start + at + name.len())
    }

    fn collect(&mut self, text: &str, statements: &[Statement]) {
        let mut firsts = BTreeMap::new();
        let mut heads: BTreeMap<String, usize> = BTreeMap::new();
        let mut table = 0;
        for (index, statement) in statements.iter().enumerate() {
            if statement.kind == StatementKind::Head {
                let head = head_name(text, statement);
                table = if is_single(text, statement) {
                    *heads.entry(head).or_insert(index + 1)
                } else {
                    // Each `[[section]]` begins a new table, and new subtables.
                    let below = format!("{head}.");
                    heads.retain(|name, _| !name.starts_with(&below));
                    index + 1
                };
            }
            self.tables.push(table);
            if statement.kind != StatementKind::Blank {
                firsts.entry((table, written_key(text, statement))).or_insert_with(|| key_range(text, statement));
            }
        }
        self.firsts = Some(firsts);
    }
}

/// Where the key stands: up to the `=`; in a head all of it.
fn key_range(text: &str, statement: &Statement) -> Range<usize> {
    let content = &text[statement.range.clone()];
    let from = content.len() - content.trim_start().len();
    let mut quote = None;
    let end = content.char_indices().find(|&(_, c)| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(c, '"' | '\'') {
                quote = Some(c);
            }
            matches!(c, '=' | '#' | '\n')
        }
    });
    let end = end.map_or(content.len(), |(at, _)| at);
    let end = content[..end].trim_end().len().max(from);
    statement.range.start + from..statement.range.start + end
}

fn written_key(text: &str, statement: &Statement) -> String {
    match statement.kind {
        StatementKind::Head => format!("[{}]", head_name(text, statement)),
        StatementKind::Entry | StatementKind::Blank => text[key_range(text, statement)].to_string(),
    }
}

/// `section.figures` of `[section.figures]`.
fn head_name(text: &str, statement: &Statement) -> String {
    text[key_range(text, statement)].trim_matches(['[', ']']).trim().to_string()
}

fn is_single(text: &str, statement: &Statement) -> bool {
    !text[key_range(text, statement)].starts_with("[[")
}

/// What makes every `[section]` of the file `[[section]]`, where the head `index` is one that should be; by statement.
pub(super) fn single_brackets(
    text: &str,
    statements: &[Statement],
    index: usize,
) -> Option<BTreeMap<usize, Vec<Patch>>> {
    let name = head_name(text, &statements[index]);
    if !LISTS.contains(&name.as_str()) {
        return None;
    }
    let mut patches = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate().filter(|(_, s)| s.kind == StatementKind::Head) {
        if is_single(text, statement) && head_name(text, statement) == name {
            let key = key_range(text, statement);
            let insert = |at: usize, text: &str| Patch { range: at..at, text: text.to_string() };
            patches.insert(index, vec![insert(key.start, "["), insert(key.end, "]")]);
        }
    }
    Some(patches).filter(|patches| !patches.is_empty())
}

/// The diagnostic of single brackets where there should be two, with the `patches` of [`single_brackets`].
pub(super) fn not_a_list(
    file: FileId,
    text: &str,
    statement: &Statement,
    patches: &BTreeMap<usize, Vec<Patch>>,
) -> Diagnostic {
    let name = head_name(text, statement);
    let edits = patches.values().flatten();
    let edits = edits.map(|patch| Edit { span: Span::new(file, patch.range.clone()), text: patch.text.clone() });
    Diagnostic::new(
        Code::DuplicateKey,
        text!(
            "表 [{name}] 写了两次；可以有多个的表用双方括号",
            "the table [{name}] is there twice; one of several has two brackets"
        ),
    )
    .at(Span::new(file, key_range(text, statement)))
    .fix(text!("写成：\n[[{name}]]", "write:\n[[{name}]]"), edits.collect())
}
