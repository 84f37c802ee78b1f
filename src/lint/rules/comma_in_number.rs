//! `lint-comma-in-number`: a full-width comma that groups the thousands of a number (GB/T 15835 5.1.1).

use super::numbers::unit_at;
use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let digits = |c: &&char| c.is_ascii_digit();
    for (i, _) in line.chars().iter().enumerate().filter(|(_, c)| **c == '，') {
        let before = line.chars()[..i].iter().rev().take(4).take_while(digits).count();
        let after = line.chars()[i + 1..].iter().take(4).take_while(digits).count();
        let start = i - before;
        let leads =
            line.get(start).is_some_and(|c| c != '0') && !line.before(start).is_some_and(|c| matches!(c, '.' | '，'));
        // A number that ends its clause has its unit; this one stands bare.
        let counted = unit_at(line, i + 4).is_some();
        if (1..=3).contains(&before) && after == 3 && leads && counted && line.get(i + 4) != Some('.') {
            let whole = line.slice(start..i) + &line.slice(i + 1..i + 4);
            let message = text!("数字中间用了全角逗号", "a full-width comma inside of a number");
            let fault = line.fault(Code::LintCommaInNumber, start..i + 4, message);
            out.push(line.propose(fault, &whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn thousands_have_none() {
        assert_told(super::check, "共1，234人", "1，234");
        assert_quiet(super::check, &["共1234人", "共3次，100人参加", "编号5，123为末号", "占12.5，234户"]);
    }
}
