//! `lint-missing-attachment`: an attachment that the text speaks of and nobody lists, or one that nobody speaks of.

use super::numbers::unit_at;
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
            within = begins || (within && digits > 0 && matches!(line.get(digits), Some('.' | '．')));
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

/// True if a line begins the list: 附件：, 附件1：, 附件一：, 附件 1.名单, 附：.
fn begins(line: &Line<'_>) -> bool {
    let word = line.any(0, &["附件", "附表", "附"]).map_or(0, |word| word.chars().count());
    let Numbered { end, number } = numbered(line, word);
    let marks: &[char] = if number.is_some() { &['：', ':', '.', '．', '、'] } else { &['：', ':'] };
    word > 0 && line.get(end).is_some_and(|c| marks.contains(&c))
}

/// The number of the attachment that 附件1, alone on its line, heads.
fn heading(line: &Line<'_>) -> Option<usize> {
    let Numbered { end, number } = numbered(line, 2);
    (line.has(0, "附件") && end == line.len()).then(|| number.unwrap_or(1))
}

/// The number of an attachment, in digits or in hanzi, with the blanks round it.
struct Numbered {
    end: usize,
    number: Option<usize>,
}

/// The number that stands at `i`.
fn numbered(line: &Line<'_>, i: usize) -> Numbered {
    let chars = line.chars().get(i..).unwrap_or_default();
    let blanks = |from: usize| chars[from..].iter().take_while(|&&c| is_blank(c)).count();
    let start = blanks(0);
    let digits = chars[start..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let end = start + digits;
        let number = line.slice(i + start..i + end).parse().ok();
        return Numbered { end: i + end + blanks(end), number };
    }
    // No document has more than ten that are numbered in hanzi.
    let number = chars.get(start).and_then(|&c| value(c).or((c == '十').then_some(10))).filter(|&number| number > 0);
    let end = start + usize::from(number.is_some());
    Numbered { end: i + end + blanks(end), number: number.map(|number| number as usize) }
}

/// Documents whose attachments are none of this text's.
const OTHERS: [&str; 10] = ["号", "》", "通知", "文件", "方案", "办法", "合同", "公告", "邮件", "公函"];

/// The attachments that `line` speaks of, each with its number.
fn of<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (Range<usize>, Option<usize>)> + 'l {
    let at = line.chars().windows(2).enumerate().filter(|(_, pair)| *pair == ['附', '件']).map(|(at, _)| at);
    at.filter_map(|at| {
        let Numbered { end, number } = numbered(line, at + 2);
        let end = if number.is_some() { end } else { at + 2 };
        // 附件三份 counts them.
        let number = number.filter(|_| unit_at(line, end).is_none() || line.get(end) == Some('中'));
        let end = if number.is_some() { end } else { at + 2 };
        // 见附件 means one; 上传附件 is a word of its own.
        let means = number.is_some() || line.follows(at, &["见", "详见", "参见", "如", "按照", "按", "（"]);
        // Of another document: 云政办发〔2026〕3号附件2, 《通知》附件1, 省厅通知附件3.
        let other = line.follows(at, &OTHERS);
        // 附件另发 is no part of the text.
        let noted = end + usize::from(matches!(line.get(end), Some('，' | '（')));
        let apart = line.any(noted, &["另发", "另附", "另行", "略", "已发", "单独"]).is_some();
        (means && !other && !apart).then_some((at..end, number))
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
                "按云政办发〔2026〕3号附件2和省厅通知附件1的格式填报。",
                "请报送参会人员名单。\n附件：1.参会人员名单（样式）",
                "清单见附件。\n附件：台账\n\n附件1\n内容",
                "清单见附件1。\n附件1：台账",
                "清单见附件。\n\n附件\n台账",
                "清单见附件2。\n\n附件1\n台账\n附件2\n名册",
                "清单见附件。\n附：台账",
                "清单见附件1。\n附件 1\n台账",
                "清单见附件二。\n附件一：台账\n附件二：名册",
                "清单见附件（另发）。",
                "随文报送附件三份。",
            ],
        );
    }
}
