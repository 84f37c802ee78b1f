//! The attachments (附件) that a draft names under its text, and their pages at its end (GB/T 9704 7.3.4, 7.3.7).

use super::foot::Foot;
use super::head::is_title;
use super::line::{CELL, Line};
use super::mapped::Mapped;
use super::typed::ordinal;
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest::Part;
use crate::text;

/// An attachment of a draft.
#[derive(Clone, Debug)]
pub(super) struct Attachment {
    /// As it is named under the text.
    pub(super) title: Mapped,
    /// Its pages; none of one that is sent along separately.
    pub(super) pages: Option<Pages>,
}

/// The pages of an attachment.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    /// Its title once more.
    pub(super) title: Mapped,
    /// What stands under it.
    pub(super) lines: Vec<Line>,
}

/// The most lines that a title is broken into.
const MOST_LINES: usize = 4;

/// The pages of attachments, taken off the end of a draft: each with its number, 附件2, none for a lone 附件.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<(Option<usize>, Vec<Line>)>);

/// Takes what stands after a line 附件1 or 附件 off the end of `lines`.
pub(super) fn pages(lines: &mut Vec<Line>) -> Found {
    let mut starts: Vec<(usize, Option<usize>)> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(1) {
        if let Some(number) = mark(line).filter(|number| {
            starts.last().is_none_or(|(_, last)| last.is_some_and(|last| number.is_some_and(|own| own > last)))
        }) {
            starts.push((index, number));
        }
    }
    let mut found: Vec<(Option<usize>, Vec<Line>)> = Vec::new();
    for (start, number) in starts.into_iter().rev() {
        found.push((number, lines.split_off(start)));
    }
    found.reverse();
    Found(found)
}

/// The number on the first line of an attachment's page.
fn mark(line: &Line) -> Option<Option<usize>> {
    let text = line.text.text().trim_end_matches(['：', ':']);
    let number = text.strip_prefix("附件").filter(|_| line.row.is_none() && line.picture.is_none())?.trim();
    if number.is_empty() {
        return Some(None);
    }
    let (number, rest) = ordinal(number)?;
    rest.is_empty().then_some(Some(number as usize))
}

/// The attachments that the end of `lines` names, taken off it, with their pages. Pages that it does not name are those of
/// attachments all the same. Where names and pages do not belong together nothing is taken, the `foot` before the pages
/// neither: what the program prints has to be what the draft says.
pub(super) fn attachments(lines: &mut Vec<Line>, found: Found, foot: &mut Foot, notes: &mut Notes) -> Vec<Attachment> {
    if let Some((start, attachments)) = read(lines, &found) {
        lines.truncate(start);
        return attachments;
    }
    if found.0.is_empty() {
        return Vec::new();
    }
    if let Some(attachments) = unnamed(lines, &found) {
        for attachment in &attachments {
            let name = attachment.title.text();
            let message = text!(
                "正文下面没有写附件“{name}”，照标准补上了附件说明",
                "the text does not name the attachment `{name}`; its line under the text was added"
            );
            notes.push(Note::new(Code::Guessed, message, attachment.title.source(0..name.len())));
        }
        return attachments;
    }
    let first = found.0.first().and_then(|(_, lines)| lines.first());
    if let Some(first) = first.filter(|_| !foot.lines.is_empty()) {
        let words = first.text.text();
        let message = text!(
            "“{words}”和正文下面写的附件对不上，落款和附件照原样留在正文里",
            "`{words}` is none of the attachments that the text names; the signature and the attachments stay in the text"
        );
        notes.push(Note::in_part(Code::Guessed, message, first.text.source(0..words.len()), Part::Signature(0)));
    }
    lines.append(&mut std::mem::take(foot).lines);
    lines.extend(found.0.into_iter().flat_map(|(_, lines)| lines));
    Vec::new()
}

/// The attachments of pages that no line under the text names: each has a number of its own, in order, and a title.
fn unnamed(lines: &[Line], found: &Found) -> Option<Vec<Attachment>> {
    if lines.iter().any(|line| label(line).is_some()) {
        return None;
    }
    let several = found.0.len() > 1;
    let attachment = |(index, (number, lines)): (usize, &(Option<usize>, Vec<Line>))| {
        let is_next = if several { *number == Some(index + 1) } else { number.is_none_or(|number| number == 1) };
        let title = lines.get(1).filter(|title| is_next && title.is_plain() && is_title(title.text.text()))?;
        let under = lines.get(2..).filter(|under| !under.is_empty())?.to_vec();
        let title = title.text.clone();
        Some(Attachment { title: title.clone(), pages: Some(Pages { title, lines: under }) })
    };
    found.0.iter().enumerate().map(attachment).collect()
}

/// Where the names of the attachments begin, and what they are.
fn read(lines: &[Line], found: &Found) -> Option<(usize, Vec<Attachment>)> {
    let (start, names) = names(lines)?;
    let several = names.len() > 1;
    let mut attachments: Vec<Attachment> = names.into_iter().map(|title| Attachment { title, pages: None }).collect();
    for (number, lines) in &found.0 {
        let index = match number {
            Some(number) if several => number.checked_sub(1)?,
            None if !several => 0,
            Some(_) | None => return None,
        };
        let attachment = attachments.get_mut(index)?;
        attachment.pages = Some(under(lines, attachment.title.text())?);
    }
    Some((start, attachments))
}

/// The names under the text: `附件：1.…` and one with its number on each further line, up to the end.
fn names(lines: &[Line]) -> Option<(usize, Vec<Mapped>)> {
    let first = |line: &Line| line.is_plain() && (label(line).is_some() || numbered(line.text.text(), 1).is_some());
    let start = lines.iter().rposition(first).filter(|start| *start > 0)?;
    let mut names = Vec::new();
    for (index, line) in lines[start..].iter().enumerate() {
        let text = line.text.text();
        if let Some(words) = numbered(text, index + 1).filter(|_| line.is_plain()) {
            names.push(line.text.slice(text.len() - words.len()..text.len()).trimmed());
            continue;
        }
        let words = if index == 0 { &text[label(line)?..] } else { text };
        // A lone attachment has no number; a second line needs one.
        let is_lone = index == 0 && lines.len() == start + 1;
        let words = match words.strip_prefix(&format!("{}.", index + 1)) {
            Some(words) => words,
            None if is_lone => words,
            None => return None,
        };
        let name = line.text.slice(text.len() - words.len()..text.len()).trimmed();
        let is_name = !name.text().is_empty() && !name.text().contains(['。', '；', '\\', CELL]);
        if !line.is_plain() || !is_name {
            return None;
        }
        names.push(name);
    }
    // The program gives a lone one no number.
    let is_numbered = label(&lines[start]).is_some_and(|at| lines[start].text.text()[at..].starts_with("1."));
    (names.len() > 1 || !is_numbered).then_some((start, names))
}

/// The name of the attachment `number` in a line `附件1：名单`, which the program prints as `附件：1.名单`.
fn numbered(text: &str, number: usize) -> Option<&str> {
    let (own, rest) = ordinal(text.strip_prefix("附件")?.trim_start())?;
    let name = rest.trim_start().strip_prefix(['：', ':'])?.trim();
    (own == number as u64 && !name.is_empty() && !name.contains(['。', '；', '\\', CELL])).then_some(name)
}

/// Where the words after 附件： begin.
fn label(line: &Line) -> Option<usize> {
    ["附件：", "附件:"].into_iter().find(|label| line.text.text().starts_with(label)).map(str::len)
}

/// What stands under the title `title` on the pages `lines`, which begin with 附件1.
fn under(lines: &[Line], title: &str) -> Option<Pages> {
    let mut found = Mapped::default();
    for (index, line) in lines.iter().enumerate().skip(1).take(MOST_LINES) {
        found.append(&line.text);
        if found.text() == title {
            let lines = lines[index + 1..].to_vec();
            return Some(Pages { title: found, lines }).filter(|pages| !pages.lines.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        text.split('\n').map(|line| Line { text: Mapped::new(line, 0), ..Line::default() }).collect()
    }

    /// The titles, with how many lines stand under each; the lines that are left.
    fn told(text: &str) -> (Vec<(String, Option<usize>)>, usize) {
        let mut lines = lines(text);
        let found = pages(&mut lines);
        let attachments = attachments(&mut lines, found, &mut Foot::default(), &mut Notes::default());
        let told = |it: Attachment| (it.title.text().to_owned(), it.pages.map(|pages| pages.lines.len()));
        (attachments.into_iter().map(told).collect(), lines.len())
    }

    #[test]
    fn names_and_pages_belong_together() {
        let text = "正文。\n附件：1.X镇名单\n2.照片\n附件1\nX镇名单\n张某\n李某";
        assert_eq!(told(text), (vec![("X镇名单".into(), Some(2)), ("照片".into(), None)], 1));
        assert_eq!(told("正文。\n附件1：名单\n附件2：照片"), (vec![("名单".into(), None), ("照片".into(), None)], 1));
        assert_eq!(told("正文。\n附件：名单\n附件\n名单\n张某"), (vec![("名单".into(), Some(1))], 1));
        assert_eq!(told("正文。\n附件：长长的\n附件\n长\n长的\n张某"), (vec![("长长的".into(), Some(1))], 1));
    }

    #[test]
    fn what_does_not_belong_together_stays_text() {
        for text in [
            "正文。\n附件：名单\n附件\n别的\n张某",
            "正文。\n附件：名单\n附件2\n名单\n张某",
            "正文。\n附件：1.名单",
            "正文。\n附件：名单\n又一段。",
            "正文。\n附件：名单\n附件\n名单",
            "附件：名单",
        ] {
            assert_eq!(told(text), (Vec::new(), text.split('\n').count()), "{text}");
        }
    }
}
