//! What the paragraphs of a draft are: its head and its foot, headings, text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::attached::{self, Attachment};
use super::foot::{self, Foot};
use super::head::{self, Head};
use super::line::{CELL, Line};
use super::mapped::Mapped;
use super::typed::{Form, Typed, typed};
use super::{Note, Notes};
use crate::diag::Code;
use crate::text;

/// A draft whose parts are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Structure {
    pub(super) head: Head,
    pub(super) foot: Foot,
    /// 附件, in order.
    pub(super) attachments: Vec<Named>,
    /// `[style] numbering`, where there are headings.
    pub(super) numbering: Option<&'static str>,
    pub(super) sections: Vec<Section>,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) heading: Option<Mapped>,
    pub(super) level: u8,
    pub(super) lines: Vec<Line>,
    /// The attachment that it is part of.
    pub(super) attachment: Option<usize>,
}

/// An attachment, whose sections are among the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) title: Mapped,
    /// Its title once more, on its own page.
    pub(super) repeated: Option<Mapped>,
}

/// How far a draft's own numbers and headings are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The program numbers as the draft does.
    Numbers,
    /// Headings keep the numbers that are typed.
    Headings,
    /// All is text.
    Nothing,
}

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 60;

/// The parts of a draft.
pub(super) fn structure(mut lines: Vec<Line>, trust: Trust, notes: &mut Notes) -> Structure {
    let mut out = Structure::default();
    if trust == Trust::Nothing {
        out.divide(lines, trust, None, notes);
        return out;
    }
    let (head, start) = head::head(&lines, notes);
    out.head = head;
    let mut body = lines.split_off(start);
    let pages = attached::pages(&mut body);
    out.foot = foot::foot(&mut body, notes);
    let attachments = attached::attachments(&mut body, pages, &mut out.foot, notes);
    out.divide(body, trust, None, notes);
    for (index, Attachment { title, pages }) in attachments.into_iter().enumerate() {
        let repeated = pages.as_ref().map(|pages| pages.title.clone());
        if let Some(pages) = pages {
            out.divide(pages.lines, trust, Some(index), notes);
        }
        out.attachments.push(Named { title, repeated });
    }
    out
}

impl Structure {
    /// Adds the sections that `lines` are; the first ones that have headings decide on the numbers.
    fn divide(&mut self, mut lines: Vec<Line>, trust: Trust, attachment: Option<usize>, notes: &mut Notes) {
        let plan = match (trust, self.numbering) {
            (Trust::Nothing, _) => Plan::default(),
            (Trust::Headings, _) | (Trust::Numbers, Some("none")) => typed_headings(&lines),
            (Trust::Numbers, Some("block")) => blocks(&lines, 5, 1).unwrap_or_default(),
            (Trust::Numbers, Some(_)) => run_in(&mut lines, notes).unwrap_or_default(),
            (Trust::Numbers, None) => {
                let block = (0..3).find_map(|text_from| blocks(&lines, 5 - text_from, 2));
                block.or_else(|| run_in(&mut lines, notes)).unwrap_or_else(|| typed_headings(&lines))
            }
        };
        self.numbering = self.numbering.or(plan.numbering);
        let known = self.sections.len();
        self.sections.push(Section { attachment, ..Section::default() });
        let mut marks = plan.marks.into_iter().peekable();
        for (index, line) in lines.into_iter().enumerate() {
            let Some((_, mark)) = marks.next_if(|(at, _)| *at == index) else {
                if let Some(section) = self.sections.last_mut() {
                    section.lines.push(line);
                }
                continue;
            };
            let end = line.text.text().len();
            let rest = line.text.slice(mark.heading.end..end).trimmed();
            let heading = line.text.slice(mark.heading.start..mark.end_of_words.unwrap_or(mark.heading.end)).trimmed();
            let lines = if rest.text().is_empty() { Vec::new() } else { vec![Line { text: rest, ..Line::default() }] };
            self.sections.push(Section { heading: Some(heading), level: mark.level, lines, attachment });
        }
        if self.sections[known].lines.is_empty() {
            self.sections.remove(known);
        }
    }
}

/// Which lines are headings.
#[derive(Default)]
struct Plan {
    numbering: Option<&'static str>,
    marks: Vec<(usize, Mark)>,
}

/// A heading in a line.
#[derive(Clone, Debug)]
struct Mark {
    level: u8,
    /// Its words, in bytes of the line; what follows is text.
    heading: Range<usize>,
    /// Where its words end without a mark that the program sets itself.
    end_of_words: Option<usize>,
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether `text` could be a heading on its own line: short, one sentence, and no end of a clause.
fn is_heading(text: &str) -> bool {
    let inner = text.trim_end_matches(['。', '？', '！']);
    let sentences = inner.contains(['。', '！', '？', '；', '\\', CELL]);
    !text.is_empty()
        && chars(text) <= LONGEST_HEADING
        && !sentences
        && !inner.ends_with(['；', '：', '，', '、', ':', ','])
}

/// The first sentence of `text`: its end without and with its mark, if it is short.
fn lead(text: &str) -> Option<(usize, usize)> {
    let (end, mark) = text.char_indices().find(|(_, c)| matches!(c, '。' | '！' | '？' | '；'))?;
    let fits = chars(&text[..end]) <= LONGEST_HEADING && mark != '；' && !text[..end].contains('\\');
    (fits && end > 0).then_some((end, end + mark.len_utf8()))
}

/// Headings 一、（一）1.（1） whose numbers are those that the program would write. Numbers of the levels from
/// `text_from` on are text. None where there are fewer than `least` of the highest level; one that Word itself has for
/// a heading is enough.
fn blocks(lines: &[Line], text_from: u8, least: usize) -> Option<Plan> {
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    let mut counts = [0_u64; 4];
    let mut last = 0;
    let items = items(lines);
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| !items.contains(index)) {
        let text = line.text.text();
        let explicit = line.level.is_some() && is_heading(text);
        let numbered = typed(text).filter(|_| line.item.is_none() && line.picture.is_none());
        let Some((number, level)) = numbered.and_then(|number| Some((number, number.form.level()?))) else {
            if explicit {
                return None;
            }
            continue;
        };
        if level >= text_from {
            continue;
        }
        let rest = &text[number.len..];
        let own_line = is_heading(rest);
        // Points of one line each are a list, and no headings without a text.
        let followed = lines.get(index + 1).is_some_and(|next| {
            typed(next.text.text()).and_then(|next| next.form.level()).is_none_or(|next| next > level)
        });
        let heading = match lead(rest) {
            _ if own_line && (level <= 2 || explicit || followed) => number.len..text.len(),
            Some((_, end)) if level <= 2 => number.len..number.len + end,
            _ if level <= 2 => return None,
            _ => continue,
        };
        let slot = usize::from(level) - 1;
        counts[slot] += 1;
        counts[slot + 1..].fill(0);
        if number.value != counts[slot] || level > last + 1 {
            return None;
        }
        last = level;
        marks.push((index, Mark { level, heading, end_of_words: None }));
    }
    let tops = marks.iter().filter(|(_, mark)| mark.level == 1);
    let is_sure = tops.clone().any(|(index, _)| lines[*index].level.is_some());
    (is_sure || tops.count() >= least).then_some(Plan { numbering: Some("block"), marks })
}

/// Points 一是…。二是…。 that lead their paragraphs.
fn run_in(lines: &mut Vec<Line>, notes: &mut Notes) -> Option<Plan> {
    if lines.iter().any(|line| line.level.is_some() && is_heading(line.text.text())) {
        return None;
    }
    if let Some(index) = lines.iter().position(|line| line.is_plain() && points(line.text.text()).is_some()) {
        let points = points(lines[index].text.text())?;
        let line = &lines[index].text;
        let ends = points.iter().skip(1).copied().chain([line.text().len()]);
        let before = (points[0] > 0).then_some(0..points[0]);
        let parts = before.into_iter().chain(points.iter().copied().zip(ends).map(|(start, end)| start..end));
        let parts: Vec<Line> = parts.map(|part| Line { text: line.slice(part).trimmed(), ..Line::default() }).collect();
        let range = line.source(0..line.text().len());
        let message = text!(
            "一段里的“一是、二是……”分成了各自的段落",
            "points that stood in one paragraph were made paragraphs of their own"
        );
        notes.push(Note::new(Code::Guessed, message, range));
        lines.splice(index..=index, parts);
    }
    let mut marks = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.text();
        let Some(number) = typed(text).filter(|number| number.form == Form::RunIn) else { continue };
        let (words, end) = lead(&text[number.len..]).map(|(words, end)| (number.len + words, number.len + end))?;
        // A lead that stands alone would draw the next paragraph to itself.
        let alone = end == text.len();
        let next = lines.get(index + 1);
        let is_point = |line: &Line| typed(line.text.text()).is_some_and(|next| next.form == Form::RunIn);
        if number.value != marks.len() as u64 + 1 || (alone && !next.is_none_or(is_point)) {
            return None;
        }
        let stop = text[words..end].chars().all(|c| c == '。');
        let end_of_words = stop.then_some(words);
        marks.push((index, Mark { level: 1, heading: number.len..end, end_of_words }));
    }
    (marks.len() >= 2).then_some(Plan { numbering: Some("run-in"), marks })
}

/// Where the points of one paragraph begin, if it has three or more of them, each with a lead and a text.
fn points(text: &str) -> Option<Vec<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    if text.contains(CELL) {
        return None;
    }
    for (at, _) in text.match_indices('是') {
        let expected = starts.len() as u64 + 1;
        let numeral = text[..at].char_indices().rev().take(3).map(|(i, _)| i);
        let begins = |&start: &usize| {
            let free = start == 0 || text[..start].ends_with(['。', '：', '；', '！', '？', ' ', '　', ':']);
            let is_it = |typed: Typed| typed.form == Form::RunIn && typed.value == expected;
            free && typed(&text[start..at + '是'.len_utf8()]).is_some_and(is_it)
        };
        starts.extend(numeral.into_iter().find(begins));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let whole = starts.iter().zip(ends).all(|(&start, end)| {
        let point = text[start..end].trim();
        let skip = typed(point).map_or(0, |number| number.len);
        lead(&point[skip..]).is_some_and(|(_, end)| skip + end < point.len())
    });
    (starts.len() >= 3 && whole).then_some(starts)
}

/// The lines （一）…。 that are sentences of a list: each is one sentence, and another follows it or has gone before; in a
/// set of rules, under 第一条, all that end so.
fn items(lines: &[Line]) -> BTreeSet<usize> {
    let form = |line: &Line| typed(line.text.text()).map(|number| number.form);
    let is_rules = lines.iter().filter(|line| form(line) == Some(Form::Article)).count() > 1;
    let is_sentence = |line: &Line| {
        let text = line.text.text();
        form(line) == Some(Form::HanziBracketed)
            && line.level.is_none()
            && (is_rules
                || text.ends_with(['。', '；']) && !text.trim_end_matches(['。', '；']).contains(['。', '！', '？']))
    };
    let mut items = BTreeSet::new();
    let mut start = 0;
    for run in lines.chunk_by(|a, b| is_sentence(a) == is_sentence(b)) {
        let range = start..start + run.len();
        start = range.end;
        // A text under the last of them makes headings of all.
        let is_followed = lines.get(range.end).is_some_and(|next| form(next).is_none() && next.level.is_none());
        if is_sentence(&run[0]) && (is_rules || run.len() > 1 && !is_followed) {
            items.extend(range);
        }
    }
    items
}

/// Headings on lines of their own, which keep the numbers that they have.
fn typed_headings(lines: &[Line]) -> Plan {
    let form = |line: &Line| typed(line.text.text()).map(|number| number.form);
    let rank = |line: &Line| match (line.level, form(line)) {
        (Some(level), _) => Some(level),
        (None, Some(Form::Chapter)) => Some(0),
        (None, Some(Form::Article)) if !line.text.text().ends_with('。') => Some(1),
        (None, Some(Form::Hanzi)) => Some(1),
        (None, Some(Form::HanziBracketed)) => Some(2),
        (None, _) => None,
    };
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    // The ranks that are open, outermost first: a level is how deep a heading stands.
    let mut open: Vec<u8> = Vec::new();
    let items = items(lines);
    let is_one = |(index, line): &(usize, &Line)| is_heading(line.text.text()) && !items.contains(index);
    for (index, line) in lines.iter().enumerate().filter(is_one) {
        let Some(rank) = rank(line) else { continue };
        while open.last().is_some_and(|&above| above >= rank) {
            open.pop();
        }
        open.push(rank);
        let heading = 0..line.text.text().len();
        marks.push((index, Mark { level: open.len().min(4) as u8, heading, end_of_words: None }));
    }
    Plan { numbering: (!marks.is_empty()).then_some("none"), marks }
}

#[cfg(test)]
mod tests {
    use super::super::day::Day;
    use super::*;

    fn read(text: &str) -> Structure {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            lines.push(Line { text: Mapped::new(line, start), ..Line::default() });
            start += line.len() + 1;
        }
        structure(lines, Trust::Numbers, &mut Notes::default())
    }

    fn told(text: &str) -> (Option<&'static str>, Vec<String>) {
        let read = read(text);
        let tell = |section: Section| {
            let heading = section.heading.map(|heading| heading.text().to_owned()).unwrap_or_default();
            let lines: Vec<&str> = section.lines.iter().map(|line| line.text.text()).collect();
            format!("{}[{heading}]{}", section.level, lines.join("|"))
        };
        (read.numbering, read.sections.into_iter().map(tell).collect())
    }

    #[test]
    fn the_lines_under_a_title() {
        let text =
            "关于XX镇防汛工作\n开展情况的汇报\n——以护堤为重点\nXX镇人民政府\n（2024年7月1日）\n各位领导：\n近来多雨。";
        let read = read(text);
        let words = |part: &Option<Mapped>| part.as_ref().map(|part| part.text().to_owned()).unwrap_or_default();
        assert_eq!(words(&read.head.title), "关于XX镇防汛工作\n开展情况的汇报");
        assert_eq!(words(&read.head.subtitle), "——以护堤为重点");
        assert_eq!(words(&read.head.author), "XX镇人民政府");
        assert_eq!(words(&read.head.salutation), "各位领导：");
        assert!(matches!(read.head.date, Some(Day::Known(date)) if date.to_string() == "2024年7月1日"));
        assert_eq!(read.sections[0].lines[0].text.text(), "近来多雨。");
    }

    #[test]
    fn the_signature_goes_before_the_pages_of_attachments_or_stays_there() {
        let read_to = |text: &str| {
            let read = read(text);
            let lines: Vec<String> = read
                .sections
                .iter()
                .flat_map(|section| &section.lines)
                .map(|line| line.text.text().to_owned())
                .collect();
            (read.foot.signatures.len(), read.attachments.len(), lines.join("|"))
        };
        let signed = "汇报\n近来多雨。\n附件：名单\nXX镇人民政府\n20XX年X月X日";
        assert_eq!(read_to(signed), (1, 1, "近来多雨。".into()));
        assert_eq!(read_to(&format!("{signed}\n附件\n名单\n张某")), (1, 1, "近来多雨。|张某".into()));
        // The pages have another title: nothing is moved.
        let (signatures, attachments, lines) = read_to(&format!("{signed}\n附件\n别的。\n张某"));
        assert_eq!((signatures, attachments), (0, 0));
        assert!(lines.ends_with("附件：名单|XX镇人民政府|20XX年X月X日|附件|别的。|张某"), "{lines}");
        // Pages that the text does not name are attachments all the same, which is told.
        let text = "通知\n现通知如下。\nXX镇人民政府\n2024年7月1日\n附件一\n提案表\n内容如下。";
        assert_eq!(read_to(text), (1, 1, "现通知如下。|内容如下。".into()));
    }

    #[test]
    fn block_headings_with_text_on_their_line_and_without() {
        let text = "汇报\n开头。\n一、抓学习\n（一）读书。读了X本。\n（二）研讨\n文。\n1.点一。文\n二、抓落实。文。";
        let sections = ["0[]开头。", "1[抓学习]", "2[读书。]读了X本。", "2[研讨]文。|1.点一。文", "1[抓落实。]文。"];
        assert_eq!(told(text), (Some("block"), sections.map(str::to_owned).into()));
    }

    #[test]
    fn points_that_lead_paragraphs_or_stand_in_one() {
        let sections = ["0[]开头。", "1[抓学习]读了X本。", "1[抓研讨]谈了X次。", "1[抓整改]改了X项。"];
        let expected = (Some("run-in"), Vec::from(sections.map(str::to_owned)));
        assert_eq!(told("汇报\n开头。\n一是抓学习。读了X本。\n二是抓研讨。谈了X次。\n三是抓整改。改了X项。"), expected);
        assert_eq!(told("汇报\n开头。一是抓学习。读了X本。二是抓研讨。谈了X次。三是抓整改。改了X项。"), expected);
    }

    #[test]
    fn sentences_of_a_list_and_enumerations_are_no_headings() {
        let rules = "细则\n第一条　机构\n由镇负责。\n第二条　职责\n（一）每年公布。\n（二）负责登记。\n第三条　本细则自印发之日起施行。";
        let sections = [
            "1[第一条　机构]由镇负责。",
            "1[第二条　职责]（一）每年公布。|（二）负责登记。|第三条　本细则自印发之日起施行。",
        ];
        assert_eq!(told(rules), (Some("none"), sections.map(str::to_owned).into()));
        let text = "汇报\n一、做法\n（一）抓学习。\n（二）抓落实。\n二、打算\n（一）抓早。\n文。\n（二）抓小。\n文。";
        let sections = ["1[做法]（一）抓学习。|（二）抓落实。", "1[打算]", "2[抓早。]文。", "2[抓小。]文。"];
        assert_eq!(told(text), (Some("block"), sections.map(str::to_owned).into()));
        let text = "汇报\n一、二季度增长快。\n二、三产业结构优。\n三、四季度加快。";
        assert_eq!(told(text), (None, vec!["0[]一、二季度增长快。|二、三产业结构优。|三、四季度加快。".into()]));
    }

    #[test]
    fn numbers_that_are_not_the_programs_stay() {
        let text = "汇报\n一、抓学习\n文。\n三、抓落实\n文。";
        let (numbering, sections) = told(text);
        assert_eq!((numbering, sections[1].as_str()), (Some("none"), "1[三、抓落实]文。"));
        let (numbering, sections) = told("汇报\n一是抓学习；二是抓研讨；三是抓整改。");
        assert_eq!((numbering, sections.len()), (None, 1));
        assert_eq!(told("汇报\n1.张三\n2.李四").0, None);
    }
}
