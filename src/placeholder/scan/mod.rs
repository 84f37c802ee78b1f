//! Finds the placeholders of a text.
//!
//! [`CLASSES`] is the table of the report format: at each place the classes are tried in order, and the
//! first that knows the place says what it is: text, a hole, or a fault.

mod stars;

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::signs::{is_box, is_digit, is_letter, is_ring, is_roman, is_star, is_ten, is_times, is_x};
use stars::Emphasis;

use super::words::{follows_star, is_blank, is_hanzi, right_word, unit};

/// A hole in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The whole marker, in bytes of the text.
    pub range: Range<usize>,
    /// What the marker tells of its value.
    pub kind: Kind,
}

/// What a marker tells of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `X`, `××`, `**`: nothing.
    Run,
    /// `X{name}`: which figure fills it.
    Named(String),
    /// `20XX`: a year of four digits, all of which are replaced.
    Year,
    /// `xx.xx`: a number with so many decimals.
    Decimal(usize),
}

/// A marker that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The marker, in bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Digits and X mixed (`1XX32元`), mostly by a replace-all.
    Damaged,
    /// Stars that are a hole or the end of an emphasis.
    Ambiguous,
}

/// What was found in a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The holes.
    pub holes: Vec<Placeholder>,
    /// Markers that are none.
    pub faults: Vec<Fault>,
    /// Places of the backslashes that kept an X as it is (`\X`): signs of the writing, not of the text.
    pub escapes: Vec<usize>,
}

/// The hole of a phrase that has one and no more.
pub fn only_hole(phrase: &str) -> Option<Placeholder> {
    let [hole] = <[Placeholder; 1]>::try_from(scan(phrase, &Literals::default()).holes).ok()?;
    Some(hole)
}

/// Phrases in which X is itself (`[placeholders] literal`).
#[derive(Clone, Debug, Default)]
pub struct Literals(Option<AhoCorasick>);

impl Literals {
    /// Makes the phrases ready to be found.
    pub fn new<S: AsRef<str>>(phrases: &[S]) -> Self {
        let phrases = phrases.iter().map(AsRef::as_ref).filter(|phrase| !phrase.is_empty());
        // The other kind, which few phrases would get by default, takes time in the square of a phrase's length.
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        let automaton = AhoCorasick::builder().kind(kind).match_kind(MatchKind::LeftmostLongest).build(phrases);
        // More phrases than an automaton can hold would be gigabytes of them; then none is kept apart.
        Literals(automaton.ok())
    }

    /// Where the phrases stand in `text`, in order.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.0.as_ref().map_or_else(Vec::new, |phrases| phrases.find_iter(text).map(|found| found.range()).collect())
    }
}

/// What a class says of a place.
enum What {
    Text,
    Escape,
    Hole(Kind),
    Fault(FaultKind),
}

/// An answer of a class: what stands there, and how many bytes it takes.
type Found = Option<(What, usize)>;

/// A class of the table.
type Class = fn(&Place<'_>) -> Found;

/// The classes of the report format, in the order in which they are tried.
const CLASSES: &[(&str, Class)] = &[
    ("escaped: \\X", escaped),
    ("named: X{town}", named),
    ("fixed terms: X光", fixed_term),
    ("Latin: XML, X7, iPhone X", latin),
    ("N+X: 1+X", plus),
    ("times: 5×3", times),
    ("mask: 138****1234", mask),
    ("open year: 20XX年", open_year),
    ("list number: 1.XXX", list_number),
    ("ID number: 33050219900101123X", id_number),
    ("damaged: 9596.X万元", damaged),
    ("decimal: xx.xx", decimal),
    ("rings: ○○, □□", rings),
    ("ten: Ⅹ个", ten),
    ("run: XXX, ××", run),
    ("stars: **镇", stars),
];

/// Finds the placeholders of `text`. Linear in its length.
pub fn scan(text: &str, literals: &Literals) -> Scan {
    let mut out = Scan::default();
    let mut kept = kept(text, literals).into_iter().peekable();
    let mut emphasis = Emphasis::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '\n' {
            emphasis.end_line(&mut out);
        }
        while kept.next_if(|range| range.start < at).is_some() {}
        if let Some(range) = kept.next_if(|range| range.start == at) {
            at = range.end;
            continue;
        }
        if !is_starter(c) {
            at += c.len_utf8();
            continue;
        }
        let place = Place::new(text, at, &emphasis);
        let (what, len) = CLASSES
            .iter()
            .find_map(|(_, class)| class(&place))
            .unwrap_or((What::Text, place.word.len().max(c.len_utf8())));
        debug_assert!(len > 0, "a class took nothing");
        let range = at..at + len.max(c.len_utf8());
        match what {
            What::Escape => out.escapes.push(at),
            What::Hole(kind) => {
                if is_star(c) {
                    emphasis.hole(range.clone(), text);
                }
                out.holes.push(Placeholder { range, kind });
            }
            What::Fault(kind) => {
                if is_star(c) {
                    emphasis.delimiter(range.clone(), text);
                }
                out.faults.push(Fault { range, kind });
            }
            What::Text if is_star(c) => emphasis.delimiter(range, text),
            What::Text => {}
        }
        at += len.max(c.len_utf8());
    }
    emphasis.end_line(&mut out);
    out.faults.sort_by_key(|fault| fault.range.start);
    out
}

/// What is text before any class is asked: code spans, and the phrases that the author named. In order; where
/// they overlap, the later begins inside the earlier.
fn kept(text: &str, literals: &Literals) -> Vec<Range<usize>> {
    let mut ranges = literals.find(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        ranges.extend(code_spans(line).into_iter().map(|span| start + span.start..start + span.end));
        start += line.len();
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// The code spans of a line (CommonMark 6.1): a run of backticks, to the next run of the very same length.
pub fn code_spans(line: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in line.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    let mut later: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate().rev() {
        later.entry(run.len()).or_default().push(index);
    }
    let mut index = 0;
    while let Some(open) = runs.get(index) {
        index += 1;
        let escaped = line[..open.start].ends_with('\\');
        let Some(same) = later.get_mut(&open.len()).filter(|_| !escaped) else { continue };
        while same.last().is_some_and(|&close| close < index) {
            same.pop();
        }
        if let Some(close) = same.pop() {
            ranges.push(open.start..runs[close].end);
            index = close + 1;
        }
    }
    ranges
}

/// Whether anything of the table can begin with `c`.
fn is_starter(c: char) -> bool {
    c == '\\' || c == '`' || is_word(c) || is_ring(c) || is_box(c) || is_ten(c) || is_star(c)
}

/// What a marker can be made of besides stars, rings and boxes.
fn is_word(c: char) -> bool {
    is_x(c) || is_times(c) || is_digit(c) || is_letter(c)
}

/// A place in the text, with what stands around it.
struct Place<'a> {
    text: &'a str,
    at: usize,
    /// Letters, digits, X and × from here on, with the points between digits and X.
    word: &'a str,
    emphasis: &'a Emphasis,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, at: usize, emphasis: &'a Emphasis) -> Self {
        let rest = &text[at..];
        let mut end = 0;
        let mut last = None;
        let mut points = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let joins = |c: char| is_digit(c) || is_x(c);
            let inner_point = c == '.' && last.is_some_and(joins) && chars.peek().is_some_and(|&(_, next)| joins(next));
            points += usize::from(inner_point);
            // No number has four points; without the limit `X.X.X…` would be read again at each X.
            if !is_word(c) && !inner_point || points > 3 {
                break;
            }
            end = i + c.len_utf8();
            last = Some(c);
        }
        Place { text, at, word: &rest[..end], emphasis }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// What follows the word.
    fn after(&self) -> &'a str {
        &self.rest()[self.word.len()..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn all(&self, test: impl Fn(char) -> bool) -> bool {
        !self.word.is_empty() && self.word.chars().all(test)
    }

    fn any(&self, test: impl Fn(char) -> bool) -> bool {
        self.word.chars().any(test)
    }

    /// One X and nothing else.
    fn is_single_x(&self) -> bool {
        self.all(is_x) && self.word.chars().nth(1).is_none()
    }

    /// The length of the stars that follow the word.
    fn stars_after(&self) -> usize {
        run_len(self.after(), is_star)
    }
}

/// Bytes of the run at the start of `text`.
fn run_len(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

/// Whether a word that a number or a name belongs to stands at the start of `text`, a blank aside.
fn has_right_word(text: &str) -> bool {
    right_word(text.trim_start_matches(is_blank)).is_some()
}

fn escaped(p: &Place<'_>) -> Found {
    let rest = p.rest().strip_prefix('\\')?;
    let next = rest.chars().next()?;
    if is_x(next) || is_times(next) || is_ring(next) || is_box(next) || is_ten(next) {
        return Some((What::Escape, 1 + run_len(rest, |c| c == next)));
    }
    // Markdown's own escapes (`\*`, `\\`) stay for Markdown to read.
    Some((What::Text, 1 + next.len_utf8()))
}

fn named(p: &Place<'_>) -> Found {
    let (name, _) = p.after().strip_prefix('{').filter(|_| p.all(is_x))?.split_once('}')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_name.then(|| (What::Hole(Kind::Named(name.to_owned())), p.word.len() + name.len() + 2))
}

fn fixed_term(p: &Place<'_>) -> Found {
    const TERMS: [&str; 5] = ["光", "射线", "线片", "染色体", "轴"];
    let after = p.after().trim_start_matches(is_blank);
    (p.is_single_x() && TERMS.iter().any(|term| after.starts_with(term))).then_some((What::Text, p.word.len()))
}

fn latin(p: &Place<'_>) -> Found {
    let mut chars = p.word.chars();
    let is_model = chars.next().is_some_and(is_x)
        && !chars.as_str().is_empty()
        && chars.all(is_digit)
        && !has_right_word(p.after());
    let before = &p.text[..p.at];
    let follows_word = p.is_single_x()
        && before.ends_with(' ')
        && before[..before.len() - 1].ends_with(is_letter)
        && !has_right_word(p.after());
    // `X-Men`, `CT/X`
    let joins = |c: char| matches!(c, '-' | '/' | '.' | '_' | '&' | '@');
    let joined = p.after().strip_prefix(joins).is_some_and(|rest| rest.starts_with(is_letter))
        || before.strip_suffix(joins).is_some_and(|rest| rest.ends_with(is_letter));
    (p.any(is_letter) || is_model || follows_word || (p.all(is_x) && joined)).then_some((What::Text, p.word.len()))
}

fn plus(p: &Place<'_>) -> Found {
    let is_plus = |c: char| matches!(c, '+' | '＋');
    let beside = p.before().is_some_and(is_plus) || p.after().starts_with(is_plus);
    // `同比+X.X%` is a growth rate and no slogan.
    let is_rate = ["%", "％", "‰", "个百分点"].iter().any(|unit| p.after().starts_with(unit));
    (p.all(|c| is_x(c) || c == '.') && beside && !is_rate).then_some((What::Text, p.word.len()))
}

fn times(p: &Place<'_>) -> Found {
    let is_sign = |c: char| is_times(c) || matches!(c, 'x' | 'ｘ' | 'х');
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| is_digit(c) || c == '.');
    let mut factors = p.word.split(is_sign);
    let first = factors.next()?;
    // `2米×3米`: the left factor has its unit between.
    let with_unit = first.is_empty() && p.word.starts_with(is_times);
    let product = (is_number(first) || with_unit) && p.any(is_sign) && factors.all(is_number);
    // `长5米×宽3米`
    let lengths = p.all(is_times) && p.word.chars().count() == 1 && p.text[..p.at].ends_with(['米', '里', 'm']);
    (product || lengths).then_some((What::Text, p.word.len()))
}

fn mask(p: &Place<'_>) -> Found {
    let stars = p.stars_after();
    let digits = run_len(&p.after()[stars..], is_digit);
    (stars > 0 && digits > 0 && p.all(is_digit) && !p.emphasis.could_close(&p.after()[..stars]))
        .then_some((What::Text, p.word.len() + stars + digits))
}

fn open_year(p: &Place<'_>) -> Found {
    let mut end = 0;
    let mut open = false;
    for (n, c) in p.rest().chars().take(4).enumerate() {
        let century = matches!((n, c), (0, '1' | '2' | '１' | '２') | (1, '0' | '9' | '０' | '９'));
        let digit = n == 2 && is_digit(c);
        let hole = n >= 2 && (is_x(c) || is_times(c) || is_star(c) || is_ring(c));
        if !(century || digit || hole) || (n == 3 && !hole) {
            return None;
        }
        open |= hole;
        end += c.len_utf8();
    }
    let after = p.rest().get(end..)?;
    let is_year = after.trim_start_matches(is_blank).starts_with(['年', '届', '级', '学'])
        || after.starts_with(['—', '－', '-', '–', '～', '~', '至', '到'])
        // The year of a document's number: `〔20XX〕3号`.
        || after.starts_with(['〕', ']', '］', '）', ')', '】']) && p.before().is_some_and(|c| "〔[［（(【".contains(c));
    (open && is_year && p.word.chars().count() <= 4).then_some((What::Hole(Kind::Year), end))
}

fn list_number(p: &Place<'_>) -> Found {
    let (number, rest) = p.word.split_once('.')?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    // At a line's start, or in 附件1.XXX; before a unit it is a number.
    let starts_item = p.text[..p.at].trim_end_matches(is_blank).chars().next_back().is_none_or(|c| "\n件".contains(c));
    (is_number && starts_item && rest.chars().all(is_x) && unit(p.after().trim_start_matches(is_blank)).is_none())
        .then_some((What::Text, number.len() + 1))
}

/// A number of a person, whose check digit may be X (GB 11643).
fn id_number(p: &Place<'_>) -> Found {
    let digits = p.word.strip_suffix(['X', 'x'])?;
    (digits.len() == 17 && digits.bytes().all(|b| b.is_ascii_digit())).then_some((What::Text, p.word.len()))
}

fn damaged(p: &Place<'_>) -> Found {
    if !p.any(is_digit) {
        return None;
    }
    if p.any(|c| is_x(c) || is_times(c)) {
        return Some((What::Fault(FaultKind::Damaged), p.word.len()));
    }
    let stars = p.stars_after();
    (stars > 0 && has_right_word(&p.after()[stars..]) && !p.emphasis.could_close(&p.after()[..stars]))
        .then_some((What::Fault(FaultKind::Damaged), p.word.len() + stars))
}

fn decimal(p: &Place<'_>) -> Found {
    let (whole, fraction) = p.word.split_once('.')?;
    let is_run = |part: &str| !part.is_empty() && part.chars().all(is_x);
    // The tail of `x.x.x` is no decimal.
    (is_run(whole) && is_run(fraction) && p.before() != Some('.'))
        .then(|| (What::Hole(Kind::Decimal(fraction.chars().count())), p.word.len()))
}

fn rings(p: &Place<'_>) -> Found {
    let rings = run_len(p.rest(), is_ring);
    let len = if rings > 0 { rings } else { run_len(p.rest(), is_box) };
    if len == 0 {
        return None;
    }
    let (before, after) = (p.before(), p.rest()[len..].chars().next());
    let two = p.rest()[..len].chars().nth(1).is_some();
    // One is a zero or a box to be ticked, and so are those beside a numeral; a row of filled ones by itself is a rule.
    let is_numeral = |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九零".contains(c));
    let stands = if rings > 0 {
        !is_numeral(before) && !is_numeral(after)
    } else {
        [before, after].iter().flatten().any(|&c| is_hanzi(c))
    };
    Some((if two && stands { What::Hole(Kind::Run) } else { What::Text }, len))
}

fn ten(p: &Place<'_>) -> Found {
    let len = run_len(p.rest(), is_ten);
    if len == 0 {
        return None;
    }
    let after = p.rest()[len..].chars().next();
    let two = p.rest()[..len].chars().nth(1).is_some();
    let is_number = [p.before(), after].iter().flatten().any(|&c| is_roman(c) || c == '第');
    // `Ⅹ类`, `Ⅹ级`: what Roman numerals count.
    const COUNTED: [char; 7] = ['类', '级', '型', '期', '度', '号', '组'];
    let counts = has_right_word(&p.rest()[len..]) && after.is_none_or(|c| !COUNTED.contains(&c));
    Some((if !is_number && (two || counts) { What::Hole(Kind::Run) } else { What::Text }, len))
}

fn run(p: &Place<'_>) -> Found {
    let len = run_len(p.word, |c| is_x(c) || is_times(c));
    (len > 0).then_some((What::Hole(Kind::Run), len))
}

fn stars(p: &Place<'_>) -> Found {
    let len = run_len(p.rest(), is_star);
    if len == 0 {
        return None;
    }
    let marker = &p.rest()[..len];
    let after = &p.rest()[len..];
    let is_bullet = marker.len() == 1
        && after.starts_with(is_blank)
        && p.text[..p.at].chars().rev().find(|&c| !is_blank(c)).is_none_or(|c| c == '\n');
    if is_bullet || marker.chars().count() > 6 || !follows_star(after.trim_start_matches(is_blank)) {
        return Some((What::Text, len));
    }
    let closes = p.before().is_some_and(|c| !c.is_whitespace()) && p.emphasis.could_close(marker);
    // `**12**个`, `**X**个`: a hole right after a number is none, so this is the end of the emphasis.
    if closes && p.before().is_some_and(|c| is_digit(c) || is_x(c)) {
        return Some((What::Text, len));
    }
    Some((if closes { What::Fault(FaultKind::Ambiguous) } else { What::Hole(Kind::Run) }, len))
}

#[cfg(test)]
mod tests;
