//! Whether a value is what was declared of it.

use std::cmp::Ordering;

use super::Ledger;
use crate::diag::near;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Severity, Text};
use crate::manifest::{Declaration, Format, Given, quote};
use crate::number::Decimal;
use crate::source::{Span, Spanned};
use crate::text;

/// At most so many choices are listed.
const SHOWN: usize = 12;
/// How alike (0 to 1, Damerau-Levenshtein) a choice must be to be offered.
const ALIKE: f64 = 0.5;

/// Reports what is wrong with the value of a figure; none where it is of another kind than was declared, than its holes ask
/// for, or than its format, so that it has no use.
pub(super) fn check(ledger: &Ledger<'_>, figure: usize, diags: &mut Diagnostics) -> Option<()> {
    let given = ledger.value(figure);
    let declaration = ledger.figure(figure).declaration.as_deref();
    let is_computed = declaration.is_some_and(|declaration| declaration.compute.is_some());
    if ledger.is_default(figure) && is_computed && matches!(given.value, Given::Text(_)) {
        // “—” or 与上年不可比 stands for a number that can't be worked out.
        return Some(());
    }
    let items = match &given.value {
        Given::Missing | Given::Faulty => return Some(()),
        Given::Several(items) => items.as_slice(),
        Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::List(..) => std::slice::from_ref(given),
    };
    let mut faults = ledger.kind_faults(figure, items);
    let holder = declaration.map(|declaration| Holder { declaration, name: ledger.figure(figure).key.text() });
    faults.extend(holder.iter().filter_map(|holder| holder.format(given)));
    let is_faulty = faults.iter().any(|fault| fault.code.severity() == Severity::Error);
    if !is_faulty {
        faults.extend(holder.iter().flat_map(|holder| items.iter().flat_map(|item| holder.limits(item))));
    }
    diags.extend(faults);
    (!is_faulty).then_some(())
}

/// What a value is held against.
struct Holder<'h> {
    declaration: &'h Declaration,
    name: &'h str,
}

impl Holder<'_> {
    /// `out-of-range`: below `min`, above `max`, none of `choices`, unlike `pattern`.
    fn limits(&self, item: &Spanned<Given>) -> Vec<Diagnostic> {
        let declaration = self.declaration;
        let mut faults = Vec::new();
        let bounds = [(&declaration.min, Ordering::Less), (&declaration.max, Ordering::Greater)];
        for (bound, wrong) in bounds.into_iter().filter_map(|(bound, wrong)| Some((bound.as_ref()?, wrong))) {
            match compare(&item.value, &bound.value) {
                Some(order) if order == wrong => faults.push(self.beyond(item, bound, wrong)),
                Some(_) => {}
                None => faults.push(self.unlike(bound)),
            }
        }
        if !declaration.choices.is_empty() {
            faults.extend(self.choices(item));
        }
        if let Some(pattern) = &declaration.pattern
            && let Some((value, span)) = words(item).into_iter().find(|(value, _)| !pattern.matches(value))
        {
            let (name, pattern_text) = (self.name, pattern.text.text());
            let message = text!("“{name}”填的“{value}”不合规定的写法", "`{value}` is not how `{name}` is written");
            let fault = Diagnostic::new(Code::OutOfRange, message).at(span);
            let fault = fault.label(pattern.text.whole(), text!("规定在这里", "asked for here"));
            faults.push(match &declaration.hint {
                Some(hint) => fault.help(Text::verbatim(hint.text())),
                None => fault.help(text!("要符合 {pattern_text}", "it must match {pattern_text}")),
            });
        }
        faults
    }

    fn beyond(&self, item: &Spanned<Given>, bound: &Spanned<Given>, wrong: Ordering) -> Diagnostic {
        let (name, value, limit) = (self.name, shown(&item.value), shown(&bound.value));
        let message = if wrong.is_lt() {
            text!("“{name}”不能小于 {limit}，填的是 {value}", "`{name}` is at least {limit}, not {value}")
        } else {
            text!("“{name}”不能大于 {limit}，填的是 {value}", "`{name}` is at most {limit}, not {value}")
        };
        Diagnostic::new(Code::OutOfRange, message)
            .at(item.span)
            .label(bound.span, text!("限定在这里", "the limit stands here"))
            .help(text!("核对这个数；限定不对就改限定", "check the number, or the limit if that is wrong"))
    }

    /// A bound of another kind than the value.
    fn unlike(&self, bound: &Spanned<Given>) -> Diagnostic {
        let (name, limit) = (self.name, shown(&bound.value));
        let message = text!(
            "“{name}”和限定的 {limit} 不是一类，没法比较",
            "`{name}` and its limit {limit} are of different kinds"
        );
        Diagnostic::new(Code::WrongKind, message).at(bound.span).help(text!(
            "数字用数字限定，日期用日期限定；文字用 choices 或 pattern",
            "limit numbers by numbers and dates by dates; for text there are choices and pattern"
        ))
    }

    fn choices(&self, item: &Spanned<Given>) -> Option<Diagnostic> {
        let choices = &self.declaration.choices;
        let (value, span) = if let Given::List(..) = &item.value {
            let known = |name: &str| choices.iter().any(|choice| shown(&choice.value) == name);
            words(item).into_iter().find(|(name, _)| !known(name))?
        } else if choices.iter().any(|choice| same(&item.value, &choice.value)) {
            return None;
        } else {
            (shown(&item.value), item.span)
        };
        let name = self.name;
        let all: Vec<String> = choices.iter().take(SHOWN).map(|choice| shown(&choice.value)).collect();
        let more = if choices.len() > SHOWN { "…" } else { "" };
        let (zh, en) = (format!("{}{more}", all.join("、")), format!("{}{more}", all.join(", ")));
        let message = text!("“{name}”没有“{value}”这个选项", "`{value}` is no choice of `{name}`");
        let fault = Diagnostic::new(Code::OutOfRange, message).at(span).help(text!("可以填：{zh}", "one of: {en}"));
        let alike = |choice: &Spanned<Given>| match &choice.value {
            Given::Text(text) => {
                let choice = text.text().trim();
                Some((near::likeness(choice, &value), choice.to_owned()))
            }
            Given::Number(_)
            | Given::Date(_)
            | Given::Several(_)
            | Given::List(..)
            | Given::Missing
            | Given::Faulty => None,
        };
        let nearest = choices.iter().filter_map(alike).max_by(|a, b| a.0.total_cmp(&b.0));
        Some(match nearest.filter(|(likeness, _)| *likeness >= ALIKE && matches!(item.value, Given::Text(_))) {
            Some((_, choice)) => {
                let edit = Edit { span, text: quote(&choice) };
                fault.fix(text!("是不是“{choice}”？", "did you mean `{choice}`?"), vec![edit])
            }
            None => fault,
        })
    }

    /// A format that the value does not have.
    fn format(&self, given: &Spanned<Given>) -> Option<Diagnostic> {
        let Spanned { value: Format { number, date }, span } = self.declaration.format.as_ref()?;
        let fits = match &given.value {
            Given::Number(_) => number.is_some(),
            Given::Date(_) => date.is_some(),
            Given::Several(_) | Given::Missing | Given::Faulty => true,
            Given::Text(_) | Given::List(..) => false,
        };
        let (name, value) = (self.name, shown(&given.value));
        (!fits).then(|| {
            let message =
                text!("“{name}”的值 {value} 没有这种格式", "this format is not for `{name}`, which is {value}");
            Diagnostic::new(Code::WrongKind, message).at(*span).label(given.span, Text::default()).help(text!(
                "数字用 plain grouped wan chinese financial percent growth，日期用 long month chinese；文字不写 format",
                "numbers take plain grouped wan chinese financial percent growth, dates long month chinese, text none"
            ))
        })
    }
}

/// How a value stands to a bound; none where they are not of one kind. A list counts as its number of names.
fn compare(value: &Given, bound: &Given) -> Option<Ordering> {
    match (value, bound) {
        (Given::Number(a), Given::Number(b)) => Some(a.cmp(b)),
        (Given::Date(a), Given::Date(b)) => Some(a.cmp(b)),
        (Given::List(names, count), Given::Number(b)) => {
            let named = Decimal::from(names.len());
            Some(count.as_ref().map_or(&named, |count| &count.value).cmp(b))
        }
        (
            Given::Number(_)
            | Given::Date(_)
            | Given::List(..)
            | Given::Text(_)
            | Given::Several(_)
            | Given::Missing
            | Given::Faulty,
            _,
        ) => None,
    }
}

fn same(value: &Given, choice: &Given) -> bool {
    compare(value, choice).map_or_else(|| shown(value) == shown(choice), Ordering::is_eq)
}

/// A value as messages show it.
fn shown(given: &Given) -> String {
    match given {
        Given::Number(number) => number.to_string(),
        Given::Text(text) => text.text().trim().to_owned(),
        Given::Date(date) => date.to_string(),
        Given::List(names, _) => names.iter().map(|name| name.text().trim()).collect::<Vec<_>>().join("、"),
        Given::Several(items) => items.iter().map(|item| shown(&item.value)).collect::<Vec<_>>().join("、"),
        Given::Missing | Given::Faulty => String::new(),
    }
}

/// The words of a value that a pattern looks at, each name of a list by itself, and where they stand.
fn words(item: &Spanned<Given>) -> Vec<(String, Span)> {
    match &item.value {
        Given::List(names, _) => names.iter().map(|name| (name.text().trim().to_owned(), name.whole())).collect(),
        given @ (Given::Number(_) | Given::Text(_) | Given::Date(_) | Given::Several(_)) => {
            vec![(shown(given), item.span)]
        }
        Given::Missing | Given::Faulty => Vec::new(),
    }
}
