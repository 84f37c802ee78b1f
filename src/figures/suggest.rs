//! Rules that a text asks for by its words (勾稽关系), to be read, pasted and mended by hand: none is ever applied
//! unasked.
//!
//! A sentence is looked at by its holes in order, each with the words before it and its unit. Proposed is what its
//! words say outright, so that few proposals are wrong:
//!
//! | words | rule |
//! |---|---|
//! | 问题X个，已整改X个，正在整改X个 | the total is the sum of what is done and what is not |
//! | 排查隐患X处，其中重大隐患X处 | no part is more than the total |
//! | 党员X名，其中女党员X名，占X% | the share is part by total |
//! | 应整改X个，已整改X个，整改率X% | the rate is done by due |
//! | 收入X万元，上年同期X万元，同比增长X% | the growth is that of the two |

use std::collections::BTreeSet;

use super::{Row, Sentence};
use crate::diag::{Lang, Text};
use crate::doc::Shape;
use crate::fill::{Fill, Place};
use crate::manifest::{Manifest, quote};
use crate::placeholder::{Scope, is_blank, is_hanzi, unit};
use crate::text;

/// At most so many hanzi before a hole are read.
const REACH: usize = 16;
/// The most hanzi of a verb.
const VERB: usize = 2;
/// Words of what is done.
const DONE: &[&str] = &["已", "完成", "办结", "实际", "实有", "实到", "到位"];
/// Words before what is not done yet.
const OPEN: &[&str] = &["正在", "尚未", "未", "待", "不"];
/// Words of what is left when the others are taken away.
const REST: &[&str] = &["剩余", "剩下", "其余", "余下"];
/// Words of what is to be done.
const DUE: &[&str] = &["应", "需", "计划", "目标", "任务", "全年", "总", "共"];
/// Words of the same time a year before.
const BEFORE: &[&str] = &["去年同期", "上年同期", "上年", "去年"];

/// A rule that the text asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The sentence that asks for it.
    pub sentence: String,
    /// A name that no other rule has.
    pub id: String,
    /// What must hold.
    pub check: String,
    /// What to say where it does not.
    pub message: Text,
}

/// A hole with one number in it.
#[derive(Clone, Copy)]
struct Hole<'h> {
    place: &'h Place,
    /// The hanzi right before it, in its own clause.
    before: &'h str,
    unit: &'h str,
    /// Whether 其中 stands between it and the hole before.
    among: bool,
    /// How a rule names it.
    name: &'h str,
}

/// The rules that the texts of a report ask for and that it does not have, in the order of the text.
///
/// `rows` are its figures, in the order of [`super::rows`].
pub fn suggest(manifest: &Manifest, fill: &Fill<'_>, rows: &[Row]) -> Vec<Proposal> {
    let known: BTreeSet<String> =
        manifest.rules.iter().filter_map(|rule| Some(rule.check.as_ref()?.parsed.to_string())).collect();
    let ids = manifest.rules.iter().filter_map(|rule| rule.id.as_ref()).map(|id| id.text().to_owned());
    let mut finder = Finder { fill, known, ids: ids.collect(), found: Vec::new() };
    let mut places: Vec<(&Row, &Place)> =
        rows.iter().flat_map(|row| row.places_in_text.iter().map(move |place| (row, place))).collect();
    places.sort_by_key(|(_, place)| (place.field, place.range.start));
    let names: Vec<String> = places.iter().map(|(row, _)| row.address.replace('"', "\"\"")).collect();
    let mut sentence: Vec<Hole<'_>> = Vec::new();
    let mut last: Option<&Place> = None;
    for ((row, place), name) in places.into_iter().zip(&names) {
        let text = fill.fields[place.field].field.text.text();
        let from = last.filter(|last| last.field == place.field && last.range.end <= place.range.start);
        let between = &text[from.map_or(0, |last| last.range.end)..place.range.start];
        if from.is_none() || between.contains(['。', '；', '！', '？', '\n']) {
            finder.sentence(&std::mem::take(&mut sentence));
        }
        last = Some(place);
        let after = text[place.range.end..].trim_start_matches(is_blank);
        let clause = between.rsplit(|c: char| !is_hanzi(c)).next().unwrap_or_default();
        let start = clause.char_indices().rev().take(REACH).last().map_or(0, |(at, _)| at);
        let is_one = row.shape == Shape::One && !row.named && !row.is_date;
        // A hole of a section without a name is none that a rule could speak of.
        let is_named = matches!(row.scope, Scope::Report) || row.address.contains('>');
        let unit = unit(after).filter(|unit| !matches!(*unit, "年" | "月" | "日")).unwrap_or_default();
        if is_one && is_named && !unit.is_empty() {
            let among = between.contains("其中");
            sentence.push(Hole { place, before: &clause[start..], unit, among, name });
        }
    }
    finder.sentence(&sentence);
    finder.found
}

struct Finder<'f, 'a> {
    fill: &'f Fill<'a>,
    /// Rules that are there already, as they are printed.
    known: BTreeSet<String>,
    ids: BTreeSet<String>,
    found: Vec<Proposal>,
}

impl Finder<'_, '_> {
    /// Looks at the holes of one sentence.
    fn sentence(&mut self, holes: &[Hole<'_>]) {
        // Until which hole a total has been told apart.
        let mut summed = 0;
        for at in 0..holes.len() {
            if at >= summed {
                summed = self.sum(holes, at).unwrap_or(summed);
            }
            self.part(holes, at);
            if matches!(holes[at].unit, "%" | "％") {
                self.growth(holes, at).or_else(|| self.rate(holes, at)).or_else(|| self.share(holes, at));
            }
        }
    }

    /// 问题X个，已整改X个，正在整改X个. Returns the hole after the last part.
    fn sum<'h>(&mut self, holes: &[Hole<'h>], at: usize) -> Option<usize> {
        let total = holes[at];
        if State::of(total.before).is_some() {
            return None;
        }
        let part = |hole: &Hole<'h>| State::of(hole.before).filter(|_| hole.unit == total.unit);
        let states: Vec<State<'h>> = holes[at + 1..].iter().map_while(part).collect();
        let parts = &holes[at + 1..][..states.len()];
        // Of two that are done, 已整改X个 and 已验收X个, one may hold the other; what is open makes them whole.
        let [done] = states.iter().filter_map(|state| state.done()).collect::<Vec<_>>()[..] else { return None };
        let is_one_matter = states.iter().all(|state| match state {
            // Who names another thing, 正在创建示范村, speaks of no part.
            State::Open(verb) => bare(verb).chars().count() <= VERB && verb.chars().any(|c| done.contains(c)),
            State::Done(_) | State::Rest => true,
        });
        if states.len() < 2 || bare(done).chars().count() > VERB || !is_one_matter {
            return None;
        }
        let sum: Vec<String> = parts.iter().map(named).collect();
        let check = format!("{} == {}", named(&total), sum.join(" + "));
        let last = parts.last()?;
        let message = text!("{done}数与总数对不上", "the parts do not add up to the total");
        self.propose(&total, last, &format!("{done}平衡"), check, message);
        Some(at + 1 + parts.len())
    }

    /// 排查隐患X处，其中重大隐患X处.
    fn part(&mut self, holes: &[Hole<'_>], at: usize) {
        let part = holes[at];
        let Some(total) = holes[..at].last().filter(|total| part.among && total.unit == part.unit) else { return };
        let is_whole = !matches!(State::of(total.before), Some(State::Open(_) | State::Rest));
        // What a total is said to be made of has its own rule.
        let summed = |found: &Proposal| found.check.starts_with(&format!("{} == ", named(total)));
        if is_whole && !self.found.last().is_some_and(summed) {
            let check = format!("{} <= {}", named(&part), named(total));
            let message = text!("其中数不能大于总数", "a part is more than its total");
            self.propose(total, &part, "其中数", check, message);
        }
    }

    /// 党员X名，其中女党员X名，占X%; 占总数的X%.
    fn share(&mut self, holes: &[Hole<'_>], at: usize) -> Option<()> {
        let share = holes[at];
        let of = share.before.rsplit_once('占')?.1;
        let is_of_all = matches!(of, "" | "比" | "比为" | "比达" | "总数的" | "总数" | "全部的" | "到" | "总数比例为");
        let (part, total) = (holes[..at].last()?, holes[..at].iter().rev().nth(1)?);
        // 占X% says of what only where the part was told from its total.
        if !is_of_all || part.unit != total.unit || !part.among {
            return None;
        }
        let check = format!("{} == {} / {} * 100", named(&share), named(part), named(total));
        let message = text!("占比与两个数对不上", "the share is not that of the two figures");
        self.propose(total, &share, "占比", check, message);
        Some(())
    }

    /// 应整改X个，已整改X个，整改率X%.
    fn rate(&mut self, holes: &[Hole<'_>], at: usize) -> Option<()> {
        let rate = holes[at];
        let head = ["率为", "率达到", "率达", "率"].iter().find_map(|end| rate.before.strip_suffix(end))?;
        let stem = last_hanzi(head, 2);
        let before = &holes[..at];
        let done =
            before.iter().rposition(|hole| is_done(hole.before) && (stem == "完成" || hole.before.contains(stem)))?;
        let due = before[..done].iter().rfind(|hole| hole.unit == before[done].unit)?;
        let is_due = holds(due.before, DUE) || State::of(due.before).is_none() && !due.before.is_empty();
        if stem.is_empty() || !is_due || is_done(due.before) {
            return None;
        }
        let check = format!("{} == {} / {} * 100", named(&rate), named(&before[done]), named(due));
        let message = text!("{stem}率与两个数对不上", "the rate is not that of the two figures");
        self.propose(due, &rate, &format!("{stem}率"), check, message);
        Some(())
    }

    /// 收入X万元，上年同期X万元，同比增长X%.
    fn growth(&mut self, holes: &[Hole<'_>], at: usize) -> Option<()> {
        let growth = holes[at];
        let falls = ["下降", "减少", "降低", "下降了", "减少了"].iter().any(|word| growth.before.ends_with(word));
        let grows =
            ["增长", "增加", "上升", "提高", "增长了", "增加了"].iter().any(|word| growth.before.ends_with(word));
        let [now, base] = holes[..at].get(at.checked_sub(2)?..)? else { return None };
        let is_year = ["同比", "较去年", "比去年", "较上年", "比上年"].iter().any(|word| growth.before.contains(word));
        let is_base = holds(base.before, BEFORE) && !holds(now.before, BEFORE);
        if !(falls || grows) || !is_year || !is_base || now.unit != base.unit {
            return None;
        }
        let (more, less) = if falls { (base, now) } else { (now, base) };
        let check = format!("{} == ({} - {}) / {} * 100", named(&growth), named(more), named(less), named(base));
        let message = text!("同比与两年的数对不上", "the growth is not that of the two years");
        self.propose(now, &growth, "同比", check, message);
        Some(())
    }

    /// Adds a rule between the figures of the holes from `first` to `last`, unless the report has it.
    fn propose(&mut self, first: &Hole<'_>, last: &Hole<'_>, id: &str, check: String, message: Text) {
        if !self.known.insert(check.clone()) {
            return;
        }
        let mut name = id.to_owned();
        for number in 2.. {
            if self.ids.insert(name.clone()) {
                break;
            }
            name = format!("{id}{number}");
        }
        let place = Place { range: first.place.range.start..last.place.range.end, ..first.place.clone() };
        let sentence = Sentence::around(self.fill, &place).text();
        self.found.push(Proposal { sentence, id: name, check, message });
    }
}

/// The figure of a hole as an expression names it.
fn named(hole: &Hole<'_>) -> String {
    format!("\"{}\"", hole.name)
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What words say of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State<'w> {
    /// 已整改: what is done.
    Done(&'w str),
    /// 正在整改, 未整改: what is not.
    Open(&'w str),
    /// 其余: what is left.
    Rest,
}

impl<'w> State<'w> {
    /// None where the words say neither.
    fn of(before: &'w str) -> Option<Self> {
        if holds(before, REST) {
            return Some(State::Rest);
        }
        let after = |word: &&str| before.rsplit_once(word).map(|(_, verb)| verb);
        // 接待X批 is no 待, and 未成年 no 未.
        if let Some(verb) = OPEN.iter().filter_map(after).min_by_key(|verb| verb.len()) {
            return Some(State::Open(verb)).filter(|_| !verb.is_empty());
        }
        if let Some(verb) = after(&"已").filter(|verb| !verb.is_empty()) {
            return Some(State::Done(verb));
        }
        ["完成", "办结", "合格", "满意"].into_iter().find(|word| before.contains(word)).map(State::Done)
    }

    fn done(self) -> Option<&'w str> {
        match self {
            State::Done(verb) => Some(verb),
            State::Open(_) | State::Rest => None,
        }
    }
}

/// Whether words say that something is done.
fn is_done(before: &str) -> bool {
    holds(before, DONE) && !matches!(State::of(before), Some(State::Open(_) | State::Rest))
}

/// A verb without what says that it came to its end: 整改完成.
fn bare(verb: &str) -> &str {
    ["完成", "到位", "结束", "完毕"].iter().find_map(|end| verb.strip_suffix(end)).unwrap_or(verb)
}

/// The last `n` hanzi.
fn last_hanzi(text: &str, n: usize) -> &str {
    text.char_indices().rev().nth(n - 1).map_or("", |(at, _)| &text[at..])
}

/// The proposals as TOML to paste, each under its sentence.
pub fn toml(proposals: &[Proposal], lang: Lang) -> String {
    let mut out = String::new();
    for Proposal { sentence, id, check, message } in proposals {
        let comment: String = sentence.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let check = if check.contains(['\'', '\\']) { quote(check) } else { format!("'{check}'") };
        let (id, message) = (quote(id), quote(message.get(lang)));
        if !out.is_empty() {
            out.push('\n');
        }
        out += &format!("# {comment}\n[[rule]]\nid = {id}\ncheck = {check}\nmessage = {message}\n");
    }
    out
}
