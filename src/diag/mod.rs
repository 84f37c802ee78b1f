//! What is wrong in the author's files: collected, sorted, and shown by [`render`].

mod code;
pub mod level;
pub mod render;

pub use code::{Code, Explanation};

use crate::source::Span;

/// A sentence in both languages of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same in both languages, for what is no sentence: a line to paste, a name.
    pub fn verbatim(s: impl Into<String>) -> Self {
        let en = s.into();
        Text { zh: en.clone(), en }
    }

    /// The sentence in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A [`Text`] from a Chinese and an English format string, with the arguments of both.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::diag::Text { zh: format!($zh $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}

/// A language of the program's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// How grave a fault is; the gravest is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Practice, worth a look.
    Hint,
    /// Probably wrong; the report is still built.
    Warning,
    /// Wrong; nothing is written.
    Error,
}

impl Severity {
    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A place that a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub message: Text,
}

/// One replacement of a [`Fix`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change of the author's files that takes the fault away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What it does.
    pub description: Text,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// A fault in the author's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which fault.
    pub code: Code,
    /// How grave; at first that of the code.
    pub severity: Severity,
    /// One sentence that names the thing.
    pub message: Text,
    /// The places; the first is where the fault stands.
    pub labels: Vec<Label>,
    /// What to do, ready to paste.
    pub help: Vec<Text>,
    /// An edit that mends it, if there is a sure one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A fault without a place yet.
    pub fn new(code: Code, message: Text) -> Self {
        Diagnostic { code, severity: code.severity(), message, labels: Vec::new(), help: Vec::new(), fix: None }
    }

    /// Adds a place; the first is the fault's own.
    pub fn at(self, span: Span) -> Self {
        self.label(span, Text::default())
    }

    /// Adds a place, and what is to be seen there.
    pub fn label(mut self, span: Span, message: Text) -> Self {
        self.labels.push(Label { span, message });
        self
    }

    /// Adds advice.
    pub fn help(mut self, help: Text) -> Self {
        self.help.push(help);
        self
    }

    /// Gives the edit that mends it.
    pub fn fix(mut self, description: Text, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { description, edits });
        self
    }

    /// The fault's own place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// All faults of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Keeps those for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Whether any is an error, so that nothing may be written.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many have the severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Sorted by place (faults without one first), code and message; said once where said twice.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| (a.span(), a.code.name(), &a.message).cmp(&(b.span(), b.code.name(), &b.message)));
        self.0.dedup();
        self.0
    }

    /// In the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}
