//! Quotes: those that TOML does not know, and how far a string reaches.

pub(super) fn is_wide_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '＂' | '‘' | '’' | '「' | '」' | '『' | '』' | '〝' | '〞')
}

/// Whether `token` ends with a quote that nothing opened.
pub(super) fn is_unopened(token: &str) -> bool {
    token.len() > 1 && token.ends_with('"') && token.matches('"').count() == 1 && !token.contains('\\')
}

/// Where a string stands, which decides how far it reaches if its quotes don't say so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Before the `=`.
    Key,
    /// A value of its own.
    Line,
    /// Between brackets.
    Brackets,
}
