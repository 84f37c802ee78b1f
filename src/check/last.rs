//! This report's figures beside those of the last one.

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::expr::Value;
use crate::fill::Fill;
use crate::manifest::{Given, Kind, LastValues, Manifest};
use crate::number::Decimal;
use crate::source::Span;
use crate::text;

/// A figure that is more than so many times the last one, or less than that part of it, is asked about.
const JUMP: i64 = 3;
/// A figure below this is not asked about where it is the same: small counts often are.
const LEAST_SAME: i64 = 10;

/// Compares the numbers of a report with those of the last one: a count that fell (`fell-since-last`), a number that is
/// over three times as large or as small (`jumped-since-last`), and one that is the same to the digit (`same-as-last`).
pub fn against(manifest: &Manifest, fill: &Fill<'_>, last: &LastValues, diags: &mut Diagnostics) {
    for (number, figure) in manifest.figures.iter().enumerate() {
        let (section, phrase) = fill.ledger.address(number);
        let (now, Some([(then, place)])) = (fill.ledger.value(number), last.find(section, &phrase)) else { continue };
        if let (Given::Number(new), Value::Number(old)) = (&now.value, &then.value) {
            let is_count = fill.ledger.kind(number) == Kind::Integer;
            diags.extend(compare(figure.key.text(), is_count, (new, now.span), (old, *place)));
        }
    }
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
