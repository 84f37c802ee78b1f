//! What is wrong with markers and keys.

use std::collections::{BTreeMap, BTreeSet};

use super::named::Named;
use super::{KeyRead, Read, Work};
use crate::diag::near;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit};
use crate::manifest::{Figure, Given, Located, Manifest};
use crate::placeholder::{FaultKind, HOLE, Scope, TooMany, right_word};
use crate::source::Span;
use crate::text;

/// At most so many places of a key are shown.
const SHOWN_PLACES: usize = 4;
/// A key that fills nothing is compared with the text, unless there are too many of them.
const MOST_COMPARED: usize = 50;

/// What all values together may come to in print, in bytes: as much as a file may have. One value that fills many
/// places can be long and they can be many, and the report would be as long as both together.
const MOST_PRINTED: usize = 16 * 1024 * 1024;

/// Keys that can't be matched.
pub(super) fn too_many(figures: &[Figure], excess: &TooMany) -> Diagnostic {
    match excess {
        TooMany::Keys(error) => Diagnostic::new(
            Code::LimitExceeded,
            text!("指标太多，无法查找：{error}", "too many figures to look for: {error}"),
        ),
        TooMany::Places { key } => {
            let name = figures[*key].key.text();
            Diagnostic::new(
                Code::LimitExceeded,
                text!(
                    "“{name}”等指标互相重叠，可填的地方超过二百万处",
                    "`{name}` and other figures overlap at over two million places"
                ),
            )
            .at(figures[*key].key.whole())
        }
    }
}

/// The value that makes the report longer than any report is.
pub(super) fn swollen(work: &Work<'_, '_>, named: &Named) -> Option<Diagnostic> {
    let mut printed: usize = 0;
    let places = work.claims.filled.iter().map(|place| place.key).chain(named.figures().map(|(.., figure)| figure));
    let index = places.into_iter().find(|&index| {
        printed = printed.saturating_add(length(&work.ledger.value(index).value));
        printed > MOST_PRINTED
    })?;
    let name = work.manifest.figures[index].key.text();
    Some(
        Diagnostic::new(
            Code::LimitExceeded,
            text!("“{name}”填到各处，全文会超过 16 MB", "with `{name}` in all of its places the report is over 16 MB"),
        )
        .at(work.manifest.figures[index].key.whole()),
    )
}

/// About how many bytes a value takes in print, but for numbers and dates, which are never long.
fn length(given: &Given) -> usize {
    match given {
        Given::Text(text) => text.text().len(),
        Given::List(names, _) => names.iter().map(|name| name.text().len() + "、".len()).sum(),
        Given::Several(items) => items.iter().map(|item| length(&item.value)).sum(),
        Given::Number(_) | Given::Date(_) | Given::Missing | Given::Faulty => 0,
    }
}

/// Damaged numbers and ambiguous stars of the texts.
pub(super) fn markers(texts: &[Read<'_>], diags: &mut Diagnostics) {
    for read in texts {
        let source = read.field.text;
        for fault in &read.scan.faults {
            let marker = &source.text()[fault.range.clone()];
            let span = source.span(fault.range.clone());
            diags.push(match fault.kind {
                FaultKind::Damaged => Diagnostic::new(
                    Code::DamagedNumber,
                    text!("“{marker}”数字和 X 混在一起", "`{marker}` mixes digits and X"),
                )
                .at(span)
                .help(text!(
                    "重新写出整个数字，或者整个换成 X；要原样保留，就在 [placeholders] 下写 literal = [\"{marker}\"]",
                    "write the whole number again, or X for all of it; to keep it, write literal = [\"{marker}\"] under [placeholders]"
                )),
                FaultKind::Ambiguous => {
                    let after = &source.text()[fault.range.end..];
                    let word = right_word(after).unwrap_or_default();
                    Diagnostic::new(
                        Code::AmbiguousMarker,
                        text!("“{marker}”是空还是加粗，分不清", "`{marker}` may be a hole or an emphasis"),
                    )
                    .at(span)
                    .help(text!("是空就写成 X；要印星号就写成 \\*", "write X for a hole, \\* for an asterisk"))
                    .help(text!(
                        "是加粗，就在 [placeholders] 下写 literal = [\"{marker}{word}\"]",
                        "for bold, write literal = [\"{marker}{word}\"] under [placeholders]"
                    ))
                }
            });
        }
    }
}

/// Keys that are the same phrase in the same table. The later one is ignored from then on.
pub(super) fn duplicates(figures: &[Figure], keys: &[KeyRead], diags: &mut Diagnostics) -> Vec<bool> {
    let mut first: BTreeMap<(Scope, &str), usize> = BTreeMap::new();
    let mut ignored = vec![false; figures.len()];
    for (index, (figure, key)) in figures.iter().zip(keys).enumerate() {
        let phrase = if key.phrase.hole_count() > 0 { key.phrase.text() } else { figure.phrase() };
        let earlier = *first.entry((figure.scope, phrase)).or_insert(index);
        if earlier != index {
            ignored[index] = true;
            let name = figure.key.text();
            diags.push(
                Diagnostic::new(Code::DuplicateFigure, text!("“{name}”写了两次", "`{name}` is given twice"))
                    .at(figure.key.whole())
                    .label(figures[earlier].key.whole(), text!("第一次在这里", "first given here"))
                    .help(text!("X 的多少不算区别，只留一个", "the number of X makes no difference; keep one of them")),
            );
        }
    }
    names(figures, keys, diags);
    ignored
}

/// Names that two figures of a table have: as `id`, or as a key without a hole. `X{name}` takes the first.
fn names(figures: &[Figure], keys: &[KeyRead], diags: &mut Diagnostics) {
    let mut first: BTreeMap<(Scope, &str), (usize, &Located)> = BTreeMap::new();
    for (index, (figure, _)) in figures.iter().zip(keys).enumerate().filter(|(_, (_, key))| key.scan.holes.is_empty()) {
        first.entry((figure.scope, figure.phrase())).or_insert((index, &figure.key));
    }
    for (index, figure) in figures.iter().enumerate() {
        let Some(id) = &figure.id else { continue };
        let name = id.text();
        let (owner, earlier) = *first.entry((figure.scope, name)).or_insert((index, id));
        if owner != index {
            diags.push(
                Diagnostic::new(
                    Code::DuplicateFigure,
                    text!("两个指标都叫“{name}”", "two figures are called `{name}`"),
                )
                .at(id.whole())
                .label(earlier.whole(), text!("另一个", "the other one"))
                .help(text!("给其中一个换个名字", "give one of them another name")),
            );
        }
    }
}

/// Places that two keys claim alike.
pub(super) fn rivals(work: &Work<'_, '_>, diags: &mut Diagnostics) {
    for rivals in &work.claims.rivals {
        let read = &work.texts[rivals.first.passage];
        let (first, second) = (&work.manifest.figures[rivals.first.key], &work.manifest.figures[rivals.second.key]);
        let names = (first.key.text(), second.key.text());
        diags.push(
            Diagnostic::new(
                Code::AmbiguousFigure,
                text!("这一处“{}”和“{}”都能填", "both `{}` and `{}` fit this hole", names.0, names.1),
            )
            .at(read.field.text.span(work.range(&rivals.first)))
            .label(first.key.whole(), text!("其一", "one"))
            .label(second.key.whole(), text!("其二", "the other"))
            .help(text!("把其中一个写长一些，多抄几个字", "make one of them longer by some words of the text")),
        );
    }
}

/// Keys that fill several places unasked, and the office's own name where a neighbour's belongs.
pub(super) fn repeated(work: &Work<'_, '_>, diags: &mut Diagnostics) {
    for (index, places) in work.places() {
        let figure = &work.manifest.figures[index];
        if places.len() < 2 {
            continue;
        }
        let own = places.iter().any(|place| work.texts[place.passage].field.part.names_the_office());
        if own || figure.repeat {
            for place in places {
                let read = &work.texts[place.passage];
                let range = work.range(place);
                let before = read.field.text.text()[..range.start].chars().next_back();
                if before.is_some_and(|c| "接邻临与界".contains(c)) {
                    let name = figure.key.text();
                    diags.push(
                        Diagnostic::new(
                            Code::NeighbourRepeat,
                            text!(
                                "这一处像是邻近地方的名字，却填了“{name}”",
                                "this seems to be a neighbour's name, but `{name}` fills it"
                            ),
                        )
                        .at(read.field.text.span(range))
                        .help(text!(
                            "是别处就写成 X{{邻镇}}，另给一个值",
                            "write X{{neighbour}} for another place and give it its own value"
                        )),
                    );
                }
            }
            continue;
        }
        let name = figure.key.text();
        let n = places.len();
        let span = |place: &crate::placeholder::Occurrence| {
            let read = &work.texts[place.passage];
            read.field.text.span(work.range(place))
        };
        let fault = Diagnostic::new(Code::RepeatedFigure, text!("“{name}”填了 {n} 处", "`{name}` fills {n} places"))
            .at(figure.key.whole());
        let fault = places
            .iter()
            .take(SHOWN_PLACES)
            .fold(fault, |fault, place| fault.label(span(place), text!("填在这里", "filled here")));
        let fault = fault
            .help(text!("各处数字不同，就多抄几个字分开写", "if the numbers differ, make a longer key for each place"));
        let same = |line: &str| text!("确是同一个数，就写成：{line}", "if it is one number, write: {line}");
        diags.push(match repeat_edit(work.manifest, figure) {
            Some(edit) => fault.fix(same(&edit.text), vec![edit]),
            None => fault.help(same("{ value = …, repeat = true }")),
        });
    }
}

/// The edit that lets a figure repeat, where its value is a plain one on one line.
fn repeat_edit(manifest: &Manifest, figure: &Figure) -> Option<Edit> {
    if manifest.owner.is_table() {
        return None;
    }
    let value = match &figure.value.value {
        Given::Number(number) => number.to_string(),
        Given::Text(text) => crate::manifest::quote(text.text()),
        Given::Missing | Given::Faulty | Given::Date(_) | Given::Several(_) | Given::List(..) => return None,
    };
    // In a table of its own the value's place is not the whole of the figure.
    figure
        .declaration
        .is_none()
        .then(|| Edit { span: figure.value.span, text: format!("{{ value = {value}, repeat = true }}") })
}

/// Keys that fill nothing.
pub(super) fn unused(work: &Work<'_, '_>, named: &Named, ignored: &[bool], diags: &mut Diagnostics) {
    let placed = work.places();
    let rivals: BTreeSet<usize> = work.claims.rivals.iter().flat_map(|r| [r.first.key, r.second.key]).collect();
    let filled: BTreeSet<(usize, usize)> =
        work.claims.filled.iter().flat_map(|place| place.holes.clone().map(|hole| (place.passage, hole))).collect();
    let mut compared = 0;
    for (index, figure) in work.manifest.figures.iter().enumerate() {
        if ignored[index] || placed.contains_key(&index) || named.uses(index) || rivals.contains(&index) {
            continue;
        }
        let reader = work.ledger.reader(index);
        if reader.is_some() && work.keys[index].scan.holes.is_empty() {
            continue;
        }
        // What a template has and this report leaves out is no fault of either.
        let Some(key) = work.manifest.owner.key(&figure.key) else { continue };
        let name = figure.key.text();
        let fault = Diagnostic::new(
            Code::UnusedFigure,
            text!("“{name}”在正文里没有地方填", "`{name}` fills nothing in the text"),
        )
        .at(key);
        if key != figure.key.whole() {
            let declared = text!("模板里的这一项", "this one of the template");
            diags.push(fault.label(figure.key.whole(), declared).help(text!(
                "模板的这一句没有印出来；删去这一项",
                "the sentence of the template is not printed; leave the figure out"
            )));
            continue;
        }
        if let Some(&winner) = work.claims.beaten.get(&index) {
            let winner = &work.manifest.figures[winner];
            let other = winner.key.text();
            diags.push(fault.label(
                winner.key.whole(),
                text!("它的位置由更具体的“{other}”填了", "`{other}`, which says more, fills its place"),
            ));
            continue;
        }
        if work.keys[index].scan.holes.is_empty() {
            diags.push(fault.help(text!(
                "指标名要照抄正文里带 X 的短语；没有 X 的名字填正文里的 X{{{name}}}",
                "a key copies the phrase of the text with its X; a key without X fills X{{{name}}}"
            )));
            continue;
        }
        let fault = match reader {
            Some(_) => fault.help(text!(
                "只供计算、不印出来的数，指标名里不写 X",
                "a figure that is only calculated with has no X in its key"
            )),
            None => fault,
        };
        compared += 1;
        let near = (compared <= MOST_COMPARED).then(|| nearest(work, index, &filled)).flatten();
        diags.push(match near {
            Some((phrase, span)) => {
                let help =
                    text!("正文里写的是“{phrase}”，是不是这一处？", "the text has `{phrase}`; is that the place?");
                // A phrase of one hole for a key of several would change what its values mean.
                let edit = (work.keys[index].phrase.hole_count() == 1)
                    .then(|| figure.key.edit(figure.phrase..name.len(), &phrase))
                    .flatten();
                let fault = fault.label(span, text!("这里", "here"));
                let fault = near::told_apart(figure.phrase(), &phrase).into_iter().fold(fault, Diagnostic::help);
                match edit {
                    Some(edit) => fault.fix(help, vec![edit]),
                    None => fault.help(help),
                }
            }
            None => fault.help(text!(
                "照抄正文里的短语，连同 X；不要了就删去这一行",
                "copy the phrase of the text, with its X; delete the line if it is not wanted"
            )),
        });
    }
}

/// The open hole whose words are most like those of a key: its phrase, and its place.
fn nearest(work: &Work<'_, '_>, index: usize, filled: &BTreeSet<(usize, usize)>) -> Option<(String, Span)> {
    let figure = &work.manifest.figures[index];
    let key = &work.keys[index];
    let hole = key.phrase.hole(0)?;
    let phrase = key.phrase.text();
    if near::is_long(phrase) {
        return None;
    }
    let (before, after) = (phrase[..hole].chars().count(), phrase[hole..].chars().count() - 1);
    let mut best: Option<(f64, String, Span)> = None;
    for (number, read) in work.texts.iter().enumerate() {
        if !super::reaches(figure.scope, read.field.scope()) {
            continue;
        }
        for (hole, placeholder) in read.scan.holes.iter().enumerate() {
            let Some(at) = read.phrase.hole(hole).filter(|_| !filled.contains(&(number, hole))) else { continue };
            let text = read.phrase.text();
            let start = text[..at]
                .char_indices()
                .rev()
                .take(before)
                .take_while(|&(_, c)| c != '\n')
                .last()
                .map_or(at, |(i, _)| i);
            let right = &text[at + HOLE.len_utf8()..];
            let end = right
                .char_indices()
                .take(after)
                .take_while(|&(_, c)| c != '\n')
                .last()
                .map_or(0, |(i, c)| i + c.len_utf8());
            let window = &text[start..at + HOLE.len_utf8() + end];
            let likeness = near::likeness(phrase, window);
            if likeness >= 0.5 && best.as_ref().is_none_or(|(most, ..)| likeness > *most) {
                let source = read.field.text.text();
                let marker = &source[placeholder.range.clone()];
                let suggestion = window.replacen(HOLE, marker, 1);
                best = Some((likeness, suggestion, read.field.text.span(placeholder.range.clone())));
            }
        }
    }
    best.filter(|(_, suggestion, _)| !suggestion.contains(HOLE)).map(|(_, suggestion, span)| (suggestion, span))
}
