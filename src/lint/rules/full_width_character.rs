//! `lint-full-width-character`: full-width digits and Latin letters (GB/T 15835 5.1.7).

use super::prelude::*;

pub(super) fn check(line: &Line<'_>, out: &mut Diagnostics) {
    let chars = line.chars();
    let mut i = 0;
    while i < chars.len() {
        let mut end = i;
        while chars
            .get(end)
            .is_some_and(|&c| is_full(c) || (c == '．' && end > i && chars.get(end + 1).is_some_and(|&c| is_full(c))))
        {
            end += 1;
        }
        if end > i {
            let right: String = chars[i..end].iter().map(|&c| half(c)).collect();
            let written = shown(line, i..end);
            let message = text!("数字和字母要用半角：“{written}”", "digits and letters are half-width: `{written}`");
            out.push(line.mend(line.fault(Code::LintFullWidthCharacter, i..end, message), i..end, &right));
        }
        i = end.max(i + 1);
    }
}

fn is_full(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// U+FF01 to U+FF5E are ASCII, moved.
fn half(c: char) -> char {
    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn they_become_half_width() {
        assert_fixed(super::check, "覆盖３７８户，增长３．５％，推广ＡＰＰ", "覆盖378户，增长3.5％，推广APP");
        assert_quiet(super::check, &["覆盖Ｘ户", "覆盖378户"]);
    }
}
