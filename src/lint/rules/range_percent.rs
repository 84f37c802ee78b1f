//! `lint-range-percent`: the % of both ends of a range (GB/T 15835 5.1.3): 10%～20%.

use super::numbers::spans;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for span in spans(line) {
        let percent = line.get(span.second.end).filter(|c| matches!(c, '%' | '％' | '‰'));
        let Some(percent) = percent.filter(|_| span.unit.is_empty()) else { continue };
        let (first, second) = (shown(line, span.first.clone()), shown(line, span.second.clone()));
        let message = text!("“{first}”后面少了“{percent}”", "`{first}` lacks its `{percent}`");
        let fault = line.fault(Code::LintRangePercent, span.first.start..span.second.end + 1, message);
        out.push(line.propose(fault, &format!("{first}{percent}～{second}{percent}")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn both_ends_have_it() {
        assert_told(super::check, "增长10～20%", "10～20%");
        assert_quiet(super::check, &["增长10%～20%", "10～20个百分点", "10～20户"]);
    }
}
