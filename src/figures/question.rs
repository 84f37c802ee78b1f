//! What is asked for, one figure after another, and where the answers go.

use std::collections::BTreeMap;

use super::written::{self, Names, Wanted};
use super::{Row, State, rows};
use crate::diag::{Code, Diagnostic, Edit, Text};
use crate::doc::{Missing, Shape};
use crate::fill::{Fill, Place};
use crate::manifest::raw::{self, Change, Spot, Table};
use crate::manifest::{Declaration, Given, Kind, Located, Manifest, is_pending, key_literal};
use crate::placeholder::Scope;
use crate::source::{FileId, Span, Spanned};
use crate::text;

/// A figure that is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it is.
    pub row: Row,
    /// What it may be, where its own table says so: `0 到 100`, 可选：甲、乙.
    pub limits: Option<Text>,
    /// Which of several values is asked for, from 0; none where all of them are.
    pub item: Option<usize>,
    target: Target,
}

/// Where an answer is written.
#[derive(Clone, Debug)]
enum Target {
    /// Where the file has the figure, still empty: its key, and what is empty.
    Pending { key: Span, value: Span, kind: Option<Kind>, spot: Spot },
    /// In a line that is not there yet, among the figures of the report or of the section with this head.
    New { key: String, section: Option<Span>, naming: Vec<Edit> },
    /// Nowhere: only a template can name the hole, and it is not the user's to change.
    Template { hole: String },
}

/// Why an answer was not taken.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// What is wrong with it.
    Fault(Box<Diagnostic>),
    /// There is no place for it in the file; what to do by hand.
    NoPlace(Text),
}

/// Asks for every figure that has no value, in the order of the text. `file` is the user's own, with the tree `root`.
pub fn questions(manifest: &Manifest, fill: &Fill<'_>, file: FileId, root: &Table) -> Vec<Question> {
    let name = |figure: Option<usize>, key: &str, scope: Scope| match figure {
        Some(figure) => (Some(figure), None),
        None => (None, Some((scope, key.to_owned()))),
    };
    let missing: BTreeMap<_, &Missing> =
        fill.missing.iter().map(|missing| (name(missing.figure, &missing.key, missing.scope), missing)).collect();
    let question = |row: Row| {
        let missing = missing.get(&name(row.figure, &row.key, row.scope))?;
        let declaration = row.figure.and_then(|figure| manifest.figures[figure].declaration.as_deref());
        let own = row.figure.map(|figure| &manifest.figures[figure]).filter(|own| own.key.whole().file == file);
        let (mut item, mut target) = (None, None);
        if let Some(own) = own {
            let (key, value) = (own.key.whole(), missing.value_span);
            let mut pending = raw::pending(root, key, value);
            // The parts of a day are asked for together.
            if row.is_date
                && let Some(own) = &mut pending
            {
                own.whole();
            }
            item = pending.and_then(|pending| pending.item);
            let kind = declaration.and_then(|declaration| declaration.kind.as_ref()).map(|kind| kind.value);
            target = pending.map(|pending| Target::Pending { key, value, kind, spot: pending.spot });
        }
        let target = target.unwrap_or_else(|| new(manifest, fill, &row, missing, file));
        Some(Question { limits: declaration.and_then(limits), item, target, row })
    };
    rows(manifest, fill).into_iter().filter(|row| row.state == State::Missing).filter_map(question).collect()
}

/// The place of a figure that the user's file does not have.
fn new(manifest: &Manifest, fill: &Fill<'_>, row: &Row, missing: &Missing, file: FileId) -> Target {
    let owns = |span: Span| span.file == file;
    let mut naming = Vec::new();
    if row.named {
        let hole = format!("X{{{}}}", row.key);
        let edit = |place: &Place| fill.fields[place.field].field.text.edit(place.range.clone(), &hole);
        let edits: Option<Vec<Edit>> =
            missing.places.iter().map(|place| edit(place).filter(|e| owns(e.span))).collect();
        match edits {
            Some(edits) => naming = edits,
            None => return Target::Template { hole },
        }
    }
    let first = row.places.first();
    // As `missing-figure` offers it: where the hole is the user's own, in the table of its section.
    let section = match row.scope {
        Scope::Section(section) if row.figure.is_none() && first.is_some_and(|&place| owns(place)) => {
            Some(manifest.sections[section].span).filter(|&head| owns(head))
        }
        Scope::Section(_) | Scope::Report => None,
    };
    let key = if section.is_some() || row.named { row.key.clone() } else { row.address.clone() };
    Target::New { key, section, naming }
}

impl Question {
    /// What has to be changed in the file besides, so that the hole can be told from others.
    pub fn naming(&self) -> Option<&str> {
        match &self.target {
            Target::New { naming, .. } => naming.first().map(|edit| edit.text.as_str()),
            Target::Template { hole } => Some(hole),
            Target::Pending { .. } => None,
        }
    }

    /// Whether the answer is written as an array of names.
    pub(crate) fn takes_names(&self) -> bool {
        let is_list = matches!(self.row.shape, Shape::List { .. });
        match &self.target {
            Target::Pending { spot, .. } => *spot == Spot::List || *spot == Spot::Absent && is_list,
            Target::New { .. } | Target::Template { .. } => false,
        }
    }

    /// The changes of the user's file, whose text is `text` and whose tree is `root`, that give the figure the value
    /// `words`; they do not overlap, and the first one holds the value.
    ///
    /// # Errors
    /// [`Refusal`] where the words are no value, or where there is no place for them.
    pub fn answer(&self, words: &str, text: &str, root: &Table) -> Result<Vec<Change>, Refusal> {
        let words = words.trim();
        if is_pending(&Located::plain(words, Span::default())) {
            let message = text!("“{words}”等于没有填", "`{words}` says that it is still to come");
            return Err(Refusal::Fault(Box::new(Diagnostic::new(Code::MissingFigure, message))));
        }
        let wanted = |kind, names| Wanted { shape: self.row.shape, is_date: self.row.is_date, kind, names };
        let written = |wanted| written::value(words, wanted).map_err(Refusal::Fault);
        let by_hand = |value: &str| {
            let line = format!("{} = {value}", key_literal(&self.row.key));
            Refusal::NoPlace(text!("请自己在文件里写：{line}", "write it into the file yourself: {line}"))
        };
        match &self.target {
            Target::Pending { key, value, kind, .. } => {
                let Some(mut pending) = raw::pending(root, *key, *value) else { return Err(by_hand(words)) };
                if self.row.is_date {
                    pending.whole();
                }
                let is_list = matches!(self.row.shape, Shape::List { .. });
                let (name, wanted) = match pending.spot {
                    Spot::Item => ("", Wanted { shape: Shape::One, is_date: false, ..wanted(*kind, Names::Table) }),
                    Spot::Figure => ("", wanted(*kind, Names::Table)),
                    Spot::List => ("", Wanted { shape: LIST, ..wanted(*kind, Names::Array) }),
                    Spot::Value => ("", wanted(*kind, Names::Text)),
                    Spot::Absent if is_list => ("list", wanted(*kind, Names::Array)),
                    Spot::Absent => ("value", wanted(*kind, Names::Text)),
                };
                let value = written(wanted)?;
                Ok(vec![pending.fill(text, name, &value).ok_or_else(|| by_hand(&value))?])
            }
            Target::New { key, section, naming } => {
                let value = written(wanted(None, Names::Table))?;
                let change = raw::add(text, root, *section, key, &value).ok_or_else(|| by_hand(&value))?;
                let named = naming.iter().map(|edit| Change {
                    range: edit.span.range(),
                    text: edit.text.clone(),
                    value: 0..0,
                    joins: true,
                });
                Ok(std::iter::once(change).chain(named).collect())
            }
            Target::Template { hole } => Err(Refusal::NoPlace(text!(
                "模板里这一处要写成 {hole}，由维护模板的人改",
                "the template must write this hole as {hole}; ask those who keep it"
            ))),
        }
    }
}

/// The shape of names where the text does not tell it.
const LIST: Shape = Shape::List { names: 1, counted: false };

/// What a figure may be, in words.
fn limits(declaration: &Declaration) -> Option<Text> {
    let shown = |given: &Given| match given {
        Given::Number(number) => number.to_string(),
        Given::Date(date) => date.to_string(),
        Given::Text(text) => text.text().trim().to_owned(),
        Given::Several(_) | Given::List(..) | Given::Missing | Given::Faulty => String::new(),
    };
    let bound = |bound: &Option<Spanned<Given>>| bound.as_ref().map(|bound| shown(&bound.value));
    let choices: Vec<String> = declaration.choices.iter().map(|choice| shown(&choice.value)).collect();
    if !choices.is_empty() {
        let (zh, en) = (choices.join("、"), choices.join(", "));
        return Some(text!("可填：{zh}", "one of: {en}"));
    }
    Some(match (bound(&declaration.min), bound(&declaration.max)) {
        (Some(min), Some(max)) => text!("{min} 到 {max}", "{min} to {max}"),
        (Some(min), None) => text!("不小于 {min}", "at least {min}"),
        (None, Some(max)) => text!("不大于 {max}", "at most {max}"),
        (None, None) => return None,
    })
}
