//! `[[rule]]` and `[[accept]]`: what the figures must obey, and faults that are known and right.

use std::collections::BTreeMap;

use super::expression::{self, Expression};
use super::literal::Located;
use super::raw::{Reader, Table, wrong_type};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::expr::Condition;
use crate::number::{Date, Decimal};
use crate::source::{Span, Spanned};
use crate::text;

/// A relation between figures (勾稽关系).
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, for `[[accept]]` and messages.
    pub id: Option<Located>,
    /// What must hold; none where it cannot be read, which has been reported.
    pub check: Option<Expression<Condition>>,
    /// What to say where it does not.
    pub message: Option<Located>,
    /// How grave that is: an error by default.
    pub level: Severity,
    /// By how much numbers may differ, in their own unit; by default the rounding of their digits decides.
    pub tolerance: Option<Decimal>,
    /// Its head.
    pub span: Span,
}

/// A broken rule that is right all the same, and why.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The rule's `id`.
    pub rule: Located,
    /// Why it is right.
    pub reason: Located,
    /// The last day on which it is.
    pub until: Option<Spanned<Date>>,
    /// Its head.
    pub span: Span,
}

/// Reads the `[[rule]]` tables.
pub(super) fn rules(tables: &[&Table], diags: &mut Diagnostics) -> Vec<Rule> {
    let rules: Vec<Rule> = tables.iter().map(|table| rule(table, diags)).collect();
    let mut seen: BTreeMap<&str, &Located> = BTreeMap::new();
    for id in rules.iter().filter_map(|rule| rule.id.as_ref()) {
        if let Some(earlier) = seen.insert(id.text(), id) {
            let name = id.text();
            diags.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    text!("两条 [[rule]] 都叫“{name}”", "two rules are called `{name}`"),
                )
                .at(id.whole())
                .label(earlier.whole(), text!("前一条", "the other one")),
            );
        }
    }
    rules
}

fn rule(table: &Table, diags: &mut Diagnostics) -> Rule {
    let mut reader = Reader::new(table, "[[rule]]", diags);
    reader.require("check", "check = '\"问题X个\" == \"已整改X个\" + \"正在整改X个\"'");
    let id = reader.take_string("id").filter(|id| !id.text().trim().is_empty()).cloned();
    let check = reader.take_string("check");
    let message = reader.take_string("message").filter(|text| !text.text().trim().is_empty()).cloned();
    let level = reader.take_choice("level", &[("error", Severity::Error), ("warning", Severity::Warning)]);
    let tolerance = reader.take("tolerance").and_then(|entry| {
        let written = entry.value.as_number().or(entry.value.as_string().map(Located::text));
        let number = written.and_then(|written| Decimal::parse(written).ok()).filter(|number| !number.is_negative());
        if number.is_none() {
            let expected = text!("不小于 0 的数，如 0.1", "a number not below 0, such as 0.1");
            reader.diags().push(wrong_type("tolerance", &entry.value, &expected));
        }
        number
    });
    reader.finish();
    Rule {
        id,
        check: check.and_then(|text| expression::condition(text, diags)),
        message,
        level: level.map_or(Severity::Error, |level| level.value),
        tolerance,
        span: table.span,
    }
}

/// Reads the `[[accept]]` tables; one without rule or reason accepts nothing, which is then reported.
pub(super) fn accepts(tables: &[&Table], diags: &mut Diagnostics) -> Vec<Accept> {
    tables.iter().filter_map(|table| accept(table, diags)).collect()
}

fn accept(table: &Table, diags: &mut Diagnostics) -> Option<Accept> {
    const REASON: &str = "reason = \"含上年结转2项\"";
    let mut reader = Reader::new(table, "[[accept]]", diags);
    reader.require("rule", "rule = \"整改平衡\"");
    reader.require("reason", REASON);
    let rule = reader.take_string("rule").cloned();
    let reason = reader.take_string("reason").cloned();
    let until = reader.take_date("until");
    reader.finish();
    let (rule, reason) = (rule?, reason?);
    if reason.text().trim().is_empty() {
        diags.push(
            Diagnostic::new(Code::MissingKey, text!("没有写理由", "the reason is empty"))
                .at(reason.whole())
                .help(text!("写明为什么对不上也是对的：\n{REASON}", "say why it is right all the same:\n{REASON}")),
        );
        return None;
    }
    Some(Accept { rule, reason, until, span: table.span })
}
