//! What a template asks for, figure by figure.

use super::{TOWN_HEAD, kind_word};
use crate::fill::Fill;
use crate::manifest::{Declaration, Figure, Given, Kind, Located, Manifest};
use crate::number::{Date, Decimal};
use crate::placeholder::{Kind as HoleKind, Phrase, Scope, date_shape, list_shape, scan};
use crate::source::Spanned;

/// Characters of the text that are shown on each side of a hole.
const AROUND: usize = 24;
/// At most so many choices are named.
const SHOWN: usize = 12;
/// What stands for words that are not shown.
const CUT: &str = "……";
/// What stands for the hole that is asked for.
const BLANK: &str = "＿＿";

/// A figure that is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key, with the id of its section before it where it belongs to one.
    pub address: String,
    /// Its name, if the template gives one.
    pub label: Option<String>,
    /// The words of the text about its hole; empty where none asks for it.
    pub sentence: String,
    /// Its unit, as declared or as the text has it.
    pub unit: String,
    /// How to come by it.
    pub hint: String,
    /// Who fills it in.
    pub owner: String,
    /// What it is; none where a key has several holes, unless they are a list's or a day's.
    pub kind: Option<Kind>,
    /// The least number that it may be.
    pub min: Option<Decimal>,
    /// The greatest number that it may be.
    pub max: Option<Decimal>,
    /// The first and the last day that it may be.
    pub days: (Option<Date>, Option<Date>),
    /// All that it may be; empty where anything may.
    pub choices: Vec<String>,
    /// Whether it may stay open.
    pub optional: bool,
    /// How many values it has, joined by 、.
    pub values: usize,
}

impl Field {
    /// What people call it.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.address)
    }

    /// What it may be, in words.
    pub fn advice(&self) -> String {
        let mut parts = Vec::new();
        match self.kind {
            // Where the choices are, there is no more to say.
            _ if !self.choices.is_empty() => {
                let more = if self.choices.len() > SHOWN { "……" } else { "" };
                let shown: Vec<&str> = self.choices.iter().take(SHOWN).map(String::as_str).collect();
                let of = if self.kind == Some(Kind::List) { "可以填" } else { "填其中一个" };
                parts.push(format!("{of}：{}{more}", shown.join("、")));
            }
            Some(kind) => parts.push(kind_word(kind).to_owned()),
            None if self.values > 1 => parts.push(format!("{} 个数，用、隔开", self.values)),
            None => {}
        }
        parts.extend(self.min.as_ref().map(|min| format!("不小于 {min}")));
        parts.extend(self.max.as_ref().map(|max| format!("不大于 {max}")));
        parts.extend(self.days.0.map(|day| format!("不早于 {day}")));
        parts.extend(self.days.1.map(|day| format!("不晚于 {day}")));
        if self.optional {
            parts.push("可以不填".to_owned());
        }
        if !self.hint.is_empty() {
            parts.push(self.hint.clone());
        }
        parts.join("；")
    }
}

/// The figures that a template declares and leaves open, in its order; those of `owner` alone, if one is named.
pub fn fields(manifest: &Manifest, fill: &Fill<'_>, owner: Option<&str>) -> Vec<Field> {
    let open = manifest.figures.iter().enumerate().filter(|(number, figure)| {
        let computed = figure.declaration.as_ref().is_some_and(|declaration| declaration.compute.is_some());
        // A default stands for a figure that is asked for all the same.
        figure.value.value == Given::Missing
            && !computed
            && (fill.ledger.value(*number).value == Given::Missing || figure.declaration.is_some())
    });
    let fields = open.map(|(number, figure)| field(manifest, fill, number, figure));
    // The town's name is asked for first in any case, and fills the figure that is called as its column is.
    let is_town = |field: &Field| field.label.as_deref() == Some(TOWN_HEAD) || field.address == TOWN_HEAD;
    fields.filter(|field| !is_town(field) && owner.is_none_or(|owner| field.owner == owner)).collect()
}

fn field(manifest: &Manifest, fill: &Fill<'_>, number: usize, figure: &Figure) -> Field {
    let key = scan(figure.phrase(), &manifest.literals);
    let is_list = list_shape(figure.phrase(), &key.holes).is_some();
    let values = if is_list { 1 } else { key.holes.len().max(1) };
    let nothing = Declaration::default();
    let declaration = figure.declaration.as_deref().unwrap_or(&nothing);
    let text = |text: &Option<Located>| text.as_ref().map(|text| text.text().trim().to_owned()).unwrap_or_default();
    // X月X日 is one day, and not two numbers.
    let is_day = date_shape(figure.phrase(), &key.holes).is_some_and(|parts| parts.len() == key.holes.len());
    let kind = match (is_list, is_day) {
        (true, _) => Some(Kind::List),
        (false, true) if values > 1 => Some(Kind::Date),
        (false, _) => (values == 1).then(|| fill.ledger.kind(number)),
    };
    Field {
        address: manifest.address(figure),
        label: declaration.label.as_ref().map(|label| label.text().trim().to_owned()),
        sentence: sentence(manifest, figure).unwrap_or_default(),
        // The words after the holes of a list or a day are no unit.
        unit: fill.ledger.unit(number).filter(|_| !(is_list || is_day && values > 1)).unwrap_or_default().to_owned(),
        hint: text(&declaration.hint),
        owner: text(&declaration.owner),
        kind,
        min: declaration.min.as_ref().and_then(number_of),
        max: declaration.max.as_ref().and_then(number_of),
        days: (declaration.min.as_ref().and_then(day_of), declaration.max.as_ref().and_then(day_of)),
        choices: declaration.choices.iter().filter_map(choice).collect(),
        optional: declaration.optional,
        values,
    }
}

fn number_of(given: &Spanned<Given>) -> Option<Decimal> {
    if let Given::Number(number) = &given.value { Some(number.clone()) } else { None }
}

fn day_of(given: &Spanned<Given>) -> Option<Date> {
    if let Given::Date(date) = given.value { Some(date) } else { None }
}

fn choice(given: &Spanned<Given>) -> Option<String> {
    match &given.value {
        Given::Number(number) => Some(number.to_string()),
        Given::Text(text) => Some(text.text().trim().to_owned()),
        Given::Date(date) => Some(date.to_string()),
        Given::Several(_) | Given::List(..) | Given::Missing | Given::Faulty => None,
    }
}

/// The words about the first hole that a figure fills, the hole itself a blank.
fn sentence(manifest: &Manifest, figure: &Figure) -> Option<String> {
    let key = Phrase::new(figure.phrase(), &scan(figure.phrase(), &manifest.literals));
    let names: Vec<&str> =
        [Some(figure.phrase()), figure.id.as_ref().map(Located::text)].into_iter().flatten().collect();
    for field in manifest.fields() {
        if figure.scope != Scope::Report && field.scope() != figure.scope {
            continue;
        }
        let text = field.text.text();
        let holes = scan(text, &manifest.literals);
        let phrase = Phrase::new(text, &holes);
        let filled: Vec<usize> = if key.hole_count() > 0 {
            let Some(start) = phrase.text().find(key.text()) else { continue };
            let end = start + key.text().len();
            (0..holes.holes.len())
                .filter(|&hole| phrase.hole(hole).is_some_and(|at| (start..end).contains(&at)))
                .collect()
        } else {
            let is_named = |kind: &HoleKind| matches!(kind, HoleKind::Named(name) if names.contains(&name.as_str()));
            holes.holes.iter().position(|hole| is_named(&hole.kind)).into_iter().collect()
        };
        let (Some(&first), Some(&last)) = (filled.first(), filled.last()) else { continue };
        let (start, end) = (holes.holes[first].range.start, holes.holes[last].range.end);
        let mut shown = before(&text[..start]);
        let mut at = start;
        for &hole in &filled {
            shown += &text[at..holes.holes[hole].range.start];
            shown += BLANK;
            at = holes.holes[hole].range.end;
        }
        return Some(shown + &after(&text[end..]));
    }
    None
}

/// The end of a text from its last sentence on.
fn before(text: &str) -> String {
    let from = text.char_indices().rev().take(AROUND).take_while(|(_, c)| !ends(*c)).last();
    let from = from.map_or(text.len(), |(at, _)| at);
    let is_cut = text[..from].chars().next_back().is_some_and(|c| !ends(c));
    format!("{}{}", if is_cut { CUT } else { "" }, &text[from..])
}

/// The beginning of a text up to the end of its sentence.
fn after(text: &str) -> String {
    let to = text.char_indices().take(AROUND).take_while(|(_, c)| !ends(*c)).last();
    let to = to.map_or(0, |(at, c)| at + c.len_utf8());
    let is_cut = text[to..].chars().next().is_some_and(|c| !ends(c));
    format!("{}{}", &text[..to], if is_cut { CUT } else { "" })
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | '\n')
}
