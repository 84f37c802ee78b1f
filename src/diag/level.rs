//! Another grade for a code than its own: `[lints]` of the report file, then the switches of the command line.
//!
//! Only warnings and hints can be re-graded. An error stays one: a report with a hole in it can't be made, whoever
//! would like it to be. What the proofreader finds (`lint-…`) can always be: it hinders no report.

use super::near::did_you_mean;
use super::{Code, Diagnostic, Lang, Severity, Text};
use crate::text;

/// What a code, or every warning, is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// A warning.
    Warn,
    /// An error, so that nothing is written.
    Deny,
}

impl Level {
    /// All levels by the words that name them.
    pub const NAMED: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

    /// Whether `code` can have this level: an error is only ever denied, unless the proofreader reports it.
    pub fn suits(self, code: Code) -> bool {
        self == Level::Deny || code.is_lint() || code.severity() != Severity::Error
    }
}

/// Whose grade changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One code.
    Code(Code),
    /// Whatever is a warning at that point, so that what was allowed before stays allowed.
    Warnings,
}

impl Target {
    /// How [`Target::Warnings`] is written.
    pub const WARNINGS: &str = "warnings";

    /// The target named `name`.
    pub fn from_name(name: &str) -> Option<Target> {
        if name == Self::WARNINGS { Some(Target::Warnings) } else { Code::from_name(name).map(Target::Code) }
    }
}

/// A level that a code can't have: it is an error, and stays one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaysError(
    /// The code.
    pub Code,
);

impl StaysError {
    /// The refusal as a sentence.
    pub fn message(self) -> Text {
        let name = self.0.name();
        text!(
            "{name} 是错误，不能放过，也不能降为警告；能改等级的只有警告",
            "{name} is an error and stays one; only warnings can be allowed or re-graded"
        )
    }
}

/// The grades that were asked for, in the order in which they hold: the later wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(Vec<(Target, Level)>);

impl Levels {
    /// Adds a wish that wins over all before it.
    ///
    /// # Errors
    /// [`StaysError`] where an error is to be less than one.
    pub fn set(&mut self, target: Target, level: Level) -> Result<(), StaysError> {
        match target {
            Target::Code(code) if !level.suits(code) => Err(StaysError(code)),
            Target::Code(_) | Target::Warnings => {
                self.0.push((target, level));
                Ok(())
            }
        }
    }

    /// These, and `later` after them.
    pub fn then(mut self, later: &Levels) -> Levels {
        self.0.extend_from_slice(&later.0);
        self
    }

    /// Whether the last wish for `code` itself is to be told of it; what is off by default is then looked for.
    pub fn asks(&self, code: Code) -> bool {
        self.0
            .iter()
            .rev()
            .find(|(target, _)| *target == Target::Code(code))
            .is_some_and(|(_, level)| *level > Level::Allow)
    }

    /// `diagnostics` with their grades, in their order and without those that are allowed.
    pub fn regrade(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.0.is_empty() {
            return diagnostics;
        }
        let regraded = diagnostics.into_iter().filter_map(|diagnostic| {
            let severity = self.severity(&diagnostic)?;
            Some(Diagnostic { severity, ..diagnostic })
        });
        regraded.collect()
    }

    /// The grade of `diagnostic`; `None` if it is allowed.
    fn severity(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let mut severity = Some(diagnostic.severity);
        for &(target, level) in &self.0 {
            let meant = match target {
                Target::Code(code) => code == diagnostic.code,
                Target::Warnings => severity == Some(Severity::Warning),
            };
            if meant {
                severity = match level {
                    Level::Allow => None,
                    Level::Warn => Some(Severity::Warning),
                    Level::Deny => Some(Severity::Error),
                };
            }
        }
        severity
    }
}

/// That `name` is no code, and which was meant.
pub fn no_such_code(name: &str, lang: Lang) -> String {
    let names = Code::ALL.iter().map(|code| code.name());
    match (did_you_mean(name, names), lang) {
        (Some(meant), Lang::Zh) => format!("没有“{name}”这个代码，是不是“{meant}”？"),
        (Some(meant), Lang::En) => format!("there is no code `{name}`; did you mean `{meant}`?"),
        (None, Lang::Zh) => format!("没有“{name}”这个代码；report-gen explain 列出全部"),
        (None, Lang::En) => format!("there is no code `{name}`; report-gen explain lists them all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Text;

    /// The grades that a warning, another warning and an error have under `wishes`.
    fn graded(wishes: &[(&str, Level)]) -> Vec<String> {
        let mut levels = Levels::default();
        for (name, level) in wishes {
            levels.set(Target::from_name(name).unwrap(), *level).unwrap();
        }
        let diagnostics = [Code::HeadingLevel, Code::RoundingGap, Code::MissingFigure]
            .map(|code| Diagnostic::new(code, Text::default()))
            .to_vec();
        let told = |d: Diagnostic| format!("{} {}", d.code.name(), d.severity.name());
        levels.regrade(diagnostics).into_iter().map(told).collect()
    }

    #[test]
    fn the_later_wins_and_what_is_allowed_is_no_warning_any_more() {
        use Level::{Allow, Deny, Warn};
        let error = "missing-figure error";
        assert_eq!(graded(&[]), ["heading-level warning", "rounding-gap warning", error]);
        assert_eq!(graded(&[("warnings", Deny)]), ["heading-level error", "rounding-gap error", error]);
        assert_eq!(graded(&[("rounding-gap", Allow), ("warnings", Deny)]), ["heading-level error", error]);
        assert_eq!(
            graded(&[("warnings", Deny), ("rounding-gap", Warn)]),
            ["heading-level error", "rounding-gap warning", error]
        );
        assert_eq!(
            graded(&[("rounding-gap", Allow), ("rounding-gap", Deny)]),
            ["heading-level warning", "rounding-gap error", error]
        );
        assert_eq!(graded(&[("warnings", Allow)]), [error]);
    }

    #[test]
    fn an_error_stays_one() {
        let mut levels = Levels::default();
        let code = Target::Code(Code::MissingFigure);
        assert_eq!(levels.set(code, Level::Allow), Err(StaysError(Code::MissingFigure)));
        assert_eq!(levels.set(code, Level::Warn), Err(StaysError(Code::MissingFigure)));
        assert_eq!(levels.set(code, Level::Deny), Ok(()));
    }

    #[test]
    fn what_the_proofreader_finds_can_always_be_allowed() {
        let mut levels = Levels::default();
        assert_eq!(Code::LintUnpairedMark.severity(), Severity::Error);
        levels.set(Target::Code(Code::LintUnpairedMark), Level::Allow).unwrap();
        assert!(levels.regrade(vec![Diagnostic::new(Code::LintUnpairedMark, Text::default())]).is_empty());
    }

    #[test]
    fn a_rule_of_level_warning_can_be_denied_though_its_code_is_an_error() {
        let mild = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Code::RuleBroken, Text::default()) };
        let mut levels = Levels::default();
        levels.set(Target::Warnings, Level::Deny).unwrap();
        assert_eq!(levels.regrade(vec![mild])[0].severity, Severity::Error);
    }

    #[test]
    fn mistyped_codes_are_guessed() {
        assert!(no_such_code("rouding-gap", Lang::En).ends_with("did you mean `rounding-gap`?"));
        assert!(no_such_code("党", Lang::Zh).contains("列出全部"));
    }
}
