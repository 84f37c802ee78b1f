//! Comments that switch a rule off for one place.
//!
//! In a report file `# lint-allow: lint-open-hole 原因` holds for the key whose value ends on the comment's line; on a
//! line of its own, for the key or the whole table below it. In Markdown `<!-- lint-allow: lint-open-hole 原因 -->` on a
//! line of its own holds for the next line that is not empty. Several codes are parted by commas or blanks; what
//! follows them is the reason.

use std::ops::Range;

use crate::diag::level::no_such_code;
use crate::diag::{Code, Diagnostic, Lang, Text};
use crate::manifest::raw::{Table, Value, ValueKind};
use crate::source::{FileId, Span};
use crate::text;

/// How the comment begins, after `#` or `<!--`.
const WORD: &str = "lint-allow:";

/// A code that a comment names: which it is, how it is written, and where.
type Named = (Option<Code>, String, Range<usize>);

/// A comment that allows something.
struct Allow {
    /// The codes named.
    codes: Vec<Named>,
    /// Where they are allowed.
    reach: Range<usize>,
}

/// `diagnostics` without those that comments of the file allow; comments that allow nothing are told.
pub(super) fn apply(diagnostics: Vec<Diagnostic>, comments: &Comments) -> Vec<Diagnostic> {
    let mut used: Vec<Vec<bool>> = comments.allows.iter().map(|allow| vec![false; allow.codes.len()]).collect();
    let mut kept = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let allowed = diagnostic.span().filter(|_| diagnostic.code.is_lint()).is_some_and(|span| {
            // Comments reach over what is below them, so none further down matters.
            let before = comments.allows.partition_point(|allow| allow.reach.start <= span.start as usize);
            let mut found = false;
            for (allow, used) in comments.allows[..before].iter().zip(&mut used).rev() {
                if allow.reach.end <= span.start as usize {
                    continue;
                }
                for ((code, ..), used) in allow.codes.iter().zip(used) {
                    if *code == Some(diagnostic.code) {
                        *used = true;
                        found = true;
                    }
                }
            }
            found
        });
        if !allowed {
            kept.push(diagnostic);
        }
    }
    for (allow, used) in comments.allows.iter().zip(&used) {
        for ((code, name, range), _) in allow.codes.iter().zip(used).filter(|(_, used)| !**used) {
            // Who proofreads without this rule must not lose the comment for those who have it on.
            if *code == Some(Code::LintBareNumber) {
                continue;
            }
            let message = match code {
                Some(_) => text!("这里没有 {name} 可放过", "there is no `{name}` here to allow"),
                None => Text { zh: no_such_code(name, Lang::Zh), en: no_such_code(name, Lang::En) },
            };
            let fault = Diagnostic::new(Code::LintStaleAllow, message).at(Span::new(comments.file, range.clone()));
            kept.push(fault.help(text!("删去这个代码，或改对它", "leave the code out, or mend it")));
        }
    }
    kept
}

/// The comments of a file that allow something, in the order of their reach.
pub(super) struct Comments {
    file: FileId,
    allows: Vec<Allow>,
}

/// The comments of the report file `text`, whose tables are `root`.
pub(super) fn of_report(file: FileId, text: &str, root: &Table) -> Comments {
    if !text.contains(WORD) {
        return Comments { file, allows: Vec::new() };
    }
    let mut places = Places::default();
    places.table(root);
    places.sort(text.len());
    let mut allows = Vec::new();
    for (at, _) in text.match_indices('#') {
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let Some(codes) = codes(text, at + 1..line_end) else { continue };
        if places.in_string(at) {
            continue;
        }
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let reach =
            if text[line_start..at].trim().is_empty() { places.below(text, line_end) } else { places.before(at) };
        allows.push(Allow { codes, reach });
    }
    allows.sort_by_key(|allow| allow.reach.start);
    Comments { file, allows }
}

/// The comments of the Markdown draft `text`.
pub(super) fn of_markdown(file: FileId, text: &str) -> Comments {
    let mut allows = Vec::new();
    for (at, open) in text.match_indices("<!--") {
        let Some(end) = text[at..].lines().next().and_then(|line| line.strip_suffix("-->")).map(|line| at + line.len())
        else {
            continue;
        };
        let Some(codes) = codes(text, at + open.len()..end) else { continue };
        let after = &text[end + "-->".len()..];
        let start = text.len() - after.trim_start().len();
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        allows.push(Allow { codes, reach: start..end });
    }
    Comments { file, allows }
}

/// The codes that the comment at `range` allows; `None` where it is another comment.
fn codes(text: &str, range: Range<usize>) -> Option<Vec<Named>> {
    let comment = text.get(range.clone())?;
    let trimmed = comment.trim_start();
    let list = trimmed.strip_prefix(WORD)?;
    let mut at = range.end - list.len();
    let mut codes = Vec::new();
    for word in list.split_inclusive([' ', '\t', ',', '，', '、', '\r']) {
        let name = word.trim_end_matches([' ', '\t', ',', '，', '、', '\r']);
        let is_code = name.starts_with("lint-") || (codes.is_empty() && !name.is_empty());
        if !is_code && !name.is_empty() {
            break;
        }
        if is_code {
            codes.push((Code::from_name(name).filter(|code| code.is_lint()), name.to_owned(), at..at + name.len()));
        }
        at += word.len();
    }
    Some(codes)
}

/// Where things stand in a report file.
#[derive(Default)]
struct Places {
    /// All strings and keys, which may hold a `#` that begins no comment.
    strings: Vec<Range<usize>>,
    /// Entries from their key to their value's end.
    entries: Vec<Range<usize>>,
    /// Where tables with a head begin; then the file's end.
    heads: Vec<usize>,
}

impl Places {
    fn table(&mut self, table: &Table) {
        for entry in &table.entries {
            let (key, value) = (entry.key.whole().range(), entry.value.span.range());
            self.strings.push(key.clone());
            if value.start > key.end {
                self.entries.push(key.start..value.end);
            }
            self.value(&entry.value);
        }
    }

    fn value(&mut self, value: &Value) {
        match &value.kind {
            ValueKind::String(_) => self.strings.push(value.span.range()),
            ValueKind::Array(items) => items.iter().for_each(|item| self.value(item)),
            ValueKind::Table(table) => {
                self.heads.push(table.span.start as usize);
                self.table(table);
            }
            ValueKind::Integer(_)
            | ValueKind::Float(_)
            | ValueKind::Boolean(_)
            | ValueKind::Date(_)
            | ValueKind::DateTime(_) => {}
        }
    }

    fn sort(&mut self, end: usize) {
        self.strings.sort_by_key(|range| range.start);
        self.entries.sort_by_key(|range| range.start);
        self.heads.push(end);
        self.heads.sort_unstable();
    }

    fn in_string(&self, at: usize) -> bool {
        let next = self.strings.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|i| self.strings[i].end > at)
    }

    /// The entry that ends before `at`, or the table whose head does.
    fn before(&self, at: usize) -> Range<usize> {
        let next = self.entries.partition_point(|range| range.start <= at);
        let entry = next.checked_sub(1).map(|i| self.entries[i].clone());
        let next = self.heads.partition_point(|&head| head <= at);
        let head = next.checked_sub(1).map(|i| self.heads[i]..self.heads.get(next).copied().unwrap_or(at));
        match (entry, head) {
            // An inline table begins inside of its entry.
            (Some(entry), Some(head)) if entry.start < head.start && entry.end <= head.start => head,
            (Some(entry), _) => entry,
            (None, head) => head.unwrap_or(at..at),
        }
    }

    /// The entry or the table that begins on the next line that holds one.
    fn below(&self, text: &str, line_end: usize) -> Range<usize> {
        let mut start = line_end;
        for line in text[line_end..].split_inclusive('\n') {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                start += line.len();
                continue;
            }
            let first = start + (line.len() - line.trim_start().len());
            let entry = self.entries.partition_point(|range| range.start < first);
            if content.starts_with('[') {
                let next = self.heads.partition_point(|&head| head <= first);
                return first..self.heads.get(next).copied().unwrap_or(text.len());
            }
            return self.entries.get(entry).cloned().unwrap_or(first..first);
        }
        start..start
    }
}
