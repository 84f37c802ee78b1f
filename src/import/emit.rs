//! The report file as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Notes;
use super::texts::Texts;
use crate::manifest::{Part, key_literal, quote, quote_lines};
use crate::number::Date;
use crate::visible::lines;

/// A figure's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The section under which it stands; none for `[figures]`.
    pub(super) section: Option<usize>,
    pub(super) key: String,
    /// As TOML.
    pub(super) value: String,
    /// What to write, where the key does not tell.
    pub(super) hint: Option<String>,
    /// The sentence of its hole.
    pub(super) excerpt: String,
}

/// What the file begins with.
const HEAD: &str = "# 由 report-gen import 写成。引号里填数，再运行 report-gen check；“待核”各处请看一眼。\n";

/// The report file that has `texts` and `figures`.
pub(super) fn emit(texts: &Texts, figures: &[Entry], notes: &Notes) -> String {
    let mut out = String::from(HEAD);
    out.push('\n');
    let signatures: Vec<Part> = signatures(texts).collect();
    let head = [Part::Title, Part::Subtitle, Part::Author, Part::Date, Part::Salutation];
    let foot = [Part::Signature(0)].into_iter().chain(signatures.iter().skip(1).copied()).chain([Part::SignedOn]);
    for part in head.into_iter().chain(foot) {
        comments(&mut out, notes.comments(part));
    }
    out += "[report]\n";
    let words = |part| texts.parts.get(&part).map(|text| quote(text));
    let report = [
        ("title", words(Part::Title)),
        ("subtitle", words(Part::Subtitle)),
        ("author", words(Part::Author)),
        ("date", texts.date.map(toml_date).or_else(|| words(Part::Date))),
        ("salutation", words(Part::Salutation)),
        ("signature", several(signatures.iter().filter_map(|part| words(*part)).collect())),
        ("signed_on", texts.signed_on.map(toml_date).or_else(|| words(Part::SignedOn))),
        ("output", words(Part::Output)),
    ];
    for (key, value) in report {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {value}");
        }
    }
    let ids = ids(&texts.attached);
    attachments(&mut out, texts, &ids);
    if texts.numbering.is_some() || texts.has_contents {
        out += "\n[style]\n";
    }
    if let Some(numbering) = texts.numbering {
        let _ = writeln!(out, "numbering = \"{numbering}\"");
    }
    if texts.has_contents {
        out += "toc = true\n";
    }
    if !texts.literals.is_empty() {
        out += "\n[placeholders]\nliteral = [\n";
        for literal in &texts.literals {
            let _ = writeln!(out, "  {},", quote(literal));
        }
        out += "]\n";
    }
    table(&mut out, "[figures]", figures.iter().filter(|entry| entry.section.is_none()));
    for (index, level) in texts.levels.iter().enumerate() {
        out.push('\n');
        for part in [Part::Heading(index), Part::Text(index)] {
            comments(&mut out, notes.comments(part));
        }
        out += "[[section]]\n";
        if let Some(id) = &ids[index] {
            let _ = writeln!(out, "id = {}", quote(id));
        }
        if let Some(heading) = texts.parts.get(&Part::Heading(index)) {
            let _ = writeln!(out, "heading = {}", quote(heading));
            if *level > 1 {
                let _ = writeln!(out, "level = {level}");
            }
        }
        if let Some(text) = texts.parts.get(&Part::Text(index)) {
            let _ = writeln!(out, "text = {}", block(text));
        }
        table(&mut out, "[section.figures]", figures.iter().filter(|entry| entry.section == Some(index)));
    }
    out
}

/// The signatures that `texts` has.
fn signatures(texts: &Texts) -> impl Iterator<Item = Part> {
    (0..).map(Part::Signature).take_while(|part| texts.parts.contains_key(part))
}

/// One value, or an array of several.
fn several(values: Vec<String>) -> Option<String> {
    match values.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}

/// `attachments`, with the `ids` of their sections.
fn attachments(out: &mut String, texts: &Texts, ids: &[Option<String>]) {
    let mut own: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (attachment, id) in texts.attached.iter().zip(ids).filter_map(|(own, id)| own.zip(id.as_ref())) {
        own.entry(attachment).or_default().push(quote(id));
    }
    let titles = (0..).map_while(|attachment| Some((attachment, texts.parts.get(&Part::Attachment(attachment))?)));
    let lines: String = titles
        .map(|(attachment, title)| {
            let ids = own.get(&attachment).map(|ids| format!(", sections = [{}]", ids.join(", ")));
            format!("  {{ title = {}{} }},\n", quote(title), ids.unwrap_or_default())
        })
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "attachments = [\n{lines}]");
    }
}

/// What sections are called that are part of an attachment: `a2`, and `a2-3` for the third of one that has several.
fn ids(attached: &[Option<usize>]) -> Vec<Option<String>> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &attachment in attached.iter().flatten() {
        *counts.entry(attachment).or_default() += 1;
    }
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut id = |attachment: usize| {
        let (nth, number) = (seen.entry(attachment).or_default(), attachment + 1);
        *nth += 1;
        if counts[&attachment] == 1 { format!("a{number}") } else { format!("a{number}-{nth}") }
    };
    attached.iter().map(|own| own.map(&mut id)).collect()
}

fn comments<'c>(out: &mut String, comments: impl Iterator<Item = &'c str>) {
    for comment in comments {
        let _ = writeln!(out, "# {}", on_a_line(comment));
    }
}

/// A date as TOML has it.
fn toml_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// A comment may hold no control and no line end.
fn on_a_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn table<'e>(out: &mut String, head: &str, entries: impl Iterator<Item = &'e Entry>) {
    let mut excerpt = None;
    for (index, entry) in entries.enumerate() {
        if index == 0 {
            let _ = write!(out, "\n{head}\n");
        }
        if excerpt != Some(&entry.excerpt) && !entry.excerpt.is_empty() {
            let _ = writeln!(out, "# {}", on_a_line(&entry.excerpt));
        }
        excerpt = Some(&entry.excerpt);
        let hint = entry.hint.as_ref().map(|hint| format!("  # {hint}")).unwrap_or_default();
        let _ = writeln!(out, "{} = {}{hint}", key_literal(&entry.key), entry.value);
    }
}

/// A text of several lines, a paragraph a line, in the quotes that leave it as it is where any do.
fn block(text: &str) -> String {
    let plain = |quotes: &str| !text.contains(quotes) && !text.ends_with(&quotes[..1]);
    let acts = lines(text) != text;
    if !acts && plain("\"\"\"") && !text.contains('\\') {
        format!("\"\"\"\n{text}\n\"\"\"")
    } else if !acts && plain("'''") {
        format!("'''\n{text}\n'''")
    } else {
        quote_lines(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Located;
    use crate::source::FileId;

    #[test]
    fn every_text_is_read_back() {
        for text in [
            "一段。\n两段。",
            "有\\*星号",
            "引“号”和\"\"\"三个",
            "'''与\\",
            "\"\"\"与'''与\\",
            "末尾\"",
            "一段\u{1b}。\n::two\n##[three]\u{e0041}",
        ] {
            let written = block(text);
            assert_eq!(Located::read(FileId::default(), 0, &written).text().trim_end(), text, "{written}");
        }
    }
}
