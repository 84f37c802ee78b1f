//! `lint-missing-attachment`: an attachment that the text speaks of and nobody lists, or one that nobody speaks of.

use super::prelude::*;

pub(super) fn check(draft: &Draft<'_>, out: &mut Diagnostics) {
    let mut listed = draft.attachments.unwrap_or(0);
    let mut mentions = Vec::new();
    let mut list = None;
    let mut names = Vec::new();
    for passage in &draft.passages {
        let mut within = false;
        for line in passage.lines.iter().filter(|line| line.len() > 0) {
            if line.place != Place::Body {
                continue;
            }
            let begins = begins(line);
            let digits = line.chars().iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            within = begins || (within && digits > 0 && line.get(digits) == Some('.'));
            if within {
                listed += 1;
                names.push(name(line));
                list.get_or_insert(line);
            } else if let Some(number) = heading(line) {
                listed = listed.max(number);
            } else {
                mentions.extend(of(line).map(|(range, number)| (line, range, number)));
            }
        }
    }
    for (line, range, number) in &mentions {
        if number.map_or(listed == 0, |number| number > listed) {
            let written = shown(line, range.clone());
            let message = text!(
                "文中提到“{written}”，附件说明里没有",
                "`{written}` is in the text and in no list of attachments"
            );
            let fault = line.fault(Code::LintMissingAttachment, range.clone(), message);
            out.push(fault.help(text!("补上附件说明“附件：……”，或改对序号", "list it as 附件：…, or mend the number")));
        }
    }
    if let Some(line) = list.filter(|_| mentions.is_empty() && !is_named(draft, &names)) {
        let message = text!("列了附件，文中没有提到", "attachments are listed, and the text speaks of none");
        let fault = line.fault(Code::LintMissingAttachment, 0..2, message);
        out.push(fault.help(text!("在正文里写“见附件”", "say 见附件 in the text")));
    }
}

/// What a line of the list names: 参会人员名单 of `附件：1.参会人员名单（样式）`.
fn name(line: &Line<'_>) -> Vec<char> {
    let chars = line.chars();
    let start = chars.iter().position(|&c| is_hanzi(c) && !matches!(c, '附' | '件')).unwrap_or(chars.len());
    chars[start..].iter().copied().take_while(|&c| !matches!(c, '（' | '(' | '。' | '；')).collect()
}

/// Whether the text speaks of one of the attachments by its name.
fn is_named(draft: &Draft<'_>, names: &[Vec<char>]) -> bool {
    /// 台账 alone may be any.
    const SHORTEST: usize = 4;
    /// No document has more; each is looked for in all of the text.
    const MOST: usize = 20;
    // Once is in the list itself.
    names.iter().filter(|name| name.len() >= SHORTEST).take(MOST).any(|name| {
        let times =
            |line: &Line<'_>| line.chars().windows(name.len()).filter(|words| *words == name.as_slice()).count();
        draft.lines().map(times).sum::<usize>() > 1
    })
}

/// True if a line begins the list: 附件：, 附件1：, 附：.
fn begins(line: &Line<'_>) -> bool {
    let word = line.any(0, &["附件", "附"]).map_or(0, |word| word.chars().count());
    let digits = line.chars()[word..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    word > 0 && matches!(line.get(word + digits), Some('：' | ':'))
}

/// The number of the attachment that 附件1, alone on its line, heads.
fn heading(line: &Line<'_>) -> Option<usize> {
    let number = line.chars().get(2..).filter(|_| line.has(0, "附件"))?;
    number.iter().all(char::is_ascii_digit).then(|| line.slice(2..line.len()).parse().unwrap_or(1))
}

/// The attachments that `line` speaks of, each with its number.
fn of<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (Range<usize>, Option<usize>)> + 'l {
    let at = line.chars().windows(2).enumerate().filter(|(_, pair)| *pair == ['附', '件']).map(|(at, _)| at);
    at.filter_map(|at| {
        let digits = line.chars()[at + 2..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let number = line.slice(at + 2..at + 2 + digits).parse().ok();
        // 见附件 means one; 上传附件 is a word of its own.
        let means = number.is_some() || line.follows(at, &["见", "详见", "参见", "如", "按照", "按", "（"]);
        means.then_some((at..at + 2 + digits, number))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn text_and_list_agree() {
        assert_told_draft(super::check, "清单见附件。", "附件");
        assert_told_draft(super::check, "清单见附件2。\n附件：1.台账", "附件2");
        assert_told_draft(super::check, "清单已报送。\n附件：1.台账", "附件");
        assert_quiet_draft(
            super::check,
            &[
                "清单见附件1、附件2。\n附件：1.台账\n2.清单",
                "系统支持上传附件。",
                "请报送参会人员名单。\n附件：1.参会人员名单（样式）",
                "清单见附件。\n附件：台账\n\n附件1\n内容",
                "清单见附件1。\n附件1：台账",
                "清单见附件。\n\n附件\n台账",
                "清单见附件2。\n\n附件1\n台账\n附件2\n名册",
                "清单见附件。\n附：台账",
            ],
        );
    }
}
