//! What is wrong with the text of an expression.

use std::ops::Range;

use crate::diag::Text;
use crate::text;

/// A fault in an expression's text (`rule-syntax`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Where, in bytes of the expression's text, so that a caret can be drawn in it; empty at the text's end, where
    /// something is missing.
    pub range: Range<usize>,
    /// What is wrong, as a sentence.
    pub message: Text,
    /// What to do about it.
    pub advice: Option<Advice>,
}

/// What to do about a [`SyntaxFault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// What could stand there.
    Expected(Text),
    /// What to write in place of the fault's range.
    Write(String),
}

impl SyntaxFault {
    pub(super) fn new(range: Range<usize>, message: Text) -> Self {
        SyntaxFault { range, message, advice: None }
    }

    pub(super) fn expected(mut self, expected: Text) -> Self {
        self.advice = Some(Advice::Expected(expected));
        self
    }

    pub(super) fn write(mut self, right: impl Into<String>) -> Self {
        self.advice = Some(Advice::Write(right.into()));
        self
    }

    /// The advice as a sentence.
    pub fn help(&self) -> Option<Text> {
        self.advice.as_ref().map(|advice| match advice {
            Advice::Expected(Text { zh, en }) => {
                Text { zh: format!("这里应当是：{zh}"), en: format!("expected {en}") }
            }
            Advice::Write(right) => text!("写成 {right}", "write {right}"),
        })
    }
}
