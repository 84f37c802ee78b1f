//! Computed figures, in the order in which they need each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Ledger;
use super::index::Found;
use super::reading::{default, formula, optional_default, unit_mix};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::expr::unit::ratio;
use crate::expr::{Computed, Formula, Scope as Whose, Value};
use crate::manifest::{Expression, Given, Kind, Last, Located};
use crate::number::Rounding;
use crate::source::{Span, Spanned};
use crate::text;

/// At most so many figures of a cycle are shown.
const SHOWN: usize = 6;

impl<'a> Ledger<'a> {
    /// Works out every computed figure; those that go round in a circle are reported (`figure-cycle`).
    pub(super) fn compute(&mut self, diags: &mut Diagnostics) {
        let needs = self.needs();
        let mut needed_by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut waits: BTreeMap<usize, usize> = BTreeMap::new();
        for (&figure, needs) in &needs {
            waits.insert(figure, needs.len());
            for &need in needs {
                needed_by.entry(need).or_default().push(figure);
            }
        }
        let mut ready: VecDeque<usize> = waits.iter().filter(|(_, waits)| **waits == 0).map(|(f, _)| *f).collect();
        while let Some(figure) = ready.pop_front() {
            waits.remove(&figure);
            self.work_out(figure, diags);
            for other in needed_by.get(&figure).into_iter().flatten() {
                if let Some(left) = waits.get_mut(other) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push_back(*other);
                    }
                }
            }
        }
        // What still waits is in a circle, or needs a figure that is.
        for &figure in waits.keys() {
            self.put(figure, Given::Faulty);
        }
        self.report_cycles(&needs, &waits, diags);
    }

    /// For each computed figure the computed figures that it reads.
    fn needs(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let computed = self.manifest.figures.iter().enumerate();
        let computed = computed.filter_map(|(number, figure)| Some((number, figure.scope, formula(figure)?)));
        let needs = |scope, formula: &Expression<Formula>| {
            let references = formula.parsed.references().iter();
            let references = references.filter(|reference| reference.scope == Whose::Own);
            let figures = references.filter_map(|reference| match self.meaning(scope, &reference.key) {
                Some(Found::Figure(figure)) => Some(*figure),
                Some(Found::Several(_) | Found::Open(_) | Found::Unknown) | None => None,
            });
            figures.filter(|&figure| self::formula(self.figure(figure)).is_some()).collect()
        };
        computed.map(|(number, scope, formula)| (number, needs(scope, formula))).collect()
    }

    fn put(&mut self, number: usize, given: Given) {
        let span = self.figure(number).value.span;
        self.lines[number].value = Cow::Owned(Spanned::new(given, span));
    }

    fn work_out(&mut self, number: usize, diags: &mut Diagnostics) {
        let figure = self.figure(number);
        let Some(formula) = formula(figure) else { return };
        let round = figure.declaration.as_ref().and_then(|declaration| declaration.round);
        let (digits, rounding) = round.map_or((None, Rounding::HalfUp), |round| (Some(round.digits), round.rounding));
        let outcome = formula.parsed.compute(&self.env(figure.scope), digits, rounding);
        let of_towns = formula.parsed.references().iter().any(|reference| reference.scope == Whose::Towns);
        diags.extend(outcome.mixes.iter().map(|mix| match unit_mix(&formula.text, mix) {
            // The units of columns are those of the towns' tables, which nobody sees who reads the report.
            mix if of_towns => Diagnostic { code: Code::WrongUnit, severity: Code::WrongUnit.severity(), ..mix },
            mix => mix,
        }));
        if let (true, Computed::Value { value: Value::Number(_), unit: Some(unit) }) = (of_towns, &outcome.result) {
            diags.extend(self.other_unit(number, unit, formula));
        }
        let lacks_last = matches!(outcome.result, Computed::Missing(_) | Computed::Undefined(_))
            && !matches!(self.manifest.last, Last::Unreadable);
        if let Some(default) = default(figure).filter(|_| lacks_last) {
            self.put_default(number, default, diags);
            return;
        }
        let given = match outcome.result {
            Computed::Value { value: Value::Number(number), .. } => Given::Number(number),
            Computed::Value { value: Value::List { names, .. }, .. } => {
                if let (true, Some(default), false) = (names.is_empty(), optional_default(figure), self.is_list(number))
                {
                    self.put_default(number, default, diags);
                    return;
                }
                self.towns_given(number, &names, formula.text.whole())
            }
            Computed::Value { value: Value::Text(words), .. } => {
                Given::Text(Located::plain(words, formula.text.whole()))
            }
            Computed::Value { value: Value::Date(date), .. } => Given::Date(date),
            // What is missing is the fault, and an unknown key has been reported.
            Computed::Missing(_) | Computed::Unknown(_) => Given::Faulty,
            Computed::Undefined(fault) => {
                let span = formula.text.span(fault.range);
                let diagnostic = Diagnostic::new(Code::RuleUndefined, fault.message).at(span);
                diags.push(fault.help.into_iter().fold(diagnostic, Diagnostic::help));
                Given::Faulty
            }
        };
        self.put(number, given);
        self.hold(number, diags);
    }

    /// `wrong-unit`: what columns of the towns come to is in another unit than the text.
    fn other_unit(&self, number: usize, unit: &str, formula: &Expression<Formula>) -> Option<Diagnostic> {
        let asked = self.unit(number)?;
        let (times, parts) = ratio(unit, asked).filter(|ratio| *ratio != (1, 1))?;
        let (sign, factor) = if times == 1 { ('÷', parts) } else { ('×', times) };
        let message =
            text!("各镇的数单位是{unit}，正文里是{asked}", "the towns' values are in {unit}, and the text in {asked}");
        Some(Diagnostic::new(Code::WrongUnit, message).at(formula.text.whole()).help(text!(
            "在式子里换算，如 {sign} {factor}；或者把表头和数改成{asked}",
            "convert in the expression, as in {sign} {factor}, or change the head and the numbers to {asked}"
        )))
    }

    fn put_default(&mut self, number: usize, default: &'a Spanned<Given>, diags: &mut Diagnostics) {
        self.lines[number].value = Cow::Borrowed(default);
        self.lines[number].defaulted = true;
        self.hold(number, diags);
    }

    /// Whether a figure fills the holes of a list, `XXX、XXX等X个镇`.
    fn is_list(&self, number: usize) -> bool {
        let declared = self.figure(number).declaration.as_ref().and_then(|declaration| declaration.kind.as_ref());
        declared.map_or(self.lines[number].holes.len() > 1, |kind| kind.value == Kind::List)
    }

    /// The names of towns for a figure: a list, or words joined by 、 where there is one hole. None at all stay a list, of
    /// which it is told where it is to be printed.
    fn towns_given(&self, number: usize, names: &[String], span: Span) -> Given {
        if self.is_list(number) || names.is_empty() {
            Given::List(names.iter().map(|name| Located::plain(name, span)).collect(), None)
        } else {
            Given::Text(Located::plain(names.join("、"), span))
        }
    }

    /// Follows from each figure that still waits one that it waits for, until the way comes back to itself.
    fn report_cycles(
        &self,
        needs: &BTreeMap<usize, BTreeSet<usize>>,
        waits: &BTreeMap<usize, usize>,
        diags: &mut Diagnostics,
    ) {
        let mut passed: BTreeSet<usize> = BTreeSet::new();
        for &start in waits.keys() {
            let mut path = Vec::new();
            let mut on_path = BTreeMap::new();
            let mut at = start;
            while passed.insert(at) {
                on_path.insert(at, path.len());
                path.push(at);
                match needs.get(&at).and_then(|needs| needs.iter().find(|need| waits.contains_key(need))) {
                    Some(&next) => at = next,
                    None => return,
                }
            }
            // A way into what an earlier one passed has no circle of its own.
            if let Some(&first) = on_path.get(&at) {
                diags.push(self.cycle(&path[first..]));
            }
        }
    }

    fn cycle(&self, figures: &[usize]) -> Diagnostic {
        let name = |figure: usize| self.figure(figure).key.text();
        // It begins with the first of the file, wherever the way came in.
        let first = (0..figures.len()).min_by_key(|&i| figures[i]).unwrap_or(0);
        let around: Vec<usize> = figures[first..].iter().chain(&figures[..first]).copied().collect();
        let mut chain: Vec<&str> = around.iter().take(SHOWN).map(|&figure| name(figure)).collect();
        if around.len() > SHOWN {
            chain.push("…");
        }
        chain.push(name(around[0]));
        let (own, chain) = (name(around[0]), chain.join(" → "));
        let mut fault = Diagnostic::new(
            Code::FigureCycle,
            text!("“{own}”绕回来要用自己来算：{chain}", "`{own}` is computed from itself: {chain}"),
        );
        for (i, &figure) in around.iter().enumerate().take(SHOWN) {
            let next = name(around[(i + 1) % around.len()]);
            let span = self.figure(figure).value.span;
            fault = fault.label(span, text!("要用“{next}”", "needs `{next}`"));
        }
        fault.help(text!("其中一个改为直接填数", "give one of them a value instead"))
    }
}
