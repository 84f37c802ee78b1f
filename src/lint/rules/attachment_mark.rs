//! `lint-attachment-mark`: a mark after the name of an attachment (GB/T 9704 7.3.4).

use super::prelude::*;

/// A longer name is a sentence.
const LONGEST: usize = 60;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    for passage in &draft.passages {
        let mut within = false;
        for line in &passage.lines {
            let begins = line.any(0, &["附件：", "附件:"]).is_some();
            let digits = line.chars().iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            let item = within && digits > 0 && matches!(line.get(digits), Some('.' | '．'));
            if line.len() > 0 {
                within = line.place == Place::Body && (begins || item);
            }
            let Some((last, name)) = line.chars().split_last() else { continue };
            let sentence = name.iter().any(|&c| ends_sentence(c)) || name.len() > LONGEST;
            if within && !sentence && matches!(last, '。' | '；' | '，' | '、' | ';') {
                let at = name.len();
                let message = text!("附件名称后面不加“{last}”", "the name of an attachment ends without `{last}`");
                out.push(line.mend(line.fault(Code::LintAttachmentMark, at..at + 1, message), at..at + 1, ""));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn the_name_ends_without() {
        assert_eq!(draft_fixed(super::check, "附件：1.整改台账；\n2.任务清单。"), "附件：1.整改台账\n2.任务清单");
        assert_quiet_draft(
            super::check,
            &["附件：1.整改台账\n2.任务清单", "详见附件。", "附件：请于月底前填报。逾期不候。", "2.任务清单。"],
        );
    }
}
