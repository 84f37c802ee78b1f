//! Between what bounds a value lies, when every figure with a point is known to half its last digit only.

use super::call::counted;
use super::env::{Entry, Value};
use super::eval::{Figures, is_zero};
use super::tree::{Function, Node, NodeKind, Scale, Sign};
use crate::number::{Decimal, Fraction};

/// Both ends belong to it.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub(super) low: Fraction,
    pub(super) high: Fraction,
}

impl Bounds {
    fn point(value: Fraction) -> Self {
        Bounds { low: value.clone(), high: value }
    }

    /// The bounds of one value; whole numbers and money are exact.
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        let (Value::Number(number) | Value::List { count: number, .. }) = &entry.value else { return None };
        if is_exact(entry) {
            return Some(Bounds::point(number.to_fraction()));
        }
        let (low, high) = number.rounded_from();
        Some(Bounds { low, high })
    }

    pub(super) fn meet(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn negative(self) -> Self {
        Bounds { low: -self.high, high: -self.low }
    }

    fn add(&mut self, other: Self) {
        self.low += other.low;
        self.high += other.high;
    }

    fn times(&self, other: &Self) -> Option<Self> {
        let corners =
            [&self.low * &other.low, &self.low * &other.high, &self.high * &other.low, &self.high * &other.high];
        Some(Bounds { low: corners.iter().min()?.clone(), high: corners.iter().max()?.clone() })
    }

    /// One divided by it; none where it may be zero.
    fn inverse(&self) -> Option<Self> {
        let zero = Fraction::from_integer(0.into());
        if self.low <= zero && zero <= self.high {
            return None;
        }
        Some(Bounds { low: self.high.recip(), high: self.low.recip() })
    }

    fn absolute(self) -> Self {
        let zero = Fraction::from_integer(0.into());
        if self.low >= zero {
            self
        } else if self.high <= zero {
            self.negative()
        } else {
            let high = self.high.max(-self.low);
            Bounds { low: zero, high }
        }
    }
}

/// Whether the value is known to its last digit and beyond: money and whole numbers are, and what is no number.
fn is_exact(entry: &Entry) -> bool {
    let (Value::Number(number) | Value::List { count: number, .. }) = &entry.value else { return true };
    entry.exact || number.digits() == 0
}

impl Figures<'_> {
    /// Whether no figure was rounded, so that there are no bounds to look at.
    pub(super) fn are_exact(&self) -> bool {
        self.entries.iter().all(|entries| entries.iter().all(is_exact))
    }

    /// The bounds of `node`; none where it is no number or has no bounds.
    pub(super) fn bounds(&self, node: &Node) -> Option<Bounds> {
        match &node.kind {
            NodeKind::Number { .. } => Some(Bounds::point(self.quantity(node, &mut Vec::new()).ok()?.value)),
            NodeKind::Date(_) => None,
            NodeKind::Figure { .. } => Bounds::of(self.lone(node)?),
            NodeKind::Negative(inner) => Some(self.bounds(inner)?.negative()),
            NodeKind::Sum { first, rest } => {
                let mut sum = self.bounds(first)?;
                for (sign, part) in rest {
                    let bounds = self.bounds(part)?;
                    sum.add(if *sign == Sign::Minus { bounds.negative() } else { bounds });
                }
                Some(sum)
            }
            NodeKind::Product { first, rest } => {
                let mut product = self.bounds(first)?;
                for (scale, part) in rest {
                    let bounds = self.bounds(part)?;
                    product = match scale {
                        Scale::Times => product.times(&bounds)?,
                        Scale::Divided => product.times(&bounds.inverse()?)?,
                    };
                }
                Some(product)
            }
            NodeKind::Call { function, arguments } => self.bounds_of_call(*function, arguments),
            // A town is picked or not by the digits that it gave.
            NodeKind::Towns { .. } => Some(Bounds::point(self.quantity(node, &mut Vec::new()).ok()?.value)),
        }
    }

    fn bounds_of_call(&self, function: Function, arguments: &[Node]) -> Option<Bounds> {
        match function {
            Function::Abs => Some(self.bounds(&arguments[0])?.absolute()),
            Function::Round => {
                let digits = self.round_digits(arguments, &mut Vec::new()).ok()?;
                let bounds = self.bounds(&arguments[0])?;
                let round = |value| Decimal::rounded(value, digits, self.rounding).to_fraction();
                Some(Bounds { low: round(&bounds.low), high: round(&bounds.high) })
            }
            Function::Count => {
                let mut count = Fraction::from_integer(0.into());
                for argument in arguments {
                    match self.spread(argument) {
                        Some(entries) => entries.iter().for_each(|entry| count += counted(entry).to_fraction()),
                        None => count += Fraction::from_integer(1.into()),
                    }
                }
                Some(Bounds::point(count))
            }
            Function::Sum => Some(total(self.bounds_of_all(arguments)?)),
            Function::Mean => {
                let all = self.bounds_of_all(arguments)?;
                let count = Fraction::from_integer(all.len().into());
                if is_zero(&count) {
                    return None;
                }
                let sum = total(all);
                Some(Bounds { low: sum.low / &count, high: sum.high / count })
            }
            Function::Min => {
                let all = self.bounds_of_all(arguments)?;
                let low = all.iter().map(|bounds| &bounds.low).min()?.clone();
                Some(Bounds { low, high: all.into_iter().map(|bounds| bounds.high).min()? })
            }
            Function::Max => {
                let all = self.bounds_of_all(arguments)?;
                let low = all.iter().map(|bounds| &bounds.low).max()?.clone();
                Some(Bounds { low, high: all.into_iter().map(|bounds| bounds.high).max()? })
            }
        }
    }

    fn bounds_of_all(&self, arguments: &[Node]) -> Option<Vec<Bounds>> {
        let mut all = Vec::new();
        for argument in arguments {
            match self.spread(argument) {
                Some(entries) => {
                    for entry in entries {
                        all.push(Bounds::of(entry)?);
                    }
                }
                None => all.push(self.bounds(argument)?),
            }
        }
        Some(all)
    }
}

fn total(all: Vec<Bounds>) -> Bounds {
    all.into_iter().fold(Bounds::point(Fraction::from_integer(0.into())), |mut sum, bounds| {
        sum.add(bounds);
        sum
    })
}
