//! Prints an expression in its plainest spelling: what is printed reads back as the same expression.

use std::fmt::{self, Display, Formatter};

use super::tree::{Condition, Formula, Node, NodeKind, Reference, Scale, Sign, Test, TestKind};

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printed(&self.root, &self.references))
    }
}

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Printed(&self.root, &self.references))
    }
}

impl Display for Reference {
    /// As it is typed: `last."党委会X次"`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(scope) = self.scope.name() {
            write!(f, "{scope}.")?;
        }
        write!(f, "\"{}\"", self.key.replace('"', "\"\""))
    }
}

/// A part, with the list that its figures stand in.
struct Printed<'a, T>(&'a T, &'a [Reference]);

/// A part in brackets where its neighbours would take it apart.
struct Bracketed<'a, T>(bool, &'a T, &'a [Reference]);

impl<'a, T> Display for Bracketed<'a, T>
where
    Printed<'a, T>: Display,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let &Bracketed(brackets, part, references) = self;
        if brackets { write!(f, "({})", Printed(part, references)) } else { write!(f, "{}", Printed(part, references)) }
    }
}

impl Display for Printed<'_, Test> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let &Printed(test, references) = self;
        let (tests, word) = match &test.kind {
            TestKind::Or(tests) => (tests, "or"),
            TestKind::And(tests) => (tests, "and"),
            TestKind::Not(denied) => {
                let brackets = !matches!(denied.kind, TestKind::Compare { .. });
                return write!(f, "not {}", Bracketed(brackets, &**denied, references));
            }
            TestKind::Compare { left, relation, right } => {
                return write!(f, "{} {} {}", Printed(left, references), relation.typed(), Printed(right, references));
            }
        };
        for (i, part) in tests.iter().enumerate() {
            let brackets = match part.kind {
                TestKind::Or(_) => true,
                TestKind::And(_) => word == "and",
                TestKind::Not(_) | TestKind::Compare { .. } => false,
            };
            if i > 0 {
                write!(f, " {word} ")?;
            }
            write!(f, "{}", Bracketed(brackets, part, references))?;
        }
        Ok(())
    }
}

impl Display for Printed<'_, Node> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let &Printed(node, references) = self;
        let is_sum = |node: &Node| matches!(node.kind, NodeKind::Sum { .. });
        let is_chain = |node: &Node| matches!(node.kind, NodeKind::Sum { .. } | NodeKind::Product { .. });
        match &node.kind {
            NodeKind::Number { value, percent } => write!(f, "{value}{}", if *percent { "%" } else { "" }),
            NodeKind::Date(date) => write!(f, "{:04}-{:02}-{:02}", date.year, date.month, date.day),
            NodeKind::Figure { reference, index } => {
                write!(f, "{}", references[*reference])?;
                index.map_or(Ok(()), |index| write!(f, "[{index}]"))
            }
            NodeKind::Negative(inner) => {
                let brackets = is_chain(inner) || matches!(inner.kind, NodeKind::Negative(_));
                write!(f, "-{}", Bracketed(brackets, &**inner, references))
            }
            NodeKind::Sum { first, rest } => {
                write!(f, "{}", Bracketed(is_sum(first), &**first, references))?;
                rest.iter().try_for_each(|(sign, part)| {
                    let sign = match sign {
                        Sign::Plus => '+',
                        Sign::Minus => '-',
                    };
                    write!(f, " {sign} {}", Bracketed(is_sum(part), part, references))
                })
            }
            NodeKind::Product { first, rest } => {
                write!(f, "{}", Bracketed(is_chain(first), &**first, references))?;
                rest.iter().try_for_each(|(scale, part)| {
                    let sign = match scale {
                        Scale::Times => '*',
                        Scale::Divided => '/',
                    };
                    write!(f, " {sign} {}", Bracketed(is_chain(part), part, references))
                })
            }
            NodeKind::Call { function, arguments } => {
                write!(f, "{}(", function.name())?;
                for (i, argument) in arguments.iter().enumerate() {
                    write!(f, "{}{}", if i > 0 { ", " } else { "" }, Printed(argument, references))?;
                }
                f.write_str(")")
            }
            NodeKind::Towns { picked, test } => write!(f, "{}({})", picked.name(), Printed(&**test, references)),
        }
    }
}
