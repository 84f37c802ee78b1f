//! One rule on one text, for the tests of the rules.
//!
//! `#标题# ` before a text makes it a title, `#日期# ` a text with a date.

use super::{DraftRule, LineRule};
use crate::diag::{Diagnostic, Diagnostics, Lang};
use crate::lint::draft::{Draft, Medium};
use crate::lint::line::Place;
use crate::manifest::{Located, Words};
use crate::placeholder::Literals;
use crate::source::Sources;

fn run(rule: &dyn Fn(&Draft<'_>, &mut Diagnostics), words: &Words, text: &str) -> (Sources, Vec<Diagnostic>) {
    let (place, text) = text.strip_prefix("#标题# ").map_or((Place::Body, text), |text| (Place::Title, text));
    let (dated, text) = text.strip_prefix("#日期# ").map_or((false, text), |text| (true, text));
    let mut sources = Sources::new();
    let file = sources.add("draft.txt", text);
    let located = Located::verbatim(file, 0, text);
    let texts = [(place, &located)];
    let draft = Draft { dated, ..Draft::new(Medium::Text, &texts, &Literals::new(&["1+X"]), words) };
    let mut diags = Diagnostics::new();
    rule(&draft, &mut diags);
    let faults = diags.into_sorted();
    (sources, faults)
}

fn by_line(rule: LineRule) -> impl Fn(&Draft<'_>, &mut Diagnostics) {
    move |draft, diags| draft.lines().for_each(|line| rule(line, diags))
}

fn fixed(found: &(Sources, Vec<Diagnostic>)) -> String {
    let (sources, faults) = found;
    let mut text = sources.files().next().map(|file| file.text().to_owned()).unwrap_or_default();
    let edits = faults.iter().filter_map(|fault| fault.fix.as_ref()).flat_map(|fix| &fix.edits);
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|edit| edit.span);
    edits.iter().rev().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
    text
}

/// What is underlined, of faults that have no fix or one.
fn told(found: &(Sources, Vec<Diagnostic>)) -> Vec<&str> {
    found.1.iter().map(|fault| found.0.text(fault.span().unwrap())).collect()
}

/// The fixes of `rule` make `right` of `text`.
#[track_caller]
pub(super) fn assert_fixed(rule: LineRule, text: &str, right: &str) {
    assert_eq!(fixed(&run(&by_line(rule), &Words::default(), text)), right);
    let again = run(&by_line(rule), &Words::default(), right);
    assert!(again.1.is_empty(), "{right}: {:?}", again.1);
}

/// `rule` underlines `place` in `text`, and nothing else.
#[track_caller]
pub(super) fn assert_told(rule: LineRule, text: &str, place: &str) {
    assert_eq!(told(&run(&by_line(rule), &Words::default(), text)), [place], "{text}");
}

/// `rule` finds nothing in any of `texts`.
#[track_caller]
pub(super) fn assert_quiet(rule: LineRule, texts: &[&str]) {
    for text in texts {
        assert_eq!(told(&run(&by_line(rule), &Words::default(), text)), [""; 0], "{text}");
    }
}

/// The first line of help of the one fault of `text`.
#[track_caller]
pub(super) fn help(rule: LineRule, text: &str) -> String {
    let found = run(&by_line(rule), &Words::default(), text);
    assert_eq!(found.1.len(), 1, "{text}");
    found.1[0].help[0].get(Lang::Zh).to_owned()
}

/// As [`assert_told`], for a rule that sees all of the text.
#[track_caller]
pub(super) fn assert_told_draft(rule: DraftRule, text: &str, place: &str) {
    assert_told_words(rule, &Words::default(), text, place);
}

/// As [`assert_told_draft`], with the office's words.
#[track_caller]
pub(super) fn assert_told_words(rule: DraftRule, words: &Words, text: &str, place: &str) {
    assert_eq!(told(&run(&rule, words, text)), [place], "{text}");
}

/// As [`assert_quiet`], for a rule that sees all of the text.
#[track_caller]
pub(super) fn assert_quiet_draft(rule: DraftRule, texts: &[&str]) {
    texts.iter().for_each(|text| assert_quiet_words(rule, &Words::default(), text));
}

/// As [`assert_quiet_draft`], with the office's words.
#[track_caller]
pub(super) fn assert_quiet_words(rule: DraftRule, words: &Words, text: &str) {
    assert_eq!(told(&run(&rule, words, text)), [""; 0], "{text}");
}

/// What is underlined in `text`.
pub(super) fn draft_faults(rule: DraftRule, text: &str) -> Vec<String> {
    told(&run(&rule, &Words::default(), text)).into_iter().map(str::to_owned).collect()
}

/// `text` after the fixes of `rule`.
pub(super) fn draft_fixed(rule: DraftRule, text: &str) -> String {
    fixed(&run(&rule, &Words::default(), text))
}
