//! What the figures must obey (勾稽关系), and what is accepted though they do not.

use std::collections::BTreeMap;

use super::Context;
use crate::diag::near;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Severity, Text};
use crate::expr::{Comparison, Condition, Options, Origin, Verdict};
use crate::ledger::unit_mix;
use crate::manifest::{Accept, Expression, Rule, quote};
use crate::number::Rounding;
use crate::placeholder::Scope;
use crate::text;

/// At most so many values of a broken rule are shown at their places.
const SHOWN_VALUES: usize = 8;
/// At most so many comparisons of a broken rule are worked out.
const SHOWN_COMPARISONS: usize = 4;
/// So many names that no rule has are compared with the rules for a did-you-mean.
const MOST_COMPARED: usize = 20;
/// How alike (0 to 1, Damerau-Levenshtein) a rule's name must be to be offered.
const ALIKE: f64 = 0.5;

/// How a rule turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It holds.
    Holds,
    /// It fails.
    Fails,
    /// It could not be judged.
    Unknown,
}

/// Judges every rule.
pub(super) fn rules(context: &Context<'_>, diags: &mut Diagnostics) {
    // Of several accepts of one rule those that have passed say nothing any more.
    let mut accepts: BTreeMap<&str, &Accept> = BTreeMap::new();
    for accept in context.manifest.accepts.iter().filter(|accept| !has_passed(context, accept)) {
        accepts.entry(accept.rule.text()).or_insert(accept);
    }
    let mut standings: BTreeMap<&str, Standing> = BTreeMap::new();
    for (number, rule) in context.manifest.rules.iter().enumerate() {
        let id = rule.id.as_ref().map(|id| id.text());
        let accept = id.and_then(|id| accepts.get(id).copied());
        let standing = match &rule.check {
            Some(check) => judge(context, number, rule, check, accept, diags),
            None => Standing::Unknown,
        };
        if let Some(id) = id {
            standings.entry(id).or_insert(standing);
        }
    }
    let mut compared = 0;
    for accept in &context.manifest.accepts {
        let fault = match standings.get(accept.rule.text()) {
            Some(&standing) => stale(context, accept, standing),
            None => {
                compared += 1;
                Some(of_no_rule(context, accept, compared <= MOST_COMPARED))
            }
        };
        diags.extend(fault);
    }
}

fn judge(
    context: &Context<'_>,
    number: usize,
    rule: &Rule,
    check: &Expression<Condition>,
    accept: Option<&Accept>,
    diags: &mut Diagnostics,
) -> Standing {
    let options = Options { tolerance: rule.tolerance.clone(), rounding: Rounding::HalfUp };
    let outcome = check.parsed.judge(&context.fill.ledger.env(Scope::Report), &options);
    diags.extend(outcome.mixes.iter().map(|mix| unit_mix(&check.text, mix)));
    let (code, comparisons) = match outcome.result {
        Verdict::Holds => return Standing::Holds,
        // A missing figure is the fault, and an unknown one has been reported.
        Verdict::Missing(_) | Verdict::Unknown(_) => return Standing::Unknown,
        Verdict::Undefined(fault) => {
            let diagnostic = Diagnostic::new(Code::RuleUndefined, fault.message).at(check.text.span(fault.range));
            diags.push(fault.help.into_iter().fold(diagnostic, Diagnostic::help));
            return Standing::Unknown;
        }
        Verdict::RoundingGap(comparisons) => (Code::RoundingGap, comparisons),
        Verdict::Broken(comparisons) => (Code::RuleBroken, comparisons),
    };
    let mut fault = broken(context, number, rule, check, code, &comparisons);
    if let Some(accept) = accept {
        let reason = accept.reason.text();
        fault.severity = Severity::Hint;
        fault.fix = None;
        fault.help = vec![text!("已说明理由：{reason}", "accepted: {reason}")];
        fault = fault.label(accept.reason.whole(), text!("理由", "the reason"));
    } else if code == Code::RuleBroken {
        fault.severity = rule.level;
    }
    diags.push(fault);
    Standing::Fails
}

/// A rule that fails, with both sides worked out and every figure's value at its place.
fn broken(
    context: &Context<'_>,
    number: usize,
    rule: &Rule,
    check: &Expression<Condition>,
    code: Code,
    comparisons: &[Comparison],
) -> Diagnostic {
    let ledger = &context.fill.ledger;
    let place = |origin: Origin| {
        let span = ledger.place(origin);
        context.sources.file(span.file).place(span.start as usize)
    };
    let shown = comparisons.iter().take(SHOWN_COMPARISONS).map(|comparison| comparison.render(&place));
    let shown: Vec<Text> = shown.collect();
    let (zh, en) = (
        shown.iter().map(|line| line.zh.as_str()).collect::<Vec<_>>().join("；"),
        shown.iter().map(|line| line.en.as_str()).collect::<Vec<_>>().join("; "),
    );
    let says = says(rule, number, code);
    let message = Text { zh: format!("{}：{zh}", says.zh), en: format!("{}: {en}", says.en) };
    let mut fault = Diagnostic::new(code, message).at(check.text.whole());
    let mut labels = 0;
    let mut seen = std::collections::BTreeSet::new();
    for (name, value, origin) in comparisons.iter().flat_map(Comparison::values) {
        if labels < SHOWN_VALUES && seen.insert(origin) {
            labels += 1;
            let label = Text { zh: format!("{} = {value}", name.zh), en: format!("{} = {value}", name.en) };
            fault = fault.label(ledger.place(origin), label);
        }
    }
    let hints = comparisons.iter().filter_map(|comparison| comparison.hint.clone());
    fault = hints.take(1).fold(fault, Diagnostic::help);
    if code == Code::RoundingGap {
        return fault.help(text!(
            "差在四舍五入以内；核对后可写 tolerance，或在 [[accept]] 里说明",
            "rounding explains the difference; check it, then give a tolerance or an [[accept]]"
        ));
    }
    let Some(id) = &rule.id else { return fault.help(text!("改对数字", "mend the number")) };
    let id = quote(id.text());
    if context.manifest.owner.is_table() {
        return fault.help(text!(
            "改对数字；确实有原因，就给这个镇单写一个 .toml 文件，加一段：\n[[accept]]\nrule = {id}\nreason = \"…\"",
            "mend the number; where there is a reason, give the town a .toml file of its own with:\n[[accept]]\nrule = {id}\nreason = \"…\""
        ));
    }
    fault.help(text!(
        "改对数字；确实有原因，就加一段：\n[[accept]]\nrule = {id}\nreason = \"…\"",
        "mend the number; where there is a reason, add:\n[[accept]]\nrule = {id}\nreason = \"…\""
    ))
}

/// What a rule says where it fails: the author's words, else its name.
fn says(rule: &Rule, number: usize, code: Code) -> Text {
    if let Some(message) = &rule.message {
        return Text::verbatim(message.text().trim());
    }
    let number = number + 1;
    let name = rule.id.as_ref().map_or_else(
        || text!("第 {number} 条勾稽关系", "rule {number}"),
        |id| {
            let id = id.text();
            text!("“{id}”", "`{id}`")
        },
    );
    let Text { zh, en } = name;
    if code == Code::RoundingGap {
        text!("{zh}差一点，像是四舍五入造成的", "{en} is off by a little, as rounding would make it")
    } else {
        text!("{zh}对不上", "{en} does not hold")
    }
}

/// Whether the last day of an accept lies before the report's own date.
fn has_passed(context: &Context<'_>, accept: &Accept) -> bool {
    let today = context.today;
    accept.until.as_ref().zip(today).is_some_and(|(until, today)| until.value < today)
}

/// `stale-accept`: no rule has the name.
fn of_no_rule(context: &Context<'_>, accept: &Accept, compare: bool) -> Diagnostic {
    let name = accept.rule.text();
    let message = text!("没有叫“{name}”的勾稽关系", "no rule is called `{name}`");
    let fault = Diagnostic::new(Code::StaleAccept, message).at(accept.rule.whole());
    let ids = context.manifest.rules.iter().filter(|_| compare).filter_map(|rule| rule.id.as_ref());
    let alike = |id: &str| near::likeness(id, name);
    let nearest = ids.map(|id| (alike(id.text()), id.text())).max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest.filter(|(likeness, _)| *likeness >= ALIKE) {
        Some((_, id)) => {
            let edit = Edit { span: accept.rule.whole(), text: quote(id) };
            fault.fix(text!("是不是“{id}”？", "did you mean `{id}`?"), vec![edit])
        }
        None => fault.help(text!("删去这一段", "delete this [[accept]]")),
    }
}

/// `stale-accept`: it excuses nothing, or does so no longer.
fn stale(context: &Context<'_>, accept: &Accept, standing: Standing) -> Option<Diagnostic> {
    let name = accept.rule.text();
    match standing {
        Standing::Unknown => None,
        Standing::Holds => {
            let message = text!("“{name}”已经对上了，不用再说明", "`{name}` holds now and needs no [[accept]]");
            Some(Diagnostic::new(Code::StaleAccept, message).at(accept.rule.whole()).help(text!(
                "删去这一段 [[accept]]，免得以后放过真的错",
                "delete this [[accept]], lest it excuse a real fault later"
            )))
        }
        Standing::Fails => {
            let until = accept.until.as_ref().filter(|_| has_passed(context, accept))?;
            let day = until.value;
            let message = text!("“{name}”的说明只到 {day}", "the [[accept]] of `{name}` ended on {day}");
            Some(
                Diagnostic::new(Code::StaleAccept, message).at(until.span).help(text!(
                    "核对后删去，或重写理由和日期",
                    "check it, then delete it or write a new reason and date"
                )),
            )
        }
    }
}
