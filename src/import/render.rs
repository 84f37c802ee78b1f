//! From the parts of a draft to the texts of a report file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::day::Day;
use super::escape::{escape, keep};
use super::figures::joins;
use super::forms::{is_masked_person, own_names};
use super::kept::kept;
use super::line::{CELL, Line, Row};
use super::mapped::Mapped;
use super::notes::settle;
use super::numbers::numbers;
use super::stars::star_runs;
use super::structure::Structure;
use super::texts::{Origin, Texts, Way, Wish, Words, scanned};
use super::turn::{stars, turn};
use super::{Note, Notes};
use crate::diag::Code;
use crate::manifest::Part;
use crate::placeholder::{FaultKind, Kind, Literals, Scan, is_hanzi, right_word, unit};
use crate::text;

/// The texts of `structure`. `title` is the one where the draft has none.
pub(super) fn render(structure: &Structure, title: &str, wish: &Wish, notes: &mut Notes) -> Texts {
    let own = own_names(structure.head.title.as_ref().map_or("", |title| title.text()));
    let mut words = collect(structure, wish);
    settle(&mut words, &wish.plain, notes);
    let mut filled = Filled::default();
    for words in &mut words {
        turn(words, &own, wish, notes);
        stars(words, wish, notes);
        figures(words, wish, &mut filled);
    }
    filled.tell(notes);
    let mut literals = literals(&mut words, notes);
    for phrase in &wish.literals {
        keep_words(&mut words, phrase, &mut literals, notes);
    }
    let known = Literals::new(&literals);
    let mut out = Texts {
        levels: structure.sections.iter().map(|section| section.level).collect(),
        attached: structure.sections.iter().map(|section| section.attachment).collect(),
        date: structure.head.date.as_ref().and_then(Day::known),
        signed_on: structure.foot.day.as_ref().and_then(Day::known),
        numbering: structure.numbering,
        literals,
        ..Texts::default()
    };
    out.parts.insert(Part::Title, title.to_owned());
    let mut told = BTreeSet::new();
    let mut started = BTreeSet::new();
    for words in &words {
        let scan = scanned(words, &known);
        for range in kept(words.text.text(), &scan) {
            let phrase = words.text.text()[range.clone()].to_owned();
            if told.insert(phrase.clone()) {
                let message = text!("“{phrase}”不当作空，照原样留着", "`{phrase}` is no hole and stays as it is");
                notes.push(Note::in_part(Code::Guessed, message, words.text.source(range), words.part));
            }
        }
        let first = started.insert(words.part);
        out.add(words, &scan, first);
    }
    out
}

/// Everything that a structure has words of, in the order of the report.
fn collect(structure: &Structure, wish: &Wish) -> Vec<Words> {
    let words = |part, way, text: &Mapped, item| Words {
        part,
        way,
        text: text.clone(),
        item,
        row: None,
        picture: None,
        values: BTreeMap::new(),
        kept: Vec::new(),
        is_copy: false,
    };
    let head = [
        (Part::Title, structure.head.title.as_ref()),
        (Part::Subtitle, structure.head.subtitle.as_ref()),
        (Part::Author, structure.head.author.as_ref()),
        (Part::Date, structure.head.date.as_ref().and_then(Day::words)),
        (Part::Salutation, structure.head.salutation.as_ref()),
    ];
    let head = head.into_iter().filter_map(|(part, text)| Some(words(part, Way::Plain, text?, None)));
    let mut out: Vec<Words> = head.collect();
    for (index, section) in structure.sections.iter().enumerate() {
        let heading = section.heading.as_ref();
        out.extend(heading.map(|heading| words(Part::Heading(index), Way::Plain, heading, None)));
        let is_plain = wish.plain.contains(&index);
        let way = |line: &Line| match (&line.picture, line.markdown) {
            _ if is_plain => Way::Escaped,
            (Some(_), _) => Way::Plain,
            (None, true) => Way::Markdown,
            (None, false) => Way::Escaped,
        };
        out.extend(section.lines.iter().map(|line| Words {
            row: line.row.filter(|_| !is_plain),
            picture: line.picture.clone().filter(|_| !is_plain),
            ..words(Part::Text(index), way(line), &line.text, line.item)
        }));
    }
    for (index, attachment) in structure.attachments.iter().enumerate() {
        let part = Part::Attachment(index);
        out.push(words(part, Way::Plain, &attachment.title, None));
        let again = attachment.repeated.as_ref().map(|title| words(part, Way::Plain, title, None));
        out.extend(again.map(|again| Words { is_copy: true, ..again }));
    }
    let signatures = structure.foot.signatures.iter().enumerate();
    out.extend(signatures.map(|(index, office)| words(Part::Signature(index), Way::Plain, office, None)));
    out.extend(
        structure.foot.day.as_ref().and_then(Day::words).map(|day| words(Part::SignedOn, Way::Plain, day, None)),
    );
    out
}

/// Numbers that stand in the draft.
#[derive(Default)]
struct Filled {
    places: Vec<(Range<usize>, String, Part)>,
}

impl Filled {
    /// One warning for all: a draft of another town's may have a hundred.
    fn tell(&self, notes: &mut Notes) {
        let Some((first, _, part)) = self.places.first() else { return };
        let n = self.places.len();
        let message = text!(
            "文中已有 {n} 个数，逐个核对是不是本单位的；加 --figures-too 就都变成指标",
            "the draft has {n} numbers already; see whether each is yours, or make them figures with --figures-too"
        );
        let mut note = Note::in_part(Code::Guessed, message, first.clone(), *part);
        note.quiet = true;
        note.others = self.places.iter().skip(1).take(4).map(|(range, ..)| range.clone()).collect();
        notes.push(note);
        let mut by_part: BTreeMap<Part, Vec<&str>> = BTreeMap::new();
        for (_, words, part) in &self.places {
            by_part.entry(*part).or_default().push(words);
        }
        for (part, words) in by_part {
            notes.comment(part, format!("已有的数，请核对：{}", words.join("、")));
        }
    }
}

/// Finds the numbers of a text; makes X of them where they are to be figures.
fn figures(words: &mut Words, wish: &Wish, filled: &mut Filled) {
    let text = words.text.text();
    let scan = scanned(words, &Literals::default());
    let taken = scan.holes.iter().map(|hole| hole.range.clone()).chain(scan.faults.iter().map(|f| f.range.clone()));
    let mut taken: Vec<Range<usize>> = taken.collect();
    taken.sort_by_key(|range| range.start);
    let mut edits = Vec::new();
    let mut values = BTreeMap::new();
    let mut shorter = 0;
    for range in numbers(text, &taken) {
        let source = words.text.source(range.clone());
        if wish.figures_too && !wish.refused.contains(&source.start) {
            values.insert(range.start - shorter, text[range.clone()].to_owned());
            shorter += range.len() - 1;
            edits.push((range, "X".to_owned()));
            continue;
        }
        let before: Vec<char> = text[..range.start].chars().rev().take(4).take_while(|&c| is_hanzi(c)).collect();
        let after = &text[range.end..];
        let gap = after.len() - after.trim_start().len();
        let end = range.end + gap + unit(&after[gap..]).map_or(0, str::len);
        let phrase = before.into_iter().rev().collect::<String>() + &text[range.start..end];
        filled.places.push((source, phrase, words.part));
    }
    if !edits.is_empty() {
        words.text = words.text.edited(&edits);
        words.values = values;
    }
}

/// Finds what has a sign of a hole and is none: damaged numbers, masked persons, stars that are bold. It is kept at its
/// place by a backslash; where there can be none, before stars, the phrase is one of those that are given back.
fn literals(words: &mut [Words], notes: &mut Notes) -> Vec<String> {
    let mut literals: Vec<String> = Vec::new();
    for words in words {
        let mut kept = Vec::new();
        let text = words.text.text();
        let scan = scanned(words, &Literals::default());
        let mut tell = |phrase: &str, range: Range<usize>, zh: &str, en: &str| {
            let message = text!("“{phrase}”{zh}", "`{phrase}` {en}");
            notes.push(Note::in_part(Code::Guessed, message, words.text.source(range.clone()), words.part));
            if words.way == Way::Escaped || !text[range.clone()].contains(['*', '＊']) {
                kept.push(range);
            } else if !literals.iter().any(|known| known == phrase) {
                literals.push(phrase.to_owned());
            }
        };
        for fault in &scan.faults {
            let end = fault.range.end + right_word(&text[fault.range.end..]).map_or(0, str::len);
            let (zh, en) = match fault.kind {
                FaultKind::Damaged => (
                    "数字和 X 混在一起，照原样留着，请重写整个数字",
                    "mixes digits and X and stays as it is; write the whole number again",
                ),
                FaultKind::Ambiguous => (
                    "里的星号当作加粗或原文，不当作空",
                    "has stars that were taken for text or an emphasis, not for a hole",
                ),
            };
            tell(&text[fault.range.start..end], fault.range.clone(), zh, en);
        }
        for range in scan.holes.iter().map(|hole| hole.range.clone()) {
            const DEVICES: [&str; 4] = ["线机", "线摄影", "线检查", "线透视"];
            let device = DEVICES.iter().find(|device| text[range.end..].starts_with(**device));
            if is_argument(text, range.clone()) {
                let phrase = &text[range.start - 2..range.end + 1];
                tell(phrase, range, "是算式里的字母，照原样留着", "is a letter of a formula and stays as it is");
            } else if let Some(device) = device {
                let phrase = &text[range.start..range.end + device.len()];
                tell(phrase, range, "是固定的说法，照原样留着", "is a term of its own and stays as it is");
            } else if is_masked_person(text, range.clone()) {
                let surname = text[..range.start].chars().next_back().map_or(0, char::len_utf8);
                let phrase = &text[range.start - surname..range.end];
                tell(phrase, range, "是隐去的人名，照原样留着", "is a masked name and stays as it is");
            }
        }
        kept.sort_by_key(|range| range.start);
        words.kept = kept;
        tell_stars(words, &scan, notes);
    }
    literals
}

/// Tells of the stars that stay as they are.
fn tell_stars(words: &Words, scan: &Scan, notes: &mut Notes) {
    if words.way == Way::Markdown {
        return;
    }
    let text = words.text.text();
    let taken = scan.holes.iter().map(|hole| &hole.range).chain(scan.faults.iter().map(|fault| &fault.range));
    let taken: BTreeSet<usize> = taken.map(|range| range.start).collect();
    let runs = star_runs(text).texts;
    let left: Vec<&Range<usize>> = runs.iter().filter(|run| !taken.contains(&run.start)).collect();
    let (Some(first), Some(last)) = (left.first(), left.last()) else { return };
    let shown: String = text[first.start..].chars().take(12).collect();
    let shown = shown.split(CELL).next().unwrap_or_default();
    let message = text!(
        "“{shown}”这里的星号照原样留着；是空就改成 X",
        "the stars at `{shown}` stay as they are; where they are a hole, write X"
    );
    notes.push(Note::in_part(Code::Guessed, message, words.text.source(first.start..last.end), words.part));
}

/// Keeps `phrase` from being a hole wherever it stands as a word of its own.
fn keep_words(words: &mut [Words], phrase: &str, literals: &mut Vec<String>, notes: &mut Notes) {
    let mut first = None;
    for words in words {
        let text = words.text.text();
        if !text.contains(phrase) {
            continue;
        }
        let scan = scanned(words, &Literals::default());
        let years = scan.holes.iter().filter(|hole| hole.kind == Kind::Year);
        let years: BTreeSet<usize> = years.map(|hole| hole.range.start).collect();
        let found: Vec<Range<usize>> = text
            .match_indices(phrase)
            .map(|(at, found)| at..at + found.len())
            .filter(|range| !years.contains(&range.start))
            .filter(|range| {
                let is_inside = text[..range.start].ends_with(joins);
                !is_inside || words.kept.iter().any(|kept| kept.contains(&(range.start - 1)))
            })
            .collect();
        if let Some(range) = found.first() {
            first.get_or_insert_with(|| words.text.source(range.clone()));
        }
        if phrase.contains(['*', '＊']) && words.way != Way::Escaped {
            if !found.is_empty() && !literals.iter().any(|known| known == phrase) {
                literals.push(phrase.to_owned());
            }
            continue;
        }
        let mut all: Vec<Range<usize>> = std::mem::take(&mut words.kept).into_iter().chain(found).collect();
        all.sort_by_key(|range| range.start);
        for range in all {
            match words.kept.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => words.kept.push(range),
            }
        }
    }
    let message = text!("“{phrase}”不当作空，照原样留着", "`{phrase}` is no hole and stays as it is");
    notes.push(Note::new(Code::Guessed, message, first.unwrap_or(0..0)));
}

/// The x of `f(x)`.
fn is_argument(text: &str, hole: Range<usize>) -> bool {
    let before = text[..hole.start].strip_suffix('(');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()))
        && text[hole.end..].starts_with(')')
}

/// A row as Markdown has it, with the line under the head.
fn pipes(cells: &str, row: Row) -> String {
    let line = format!("| {} |", cells.replace('|', "\\|").replace(CELL, " | "));
    match row {
        Row::Head => format!("{line}\n|{}", "---|".repeat(cells.matches(CELL).count() + 1)),
        Row::Body => line,
    }
}

impl Texts {
    fn add(&mut self, words: &Words, scan: &Scan, first: bool) {
        let text = words.text.text();
        let ranges: Vec<Range<usize>> = scan.holes.iter().map(|hole| hole.range.clone()).collect();
        let origins = if words.is_copy { &mut self.copies } else { self.holes.entry(words.part).or_default() };
        origins.extend(ranges.iter().map(|range| Origin {
            source: words.text.source(range.clone()),
            turned: words.text.is_replaced(range.start),
            value: words.values.get(&range.start).cloned(),
        }));
        if words.is_copy {
            return;
        }
        let written = match (words.way, words.row) {
            (Way::Escaped, Some(row)) => pipes(&escape(text, &ranges, &words.kept).0, row),
            (Way::Escaped, None) => escape(text, &ranges, &words.kept).0.replace(CELL, "　"),
            (Way::Plain | Way::Markdown, _) => match &words.picture {
                Some(file) => format!("![{}]({file})", keep(text, &words.kept)),
                None => keep(text, &words.kept),
            },
        };
        // A table and a picture stand apart from the paragraphs round them.
        let parts = match words.row {
            Some(Row::Head) => true,
            Some(Row::Body) => false,
            None => words.picture.is_some() || self.apart == Some(words.part),
        };
        self.apart = (words.row.is_some() || words.picture.is_some()).then_some(words.part);
        let part = self.parts.entry(words.part).or_default();
        if first {
            part.clear();
        } else {
            part.push('\n');
            // Latin words at a line's end and the next one's start would be one paragraph.
            let is_latin = |c: Option<char>| c.is_some_and(|c| !is_hanzi(c) && !"。！？；：，、”’）》".contains(c));
            if parts
                || is_latin(part.trim_end().chars().next_back())
                    && is_latin(written.chars().next())
                    && words.row.is_none()
                    && !written.starts_with("[^")
            {
                part.push('\n');
            }
        }
        if let Some(depth) = words.item {
            *part += &"  ".repeat(usize::from(depth) - 1);
            *part += "- ";
        }
        *part += &written;
    }
}
