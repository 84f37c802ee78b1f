//! What a value prints in the holes of a place.

use super::format::{self, Beside};
use super::{Replacement, Work, name};
use crate::diag::{Code, Diagnostic, Diagnostics, Edit};
use crate::manifest::{Declaration, Figure, Given, Kind as FigureKind, Located, is_pending, split_names};
use crate::number::{Date, Decimal};
use crate::placeholder::{
    DatePart, HOLE, Kind, Occurrence, Placeholder, date_shape, joined, list_shape, right_word, title_at_end,
};
use crate::source::{Span, Spanned};
use crate::text;

/// The replacements of a place; none where the value does not fit, which has then been reported.
pub(super) fn print(work: &Work<'_, '_>, place: &Occurrence, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
    if none_picked(work, place.passage, place.key, diags) {
        return None;
    }
    let read = &work.texts[place.passage];
    let text = read.field.text.text();
    let target = Target {
        text,
        holes: &read.scan.holes[place.holes.clone()],
        figure: place.key,
        key: &work.manifest.figures[place.key],
        value: work.ledger.value(place.key),
        kind: work.ledger.kind(place.key),
        words: words(work.keys[place.key].phrase.text()),
    };
    target.print(diags)
}

/// The words of a key right of each of its holes, up to the next.
fn words(phrase: &str) -> Vec<&str> {
    phrase.split(HOLE).skip(1).collect()
}

/// A place that a figure fills.
struct Target<'t> {
    text: &'t str,
    holes: &'t [Placeholder],
    figure: usize,
    key: &'t Figure,
    value: &'t Spanned<Given>,
    kind: FigureKind,
    /// The key's words right of each hole.
    words: Vec<&'t str>,
}

impl Target<'_> {
    fn print(&self, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
        let value = self.value;
        match (&value.value, self.holes) {
            (Given::Several(items), holes) if items.len() == holes.len() => {
                Some(items.iter().enumerate().flat_map(|(i, item)| self.one(i, item, diags)).collect())
            }
            (Given::Several(items), holes) => wrong_count(value.span, holes.len(), items.len(), diags),
            (Given::List(names, count), _) => self.list(names, count.as_ref(), diags),
            (Given::Date(date), [_, _, ..]) => self.date(*date, diags),
            (_, [_]) => Some(self.one(0, value, diags)),
            (Given::Text(names), holes) if list_shape(self.text, holes).is_some() => {
                self.list(&split_names(names), None, diags)
            }
            (Given::Text(_) | Given::Number(_), _) if self.is_date() => self.no_whole_day(diags),
            (_, holes) => wrong_count(value.span, holes.len(), 1, diags),
        }
    }

    /// What one hole prints; nothing where the value does not fit, which has then been reported.
    fn one(&self, index: usize, value: &Spanned<Given>, diags: &mut Diagnostics) -> Vec<Replacement> {
        let hole = &self.holes[index];
        let printed = match &value.value {
            Given::Number(number) => {
                match format::number(self.declaration(), self.kind, number, self.beside(index), value.span) {
                    Ok(printed) => {
                        check_magnitude(&hole.kind, &printed, value.span, diags);
                        printed
                    }
                    Err(fault) => {
                        diags.push(*fault);
                        return Vec::new();
                    }
                }
            }
            Given::Text(text) => return self.name(index, text, diags).unwrap_or_default(),
            Given::Date(date) => {
                if let Some(printed) = format::date(self.declaration(), *date) {
                    let printed = self.without_words(index, &printed).to_owned();
                    return vec![self.replace(hole, printed)];
                }
                diags.push(
                    Diagnostic::new(Code::WrongKind, text!("这一处不是日期", "this hole is no date"))
                        .at(value.span)
                        .help(text!(
                            "日期填 X年X月X日、X月X日 或 X年X月 这样的短语；其他地方加引号写成文字",
                            "a date fills a phrase like X年X月X日; elsewhere write it as text, in quotes"
                        )),
                );
                return Vec::new();
            }
            Given::Several(_) | Given::List(..) | Given::Missing | Given::Faulty => return Vec::new(),
        };
        vec![self.replace(hole, printed)]
    }

    /// What a text prints in one hole, and in the place of the word right of it where it brings its own.
    fn name(&self, index: usize, text: &Located, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
        self.check_unit(index, text, diags)?;
        let hole = &self.holes[index].range;
        let written = text.text().trim();
        let bare = self.without_words(index, written);
        if written.ends_with(bare) {
            let words = self.words.get(index).copied().unwrap_or_default();
            let tail = right_word(words).map_or("", |word| &words[word.len()..]);
            let joined = name::join(self.text, hole, bare, tail, text, diags)?;
            return Some(name::replacements(hole, joined, self.figure));
        }
        Some(vec![self.replace(&self.holes[index], bare.to_owned())])
    }

    fn declaration(&self) -> Option<&Declaration> {
        self.key.declaration.as_deref()
    }

    /// The text beside a hole, without the blanks and marks next to it.
    fn beside(&self, index: usize) -> Beside<'_> {
        let range = self.holes[index].range.clone();
        let unseen = |c| crate::placeholder::is_blank(c) || matches!(c, '*' | '_' | '`');
        Beside {
            before: self.text[..range.start].trim_end_matches(unseen),
            after: self.text[range.end..].trim_start_matches(unseen),
        }
    }

    fn replace(&self, hole: &Placeholder, text: String) -> Replacement {
        Replacement { range: hole.range.clone(), text, gap: None, figure: Some(self.figure) }
    }

    /// A value that ends with the key's own words right of the hole, or with the unit, place word or title there,
    /// gives them once; so does one that begins with the title or the 第 left of it (镇长李四 for 镇长XX).
    fn without_words<'v>(&self, index: usize, value: &'v str) -> &'v str {
        let words = self.words.get(index).copied().unwrap_or_default();
        let value = [words, right_word(words).unwrap_or_default()]
            .into_iter()
            .filter(|words| !words.is_empty())
            .find_map(|words| value.strip_suffix(words).filter(|rest| !rest.is_empty()))
            .unwrap_or(value);
        let left = &self.text[..self.holes[index].range.start];
        title_at_end(left).and_then(|title| value.strip_prefix(title)).filter(|rest| !rest.is_empty()).unwrap_or(value)
    }

    /// `"12次"` for `X次` would print 次 twice.
    fn check_unit(&self, index: usize, value: &Located, diags: &mut Diagnostics) -> Option<()> {
        // `**X**次`: the marks of Markdown stand between, and are not printed.
        let after = self.beside(index).after;
        let written = value.text().trim();
        let digits = written.len()
            - written.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | ',')).len();
        let (number, unit) = written.split_at(digits);
        let unit = unit.trim_start_matches(crate::placeholder::is_blank);
        if number.is_empty() || unit.is_empty() || right_word(after).is_none() || !begins_with_unit(after, unit) {
            return Some(());
        }
        let number = number.replace(',', "");
        let help = text!("只写数字：{number}", "write the number alone: {number}");
        diags.push(
            Diagnostic::new(
                Code::UnitTwice,
                text!("“{written}”带了单位，正文里已经有“{unit}”", "`{written}` brings the unit that the text has"),
            )
            .at(value.whole())
            .fix(help, vec![Edit { span: value.whole(), text: number }]),
        );
        None
    }

    /// True if the holes are the parts of a day.
    fn is_date(&self) -> bool {
        date_shape(self.text, self.holes).is_some_and(|parts| parts.len() == self.holes.len())
    }

    /// Words or a number in the place of a day: 3月, 45722.
    fn no_whole_day(&self, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
        let written = match &self.value.value {
            Given::Text(text) => text.text().trim().to_owned(),
            Given::Number(number) => number.to_string(),
            Given::Date(_) | Given::List(..) | Given::Several(_) | Given::Missing | Given::Faulty => String::new(),
        };
        let phrase = self.key.phrase();
        let message =
            text!("“{phrase}”要填完整的日期，填的是“{written}”", "`{phrase}` takes a whole day, not `{written}`");
        diags.push(Diagnostic::new(Code::WrongCount, message).at(self.value.span).help(text!(
            "写成 2025-03-06 的样子；电子表格里的，把这一格设成日期格式",
            "write it as 2025-03-06; in a spreadsheet give the cell a date format"
        )));
        None
    }

    fn date(&self, date: Date, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
        let parts = date_shape(self.text, self.holes).filter(|parts| parts.len() == self.holes.len());
        let Some(parts) = parts else {
            return wrong_count(self.value.span, self.holes.len(), 1, diags);
        };
        let [year, month, day] = format::parts(self.declaration(), date);
        let part = |part| match part {
            DatePart::Year => year.clone(),
            DatePart::Month => month.clone(),
            DatePart::Day => day.clone(),
        };
        Some(self.holes.iter().zip(parts).map(|(hole, p)| self.replace(hole, part(p))).collect())
    }

    fn list(
        &self,
        names: &[Located],
        count: Option<&Spanned<Decimal>>,
        diags: &mut Diagnostics,
    ) -> Option<Vec<Replacement>> {
        let span = self.value.span;
        let shape = list_shape(self.text, self.holes)
            .filter(|shape| shape.names + usize::from(shape.counted) == self.holes.len());
        let Some(shape) = shape else {
            diags.push(
                Diagnostic::new(Code::WrongKind, text!("这条短语不是并列的名称", "this phrase is no list of names"))
                    .at(span)
                    .help(text!(
                        "list 填 XXX、XXX等X篇 这样的短语，指标名要写全",
                        "a list fills a phrase like XXX、XXX等X篇; the key must hold all of it"
                    )),
            );
            return None;
        };
        if names.iter().any(is_pending) {
            let name = self.key.key.text();
            diags.push(
                Diagnostic::new(Code::MissingFigure, text!("“{name}”还没有填完", "`{name}` is not complete yet"))
                    .at(span)
                    .label(span, text!("在这里填", "fill it in here")),
            );
            return None;
        }
        if let Some(count) = count
            && count.value < Decimal::from(names.len())
        {
            diags.push(
                Diagnostic::new(
                    Code::WrongCount,
                    text!(
                        "列了 {} 个名称，count 却是 {}",
                        "{} names are listed, but count is {}",
                        names.len(),
                        count.value
                    ),
                )
                .at(count.span),
            );
            return None;
        }
        let names: Vec<String> = names
            .iter()
            .map(|name| {
                let name = name.text().trim();
                let bare = name.strip_suffix(shape.words.as_str()).filter(|rest| !rest.is_empty());
                bare.map_or_else(|| joined(name, &shape.words), |bare| format!("{bare}{}", shape.words))
            })
            .collect();
        let joined = match names.as_slice() {
            [head @ .., before, last] => {
                let head: String = head.iter().map(|name| format!("{name}、")).collect();
                format!("{head}{before}{}{last}", shape.last_joint)
            }
            rest => rest.concat(),
        };
        let mut out = vec![Replacement { range: shape.range, text: joined, gap: None, figure: Some(self.figure) }];
        if shape.counted {
            let count = count.map_or_else(|| names.len().to_string(), |count| count.value.to_string());
            out.extend(self.holes.last().map(|hole| self.replace(hole, count)));
        }
        Some(out)
    }
}

/// Whether a figure is a list of towns that came out empty, which is told where the text is not left out: no sentence reads
/// well with it.
pub(super) fn none_picked(work: &Work<'_, '_>, text: usize, figure: usize, diags: &mut Diagnostics) -> bool {
    let value = work.ledger.value(figure);
    let is_empty = matches!(&value.value, Given::List(names, _) if names.is_empty());
    if is_empty && !work.is_left_out(text) {
        let name = work.manifest.figures[figure].key.text();
        let message = text!(
            "没有一个镇符合条件，“{name}”没有名单可写",
            "no town meets the condition of `{name}`: there is nothing to print"
        );
        diags.push(Diagnostic::new(Code::RuleUndefined, message).at(value.span).help(text!(
            "把这句话单独成节，写上 when = 'count(…) > 0'，没有镇时就不印；名单只占一处的，也可以写 optional = true 和 default = \"无\"",
            "put the sentence into a section with when = 'count(…) > 0'; a list in a single hole may have optional = true and a default"
        )));
    }
    is_empty
}

/// Whether a value is a list in words, one of which is still to come.
pub(super) fn is_incomplete(given: &Given) -> bool {
    matches!(given, Given::Text(names) if split_names(names).iter().any(is_pending))
}

/// Whether `text` begins with `unit`, percent signs of both widths being one.
fn begins_with_unit(text: &str, unit: &str) -> bool {
    text.starts_with(unit) || (text.starts_with(['%', '％']) && matches!(unit, "%" | "％"))
}

/// What a figure prints where it stands alone, in `X{name}`.
pub(super) fn whole(work: &Work<'_, '_>, index: usize, diags: &mut Diagnostics) -> Option<String> {
    let value = work.ledger.value(index);
    let declaration = work.manifest.figures[index].declaration.as_deref();
    match &value.value {
        Given::Number(number) => {
            let kind = work.ledger.kind(index);
            let printed = format::number(declaration, kind, number, Beside::default(), value.span);
            printed.map_err(|fault| diags.push(*fault)).ok()
        }
        Given::Text(text) => Some(text.text().trim().to_owned()),
        Given::Date(date) => Some(format::date(declaration, *date).unwrap_or_else(|| date.to_string())),
        Given::List(names, _) => Some(names.iter().map(|name| name.text().trim()).collect::<Vec<_>>().join("、")),
        Given::Several(items) => {
            wrong_count(value.span, 1, items.len(), diags);
            None
        }
        Given::Missing | Given::Faulty => None,
    }
}

fn wrong_count(span: Span, holes: usize, values: usize, diags: &mut Diagnostics) -> Option<Vec<Replacement>> {
    let fault = Diagnostic::new(
        Code::WrongCount,
        text!(
            "这条短语有 {holes} 处要填，给了 {values} 个值",
            "this phrase has {holes} holes, and {values} values are given"
        ),
    )
    .at(span);
    let places = vec!["…"; holes].join(", ");
    diags.push(match holes {
        1 => fault.help(text!("只写一个值", "give one value")),
        _ => fault.help(text!("按正文的先后写成：[{places}]", "write them in the order of the text: [{places}]")),
    });
    None
}

/// A decimal shape wants decimals, an open year a year.
fn check_magnitude(kind: &Kind, digits: &str, span: Span, diags: &mut Diagnostics) {
    let message = match kind {
        Kind::Year if digits.len() != 4 || !digits.starts_with(['1', '2']) => {
            text!("整个年份都会换成“{digits}”，要写四位", "the whole year becomes `{digits}`; write all four digits")
        }
        Kind::Decimal(decimals) if !digits.contains('.') => text!(
            "正文留的是 {decimals} 位小数，填的是整数 {digits}",
            "the text has a number with {decimals} decimals, the value is the whole number {digits}"
        ),
        Kind::Year | Kind::Decimal(_) | Kind::Run | Kind::Named(_) => return,
    };
    diags.push(Diagnostic::new(Code::WrongMagnitude, message).at(span));
}
