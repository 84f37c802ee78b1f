//! This report's figures beside those of the last one.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::doc::fill::Fill;
use crate::manifest::{Figure, Given, Kind, Manifest};
use crate::number::Decimal;
use crate::placeholder::{Phrase, scan};
use crate::source::Span;
use crate::text;

/// A figure that is more than so many times the last one, or less than that part of it, is asked about.
const JUMP: i64 = 3;
/// A figure below this is not asked about where it is the same: small counts often are.
const LEAST_SAME: i64 = 10;

/// Compares the numbers of a report with those of the last one: a count that fell (`fell-since-last`), a number that is
/// over three times as large or as small (`jumped-since-last`), and one that is the same to the digit (`same-as-last`).
pub fn against(manifest: &Manifest, fill: &Fill<'_>, last: (&Manifest, &Fill<'_>), diags: &mut Diagnostics) {
    let before: BTreeMap<(Option<&str>, String), (usize, &Figure)> =
        last.0.figures.iter().enumerate().map(|(number, figure)| (address(last.0, figure), (number, figure))).collect();
    for (number, figure) in manifest.figures.iter().enumerate() {
        let Some(&(earlier, _)) = before.get(&address(manifest, figure)) else { continue };
        let (now, then) = (fill.ledger.value(number), last.1.ledger.value(earlier));
        if let (Given::Number(new), Given::Number(old)) = (&now.value, &then.value) {
            let is_count = fill.ledger.kind(number) == Kind::Integer;
            diags.extend(compare(figure.key.text(), is_count, (new, now.span), (old, then.span)));
        }
    }
}

/// The figure by its section's id and its phrase, however many X it has.
fn address<'m>(manifest: &'m Manifest, figure: &'m Figure) -> (Option<&'m str>, String) {
    let phrase = figure.phrase();
    (manifest.section_id(figure.scope), Phrase::new(phrase, &scan(phrase, &manifest.literals)).text().to_owned())
}

fn compare(name: &str, is_count: bool, now: (&Decimal, Span), then: (&Decimal, Span)) -> Option<Diagnostic> {
    let ((new, here), (old, there)) = (now, then);
    let far =
        |a: &Decimal, b: &Decimal| a.abs().to_fraction() > b.abs().to_fraction() * Decimal::from(JUMP).to_fraction();
    let (code, message) = if !new.is_zero() && !old.is_zero() && (far(new, old) || far(old, new)) {
        let message =
            text!("“{name}”上次是 {old}，这次是 {new}，相差太大", "`{name}` was {old} and is {new}, a great leap");
        (Code::JumpedSinceLast, message)
    } else if is_count && new < old {
        let message = text!("“{name}”上次是 {old}，这次少了：{new}", "`{name}` was {old} and fell to {new}");
        (Code::FellSinceLast, message)
    } else if new == old && new.abs() >= Decimal::from(LEAST_SAME) {
        let message = text!("“{name}”和上次一样，都是 {new}", "`{name}` is {new}, the same as last time");
        (Code::SameAsLast, message)
    } else {
        return None;
    };
    let help: Text = text!("核对这个数；属实就不用管", "look at it again; if it is so, let it be");
    Some(Diagnostic::new(code, message).at(here).label(there, text!("上次的数", "last time")).help(help))
}
