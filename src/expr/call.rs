//! The functions: `sum count mean min max abs round`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::env::{Entry, Value};
use super::eval::{Fault, Figures, Quantity, UnitMix, Worth, add, agree, number, unlike, worth_of};
use super::tree::{Function, Node, NodeKind, Picked, Scope};
use crate::diag::Text;
use crate::number::{Decimal, Fraction};
use crate::text;

/// Digits that `round` takes; beyond, no office rounds.
const ROUND: RangeInclusive<i64> = -12..=20;

impl<'a> Figures<'a> {
    /// The value of `function` over `arguments`, whose number fits it.
    pub(super) fn call(
        &self,
        node: &Node,
        function: Function,
        arguments: &[Node],
        mixes: &mut Vec<UnitMix>,
    ) -> Result<Worth<'a>, Fault> {
        match function {
            Function::Count => Ok(Worth::Number(Quantity::bare(self.count(arguments, mixes)?))),
            Function::Sum => Ok(Worth::Number(self.sum(node, arguments, mixes)?)),
            Function::Mean => {
                let (sum, count) = self.total(node, arguments, mixes)?;
                if count == 0 {
                    return Err(nothing_given(node, function));
                }
                Ok(Worth::Number(Quantity {
                    value: sum.value / Fraction::from_integer(count.into()),
                    digits: 0,
                    ..sum
                }))
            }
            Function::Min => self.extreme(node, function, arguments, Ordering::Less, mixes),
            Function::Max => self.extreme(node, function, arguments, Ordering::Greater, mixes),
            Function::Abs => {
                let mut quantity = self.quantity(&arguments[0], mixes)?;
                if quantity.value < Fraction::from_integer(0.into()) {
                    quantity.value = -quantity.value;
                }
                Ok(Worth::Number(quantity))
            }
            Function::Round => {
                let digits = self.round_digits(arguments, mixes)?;
                let quantity = self.quantity(&arguments[0], mixes)?;
                Ok(Worth::Number(Quantity::of(
                    &Decimal::rounded(&quantity.value, digits, self.rounding),
                    quantity.unit,
                )))
            }
        }
    }

    /// The second argument of `round`, 0 by default.
    pub(super) fn round_digits(&self, arguments: &[Node], mixes: &mut Vec<UnitMix>) -> Result<i32, Fault> {
        let Some(node) = arguments.get(1) else { return Ok(0) };
        let value = self.quantity(node, mixes)?.value;
        let whole = Decimal::exactly(&value, 0).and_then(|digits| digits.to_i64());
        match whole.filter(|digits| ROUND.contains(digits)) {
            Some(digits) => Ok(digits as i32),
            None => {
                let (least, most) = (ROUND.start(), ROUND.end());
                let message = text!("小数位数不对", "these are no digits to round to");
                Err(Fault::new(&node.range, message)
                    .help(text!("写 {least} 到 {most} 的整数", "write a whole number from {least} to {most}")))
            }
        }
    }

    fn count(&self, arguments: &[Node], mixes: &mut Vec<UnitMix>) -> Result<Fraction, Fault> {
        let mut count = Decimal::from(0);
        for argument in arguments {
            match self.spread(argument) {
                Some(entries) => {
                    for entry in entries {
                        count = &count + &counted(entry);
                    }
                }
                None => {
                    let worth = self.worth(argument, mixes)?;
                    let names = matches!(argument.kind, NodeKind::Towns { picked: Picked::Names, .. });
                    match worth {
                        // Names are as many as they are, as those of a list figure.
                        Worth::Number(number) if names => {
                            count = &count + &Decimal::rounded(&number.value, 0, self.rounding)
                        }
                        Worth::Number(_) | Worth::Text(_) | Worth::Date(_) => count = &count + &Decimal::from(1),
                    }
                }
            }
        }
        Ok(count.to_fraction())
    }

    /// The sum of all values. Rates, means and ranks of the towns are refused, since their sum says nothing.
    fn sum(&self, node: &Node, arguments: &[Node], mixes: &mut Vec<UnitMix>) -> Result<Quantity<'a>, Fault> {
        arguments.iter().try_for_each(|argument| self.adds_up(argument))?;
        Ok(self.total(node, arguments, mixes)?.0)
    }

    /// Whether an argument is no column of rates.
    fn adds_up(&self, argument: &Node) -> Result<(), Fault> {
        let NodeKind::Figure { reference, .. } = argument.kind else { return Ok(()) };
        let reference = &self.references[reference];
        if reference.scope != Scope::Towns || !is_rate(&reference.key) {
            return Ok(());
        }
        let key = &reference.key;
        let message =
            text!("“{key}”是比率、平均或名次，不能相加", "`{key}` is a rate, a mean or a rank: no sum has a meaning");
        Err(Fault::new(&argument.range, message).help(text!(
            "用总数重新算，如 sum(towns.\"已修复X处\") ÷ sum(towns.\"发现X处\") × 100；或用 mean、max、min",
            "work it out of the totals, as in sum(towns.\"已修复X处\") / sum(towns.\"发现X处\") * 100, or take mean, max or min"
        )))
    }

    /// The sum of all values, and how many they are.
    fn total(&self, node: &Node, arguments: &[Node], mixes: &mut Vec<UnitMix>) -> Result<(Quantity<'a>, usize), Fault> {
        let mut sum = Quantity::bare(Fraction::from_integer(0.into()));
        let mut count = 0;
        for argument in arguments {
            let Some(entries) = self.spread(argument) else {
                add(&mut sum, self.quantity(argument, mixes)?, &node.range, mixes)?;
                count += 1;
                continue;
            };
            // A column may be long: its numbers are added as decimals, which is many times faster than as fractions.
            let mut column = Decimal::from(0);
            for entry in entries {
                match &entry.value {
                    Value::Number(number) | Value::List { count: number, .. } => column = &column + number,
                    Value::Text(_) | Value::Date(_) => {
                        number(worth_of(entry), argument)?;
                    }
                }
                agree(&mut sum.unit, entry.unit.as_deref(), &node.range, mixes);
            }
            add(&mut sum, Quantity::of(&column, None), &node.range, mixes)?;
            count += entries.len();
        }
        Ok((sum, count))
    }

    /// The least or the greatest of numbers or of dates.
    fn extreme(
        &self,
        node: &Node,
        function: Function,
        arguments: &[Node],
        wanted: Ordering,
        mixes: &mut Vec<UnitMix>,
    ) -> Result<Worth<'a>, Fault> {
        let mut best: Option<Worth<'a>> = None;
        for argument in arguments {
            let worths: Vec<Worth<'a>> = match self.spread(argument) {
                Some(entries) => entries.iter().map(worth_of).collect(),
                None => vec![self.worth(argument, mixes)?],
            };
            for worth in worths {
                best = Some(match (best, worth) {
                    (None, worth @ Worth::Date(_)) => worth,
                    (None, worth) => Worth::Number(number(worth, argument)?),
                    (Some(Worth::Date(a)), Worth::Date(b)) => Worth::Date(if b.cmp(&a) == wanted { b } else { a }),
                    (Some(Worth::Number(mut a)), Worth::Number(b)) => {
                        agree(&mut a.unit, b.unit, &node.range, mixes);
                        Worth::Number(if b.value.cmp(&a.value) == wanted { b } else { a })
                    }
                    (Some(Worth::Number(_)), worth) => Worth::Number(number(worth, argument)?),
                    (Some(Worth::Date(_) | Worth::Text(_)), _) => return Err(unlike(&argument.range)),
                });
            }
        }
        best.ok_or_else(|| nothing_given(node, function))
    }
}

/// Whether the words of a key say that it is a rate, a mean or a rank (G-rules: what is not to be added).
fn is_rate(key: &str) -> bool {
    const ENDS: [&str; 9] = ["第", "率", "占比", "比重", "比例", "满意度", "均价", "单价", "排名"];
    const WORDS: [&str; 4] = ["人均", "户均", "亩均", "平均"];
    const UNITS: [&str; 4] = ["%", "％", "‰", "个百分点"];
    let is_hole = |c: char| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '.');
    let (words, unit) = match key.find(is_hole) {
        Some(hole) => (&key[..hole], key[hole..].trim_start_matches(is_hole)),
        None => (key, ""),
    };
    let words = words.trim().trim_end_matches(['达', '到', '为']);
    ENDS.iter().any(|end| words.ends_with(end))
        || WORDS.iter().any(|word| words.contains(word))
        || UNITS.iter().any(|rate| unit.trim_start() == *rate)
}

/// What one value counts as.
pub(super) fn counted(entry: &Entry) -> Cow<'_, Decimal> {
    match &entry.value {
        Value::List { count, .. } => Cow::Borrowed(count),
        Value::Number(_) | Value::Text(_) | Value::Date(_) => Cow::Owned(Decimal::from(1)),
    }
}

fn nothing_given(node: &Node, function: Function) -> Fault {
    let message = Text {
        zh: format!("没有数，求不出{}", function.chinese()),
        en: format!("there is nothing to take the {} of", function.name()),
    };
    Fault::new(&node.range, message)
}
