//! What an expression says, as it was read.

use std::ops::Range;

use crate::diag::Text;
use crate::number::{Date, Decimal};
use crate::text;

/// An expression that is true or false: a rule's `check`, a section's `when`.
///
/// Two are equal when they say the same, wherever in their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub(super) root: Test,
    pub(super) references: Vec<Reference>,
}

/// An expression that is a value: a figure's `compute`.
///
/// Two are equal when they say the same, wherever in their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub(super) root: Node,
    pub(super) references: Vec<Reference>,
}

impl Condition {
    /// The figures it reads, each once, in the order in which they first stand.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }
}

impl Formula {
    /// The figures it reads, each once, in the order in which they first stand.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }
}

/// A figure that an expression reads.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Whose figure.
    pub scope: Scope,
    /// Its key, or its address (`section-id>key`), as written between the quotes.
    pub key: String,
    /// Where it first stands, in bytes of the expression's text, with quotes and scope.
    pub range: Range<usize>,
}

impl Reference {
    /// What is wrong where no figure has this key, as a sentence.
    pub fn unknown(&self) -> Text {
        text!("没有 {self} 这个指标", "no figure is called {self}")
    }
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        (self.scope, &self.key) == (other.scope, &other.key)
    }
}

impl Eq for Reference {}

/// Whose figures a key looks among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// This report's.
    Own,
    /// `towns."key"`: that of every town, in a roll-up.
    Towns,
    /// `last."key"`: that of the report compared `--against`.
    Last,
}

impl Scope {
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Scope::Own => None,
            Scope::Towns => Some("towns"),
            Scope::Last => Some("last"),
        }
    }
}

/// A part that is true or false, and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) kind: TestKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TestKind {
    /// All of them, two at least.
    And(Vec<Test>),
    /// Any of them, two at least.
    Or(Vec<Test>),
    Not(Box<Test>),
    Compare {
        left: Node,
        relation: Relation,
        right: Node,
    },
}

/// A part that is a value, and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) range: Range<usize>,
}

/// Chains of `+` and of `*` are flat, so that the depth of a tree is that of its brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Number {
        value: Decimal,
        percent: bool,
    },
    Date(Date),
    Figure {
        /// Place in the expression's list of references.
        reference: usize,
        /// Which of several holes, from 1.
        index: Option<usize>,
    },
    Negative(Box<Node>),
    Sum {
        first: Box<Node>,
        rest: Vec<(Sign, Node)>,
    },
    Product {
        first: Box<Node>,
        rest: Vec<(Scale, Node)>,
    },
    Call {
        function: Function,
        arguments: Vec<Node>,
    },
    /// The towns of which a condition is true. As a number it is how many they are, as a list figure is its count.
    Towns {
        picked: Picked,
        test: Box<Test>,
    },
}

impl Test {
    /// Whether it reads a figure of `is` by itself, and not all values of one at once, as `mean(…)` does.
    pub(super) fn reads_one(&self, is: &dyn Fn(usize) -> bool) -> bool {
        match &self.kind {
            TestKind::And(tests) | TestKind::Or(tests) => tests.iter().any(|test| test.reads_one(is)),
            TestKind::Not(test) => test.reads_one(is),
            TestKind::Compare { left, right, .. } => left.reads_one(is) || right.reads_one(is),
        }
    }

    /// Notes the parts that take all values of figures at once, but those within another such part.
    pub(super) fn wholes<'t>(&'t self, wholes: &mut Vec<&'t Node>) {
        match &self.kind {
            TestKind::And(tests) | TestKind::Or(tests) => tests.iter().for_each(|test| test.wholes(wholes)),
            TestKind::Not(test) => test.wholes(wholes),
            TestKind::Compare { left, right, .. } => {
                left.wholes(wholes);
                right.wholes(wholes);
            }
        }
    }
}

impl Node {
    fn reads_one(&self, is: &dyn Fn(usize) -> bool) -> bool {
        if self.is_whole() {
            return false;
        }
        if let NodeKind::Figure { reference, index } = self.kind {
            return index.is_none() && is(reference);
        }
        self.kind.parts().into_iter().any(|part| part.reads_one(is))
    }

    fn wholes<'t>(&'t self, wholes: &mut Vec<&'t Node>) {
        if self.is_whole() {
            wholes.push(self);
        } else {
            self.kind.parts().into_iter().for_each(|part| part.wholes(wholes));
        }
    }

    /// Whether it takes all values of the figures in it at once.
    fn is_whole(&self) -> bool {
        match &self.kind {
            NodeKind::Towns { .. } => true,
            NodeKind::Call { function, .. } => function.takes_all(),
            NodeKind::Number { .. }
            | NodeKind::Date(_)
            | NodeKind::Figure { .. }
            | NodeKind::Negative(_)
            | NodeKind::Sum { .. }
            | NodeKind::Product { .. } => false,
        }
    }
}

impl NodeKind {
    /// The values that it is worked out of.
    fn parts(&self) -> Vec<&Node> {
        match self {
            NodeKind::Number { .. } | NodeKind::Date(_) | NodeKind::Figure { .. } | NodeKind::Towns { .. } => {
                Vec::new()
            }
            NodeKind::Negative(inner) => vec![inner],
            NodeKind::Sum { first, rest } => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part)).collect()
            }
            NodeKind::Product { first, rest } => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part)).collect()
            }
            NodeKind::Call { arguments, .. } => arguments.iter().collect(),
        }
    }
}

impl PartialEq for Test {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Test {}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Node {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Times,
    Divided,
}

/// What is wanted of the towns of which a condition is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// Their names: `names(towns."党委会X次" == 0)`.
    Names,
    /// How many they are: `count(towns."整改率X%" < 60)`.
    Count,
}

impl Picked {
    pub(super) fn name(self) -> &'static str {
        match self {
            Picked::Names => "names",
            Picked::Count => Function::Count.name(),
        }
    }

    /// Its name in Chinese messages.
    pub(super) fn chinese(self) -> &'static str {
        match self {
            Picked::Names => "名单",
            Picked::Count => Function::Count.chinese(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Relation {
    /// What holds where this does not.
    pub(super) fn negated(self) -> Self {
        match self {
            Relation::Equal => Relation::Unequal,
            Relation::Unequal => Relation::Equal,
            Relation::Less => Relation::AtLeast,
            Relation::AtMost => Relation::Greater,
            Relation::Greater => Relation::AtMost,
            Relation::AtLeast => Relation::Less,
        }
    }

    /// The spelling that every keyboard has.
    pub(super) fn typed(self) -> &'static str {
        match self {
            Relation::Equal => "==",
            Relation::Unequal => "!=",
            Relation::Less => "<",
            Relation::AtMost => "<=",
            Relation::Greater => ">",
            Relation::AtLeast => ">=",
        }
    }

    /// The sign of arithmetic books.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::Unequal => "≠",
            Relation::Less => "<",
            Relation::AtMost => "≤",
            Relation::Greater => ">",
            Relation::AtLeast => "≥",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Count,
    Mean,
    Min,
    Max,
    Abs,
    Round,
}

impl Function {
    pub(super) const ALL: [Function; 7] =
        [Function::Sum, Function::Count, Function::Mean, Function::Min, Function::Max, Function::Abs, Function::Round];

    pub(super) fn name(self) -> &'static str {
        match self {
            Function::Sum => "sum",
            Function::Count => "count",
            Function::Mean => "mean",
            Function::Min => "min",
            Function::Max => "max",
            Function::Abs => "abs",
            Function::Round => "round",
        }
    }

    /// Its name in Chinese messages.
    pub(super) fn chinese(self) -> &'static str {
        match self {
            Function::Sum => "合计",
            Function::Count => "个数",
            Function::Mean => "平均",
            Function::Min => "最小",
            Function::Max => "最大",
            Function::Abs => "绝对值",
            Function::Round => "四舍五入",
        }
    }

    /// Whether a figure with several values is all of them to it.
    fn takes_all(self) -> bool {
        match self {
            Function::Sum | Function::Count | Function::Mean | Function::Min | Function::Max => true,
            Function::Abs | Function::Round => false,
        }
    }

    /// How many arguments it takes, at least and at most.
    pub(super) fn arity(self) -> (usize, usize) {
        match self {
            Function::Abs => (1, 1),
            Function::Round => (1, 2),
            Function::Sum | Function::Count | Function::Mean | Function::Min | Function::Max => (1, usize::MAX),
        }
    }
}
