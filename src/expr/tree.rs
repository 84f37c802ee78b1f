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

    /// How many arguments it takes, at least and at most.
    pub(super) fn arity(self) -> (usize, usize) {
        match self {
            Function::Abs => (1, 1),
            Function::Round => (1, 2),
            Function::Sum | Function::Count | Function::Mean | Function::Min | Function::Max => (1, usize::MAX),
        }
    }
}
