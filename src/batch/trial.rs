//! An answer tried on the words around its hole alone, in a time that does not grow with the report.

use crate::check::{self, Context};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::figures::Question;
use crate::fill::{Fill, fill};
use crate::fonts::Fonts;
use crate::manifest::{Figure, Given, Last, Located, Manifest, Part, Section, raw};
use crate::placeholder::Scope;
use crate::source::{Sources, Span, Spanned};

/// So many characters on either side of a hole are tried with it, besides its own key.
const AROUND: usize = 120;

/// A figure that is asked for, with the words around its holes.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    figure: Figure,
    words: Vec<String>,
}

/// The report without its texts, figures and rules: what is declared for all of it.
pub(super) fn frame(manifest: &Manifest) -> Manifest {
    let mut frame = Manifest {
        sections: Vec::new(),
        figures: Vec::new(),
        rules: Vec::new(),
        accepts: Vec::new(),
        towns: None,
        last: Last::NotGiven,
        ..manifest.clone()
    };
    frame.report.title = Located::plain("", Span::default());
    (frame.report.subtitle, frame.report.author, frame.report.salutation) = (None, None, None);
    frame.report.output = None;
    frame.report.signatures.clear();
    frame.report.attachments.clear();
    frame
}

impl Trial {
    /// That of a question; none where more than the words around its holes tells whether an answer is right: a file is named
    /// after it, it is a part of a day or of an array. Expressions that read it are looked at besides.
    pub(super) fn of(manifest: &Manifest, fill: &Fill<'_>, question: &Question) -> Option<Self> {
        let row = &question.row;
        let is_part_of_a_day =
            !row.is_date && row.unit.as_deref().is_some_and(|unit| ["年", "月", "日", "号"].contains(&unit));
        if is_part_of_a_day || question.item.is_some() {
            return None;
        }
        let is_of_the_text = |part| !matches!(part, Part::Output | Part::Cell { .. });
        let around = AROUND + row.key.chars().count();
        let mut words = Vec::new();
        for place in &row.places_in_text {
            let field = &fill.fields[place.field].field;
            if !is_of_the_text(field.part) {
                return None;
            }
            let text = field.text.text();
            let before = text[..place.range.start]
                .char_indices()
                .rev()
                .take(around)
                .last()
                .map_or(place.range.start, |(at, _)| at);
            let after =
                text[place.range.end..].char_indices().nth(around).map_or(text.len(), |(at, _)| place.range.end + at);
            let hole = question.naming().unwrap_or(&text[place.range.clone()]);
            words.push(format!("{}{hole}{}", &text[before..place.range.start], &text[place.range.end..after]));
        }
        let figure = match row.figure {
            Some(figure) => Figure { scope: Scope::Report, ..manifest.figures[figure].clone() },
            None => Figure {
                key: Located::plain(row.key.as_str(), Span::default()),
                phrase: 0,
                scope: Scope::Report,
                value: Spanned::new(Given::Missing, Span::default()),
                id: None,
                repeat: true,
                declaration: None,
            },
        };
        (!words.is_empty()).then_some(Trial { figure, words })
    }

    /// The value that `literal`, written as TOML, gives, and the faults that `check` would find in it in a report of the files
    /// `sources` with this `frame`, errors first.
    pub(super) fn faults(
        &self,
        frame: &Manifest,
        sources: &Sources,
        literal: &str,
        question: &Question,
        fonts: &Fonts,
    ) -> (Spanned<Given>, Vec<Diagnostic>) {
        let (mut sources, mut diags) = (sources.clone(), Diagnostics::new());
        let answer = sources.add("answer", format!("answer = {literal}"));
        let around = sources.add("text", "");
        let table = raw::read(answer, &sources, &mut diags);
        let Some(entry) = table.get("answer") else {
            return (Spanned::new(Given::Faulty, Span::default()), diags.into_sorted());
        };
        let mut figure = self.figure.clone();
        figure.give(&entry.value, question.takes_names(), &mut diags);
        figure.repeat = true;
        let value = figure.value.clone();
        let section = |words: &String| {
            let text = Some(Located::plain(words.as_str(), Span::new(around, 0..0)));
            Section { text, ..Section::empty(Span::new(around, 0..0)) }
        };
        let manifest =
            Manifest { sections: self.words.iter().map(section).collect(), figures: vec![figure], ..frame.clone() };
        let filled = fill(&manifest, &mut diags);
        let stem = Located::plain("answer", Span::new(around, 0..0));
        let context =
            Context { manifest: &manifest, fill: &filled, fonts, stem: &stem, sources: &sources, today: None };
        check::check(&context, &mut diags);
        let is_own = |fault: &Diagnostic| {
            fault.code != Code::MissingFigure && fault.span().is_some_and(|span| span.file == answer)
        };
        let mut faults = frame.levels.regrade(diags.into_sorted());
        faults.retain(|fault| is_own(fault) && fault.severity >= Severity::Warning);
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
        (value, faults)
    }
}
