//! `lint-heading-stop`: a stop at the end of a heading that stands alone. One that runs into its paragraph keeps it.

use super::prelude::*;

/// A longer line is a paragraph, whatever leads it.
const LONGEST: usize = 30;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    for line in draft.lines() {
        let numerals = line.chars().iter().take_while(|&&c| is_numeral(c)).count();
        let numbered = numerals > 0 && line.get(numerals) == Some('、');
        let is_heading = match line.place {
            Place::Heading => draft.block_headings,
            Place::Body => line.lead == Lead::Heading || numbered,
            Place::Title | Place::Name => false,
        };
        let Some((last, words)) = line.chars().split_last() else { continue };
        // A sentence before the last makes it a paragraph with a heading run in.
        let alone = words.len() < LONGEST && !words.iter().any(|&c| ends_sentence(c));
        if is_heading && alone && matches!(last, '。' | '；' | '，' | '：') {
            let message =
                text!("单独成行的标题末尾不用“{last}”", "a heading on a line of its own ends without `{last}`");
            let at = words.len();
            let fault = line.fault(Code::LintHeadingStop, at..at + 1, message);
            out.push(fault.help(text!("删去“{last}”", "leave `{last}` out")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn alone_it_ends_without() {
        assert_told_draft(super::check, "二、主要做法。\n正文。", "。");
        assert_quiet_draft(
            super::check,
            &["二、主要做法\n正文。", "一、抓好排查。组织力量逐户上门。", "（一）抓好排查。", "一是抓好排查。"],
        );
    }
}
