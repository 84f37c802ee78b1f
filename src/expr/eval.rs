//! Works out values, in exact fractions.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::env::{Entry, Value};
use super::tree::{Node, NodeKind, Reference, Scale, Scope, Sign};
use super::unit::clash;
use crate::diag::Text;
use crate::number::{Date, Decimal, Fraction, Rounding};
use crate::text;

/// Why an expression has no value (`rule-undefined`): a division by zero, words in a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the expression's text.
    pub range: Range<usize>,
    /// What is wrong, as a sentence.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
}

impl Fault {
    pub(super) fn new(range: &Range<usize>, message: Text) -> Self {
        Fault { range: range.clone(), message, help: None }
    }

    pub(super) fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }
}

/// Two units of one kind, added or compared as they stand (`unit-mix`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMix {
    /// Where, in bytes of the expression's text.
    pub range: Range<usize>,
    /// The units, as first met.
    pub units: [String; 2],
}

impl UnitMix {
    /// What is wrong, as a sentence.
    pub fn message(&self) -> Text {
        let [a, b] = &self.units;
        text!("{a}和{b}直接相加或相比，单位没有换算", "{a} and {b} are added or compared, and units are not converted")
    }
}

/// What a part is worth.
#[derive(Clone, Debug)]
pub(super) enum Worth<'a> {
    Number(Quantity<'a>),
    Text(&'a str),
    Date(Date),
}

/// A number on the way to a result.
#[derive(Clone, Debug)]
pub(super) struct Quantity<'a> {
    pub(super) value: Fraction,
    /// Digits after the point that it has at least when printed.
    pub(super) digits: u32,
    pub(super) unit: Option<&'a str>,
}

impl<'a> Quantity<'a> {
    pub(super) fn of(number: &Decimal, unit: Option<&'a str>) -> Self {
        Quantity { value: number.to_fraction(), digits: number.digits(), unit }
    }

    /// A number of no unit, with the digits that it needs.
    pub(super) fn bare(value: Fraction) -> Self {
        Quantity { value, digits: 0, unit: None }
    }
}

/// A town of which a condition is asked.
#[derive(Clone, Copy)]
pub(super) struct Town<'a> {
    /// Its place among the towns.
    pub(super) number: usize,
    /// What is the same for all of them, by its bytes in the expression's text.
    pub(super) wholes: &'a BTreeMap<(usize, usize), Result<Worth<'a>, Fault>>,
}

/// The figures of one expression with their values; nothing in it is missing.
#[derive(Clone, Copy)]
pub(super) struct Figures<'a> {
    pub(super) references: &'a [Reference],
    /// The values of each of `references`.
    pub(super) entries: &'a [Cow<'a, [Entry]>],
    pub(super) rounding: Rounding,
    /// The names of the towns, in the order of their values.
    pub(super) towns: &'a [String],
    /// The one town that `towns."key"` is of, within a condition that picks towns.
    pub(super) town: Option<Town<'a>>,
}

impl<'a> Figures<'a> {
    /// The value of `node`; units that don't agree go to `mixes`.
    pub(super) fn worth(&self, node: &Node, mixes: &mut Vec<UnitMix>) -> Result<Worth<'a>, Fault> {
        match &node.kind {
            NodeKind::Number { value, percent: false } => Ok(Worth::Number(Quantity::of(value, None))),
            NodeKind::Number { value, percent: true } => {
                Ok(Worth::Number(Quantity::bare(value.to_fraction() / Fraction::from_integer(100.into()))))
            }
            NodeKind::Date(date) => Ok(Worth::Date(*date)),
            NodeKind::Figure { reference, index } => self.figure(node, *reference, *index),
            NodeKind::Negative(inner) => {
                let quantity = self.quantity(inner, mixes)?;
                Ok(Worth::Number(Quantity { value: -quantity.value, ..quantity }))
            }
            NodeKind::Sum { first, rest } => {
                let mut sum = self.quantity(first, mixes)?;
                for (sign, part) in rest {
                    let mut quantity = self.quantity(part, mixes)?;
                    if *sign == Sign::Minus {
                        quantity.value = -quantity.value;
                    }
                    add(&mut sum, quantity, &node.range, mixes)?;
                }
                Ok(Worth::Number(sum))
            }
            NodeKind::Product { first, rest } => {
                let mut product = self.quantity(first, mixes)?.value;
                for (scale, part) in rest {
                    let factor = self.quantity(part, mixes)?.value;
                    match scale {
                        Scale::Times => product *= factor,
                        Scale::Divided if self.is_last(part) && factor <= Fraction::from_integer(0.into()) => {
                            return Err(no_base(part, &factor));
                        }
                        Scale::Divided if is_zero(&factor) => return Err(division_by_zero(part)),
                        Scale::Divided => product /= factor,
                    }
                    check_size(&product, &node.range)?;
                }
                Ok(Worth::Number(Quantity::bare(product)))
            }
            NodeKind::Call { function, arguments } => match self.known(node) {
                Some(known) => known,
                None => self.call(node, *function, arguments, mixes),
            },
            NodeKind::Towns { test, .. } => match self.known(node) {
                Some(known) => known,
                None => {
                    let count = self.picked(test, mixes)?.len();
                    Ok(Worth::Number(Quantity::bare(Fraction::from_integer(count.into()))))
                }
            },
        }
    }

    /// The value of `node`, which must be a number.
    pub(super) fn quantity(&self, node: &Node, mixes: &mut Vec<UnitMix>) -> Result<Quantity<'a>, Fault> {
        let worth = self.worth(node, mixes)?;
        number(worth, node)
    }

    /// The one value of a figure.
    fn figure(&self, node: &Node, reference: usize, index: Option<usize>) -> Result<Worth<'a>, Fault> {
        let entries = self.values(reference, index);
        let name = named(&self.references[reference]);
        let count = match (entries, index) {
            ([entry], None) => return Ok(worth_of(entry)),
            ([Entry { value: Value::List { names, .. }, .. }], Some(index)) => match names.get(index - 1) {
                Some(name) => return Ok(Worth::Text(name)),
                None => names.len(),
            },
            (entries, Some(index)) => match entries.get(index - 1) {
                Some(entry) => return Ok(worth_of(entry)),
                None => entries.len(),
            },
            ([], None) => return Err(Fault::new(&node.range, text!("{name}没有值", "{name} has no values"))),
            (entries, None) => {
                let count = entries.len();
                let message =
                    text!("{name}有 {count} 个值，这里只能用一个", "{name} has {count} values where one is needed");
                let is_column = self.references[reference].scope == Scope::Towns;
                return Err(Fault::new(&node.range, message).help(if is_column {
                    text!(
                        "求和用 sum(…)；挑出符合条件的镇用 names(…)，数有几个镇用 count(…)，条件写在括号里",
                        "add them with sum(…), or put the comparison into names(…) or count(…) to pick towns"
                    )
                } else {
                    text!("后面写 [1] 指第 1 个，或用 sum(…) 求和", "pick one with [1], or add them with sum(…)")
                }));
            }
        };
        Err(Fault::new(&node.range, text!("{name}只有 {count} 个值", "{name} has {count} values only")))
    }

    /// The values that a figure has at this place: all of them, or that of the one town.
    fn values(&self, reference: usize, index: Option<usize>) -> &'a [Entry] {
        let entries = self.entries[reference].as_ref();
        match self.town.filter(|_| index.is_none() && self.references[reference].scope == Scope::Towns) {
            Some(town) => entries.get(town.number..=town.number).unwrap_or_default(),
            None => entries,
        }
    }

    /// Whether `node` is a figure of last time and nothing else.
    fn is_last(&self, node: &Node) -> bool {
        matches!(node.kind, NodeKind::Figure { reference, .. } if self.references[reference].scope == Scope::Last)
    }

    /// The entry that `node` is and nothing else, if it is a single figure.
    pub(super) fn lone(&self, node: &Node) -> Option<&'a Entry> {
        let NodeKind::Figure { reference, index } = node.kind else { return None };
        match (self.values(reference, index), index) {
            ([entry], None) => Some(entry),
            ([Entry { value: Value::List { .. }, .. }], Some(_)) | (_, None) => None,
            (entries, Some(index)) => entries.get(index - 1),
        }
    }

    /// The entries that an argument spreads into, if it is a figure with all its values.
    pub(super) fn spread(&self, argument: &Node) -> Option<&'a [Entry]> {
        match argument.kind {
            NodeKind::Figure { reference, index: None } => Some(&self.entries[reference]),
            NodeKind::Figure { index: Some(_), .. }
            | NodeKind::Number { .. }
            | NodeKind::Date(_)
            | NodeKind::Negative(_)
            | NodeKind::Sum { .. }
            | NodeKind::Product { .. }
            | NodeKind::Call { .. }
            | NodeKind::Towns { .. } => None,
        }
    }
}

pub(super) fn worth_of(entry: &Entry) -> Worth<'_> {
    match &entry.value {
        Value::Number(number) | Value::List { count: number, .. } => {
            Worth::Number(Quantity::of(number, entry.unit.as_deref()))
        }
        Value::Text(words) => Worth::Text(words),
        Value::Date(date) => Worth::Date(*date),
    }
}

/// `worth` as the number that `node` must be.
pub(super) fn number<'a>(worth: Worth<'a>, node: &Node) -> Result<Quantity<'a>, Fault> {
    match worth {
        Worth::Number(quantity) => Ok(quantity),
        Worth::Text(words) => Err(Fault::new(
            &node.range,
            text!("“{words}”是文字，不能计算", "“{words}” is words, and cannot be calculated with"),
        )),
        Worth::Date(date) => Err(Fault::new(
            &node.range,
            text!("{date}是日期，不能计算", "{date} is a date, and cannot be calculated with"),
        )
        .help(text!("日期只能比先后", "dates can only be compared"))),
    }
}

pub(super) fn add<'a>(
    sum: &mut Quantity<'a>,
    more: Quantity<'a>,
    range: &Range<usize>,
    mixes: &mut Vec<UnitMix>,
) -> Result<(), Fault> {
    sum.value += more.value;
    sum.digits = sum.digits.max(more.digits);
    agree(&mut sum.unit, more.unit, range, mixes);
    check_size(&sum.value, range)
}

/// Bits that a number may take on the way, so that no expression is slow: some 600 digits.
const MAX_BITS: u64 = 2048;

fn check_size(value: &Fraction, range: &Range<usize>) -> Result<(), Fault> {
    if value.numer().bits().max(value.denom().bits()) > MAX_BITS {
        return Err(Fault::new(range, text!("数太大，算不下去", "the numbers grow too large")));
    }
    Ok(())
}

/// Notes where `unit` and `other` are the same measure in different units.
pub(super) fn agree<'a>(
    unit: &mut Option<&'a str>,
    other: Option<&'a str>,
    range: &Range<usize>,
    mixes: &mut Vec<UnitMix>,
) {
    match (*unit, other) {
        (Some(a), Some(b)) if clash(a, b) => {
            let mix = UnitMix { range: range.clone(), units: [a.to_owned(), b.to_owned()] };
            // A column of mixed units is one fault.
            if mixes.last() != Some(&mix) {
                mixes.push(mix);
            }
        }
        (None, Some(_)) => *unit = other,
        (Some(_), _) | (None, None) => {}
    }
}

pub(super) fn is_zero(fraction: &Fraction) -> bool {
    *fraction == Fraction::from_integer(0.into())
}

/// The figure's name in a message.
pub(super) fn named(reference: &Reference) -> String {
    match reference.scope {
        Scope::Own => format!("“{}”", reference.key),
        Scope::Towns | Scope::Last => reference.to_string(),
    }
}

fn division_by_zero(divisor: &Node) -> Fault {
    Fault::new(&divisor.range, text!("除数是 0", "the divisor is 0")).help(text!(
        "除数可能为 0 时，前面写明，如 \"受理X件\" == 0 or …",
        "where it may be 0, say so first: \"受理X件\" == 0 or …"
    ))
}

/// A rate of growth over nothing, or over a loss: by usage no per cent is given, but words (扭亏, 增亏).
fn no_base(divisor: &Node, base: &Fraction) -> Fault {
    let message = if is_zero(base) {
        text!("上期是 0，没有增长率可言", "last time it was 0, and there is no rate of growth")
    } else {
        text!("上期是负数，增长率没有意义", "last time it was below 0, and a rate of growth says nothing")
    };
    Fault::new(&divisor.range, message).help(text!(
        "给这个数写 optional = true 和 default，如 default = \"与上年不可比\"；或者正文改用文字说明",
        "give the figure optional = true and a default, such as default = \"—\", or say it in words"
    ))
}

pub(super) fn unlike(range: &Range<usize>) -> Fault {
    Fault::new(range, text!("两边不是一类，不能比较", "things of different kinds are compared")).help(text!(
        "数和数比，日期和日期比，文字和文字比",
        "compare numbers with numbers, dates with dates, words with words"
    ))
}
