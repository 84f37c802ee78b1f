//! Expressions as they stand in a report file: what they say, and where each part of them is written.

use super::literal::Located;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::{Advice, Condition, Formula, SyntaxFault};

/// An expression and its text. The places that [`crate::expr`] gives are bytes of [`Located::text`].
#[derive(Clone, Debug)]
pub struct Expression<T> {
    /// As it is written.
    pub text: Located,
    /// What it says.
    pub parsed: T,
}

/// Reads a condition; none where it cannot be read, which is then reported.
pub(super) fn condition(text: &Located, diags: &mut Diagnostics) -> Option<Expression<Condition>> {
    read(text, Condition::parse(text.text()), diags)
}

/// Reads a formula; none where it cannot be read, which is then reported.
pub(super) fn formula(text: &Located, diags: &mut Diagnostics) -> Option<Expression<Formula>> {
    read(text, Formula::parse(text.text()), diags)
}

fn read<T>(text: &Located, parsed: Result<T, SyntaxFault>, diags: &mut Diagnostics) -> Option<Expression<T>> {
    match parsed {
        Ok(parsed) => Some(Expression { text: text.clone(), parsed }),
        Err(fault) => {
            diags.push(rule_syntax(text, fault));
            None
        }
    }
}

fn rule_syntax(text: &Located, fault: SyntaxFault) -> Diagnostic {
    let help = fault.help();
    let edit = match &fault.advice {
        Some(Advice::Write(right)) => text.edit(fault.range.clone(), right),
        Some(Advice::Expected(_)) | None => None,
    };
    let diagnostic = Diagnostic::new(Code::RuleSyntax, fault.message).at(text.span(fault.range));
    match (help, edit) {
        (Some(help), Some(edit)) => diagnostic.fix(help, vec![edit]),
        (Some(help), None) => diagnostic.help(help),
        (None, _) => diagnostic,
    }
}
