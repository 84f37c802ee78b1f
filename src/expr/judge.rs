//! Whether a condition holds, and what a formula comes to.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::env::{Entry, Env, Resolved, Value};
use super::eval::{Fault, Figures, UnitMix, Worth, agree, unlike};
use super::tree::{Condition, Formula, Node, NodeKind, Picked, Reference, Relation, Test, TestKind};
use super::worked::Comparison;
use crate::diag::Code;
use crate::number::{Decimal, Fraction, Rounding};
use crate::text;

/// How values are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A rule's `tolerance`, not below 0: by how much two numbers may differ and still count as equal, and by how much `<`, `<=`, `>`
    /// and `>=` may be missed. It takes the place of rounding to printed digits; none by default.
    pub tolerance: Option<Decimal>,
    /// How `==`, `round(…)` and a formula's result round.
    pub rounding: Rounding,
}

/// What an expression came to, and what was odd on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<T> {
    /// What it came to.
    pub result: T,
    /// Units that were mixed.
    pub mixes: Vec<UnitMix>,
}

/// Whether a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Holds,
    /// It fails, but would hold within the rounding of its figures (`rounding-gap`); the comparisons that fail.
    RoundingGap(Vec<Comparison>),
    /// It fails (`rule-broken`); the comparisons that make it fail.
    Broken(Vec<Comparison>),
    /// Not judged: these figures have no value yet, which is the fault.
    Missing(Vec<Reference>),
    /// Not judged: there are no such figures.
    Unknown(Vec<Reference>),
    /// It has no value (`rule-undefined`).
    Undefined(Fault),
}

impl Verdict {
    /// The code under which a rule's verdict is reported; none where there is nothing, or not the rule, to report.
    pub fn code(&self) -> Option<Code> {
        match self {
            Verdict::RoundingGap(_) => Some(Code::RoundingGap),
            Verdict::Broken(_) => Some(Code::RuleBroken),
            Verdict::Unknown(_) | Verdict::Undefined(_) => Some(Code::RuleUndefined),
            Verdict::Holds | Verdict::Missing(_) => None,
        }
    }

    /// Whether the condition is true, as `when` needs to know; none where it was not judged.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Verdict::Holds => Some(true),
            Verdict::RoundingGap(_) | Verdict::Broken(_) => Some(false),
            Verdict::Missing(_) | Verdict::Unknown(_) | Verdict::Undefined(_) => None,
        }
    }
}

/// What a formula comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Computed {
    /// A value.
    Value {
        /// A number, words or a date, or a list of the towns that `names(…)` picks; that may be empty.
        value: Value,
        /// The unit of its figures, where they were only added.
        unit: Option<String>,
    },
    /// Not computed: these figures have no value yet.
    Missing(Vec<Reference>),
    /// Not computed: there are no such figures.
    Unknown(Vec<Reference>),
    /// It has no value (`rule-undefined`).
    Undefined(Fault),
}

/// Why the figures of an expression are not all there.
enum Lack {
    Missing(Vec<Reference>),
    Unknown(Vec<Reference>),
}

/// The values of all figures of an expression.
struct Gathered<'a> {
    references: &'a [Reference],
    entries: Vec<Cow<'a, [Entry]>>,
    towns: &'a [String],
    rounding: Rounding,
}

impl<'a> Gathered<'a> {
    fn figures(&'a self) -> Figures<'a> {
        let Gathered { references, entries, towns, rounding } = self;
        Figures { references, entries, towns, rounding: *rounding, town: None }
    }

    fn gather(references: &'a [Reference], env: &'a dyn Env, rounding: Rounding) -> Result<Self, Lack> {
        let (mut unknown, mut missing, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for reference in references {
            match env.resolve(reference) {
                Resolved::Unknown => unknown.push(reference.clone()),
                Resolved::Missing => missing.push(reference.clone()),
                Resolved::Known(known) => entries.push(known),
            }
        }
        if !unknown.is_empty() {
            return Err(Lack::Unknown(unknown));
        }
        if !missing.is_empty() {
            return Err(Lack::Missing(missing));
        }
        Ok(Gathered { references, entries, towns: env.towns(), rounding })
    }
}

impl Condition {
    /// Whether it holds over the figures of `env`.
    ///
    /// `and` and `or` leave undecided what their other side decides: `"受理X件" == 0 or "办结X件" / "受理X件" > 50%`
    /// is defined for 0.
    pub fn judge(&self, env: &dyn Env, options: &Options) -> Outcome<Verdict> {
        let gathered = match Gathered::gather(&self.references, env, options.rounding) {
            Ok(figures) => figures,
            Err(Lack::Missing(missing)) => return Outcome { result: Verdict::Missing(missing), mixes: Vec::new() },
            Err(Lack::Unknown(unknown)) => return Outcome { result: Verdict::Unknown(unknown), mixes: Vec::new() },
        };
        let figures = gathered.figures();
        let mut judge = Judge { figures: &figures, tolerance: options.tolerance.as_ref(), mixes: Vec::new() };
        let result = match judge.test(&self.root) {
            Err(fault) => Verdict::Undefined(fault),
            Ok(Judged { standing: Standing::Holds, .. }) => Verdict::Holds,
            Ok(Judged { standing: Standing::Gap, comparisons }) => Verdict::RoundingGap(judge.worked(&comparisons)),
            Ok(Judged { standing: Standing::Broken, comparisons }) => Verdict::Broken(judge.worked(&comparisons)),
        };
        Outcome { result, mixes: judge.mixes }
    }
}

impl Formula {
    /// What it comes to over the figures of `env`, rounded to `round` digits after the point if given. Without, a number
    /// has all its digits, and a quotient whose digits don't end is a fault.
    pub fn compute(&self, env: &dyn Env, round: Option<i32>, rounding: Rounding) -> Outcome<Computed> {
        let gathered = match Gathered::gather(&self.references, env, rounding) {
            Ok(figures) => figures,
            Err(Lack::Missing(missing)) => return Outcome { result: Computed::Missing(missing), mixes: Vec::new() },
            Err(Lack::Unknown(unknown)) => return Outcome { result: Computed::Unknown(unknown), mixes: Vec::new() },
        };
        let figures = gathered.figures();
        let mut mixes = Vec::new();
        if let NodeKind::Towns { picked: Picked::Names, test } = &self.root.kind {
            let result = match figures.picked(test, &mut mixes) {
                Err(fault) => Computed::Undefined(fault),
                Ok(towns) => {
                    let names: Vec<String> = towns.iter().map(|&town| figures.name(town).to_owned()).collect();
                    let count = Decimal::from(names.len());
                    Computed::Value { value: Value::List { names, count }, unit: None }
                }
            };
            return Outcome { result, mixes };
        }
        let result = match figures.worth(&self.root, &mut mixes) {
            Err(fault) => Computed::Undefined(fault),
            Ok(Worth::Text(words)) => Computed::Value { value: Value::Text(words.to_owned()), unit: None },
            Ok(Worth::Date(date)) => Computed::Value { value: Value::Date(date), unit: None },
            Ok(Worth::Number(quantity)) => {
                let number = match round {
                    Some(digits) => Some(Decimal::rounded(&quantity.value, digits, rounding)),
                    None => Decimal::exactly(&quantity.value, quantity.digits),
                };
                match number {
                    Some(number) => {
                        Computed::Value { value: Value::Number(number), unit: quantity.unit.map(str::to_owned) }
                    }
                    None => Computed::Undefined(
                        Fault::new(
                            &self.root.range,
                            text!("除不尽，没有写保留几位小数", "the quotient has no end, and is not rounded"),
                        )
                        .help(text!("写上 round = 1，保留一位小数", "write round = 1 for one digit after the point")),
                    ),
                }
            }
        };
        Outcome { result, mixes }
    }
}

/// How a test turned out; the better is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Broken,
    Gap,
    Holds,
}

impl Standing {
    fn of(holds: bool) -> Self {
        if holds { Standing::Holds } else { Standing::Broken }
    }
}

/// How a test turned out, and the comparisons that made it so, each with whether it holds.
struct Judged<'e> {
    standing: Standing,
    comparisons: Vec<(&'e Test, bool)>,
}

struct Judge<'a, 'f> {
    figures: &'a Figures<'f>,
    tolerance: Option<&'a Decimal>,
    mixes: Vec<UnitMix>,
}

impl Figures<'_> {
    /// Whether `test` is true, to the digits that are given.
    pub(super) fn is_true(&self, test: &Test, mixes: &mut Vec<UnitMix>) -> Result<bool, Fault> {
        let mut judge = Judge { figures: self, tolerance: None, mixes: Vec::new() };
        let judged = judge.test(test)?;
        judge.mixes.retain(|mix| !mixes.contains(mix));
        mixes.append(&mut judge.mixes);
        Ok(judged.standing == Standing::Holds)
    }
}

impl Judge<'_, '_> {
    fn test<'e>(&mut self, test: &'e Test) -> Result<Judged<'e>, Fault> {
        match &test.kind {
            TestKind::Compare { left, relation, right } => {
                let standing = self.compare(test, left, *relation, right)?;
                Ok(Judged { standing, comparisons: vec![(test, standing == Standing::Holds)] })
            }
            TestKind::Not(denied) => {
                let denied = self.test(denied)?;
                // What fails by a rounding only does not hold, and so its denial does.
                Ok(Judged { standing: Standing::of(denied.standing != Standing::Holds), ..denied })
            }
            TestKind::And(tests) => self.decide(tests, Standing::Broken),
            TestKind::Or(tests) => self.decide(tests, Standing::Holds),
        }
    }

    /// `and`, which one broken part decides, or `or`, which one part that holds does.
    fn decide<'e>(&mut self, tests: &'e [Test], deciding: Standing) -> Result<Judged<'e>, Fault> {
        let mut whole: Option<Judged<'e>> = None;
        for test in tests {
            let decided = whole.as_ref().is_some_and(|whole| whole.standing == deciding);
            if decided && deciding == Standing::Holds {
                break;
            }
            let part = match self.test(test) {
                Ok(part) => part,
                Err(_) if decided => continue,
                Err(fault) => return Err(fault),
            };
            whole = Some(match whole {
                None => part,
                Some(mut whole) if whole.standing == part.standing => {
                    whole.comparisons.extend(part.comparisons);
                    whole
                }
                Some(whole) => {
                    let part_counts = (part.standing > whole.standing) == (deciding == Standing::Holds);
                    if part_counts { part } else { whole }
                }
            });
        }
        // A chain has two parts at least; nothing denies an empty one.
        Ok(whole.unwrap_or(Judged { standing: Standing::Holds, comparisons: Vec::new() }))
    }

    fn compare(&mut self, test: &Test, left: &Node, relation: Relation, right: &Node) -> Result<Standing, Fault> {
        let figures = self.figures;
        let order = match (figures.worth(left, &mut self.mixes)?, figures.worth(right, &mut self.mixes)?) {
            (Worth::Number(a), Worth::Number(b)) => {
                agree(&mut { a.unit }, b.unit, &test.range, &mut self.mixes);
                return Ok(self.numbers((left, &a.value), relation, (right, &b.value)));
            }
            (Worth::Date(a), Worth::Date(b)) => a.cmp(&b),
            (Worth::Text(a), Worth::Text(b)) => match relation {
                Relation::Equal | Relation::Unequal => a.trim().cmp(b.trim()),
                Relation::Less | Relation::AtMost | Relation::Greater | Relation::AtLeast => {
                    return Err(Fault::new(&test.range, text!("文字没有大小", "words are not greater or less"))
                        .help(text!("文字之间只用 == 和 !=", "compare words with == and != only")));
                }
            },
            (Worth::Number(_), Worth::Text(_) | Worth::Date(_))
            | (Worth::Text(_), Worth::Number(_) | Worth::Date(_))
            | (Worth::Date(_), Worth::Number(_) | Worth::Text(_)) => return Err(unlike(&test.range)),
        };
        Ok(Standing::of(holds(order, relation)))
    }

    fn numbers(&self, left: (&Node, &Fraction), relation: Relation, right: (&Node, &Fraction)) -> Standing {
        let (a, b) = (left.1, right.1);
        if let Some(tolerance) = self.tolerance {
            let tolerance = tolerance.to_fraction();
            return Standing::of(match relation {
                Relation::Equal => distance(a, b) <= tolerance,
                Relation::Unequal => distance(a, b) > tolerance,
                Relation::Less => *a < b + tolerance,
                Relation::AtMost => *a <= b + tolerance,
                Relation::Greater => *b < a + tolerance,
                Relation::AtLeast => *b <= a + tolerance,
            });
        }
        match relation {
            Relation::Equal if self.figures.equal(left, right) => Standing::Holds,
            // A town meets the condition or does not: a gap that its rounding might explain is the latter.
            Relation::Equal if self.figures.town.is_none() && self.figures.nearly_equal(left.0, right.0) => {
                Standing::Gap
            }
            Relation::Equal => Standing::Broken,
            Relation::Unequal => Standing::of(!self.figures.equal(left, right)),
            Relation::Less | Relation::AtMost | Relation::Greater | Relation::AtLeast => {
                Standing::of(holds(a.cmp(b), relation))
            }
        }
    }

    fn worked(&self, comparisons: &[(&Test, bool)]) -> Vec<Comparison> {
        let rounds = self.tolerance.is_none();
        comparisons.iter().filter_map(|&(test, held)| Comparison::work_out(self.figures, test, held, rounds)).collect()
    }
}

impl Figures<'_> {
    /// Equality of numbers: where one side is a figure alone, the other is rounded to its printed digits first.
    pub(super) fn equal(&self, left: (&Node, &Fraction), right: (&Node, &Fraction)) -> bool {
        left.1 == right.1 || self.rounds_to(left.0, right.1) || self.rounds_to(right.0, left.1)
    }

    /// The number that `node` is, if it is a figure alone.
    pub(super) fn lone_number(&self, node: &Node) -> Option<&Decimal> {
        match self.lone(node) {
            Some(Entry { value: Value::Number(number) | Value::List { count: number, .. }, .. }) => Some(number),
            Some(Entry { value: Value::Text(_) | Value::Date(_), .. }) | None => None,
        }
    }

    fn rounds_to(&self, lone: &Node, other: &Fraction) -> bool {
        self.lone_number(lone)
            .is_some_and(|number| Decimal::rounded(other, number.digits() as i32, self.rounding) == *number)
    }

    /// Whether both sides meet for some values of the figures within their rounding.
    fn nearly_equal(&self, left: &Node, right: &Node) -> bool {
        if self.are_exact() {
            return false;
        }
        let (Some(a), Some(b)) = (self.bounds(left), self.bounds(right)) else { return false };
        let rounds_onto = |lone: &Node, low: &Fraction, high: &Fraction| {
            self.lone_number(lone).is_some_and(|number| {
                let round = |value| Decimal::rounded(value, number.digits() as i32, self.rounding);
                round(low) <= *number && *number <= round(high)
            })
        };
        a.meet(&b) || rounds_onto(left, &b.low, &b.high) || rounds_onto(right, &a.low, &a.high)
    }
}

fn distance(a: &Fraction, b: &Fraction) -> Fraction {
    if a > b { a - b } else { b - a }
}

fn holds(order: Ordering, relation: Relation) -> bool {
    match relation {
        Relation::Equal => order.is_eq(),
        Relation::Unequal => order.is_ne(),
        Relation::Less => order.is_lt(),
        Relation::AtMost => order.is_le(),
        Relation::Greater => order.is_gt(),
        Relation::AtLeast => order.is_ge(),
    }
}
