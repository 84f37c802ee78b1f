//! `lint-full-width-slash`: ／ in running text; GB/T 15834 4.17 gives the slash half a hanzi's width.

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    for (i, _) in line.chars().iter().enumerate().filter(|(_, c)| **c == '／') {
        let message = text!("用了全角的“／”", "a full-width slash");
        let fault = line.fault(Code::LintFullWidthSlash, i..i + 1, message);
        out.push(fault.help(text!("改为“/”，或写成“每”", "write `/`, or 每")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_wide_one_is_told() {
        assert_told(super::check, "每人300元／月", "／");
        assert_quiet(super::check, &["每人300元/月"]);
    }
}
