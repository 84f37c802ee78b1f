//! Which figure each gap of a draft is for, and what was typed into it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::Lines;
use crate::diag::{Code, Diagnostic, Text};
use crate::doc::{Missing, Shape};
use crate::manifest::{Answer, AnswerValue, Located, TypedFault, is_pending};
use crate::source::Span;
use crate::text;
use crate::write::docx::gaps::{bookmark, tag};

/// A hole: the number of its figure among those that are missing, and which of the figure's holes.
type Hole = (usize, usize);

/// What was typed into a draft.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) answers: Vec<Answer>,
    /// Those for holes that have first to be given a name, so that the report can't take them yet.
    pub(super) unnamed: Vec<Answer>,
    pub(super) faults: Vec<TypedFault>,
    /// Every gap of the draft, filled or not: its place and its hole, in order.
    pub(super) gaps: Vec<(Range<usize>, Hole)>,
}

/// Finds the figures of the gaps of `lines`. `missing` are those that the report asks for.
pub(super) fn find(lines: &Lines, missing: &[Missing]) -> Found {
    let mut by_tag: BTreeMap<String, Hole> = BTreeMap::new();
    let mut by_bookmark: BTreeMap<String, Hole> = BTreeMap::new();
    let mut by_alias: BTreeMap<&str, Option<Hole>> = BTreeMap::new();
    for (number, figure) in missing.iter().enumerate() {
        for hole in 0..figure.shape.holes() {
            let tag = tag(figure, hole);
            by_bookmark.insert(bookmark(&tag), (number, hole));
            by_tag.insert(tag, (number, hole));
        }
        // A title tells a figure only if it is the one of its title, and has one hole.
        let alone = (figure.shape.holes() == 1).then_some((number, 0));
        by_alias.entry(&figure.key).and_modify(|hole| *hole = None).or_insert(alone);
    }
    let mut found = Found::default();
    let mut gaps: BTreeMap<(usize, usize), Hole> = BTreeMap::new();
    // LibreOffice drops tags, and may begin the bookmark inside the control: their words are the same.
    for mark in &lines.bookmarks {
        let name = mark.name.rsplit_once('_').map(|(name, _)| format!("{name}_"));
        match name.as_ref().and_then(|name| by_bookmark.get(name)) {
            Some(&hole) => {
                gaps.insert((mark.range.start, mark.range.end), hole);
            }
            None => unasked(lines, &mark.range, &mut found),
        }
    }
    for control in &lines.controls {
        let (tag, alias) = (control.name.tag.as_deref(), control.name.alias.as_deref());
        let hole = tag
            .and_then(|tag| by_tag.get(tag).copied())
            .or_else(|| by_alias.get(alias.filter(|_| tag.is_none())?).copied().flatten());
        if let Some(hole) = hole {
            gaps.entry((control.range.start, control.range.end)).or_insert(hole);
        }
    }
    found.gaps = gaps.into_iter().map(|((start, end), hole)| (start..end, hole)).collect();
    let mut typed: Vec<BTreeMap<usize, Vec<Range<usize>>>> = vec![BTreeMap::new(); missing.len()];
    for (range, (figure, hole)) in &found.gaps {
        if is_typed(lines.words(range)) {
            typed[*figure].entry(*hole).or_default().push(trimmed(lines, range));
        }
    }
    for (figure, typed) in missing.iter().zip(typed) {
        let mut holes: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        for (hole, places) in typed {
            let Some(first) = places.first().cloned() else { continue };
            let words = lines.words(&first);
            if let Some(other) = places.iter().find(|place| lines.words(place) != words) {
                let (key, other_words) = (&figure.key, lines.words(other));
                let message = text!(
                    "“{key}”填了两种：“{words}”和“{other_words}”",
                    "`{key}` has two values: `{words}` and `{other_words}`"
                );
                found.faults.push(TypedFault {
                    fault: Diagnostic::new(Code::ConflictingAnswers, message)
                        .help(text!("改成一样的，或者只填一处", "make them the same, or fill one alone")),
                    places: vec![
                        (other.clone(), Text::default()),
                        (first.clone(), text!("这里不一样", "another value here")),
                    ],
                });
            }
            holes.insert(hole, first);
        }
        let answer = |value| Answer { key: figure.key.clone(), scope: figure.scope, figure: figure.figure, value };
        let answers = if figure.unnamed { &mut found.unnamed } else { &mut found.answers };
        match value(figure.shape, &holes) {
            Some(value) => answers.push(answer(value)),
            None => found.faults.extend(partly(&figure.key, figure.shape.holes(), &holes)),
        }
    }
    found
}

/// The fault of a figure of several holes of which only some were filled: it is not collected.
fn partly(key: &str, count: usize, filled: &BTreeMap<usize, Range<usize>>) -> Option<TypedFault> {
    let place = filled.values().next()?.clone();
    let given = filled.len();
    let message = text!(
        "“{key}”有 {count} 个空，只填了 {given} 个，没有收",
        "`{key}` has {count} holes, of which {given} are filled; it was not collected"
    );
    let fault = Diagnostic::new(Code::UnaskedAnswer, message).help(text!("把其余的空也填上", "fill the others, too"));
    Some(TypedFault { fault, places: vec![(place, Text::default())] })
}

/// The value that was typed; none while holes that it needs are open.
fn value(shape: Shape, typed: &BTreeMap<usize, Range<usize>>) -> Option<AnswerValue> {
    match shape {
        Shape::One => Some(AnswerValue::One(typed.get(&0)?.clone())),
        Shape::Several(holes) => {
            let all: Option<Vec<_>> = (0..holes).map(|hole| typed.get(&hole).cloned()).collect();
            Some(AnswerValue::Several(all?))
        }
        // A list may have fewer names than the text has holes.
        Shape::List { names, counted } => {
            let count = if counted { typed.get(&names).cloned() } else { None };
            let names: Vec<_> = typed.range(..names).map(|(_, range)| range.clone()).collect();
            (!names.is_empty()).then_some(AnswerValue::List(names, count))
        }
    }
}

/// A gap that was filled, and that the report does not ask for.
fn unasked(lines: &Lines, range: &Range<usize>, found: &mut Found) {
    let words = lines.words(range);
    if !is_typed(words) {
        return;
    }
    let words = words.trim();
    let message =
        text!("填的“{words}”没有收：报告里已经没有这个空", "`{words}` was not collected: the report has no such gap");
    found.faults.push(TypedFault {
        fault: Diagnostic::new(Code::UnaskedAnswer, message),
        places: vec![(trimmed(lines, range), Text::default())],
    });
}

/// Whether something was typed: neither the hole as it was, nor Word's own prompt for an empty control.
fn is_typed(words: &str) -> bool {
    let words = words.trim();
    let is_prompt =
        ["单击或点击此处输入", "单击此处输入", "点击此处输入", "Click or tap here to enter", "Click here to enter"]
            .iter()
            .any(|prompt| words.starts_with(prompt));
    !is_prompt && !is_pending(&Located::plain(words, Span::default()))
}

fn trimmed(lines: &Lines, range: &Range<usize>) -> Range<usize> {
    let words = lines.words(range);
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}
