//! Names of places and offices beside the words of a text.

use std::ops::Range;

use super::{Filled, Read, Replacement};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manifest::Located;
use crate::placeholder::{Joint, is_blank, joined, joint, misfit};
use crate::text;

/// A figure whose value has a word of its own in the place of one of the text: 松岭乡 for `XXX镇`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// Number of the figure.
    pub figure: usize,
    /// The word of the text.
    pub word: String,
    /// The word that is printed.
    pub own: String,
    /// At how many places.
    pub places: usize,
}

/// How a name goes into a text.
pub(super) struct Joined {
    /// What the hole prints.
    pub(super) name: String,
    /// The stretch of the text that its own word takes, and that word.
    pub(super) own: Option<(Range<usize>, &'static str)>,
}

/// `name`, which the author wrote as `written`, in the place `hole` of `text`; none where it can't be, which is reported.
/// `tail` are the words of the key after the place's: 人民政府 of `XXX镇人民政府`.
///
/// Of several names, joined by 、, the text goes on from the last.
pub(super) fn join(
    text: &str,
    hole: &Range<usize>,
    name: &str,
    tail: &str,
    written: &Located,
    diags: &mut Diagnostics,
) -> Option<Joined> {
    let after = text[hole.end..].trim_start_matches(|c| is_blank(c) || matches!(c, '*' | '_' | '`'));
    let start = text.len() - after.len();
    let (others, name) = name.rfind('、').map_or(("", name), |at| name.split_at(at + '、'.len_utf8()));
    let without = Some(tail).filter(|tail| !tail.is_empty()).and_then(|tail| name.strip_suffix(tail));
    let without = without.map(|name| joint(name, after)).filter(|joint| matches!(joint, Joint::Own { .. }));
    let last = without.unwrap_or_else(|| joint(name, after));
    let fit = beyond(others, after).unwrap_or(last);
    let others = together(others, last, after);
    match fit {
        Joint::Bare => Some(Joined { name: others + name, own: None }),
        Joint::Other { word } => {
            diags.push(other_level(name, word, written));
            Some(Joined { name: others + name, own: None })
        }
        Joint::Same(name) => Some(Joined { name: others + name, own: None }),
        Joint::Own { name: bare, own, word } => {
            if let Some((lacks, has)) = misfit(own, &after[word.len()..]) {
                diags.push(no_such_office(&format!("{bare}{own}"), lacks, has, written));
            }
            Some(Joined { name: others + bare, own: Some((start..start + word.len(), own)) })
        }
        Joint::Beyond(place) => {
            diags.push(office_for_place(place, written));
            None
        }
    }
}

/// The first of the names before the last that is more than a name.
fn beyond<'n>(others: &'n str, after: &str) -> Option<Joint<'n>> {
    others.split('、').map(|name| joint(name, after)).find(|joint| matches!(joint, Joint::Beyond(_)))
}

/// The names before the last, each with its 、. They share the word of the text, 青石、柳林镇, unless one of all brings
/// its own: then each has one, 松岭乡、柳林镇、城关街道.
fn together(others: &str, last: Joint<'_>, after: &str) -> String {
    let word = |joint| if let Joint::Own { word, .. } = joint { Some(word) } else { None };
    let own = others.split('、').map(|name| joint(name, after)).chain([last]).find_map(word);
    let Some(word) = own else { return others.to_owned() };
    others.split_terminator('、').map(|name| joined(name, word) + "、").collect()
}

fn office_for_place(place: &str, written: &Located) -> Diagnostic {
    let name = written.text().trim();
    Diagnostic::new(
        Code::OfficeForPlace,
        text!(
            "“{name}”比这一处要的名称多，后面还会印正文里的字",
            "`{name}` is more than the name that the text goes on from"
        ),
    )
    .at(written.whole())
    .help(text!("只写名称：{place}", "write the name alone: {place}"))
    .help(text!(
        "这一处要的就是它，正文里写成 X{{单位}}，删去后面的字，另给“单位”一个值",
        "where all of it is meant, write X{{office}} in the text without the words after it, and give `office` a value"
    ))
}

fn other_level(name: &str, word: &str, written: &Located) -> Diagnostic {
    Diagnostic::new(
        Code::NoSuchOffice,
        text!("正文接着写的是“{word}”，印出来是“{name}{word}”", "the text goes on: it prints `{name}{word}`"),
    )
    .at(written.whole())
    .help(text!(
        "这里要的是{word}的名称；就是这个地方的，正文这一处写成 X{{地方}}，另给“地方”一个值",
        "the text wants the name of a {word}; if this place is meant, write X{{place}} there in the text, and give `place` \
         a value"
    ))
}

fn no_such_office(place: &str, lacks: &str, has: &str, written: &Located) -> Diagnostic {
    Diagnostic::new(
        Code::NoSuchOffice,
        text!("正文接着写的是“{lacks}”，印出来是“{place}{lacks}”", "the text goes on: it prints `{place}{lacks}`"),
    )
    .at(written.whole())
    .help(text!(
        "这类地方的机关叫{has}：正文这一处写成 X{{单位}}，另给“单位”一个值",
        "such a place has {has}: write X{{office}} there in the text, and give `office` a value"
    ))
}

/// The own words among the replacements of all texts, by figure.
pub(super) fn own_words(texts: &[Read<'_>], fields: &[Filled<'_>]) -> Vec<OwnWord> {
    let mut out: Vec<OwnWord> = Vec::new();
    for (read, field) in texts.iter().zip(fields) {
        let text = field.field.text.text();
        for replacement in &field.replacements {
            let is_hole =
                read.scan.holes.binary_search_by_key(&replacement.range.start, |hole| hole.range.start).is_ok();
            let (Some(figure), false) = (replacement.figure, is_hole) else { continue };
            let (word, own) = (&text[replacement.range.clone()], &replacement.text);
            match out.iter_mut().find(|known| known.figure == figure && known.word == word && known.own == *own) {
                Some(known) => known.places += 1,
                None => out.push(OwnWord { figure, word: word.to_owned(), own: own.clone(), places: 1 }),
            }
        }
    }
    out
}

/// The replacements that print a name in a hole.
pub(super) fn replacements(hole: &Range<usize>, joined: Joined, figure: usize) -> Vec<Replacement> {
    let replace = |range, text| Replacement { range, text, gap: None, figure: Some(figure) };
    let own = joined.own.map(|(range, own)| replace(range, own.to_owned()));
    std::iter::once(replace(hole.clone(), joined.name)).chain(own).collect()
}
