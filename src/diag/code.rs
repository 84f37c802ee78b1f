//! Every code: its name, its grade, and the page that `explain` shows.

use super::{Lang, Severity};

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident;)*) => {
        /// Which fault a diagnostic reports. Names never change once released.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Code {
            /// All codes, in the order of `explain`'s list.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The name that users see, type and filter by.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// The grade before any switch changes it.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }

            fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("explain/", $name, ".md"))),* }
            }
        }
    };
}

codes! {
    TomlSyntax "toml-syntax" Error;
    UnknownKey "unknown-key" Error;
    WrongType "wrong-type" Error;
    MissingKey "missing-key" Error;
    DuplicateKey "duplicate-key" Error;
    BadOutputName "bad-output-name" Error;
    OutputCollision "output-collision" Error;
    OutputBusy "output-busy" Error;
    OutputIsInput "output-is-input" Error;
    EditedOutput "edited-output" Error;
    ForeignOutput "foreign-output" Error;
    ControlCharacter "control-character" Error;
    CompatibilityHanzi "compatibility-hanzi" Error;
    NumberedTwice "numbered-twice" Warning;
    HeadingLevel "heading-level" Warning;
    BadMarkdown "bad-markdown" Warning;
    MissingFigure "missing-figure" Error;
    UnusedFigure "unused-figure" Error;
    DuplicateFigure "duplicate-figure" Error;
    AmbiguousFigure "ambiguous-figure" Error;
    RepeatedFigure "repeated-figure" Error;
    NeighbourRepeat "neighbour-repeat" Warning;
    OfficeForPlace "office-for-place" Error;
    NoSuchOffice "no-such-office" Warning;
    DamagedNumber "damaged-number" Error;
    AmbiguousMarker "ambiguous-marker" Error;
    WrongKind "wrong-kind" Error;
    WrongCount "wrong-count" Error;
    UnitTwice "unit-twice" Error;
    BadNumber "bad-number" Error;
    OutOfRange "out-of-range" Error;
    WrongMagnitude "wrong-magnitude" Warning;
    TextForNumber "text-for-number" Warning;
    DefaultUsed "default-used" Warning;
    BadPattern "bad-pattern" Error;
    FigureCycle "figure-cycle" Error;
    MissingPicture "missing-picture" Error;
    BadPicture "bad-picture" Error;
    PictureTooLarge "picture-too-large" Error;
    MissingTable "missing-table" Error;
    TableTooWide "table-too-wide" Error;
    UnknownColumn "unknown-column" Error;
    TemplateMissing "template-missing" Error;
    TemplateCycle "template-cycle" Error;
    TemplateChanged "template-changed" Error;
    TemplateRequires "template-requires" Error;
    UnfilledTemplate "unfilled-template" Error;
    OtherTemplate "other-template" Error;
    UnknownHead "unknown-head" Warning;
    SheetChosen "sheet-chosen" Warning;
    HiddenCells "hidden-cells" Warning;
    LeftOut "left-out" Warning;
    WrongTotal "wrong-total" Warning;
    WrongUnit "wrong-unit" Error;
    MissingTown "missing-town" Error;
    DuplicateTown "duplicate-town" Error;
    ConflictingAnswers "conflicting-answers" Error;
    MissingLast "missing-last" Error;
    FellSinceLast "fell-since-last" Warning;
    JumpedSinceLast "jumped-since-last" Warning;
    SameAsLast "same-as-last" Warning;
    DocumentNumber "document-number" Error;
    DocumentSigner "document-signer" Error;
    DocumentDates "document-dates" Error;
    DocumentLabel "document-label" Warning;
    DocumentTitle "document-title" Warning;
    DocumentCopies "document-copies" Warning;
    DocumentTooTall "document-too-tall" Error;
    FirstPage "first-page" Warning;
    PathEscape "path-escape" Error;
    UnknownSection "unknown-section" Error;
    BadTable "bad-table" Error;
    NoGlyph "no-glyph" Error;
    MissingFont "missing-font" Warning;
    BadFont "bad-font" Error;
    FontForbidsEmbedding "font-forbids-embedding" Error;
    LimitExceeded "limit-exceeded" Error;
    RuleSyntax "rule-syntax" Error;
    RuleUndefined "rule-undefined" Error;
    RuleBroken "rule-broken" Error;
    RoundingGap "rounding-gap" Warning;
    UnitMix "unit-mix" Warning;
    StaleAccept "stale-accept" Warning;
    BadBundle "bad-bundle" Error;
    UnaskedAnswer "unasked-answer" Warning;
    EditedText "edited-text" Warning;
    NotImported "not-imported" Warning;
    Guessed "guessed" Warning;
    LintHalfWidthMark "lint-half-width-mark" Warning;
    LintHalfWidthStop "lint-half-width-stop" Warning;
    LintHalfWidthBracket "lint-half-width-bracket" Warning;
    LintStraightQuote "lint-straight-quote" Warning;
    LintUnpairedMark "lint-unpaired-mark" Error;
    LintMarkBetweenQuotes "lint-mark-between-quotes" Hint;
    LintMarkBeforeEtc "lint-mark-before-etc" Warning;
    LintEllipsisWithEtc "lint-ellipsis-with-etc" Warning;
    LintEllipsisForm "lint-ellipsis-form" Warning;
    LintDoubledMark "lint-doubled-mark" Warning;
    LintNumberingMark "lint-numbering-mark" Warning;
    LintOrdinalMark "lint-ordinal-mark" Hint;
    LintLevelOrder "lint-level-order" Warning;
    LintHeadingStop "lint-heading-stop" Hint;
    LintTitleMark "lint-title-mark" Hint;
    LintRangeMark "lint-range-mark" Warning;
    LintSpanMark "lint-span-mark" Warning;
    LintRangePercent "lint-range-percent" Error;
    LintRangeUnit "lint-range-unit" Warning;
    LintDoubledEstimate "lint-doubled-estimate" Warning;
    LintMarkInEstimate "lint-mark-in-estimate" Warning;
    LintHanziZero "lint-hanzi-zero" Error;
    LintMixedDate "lint-mixed-date" Error;
    LintShortYear "lint-short-year" Warning;
    LintPaddedDate "lint-padded-date" Warning;
    LintDayWord "lint-day-word" Hint;
    LintFullWidthCharacter "lint-full-width-character" Error;
    LintBareDecimal "lint-bare-decimal" Error;
    LintMixedNumeral "lint-mixed-numeral" Warning;
    LintMixedGrouping "lint-mixed-grouping" Hint;
    LintCommaInNumber "lint-comma-in-number" Error;
    LintDocumentNumberBracket "lint-document-number-bracket" Error;
    LintDocumentNumberForm "lint-document-number-form" Error;
    LintAttachmentMark "lint-attachment-mark" Warning;
    LintBookMark "lint-book-mark" Hint;
    LintFullWidthSlash "lint-full-width-slash" Hint;
    LintMultipleDown "lint-multiple-down" Warning;
    LintPercentPoint "lint-percent-point" Warning;
    LintUntilWord "lint-until-word" Hint;
    LintStrayBlank "lint-stray-blank" Hint;
    LintOpenHole "lint-open-hole" Warning;
    LintRelativeTime "lint-relative-time" Hint;
    LintWrongWeekday "lint-wrong-weekday" Warning;
    LintMissingAttachment "lint-missing-attachment" Warning;
    LintBannedWord "lint-banned-word" Warning;
    LintPreferredWord "lint-preferred-word" Warning;
    LintForeignName "lint-foreign-name" Warning;
    LintStaleAllow "lint-stale-allow" Warning;
    LintDoubledUnit "lint-doubled-unit" Error;
    LintFieldError "lint-field-error" Error;
    LintWrongWord "lint-wrong-word" Warning;
    LintWrongTime "lint-wrong-time" Warning;
    LintSum "lint-sum" Hint;
    LintBareNumber "lint-bare-number" Warning;
    Io "io" Error;
}

/// A code's page: what it means, and a wrong and a right example.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// The whole meaning, as a paragraph or several.
    pub meaning: &'static str,
    /// A report file with the fault; empty where none can show it.
    pub wrong: &'static str,
    /// The same file without the fault.
    pub right: &'static str,
}

impl Code {
    /// The code named `name`.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether the proofreader reports it: whatever its grade, an author may allow it.
    pub fn is_lint(self) -> bool {
        self.name().starts_with("lint-")
    }

    /// What it means in a sentence: the first of its page.
    pub fn summary(self, lang: Lang) -> &'static str {
        let meaning = self.explanation(lang).meaning;
        let line = meaning.lines().next().unwrap_or_default();
        let end = match lang {
            Lang::Zh => line.find('。').map(|at| at + '。'.len_utf8()),
            // A point inside a file's name, `report.toml`, ends nothing.
            Lang::En => line.find(". ").map(|at| at + 1),
        };
        &line[..end.unwrap_or(line.len())]
    }

    /// What `explain` shows.
    ///
    /// A page is Markdown: the Chinese text, `<!-- en -->`, the English text, and, where a report
    /// file can show the fault, `<!-- wrong -->` and `<!-- right -->`, each with a TOML code block.
    pub fn explanation(self, lang: Lang) -> Explanation {
        let page = self.page();
        let (texts, examples) = page.split_once("<!-- wrong -->").unwrap_or((page, ""));
        let (zh, en) = texts.split_once("<!-- en -->").unwrap_or((texts, ""));
        let (wrong, right) = examples.split_once("<!-- right -->").unwrap_or((examples, ""));
        let meaning = match lang {
            Lang::Zh => zh.trim(),
            Lang::En => en.trim(),
        };
        Explanation { meaning, wrong: fenced(wrong), right: fenced(right) }
    }
}

/// The inside of the one code block of `markdown`.
fn fenced(markdown: &str) -> &str {
    markdown.trim().trim_start_matches("```toml\n").trim_end_matches("```")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_words_with_hyphens() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
            assert_eq!(Code::from_name(name).map(Code::name), Some(name));
        }
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in Code::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let page = code.explanation(lang);
                let end = if lang == Lang::Zh { '。' } else { '.' };
                assert!(code.summary(lang).ends_with(end), "{}: {}", code.name(), code.summary(lang));
                assert!(page.meaning.chars().count() > 20, "{} in {lang:?}", code.name());
                assert_eq!(page.wrong.is_empty(), page.right.is_empty(), "{}", code.name());
            }
        }
    }
}
