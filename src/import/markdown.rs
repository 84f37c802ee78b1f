//! The lines of a draft that is Markdown.

use super::line::{Line, Row};
use super::lines::{Cleaner, split};
use super::notes::gather;
use super::pictures::picture;
use super::{Note, Notes};
use crate::diag::Code;
use crate::doc::lines::{cells, is_delimiter};
use crate::placeholder::is_blank;
use crate::text;

/// The paragraphs of a Markdown draft: headings with their level, and lines that stay the Markdown they are.
pub(super) fn paragraphs(source: &str, cleaner: &mut Cleaner<'_>, notes: &mut Notes) -> Vec<Line> {
    let mut lines = split(source);
    // CR LF ends one line, not two: the rows of a table stand together.
    lines.retain(|&(start, line)| {
        !(line.is_empty() && source[..start].ends_with('\r') && source[start..].starts_with('\n'))
    });
    let front = front_matter(&lines);
    if let (Some(&(start, _)), Some(&(last, line))) = (lines.first(), front.checked_sub(1).and_then(|at| lines.get(at)))
    {
        let message = text!("文件头上的说明（--- 之间）没有导入", "the front matter between --- was not imported");
        notes.push(Note::new(Code::NotImported, message, start..last + line.len()));
    }
    lines.drain(..front);
    let mut out: Vec<Line> = Vec::new();
    let mut in_fence = false;
    // The lines of a table, whose head is the first.
    let mut table = 0..0;
    for (index, &(start, raw)) in lines.iter().enumerate() {
        let text = cleaner.clean(raw, start, notes);
        let content = text.text();
        let range = start..start + raw.len();
        if content.is_empty() {
            continue;
        }
        let mut left_out = |zh: &str, en: &str| {
            notes.push(Note::new(Code::NotImported, text!("{zh}", "{en}"), range.clone()));
        };
        if content.starts_with("```") || content.starts_with("~~~") {
            in_fence = !in_fence;
            left_out("代码块的边界去掉了，里面的文字留着", "the bounds of a code block are left out, its words kept");
            continue;
        }
        if in_fence {
            out.push(Line { text, ..Line::default() });
            continue;
        }
        if index >= table.end {
            table = index..index + rows(lines[index..].iter().map(|(_, line)| *line));
        }
        if !table.is_empty() {
            let row = if index == table.start { Row::Head } else { Row::Body };
            out.push(Line { text, markdown: true, row: Some(row), ..Line::default() });
            continue;
        }
        if let Some(level) = underline(content) {
            // A line of = or - under a paragraph makes it a heading; one that stands alone is a rule.
            let above = out.last_mut().filter(|last| last.level.is_none() && last.item.is_none());
            let adjoins = source[..start].trim_end_matches(['\r', '\n', ' ']).len() + 2 >= start;
            match above.filter(|_| adjoins && !source[..start].ends_with("\n\n")) {
                Some(above) => above.level = Some(level),
                None => left_out("分隔线去掉了", "a rule is left out"),
            }
            continue;
        }
        let hashes = content.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && content[hashes..].starts_with(is_blank) {
            let end = content.trim_end_matches('#').len();
            let mut text = text.slice(hashes..end.max(hashes)).trimmed();
            // A heading is no Markdown in a report file, and bold by its level.
            while text.text().len() > 4 && text.text().starts_with("**") && text.text().ends_with("**") {
                text = text.slice(2..text.text().len() - 2).trimmed();
            }
            out.push(Line { text, level: Some(hashes as u8), ..Line::default() });
            continue;
        }
        let indent = raw.len() - raw.trim_start_matches([' ', '\t']).len();
        let item = content.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(is_blank));
        if let Some(rest) = item {
            let at = content.len() - rest.len();
            let mut text = text.slice(at..content.len()).trimmed();
            if let Some(mark) = task(text.text()) {
                let range = text.source(0..3);
                let message = text!("任务的方框写成了“{mark}”", "the box of a task became “{mark}”");
                notes.push(Note::new(Code::Guessed, message, range));
                text = text.edited(&[(0..3, mark.to_owned())]);
            }
            out.push(Line { text, item: Some((indent / 2 + 1).min(4) as u8), markdown: true, ..Line::default() });
            continue;
        }
        if content.starts_with('|') && content.ends_with('|') && content.len() > 1 {
            left_out("表格成了文字，一行一段", "a table became text, a row a paragraph");
            out.push(Line { text, ..Line::default() });
            continue;
        }
        if let Some(note) = picture(&text) {
            notes.push(note);
            out.push(Line { text, ..Line::default() });
            continue;
        }
        out.push(Line { text, markdown: true, ..Line::default() });
    }
    gather(out, |line| {
        let range = line.text.source(0..line.text.text().len());
        let message = text!("脚注照原样成了文字", "a footnote became text as it stands");
        notes.push(Note::new(Code::NotImported, message, range));
    })
}

/// The number of `lines` that are front matter: keys and values between two lines ---, at the very start.
fn front_matter(lines: &[(usize, &str)]) -> usize {
    const MOST: usize = 60;
    if lines.first().is_none_or(|(_, line)| line.trim_end() != "---") {
        return 0;
    }
    let end = lines.iter().take(MOST).skip(1).position(|(_, line)| line.trim_end() == "---").map(|at| at + 1);
    let is_value = |line: &str| line.starts_with([' ', '-', '#']) || line.contains(':');
    let Some(end) = end.filter(|&end| end > 1 && lines[1..end].iter().all(|(_, line)| is_value(line))) else {
        return 0;
    };
    end + 1
}

/// The mark in the place of the box of a task, `[x] ` or `[ ] `, with which `item` begins.
fn task(item: &str) -> Option<&'static str> {
    if item.starts_with("[x] ") || item.starts_with("[X] ") {
        return Some("√");
    }
    item.starts_with("[ ] ").then_some("□")
}

/// How many of `lines` are a table that begins with the first: a head, the line under it, and rows as wide; 0 for none.
fn rows<'l>(lines: impl Iterator<Item = &'l str>) -> usize {
    let mut rows = lines.map(str::trim).take_while(|line| line.starts_with('|') && line.ends_with('|'));
    let (Some(head), Some(rule)) = (rows.next(), rows.next()) else { return 0 };
    let width = cells(head);
    if !is_delimiter(rule) || cells(rule) != width {
        return 0;
    }
    2 + rows.take_while(|row| cells(row) == width).count()
}

/// The level of a heading that a line of `=` or `-` underlines.
fn underline(line: &str) -> Option<u8> {
    let all = |sign: char| line.len() >= 3 && line.chars().all(|c| c == sign);
    if all('=') {
        Some(1)
    } else if all('-') || all('*') || all('_') {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;

    #[test]
    fn front_matter_and_boxes_of_tasks_are_no_text() {
        let lines = |text: &'static str| front_matter(&split(text));
        assert_eq!(lines("---\ntitle: 甲\ntags:\n  - 乙\n---\n# 丙"), 5);
        assert_eq!(lines("---\n正文\n---"), 0);
        assert_eq!(lines("---\n\n# 丙"), 0);
        assert_eq!((task("[x] 已办"), task("[ ] 未办"), task("[x](a)")), (Some("√"), Some("□"), None));
    }

    #[test]
    fn a_table_is_a_head_a_rule_and_rows_as_wide() {
        let count = |text: &str| rows(text.lines());
        assert_eq!(count("|村|处|\n|:--|--:|\n|东|1|\n|西\\|南|2|\n文"), 4);
        assert_eq!(count("| 村 |\n| --- |"), 2);
        assert_eq!(count("|村|处|\n|---|---|\n|东|\n|西|2|"), 2, "what is narrower is none of its rows");
        for text in ["|村|处|", "|村|处|\n|---|", "|村|处|\n|东|1|", "村|处\n---|---", "|"] {
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn headings_items_and_words_are_told_apart() {
        let fonts = Fonts::bundled();
        let mut notes = Notes::default();
        let text = "# 汇报 #\n\n开头**重点**。\n\n小标题\n---\n\n- 第一项\n  - 第二项\n\n---\n\n|甲|乙|\n```\nx\n```\n";
        let lines = paragraphs(text, &mut Cleaner::new(&fonts), &mut notes);
        let told: Vec<_> = lines.iter().map(|line| (line.text.text(), line.level, line.item, line.markdown)).collect();
        assert_eq!(
            told,
            [
                ("汇报", Some(1), None, false),
                ("开头**重点**。", None, None, true),
                ("小标题", Some(2), None, true),
                ("第一项", None, Some(1), true),
                ("第二项", None, Some(2), true),
                ("|甲|乙|", None, None, false),
                ("x", None, None, false),
            ]
        );
    }
}
