//! `lint-heading-stop`: a stop at the end of a heading that stands alone. One that runs into its paragraph keeps it.

use super::level_order::numbered;
use super::prelude::*;
use crate::lint::draft::Passage;

/// A longer line is a paragraph, whatever leads it.
const LONGEST: usize = 30;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    // 三、四天 and 五一、十一 lead no heading.
    let leads = |line: &Line<'_>| numbered(line, 0, draft.medium).is_some_and(|number| number.level == 0);
    // Where 一、 leads a paragraph, 二、会议审议了方案。 is one as well.
    // So is the second where the first stands within one: 会议决定，一、同意……
    let starts = |line: &Line<'_>| (1..line.len()).any(|i| line.has(i, "一、") && line.before(i).is_some_and(is_stop));
    let run_in = |passage: &Passage<'_>| {
        let body = |line: &&Line<'_>| line.place == Place::Body;
        passage.lines.iter().filter(body).any(|line| starts(line) || leads(line) && is_paragraph(line))
    };
    let lines = draft.passages.iter().flat_map(|passage| {
        let run_in = run_in(passage);
        passage.lines.iter().map(move |line| (line, run_in))
    });
    for (line, run_in) in lines {
        let numbered = !run_in && leads(line);
        let is_heading = match line.place {
            Place::Heading => draft.block_headings,
            Place::Body => line.lead == Lead::Heading || numbered,
            Place::Title | Place::Name => false,
        };
        let Some((last, words)) = line.chars().split_last() else { continue };
        if is_heading && !is_paragraph(line) && matches!(last, '。' | '；' | '，' | '：') {
            let message =
                text!("单独成行的标题末尾不用“{last}”", "a heading on a line of its own ends without `{last}`");
            let at = words.len();
            let fault = line.fault(Code::LintHeadingStop, at..at + 1, message);
            out.push(fault.help(text!("删去“{last}”", "leave `{last}` out")));
        }
    }
}

/// Whether there is more than a heading on the line: a sentence before the last, which the heading runs into.
fn is_paragraph(line: &Line<'_>) -> bool {
    let words = &line.chars()[..line.len().saturating_sub(1)];
    words.len() >= LONGEST || words.iter().any(|&c| ends_sentence(c))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn alone_it_ends_without() {
        assert_told_draft(super::check, "二、主要做法。\n正文。", "。");
        assert_quiet_draft(
            super::check,
            &[
                "二、主要做法\n正文。",
                "一、抓好排查。组织力量逐户上门。",
                "（一）抓好排查。",
                "一是抓好排查。",
                "一、听取汇报。会议同意该方案。\n二、审议办法。",
                "会议决定，一、同意甲方案。\n二、同意乙方案。",
                "一、二、三产业都有增长。",
                "三、四天即可完工。",
                "五一、十一期间开放。",
            ],
        );
    }
}
