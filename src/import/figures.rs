//! The figures of an imported report: a line for each hole, under the key that `missing-figure` would offer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::emit::{Entry, emit};
use super::texts::{Origin, Texts};
use super::{Note, Notes};
use crate::diag::{Code, Diagnostics};
use crate::fill::{Fill, Gap, Missing, Shape, fill};
use crate::manifest::{self, Kind, Manifest, Part, quote, raw};
use crate::placeholder::{is_blank, is_marker, plain_marker, right_word, unit};
use crate::source::Sources;
use crate::text;

/// Why the texts have to be made again.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused {
    /// Numbers that were made holes, by their place in the draft, and have no key of their own.
    pub(super) numbers: BTreeSet<usize>,
    /// Words with a hole that no key and no name can fill: `5×3〇〇`.
    pub(super) literals: Vec<String>,
}

/// Names may need names, and these a look once more; further rounds change nothing.
const ROUNDS: usize = 6;

/// Places of an office, the higher first; those of one rank are of one kind.
const LEVELS: [(&str, usize); 9] =
    [("省", 0), ("市", 1), ("县", 2), ("区", 2), ("镇", 3), ("乡", 3), ("街道", 3), ("村", 4), ("社区", 4)];
/// The lowest rank that has one name in a report: of villages it names many.
const LOWEST_OWN: usize = 3;

/// The lines for all holes of `texts`, in which holes that no phrase tells apart get a name.
///
/// # Errors
/// What can't be a hole.
pub(super) fn entries(texts: &mut Texts, notes: &mut Notes) -> Result<Vec<Entry>, Refused> {
    let mut fixed = Vec::new();
    for round in 0.. {
        let Some(manifest) = read(&emit(texts, &fixed, &Notes::default())) else { break };
        let fill = fill(&manifest, &mut Diagnostics::new());
        let places = Places::new(&fill);
        if round == 0 {
            fixed = repeats(&places, &fill, texts, notes);
            if !fixed.is_empty() {
                continue;
            }
        }
        let names = if round < ROUNDS { places.names(&fill, notes, texts) } else { Vec::new() };
        let mut refused = Refused::default();
        for (part, range, ordinal, _) in &names {
            let Some(word) = texts.parts.get(part).and_then(|text| glued(text, range)) else { continue };
            match texts.holes.get(part).and_then(|holes| holes.get(*ordinal)) {
                Some(origin) if origin.turned => refused.numbers.extend([origin.source.start]),
                Some(_) | None => refused.literals.push(word),
            }
        }
        if !refused.numbers.is_empty() || !refused.literals.is_empty() {
            return Err(refused);
        }
        if names.is_empty() {
            let found = places.entries(&fill, texts)?;
            fixed.extend(found);
            break;
        }
        write_names(texts, &names);
    }
    Ok(fixed)
}

/// The report that a file says; none where it is none.
fn read(toml: &str) -> Option<Manifest> {
    let mut sources = Sources::new();
    let mut diags = Diagnostics::new();
    let file = raw::load("report.toml", toml.as_bytes().to_vec(), &mut sources, &mut diags)?;
    let table = raw::read(file, &sources, &mut diags);
    manifest::read(&table, &mut diags)
}

/// Figures for the places over and of the office that its title does not name: the same wherever they stand.
fn repeats(places: &Places<'_>, fill: &Fill<'_>, texts: &Texts, notes: &mut Notes) -> Vec<Entry> {
    let level = |right: &str| LEVELS.iter().position(|(word, _)| right_word(right) == Some(word));
    let mut own = None;
    let mut named = BTreeSet::new();
    let mut found: BTreeMap<usize, Vec<&Place<'_>>> = BTreeMap::new();
    for place in &places.all {
        let Some(index) = level(place.right()) else { continue };
        if place.part.names_the_office() {
            own = own.max(Some(LEVELS[index].1));
            named.insert(index);
        } else if fill.missing[place.missing].shape == Shape::One
            && !place.is_of_a_neighbour()
            && !place.marker().contains('{')
        {
            found.entry(index).or_default().push(place);
        }
    }
    let lowest = own.unwrap_or(LOWEST_OWN);
    let mut entries = Vec::new();
    for (index, places) in found {
        let (word, rank) = LEVELS[index];
        let [first, _, ..] = places.as_slice() else { continue };
        if rank > lowest.min(LOWEST_OWN) || named.contains(&index) {
            continue;
        }
        let key = format!("{}{word}", first.marker());
        let n = places.len();
        let origin = texts.holes.get(&first.part).and_then(|holes| holes.get(first.ordinal));
        let message =
            text!("“{key}”出现 {n} 处，当作同一个名字", "`{key}` stands in {n} places and was taken for one name");
        let source = origin.map_or(0..0, |origin| origin.source.clone());
        notes.push(Note::in_part(Code::Guessed, message, source, first.part));
        let hint = Some(format!("地名，全文 {n} 处"));
        let value = "{ value = \"\", repeat = true }".to_owned();
        entries.push(Entry { section: None, key, value, hint, excerpt: String::new() });
    }
    entries
}

/// A hole that gets a name: its text, its place there and its number, and the name.
type Name = (Part, Range<usize>, usize, String);

/// A hole, or several that are filled together, in a text.
struct Place<'f> {
    /// Number of its figure among those that are missing.
    missing: usize,
    part: Part,
    /// The text in which it stands.
    text: &'f str,
    /// From its first hole to its last, in bytes of the text.
    range: Range<usize>,
    /// Numbers of its holes among those of the text: of the first, and how many.
    ordinal: usize,
    holes: usize,
}

impl<'f> Place<'f> {
    fn marker(&self) -> &'f str {
        &self.text[self.range.clone()]
    }

    fn right(&self) -> &'f str {
        self.text[self.range.end..].trim_start_matches(is_blank)
    }

    /// 与XX镇: another office's name (the mark of `neighbour-repeat`).
    fn is_of_a_neighbour(&self) -> bool {
        self.text[..self.range.start].ends_with(['接', '邻', '临', '与', '界'])
    }
}

struct Places<'f> {
    all: Vec<Place<'f>>,
}

impl<'f> Places<'f> {
    fn new(fill: &'f Fill<'_>) -> Self {
        let mut all: Vec<Place<'f>> = Vec::new();
        for filled in &fill.fields {
            for (ordinal, replacement) in filled.replacements.iter().enumerate() {
                let Some(Gap::Figure { missing, hole }) = replacement.gap else { continue };
                match all.last_mut() {
                    Some(last) if hole > 0 && last.missing == missing && last.part == filled.field.part => {
                        last.range.end = replacement.range.end;
                        last.holes += 1;
                    }
                    _ => all.push(Place {
                        missing,
                        part: filled.field.part,
                        text: filled.field.text.text(),
                        range: replacement.range.clone(),
                        ordinal,
                        holes: 1,
                    }),
                }
            }
        }
        Places { all }
    }

    /// How many places each figure has.
    fn counts(&self) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for place in &self.all {
            *counts.entry(place.missing).or_default() += 1;
        }
        counts
    }

    /// The holes that need a name, in the order of the text: those that no phrase tells from others, and those of a
    /// neighbour, which the office's own name would fill.
    fn names(&self, fill: &Fill<'_>, notes: &mut Notes, texts: &Texts) -> Vec<Name> {
        let counts = self.counts();
        let mut neighbours = 0;
        let mut names = Vec::new();
        for place in &self.all {
            let missing = &fill.missing[place.missing];
            let is_name = place.marker().contains('{');
            if missing.unnamed && !is_name {
                names.push((place.part, place.range.clone(), place.ordinal, missing.key.clone()));
            } else if place.is_of_a_neighbour() && !is_name && counts[&place.missing] > 1 {
                neighbours += 1;
                let name = if neighbours == 1 { "邻".to_owned() } else { format!("邻{neighbours}") };
                let name = format!("{name}{}", right_word(place.right()).unwrap_or_default());
                let message = text!(
                    "“{name}”像是邻近地方的名字，单独成一个指标",
                    "`{name}` seems to be a neighbour's name and is a figure of its own"
                );
                let origin = texts.holes.get(&place.part).and_then(|holes| holes.get(place.ordinal));
                notes.push(Note::in_part(
                    Code::Guessed,
                    message,
                    origin.map_or(0..0, |o| o.source.clone()),
                    place.part,
                ));
                names.push((place.part, place.range.clone(), place.ordinal, name));
            }
        }
        names
    }

    /// A line for each figure that has none yet.
    fn entries(&self, fill: &Fill<'_>, texts: &Texts) -> Result<Vec<Entry>, Refused> {
        let mut by_figure: BTreeMap<usize, Vec<&Place<'_>>> = BTreeMap::new();
        for place in &self.all {
            by_figure.entry(place.missing).or_default().push(place);
        }
        let mut excerpts: BTreeMap<Part, Excerpts<'_>> = BTreeMap::new();
        let mut refused = BTreeSet::new();
        let mut entries = Vec::new();
        for (index, missing) in fill.missing.iter().enumerate() {
            let Some(places) = by_figure.get(&index) else { continue };
            let origins: Vec<&Origin> = places
                .iter()
                .filter_map(|place| texts.holes.get(&place.part)?.get(place.ordinal..place.ordinal + place.holes))
                .flatten()
                .collect();
            let value = match origins.as_slice() {
                [only] if missing.shape == Shape::One && missing.figure.is_none() => only.value.clone(),
                several => {
                    refused.extend(several.iter().filter(|o| o.value.is_some()).map(|origin| origin.source.start));
                    None
                }
            };
            if missing.figure.is_some() {
                continue;
            }
            let [first, others @ ..] = places.as_slice() else { continue };
            let section =
                first.part.section().filter(|own| others.iter().all(|place| place.part.section() == Some(*own)));
            let excerpt = if matches!(first.part, Part::Text(_)) {
                excerpts.entry(first.part).or_insert_with(|| Excerpts::new(first.text)).at(first.range.start)
            } else {
                String::new()
            };
            let key = missing.key.clone();
            let hint = if value.is_some() { None } else { hint(first, places.len(), missing.shape) };
            let value = value.map(|value| typed(value, missing)).unwrap_or_else(|| empty(missing));
            entries.push(Entry { section, key, value, hint, excerpt });
        }
        if refused.is_empty() { Ok(entries) } else { Err(Refused { numbers: refused, ..Refused::default() }) }
    }
}

/// The word to which the hole `range` is glued, if it is: X with a name would be a letter of it.
fn glued(text: &str, range: &Range<usize>) -> Option<String> {
    let start = word_start(text, range.start);
    let before = &text[start..range.start];
    // The number of an item, `1.XXX`, is a word of its own.
    let is_digits = |number: &str| (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_first = text[..start].trim_end_matches(is_blank).chars().next_back().is_none_or(|c| c == '\n');
    let is_item = is_first && before.strip_suffix('.').is_some_and(is_digits);
    let is_glued = !is_item && before.trim_end_matches('.').ends_with(joins);
    is_glued.then(|| text[start..range.end].to_owned())
}

/// Whether `c` and a hole beside it are read as one word.
pub(super) fn joins(c: char) -> bool {
    let is_cross = is_marker(c) && matches!(plain_marker(c), 'Ｘ' | 'ｘ' | 'Х' | 'х' | 'Χ' | '×');
    is_cross || c.is_ascii_alphanumeric() || matches!(c, '.' | '０'..='９')
}

/// Where the word begins that ends at `end`.
pub(super) fn word_start(text: &str, end: usize) -> usize {
    // No word is longer; a run of `X.X.X…` would be gone through again from each of its holes.
    const LONGEST: usize = 200;
    let mut start = end;
    while let Some(c) = text[..start].chars().next_back() {
        // An escaped star is no sign of a hole.
        let star = c == '*' && !text[..start - 1].ends_with('\\');
        if !joins(c) && !star || end - start > LONGEST {
            break;
        }
        start -= c.len_utf8();
    }
    start
}

/// Names the holes in the texts.
fn write_names(texts: &mut Texts, names: &[Name]) {
    let mut named: BTreeMap<Part, (String, usize)> = BTreeMap::new();
    for (part, range, _, name) in names {
        let Some(text) = texts.parts.get(part) else { continue };
        let (out, at) = named.entry(*part).or_default();
        *out += &text[*at..range.start];
        *out += &format!("X{{{name}}}");
        *at = range.end;
    }
    for (part, (mut out, at)) in named {
        if let Some(text) = texts.parts.get_mut(&part) {
            out += &text[at..];
            *text = out;
        }
    }
}

/// A value that is still to come, with the kind that its hole asks for, so that a form made of it asks for that.
fn empty(missing: &Missing) -> String {
    let first = missing.places.first();
    let of_kind = |kind: Kind| format!("{{ value = \"\", kind = {} }}", quote(kind.name()));
    match missing.shape {
        Shape::Several(_) if first.is_some_and(|place| place.is_date) => of_kind(Kind::Date),
        Shape::Several(n) => format!("[{}]", vec![quote(""); n].join(", ")),
        Shape::One => first.and_then(|place| place.hole.kind).map_or_else(|| quote(""), of_kind),
        Shape::List { .. } => quote(""),
    }
}

/// A number that the draft has; one with decimals where things are counted says that it may have them.
fn typed(value: String, missing: &Missing) -> String {
    let kind = missing.places.first().and_then(|place| place.hole.kind);
    if kind != Some(Kind::Integer) || !value.contains('.') {
        return value;
    }
    format!("{{ value = {value}, kind = {} }}", quote(Kind::Number.name()))
}

/// What to write for a hole that is no plain number.
fn hint(place: &Place<'_>, places: usize, shape: Shape) -> Option<String> {
    const PLACES: &str = "镇乡村县市省区州旗屯路河江湖沟湾圩组畈坝岭";
    let marker = place.marker();
    let right = place.right();
    let word = right_word(right);
    let what = match shape {
        Shape::List { .. } => "名称，用、隔开".to_owned(),
        Shape::Several(_) if marker.contains(['年', '月']) => "日期".to_owned(),
        Shape::Several(n) => format!("{n} 个"),
        Shape::One if right.starts_with('年') && marker.chars().count() == 4 => "年份，四位数".to_owned(),
        Shape::One if marker.contains('.') => {
            let decimals = marker.split('.').next_back().map_or(0, |part| part.chars().count());
            format!("{decimals} 位小数")
        }
        Shape::One if word.is_some_and(|word| word == "街道" || word == "社区" || PLACES.contains(word)) => {
            "地名".to_owned()
        }
        Shape::One if unit(right).is_some() => String::new(),
        Shape::One if word.is_some() => "名称".to_owned(),
        Shape::One => "文字".to_owned(),
    };
    let count = (places > 1).then(|| format!("全文 {places} 处"));
    let hint: Vec<String> = (!what.is_empty()).then_some(what).into_iter().chain(count).collect();
    (!hint.is_empty()).then(|| hint.join("，"))
}

/// The stretches of a text that comments quote: a sentence, or some clauses of a long one.
struct Excerpts<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Excerpts<'t> {
    /// After so many characters a clause's end is enough.
    const LONG: usize = 30;
    /// After so many, a 、.
    const LONGER: usize = 45;
    /// After so many the stretch ends anywhere.
    const LONGEST: usize = 90;

    fn new(text: &'t str) -> Self {
        let mut starts = vec![0];
        let mut chars = 0;
        for (at, c) in text.char_indices() {
            chars += 1;
            let ends = "。；！？\n".contains(c)
                || (chars >= Self::LONG && "，：".contains(c))
                || (chars >= Self::LONGER && c == '、')
                || chars >= Self::LONGEST;
            if ends {
                starts.push(at + c.len_utf8());
                chars = 0;
            }
        }
        Excerpts { text, starts }
    }

    fn at(&self, at: usize) -> String {
        let index = self.starts.partition_point(|&start| start <= at);
        let start = self.starts[index.saturating_sub(1)];
        let end = self.starts.get(index).copied().unwrap_or(self.text.len());
        let words = self.text[start..end].trim().trim_start_matches("- ").trim_matches(['，', '：', '、']);
        words.replace('\\', "")
    }
}
