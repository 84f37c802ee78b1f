//! Comparisons with every figure's value in them, as a message shows them.

use std::collections::BTreeSet;

use super::env::{Entry, Origin, Value};
use super::eval::{Figures, Quantity, Worth, is_zero};
use super::tree::{Node, NodeKind, Reference, Scale, Scope, Sign, Test, TestKind};
use crate::diag::{Lang, Text};
use crate::number::{Decimal, Fraction};
use crate::text;

/// A comparison worked out: `问题X个 (12) ≠ 已整改X个 (7) + 正在整改X个 (4) = 11`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The left side.
    pub left: Side,
    /// What is true of the two sides: `≠` where they should be equal.
    pub relation: &'static str,
    /// The right side.
    pub right: Side,
    /// A likely reason, such as a forgotten factor of a hundred.
    pub hint: Option<Text>,
}

/// One side of a [`Comparison`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its parts in order.
    pub pieces: Vec<Piece>,
    /// What it comes to, `= 11` or `≈ 33.3`; none where it is a single figure or number.
    pub result: Option<String>,
}

/// A part of a [`Side`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A sign, a number or a function's name, with the blanks beside it.
    Sign(Text),
    /// A figure.
    Figure {
        /// Its name.
        name: Text,
        /// Its values as printed, and where each was written; of many, the first ones.
        values: Vec<(String, Origin)>,
        /// How many values it has.
        count: usize,
    },
}

/// How many values of a column are shown.
const SHOWN: usize = 4;

/// Digits after the point of a result that has no end, and of one that looks like the other side with those.
const DIGITS: [u32; 2] = [4, 20];

impl Comparison {
    /// Works out `test`, which is a comparison that was judged; `rounds` is whether a lone figure's digits counted.
    pub(super) fn work_out(figures: &Figures<'_>, test: &Test, held: bool, rounds: bool) -> Option<Self> {
        let TestKind::Compare { left, relation, right } = &test.kind else { return None };
        let a = figures.worth(left, &mut Vec::new()).ok()?;
        let b = figures.worth(right, &mut Vec::new()).ok()?;
        let lone_digits = |node: &Node| if rounds { figures.lone_number(node).map(Decimal::digits) } else { None };
        let result = |node: &Node, worth: &Worth<'_>, other: &Node, digits: u32| match (&node.kind, worth) {
            (NodeKind::Figure { .. } | NodeKind::Number { .. } | NodeKind::Date(_), _) => None,
            (_, Worth::Number(quantity)) => Some(result(figures, quantity, lone_digits(other), digits)),
            (_, Worth::Date(date)) => Some(format!("= {date}")),
            (_, Worth::Text(words)) => Some(format!("= {words}")),
        };
        let mut results = (None, None);
        for digits in DIGITS {
            results = (result(left, &a, right, digits), result(right, &b, left, digits));
            if results.0.is_none() || results.0 != results.1 {
                break;
            }
        }
        let hint = match (&a, &b) {
            (Worth::Number(a), Worth::Number(b)) if !held => factor_hint(figures, (left, &a.value), (right, &b.value)),
            _ => None,
        };
        let relation = if held { *relation } else { relation.negated() };
        Some(Comparison {
            left: Side { pieces: figures.pieces(left), result: results.0 },
            relation: relation.sign(),
            right: Side { pieces: figures.pieces(right), result: results.1 },
            hint,
        })
    }

    /// The whole as a line. `place` gives a place in the author's files (`report.toml:41:9`), or nothing; each is shown once.
    pub fn render(&self, place: &dyn Fn(Origin) -> String) -> Text {
        Text { zh: self.line(Lang::Zh, place), en: self.line(Lang::En, place) }
    }

    /// Where the figures that it shows were written, each once, in the order in which they stand.
    pub fn origins(&self) -> Vec<Origin> {
        let mut seen = BTreeSet::new();
        let figures = self.left.pieces.iter().chain(&self.right.pieces);
        let origins = figures.flat_map(|piece| match piece {
            Piece::Sign(_) => &[],
            Piece::Figure { values, .. } => values.as_slice(),
        });
        origins.map(|(_, origin)| *origin).filter(|origin| seen.insert(*origin)).collect()
    }

    /// The values that it shows: the figure's name, the value as printed, and where it was written.
    pub fn values(&self) -> impl Iterator<Item = (&Text, &str, Origin)> {
        let figures = self.left.pieces.iter().chain(&self.right.pieces);
        figures.flat_map(|piece| {
            let (name, values) = match piece {
                Piece::Sign(text) => (text, &[][..]),
                Piece::Figure { name, values, .. } => (name, values.as_slice()),
            };
            values.iter().map(move |(value, origin)| (name, value.as_str(), *origin))
        })
    }

    fn line(&self, lang: Lang, place: &dyn Fn(Origin) -> String) -> String {
        let mut seen = BTreeSet::new();
        let mut line = String::new();
        self.left.push(&mut line, lang, place, &mut seen);
        line.push_str(&format!(" {} ", self.relation));
        self.right.push(&mut line, lang, place, &mut seen);
        line
    }
}

impl Side {
    fn push(&self, line: &mut String, lang: Lang, place: &dyn Fn(Origin) -> String, seen: &mut BTreeSet<Origin>) {
        for piece in &self.pieces {
            match piece {
                Piece::Sign(sign) => line.push_str(sign.get(lang)),
                Piece::Figure { name, values, count } => {
                    let shown: Vec<_> = values.iter().map(|(value, _)| value.as_str()).collect();
                    line.push_str(&format!("{} ({}", name.get(lang), shown.join(", ")));
                    if *count > shown.len() {
                        line.push_str(&match lang {
                            Lang::Zh => format!(", … 共 {count} 个"),
                            Lang::En => format!(", … {count} in all"),
                        });
                    }
                    if let Some((_, origin)) = values.first()
                        && seen.insert(*origin)
                    {
                        let place = place(*origin);
                        if !place.is_empty() {
                            line.push_str(&format!(", {place}"));
                        }
                    }
                    line.push(')');
                }
            }
        }
        if let Some(result) = &self.result {
            line.push(' ');
            line.push_str(result);
        }
    }
}

/// What a side comes to; `lone` are the printed digits of the other side, if it is rounded to them, and `digits` those of
/// a result without an end.
fn result(figures: &Figures<'_>, quantity: &Quantity<'_>, lone: Option<u32>, digits: u32) -> String {
    let rounded = |digits: u32| Decimal::rounded(&quantity.value, digits as i32, figures.rounding);
    let exact = Decimal::exactly(&quantity.value, quantity.digits);
    match (exact, lone) {
        (Some(exact), Some(lone)) if exact.digits() <= lone => format!("= {exact}"),
        (Some(exact), Some(lone)) if exact.digits() <= lone + DIGITS[0] => format!("= {exact} ≈ {}", rounded(lone)),
        (Some(exact), None) if exact.digits() <= quantity.digits.max(digits) => format!("= {exact}"),
        (_, Some(lone)) => format!("≈ {}", rounded(lone)),
        (_, None) => format!("≈ {}", rounded(digits)),
    }
}

/// A word on sides that differ by just the factor of a per cent or of a larger unit.
fn factor_hint(figures: &Figures<'_>, left: (&Node, &Fraction), right: (&Node, &Fraction)) -> Option<Text> {
    if is_zero(left.1) || is_zero(right.1) {
        return None;
    }
    [(100, text!("百分数", "per cent")), (10_000, text!("万", "万")), (100_000_000, text!("亿", "亿"))]
        .into_iter()
        .find(|(factor, _)| {
            // Not reduced, since it is compared and no more.
            let times = |side: &Fraction| Fraction::new_raw(side.numer() * *factor, side.denom().clone());
            figures.equal(left, (right.0, &times(right.1))) || figures.equal((left.0, &times(left.1)), right)
        })
        .map(|(factor, Text { zh, en })| {
            text!(
                "两边相差 {factor} 倍：是不是漏了{zh}的换算",
                "the sides differ by a factor of {factor}: {en}, perhaps"
            )
        })
}

impl Figures<'_> {
    fn pieces(&self, node: &Node) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.push(&mut pieces, node, false);
        pieces
    }

    fn push(&self, pieces: &mut Vec<Piece>, node: &Node, brackets: bool) {
        if brackets {
            pieces.push(sign("("));
        }
        match &node.kind {
            NodeKind::Number { value, percent } => {
                pieces.push(sign(&format!("{value}{}", if *percent { "%" } else { "" })));
            }
            NodeKind::Date(date) => pieces.push(sign(&date.to_string())),
            NodeKind::Figure { reference, index } => pieces.push(self.figure_piece(*reference, *index)),
            NodeKind::Negative(inner) => {
                pieces.push(sign("-"));
                self.push(pieces, inner, is_chain(inner) || matches!(inner.kind, NodeKind::Negative(_)));
            }
            NodeKind::Sum { first, rest } => {
                self.push(pieces, first, false);
                for (way, part) in rest {
                    pieces.push(sign(match way {
                        Sign::Plus => " + ",
                        Sign::Minus => " - ",
                    }));
                    self.push(pieces, part, matches!(part.kind, NodeKind::Sum { .. }));
                }
            }
            NodeKind::Product { first, rest } => {
                self.push(pieces, first, matches!(first.kind, NodeKind::Sum { .. }));
                for (way, part) in rest {
                    pieces.push(sign(match way {
                        Scale::Times => " × ",
                        Scale::Divided => " ÷ ",
                    }));
                    self.push(pieces, part, is_chain(part));
                }
            }
            NodeKind::Call { function, arguments } => {
                let (zh, en) = (function.chinese(), function.name());
                pieces.push(Piece::Sign(Text { zh: format!("{zh}("), en: format!("{en}(") }));
                for (i, argument) in arguments.iter().enumerate() {
                    if i > 0 {
                        pieces.push(sign(", "));
                    }
                    self.push(pieces, argument, false);
                }
                pieces.push(sign(")"));
            }
            NodeKind::Towns { picked, test } => {
                let (zh, en) = (picked.chinese(), picked.name());
                pieces.push(Piece::Sign(Text { zh: format!("{zh}("), en: format!("{en}(") }));
                self.push_test(pieces, test, false);
                pieces.push(sign(")"));
            }
        }
        if brackets {
            pieces.push(sign(")"));
        }
    }

    fn push_test(&self, pieces: &mut Vec<Piece>, test: &Test, brackets: bool) {
        if brackets {
            pieces.push(sign("("));
        }
        match &test.kind {
            TestKind::And(tests) | TestKind::Or(tests) => {
                let both = matches!(test.kind, TestKind::And(_));
                for (i, part) in tests.iter().enumerate() {
                    if i > 0 {
                        pieces.push(Piece::Sign(if both { text!(" 且 ", " and ") } else { text!(" 或 ", " or ") }));
                    }
                    self.push_test(pieces, part, matches!(part.kind, TestKind::And(_) | TestKind::Or(_)));
                }
            }
            TestKind::Not(denied) => {
                pieces.push(Piece::Sign(text!("非", "not ")));
                self.push_test(pieces, denied, true);
            }
            TestKind::Compare { left, relation, right } => {
                self.push(pieces, left, false);
                pieces.push(sign(&format!(" {} ", relation.sign())));
                self.push(pieces, right, false);
            }
        }
        if brackets {
            pieces.push(sign(")"));
        }
    }

    fn figure_piece(&self, reference: usize, index: Option<usize>) -> Piece {
        let entries = self.entries[reference].as_ref();
        let name = name(&self.references[reference], index);
        let values: Vec<_> = match (entries, index) {
            ([Entry { value: Value::List { names, .. }, origin, .. }], Some(index)) => {
                names.get(index - 1).map(|name| (format!("“{name}”"), *origin)).into_iter().collect()
            }
            (entries, Some(index)) => entries.get(index - 1).map(shown).into_iter().collect(),
            (entries, None) => entries.iter().take(SHOWN).map(shown).collect(),
        };
        let count = if index.is_some() { values.len() } else { entries.len() };
        Piece::Figure { name, values, count }
    }
}

fn sign(sign: &str) -> Piece {
    Piece::Sign(Text::verbatim(sign))
}

fn is_chain(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Sum { .. } | NodeKind::Product { .. })
}

/// A value as a message shows it, and where it was written.
fn shown(entry: &Entry) -> (String, Origin) {
    let value = match &entry.value {
        Value::Number(number) | Value::List { count: number, .. } => number.to_string(),
        Value::Text(words) => format!("“{words}”"),
        Value::Date(date) => date.to_string(),
    };
    (value, entry.origin)
}

/// A figure's name without quotes, as it stands in the author's list.
fn name(reference: &Reference, index: Option<usize>) -> Text {
    let key = &reference.key;
    let index = index.map_or(String::new(), |index| format!("[{index}]"));
    match reference.scope {
        Scope::Own => text!("{key}{index}", "{key}{index}"),
        Scope::Towns => text!("各镇的{key}{index}", "{key}{index} of the towns"),
        Scope::Last => text!("上期的{key}{index}", "{key}{index} of the last report"),
    }
}
